"""People: the list of authors, and one author."""

from __future__ import annotations

from vault.records.base import Record
from vault.records.views.page import Page
from vault.records.views.parts import Anchor, Fact, Group, Pager


class Initial(Record, frozen=True):
    """Authors under one letter (or script): each leads to a page or to their one note, ``note`` is how
    many notes there are where it is more than one."""

    anchor: str
    label: str
    people: tuple[Anchor, ...]


class AuthorsPage(Page, frozen=True, kw_only=True):
    """The list from A to Z.  A long one stands under ``letters`` on pages of their own; then the first
    page has no groups.  ``common`` are those with most notes."""

    crumbs: tuple[Anchor, ...]
    total: int
    intro: str
    letters: tuple[Anchor, ...]
    groups: tuple[Initial, ...]
    common: tuple[Anchor, ...]
    pager: Pager | None


class AuthorPage(Page, frozen=True, kw_only=True):
    """``groups`` are notes by year, ``papers`` what they wrote by year of publication (``note``),
    ``papers_note`` how many there are, ``aliases`` other spellings in words."""

    crumbs: tuple[Anchor, ...]
    total: int
    aliases: str
    facts: tuple[Fact, ...]
    groups: tuple[Group, ...]
    papers: tuple[Anchor, ...]
    papers_note: str
    together: tuple[Anchor, ...]
    tags: tuple[Anchor, ...]
    feeds: tuple[Anchor, ...]
    pager: Pager | None
