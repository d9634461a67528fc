"""The small things that lists are made of: dates, states, titles, rows, tags."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import Final

from vault import dates, naming, papers
from vault.compose import words
from vault.compose.scope import Scope, Way
from vault.patterns import lazy
from vault.records import Date, Html, Note, PaperId, Work
from vault.records.views import Anchor, Row, State, When

STATES: Final = {
    "to-read": State("to-read", "queued", "To read"),
    "reading": State("reading", "reading", "Reading"),
    "skimmed": State("skimmed", "skimmed", "Skimmed"),
    "read": State("read", "read", "Read"),
    "dropped": State("dropped", "dropped", "Dropped"),
}

SCHEMES: Final = {
    "arxiv": "arXiv",
    "doi": "DOI",
    "openreview": "OpenReview",
    "acl": "ACL Anthology",
    "pmlr": "PMLR",
    "cvf": "CVF",
    "neurips": "NeurIPS",
    "biorxiv": "bioRxiv",
    "s2": "Semantic Scholar",
    "url": "Paper",
}
_PLAIN: Final = lazy(r"https?://[A-Za-z0-9.-]+/(?:[!$'()*+,./0-9:;=?@A-Z_a-z~&#-]|%[0-9A-Fa-f]{2})*")
"""Addresses in which nothing can be hidden: no need to see through their encodings."""

RTL_LANGUAGES: Final = frozenset(("ar", "arc", "ckb", "dv", "fa", "he", "iw", "ps", "sd", "ug", "ur", "yi"))


@lru_cache(maxsize=8192)
def _when(date: Date) -> When:
    return When(date.iso.removeprefix("--"), dates.short(date), dates.text(date), dates.full(date))


def when(date: Date | None) -> When | None:
    return _when(date) if date else None


def state(note: Note) -> State | None:
    return STATES.get(note.status)


def title_html(note: Note) -> Html:
    """A note's own title as HTML."""
    return Html(note.title_html or escape(note.title))


def heading(note: Note, work: Work | None) -> tuple[Html, Html]:
    """Title and subtitle: the paper's title above the note's own, where the two say different things; below
    it where the lock file alone knows the paper's."""
    own = title_html(note)
    paper = note.paper_title or (work.library.title if work and work.library else "")
    if not paper and work and work.locked:
        told = folded(work.title)
        return own, Html("" if told.startswith(folded(note.title)) else escape(work.title))
    if not paper or folded(paper) == folded(note.title):
        return own, Html("")
    title = Html(escape(paper))
    return (title, Html("")) if folded(paper).startswith(folded(note.title)) else (title, own)


def plain_title(note: Note, work: Work | None) -> str:
    """The paper's title as text, as far as it is known."""
    known = note.paper_title or (work.library.title if work and work.library else "")
    return known or (work.title if work and work.locked else "") or note.title


def say(note: Note) -> Html:
    """The one line that a note claims."""
    return Html(note.tldr_html or escape(note.tldr))


def short_title(note: Note) -> str:
    """What a note is called in passing: ``LoRA``."""
    return note.nickname or note.title


def folded(text: str) -> str:
    """Letters and digits alone, case folded: equal for titles that differ by punctuation."""
    return "".join(filter(str.isalnum, text.casefold()))


def language(note: Note, scope: Scope) -> str:
    """The language of a note where it is not the site's own."""
    return "" if note.lang == scope.settings.lang else note.lang


def direction(note: Note, title: str) -> str:
    """``rtl`` by the note's language, else by the first letter of its title; else nothing."""
    if note.lang:
        return "rtl" if note.lang.split("-")[0].casefold() in RTL_LANGUAGES else ""
    strong = next((kind for kind in map(unicodedata.bidirectional, title) if kind in ("L", "R", "AL")), "L")
    return "" if strong == "L" else "rtl"


def tag_anchors(scope: Scope, way: Way, tags: Iterable[str]) -> tuple[Anchor, ...]:
    """Tags of a note as links, by their label in the vault, each once."""
    found = {path: scope.catalog.tags[path] for path in map(tag_path, tags) if path in scope.catalog.tags}
    return tuple(Anchor(tag.label, way(scope.addresses.tags[path])) for path, tag in found.items())


tag_path = lru_cache(maxsize=8192)(naming.tag_path)


def about(note: Note, work: Work | None) -> str:
    """The small line on the paper: authors, venue, year."""
    if work:
        return words.paper_line(
            work.authors or note.authors, work.venue or note.venue, work.year or note.year
        )
    return words.paper_line(note.authors, note.venue, note.year)


def row(scope: Scope, way: Way, note_id: str, *, anchor: str = "") -> Row:
    """A note in a list, by its own title; ``anchor`` is an id for its place."""
    note = scope.catalog.notes[note_id]
    work = scope.work_of(note)
    title = title_html(note)
    return Row(
        href=way(scope.addresses.notes[note_id]),
        title=Html(f'<span id="{escape(anchor)}">{title}</span>') if anchor else title,
        when=when(note.date),
        state=state(note),
        rating=words.rating(note.rating),
        say=say(note),
        paper=about(note, work),
        tags=tag_anchors(scope, way, note.tags),
        lang=language(note, scope),
    )


def rows(scope: Scope, way: Way, note_ids: Iterable[str]) -> tuple[Row, ...]:
    return tuple(row(scope, way, id_) for id_ in note_ids)


# Papers elsewhere


@lru_cache(maxsize=16384)
def abs_url(paper: PaperId) -> str:
    """The page of a paper on the web as a safe link, or nothing."""
    return web(papers.abs_url(paper))


def web(url: str) -> str:
    """The address where it is a safe one of http or https, else nothing."""
    if _PLAIN.fullmatch(url):
        return url
    safe = naming.safe_url(url) if url else ""
    return safe if safe.startswith(("http:", "https:")) else ""


@lru_cache(maxsize=16384)
def _pdf_of(paper: PaperId) -> str:
    return web(papers.pdf_url(paper))


def pdf_url(note: Note | None, work: Work | None) -> str:
    """The PDF as the note names it, else as the work's identities do, never a local file."""
    named = web(note.pdf) if note else ""
    if named or work is None:
        return named
    return next(filter(None, map(_pdf_of, as_read(note, work))), "")


def as_read(note: Note | None, work: Work | None) -> tuple[PaperId, ...]:
    """The identities of a paper; the version that the note read stands in for the bare id."""
    if work is None:
        return note.papers if note else ()
    read = {paper.key: paper for paper in (note.papers if note else ()) if paper.version}
    return tuple(read.get(paper.key, paper) for paper in work.ids)


def best_url(work: Work) -> str:
    """The best page of a work elsewhere, or nothing."""
    return next(filter(None, map(abs_url, work.ids)), "") or web(work.library.url if work.library else "")


def scheme_name(paper: PaperId) -> str:
    """``arXiv``, ``DOI``, ... or ``Paper``."""
    return SCHEMES.get(paper.scheme, "Paper")
