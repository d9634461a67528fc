/* The map of the graph page on a canvas: pan, zoom, names, a list beside it, the legend as a filter.
   Places come with the page and nothing is simulated. Without this script the drawing and the tables stand. */
(function () {
  "use strict";
  /* The site's own words: where it speaks another language, the build puts others in their place. */
  function _(text) { return text; }
  function pgettext(context, text) { return text; }
  function number(n) { return n.toLocaleString(pgettext("tag of this language", "en")); }
  function ngettext() {
    var n = arguments[arguments.length - 1];
    return arguments[+(n != 1)].replace("{n}", number(n));
  }
  var data = window.VG, root = document.querySelector("[data-graph]");
  if (!data || !root) return;
  var box = root.querySelector("[data-g-box]"), svg = box.querySelector("svg");
  var list = root.querySelector("[data-g-list]"), find = root.querySelector("[data-g-find]");
  var LABELS = 40, ROWS = 200, CELL = 24, FAR = 12;
  var SHAPES = ["read", "to-read", "reading", "skimmed", "dropped", "none"];

  /* The graph: typed by index, neighbours as lists. */
  var nodes = [], grid = {}, drawn = svg.querySelectorAll(".gd"), at = 0;
  data.c.forEach(function (c, cluster) {
    for (var end = at + c[5]; at < end; at++) {
      nodes.push({
        i: at, x: c[2] + data.p[2 * at] / 10, y: c[3] + data.p[2 * at + 1] / 10, c: cluster, s: +data.s[at], n: [],
        t: drawn.length ? drawn[at].querySelector("title").textContent : data.t[at],
        u: drawn.length ? drawn[at].getAttribute("href") : data.u[at]
      });
    }
  });
  for (var e = 0, low = 0; e < data.e.length; e += 2) {
    low += data.e[e];
    nodes[low].n.push(low + data.e[e + 1]);
    nodes[low + data.e[e + 1]].n.push(low);
  }
  nodes.forEach(function (n) {
    n.r = Math.min(2.6 + 0.75 * Math.sqrt(n.n.length), 5.4) * Math.min(data.k, 1.4);
    var key = Math.floor(n.x / CELL) + " " + Math.floor(n.y / CELL);
    (grid[key] = grid[key] || []).push(n);
  });
  var ranked = nodes.slice().sort(function (a, b) { return b.n.length - a.n.length || a.i - b.i; });
  var lines = [].map.call(svg.querySelectorAll(".gl path"), function (p) {
    return [new Path2D(p.getAttribute("d")), +p.getAttribute("stroke-width")];
  });

  /* A cluster's caption: name, number of notes, its hubs. */
  var captions = [].map.call(svg.querySelectorAll(".gn text"), function (text) {
    var spans = text.querySelectorAll("tspan");
    return [text.firstChild.data.trim(), spans[0].textContent, spans[1] ? spans[1].textContent : ""];
  });

  var canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", _("{map}; the list has the same notes").replace("{map}", svg.getAttribute("aria-label")));
  svg.setAttribute("hidden", "");
  box.appendChild(canvas);

  /* What is seen: a point of the map is at x * z + dx in the box. */
  var wide = 0, high = 0, whole = 1, z = 1, dx = 0, dy = 0, active = null, hits = null, waiting = false;
  var hidden = { c: {}, s: {} }, colours = {};
  /* Zooming in draws dots apart: they grow by the root of what their distances grow by. */
  function radius(n) { return n.r / Math.sqrt(z / whole); }
  function shown(n) { return !hidden.c[n.c] && !hidden.s[n.s] && (!hits || hits[n.i]); }
  function later() { if (!waiting) { waiting = true; requestAnimationFrame(draw); } }
  /* A narrow box shows the discs alone, without the frame's margins. */
  var edge = data.c.reduce(function (o, c) {
    return [Math.min(o[0], c[2] - c[4]), Math.min(o[1], c[3] - c[4]), Math.max(o[2], c[2] + c[4]), Math.max(o[3], c[3] + c[4])];
  }, [data.w, data.h, 0, 0]);
  function fit() {
    var o = wide < 600 ? [edge[0] - 12, edge[1] - 12, edge[2] + 12, edge[3] + 40] : [0, 0, data.w, data.h];
    whole = Math.min(wide / (o[2] - o[0]), high / (o[3] - o[1])); z = whole;
    dx = (wide - (o[0] + o[2]) * z) / 2; dy = (high - (o[1] + o[3]) * z) / 2;
  }
  function bound() {
    z = Math.max(whole, Math.min(z, whole * FAR));
    dx = Math.max(wide / 2 - data.w * z, Math.min(wide / 2, dx));
    dy = Math.max(high / 2 - data.h * z, Math.min(high / 2, dy));
    if (z <= whole) fit();
    canvas.style.touchAction = z > whole * 1.05 ? "none" : "pan-y";
    later();
  }
  function zoom(factor, x, y) {
    var before = z;
    z = Math.max(whole, Math.min(z * factor, whole * FAR));
    dx = x - (x - dx) * z / before; dy = y - (y - dy) * z / before;
    bound();
  }

  function colour() {
    var probe = document.createElement("span");
    root.appendChild(probe);
    function ask(value) { probe.style.color = value; return getComputedStyle(probe).color; }
    for (var i = 0; i < 9; i++) colours[i] = ask("var(--g-" + i + ")");
    ["bg", "surface", "text", "muted", "border", "link"].forEach(function (name) { colours[name] = ask("var(--c-" + name + ")"); });
    colours.font = getComputedStyle(list).fontFamily;
    probe.remove();
    later();
  }

  function dot(n, r) {
    var x = n.x, y = n.y;
    pen.beginPath();
    if (n.s < 2) pen.arc(x, y, r, 0, 7);
    else if (n.s === 2) { r *= 1.2; pen.moveTo(x, y - r); pen.lineTo(x + r, y); pen.lineTo(x, y + r); pen.lineTo(x - r, y); pen.closePath(); }
    else if (n.s === 3) { pen.moveTo(x, y - 1.2 * r); pen.lineTo(x + 1.15 * r, y + 0.8 * r); pen.lineTo(x - 1.15 * r, y + 0.8 * r); pen.closePath(); }
    else if (n.s === 4) { r *= 0.8; pen.moveTo(x - r, y - r); pen.lineTo(x + r, y + r); pen.moveTo(x - r, y + r); pen.lineTo(x + r, y - r); }
    else pen.rect(x - 0.86 * r, y - 0.86 * r, 1.72 * r, 1.72 * r);
    if (n.s === 1 || n.s === 4) { pen.lineWidth = (n.s === 1 ? 1.4 : 1.8) / Math.sqrt(z / whole); pen.stroke(); } else pen.fill();
  }

  var within = data.c.map(function () { return new Path2D(); });
  nodes.forEach(function (n) {
    n.n.forEach(function (o) {
      if (o > n.i && nodes[o].c === n.c) { within[n.c].moveTo(n.x, n.y); within[n.c].lineTo(nodes[o].x, nodes[o].y); }
    });
  });

  /* Texts in px of the box; one that would cover another is left out. */
  function writer() {
    var taken = [];
    return function (text, x, y, font, fill, always, after) {
      pen.font = "400 13px " + colours.font;
      var more = after ? pen.measureText(after).width + 4 : 0;
      pen.font = font + " " + colours.font;
      var half = (pen.measureText(text).width + more) / 2;
      if (always || (x > 0 && x < wide && after)) x = Math.max(half + 2, Math.min(wide - half - 2, x));
      var mine = [x - half - 2, y - 10, x + half + 2, y + 3];
      if (mine[2] < 0 || mine[0] > wide || mine[3] < 0 || mine[1] > high) return false;
      if (!always && taken.some(function (o) { return mine[0] < o[2] && o[0] < mine[2] && mine[1] < o[3] && o[1] < mine[3]; })) return false;
      taken.push(mine);
      pen.strokeText(text, x - more / 2, y); pen.fillStyle = fill; pen.fillText(text, x - more / 2, y);
      if (after) {
        pen.font = "400 13px " + colours.font; pen.textAlign = "right"; pen.fillStyle = colours.muted;
        pen.strokeText(after, x + half, y); pen.fillText(after, x + half, y); pen.textAlign = "center";
      }
      return true;
    };
  }
  function cut(text) { return text.length > 34 ? text.slice(0, 33).trim() + "…" : text; }

  function draw() {
    waiting = false;
    if (!wide) return;
    var d = canvas.width / wide, thin = 1 / Math.sqrt(z / whole);
    pen.setTransform(1, 0, 0, 1, 0, 0); pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.setTransform(d * z, 0, 0, d * z, d * dx, d * dy);
    pen.lineCap = "round"; pen.lineJoin = "round"; pen.strokeStyle = colours.border;
    pen.globalAlpha = active ? 0.4 : 1;
    lines.forEach(function (line) { pen.lineWidth = line[1] * thin; pen.stroke(line[0]); });
    pen.globalAlpha = 1; pen.fillStyle = colours.surface;
    data.c.forEach(function (c) { pen.beginPath(); pen.arc(c[2], c[3], c[4], 0, 7); pen.fill(); });
    pen.lineWidth = 0.8 * thin; pen.globalAlpha = active ? 0.06 : 0.16;
    data.c.forEach(function (c, i) {
      if (!hidden.c[i]) { pen.strokeStyle = colours[c[1]]; pen.stroke(within[i]); }
    });
    var near = {};
    if (active) {
      near[active.i] = 1;
      active.n.forEach(function (o) { near[o] = 1; });
      pen.lineWidth = 1.5 * thin;
      pen.globalAlpha = 0.7; pen.strokeStyle = colours.text; pen.beginPath();
      active.n.forEach(function (o) { pen.moveTo(active.x, active.y); pen.lineTo(nodes[o].x, nodes[o].y); });
      pen.stroke();
    }
    nodes.forEach(function (n) {
      var c = colours[data.c[n.c][1]];
      pen.globalAlpha = !shown(n) ? 0.08 : active && !near[n.i] ? 0.25 : 1;
      pen.fillStyle = n.s === 1 ? colours.surface : c; pen.strokeStyle = c;
      dot(n, radius(n));
    });
    if (active) {
      pen.globalAlpha = 1; pen.lineWidth = 2 * thin; pen.strokeStyle = colours.text;
      pen.beginPath(); pen.arc(active.x, active.y, radius(active) + 3 * thin, 0, 7); pen.stroke();
    }
    pen.setTransform(d, 0, 0, d, 0, 0);
    pen.globalAlpha = 1; pen.textAlign = "center"; pen.lineWidth = 4; pen.strokeStyle = colours.bg;
    names(writer(), near);
  }

  function names(write, near) {
    var left = LABELS;
    function name(n, always, weight) {
      return write(cut(n.t), n.x * z + dx, (n.y - radius(n)) * z + dy - 5, weight + "12px", colours.text, always);
    }
    if (active) name(active, true, "600 ");
    data.c.map(function (c, i) { return [c, i]; }).sort(function (a, b) { return b[0][5] - a[0][5]; }).forEach(function (pair) {
      var c = pair[0], caption = captions[pair[1]], x = c[2] * z + dx, y = (c[3] + c[4]) * z + dy + 13;
      if (hidden.c[pair[1]]) return;
      var told = write(caption[0], x, y, "600 13px", active ? colours.muted : colours.text, false, caption[1]);
      if (told && caption[2] && !active && wide > 600 && z < whole * 1.6) write(caption[2], x, y + 14, "11px", colours.muted, false);
    });
    var some = active ? active.n.map(function (o) { return nodes[o]; }) : z > whole * 1.6 || hits ? ranked : [];
    for (var i = 0; i < some.length && left > 0; i++) {
      var n = some[i], x = n.x * z + dx, y = n.y * z + dy;
      if (x > 0 && x < wide && y > 0 && y < high && shown(n) && name(n, false, "")) left--;
    }
  }

  /* The pointer: drag to pan, pinch or Ctrl and wheel to zoom, hover to highlight, click to open. */
  function nearest(event, reach) {
    var o = canvas.getBoundingClientRect(), x = (event.clientX - o.left - dx) / z, y = (event.clientY - o.top - dy) / z;
    var best = null, far = Infinity, cx = Math.floor(x / CELL), cy = Math.floor(y / CELL);
    for (var i = -1; i < 2; i++) for (var j = -1; j < 2; j++) (grid[(cx + i) + " " + (cy + j)] || []).forEach(function (n) {
      var gap = Math.hypot(n.x - x, n.y - y);
      if (shown(n) && gap < far && gap < Math.max(radius(n) + 2, reach / z)) { best = n; far = gap; }
    });
    return best;
  }
  function choose(n) {
    if (n === active) return;
    active = n;
    canvas.classList.toggle("hit", !!n);
    later();
  }
  var held = {}, moved = 0, spread = 0;
  function fingers() { return Object.keys(held).map(function (k) { return held[k]; }); }
  canvas.addEventListener("pointerdown", function (event) {
    held[event.pointerId] = event; moved = 0; spread = 0;
    try { canvas.setPointerCapture(event.pointerId); } catch (e) { /* it is gone already */ }
  });
  canvas.addEventListener("pointermove", function (event) {
    var before = held[event.pointerId];
    if (!before) { if (event.pointerType === "mouse") choose(nearest(event, 9)); return; }
    var others = fingers();
    held[event.pointerId] = event;
    moved += Math.abs(event.clientX - before.clientX) + Math.abs(event.clientY - before.clientY);
    if (others.length === 2) {
      var two = fingers(), o = canvas.getBoundingClientRect();
      var gap = Math.hypot(two[0].clientX - two[1].clientX, two[0].clientY - two[1].clientY);
      if (spread) zoom(gap / spread, (two[0].clientX + two[1].clientX) / 2 - o.left, (two[0].clientY + two[1].clientY) / 2 - o.top);
      spread = gap;
    } else if (moved > 4) {
      dx += event.clientX - before.clientX; dy += event.clientY - before.clientY;
      bound();
    }
  });
  function up(event) {
    var was = held[event.pointerId];
    delete held[event.pointerId]; spread = 0;
    if (!was || moved > 4 || event.type !== "pointerup" || event.button) return;
    var n = nearest(event, event.pointerType === "mouse" ? 9 : 18);
    if (n && (event.pointerType === "mouse" || n === active)) {
      if (event.ctrlKey || event.metaKey) window.open(n.u, "_blank", "noopener"); else location.href = n.u;
    } else choose(n);
  }
  canvas.addEventListener("pointerup", up);
  canvas.addEventListener("pointercancel", up);
  canvas.addEventListener("pointerleave", function (event) { if (event.pointerType === "mouse") choose(null); });
  canvas.addEventListener("wheel", function (event) {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    var o = canvas.getBoundingClientRect();
    zoom(Math.exp(-event.deltaY / (event.deltaMode ? 12 : 240)), event.clientX - o.left, event.clientY - o.top);
  }, { passive: false });
  canvas.addEventListener("dblclick", function (event) {
    var o = canvas.getBoundingClientRect();
    zoom(2, event.clientX - o.left, event.clientY - o.top);
  });

  var tools = document.createElement("div");
  tools.className = "gzoom";
  [["+", _("Zoom in"), function () { zoom(1.6, wide / 2, high / 2); }], ["−", _("Zoom out"), function () { zoom(1 / 1.6, wide / 2, high / 2); }],
    [_("Whole map"), "", function () { fit(); bound(); }]].forEach(function (tool) {
    var button = document.createElement("button");
    button.type = "button"; button.className = "btn"; button.textContent = tool[0];
    if (tool[1]) button.setAttribute("aria-label", tool[1]);
    button.addEventListener("click", tool[2]);
    tools.appendChild(button);
  });
  box.appendChild(tools);

  /* The list is the keyboard's way: a row in focus is highlighted on the map. */
  var status = document.createElement("p");
  status.className = "vh"; status.setAttribute("role", "status");
  root.appendChild(status);
  function fill() {
    var found = ranked.filter(shown), part = document.createDocumentFragment();
    found.slice(0, ROWS).forEach(function (n) {
      var row = document.createElement("li"), link = document.createElement("a"), links = document.createElement("span");
      link.href = n.u; link.textContent = n.t; row.node = n;
      links.textContent = n.n.length;
      links.title = ngettext("{n} link", "{n} links", n.n.length);
      row.appendChild(link); row.appendChild(links); part.appendChild(row);
    });
    if (found.length > ROWS || !found.length) {
      var rest = document.createElement("li"), note = document.createElement("span");
      note.textContent = found.length ? ngettext("and {n} more", "and {n} more", found.length - ROWS) : _("No note here has these words.");
      rest.appendChild(note); part.appendChild(rest);
    }
    list.textContent = "";
    list.appendChild(part);
    return found.length;
  }
  function follow(event) {
    var row = event.target.closest("li"), n = row && row.node;
    if (!n) return;
    choose(n);
    var x = n.x * z + dx, y = n.y * z + dy;
    if (z > whole && (x < 30 || x > wide - 30 || y < 30 || y > high - 30)) {
      dx = wide / 2 - n.x * z; dy = high / 2 - n.y * z;
      bound();
    }
  }
  list.addEventListener("focusin", follow);
  list.addEventListener("mouseover", follow);
  list.addEventListener("focusout", function () { choose(null); });
  list.addEventListener("mouseleave", function () { choose(null); });
  function filter() {
    var words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    hits = words.length ? {} : null;
    nodes.forEach(function (n) {
      var text = hits && n.t.toLowerCase();
      if (hits && words.every(function (w) { return text.indexOf(w) >= 0; })) hits[n.i] = 1;
    });
    status.textContent = ngettext("{n} note", "{n} notes", fill());
    later();
  }
  find.addEventListener("input", filter);
  find.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && find.value) { find.value = ""; filter(); }
  });

  /* The legend filters. */
  function legend(items, set, key) {
    [].forEach.call(items, function (item, i) {
      var check = item.querySelector("input");
      check.checked = true;
      check.addEventListener("change", function () { set[key(item, i)] = !check.checked; filter(); });
    });
  }
  legend(root.querySelectorAll("[data-g-clusters] li"), hidden.c, function (_, i) { return i; });
  legend(root.querySelectorAll("[data-g-states] li"), hidden.s, function (item) { return SHAPES.indexOf(item.dataset.state); });

  function resize() {
    var o = box.getBoundingClientRect(), ratio = Math.min(window.devicePixelRatio || 1, 2);
    if (!o.width || (o.width === wide && o.height === high)) return;
    wide = o.width; high = o.height;
    canvas.width = Math.round(wide * ratio); canvas.height = Math.round(high * ratio);
    fit(); bound();
  }
  if (window.ResizeObserver) new ResizeObserver(resize).observe(box); else addEventListener("resize", resize);
  new MutationObserver(colour).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", colour);
  fill(); colour(); resize();
})();
