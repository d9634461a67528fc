"""Which notes answer a query."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from vault.query.language import Query, Term
from vault.query.words import fold_tag, words_of
from vault.records import Note, Work


def matches(note: Note, query: Query, work: Work | None = None) -> bool:
    """Whether a note answers.  ``work`` lends its authors, title and venue where the note has a work."""
    if not query.alternatives:
        return not query.error
    return any(all(_holds(term, note, work) for term in terms) for terms in query.alternatives)


def _holds(term: Term, note: Note, work: Work | None) -> bool:
    return _TESTS.get(term.field, _extra_holds)(term, note, work) is not term.negated


def _words_hold(term: Term, note: Note, work: Work | None) -> bool:
    return term.text in _hay(
        note.title,
        note.paper_title,
        note.nickname,
        *note.tags,
        *_authors(note, work),
        note.tldr,
        work.title if work else "",
    )


def _tag_holds(term: Term, note: Note, _work: Work | None) -> bool:
    if term.text.endswith("*"):
        return any(fold_tag(tag).startswith(term.text[:-1]) for tag in note.tags)
    return any(f"{fold_tag(tag)}/".startswith(f"{term.text}/") for tag in note.tags)


def _paper_holds(term: Term, note: Note, work: Work | None) -> bool:
    ids = work.ids if work else note.papers
    if term.field == "arxiv":
        ids = tuple(paper for paper in ids if paper.scheme == "arxiv")
    if term.text.endswith("*"):
        return any(paper.value.casefold().startswith(term.text[:-1]) for paper in ids)
    return any(term.text in (paper.value.casefold(), paper.key.casefold()) for paper in ids)


def _extra_holds(term: Term, note: Note, _work: Work | None) -> bool:
    return any(term.text in _hay(value) for name, value in note.extra if name.casefold() == term.field)


_TESTS: Final[dict[str, Callable[[Term, Note, Work | None], bool]]] = {
    "": _words_hold,
    "tag": _tag_holds,
    "status": lambda term, note, _: note.status == term.text,
    "kind": lambda term, note, _: note.kind == term.text,
    "year": lambda term, note, _: bool(note.date and note.date.year) and _within(term, _year(note)),
    "rating": lambda term, note, _: note.rating > 0 and _within(term, note.rating),
    "author": lambda term, note, work: term.text in _hay(*_authors(note, work)),
    "title": lambda term, note, work: (
        term.text in _hay(note.title, note.paper_title, work.title if work else "")
    ),
    "venue": lambda term, note, work: term.text in _hay(note.venue, work.venue if work else ""),
    "paper": _paper_holds,
    "arxiv": _paper_holds,
}


def _year(note: Note) -> int:
    return note.date.year if note.date else 0


def _within(term: Term, number: float) -> bool:
    return term.low <= number <= term.high


def _authors(note: Note, work: Work | None) -> tuple[str, ...]:
    return work.authors if work and work.authors else note.authors


def _hay(*texts: str) -> str:
    """Texts as folded words between single spaces; a bar keeps phrases inside one text."""
    return f" {' | '.join(' '.join(words_of(text)) for text in texts if text)} "
