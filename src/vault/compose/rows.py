"""The small things that lists are made of: dates, states, titles, rows, tags."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import Final

from vault import naming, papers
from vault.compose import words
from vault.compose.scope import Scope, Way
from vault.patterns import lazy
from vault.records import Date, Html, Note, PaperId, Work, changed
from vault.records.views import Anchor, Row, State, When
from vault.tongue import Tongue, direction_of, marked
from vault.tuples import NamedTuple
from vault.words import runs

STATES: Final = {
    "to-read": ("queued", marked("To read")),
    "reading": ("reading", marked("Reading")),
    "skimmed": ("skimmed", marked("Skimmed")),
    "read": ("read", marked("Read")),
    "dropped": ("dropped", marked("Dropped")),
}
"""Status -> its mark in the stylesheet, its label."""

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
    "url": marked("Paper"),
}
_PLAIN: Final = lazy(r"https?://[A-Za-z0-9.-]+/(?:[!$'()*+,./0-9:;=?@A-Z_a-z~&#-]|%[0-9A-Fa-f]{2})*")
"""Addresses in which nothing can be hidden: no need to see through their encodings."""


@lru_cache(maxsize=1024)
def _when(tongue: Tongue, date: Date) -> When:
    short = words.day(tongue, date, short=True, year=False)
    text = words.day(tongue, date, short=True)
    return When(date.iso.removeprefix("--"), short, text, words.day(tongue, date))


def when(scope: Scope, date: Date | None) -> When | None:
    return _when(scope.tongue, date) if date else None


@lru_cache(maxsize=64)
def _state(tongue: Tongue, word: str) -> State:
    mark, label = STATES[word]
    return State(word, mark, tongue.say(label))


def state_of(scope: Scope, word: str) -> State:
    """A status by its word in notes."""
    return _state(scope.tongue, word)


def state(scope: Scope, note: Note) -> State | None:
    return _state(scope.tongue, note.status) if note.status in STATES else None


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
    return "".join(runs(text.casefold()))


class Voice(NamedTuple):
    """The language of a text and its direction, each empty where it is the site's."""

    lang: str = ""
    dir: str = ""


SITES: Final = Voice()


def language(note: Note, scope: Scope) -> str:
    """The language of a note where it is not the site's own."""
    return "" if note.lang == scope.settings.lang else note.lang


def direction(note: Note, scope: Scope) -> str:
    """``rtl`` or ``ltr`` by the note's language, where the site runs the other way; for a note that names
    none, ``rtl`` by the first letter of its title."""
    site = direction_of(scope.settings.lang)
    if note.lang:
        own = direction_of(note.lang)
    elif note.title.isascii():
        own = site
    else:
        kinds = map(unicodedata.bidirectional, note.title)
        strong = next((kind for kind in kinds if kind in ("L", "R", "AL")), "L")
        own = site if strong == "L" else "rtl"
    return "" if own == site else own or "ltr"


def voice(scope: Scope, note: Note) -> Voice:
    """How a note's own words are said: its title, its claim, its sentences."""
    if not note.lang and note.title.isascii():
        return SITES
    return Voice(language(note, scope), direction(note, scope))


def voice_of_title(scope: Scope, note: Note, title: str) -> Voice:
    """The same for a title that may be the paper's, of which no language is known."""
    return voice(scope, note) if title in (note.title, note.title_html) else SITES


def spoken(scope: Scope, note: Note) -> str:
    """The attributes of an element that holds a note's words."""
    lang, direction = voice(scope, note)
    said = f' lang="{escape(lang)}"' if lang else ""
    return f'{said} dir="{direction}"' if direction else said


def tag_anchors(scope: Scope, way: Way, tags: Iterable[str]) -> tuple[Anchor, ...]:
    """Tags of a note as links, by their label in the vault, each once."""
    return tuple([Anchor(label, way(url)) for label, url in _tags(scope, tags)])


def _tags(scope: Scope, tags: Iterable[str]) -> tuple[tuple[str, str], ...]:
    paths = dict.fromkeys(map(tag_path, tags))
    return tuple([found for path in paths if (found := scope.tag_links.get(path))])


tag_path = lru_cache(maxsize=8192)(naming.tag_path)


def about(scope: Scope, note: Note, work: Work | None) -> str:
    """The small line on the paper: authors, venue, year."""
    if work:
        return words.paper_line(
            scope.tongue, work.authors or note.authors, work.venue or note.venue, work.year or note.year
        )
    return words.paper_line(scope.tongue, note.authors, note.venue, note.year)


def row(scope: Scope, way: Way, note_id: str, *, anchor: str = "") -> Row:
    """A note in a list, by its own title; ``anchor`` is an id for its place."""
    told: Told = scope.once(("row", note_id), lambda: _told(scope, scope.catalog.notes[note_id]))
    own = told.row
    return Row(
        href=way(told.url),
        title=Html(f'<span id="{escape(anchor)}">{own.title}</span>') if anchor else own.title,
        when=own.when,
        state=own.state,
        rating=own.rating,
        say=own.say,
        paper=own.paper,
        tags=tuple([Anchor(label, way(url)) for label, url in told.tags]),
        lang=own.lang,
        dir=own.dir,
    )


class Told(NamedTuple):
    """A row as far as it is the same on every page: all but its ``href`` and ``tags``, which begin at
    ``url`` and the (label, URL) of ``tags``."""

    row: Row
    url: str
    tags: tuple[tuple[str, str], ...]


def _told(scope: Scope, note: Note) -> Told:
    own = voice(scope, note)
    row = Row(
        href="",
        title=title_html(note),
        when=when(scope, note.date),
        state=state(scope, note),
        rating=words.rating(scope.tongue, note.rating),
        say=say(note),
        paper=about(scope, note, scope.work_of(note)),
        tags=(),
        lang=own.lang,
        dir=own.dir,
    )
    return Told(row, scope.addresses.notes[note.id], _tags(scope, note.tags))


def rows(scope: Scope, way: Way, note_ids: Iterable[str]) -> tuple[Row, ...]:
    return tuple(row(scope, way, id_) for id_ in note_ids)


def with_years(found: Iterable[Row], but: int = 0) -> tuple[Row, ...]:
    """Rows of a list over several years: each date has its year, but for that which goes without saying."""
    return tuple(_with_year(row) if row.when and not _is_of(row.when, but) else row for row in found)


def _with_year(row: Row) -> Row:
    assert row.when
    return changed(row, when=changed(row.when, short=row.when.text))


def _is_of(day: When, year: int) -> bool:
    return day.iso[:4] == f"{year:04}"


# Papers elsewhere


@lru_cache(maxsize=512)
def abs_url(paper: PaperId) -> str:
    """The page of a paper on the web as a safe link, or nothing."""
    return web(papers.abs_url(paper))


def web(url: str) -> str:
    """The address where it is a safe one of http or https, else nothing."""
    if _PLAIN.fullmatch(url):
        return url
    safe = naming.safe_url(url) if url else ""
    return safe if safe.startswith(("http:", "https:")) else ""


@lru_cache(maxsize=512)
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


def scheme_name(scope: Scope, paper: PaperId) -> str:
    """``arXiv``, ``DOI``, ... or ``Paper``."""
    return scope.tongue.say(SCHEMES.get(paper.scheme, "Paper"))
