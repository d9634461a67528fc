"""One dated entry: what is known of it before any other note is looked at."""

from __future__ import annotations

from typing import Literal

from vault.records.base import Record
from vault.records.body import Body
from vault.records.paper import PaperId
from vault.records.problem import Problem

Status = Literal["", "to-read", "reading", "skimmed", "read", "dropped"]
Kind = Literal["note", "log", "entry", "list", "item", "page"]


class Date(Record, frozen=True):
    """A calendar date, as precise as it was written; 0 stands for "not given".

    year month day; year month; year; or month and day without a year (a log heading).
    """

    year: int
    month: int = 0
    day: int = 0

    @property
    def precision(self) -> Literal["day", "month", "year", "none"]:
        if self.day:
            return "day"
        return "month" if self.month else "year"

    @property
    def iso(self) -> str:
        """``2025-01-29``, ``2025-01``, ``2025``, or ``--01-29`` where the year is unknown."""
        if self.year and self.day:
            return f"{self.year:04}-{self.month:02}-{self.day:02}"
        head = f"{self.year:04}" if self.year else "-"
        return head + "".join(f"-{part:02}" for part in (self.month, self.day) if part)


class Heading(Record, frozen=True):
    """A heading of the body: plain text and its anchor (without the slot prefix)."""

    level: int
    text: str
    anchor: str
    line: int


class Link(Record, frozen=True):
    """One mention of something else, with the words around it.

    ``kind``: ``wiki`` [[Note]], ``file`` a relative link to a .md file, ``embed`` ![[Note]],
    ``cite`` [@key], ``paper`` a paper link or id in prose, ``number`` a naked arXiv number (a
    paper only if the vault notes it), ``web`` any other URL.  ``target`` is as written (a name, a
    path, a citation key, a URL); ``paper`` is set for ``paper`` and ``number``.  ``sentence`` is the
    plain sentence around it, ``start:end`` the mention inside that sentence (0:0 unknown), ``heading``
    the heading it stands under.
    """

    kind: Literal["wiki", "file", "embed", "cite", "paper", "number", "web"]
    target: str
    anchor: str = ""
    text: str = ""
    paper: PaperId | None = None
    sentence: str = ""
    start: int = 0
    end: int = 0
    heading: str = ""
    line: int = 0
    column: int = 0


class Note(Record, frozen=True):
    """One note, one entry of a log, one item of a reading list, such a file as a whole, or a page of the
    vault's own (``about.md``; its id begins with ``/``).

    ``id`` is the path without its ending, or ``path#date-slug`` for an entry or item.  Dates are
    calendar dates.  ``papers`` are the identities its header or linked title names, the best
    first; the work is the union of them.  ``rating`` is 0 (none) to 5 in half steps.
    ``terms`` is its vocabulary, ``word count`` pairs in one string, for related notes.
    ``lead`` says that ``tldr`` is only the body's first sentence; ``inline_tags`` are those of ``tags``
    that the body alone names; ``unnamed`` that the title is the file's name, for want of another.
    ``log`` is the id of the file's own note for entries and items.
    ``digest`` names everything parsed, so equal digests mean an equal note, body included.
    """

    id: str
    path: str
    line: int
    kind: Kind
    title: str
    title_html: str
    date: Date | None = None
    nickname: str = ""
    papers: tuple[PaperId, ...] = ()
    paper_title: str = ""
    authors: tuple[str, ...] = ()
    year: int = 0
    venue: str = ""
    tags: tuple[str, ...] = ()
    status: Status = ""
    priority: int = 0
    rating: float = 0
    added: Date | None = None
    started: Date | None = None
    read: Date | None = None
    updated: Date | None = None
    why: str = ""
    via: str = ""
    code: str = ""
    pdf: str = ""
    project: str = ""
    slides: str = ""
    video: str = ""
    key: str = ""
    aliases: tuple[str, ...] = ()
    slug: str = ""
    draft: bool = False
    private: bool = False
    unlisted: bool = False
    log: str = ""
    tldr: str = ""
    tldr_html: str = ""
    lang: str = ""
    series: str = ""
    layout: str = ""
    redirect_from: tuple[str, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()
    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    words: int = 0
    terms: str = ""
    math: bool = False
    problems: tuple[Problem, ...] = ()
    digest: str = ""
    lead: bool = False
    inline_tags: tuple[str, ...] = ()
    unnamed: bool = False

    @property
    def length(self) -> int:
        """About how many words: to the nearest fifty, of fewer than a hundred to the nearest ten.  What tells
        of lengths stays the same while a few words are written."""
        step = 10 if self.words < 100 else 50
        return step * round(self.words / step) or self.words


class Parsed(Record, frozen=True):
    """What ``parse`` makes of a piece, note by note: the light record, its body, its plain text."""

    note: Note
    body: Body
    text: str
