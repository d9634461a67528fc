"""JSON Feed 1.1 (jsonfeed.org/version/1.1), made without a template so that it cannot be malformed."""

from __future__ import annotations

from typing import Any

from vault.records import json_of
from vault.records.views import FeedEntry, FeedPage


def json_feed(feed: FeedPage) -> bytes:
    """The feed as one JSON document in UTF-8; fields without a value are left out."""
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.description,
        "home_page_url": feed.home,
        "feed_url": feed.self,
        "language": feed.lang,
        "authors": people((feed.author,)),
    }
    made = {**given(document), "items": [item(entry) for entry in feed.entries]}
    return json_of(made)


def item(entry: FeedEntry) -> dict[str, Any]:
    optional = {
        "external_url": entry.external,
        "title": entry.title,
        "summary": entry.summary,
        "date_published": entry.published,
        "date_modified": entry.updated,
        "authors": people(entry.authors),
        "tags": list(entry.tags),
        "language": entry.lang,
    }
    return {"id": entry.id, "url": entry.url, "content_html": entry.content, **given(optional)}


def people(names: tuple[str, ...]) -> list[dict[str, str]]:
    return [{"name": name} for name in names if name]


def given(fields: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value}
