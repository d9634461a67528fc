/* Search in the reader's own browser: `vault list`'s query language over an index that the build wrote.
   Words are those of src/vault/words.py, queries those of src/vault/query/; tests hold them together.
   MiniSearch (minisearch.js) looks words up. All data are scripts, so that it works from a disk. */
(() => {
  "use strict";

  /* The site's own words: where it speaks another language, the build puts others in their place. */
  const _ = text => text, pgettext = (context, text) => text;
  const plural = n => +(n != 1), TONGUE = pgettext("tag of this language", "en");
  const filled = (text, fields) => text.replace(/\{(\w+)\}/g, (field, name) => fields[name] ?? field);
  const ngettext = (...forms) => { const n = forms.pop(); return filled(forms[plural(n)], { n: n.toLocaleString(TONGUE) }); };

  /* ---- Words */

  const LETTER = "[\\p{L}\\p{N}]";
  const UNSPACED = "[\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7af\\u{20000}-\\u{3ffff}]";
  const RUN = new RegExp(`(?:(?=${LETTER})${UNSPACED})+|(?:(?!${UNSPACED})${LETTER})+`, "gu");
  const SIGN = new RegExp(UNSPACED, "gu"), SIGNS = new RegExp("^" + UNSPACED, "u");
  const WORD = new RegExp(LETTER + "+", "gu");
  const LONGEST = 40;
  const fold = text => /^[\0-\x7f]*$/.test(text) ? text.toLowerCase()
    : text.normalize("NFKD").toLowerCase().replace(/\p{Mn}/gu, "").replace(/ß/g, "ss").replace(/ς/g, "σ").normalize("NFC");
  const words = text => fold(text).replace(SIGN, " $& ").match(WORD) || [];
  const pairs = run => { const signs = [...run]; return signs.map((sign, at) => sign + (signs[at + 1] || "")); };
  const tokens = text => (fold(text).match(RUN) || []).flatMap(run => SIGNS.test(run) ? pairs(run) : run);
  const asked = text => (fold(text).match(RUN) || []).flatMap(run => SIGNS.test(run) ? pairs(run).slice(0, Math.max(1, [...run].length - 1)) : run);
  const keeps = (token, stop) => !stop.has(token) && (token.length <= LONGEST || [...token].length <= LONGEST);
  const hay = texts => ` ${texts.filter(Boolean).map(text => words(text).join(" ")).join(" | ")} `;

  /* ---- Queries */

  const STATUSES = ["to-read", "reading", "skimmed", "read", "dropped"];
  const KINDS = ["note", "entry", "item", "log", "list"];
  const SPELLINGS = { tags: "tag", authors: "author", papers: "paper" };
  const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
  const TERM = new RegExp(`(-?)(?:([\\p{L}\\p{Nl}\\p{No}_][\\p{L}\\p{N}_-]*):)?(?:"([^"]*)("?)|([^${SPACE}]+))`, "gu");
  const short = text => { const signs = [...text]; return pgettext("quotation marks", "“") + (signs.length <= 40 ? text : signs.slice(0, 39).join("") + "…") + pgettext("quotation marks", "”"); };
  const refuse = (error, hint) => { throw Object.assign(new Error(error), { hint }); };

  const foldTag = tag => tag.replace(/^#+/, "").normalize("NFC").toLowerCase().replace(/ß/g, "ss").split("/")
    .map(level => level.split(new RegExp(`[${SPACE}]+`, "u")).filter(Boolean).join("-")).filter(Boolean).join("/");
  const oneOf = (field, allowed) => value => allowed.includes(value.toLowerCase()) ? value.toLowerCase()
    : refuse(filled(_("no {field} is called {value}"), { field, value: short(value) }), filled(_("one of {values}"), { values: allowed.join(", ") }));
  const identity = value => value.toLowerCase().replace(/^arxiv:/, "").replace(/^doi:/, "").replace(/v\d+$/, "");
  const READERS = {
    tag: value => foldTag(value) || refuse(filled(_("{value} names no tag"), { value: "tag:" + short(value) }), _("write tag:name or tag:parent/child")),
    status: oneOf("status", STATUSES), kind: oneOf("kind", KINDS), paper: identity, arxiv: identity,
  };

  const number = (field, value, text) => {
    if (!/^\d{1,9}(\.\d{1,9})?$/.test(text)) {
      const ways = field == "year" ? "year:2024, year:2024..2025" : "rating:4, rating:3..5";
      refuse(filled(_("{value} is not a number or a range"), { value: `${field}:${short(value)}` }), filled(_("write {ways} or {last}"), { ways, last: field + ":>=N" }));
    }
    return parseFloat(text);
  };
  const range = (field, value) => {
    if (value == "*") return [-Infinity, Infinity];
    const sign = /^(>=|<=|>|<)/.exec(value)?.[0];
    if (sign) {
      const edge = number(field, value, value.slice(sign.length)), next = sign[1] ? 0 : 1e-9;
      return sign[0] == ">" ? [edge + next, Infinity] : [-Infinity, edge - next];
    }
    const at = value.indexOf(".."), first = value.slice(0, at), last = value.slice(at + 2);
    if (at >= 0 && (first || last)) return [first ? number(field, value, first) : -Infinity, last ? number(field, value, last) : Infinity];
    const exact = number(field, value, value);
    return [exact, exact];
  };
  const wanted = value => {
    const found = words(value).join(" ");
    if (!found && value != "*") refuse(filled(_("{value} has no letter or digit to look for"), { value: short(value) }), _("write a word"));
    return value.endsWith("*") ? " " + found : ` ${found} `;
  };
  const term = ([, minus, name, phrase, closing, bare]) => {
    if (phrase !== undefined && !closing) refuse(filled(_("the quotation mark before {words} is never closed"), { words: short(phrase) }), _("add a closing \""));
    if (bare?.startsWith("(")) refuse(_("brackets are no part of the query language"), _("OR divides the whole query"));
    const value = phrase ?? bare, lower = (name || "").toLowerCase(), field = SPELLINGS[lower] || lower;
    const made = { field, text: value, negated: !!minus, low: -Infinity, high: Infinity, quoted: phrase !== undefined, written: value };
    if (field == "year" || field == "rating") [made.low, made.high] = range(field, value);
    else made.text = (Object.hasOwn(READERS, field) ? READERS[field] : wanted)(value);
    return made;
  };
  const parse = text => {
    const alternatives = [];
    let terms = [], or = false;
    try {
      for (const found of text.matchAll(TERM)) {
        if (found[0] == "OR") {
          if (!terms.length) refuse(_("OR stands with nothing before it"), _("write a term on each side of OR"));
          alternatives.push(terms);
          terms = [];
          or = true;
        } else if (found[0] != "AND") terms.push(term(found));
      }
      if (terms.length) alternatives.push(terms);
      else if (or) refuse(_("OR stands with nothing after it"), _("write a term on each side of OR"));
      return { alternatives, error: "", hint: "" };
    } catch (wrong) {
      if (wrong.hint === undefined) throw wrong;
      return { alternatives: [], error: wrong.message, hint: wrong.hint };
    }
  };

  /* ---- Answers: what a row says by itself, as src/vault/query/answers.py */

  /* The rows of a table that is told column by column; a title's address from what its date does not say. */
  const rowsOf = columns => {
    const names = Object.keys(columns);
    return columns[names[0]].map((_, at) => Object.fromEntries(names.map(name => [name, columns[name][at]])));
  };
  const url = ({ at, date }) => at[0] == "/" ? at.slice(1) : `${date ? date.split("-", 2).join("/") : "notes"}/${at}`;
  const UNTOLD = { others: [], authors: [], venue: "", papers: [], say: "", own: [] };
  const within = (term, value) => term.low <= value && value <= term.high;
  const paper = (term, row) => row.papers.filter(key => term.field != "arxiv" || key.startsWith("arxiv:")).some(key => {
    const lower = key.toLowerCase(), value = lower.slice(lower.indexOf(":") + 1);
    return term.text.endsWith("*") ? value.startsWith(term.text.slice(0, -1)) : term.text == value || term.text == lower;
  });
  const TESTS = {
    "": (term, row) => (row.hay ??= hay([row.title, ...row.others, ...row.tags, ...row.authors, row.say])).includes(term.text),
    tag: (term, row) => row.tags.map(foldTag).some(tag => term.text.endsWith("*") ? tag.startsWith(term.text.slice(0, -1)) : (tag + "/").startsWith(term.text + "/")),
    status: (term, row) => row.status == term.text,
    kind: (term, row) => row.kind == term.text,
    year: (term, row) => !!row.date && within(term, +row.date.slice(0, 4)),
    rating: (term, row) => row.rating > 0 && within(term, row.rating),
    author: (term, row) => hay(row.authors).includes(term.text),
    title: (term, row) => hay([row.title, ...row.others]).includes(term.text),
    venue: (term, row) => hay([row.venue]).includes(term.text),
    paper, arxiv: paper,
  };
  const own = (term, row) => row.own.some(([name, value]) => name == term.field && hay([value]).includes(term.text));
  const holds = (term, row) => (Object.hasOwn(TESTS, term.field) ? TESTS[term.field] : own)(term, row) != term.negated;

  /* ---- The engine: titles at once, full text as it arrives. `load(name)` promises the data of a file. */

  const EXACT = 0, PREFIX = 1, FUZZY = 2;
  const AS_IS = { tokenize: text => [text], processTerm: word => word };
  const TITLES = { fields: ["title", "tags"], boost: { title: 4, tags: 3 } };
  const FACTS = { fields: ["authors", "say"], boost: { authors: 2, say: 1.5 } };
  const FULL = { fields: ["text", "abstract"], boost: { text: .5, abstract: .6 } };
  /* What titles alone can answer. */
  const EARLY = ["tag", "status", "kind", "year", "rating"];
  const VERIFIED = 48, NONE = [];
  const pause = () => new Promise(done => setTimeout(done));
  const later = (a, b) => a.date < b.date ? 1 : a.date > b.date ? -1 : 0;

  /* The line that src/vault/searching/index.py wrote, as MiniSearch stores an index itself. */
  const unfold = ({ fields, number, terms }) => {
    const lengths = Array.from({ length: number }, () => fields.map(() => 0)), averages = fields.map(() => 0);
    let word = "";
    const index = !terms ? [] : terms.split(",").map(entry => {
      const [said, ...rows] = entry.split(" "), places = {};
      word = word.slice(0, parseInt(said[0], 36)) + said.slice(1);
      rows.forEach((row, field) => {
        if (!row) return;
        const standing = places[field] = {};
        let at = -1, gap = 0, times = 0;
        for (let i = 0; i < row.length; i++) {
          const code = row.charCodeAt(i);
          if (code < 58) standing[at] = times = times * 10 + code - 48;
          else if (code > 96) gap = gap * 26 + code - 97;
          else {
            at += gap * 26 + code - 64;
            lengths[at][field]++;
            standing[at] = 1;
            gap = times = 0;
          }
        }
      });
      return [word, places];
    });
    lengths.forEach((sizes, at) => sizes.forEach((size, field) => { averages[field] = (averages[field] * at + size) / (at + 1); }));
    return { documentCount: number, nextId: number, documentIds: Object.fromEntries(lengths.map((_, at) => [at, at])),
      fieldIds: Object.fromEntries(fields.map((name, at) => [name, at])), fieldLength: Object.fromEntries(lengths.entries()),
      averageFieldLength: number ? averages : [], storedFields: {}, dirtCount: 0, index, serializationVersion: 2 };
  };

  const engine = (MiniSearch, load) => {
    const rows = [], byUrl = new Map(), titles = [], facts = [], full = [], texts = new Map();
    let stop = new Set(), names = [], wanting = null, run = 0;
    const open = async (data, fields, list, place) => {
      const index = await MiniSearch.loadJSAsync(unfold(data), { ...fields, ...AS_IS });
      list.push({ index, fields, place, found: new Map() });
    };
    const add = async data => {
      const first = rows.length;
      rowsOf(data.rows).forEach(row => {
        Object.assign(row, UNTOLD, { url: url(row) });
        byUrl.set(row.url, row);
        row.at = rows.push(row) - 1;
      });
      await open(data.index, TITLES, titles, id => rows[first + id]);
      return first;
    };
    const tell = async (name, first) => {
      const data = await load(name);
      rowsOf(data.rows).forEach((row, at) => Object.assign(rows[first + at], row, { hay: undefined }));
      await open(data.index, FACTS, facts, id => rows[first + id]);
    };

    /* What a shard knows of a token: places of rows with their scores; of a slip, by which words instead. */
    const look = (shard, token, mode) => {
      const letters = [...token].length, brief = letters < 3 && !SIGNS.test(token);
      if (brief && shard.fields == FULL) mode = EXACT;
      const key = mode + token;
      if (!shard.found.has(key)) {
        if (brief && mode == PREFIX && shard.fields == FACTS) return { at: [], scores: [], terms: new Map() };
        if (shard.found.size > 200) shard.found.clear();
        const options = { ...shard.fields, ...AS_IS, prefix: mode == PREFIX, ...(brief && mode == PREFIX && { fields: ["title", "tags"] }), fuzzy: mode == FUZZY && (letters > 7 ? 2 : letters > 3 ? 1 : 0) };
        const at = [], scores = [], terms = new Map();
        for (const { id, score, terms: by } of shard.index.search(token, options)) {
          const row = shard.place(id);
          if (row) { at.push(row.at); scores.push(score); }
          if (mode == FUZZY) by.forEach(word => terms.set(word, (terms.get(word) || 0) + 1));
        }
        shard.found.set(key, { at, scores, terms });
      }
      return shard.found.get(key);
    };
    /* The score of each row, 0 where it has not the word. */
    const gather = (shards, token, mode) => {
      const all = new Float64Array(rows.length);
      for (const shard of shards) {
        const { at, scores } = look(shard, token, mode);
        for (let i = 0; i < at.length; i++) all[at[i]] += scores[i];
      }
      return all;
    };

    /* The words of a query that are looked up: [token, mode] of each term. Every word is the beginning of a
       longer one, too, unless it is quoted or very short; the word being typed always is. */
    const plan = (query, typing) => {
      const bare = query.alternatives.flat().filter(term => !term.field && !term.negated), last = bare.at(-1);
      const ends = query.alternatives.at(-1)?.at(-1);
      bare.forEach(term => {
        const found = asked(term.written), star = !term.text.endsWith(" ");
        term.words = found.map((token, at) => {
          const end = at == found.length - 1, signs = SIGNS.test(token), letters = [...token].length;
          const begins = signs ? letters < 2 : (end && star) || (!term.quoted && (letters > 2 || (end && typing && term == last && term == ends)));
          return [token, begins ? PREFIX : EXACT];
        });
      });
      return bare;
    };

    const answer = (query, shards, whole, fuzzy) => {
      const best = [];
      for (const terms of query.alternatives) {
        const bare = terms.filter(term => term.words), tests = terms.filter(term => !term.words);
        const all = bare.flatMap(term => term.words), solid = all.filter(([token]) => !stop.has(token));
        const exact = bare.filter(term => term.quoted || term.words.length > 1);
        let scores = null;
        for (const [token, mode] of solid.length ? solid : all) {
          const found = gather(shards, token, fuzzy.has(token) ? FUZZY : mode);
          scores = scores ? scores.map((score, at) => score && found[at] && score + found[at]) : found;
        }
        for (const row of rows) {
          let score = scores ? scores[row.at] : 0, check = NONE;
          if ((scores && !score) || !tests.every(term => holds(term, row))) continue;
          for (const term of exact) {
            if (TESTS[""](term, row)) score *= 1.5;
            else if (term.quoted) check = [...check, term.text];
          }
          const before = best[row.at];
          if (!before || before.score < score || (before.check.length && !check.length)) best[row.at] = { row, score, check };
        }
      }
      const found = best.filter(Boolean).sort((a, b) => b.score - a.score || later(a.row, b.row) || a.row.at - b.row.at);
      return { found, whole };
    };

    /* What was probably meant: of the words that were found instead, the nearest, then the commonest. */
    const meant = (token, shards) => {
      const counts = new Map();
      for (const shard of shards) for (const [word, count] of look(shard, token, FUZZY).terms) counts.set(word, (counts.get(word) || 0) + count);
      return [...counts].map(([word, count]) => [distance(token, word), -count, word]).sort((a, b) => a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : 1))[0]?.[2];
    };

    const textOf = async row => {
      if (!row.text) return ["", ""];
      if (!texts.has(row.text)) texts.set(row.text, load("search/text/" + row.text).catch(() => ({})));
      return (await texts.get(row.text))[row.url] || ["", ""];
    };
    const verify = async result => {
      const some = result.found.filter(one => one.check.length), looked = new Set(some.slice(0, VERIFIED));
      const right = new Set();
      const said = await Promise.all([...looked].map(one => textOf(one.row)));
      let at = 0;
      for (const one of looked) {
        const whole = hay(said[at++]);
        if (one.check.every(phrase => whole.includes(phrase))) right.add(one);
        if (at % 8 == 0) await pause();
      }
      return { ...result, found: result.found.filter(one => !one.check.length || right.has(one)), unread: some.length - looked.size };
    };

    const self = {
      rows, parse, told: false, arrived: null,
      get shards() { return { titles: titles.length, full: full.length, all: names.length }; },
      /* The titles, then facts; `arrived` is called whenever more can be found than before. */
      start() {
        return self.ready ??= (async () => {
          const data = await load("search"), firsts = [];
          stop = new Set(data.stop.split(" "));
          names = data.full;
          if (data.rows) firsts.push(await add(data));
          for (const name of data.titles) { firsts.push(await add(await load(name))); self.arrived?.(); }
          self.facts = self.learn(data.facts, firsts).then(good => { self.told = true; self.arrived?.(); return good; });
        })();
      },
      /* What else rows say of themselves; false where a part of it could not be had. */
      async learn(parts, firsts) {
        let good = true;
        for (let at = 0; at < parts.length; at++) await tell(parts[at], firsts[at]).catch(() => { good = false; });
        return good;
      },
      /* The full text, newest first, three files at a time; false where some could not be had. */
      deepen() {
        return wanting ??= (async () => {
          await self.start();
          const waiting = [...names];
          let good = true;
          const one = async () => {
            for (let name; (name = waiting.shift());) {
              try {
                const data = await load(name), own = data.urls.map(url => byUrl.get(url));
                own.forEach((row, at) => { if (row) row.text = data.texts[at]; });
                await open(data.index, FULL, full, id => own[id]);
              } catch { good = false; }
              self.arrived?.();
            }
          };
          await Promise.all([one(), one(), one()]);
          return good;
        })();
      },
      /* Tell what is found: titles at once, then with all that has been loaded, then with what was meant. */
      async search(text, tell, typing = true) {
        const mine = ++run, query = parse(text), bare = plan(query, typing && !/\s$/.test(text));
        const result = { query, bare, meant: [], unread: 0 };
        if (query.error || !text.trim()) return tell({ ...result, found: [], whole: true });
        if (!self.told && !query.alternatives.flat().every(term => term.words || EARLY.includes(term.field))) await self.facts;
        if (mine != run) return undefined;
        let since = performance.now(), phrases = false;
        const all = bare.flatMap(term => term.words), looked = [], none = new Set();
        const quick = whole => {
          const found = answer(query, looked, whole, none);
          phrases ||= found.found.some(one => one.check.length);
          tell({ ...result, ...found, found: found.found.filter(one => !one.check.length) });
        };
        const warm = async (shards, wordy, mode, first) => {
          for (const shard of shards) {
            for (const [token, each] of wordy) look(shard, token, mode ?? each);
            if (first) looked.push(shard);
            if (performance.now() - since > 16) { first?.(); first &&= () => {}; await pause(); since = performance.now(); if (mine != run) return false; }
          }
          return mine == run;
        };
        /* The newest part's notes first, where all of them would take longer than a key may. */
        if (!await warm([...titles, ...facts], all, undefined, () => quick(false))) return undefined;
        quick(self.told && !bare.length);
        if (!bare.length) return undefined;
        await pause();
        await self.facts;
        if (mine != run || !await warm(full, all)) return undefined;
        const shards = [...titles, ...facts, ...full];
        const unknown = all.filter(([token, mode]) => !SIGNS.test(token) && !stop.has(token) && !gather(shards, token, mode).some(Boolean));
        if (unknown.length && !await warm(full, unknown, FUZZY)) return undefined;
        const fuzzy = new Set(unknown.map(([token]) => token));
        let found = { ...result, ...answer(query, shards, self.told, fuzzy) };
        found.meant = [...fuzzy].map(token => [token, meant(token, shards)]);
        if (phrases || found.found.some(one => one.check.length)) {
          found = await verify(found);
          if (mine != run) return undefined;
        }
        return tell(found);
      },
      textOf,
    };
    return self;
  };

  /* Levenshtein, for short words. */
  const distance = (a, b) => {
    let row = [...Array(b.length + 1).keys()];
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++) next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] != b[j - 1]));
      row = next;
    }
    return row[b.length];
  };

  /* ---- Excerpts: where in a text the words stand, and the piece that holds most of them */

  const SHOWN = new RegExp("[\\p{L}\\p{N}\\p{M}]+", "gu");
  const LENGTH = 180;
  /* [start, end, which word] of each hit. */
  const places = (text, wordy) => {
    const found = [], signs = wordy.filter(word => word.signs);
    for (const match of text.matchAll(SHOWN)) {
      const said = fold(match[0]), at = wordy.findIndex(word => !word.signs && word.fits(said));
      if (at >= 0) found.push([match.index, match.index + match[0].length, at]);
      if (found.length > 400) break;
    }
    if (signs.length) {
      const plain = text.toLowerCase();
      signs.forEach(word => {
        for (let at = plain.indexOf(word.signs); at >= 0 && found.length < 400; at = plain.indexOf(word.signs, at + 1)) found.push([at, at + word.signs.length, wordy.indexOf(word)]);
      });
      found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    }
    return found;
  };
  const marks = result => {
    const instead = new Map(result.meant.filter(pair => pair[1]));
    return result.bare.flatMap(term => {
      const runs = (fold(term.written).match(RUN) || []).filter(run => SIGNS.test(run)).map(signs => ({ signs }));
      return [...runs, ...term.words.filter(([token]) => !SIGNS.test(token)).map(([token, mode]) => {
        const said = instead.get(token) || token;
        return { fits: mode == PREFIX ? word => word.startsWith(said) : word => word == said };
      })];
    });
  };
  const excerpt = (text, wordy) => {
    const found = places(text, wordy);
    let best = 0, most = -1;
    found.forEach(([start], at) => {
      const kinds = new Set();
      for (let i = at; i < found.length && found[i][1] <= start + LENGTH - 30; i++) kinds.add(found[i][2]);
      if (kinds.size > most) { most = kinds.size; best = start; }
    });
    let from = found.length ? Math.max(0, best - 40) : 0, to = Math.min(text.length, from + LENGTH);
    if (from) from += Math.max(0, text.slice(from, from + 20).search(/\s/) + 1);
    if (to < text.length) to -= Math.max(0, [...text.slice(to - 20, to)].reverse().join("").search(/\s/) + 1);
    return { text: text.slice(from, to), before: from > 0, after: to < text.length, hits: found.filter(([a, b]) => a >= from && b <= to).map(([a, b]) => [a - from, b - from]), kinds: Math.max(0, most) };
  };

  const api = { fold, words, tokens, keeps, parse, holds, unfold, url, engine, excerpt, marks, places };
  if (typeof module == "object") { module.exports = api; return; }
  if (window.vaultSearch) return;

  /* ---- The page: one box for the dialog and for /search/ */

  const doc = document, link = doc.querySelector("[data-search]"), page = doc.querySelector("[data-search-page]");
  const base = link.href.replace(/search\/(index\.html)?([?#].*)?$/, ""), index = /index\.html$/.test(link.href) ? "index.html" : "";
  const make = (name, fields, ...inside) => {
    const made = Object.assign(doc.createElement(name), fields);
    made.append(...inside);
    return made;
  };
  const load = name => new Promise((done, fail) => {
    const script = make("script", { src: `${base}data/${name}.js`, onerror: fail, onload() {
      const text = window.vaultData?.[name];
      script.remove();
      if (text === undefined) return fail();
      delete window.vaultData[name];
      done(JSON.parse(text));
    } });
    doc.head.append(script);
  });
  const search = engine(window.MiniSearch, load);
  const page_url = text => `${link.href.replace(/[?#].*$/, "")}?q=${encodeURIComponent(text)}`;

  const MONTHS = [pgettext("short", "Jan"), pgettext("short", "Feb"), pgettext("short", "Mar"), pgettext("short", "Apr"), pgettext("short", "May"), pgettext("short", "Jun"),
    pgettext("short", "Jul"), pgettext("short", "Aug"), pgettext("short", "Sep"), pgettext("short", "Oct"), pgettext("short", "Nov"), pgettext("short", "Dec")];
  const LABELS = { "to-read": ["queued", _("To read")], reading: ["reading", _("Reading")], skimmed: ["skimmed", _("Skimmed")], read: ["read", _("Read")], dropped: ["dropped", _("Dropped")] };
  const day = iso => {
    const [year, number, date] = iso.split("-").map(Number), month = MONTHS[number - 1];
    return month ? filled(_("{month} {year}"), { year, month: date ? filled(_("{day} {month}"), { day: date, month }) : month }) : String(year);
  };
  const family = name => name.includes(",") ? name.split(",")[0] : /(?:\s\p{Ll}\S*)*\s\S+$/u.exec(name)?.[0].trim() || name;
  const about = row => {
    const named = row.authors.map(family);
    const people = named.length > 3 ? filled(ngettext("{first}, {second} and {n} more", "{first}, {second} and {n} more", named.length - 2), { first: named[0], second: named[1] }) : named.join(", ");
    return [people, row.venue.split(" | ")[0]].filter(Boolean).join(", ");
  };
  /* A text with an element in the place of its field. */
  const around = (text, element) => { const [before, after] = text.split("{words}"); return [before, element, after]; };
  const marked = (text, hits) => {
    const parts = [];
    let at = 0;
    for (const [start, end] of hits) {
      if (start < at) continue;
      parts.push(text.slice(at, start), make("mark", {}, text.slice(start, end)));
      at = end;
    }
    return [...parts, text.slice(at)];
  };
  const item = (row, wordy) => {
    const rail = make("div", { className: "rail" });
    if (row.date) rail.append(make("time", { dateTime: row.date }, day(row.date)), " ");
    if (LABELS[row.status]) {
      const state = make("span", { className: "st" }, LABELS[row.status][1]);
      state.dataset.s = LABELS[row.status][0];
      rail.append(state);
    }
    if (row.rating) rail.append(" ", make("span", {}, filled(_("{value} of 5"), { value: row.rating.toLocaleString(TONGUE) })));
    const title = make("a", { href: base + row.url + "/" + index }, ...marked(row.title, places(row.title, wordy)));
    const { lang = "" } = row, say = make("p", { className: "say", lang, dir: "auto" }), tags = make("span", { className: "tg" });
    row.tags.slice(0, 5).forEach(tag => tags.append(make("a", { href: page_url(/\s/.test(tag) ? `tag:"${tag}"` : "tag:" + tag) }, tag), " "));
    const said = about(row), meta = make("p", { className: "meta" }, said, said && row.tags.length ? "\u2003" : "", tags);
    return make("li", {}, rail, make("div", {}, make("h3", { className: "title", lang, dir: "auto" }, title), say, ...(said || row.tags.length ? [meta] : [])));
  };
  /* The piece of the claim, the text or the abstract that holds most of the words. */
  const quote = async (row, wordy, into) => {
    if (!search.told) return;
    const show = found => into.replaceChildren(found.before ? "… " : "", ...marked(found.text, found.hits), found.after ? " …" : "");
    const claim = excerpt(row.say, wordy);
    if (row.say) show(claim);
    if (row.say && (!wordy.length || claim.kinds >= wordy.length)) return;
    const [text, abstract] = wordy.length || !row.say ? await search.textOf(row) : ["", ""];
    const best = [claim, excerpt(text, wordy), excerpt(abstract, wordy)].filter(one => one.text).sort((a, b) => b.kinds - a.kinds)[0];
    if (best && best != claim) show(best);
  };

  const STEP = 20;
  const box = ({ input, out, lists, first, found }) => {
    /* The page has the latest notes already; the dialog makes them. */
    const latest = out.querySelector(".rows"), status = out.querySelector(".told") || make("p", { className: "ui told" });
    const meant = make("p", { className: "ui told" });
    const rows = make("ol", { className: "rows" }), more = make("p", { className: "more ui", hidden: true });
    const next = make("button", { type: "button", className: "btn" });
    status.setAttribute("role", "status");
    out.append(status, meant, ...(latest ? [latest] : []), rows, more);
    more.append(next);
    let last = null, shown = 0, waiting = 0, lost = false, before = "";
    const titled = () => [...out.querySelectorAll(".rows:not([hidden]) > li .title a")];
    const set = text => { input.value = text; input.dispatchEvent(new Event("input")); };
    const again = text => make("button", { type: "button", className: "again", onclick() { set(text); input.focus(); } }, text);

    const extend = () => {
      const wordy = last.bare ? marks(last) : [];
      last.found.slice(shown, shown + STEP).forEach(({ row }) => {
        const li = item(row, wordy);
        rows.append(li);
        quote(row, wordy, li.querySelector(".say"));
      });
      shown = Math.min(last.found.length, shown + STEP);
      const left = last.found.length - shown;
      more.hidden = !left;
      next.textContent = filled(ngettext("{n} more note of {left}", "{n} more notes of {left}", Math.min(left, STEP)), { left: left.toLocaleString(TONGUE) });
    };
    next.onclick = () => { const at = shown; extend(); rows.children[at]?.querySelector("a").focus(); };

    const help = result => {
      const text = input.value.trim();
      meant.replaceChildren();
      if (result.query?.error) return meant.append(filled(_("Write it otherwise: {hint}."), result.query));
      result.meant?.forEach(([said, instead]) => {
        const other = text.split(/\s+/).map(word => tokens(word).includes(said) ? word.toLowerCase().includes(said) ? word.toLowerCase().replace(said, instead || "") : instead : word).filter(Boolean).join(" ");
        meant.append(filled(_("Nothing has “{word}”."), { word: said }), " ");
        if (other) meant.append(...around(instead ? _("Did you mean {words}?") : _("Without it: {words}."), again(other)), " ");
      });
      if (result.unread) meant.append(ngettext("{n} more note with these words may have the exact phrase; add a word to narrow it down.", "{n} more notes with these words may have the exact phrase; add a word to narrow it down.", result.unread), " ");
      if (result.found.length || !result.whole || !text) return undefined;
      const start = words(text).find(Boolean)?.slice(0, 2), tags = [...new Set(search.rows.flatMap(row => row.tags))].filter(tag => start && fold(tag).startsWith(start)).sort().slice(0, 8);
      if (tags.length) meant.append(_("Tags that begin alike:"), " ");
      tags.forEach(tag => meant.append(again(/\s/.test(tag) ? `tag:"${tag}"` : "tag:" + tag), " "));
      return undefined;
    };
    const tell = result => {
      const text = input.value.trim(), { full, all } = search.shards, reading = text && result.bare?.length && full < all && !lost;
      const kept = text == before ? shown : 0, held = rows.contains(doc.activeElement) && doc.activeElement.href;
      last = result;
      before = text;
      shown = 0;
      rows.replaceChildren();
      rows.dataset.whole = result.whole && !reading ? "yes" : "";
      if (latest) latest.hidden = !!text;
      if (!text && latest) {
        last = { ...result, found: [] };
        status.textContent = _("The latest notes");
      } else if (!text) {
        last = { ...result, found: !search.told ? [] : search.rows.slice().sort(later).slice(0, first).map(row => ({ row })) };
        status.textContent = last.found.length ? _("The latest notes") : "";
      } else if (result.query.error) {
        status.textContent = filled(_("This cannot be read: {error}."), result.query);
      } else {
        const n = result.found.length;
        const told = n ? ngettext("{n} note", "{n} notes", n) : result.whole && !reading ? filled(_("No notes match “{text}”."), { text }) : _("Nothing yet");
        status.textContent = reading ? filled(ngettext("{found}, {read} of {n} file of full text read", "{found}, {read} of {n} files of full text read", all), { found: told, read: full })
          : lost ? filled(_("{found}; a part of the full text could not be loaded"), { found: told }) : told;
      }
      do extend(); while (shown < Math.min(kept, last.found.length));
      if (held) ([...rows.querySelectorAll("a")].find(one => one.href == held) || input).focus();
      help(result);
      found?.(text, last);
      if (search.rows.length) seen();
    };
    const seen = () => doc.documentElement.classList.remove("asked");
    const fail = () => { seen(); status.textContent = _("The search’s data could not be loaded."); };
    const complete = good => { if (!good) { lost = true; arrived(); } };
    const ask = typing => {
      search.search(input.value, tell, typing).catch(fail);
      if (input.value.trim() && parse(input.value).alternatives.flat().some(term => !term.field && !term.negated)) search.deepen().then(complete, fail);
    };
    /* More can be found now: ask again, but not for every file. */
    const arrived = () => {
      waiting ||= setTimeout(() => { waiting = 0; ask(true); }, 120);
    };
    let begun;
    const begin = () => begun ??= search.start().then(() => { lists?.(); ask(true); search.facts.then(complete); }, fail);
    input.addEventListener("input", () => { begin(); ask(true); });
    out.parentNode.addEventListener("keydown", event => {
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key], links = titled();
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      const at = links.indexOf(doc.activeElement);
      if (by && (at >= 0 || doc.activeElement == input)) {
        event.preventDefault();
        (at + by < 0 ? input : links[Math.min(links.length - 1, at + by)])?.focus();
      }
    });
    search.arrived = arrived;
    /* What is there to be read comes first. */
    if (latest && window.requestIdleCallback) requestIdleCallback(begin, { timeout: 600 });
    else begin();
    return { ask, set, first: () => titled()[0] };
  };

  const style = () => new Promise(done => {
    if (page) return done();
    doc.head.append(make("link", { rel: "stylesheet", href: link.dataset.search.split(" ")[2], onload: done, onerror: done }));
  });

  let dialog = null;
  const build = async () => {
    const input = make("input", { type: "search", name: "q", autocomplete: "off", autocapitalize: "off", spellcheck: false, enterKeyHint: "go" });
    const all = make("a", { href: link.href }, _("All results, and how to ask"));
    const out = make("div", { className: "results" }, make("h2", { className: "vh" }, _("Results")));
    const form = make("form", { className: "field" }, make("label", {}, _("Search the notes"), input), make("button", { type: "button", className: "btn", onclick() { dialog.close(); } }, _("Close")));
    form.setAttribute("role", "search");
    dialog = make("dialog", { className: "finder" }, form, out, make("p", { className: "ui foot-note" }, all));
    dialog.setAttribute("aria-label", _("Search"));
    doc.body.append(dialog);
    await style();
    const made = box({ input, out, first: 6, found(text) { all.href = text ? page_url(text) : link.href; } });
    form.addEventListener("submit", event => { event.preventDefault(); made.first()?.click(); });
    dialog.addEventListener("click", event => { if (event.target == dialog) dialog.close(); });
    dialog.addEventListener("keydown", event => { if (event.key == "Escape") { event.preventDefault(); dialog.close(); } });
  };
  const toggle = async () => {
    if (page) { page.elements.q.focus(); page.elements.q.select(); return; }
    if (!dialog) await build();
    if (dialog.open) return dialog.close();
    dialog.showModal();
    dialog.querySelector("input").select();
  };

  /* The page: what is asked stands in its address, and its menus write into the query. */
  const start = () => {
    const input = page.elements.q, indexes = [...doc.querySelectorAll("[data-search-index]")];
    /* A tag's page asks with ?tag=, which becomes a part of the query. */
    const address = () => {
      const given = new URLSearchParams(location.search), tag = given.get("tag");
      return [given.get("q"), tag && (/\s/.test(tag) ? `tag:"${tag}"` : "tag:" + tag)].filter(Boolean).join(" ");
    };
    const field = name => new RegExp(`(^|\\s)${name}:("[^"]*"?|\\S+)`, "u");
    const menus = [...page.querySelectorAll("select")];
    const named = doc.title;
    let timer = 0;
    const made = box({
      input, out: doc.querySelector("[data-search-results]"), first: 10,
      lists() {
        const count = values => values.filter(Boolean).reduce((all, value) => all.set(value, (all.get(value) || 0) + 1), new Map());
        const options = { status: Object.keys(LABELS), tag: null, year: null };
        const all = { status: count(search.rows.map(row => row.status)), tag: count(search.rows.flatMap(row => row.tags)), year: count(search.rows.map(row => row.date.slice(0, 4))) };
        menus.forEach(menu => {
          const name = menu.dataset.field, values = options[name]?.filter(value => all[name].has(value)) || [...all[name].keys()].sort();
          if (name == "year") values.reverse();
          menu.append(...values.map(value => make("option", { value: /\s/.test(value) ? `"${value}"` : value }, `${LABELS[value]?.[1] || value} (${all[name].get(value)})`)));
        });
        sync();
      },
      found(text) {
        indexes.forEach(part => { part.hidden = !!text; });
        sync();
        clearTimeout(timer);
        timer = setTimeout(() => {
          const url = new URL(location.href);
          if (text) url.searchParams.set("q", text); else url.searchParams.delete("q");
          url.searchParams.delete("tag");
          url.hash = "";
          if (url.href != location.href) try { history.replaceState(null, "", url); } catch { /* some browsers, from a disk */ }
          doc.title = (text && `${pgettext("quotation marks", "“")}${text}${pgettext("quotation marks", "”")} · `) + named;
        }, 300);
      },
    });
    const sync = () => menus.forEach(menu => {
      const value = field(menu.dataset.field).exec(input.value)?.[2] || "";
      menu.value = [...menu.options].some(option => option.value == value) ? value : "";
      menu.disabled = /\sOR\s/.test(input.value);
    });
    menus.forEach(menu => menu.addEventListener("change", () => {
      const rest = input.value.replace(field(menu.dataset.field), "").trim();
      made.set([rest, menu.value && `${menu.dataset.field}:${menu.value}`].filter(Boolean).join(" "));
    }));
    page.addEventListener("submit", event => { event.preventDefault(); made.first()?.focus(); });
    addEventListener("popstate", () => made.set(address()));
    if (address()) made.set(address());
    if (!matchMedia("(pointer: coarse)").matches && !location.hash) input.focus({ preventScroll: true });
  };

  window.vaultSearch = { toggle, search };
  if (page) start();
  else {
    search.start();
    if (link.dataset.wanted) toggle();
  }
})();
