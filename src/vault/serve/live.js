/* Keeps a page of `vault serve` as its notes are. It is part of answers only, never of a built site. */
(function () {
  "use strict";
  var me = document.currentScript, token = me.dataset.token, seen = me.dataset.seen, KEY = "vault-live";
  var source = null, hiding = 0, leaving = false;

  /* Coming back after a reload: where the reader was, and what had the focus. */
  function controls() { return Array.prototype.slice.call(document.querySelectorAll("a[href],button,input,select,textarea,summary,[tabindex]")); }
  function like(e) { return e.tagName + (e.getAttribute("href") || "") + e.textContent; }
  function remember() {
    var at = document.activeElement, list = controls();
    var open = Array.prototype.map.call(document.querySelectorAll("details"), function (d) { return d.open; });
    try {
      sessionStorage.setItem(KEY, JSON.stringify({
        path: location.pathname, x: scrollX, y: scrollY, at: Date.now(), open: open,
        id: at && at.id || "", like: at ? like(at) : "", n: at && at !== document.body ? list.indexOf(at) : -1, of: list.length,
        value: at && "value" in at && at.type !== "password" ? at.value : null
      }));
    } catch (e) { /* private mode */ }
  }
  function recall() {
    var kept = null;
    try { kept = JSON.parse(sessionStorage.getItem(KEY)); sessionStorage.removeItem(KEY); } catch (e) { /* private mode */ }
    if (!kept || kept.path !== location.pathname || Date.now() - kept.at > 10000) return;
    var details = document.querySelectorAll("details");
    if (details.length === kept.open.length) Array.prototype.forEach.call(details, function (d, i) { if (d.open !== kept.open[i]) d.open = kept.open[i]; });
    function scroll() { scrollTo({ left: kept.x, top: kept.y, behavior: "instant" }); }
    scroll();
    if (document.readyState !== "complete") addEventListener("load", function () { if (Math.abs(scrollY - kept.y) > 1) scroll(); }, { once: true });
    var list = controls(), to = kept.id ? document.getElementById(kept.id) : kept.of === list.length ? list[kept.n] : null;
    if (!to && kept.n >= 0) to = list.filter(function (e) { return like(e) === kept.like; })[0];
    if (!to) return;
    if (kept.value !== null && "value" in to && to.value !== kept.value) { to.value = kept.value; to.dispatchEvent(new Event("input", { bubbles: true })); }
    to.focus({ preventScroll: true });
  }
  function reload() { if (!leaving) { leaving = true; remember(); location.reload(); } }

  /* A new stylesheet takes the old one's place when it has come, so that the page never stands bare. */
  function stem(href) { var m = /([^/]+)\.[0-9a-f]{8}\.css$/.exec(href.split(/[?#]/)[0]); return m ? m[1] : ""; }
  function restyle(styles) {
    styles.forEach(function (path) {
      Array.prototype.forEach.call(document.querySelectorAll("link[rel=stylesheet]"), function (link) {
        var href = new URL(path, location.origin + "/").href;
        if (stem(link.href) !== stem(href) || link.href === href || link.dataset.next === href) return;
        var next = link.cloneNode();
        link.dataset.next = next.href = href;
        next.onload = next.onerror = function () { link.remove(); };
        link.after(next);
      });
    });
  }

  function heard(event) {
    var state = JSON.parse(event.data);
    if (leaving) return;
    if (state.go) { leaving = true; location.replace(state.go + location.hash); return; }
    if (state.seen !== seen) { reload(); return; }
    restyle(state.styles);
    show(state);
  }

  /* The stream. Hidden tabs give theirs up: browsers allow six connections to a host. */
  function listen() {
    if (source || leaving) return;
    source = new EventSource("/__vault/events?token=" + token + "&page=" + encodeURIComponent(decoded(location.pathname)));
    source.onmessage = heard;
    source.onerror = function () { if (source && source.readyState === 2) { source = null; look(500); } };
  }
  function decoded(path) { try { return decodeURIComponent(path); } catch (e) { return path; } }
  function quit() { if (source) { source.close(); source = null; } }
  /* Another run of the server has another token, which only a new page can have; the same one was refused for good. */
  function look(wait) {
    setTimeout(function () {
      fetch(location.pathname, { cache: "no-store" }).then(function (answer) { return answer.text(); }).then(
        function (text) { if (text.indexOf(token) < 0) reload(); },
        function () { look(Math.min(wait * 2, 5000)); });
    }, wait);
  }
  document.addEventListener("visibilitychange", function () {
    clearTimeout(hiding);
    if (document.hidden) hiding = setTimeout(quit, 3000); else listen();
  });
  addEventListener("pagehide", quit);
  addEventListener("pageshow", function (event) { if (event.persisted) location.reload(); });

  /* What is wrong, in a shadow tree: no style of the page reaches it, and every word of it is text. */
  var CSS = ":host{all:initial}*{box-sizing:border-box}" +
    "section,button.badge{font:14px/1.5 system-ui,sans-serif;color:#1b1c1e;background:#fff;border:1px solid #8884;box-shadow:0 4px 24px #0005;z-index:2147483647;position:fixed}" +
    "section{inset:auto 1rem 1rem;max-width:64rem;max-height:70vh;margin:0 auto;overflow:auto;border-radius:8px;border-top:4px solid #c33;padding:.6rem 1rem 1rem}" +
    "section.warning{border-top-color:#b80}header{display:flex;gap:1rem;align-items:baseline}h2{font-size:15px;margin:.4rem 0;flex:1}" +
    "h3{font-size:14px;margin:1rem 0 .2rem;font-weight:600}code,pre{font:13px/1.5 ui-monospace,monospace}p{margin:.2rem 0}" +
    "pre{margin:.3rem 0;padding:.5rem .8rem;overflow-x:auto;background:#8881;border-left:3px solid #c33}pre b{color:#c33}" +
    "button,a{font:inherit;color:#0a56a3;background:none;border:0;padding:2px 4px;cursor:pointer;text-decoration:underline}" +
    "button.badge{right:1rem;bottom:1rem;border-radius:99px;padding:.2rem .8rem;text-decoration:none;color:#1b1c1e;border-left:6px solid #b80}button.badge.error{border-left-color:#c33}" +
    "button:focus-visible,a:focus-visible{outline:2px solid #0a56a3;outline-offset:1px}" +
    "@media (prefers-color-scheme:dark){section,button.badge{background:#1d2024;color:#e6e6e3}button.badge{color:#e6e6e3}button,a{color:#8ab8f0}pre b{color:#f77}}" +
    "@media print{:host{display:none}}";
  var host = null, shadow = null, latest = null, closed = "", listing = false;
  function make(tag, text, into, name) {
    var e = document.createElement(tag);
    if (text) e.textContent = text;
    if (name) e.className = name;
    if (into) into.appendChild(e);
    return e;
  }
  function root() {
    if (shadow) return shadow;
    host = document.createElement("vault-live");
    shadow = host.attachShadow({ mode: "open" });
    var sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
    shadow.adoptedStyleSheets = [sheet];
    document.documentElement.appendChild(host);
    return shadow;
  }
  function many(n, one) { return n + " " + one + (n === 1 ? "" : "s"); }
  function safe(url) { return /^(?!(?:javascript|data|vbscript|file|blob):)[a-z][a-z0-9+.-]*:\//.test(url); }
  function tell(trouble, into) {
    var head = make("h3", "", into);
    if (trouble.place) { make("code", trouble.place, head); head.append(" "); }
    head.append(trouble.message);
    if (trouble.frame.length) {
      var pre = make("pre", "", into), width = String(trouble.frame[trouble.frame.length - 1][0]).length;
      trouble.frame.forEach(function (row) {
        var at = row[0] === trouble.line;
        if (at) make("b", ">", pre); else pre.append(" ");
        pre.append(" " + String(row[0]).padStart(width) + " | " + row[1] + "\n");
        if (at && trouble.caret) { pre.append(" ".repeat(width + 4 + trouble.caret)); make("b", "^", pre); pre.append("\n"); }
      });
    }
    if (trouble.hint) make("p", trouble.hint, into);
    if (trouble.editor && safe(trouble.editor)) make("a", "Open in the editor", make("p", "", into)).href = trouble.editor;
  }
  function words(troubles) {
    return troubles.map(function (t) {
      var frame = t.frame.map(function (row) { return (row[0] === t.line ? "> " : "  ") + row[0] + " | " + row[1]; });
      return [(t.place ? t.place + ": " : "") + t.message].concat(frame, t.hint ? [t.hint] : []).join("\n");
    }).join("\n\n");
  }
  function panel(title, troubles, kind, done) {
    var box = make("section", "", root(), kind), head = make("header", "", box);
    box.setAttribute("role", kind === "error" ? "alert" : "status");
    box.setAttribute("aria-label", title);
    make("h2", title, head);
    if (troubles.length && navigator.clipboard) {
      var copy = make("button", "Copy", head);
      copy.onclick = function () { navigator.clipboard.writeText(words(troubles)).then(function () { copy.textContent = "Copied"; }, function () { copy.remove(); }); };
    }
    var shut = make("button", "Hide", head);
    shut.setAttribute("aria-keyshortcuts", "Escape");
    shut.onclick = done;
    troubles.forEach(function (trouble) { tell(trouble, box); });
    return box;
  }
  function show(state) {
    latest = state;
    var loud = state.failures.concat(state.fresh), name = JSON.stringify([loud, state.notice]);
    if (shadow) shadow.replaceChildren();
    if (!loud.length && !state.notice && !state.count) { closed = ""; listing = false; return; }
    if (name !== closed && (loud.length || state.notice)) {
      var title = state.failures.length ? "The page is as it was: the site cannot be built" : state.notice || "The last save has " + many(state.fresh.length, "mistake");
      panel(title, loud, state.failures.length ? "error" : "warning", function () { closed = name; show(latest); });
      return;
    }
    if (listing && state.count) {
      var box = panel(many(state.count, "problem"), state.problems, "warning", function () { listing = false; show(latest); });
      if (state.count > state.problems.length) make("p", "and " + (state.count - state.problems.length) + " more: vault check", box);
      return;
    }
    var badge = make("button", loud.length ? many(loud.length, "mistake") : state.notice ? "not up to date" : many(state.count, "problem"), root(), "badge" + (state.failures.length ? " error" : ""));
    badge.setAttribute("aria-label", badge.textContent + ": show");
    badge.onclick = function () { if (loud.length || state.notice) closed = ""; else listing = true; show(latest); };
  }
  addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || !latest || !shadow || !shadow.querySelector("section")) return;
    var loud = latest.failures.concat(latest.fresh);
    if (loud.length || latest.notice) closed = JSON.stringify([loud, latest.notice]);
    listing = false;
    show(latest);
  });

  recall();
  if (!document.hidden) listen();
})();
