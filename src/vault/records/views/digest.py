"""The monthly letter, and the list of all of them."""

from __future__ import annotations

from vault.records.base import Html, Record
from vault.records.views.archive import Day
from vault.records.views.page import Page
from vault.records.views.parts import Anchor, Group, Reference, Row


class Letter(Record, frozen=True):
    """A month in the list of digests: ``say`` is the first sentence of its introduction, else its best
    notes; ``note`` counts in words (``Nine read, four skimmed``), ``total`` its notes."""

    href: str
    label: str
    iso: str
    say: Html
    note: str
    total: int
    lang: str = ""


class DigestsPage(Page, frozen=True, kw_only=True):
    """``years`` are (label, id, letters), newest first."""

    total: int
    years: tuple[tuple[str, str, tuple[Letter, ...]], ...]
    feeds: tuple[Anchor, ...]


class DigestPage(Page, frozen=True, kw_only=True):
    """The letter of a month.  ``counted`` says in words what it holds, ``counts`` the same as pairs;
    ``groups`` are all its notes by their top tag; ``linked`` its notes that others link to, with how
    many do; ``more`` leads to what of ``added`` is not shown.  ``archive`` is the month's own page;
    ``numbered`` as in a note's page."""

    crumbs: tuple[Anchor, ...]
    total: int
    subtitle: Html
    counted: str
    intro: Html
    references: tuple[Reference, ...]
    best: tuple[Row, ...]
    groups: tuple[Group, ...]
    linked: tuple[Anchor, ...]
    added: tuple[Row, ...]
    more: Anchor | None
    calendar: tuple[tuple[Day, ...], ...]
    counts: tuple[tuple[str, int], ...]
    archive: Anchor
    prev: Anchor | None
    next: Anchor | None
    feeds: tuple[Anchor, ...]
    lang: str = ""
    numbered: bool = True
