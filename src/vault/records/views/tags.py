"""The tree of tags, and one tag."""

from __future__ import annotations

from vault.records.base import Html, Record
from vault.records.views.page import Page
from vault.records.views.parts import Anchor, Group, Pager


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
    """``label`` is the tag with those above it (``efficiency/peft``), empty where the page is no tag's;
    ``title`` is its last level."""

    label: str = ""
    crumbs: tuple[Anchor, ...]
    total: int
    description: Html
    children: tuple[Anchor, ...]
    together: tuple[Anchor, ...]
    groups: tuple[Group, ...]
    feeds: tuple[Anchor, ...]
    pager: Pager | None
