/* Theme button, copying, and the papers table's filter and sorting. Every page is complete without it. */
(function () {
  "use strict";
  var root = document.documentElement, one = function (s, e) { return (e || document).querySelector(s); };
  var all = function (s, e) { return Array.prototype.slice.call((e || document).querySelectorAll(s)); };
  var status = one("[data-status]");
  function say(text) { if (status) status.textContent = text; }

  var themes = ["auto", "light", "dark"], theme = one("[data-theme-button]");
  function named() { return root.dataset.theme || "auto"; }
  if (theme) {
    theme.addEventListener("click", function () {
      var next = themes[(themes.indexOf(named()) + 1) % 3];
      if (next === "auto") delete root.dataset.theme; else root.dataset.theme = next;
      try { if (next === "auto") localStorage.removeItem("vault-theme"); else localStorage.setItem("vault-theme", next); } catch (e) { /* private mode */ }
      theme.textContent = "Theme: " + named();
    });
    theme.textContent = "Theme: " + named();
  }

  all("[data-copy]").forEach(function (button) {
    var label = button.textContent, source = document.getElementById(button.dataset.copy);
    function done(text) {
      button.textContent = text; say(text);
      setTimeout(function () { button.textContent = label; say(""); }, 2000);
    }
    function select() {
      source.closest("details").open = true;
      getSelection().selectAllChildren(source);
      source.focus();
      done("Press Ctrl+C");
    }
    button.addEventListener("click", function () {
      if (!navigator.clipboard) return select();
      navigator.clipboard.writeText(source.textContent).then(function () { done("Copied"); }, select);
    });
  });

  var table = one("[data-sort]");
  if (!table) return;
  var body = table.tBodies[0], rows = all("tr", body), find = one("[data-find]"), none = one("[data-none]");
  rows.forEach(function (row) { row.words = row.textContent.toLowerCase(); });
  function plural(n) { return n + (n === 1 ? " paper" : " papers"); }
  function filter() {
    var words = find.value.toLowerCase().split(/\s+/), n = 0;
    rows.forEach(function (row) {
      row.hidden = !words.every(function (w) { return row.words.indexOf(w) >= 0; });
      if (!row.hidden) n += 1;
    });
    none.hidden = n > 0;
    say(find.value ? plural(n) : "");
  }
  if (find) {
    find.addEventListener("input", filter);
    if (find.value) filter();
  }

  function value(row, column) {
    var cell = row.cells[column], time = one("time", cell), title = one(".t", cell);
    return time ? time.dateTime : (title || cell).textContent.trim();
  }
  function sort(column, down, number) {
    var order = rows.map(function (row, i) { return [value(row, column), i, row]; });
    order.sort(function (a, b) {
      if (!a[0] || !b[0]) return !a[0] - !b[0] || a[1] - b[1];
      var way = number ? parseFloat(a[0]) - parseFloat(b[0]) : a[0].localeCompare(b[0], root.lang, { numeric: true });
      return (down ? -way : way) || a[1] - b[1];
    });
    order.forEach(function (item) { body.appendChild(item[2]); });
  }
  var heads = all("thead th", table);
  heads.forEach(function (head, column) {
    var button = document.createElement("button"), number = head.classList.contains("num");
    button.type = "button";
    all(".no-js", head).forEach(function (e) { e.remove(); });
    button.textContent = head.textContent;
    head.textContent = "";
    head.appendChild(button);
    button.addEventListener("click", function () {
      var was = head.getAttribute("aria-sort");
      var down = was ? was === "ascending" : number || button.textContent === "Noted";
      heads.forEach(function (h) { h.removeAttribute("aria-sort"); });
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      sort(column, down, number);
      say("Sorted by " + button.textContent.toLowerCase() + (down ? ", descending" : ", ascending"));
    });
  });
})();

/* The search: its link opens it in place; its code and its index come with the first sign of wanting it. */
(() => {
  const link = document.querySelector("[data-search]");
  if (!link) return;
  let asked;
  const fetched = () => asked ??= link.dataset.search.split(" ").slice(0, 2).map(src => document.head.append(
    Object.assign(document.createElement("script"), { src, async: false, onerror() { if (link.dataset.wanted) location.assign(link.href); } })));
  const open = event => {
    event.preventDefault();
    if (window.vaultSearch) return window.vaultSearch.toggle();
    link.dataset.wanted = 1;
    fetched();
  };
  ["pointerenter", "focus"].forEach(sign => link.addEventListener(sign, fetched));
  link.addEventListener("click", event => { if (!event.ctrlKey && !event.metaKey && !event.shiftKey) open(event); });
  document.addEventListener("keydown", event => {
    const pressed = event.ctrlKey || event.metaKey;
    if (event.defaultPrevented || event.isComposing || event.altKey) return;
    if (pressed ? event.key == "k" : event.key == "/" && !event.target.closest("input, textarea, select, [contenteditable], dialog")) {
      try { if (!pressed && localStorage.getItem("vault-keys") == "off") return; } catch { /* blocked */ }
      open(event);
    }
  });
})();
