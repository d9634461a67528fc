"""The texts that the owner writes for pages of the site: ``about.md``, ``digest/2025-01.md``."""

from __future__ import annotations

from vault.compose.body import FILLERS
from vault.compose.cites import listed, plain
from vault.compose.embeds import endnotes
from vault.compose.filling import Filling, Frame
from vault.compose.said import said
from vault.compose.scope import Scope, Way
from vault.compose.wholes import BodyOf
from vault.records import Body, Html
from vault.records.views import Reference
from vault.references import STYLES

ABOUT = "/about"


def filled(scope: Scope, name: str, bodies: BodyOf, way: Way) -> tuple[Html, tuple[Reference, ...]]:
    """The text by its id on the page that shows it, and what it cites; nothing where there is none."""
    found = _filling(scope, name, bodies, way, "")
    if found is None:
        return Html(""), ()
    fill, frame = found
    html, cited = listed(fill, fill.blocks(frame, fill.body(name)))
    return Html(said(scope.tongue, frame.note, html)), cited


def for_feed(scope: Scope, name: str, bodies: BodyOf, url: str) -> str:
    """The text for a feed: every address whole, sidenotes and references at its end; ``url`` is that of
    the page that shows it."""
    found = _filling(scope, name, bodies, scope.absolute, scope.absolute(url))
    if found is None:
        return ""
    fill, frame = found
    html, cited = listed(fill, fill.blocks(frame, fill.body(name)) + endnotes(frame))
    html = said(scope.tongue, frame.note, html)
    items = "".join(f"<li>{plain(reference)}</li>" for reference in cited)
    return f"{html}<ol>{items}</ol>" if items else html


def _filling(scope: Scope, name: str, bodies: BodyOf, way: Way, away: str) -> tuple[Filling, Frame] | None:
    own = scope.own.get(name)
    if own is None:
        return None

    def either(note_id: str) -> Body:
        return own.body if note_id == name else bodies(note_id)

    return Filling(scope, name, way, either, FILLERS), Frame(scope, own.note, "", (name,), away)


def numbered(scope: Scope) -> bool:
    """Whether references have numbers; else they go by author and year."""
    return not STYLES[scope.settings.cite_style].ordered
