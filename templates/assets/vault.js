/* What a page can do beyond being read: theme, copying, preview cards, keys, filters, sorting.
   Every page is complete without it. It asks nobody but the site itself, and works from a disk. */
(() => {
  "use strict";
  const doc = document, root = doc.documentElement;
  const one = (what, where = doc) => where.querySelector(what);
  const all = (what, where = doc) => [...where.querySelectorAll(what)];
  const make = (name, fields, ...inside) => {
    const made = Object.assign(doc.createElement(name), fields);
    made.append(...inside);
    return made;
  };

  /* What this reader chose. Where storage is blocked it lasts as long as the page. */
  const held = {};
  const chosen = name => { try { return localStorage.getItem("vault-" + name); } catch { return held[name]; } };
  const choose = (name, value) => {
    held[name] = value;
    try { value ? localStorage.setItem("vault-" + name, value) : localStorage.removeItem("vault-" + name); } catch { /* blocked */ }
  };

  const status = make("p", { className: "vh" });
  status.setAttribute("role", "status");
  doc.body.append(status);
  const say = text => { status.textContent = text; };

  /* Theme: the button names its state. */
  const themes = ["auto", "light", "dark"], dresser = one("[data-theme-button]");
  const dress = name => {
    if (themes.indexOf(name) > 0) root.dataset.theme = name; else delete root.dataset.theme;
    if (dresser) dresser.textContent = { light: _("Theme: light"), dark: _("Theme: dark") }[root.dataset.theme] || _("Theme: auto");
  };
  dresser?.addEventListener("click", () => {
    const next = (themes.indexOf(root.dataset.theme) + 1 || 1) % 3;
    choose("theme", next && themes[next]);
    dress(themes[next]);
  });

  /* Switches: on unless they were put off. */
  const switches = { keys: [_("Single keys: off"), _("Single keys: on")], previews: [_("Previews: off"), _("Previews: on")] };
  const on = name => chosen(name) !== "off";
  const label = () => {
    for (const name in switches) {
      all(`[data-${name}-switch]`).forEach(button => { button.textContent = switches[name][+on(name)]; });
    }
    for (const key in keys) {
      if (key in lists) continue;
      keys[key][1]()?.[on("keys") ? "setAttribute" : "removeAttribute"]("aria-keyshortcuts", key);
    }
  };

  /* Copying: to the clipboard, else the text is selected. */
  const copy = (button, source) => {
    button.dataset.label ??= button.textContent;
    button.style.minInlineSize = button.offsetWidth + "px";
    const told = text => {
      button.textContent = text;
      button.style.minInlineSize = button.offsetWidth + "px";
      say(text);
      setTimeout(() => { button.textContent = button.dataset.label; say(""); }, 2000);
    };
    const select = () => {
      const around = source.closest("details");
      if (around) around.open = true;
      getSelection().selectAllChildren(source);
      source.focus();
      told(_("Press Ctrl+C"));
    };
    if (navigator.clipboard) navigator.clipboard.writeText(source.textContent).then(() => told(_("Copied")), select);
    else select();
  };
  all(".prose pre, .cmd code").forEach(code => {
    const button = make("button", { type: "button", className: "copy js-only", textContent: pgettext("verb", "Copy") });
    button.setAttribute("aria-label", _("Copy code"));
    button.addEventListener("click", () => copy(button, code));
    const box = make("div", { className: "code" });
    code.replaceWith(box);
    box.append(code, button);
  });

  doc.addEventListener("click", event => {
    const at = what => event.target.closest(what);
    const button = at("[data-copy]");
    if (button) copy(button, doc.getElementById(button.dataset.copy));
    if (at("[data-keys]")) shortcuts();
    for (const name in switches) {
      if (!at(`[data-${name}-switch]`)) continue;
      choose(name, on(name) ? "off" : "");
      label();
    }
  });

  /* Preview cards, from data/cards/: one reused box, opened by a mouse at rest and by the keyboard. */
  const states = { "to-read": _("To read"), reading: _("Reading"), skimmed: _("Skimmed"), read: _("Read"), dropped: _("Dropped") };
  const base = new URL(root.dataset.root || "./", doc.baseURI).href, files = {};
  const load = name => files[name] ??= new Promise(done => {
    const script = make("script", { src: `${base}data/cards/${name}.js` });
    script.onload = script.onerror = () => done(window.VC?.[name] ?? {});
    doc.head.append(script);
  });
  const summed = key => {
    let sum = 0;
    for (const char of key) sum = (sum * 31 + char.codePointAt(0)) % 65521;
    return sum;
  };
  const known = async link => {
    const { href } = link;
    let [, name, key] = /^([^/]+)\/(.+?)\/(?:index\.html)?$/.exec(decodeURI(href.slice(base.length).split(/[?#]/)[0])) || [];
    if (!name || !href.startsWith(base)) return;
    let cards;
    while (typeof (cards = await load(name)) == "number") {
      name += "-" + (cards ? summed(key) % cards : "q" + (/^\d\d\//.test(key) ? Math.ceil(key.slice(0, 2) / 3) : 0));
    }
    if (!Array.isArray(cards[key])) return;
    const [title, about, meta, claim, state, lang = ""] = cards[key];
    const line = make("p", { className: "meta" });
    if (state) {
      const mark = make("span", { className: "st", textContent: states[state] });
      mark.dataset.s = state == "to-read" ? "queued" : state;
      line.append(mark, " ");
    }
    line.append(meta);
    const told = [["title", title], ["meta", about], ["say", claim]].filter(part => part[1]);
    return [...told.map(([className, textContent]) => make("p", { className, textContent, ...className != "meta" && { lang, dir: "auto" } })), line];
  };
  const aside = link => {
    const note = doc.getElementById(link.hash.slice(1)), at = note?.getBoundingClientRect();
    if (!note || (at.top >= 0 && at.bottom <= innerHeight)) return;
    const copied = note.cloneNode(true);
    all("[role=doc-backlink]", copied).forEach(back => back.remove());
    all("a, [id], [tabindex]", copied).forEach(part => {
      if (part.matches("a")) part.replaceWith(...part.childNodes);
      part.removeAttribute("id");
      part.removeAttribute("tabindex");
    });
    return [make("div", { className: "note" }, ...copied.childNodes)];
  };
  const box = make("div", { id: "preview" });
  box.setAttribute("role", "tooltip");
  box.popover = "manual";
  let shown, before, opening, closing;
  const narrow = matchMedia("(max-width: 71.99rem)");
  const previewed = target => {
    const link = target.closest?.("a.card, a[role=doc-noteref]");
    const fits = link && (link.matches(".card") ? link.pathname != location.pathname : narrow.matches);
    return fits && box.showPopover && on("previews") && !link.closest("[data-no-preview]") && link;
  };
  const stay = () => { clearTimeout(closing); closing = 0; };
  const hide = () => {
    clearTimeout(opening);
    stay();
    if (!shown) return;
    box.hidePopover();
    if (before === null) shown.removeAttribute("aria-describedby"); else shown.setAttribute("aria-describedby", before);
    shown = null;
  };
  const show = async (link, wanted, y) => {
    const inside = await (link.matches(".card") ? known(link) : aside(link));
    if (!inside || !wanted()) return;
    hide();
    box.replaceChildren(...inside);
    if (!box.isConnected) (one("main") || doc.body).append(box);
    box.showPopover();
    shown = link;
    before = link.getAttribute("aria-describedby");
    link.setAttribute("aria-describedby", "preview");
    const lines = [...link.getClientRects()], at = lines.find(line => line.top <= y && y <= line.bottom) || lines[0];
    const left = root.dir == "rtl" ? at.right - box.offsetWidth : at.left, below = at.bottom + 6, above = at.top - 6 - box.offsetHeight;
    box.style.left = Math.max(8, Math.min(left, root.clientWidth - box.offsetWidth - 8)) + "px";
    box.style.top = (below + box.offsetHeight > innerHeight - 8 && above >= 8 ? above : below) + "px";
  };
  const later = (link, wait, wanted, y) => {
    clearTimeout(opening);
    opening = setTimeout(() => wanted() && show(link, wanted, y), wait);
  };
  doc.addEventListener("pointerover", event => {
    if (event.pointerType != "mouse") return;
    const link = previewed(event.target);
    if (link && link != shown) later(link, 450, () => link.matches(":hover"), event.clientY);
    if (shown && (link == shown || box.contains(event.target))) stay();
    else if (shown && !closing) closing = setTimeout(hide, 250);
  });
  root.addEventListener("pointerleave", () => { if (shown && !closing) closing = setTimeout(hide, 250); });
  doc.addEventListener("focusin", event => {
    const link = event.target.matches(":focus-visible") && previewed(event.target);
    if (link) later(link, 700, () => doc.activeElement == link);
  });
  doc.addEventListener("focusout", hide);
  doc.addEventListener("scroll", event => { if (shown && event.target != box) hide(); }, { capture: true, passive: true });
  addEventListener("pagehide", hide);

  /* Keys: each presses a control that is on the page, so that nothing needs them. */
  const seen = item => item.getClientRects().length > 0;
  const rows = () => all(".rows :is(.title, .plain) > a, .bib tbody .t, .query .card").filter(seen);
  const row = () => doc.activeElement.closest(".rows > li, tbody tr, .query > li");
  const step = by => {
    const links = rows(), mine = row(), at = links.findIndex(link => mine?.contains(link));
    const next = links.findIndex(link => link.getBoundingClientRect().top >= 0);
    return links[at < 0 ? next : at + by];
  };
  const lists = { "/": 1, j: 1, k: 1, y: 1 };
  const keys = {
    "/": [_("Search"), () => finder],
    "?": [_("These shortcuts"), () => one("[data-keys]")],
    j: [_("Next in the list"), () => step(1)],
    k: [_("Previous in the list"), () => step(-1)],
    o: [_("Open the paper"), () => one(row() ? "a[rel~=external]" : ".btns a[rel~=external]", row() || doc)],
    "[": [_("Earlier, or the page before"), () => one("main a[rel=prev]")],
    "]": [_("Later, or the next page"), () => one("main a[rel=next]")],
    c: [_("Copy BibTeX"), () => one("[data-copy=bib]")],
    y: [_("Copy the command of the row"), () => row() && one(".copy", row())],
  };
  const places = { h: _("Home"), p: _("Papers"), q: _("Queue"), t: _("Tags"), a: _("Archive"), d: _("Digest"), g: _("Graph"), s: _("Statistics") };
  const place = letter => letter == "h" ? one(".brand") : one(`[data-go=${letter}]`)
    || all(".top a, .foot a").find(link => link.textContent.trim() == places[letter]);

  const shortcuts = () => {
    hide();
    let dialog = one("dialog.keys");
    if (!dialog) {
      dialog = doc.body.appendChild(make("dialog", { className: "keys" }));
      dialog.setAttribute("aria-label", _("Keyboard shortcuts"));
      dialog.addEventListener("click", event => {
        if (event.target == dialog || event.target.closest("[data-close]")) dialog.close();
      });
    }
    const line = (names, words) => make("div", {}, make("dt", {}, ...names.map(name => make("kbd", { textContent: name }))), make("dd", { textContent: words }));
    const here = Object.keys(keys).filter(key => key == "j" || key == "k" ? rows().length : keys[key][1]());
    const away = Object.keys(places).filter(place);
    const button = (name, text) => { const made = make("button", { type: "button", className: "btn", textContent: text }); made.dataset[name] = ""; return made; };
    dialog.replaceChildren(
      make("h2", { textContent: _("Keyboard shortcuts") }),
      make("dl", {}, ...here.map(key => line([key], keys[key][0])), ...away.map(key => line(["g", key], places[key])), line([_("Esc")], _("Close a card or this, clear the filters"))),
      make("p", { className: "btns" }, ...Object.keys(switches).map(name => button(name + "Switch", "")), button("close", _("Close"))),
    );
    label();
    dialog.showModal();
  };

  /* Search: its link opens it in place; its code comes with the first sign of wanting it. */
  const finder = one("[data-search]");
  let asked;
  const fetched = () => asked ??= finder.dataset.search.split(" ").slice(0, 2).map(src => doc.head.append(
    make("script", { src, async: false, onerror() { if (finder.dataset.wanted) location.assign(finder.href); } })));
  const find = event => {
    event.preventDefault();
    if (window.vaultSearch) return vaultSearch.toggle();
    finder.dataset.wanted = 1;
    fetched();
  };
  if (finder) {
    ["pointerenter", "focus"].forEach(sign => finder.addEventListener(sign, fetched));
    finder.addEventListener("click", event => event.ctrlKey || event.metaKey || event.shiftKey || find(event));
    doc.addEventListener("keydown", event => { if ((event.ctrlKey || event.metaKey) && event.key == "k" && !event.isComposing) find(event); });
  }

  let going = 0;
  doc.addEventListener("keydown", event => {
    const key = event.key, form = event.target.closest("form[data-filter]");
    if (key == "Escape") {
      const menu = one(".top details[open]"), was = shown;
      hide();
      if (was) return;
      if (form) form.reset();
      else if (menu) { menu.open = false; one("summary", menu).focus(); }
      return;
    }
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented || !on("keys")) return;
    if (event.target.closest("input, textarea, select, [contenteditable]") || one("dialog[open]")) return;
    const went = going && Date.now() - going < 1500;
    going = key == "g" && !went ? Date.now() : 0;
    const target = going ? null : went ? place(key) : Object.hasOwn(keys, key) && keys[key][1]();
    if (!target) return;
    event.preventDefault();
    if (key == "j" || key == "k") target.focus(); else target.click();
  });

  /* Filters: what is chosen stands in the address, so that a narrowed list can be linked. */
  const fits = {
    q: (row, value) => value.split(/\s+/).every(word => (row.words ??= row.textContent.toLowerCase()).includes(word)),
    tag: (row, value) => (row.dataset.tags || "").toLowerCase().split("\n").some(tag => (tag + "/").startsWith(value + "/")),
    age: (row, value) => row.dataset.age && (value < 0 ? +row.dataset.age < -value : +row.dataset.age >= value),
  };
  all("form[data-filter]").forEach(form => {
    const items = all(form.dataset.filter), fields = all("[name]", form), groups = all("main section").filter(group => one(".rows", group));
    const count = one("[data-count]", form), none = one("[data-none]"), reset = one("[type=reset]", form);
    const filter = () => {
      const wanted = fields.map(field => [field.name, field.value.trim()]).filter(pair => pair[1]);
      let left = 0;
      items.forEach(item => {
        item.hidden = !wanted.every(([name, value]) => fits[name] ? fits[name](item, value.toLowerCase()) : item.dataset[name] == value);
        left += !item.hidden;
      });
      groups.forEach(group => {
        const fitting = all(".rows > li:not([hidden])", group).length, title = one(".label", group), told = one("span", title);
        group.hidden = !fitting;
        if (told) told.dataset.left = wanted.length ? _(", {n} shown").replace("{n}", fitting) : "";
        all(`.jump a[href="#${title.id}"]`).forEach(link => { link.parentNode.hidden = !fitting; });
      });
      if (none) none.hidden = left > 0;
      reset.disabled = !wanted.length;
      count.textContent = wanted.length ? form.dataset.told.replace("{left}", left) : "";
      const url = new URL(location);
      fields.forEach(field => url.searchParams.delete(field.name));
      wanted.forEach(pair => url.searchParams.set(...pair));
      try { history.replaceState(history.state, "", url); } catch { /* too many at once, or a browser that minds */ }
    };
    const asked = new URLSearchParams(location.search);
    fields.forEach(field => {
      if (field.selectedIndex === undefined) field.value = asked.get(field.name) || "";
      else field.selectedIndex = Math.max(0, [...field.options].findIndex(option => option.value == asked.get(field.name)));
    });
    const more = one("details", form);
    if (fields.some(field => field.value)) {
      if (more && fields.some(field => field.value && field.name != "q")) more.open = true;
      filter();
    }
    form.addEventListener("input", filter);
    form.addEventListener("submit", event => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(filter));
  });

  /* The math font is asked for when the page has been shown, which it would hold up on a slow line. */
  requestAnimationFrame(() => setTimeout(() => root.classList.remove("new")));

  /* A page of results is seen when they are there (search.js). */
  if (!one("[data-search-page]")) root.classList.remove("asked");

  /* Tables that sort: by data-v where a cell's text is no key, numbers as numbers, cells without a value last. */
  let collator;
  const parsed = text => parseFloat(text.replaceAll(pgettext("thousands separator", ","), "").replace(pgettext("decimal point", "."), "."));
  all("table[data-sort]").forEach(table => {
    const body = table.tBodies[0], lines = [...body.rows], heads = all("thead th", table);
    const value = (line, column) => { const cell = line.cells[column]; return cell.dataset.v ?? (one(".t", cell) || cell).textContent.trim(); };
    const sort = (column, down, number) => {
      try { collator ??= new Intl.Collator(root.lang, { numeric: true }); } catch { collator = new Intl.Collator(); }
      const order = lines.map((line, at) => [value(line, column), at, line]);
      order.sort((a, b) => {
        if (!a[0] || !b[0]) return !a[0] - !b[0] || a[1] - b[1];
        const way = number ? parsed(a[0]) - parsed(b[0]) : collator.compare(a[0], b[0]);
        return (down ? -way : way) || a[1] - b[1];
      });
      body.append(...order.map(item => item[2]));
    };
    heads.forEach((head, column) => {
      const name = (one("button", head) || head).textContent.trim(), number = head.matches(".num");
      if (!name) return;
      if (!one("button", head)) head.replaceChildren(make("button", { type: "button", textContent: name }));
      const button = one("button", head);
      button.addEventListener("click", () => {
        const was = head.getAttribute("aria-sort"), down = was ? was == "ascending" : number || "down" in head.dataset;
        heads.forEach(other => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        sort(column, down, number);
        say((down ? _("Sorted by {column}, descending") : _("Sorted by {column}, ascending")).replace("{column}", name));
      });
    });
  });

  /* A calendar that is wider than its box shows its end first. */
  all(".cal").forEach(calendar => {
    const box = calendar.parentNode, last = all("tr:nth-child(2) td:not(.x)", calendar).pop();
    if (last) box.scrollLeft = last.offsetLeft + last.offsetWidth - box.clientWidth;
  });

  /* A lost address says what was looked for: the search forgives slips in it. */
  const lost = one("[data-lost]"), part = lost && location.pathname.replace(/(index)?\.html?$/, "").split("/").filter(each => /\D/.test(each)).pop();
  if (part) {
    const words = part.replace(/[-_]+/g, " ");
    lost.href += "?q=" + words;
    try { lost.append(": " + decodeURIComponent(words)); } catch { /* no address of ours */ }
  }

  const again = () => { dress(chosen("theme")); label(); };
  again();
  addEventListener("pageshow", event => event.persisted && again());
  addEventListener("storage", again);
})();
