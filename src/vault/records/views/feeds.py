"""A feed and its entries."""

from __future__ import annotations

from vault.records.base import Record


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
    lang: str = ""


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
