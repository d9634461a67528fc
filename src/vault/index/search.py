"""Full text: which notes hold the words of a query, how well, and where in their text."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Final

from vault.index.store import guarded
from vault.query import Query, Term, matches
from vault.records import Catalog, changed
from vault.tuples import NamedTuple
from vault.words import is_unspaced

BEGIN, END = "\x02", "\x03"
"""Around a word that was asked for, in an excerpt."""

WIDTH: Final = 28
"""Words of an excerpt."""

NAMED: Final = 4.0
TITLED: Final = 8.0
"""What it is worth that a note's title, tags, authors or claim have the words, and its title itself."""

PLAIN: Final = 1.0
"""The score of a word of a script without spaces, and of a query that names no word."""


class Hit(NamedTuple):
    """A note that answers; ``excerpt`` has the words it was found by between BEGIN and END."""

    note: str
    score: float
    excerpt: str


class Found(NamedTuple):
    """Notes, the best first (ties: newest), and what was looked for instead of words that nothing has."""

    hits: tuple[Hit, ...]
    meant: tuple[tuple[str, str], ...]


class Text:
    """The full text of the notes of a catalog; ``rows`` maps a note's id to the row of its text."""

    def __init__(self, db: sqlite3.Connection, catalog: Catalog, rows: Mapping[str, int]) -> None:
        self.db, self.catalog, self.rows = db, catalog, rows
        self.notes: dict[int, list[str]] = {}
        for id_, row in rows.items():
            self.notes.setdefault(row, []).append(id_)

    @guarded()
    def search(self, query: Query, limit: int) -> Found:
        """The ``limit`` best notes; one alternative of the query is enough."""
        best: dict[str, float] = {}
        meant: dict[str, str] = {}
        terms = [self.spelled(terms, meant) for terms in query.alternatives]
        for alternative in terms:
            for id_, score in self.answers(alternative).items():
                best[id_] = max(score, best.get(id_, 0))
        place = {id_: at for at, id_ in enumerate(self.catalog.dated)}
        order = sorted(best, key=lambda id_: (-round(best[id_], 9), place.get(id_, len(place)), id_))[:limit]
        words = [term for alternative in terms for term in alternative if is_word(term)]
        hits = (Hit(id_, round(best[id_], 3), self.excerpt(id_, words)) for id_ in order)
        return Found(tuple(hits), tuple(meant.items()))

    def answers(self, terms: Iterable[Term]) -> dict[str, float]:
        """The notes for which all terms hold, with the sum of what each word is worth there."""
        words = [term for term in terms if is_word(term)]
        others = Query((tuple(term for term in terms if not is_word(term)),))
        scores = {id_: 0.0 if words else PLAIN for id_ in self.rows if self.holds(id_, others)}
        for term in words:
            found, named, titled = self.word(term), asking(term), asking(changed(term, field="title"))
            worth = {
                id_: found.get(id_, 0) + NAMED * self.holds(id_, named) + TITLED * self.holds(id_, titled)
                for id_ in scores
            }
            scores = {id_: scores[id_] + score for id_, score in worth.items() if score}
        return scores

    def holds(self, id_: str, query: Query) -> bool:
        note = self.catalog.notes[id_]
        work = self.catalog.works.get(self.catalog.work_of_note.get(id_, ""))
        return not query.alternatives[0] or matches(note, query, work)

    def word(self, term: Term) -> dict[str, float]:
        """The notes whose text has a word or phrase, with BM25 (the more the better)."""
        if is_unspaced(term.text):
            rows = self.db.execute("SELECT rowid, ? FROM text WHERE body LIKE ?", (PLAIN, pattern(term)))
        else:
            ranked = "SELECT rowid, -bm25(text, 4.0, 1.0) FROM text WHERE text MATCH ?"
            rows = self.db.execute(ranked, (phrase(term),))
        return {id_: max(score, 1e-6) for row, score in rows for id_ in self.notes.get(row, ())}

    def spelled(self, terms: Iterable[Term], meant: dict[str, str]) -> list[Term]:
        """The terms, with the nearest known word for one that nothing has; those go into ``meant``."""
        return [self.mended(term, meant) if is_word(term) else term for term in terms]

    def mended(self, term: Term, meant: dict[str, str]) -> Term:
        said, *more = term.text.split() or [""]
        if more or not said or is_unspaced(said) or self.known(term):
            return term
        nearest = self.nearest(said)
        if not nearest:
            return term
        meant[said] = nearest
        return changed(term, text=f" {nearest} ")

    def known(self, term: Term) -> bool:
        named = asking(term)
        return bool(self.word(term)) or any(self.holds(id_, named) for id_ in self.rows)

    def nearest(self, said: str) -> str:
        """The word of any text that differs by the fewest letters (one, two from eight letters on), then
        the commonest; nothing for words of up to three letters."""
        most = 0 if len(said) < 4 else 1 if len(said) < 8 else 2
        self.db.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab(main, text, row)")
        asked = "SELECT term, doc FROM vocabulary WHERE length(term) BETWEEN ? AND ?"
        rows = self.db.execute(asked, (len(said) - most, len(said) + most))
        alike = ((word, doc) for word, doc in rows if word[0] == said[0] or word[-1] == said[-1])
        near = [
            (letters, -doc, word) for word, doc in alike if (letters := distance(said, word, most)) <= most
        ]
        return min(near)[2] if near and most else ""

    def excerpt(self, id_: str, words: list[Term]) -> str:
        """The piece of the text that holds most of the words; what the note claims where it has none."""
        wanted = " OR ".join(dict.fromkeys(phrase(term) for term in words if not is_unspaced(term.text)))
        row = (
            wanted
            and self.db.execute(
                "SELECT snippet(text, 1, ?, ?, ' … ', ?), body FROM text WHERE text MATCH ? AND rowid = ?",
                (BEGIN, END, WIDTH, wanted, self.rows[id_]),
            ).fetchone()
        )
        if row and BEGIN in row[0]:
            return " ".join(row[0].split())
        return self.around(id_, words) or " ".join(self.catalog.notes[id_].tldr.split())

    def around(self, id_: str, words: list[Term]) -> str:
        """The text around a word of a script without spaces."""
        body = self.db.execute("SELECT body FROM text WHERE rowid = ?", (self.rows[id_],)).fetchone()[0]
        for term in words:
            said = "".join(term.text.split())
            at = body.find(said) if is_unspaced(said) else -1
            if at >= 0:
                piece = f"{body[max(0, at - 30) : at]}{BEGIN}{said}{END}{body[at + len(said) : at + 60]}"
                return " ".join(piece.split())
        return ""


def is_word(term: Term) -> bool:
    """Whether a term asks for a word or phrase, not for a field and not for its absence."""
    return not term.field and not term.negated and bool(term.text.strip())


def asking(term: Term) -> Query:
    """The query of this term alone."""
    return Query(((term,),))


def phrase(term: Term) -> str:
    """FTS5's form of it: ``"low rank"``, ``"transform" *``."""
    return f'"{term.text.strip()}"' + ("" if term.text.endswith(" ") else " *")


def pattern(term: Term) -> str:
    """LIKE's form of it: signs that are no words by spaces stand side by side."""
    made, before = "%", False
    for word in term.text.split():
        made += word if not made.strip("%") or (before and is_unspaced(word)) else "%" + word
        before = is_unspaced(word)
    return made + "%"


def distance(one: str, other: str, most: int) -> int:
    """Levenshtein's, or a number above ``most``; a swap of neighbours counts once."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        now = [i]
        for j, there in enumerate(other, 1):
            steps = min(now[j - 1] + 1, row[j] + 1, row[j - 1] + (letter != there))
            if i > 1 and j > 1 and letter == other[j - 2] and there == one[i - 2]:
                steps = min(steps, before[j - 2] + 1)
            now.append(steps)
        if min(now) > most:
            return most + 1
        before, row = row, now
    return row[-1]
