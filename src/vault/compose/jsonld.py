"""JSON-LD (schema.org), one block a page, written by one serialiser that cannot leave its script."""

from __future__ import annotations

import json
from typing import Any, Final

from vault.compose import words
from vault.compose.rows import best_url, plain_title
from vault.compose.scope import Scope
from vault.records import Html, Note, Work
from vault.references import named as people

_ESCAPES: Final = {c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}
_json: Final = json.JSONEncoder(ensure_ascii=False).encode

Document = dict[str, Any]


def script(document: Document) -> Html:
    """The body of a ``<script type="application/ld+json">``; members without a value are left out."""
    text = _json({"@context": "https://schema.org", **_given(document)})
    for sign, escaped in _ESCAPES.items():
        text = text.replace(sign, escaped)
    return Html(text)


def _given(value: Any) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return {key: kept for key, member in value.items() if (kept := _given(member))}
    if isinstance(value, (list, tuple)):
        return [_given(member) for member in value]
    return value


def person(name: str) -> Document | None:
    return {"@type": "Person", "name": name} if name else None


def website(scope: Scope) -> Document:
    settings = scope.settings
    return {
        "@type": "WebSite",
        "@id": scope.absolute("/"),
        "name": settings.title,
        "url": scope.absolute("/"),
        "description": settings.description,
        "inLanguage": settings.lang,
        "author": person(settings.author),
    }


def collection(scope: Scope, url: str, name: str, items: list[tuple[str, str]]) -> Document:
    """A page that lists others: ``items`` are (name, root-relative URL), the first hundred count."""
    listed = [
        {"@type": "ListItem", "position": at, "name": text, "url": scope.absolute(target)}
        for at, (text, target) in enumerate(items[:100], 1)
    ]
    return {
        "@type": "CollectionPage",
        "@id": scope.absolute(url),
        "name": name,
        "isPartOf": {"@type": "WebSite", "@id": scope.absolute("/"), "name": scope.settings.title},
        "mainEntity": {"@type": "ItemList", "itemListElement": listed} if listed else None,
    }


def crumbs(scope: Scope, path: list[tuple[str, str]]) -> Document:
    """A ``BreadcrumbList`` of (name, root-relative URL)."""
    items = [
        {"@type": "ListItem", "position": at, "name": name, "item": scope.absolute(url)}
        for at, (name, url) in enumerate(path, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def article(scope: Scope, note: Note, work: Work | None, url: str) -> Document:
    """A ``Review`` of a paper that was read or skimmed, else an ``Article``, about its paper if any."""
    review = work is not None and note.status in ("read", "skimmed")
    paper = scholarly(note, work) if work else None
    return {
        "@type": "Review" if review else "Article",
        "@id": scope.absolute(url),
        "url": scope.absolute(url),
        "name": scope.tongue.say("Notes on {title}", title=note.nickname or note.title)
        if work
        else note.title,
        "headline": None if review else note.title[:110],
        "author": person(scope.settings.author),
        "datePublished": _iso(note),
        "dateModified": note.updated.iso if note.updated and note.updated.year else "",
        "inLanguage": note.lang or scope.settings.lang,
        "reviewBody" if review else "description": note.tldr,
        "reviewRating": _rating(note) if review else None,
        "itemReviewed" if review else "about": paper,
        "keywords": list(note.tags),
        "isPartOf": {"@type": "WebSite", "@id": scope.absolute("/"), "name": scope.settings.title},
    }


def _about(scope: Scope, note: Note) -> str:
    return scope.tongue.say("Notes on {title}", title=note.nickname or note.title)


def _iso(note: Note) -> str:
    return note.date.iso if note.date and note.date.year else ""


def _rating(note: Note) -> Document | None:
    if not note.rating:
        return None
    return {"@type": "Rating", "ratingValue": note.rating, "bestRating": 5, "worstRating": 1}


def scholarly(note: Note | None, work: Work) -> Document:
    """The paper itself."""
    named, _ = people(work.authors or (note.authors if note else ()))
    ids = (f"arXiv:{work.arxiv}" if work.arxiv else "", f"doi:{work.doi}" if work.doi else "")
    year = work.year or (note.year if note else 0)
    venue = work.venue or (note.venue if note else "")
    return {
        "@type": "ScholarlyArticle",
        "name": plain_title(note, work) if note else work.title,
        "author": [person(words.full_name(name)) for name in named[: words.AUTHORS]],
        "datePublished": str(year) if year else "",
        "identifier": [each for each in ids if each],
        "sameAs": [url] if (url := best_url(work)) else [],
        "isPartOf": {"@type": "Periodical", "name": venue} if venue else None,
    }
