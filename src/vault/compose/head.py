"""The parts that pages share: what stands in <head>, and the site around the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from vault import naming
from vault.compose.jsonld import Document, script
from vault.compose.scope import Scope
from vault.records import Html
from vault.records.views import Anchor, Feed, Head, Site
from vault.tongue import direction_of, same_language

Pairs = tuple[tuple[str, str], ...]

ATOM = "application/atom+xml"
JSON_FEED = "application/feed+json"


def site(scope: Scope, url: str, here: str = "", base: str = "") -> Site:
    """The site as the page at ``url`` sees it; one record for all pages of a depth and section."""
    root = naming.root_of(url)
    key = (root, here + base)
    return scope.once(key, lambda: _site(scope, url, here, base))


def _site(scope: Scope, url: str, here: str, base: str) -> Site:
    settings, way, say = scope.settings, scope.way(url), scope.tongue.say
    queue = (Anchor(say("Queue"), way("/queue/")),) if settings.queue_publish else ()
    feeds = (Anchor("Atom", way("/feed.xml")), Anchor("JSON Feed", way("/feed.json"))) if settings.url else ()
    return Site(
        title=settings.title,
        author=settings.author,
        description=settings.description,
        lang=settings.lang,
        licence=settings.licence,
        root=naming.root_of(url),
        home=way("/"),
        nav=(
            Anchor(say("Papers"), way("/papers/")),
            *queue,
            Anchor(say("Tags"), way("/tags/")),
            Anchor(say("Archive"), way("/archive/")),
            Anchor(say("Graph"), way("/graph/")),
        ),
        here=here,
        css=way(scope.assets.css),
        script=way(scope.assets.script),
        user_css=way(scope.assets.user_css) if scope.assets.user_css else "",
        footer=(
            *feeds,
            Anchor(say("Authors"), way("/authors/")),
            Anchor(say("BibTeX of everything"), way("/papers.bib")),
            Anchor(say("Digest"), way("/digest/")),
            Anchor(say("Statistics"), way("/stats/")),
            Anchor(say("About"), way("/about/")),
            Anchor(say("Keys"), way("/keys/")),
        ),
        base=base,
        paper=settings.paper,
        links=settings.links,
        search=way("/search/"),
        dir=direction_of(settings.lang),
        words="" if same_language(settings.lang, scope.tongue.lang) else scope.tongue.lang,
    )


def base_path(scope: Scope) -> str:
    """Where the site stands on its host: ``/`` or ``/notes/``."""
    return urlsplit(scope.settings.url).path or "/"


def head(
    scope: Scope,
    url: str,
    title: str,
    description: str,
    *,
    kind: str = "website",
    robots: str = "",
    meta: Pairs = (),
    extra: Pairs = (),
    feeds: Sequence[Feed] = (),
    cite_as: str = "",
    jsonld: Document | None = None,
    prev: str = "",
    next_: str = "",
    canonical: str = "",
) -> Head:
    """Everything for <head>.  ``title`` is the page's own part of it, empty for home; ``canonical`` a
    root-relative URL where it is not the page's own; ``extra`` are further OpenGraph properties."""
    settings = scope.settings
    whole = scope.absolute(canonical or url)
    text = shortened(description)
    graph = (
        ("og:type", kind),
        ("og:title", title or settings.title),
        ("og:description", text),
        ("og:url", whole),
        ("og:site_name", settings.title),
        ("og:locale", settings.lang.replace("-", "_") if "-" in settings.lang else ""),
    )
    return Head(
        title=f"{title} · {settings.title}" if title else settings.title,
        description=text,
        canonical=whole,
        robots=robots,
        meta=meta,
        property=tuple(pair for pair in graph + extra if pair[1]),
        feeds=tuple(feeds),
        cite_as=cite_as,
        jsonld=script(jsonld) if jsonld else Html(""),
        prev=prev,
        next=next_,
    )


def feeds(scope: Scope, url: str, base: str = "/", name: str = "") -> tuple[Feed, ...]:
    """The two feeds that stand at ``base``, for the page at ``url``; none when the site has no URL."""
    if not scope.settings.url:
        return ()
    way, label = scope.way(url), name or scope.settings.title
    return (
        Feed(f"{label} (Atom)", way(f"{base}feed.xml"), ATOM),
        Feed(f"{label} (JSON)", way(f"{base}feed.json"), JSON_FEED),
    )


def shortened(text: str, limit: int = 300) -> str:
    """One line of at most ``limit`` characters, cut between words."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    return line[: limit - 1].rsplit(" ", 1)[0].rstrip(",;:. ") + "…"


def common(scope: Scope, url: str, template: str, here: str = "", **rest: Any) -> dict[str, Any]:
    """Template, address and site of a page, as keywords for its record."""
    return {"template": f"pages/{template}.html", "url": url, "site": site(scope, url, here), **rest}
