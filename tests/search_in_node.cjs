/* The site's own search scripts under Node: a JSON array of [function, ...arguments] in, their results out. */
"use strict";
const path = require("node:path");
const assets = path.join(__dirname, "..", "templates", "assets");
const search = require(path.join(assets, "search.js")), MiniSearch = require(path.join(assets, "minisearch.js"));
global.window = global;

const said = query => query.alternatives.map(terms => terms.map(t => [t.field, t.text, t.negated, t.low, t.high].map(v => v === Infinity ? "inf" : v === -Infinity ? "-inf" : v)));
const calls = {
  tokens: texts => texts.map(search.tokens),
  words: texts => texts.map(search.words),
  parse: texts => texts.map(text => { const q = search.parse(text); return [said(q), q.error, q.hint]; }),
  holds: (rows, texts) => texts.map(text => {
    const { alternatives } = search.parse(text);
    return rows.map(row => !alternatives.length || alternatives.some(terms => terms.every(term => search.holds(term, row))));
  }),
  index: (fields, documents, stop) => {
    const stops = new Set(stop);
    const made = new MiniSearch({ fields, tokenize: text => search.tokens(text).filter(token => search.keeps(token, stops)), processTerm: term => term });
    made.addAll(documents);
    return made;
  },
  unfold: search.unfold,
  urls: titles => titles.map(search.url),
  hits: (fields, stored, documents, asked) => {
    const as_is = { fields, tokenize: search.tokens, processTerm: term => term };
    const theirs = new MiniSearch(as_is), ours = MiniSearch.loadJS(search.unfold(stored), as_is);
    theirs.addAll(documents);
    const told = index => asked.map(([text, options]) => index.search(text, options).map(({ id, score, terms }) => [id, score, terms.sort()]));
    return [told(ours), told(theirs)];
  },
  find: async (site, asked) => {
    const loaded = [], all = [];
    const engine = search.engine(MiniSearch, async name => {
      loaded.push(name);
      require(path.join(site, "data", name + ".js"));
      return JSON.parse(window.vaultData[name]);
    });
    await engine.start();
    await engine.facts;
    await engine.deepen();
    for (const text of asked) {
      let last;
      await engine.search(text, result => { last = result; }, false);
      const first = last.found[0], quoted = first && last.bare.length ? search.excerpt((await engine.textOf(first.row))[0], search.marks(last)) : null;
      all.push({ urls: last.found.map(one => one.row.url), meant: last.meant, error: last.query.error,
        excerpt: quoted && quoted.text, marks: quoted && quoted.hits.map(([from, to]) => quoted.text.slice(from, to)) });
    }
    return { found: all, loaded };
  },
};

(async () => {
  let text = "";
  for await (const chunk of process.stdin.setEncoding("utf8")) text += chunk;
  const [name, ...given] = JSON.parse(text);
  process.stdout.write(JSON.stringify(await calls[name](...given)));
})();
