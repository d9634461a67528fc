"""A paper's page, and the table of all papers."""

from __future__ import annotations

from vault.records.base import Html, Record
from vault.records.views.filters import Choice
from vault.records.views.page import Page
from vault.records.views.parts import Anchor, Fact, Mentioned, Pager, Row, State, When


class PaperPage(Page, frozen=True, kw_only=True):
    """A work with several notes, or with none but in a library or the lock file.  ``cites`` and
    ``cited_by`` are other works with a page, authors and year in ``note``; ``authors`` as in a
    note's page."""

    authors: tuple[Anchor, ...]
    facts: tuple[Fact, ...]
    buttons: tuple[Anchor, ...]
    tags: tuple[Anchor, ...]
    abstract: str
    notes: tuple[Row, ...]
    backlinks: tuple[Mentioned, ...]
    bibtex: str
    bibtex_href: str
    cites: tuple[Anchor, ...] = ()
    cited_by: tuple[Anchor, ...] = ()


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
    tags: tuple[str, ...] = ()
    lang: str = ""
    dir: str = ""


class PapersPage(Page, frozen=True, kw_only=True):
    """``authors`` is the address of the list of people."""

    total: int
    rows: tuple[PaperRow, ...]
    exports: tuple[Anchor, ...]
    years: tuple[Anchor, ...]
    pager: Pager | None
    filters: tuple[Choice, ...] = ()
    authors: str = ""
