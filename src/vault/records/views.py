"""Everything a template may see: ``page`` (one of these) and ``site``.

Words and URLs, no other record.  ``href`` fields are ready to print: relative to the page, in the
link form of the site.  ``Html`` fields are safe as they stand; every ``str`` is escaped by Jinja.
"""

from __future__ import annotations

from vault.records.base import Html, Record


class Anchor(Record, frozen=True):
    """A link with its words; ``note`` is small print beside it, a count or a date."""

    text: str
    href: str
    note: str = ""


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


class RelatedNote(Record, frozen=True):
    href: str
    title: Html
    why: str


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


class Feed(Record, frozen=True):
    title: str
    href: str
    type: str


class Head(Record, frozen=True):
    """What goes between <head> and </head> beside the fixed part.

    ``meta`` are (name, content), ``property`` (property, content) pairs; ``jsonld`` one safe script
    body or nothing.
    """

    title: str
    description: str
    canonical: str = ""
    robots: str = ""
    meta: tuple[tuple[str, str], ...] = ()
    property: tuple[tuple[str, str], ...] = ()
    feeds: tuple[Feed, ...] = ()
    cite_as: str = ""
    jsonld: Html = Html("")
    prev: str = ""
    next: str = ""


class Site(Record, frozen=True):
    """What every page may print of the site.  Hrefs are relative to the page being rendered.

    ``root`` is the way to the top (``../../``); ``here`` names the current section of ``nav``
    (papers, queue, tags, archive, about or nothing).
    """

    title: str
    author: str
    description: str
    lang: str
    licence: str
    root: str
    home: str
    nav: tuple[Anchor, ...]
    here: str
    css: str
    script: str
    user_css: str
    footer: tuple[Anchor, ...]
    base: str = ""
    paper: str = "A4"


class Page(Record, frozen=True, kw_only=True):
    """The part every page has.  ``template`` is its file under ``templates/``."""

    template: str
    url: str
    head: Head
    site: Site
    title: Html


class Group(Record, frozen=True):
    """A labelled run of rows (a year, a day, a status)."""

    anchor: str
    label: str
    note: str
    rows: tuple[Row, ...]
    href: str = ""


class NotePage(Page, frozen=True, kw_only=True):
    """A note.  ``buttons`` are the paper's links without BibTeX; ``contents`` the body's headings
    (shown from four on; the template adds References); ``entries`` of a log are groups by day, their
    ``anchor`` an id on this page; ``prev`` (earlier) and ``next`` carry their day in ``note``;
    ``banner`` one sentence each; ``bibtex_href`` a ``data:`` URL; ``source``, ``edit`` hrefs or
    empty."""

    state: State | None
    rating: str
    when: When | None
    minutes: int
    subtitle: Html
    authors: tuple[str, ...]
    facts: tuple[Fact, ...]
    buttons: tuple[Anchor, ...]
    tags: tuple[Anchor, ...]
    banner: tuple[str, ...]
    tldr: Html
    contents: tuple[Contents, ...]
    body: Html
    references: tuple[Reference, ...]
    backlinks: tuple[Mentioned, ...]
    related: tuple[RelatedNote, ...]
    other_notes: tuple[Row, ...]
    entries: tuple[Group, ...]
    in_log: Anchor | None
    prev: Anchor | None
    next: Anchor | None
    created: When | None
    updated: When | None
    source: str
    edit: str
    bibtex: str
    bibtex_href: str
    math: bool
    lang: str
    dir: str
    abstract: str
    draft: bool


class PaperPage(Page, frozen=True, kw_only=True):
    """A work with several notes, or with none but in a library."""

    authors: tuple[str, ...]
    facts: tuple[Fact, ...]
    buttons: tuple[Anchor, ...]
    tags: tuple[Anchor, ...]
    abstract: str
    notes: tuple[Row, ...]
    backlinks: tuple[Mentioned, ...]
    bibtex: str
    bibtex_href: str


class PaperRow(Record, frozen=True):
    href: str
    title: Html
    authors: str
    venue: str
    year: str
    state: State | None
    rating: str
    when: When | None
    id_text: str
    id_href: str
    say: Html = Html("")


class PapersPage(Page, frozen=True, kw_only=True):
    total: int
    rows: tuple[PaperRow, ...]
    exports: tuple[Anchor, ...]
    years: tuple[Anchor, ...]
    pager: Pager | None


class Pager(Record, frozen=True):
    text: str
    prev: str
    next: str


class TagNode(Record, frozen=True):
    """A tag in the tree: own count, count with children."""

    text: str
    href: str
    own: int
    total: int
    children: tuple[TagNode, ...]


class TagsPage(Page, frozen=True, kw_only=True):
    total: int
    tree: tuple[TagNode, ...]
    by_count: tuple[Anchor, ...]


class TagPage(Page, frozen=True, kw_only=True):
    crumbs: tuple[Anchor, ...]
    total: int
    description: Html
    children: tuple[Anchor, ...]
    together: tuple[Anchor, ...]
    groups: tuple[Group, ...]
    feeds: tuple[Anchor, ...]
    pager: Pager | None


class MonthCell(Record, frozen=True):
    """A month of a year: ``label`` such as Jan; ``href`` is empty where nothing was noted.  A
    ``YearLine`` has twelve."""

    label: str
    href: str
    count: int


class YearLine(Record, frozen=True):
    year: str
    href: str
    total: int
    months: tuple[MonthCell, ...]


class ArchivePage(Page, frozen=True, kw_only=True):
    total: int
    years: tuple[YearLine, ...]
    undated: tuple[Row, ...]


class YearPage(Page, frozen=True, kw_only=True):
    """``months``: label January, note "9 notes", href its page, rows its first three notes."""

    crumbs: tuple[Anchor, ...]
    total: int
    months: tuple[Group, ...]
    whole_year: tuple[Row, ...]
    prev: Anchor | None
    next: Anchor | None


class Day(Record, frozen=True):
    """A cell of the small month calendar; day 0 is an empty cell."""

    day: int
    count: int


class MonthPage(Page, frozen=True, kw_only=True):
    crumbs: tuple[Anchor, ...]
    total: int
    best: tuple[Row, ...]
    days: tuple[Row, ...]
    calendar: tuple[tuple[Day, ...], ...]
    counts: tuple[tuple[str, int], ...]
    tags: tuple[Anchor, ...]
    added: tuple[Row, ...]
    prev: Anchor | None
    next: Anchor | None


class QueueRow(Record, frozen=True):
    """A paper to read.  ``href`` is its note's page or empty; ``age`` such as "12 days"."""

    href: str
    title: Html
    state: State | None
    when: When | None
    since: str
    age: str
    why: str
    why_href: str
    via: str
    paper: str
    tags: tuple[Anchor, ...]
    links: tuple[Anchor, ...]
    minutes: int = 0


class QueueGroup(Record, frozen=True):
    anchor: str
    label: str
    note: str
    rows: tuple[QueueRow, ...]
    more: Anchor | None = None
    tight: bool = False


class QueuePage(Page, frozen=True, kw_only=True):
    intro: str
    groups: tuple[QueueGroup, ...]
    pager: Pager | None = None


class HomePage(Page, frozen=True, kw_only=True):
    """``lede`` is the h1 (a long one stands below the title instead), ``intro`` the sentence below it.
    ``weeks`` are counts, oldest first, and ``weeks_label`` says them in words; ``month`` is the newest
    month, ``month_note`` what it holds.  ``note`` of a queue line is its age, of a tag its count, and
    both are plain text."""

    lede: str
    intro: str
    reading: tuple[Row, ...]
    latest: tuple[Row, ...]
    latest_more: Anchor | None
    queue: tuple[Anchor, ...]
    queue_more: Anchor | None
    tags: tuple[Anchor, ...]
    tags_more: Anchor | None
    weeks: tuple[int, ...]
    weeks_label: str
    month: Anchor | None
    month_note: str
    empty: bool


class AboutPage(Page, frozen=True, kw_only=True):
    """``states`` with what each means; ``counts`` are (label, number) pairs."""

    body: Html
    states: tuple[tuple[State, str], ...]
    counts: tuple[tuple[str, str], ...]
    logs: tuple[Anchor, ...] = ()


class MissingPage(Page, frozen=True, kw_only=True):
    """404.html: the one page with absolute addresses (``site.base``)."""

    links: tuple[Anchor, ...]


class RedirectPage(Page, frozen=True, kw_only=True):
    href: str
    text: str


class FeedEntry(Record, frozen=True):
    """An entry of a feed; URLs absolute, times RFC 3339 in UTC, content as HTML text."""

    id: str
    url: str
    title: str
    published: str
    updated: str
    summary: str
    content: str
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    external: str = ""


class FeedPage(Record, frozen=True, kw_only=True):
    """Atom by ``template``; the JSON feed is made of the same record without a template."""

    template: str
    url: str
    id: str
    title: str
    description: str
    home: str
    self: str
    author: str
    lang: str
    updated: str
    entries: tuple[FeedEntry, ...]


class Output(Record, frozen=True):
    """One file of the site, planned: its path in the output folder (POSIX), its address
    (root-relative), and who asked for it, for collision messages."""

    path: str
    url: str
    owner: str
