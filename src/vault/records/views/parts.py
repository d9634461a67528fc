"""The small parts that pages share: links with words, dates, rows, quotes."""

from __future__ import annotations

from vault.records.base import Html, Record


class Anchor(Record, frozen=True):
    """A link with its words; ``note`` is small print beside it, a count or a date.  ``lang`` and ``dir``
    are those of the words, here and in the records below, where they are not the site's."""

    text: str
    href: str
    note: str = ""
    lang: str = ""
    dir: str = ""


class When(Record, frozen=True):
    """A date to print: ``iso`` for ``datetime`` (``01-29`` when the year is unknown), ``short``
    (14 Jan), ``text`` (14 Jan 2025), ``full`` (14 January 2025)."""

    iso: str
    short: str
    text: str
    full: str


class State(Record, frozen=True):
    """A status: its word in the note (``to-read``), its mark in the stylesheet (``queued``), its
    label (To read)."""

    word: str
    mark: str
    label: str


class Row(Record, frozen=True):
    """A note in a list.  ``paper`` is the small line: authors, venue, year; ``rating`` is words
    (``4 of 5``), as in every view; tag texts are whole paths (``efficiency/peft``)."""

    href: str
    title: Html
    when: When | None
    state: State | None
    rating: str
    say: Html
    paper: str
    tags: tuple[Anchor, ...]
    lang: str = ""
    dir: str = ""


class Fact(Record, frozen=True):
    """A line of a note's facts; ``href`` may be empty, ``when`` set for dates."""

    label: str
    text: str
    href: str = ""
    external: bool = False
    when: When | None = None


class Quote(Record, frozen=True):
    """A sentence that mentions this page, cut at the mention; ``place`` is the small line under it."""

    before: str
    mark: str
    after: str
    place: str = ""


class Mentioned(Record, frozen=True):
    """A note that links here, with its sentences in their order."""

    href: str
    title: Html
    quotes: tuple[Quote, ...]
    lang: str = ""
    dir: str = ""


class RelatedNote(Record, frozen=True):
    href: str
    title: Html
    why: str
    lang: str = ""
    dir: str = ""


class Reference(Record, frozen=True):
    """One entry of a reference list: anchor id, formatted text, link, and back-links to places.

    With a ``title``, ``text`` is what stands before it (``E. J. Hu et al.``), the title is the link and
    ``after`` follows it at once (``. ICLR 2022.``); without one the whole ``text`` is the link.
    ``places`` say their text aloud ("Back to the text"); ``note`` is my note on the work.
    """

    anchor: str
    text: Html
    href: str
    external: bool
    places: tuple[Anchor, ...]
    note: Anchor | None = None
    title: Html = Html("")
    after: Html = Html("")


class Contents(Record, frozen=True):
    level: int
    text: str
    href: str


class Series(Record, frozen=True):
    """Notes in an order: ``place`` is that of this note (``2 of 5``); the ``note`` of a part is its
    number, and this note's own part has no href."""

    label: str
    place: str
    parts: tuple[Anchor, ...]


class Group(Record, frozen=True):
    """A labelled run of rows (a year, a day, a status)."""

    anchor: str
    label: str
    note: str
    rows: tuple[Row, ...]
    href: str = ""


class Pager(Record, frozen=True):
    text: str
    prev: str
    next: str
