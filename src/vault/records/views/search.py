"""The search page, and what it lists for readers whose browser does not search."""

from __future__ import annotations

from vault.records.base import Record
from vault.records.views.page import Page
from vault.records.views.parts import Anchor, Pager, Row


class Shelf(Record, frozen=True):
    """Titles that begin alike: ``label`` is the letter, ``anchor`` its id on the page."""

    label: str
    anchor: str
    titles: tuple[Anchor, ...]


class SearchPage(Page, frozen=True, kw_only=True):
    """``total`` notes; ``letters`` lead to the shelves of all pages; tags, authors and the box stand on
    the first page alone, as do the ``latest`` notes.  ``unlisted_tags`` and ``unlisted_authors`` count
    what is left out of long lists."""

    total: int
    letters: tuple[Anchor, ...]
    shelves: tuple[Shelf, ...]
    tags: tuple[Anchor, ...]
    authors: tuple[Anchor, ...]
    tags_href: str
    authors_href: str
    unlisted_tags: int
    unlisted_authors: int
    pager: Pager | None
    latest: tuple[Row, ...] = ()
