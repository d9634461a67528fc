"""Two pages that hardly change: about the site, and the one for addresses that lead nowhere."""

from __future__ import annotations

from html import escape
from typing import Final

from vault.compose import jsonld, listing, own, rows, words
from vault.compose.head import base_path, common, feeds, head, site
from vault.compose.scope import Bodies, Scope
from vault.compose.tags import alive
from vault.records import Html, Parsed, changed
from vault.records.views import AboutPage, Anchor, MissingPage

MEANINGS: Final = {
    "to-read": "In the queue, not opened yet.",
    "reading": "Begun, not finished.",
    "skimmed": "Read for its claim; the details are unchecked.",
    "read": "Read whole.",
    "dropped": "Put away unfinished; the note says why.",
}


def about_page(scope: Scope, bodies: Bodies) -> AboutPage:
    """What the owner says in ``about.md``, and what the marks mean."""
    url, settings = "/about/", scope.settings
    way = scope.way(url)
    body, references = own.filled(scope, own.ABOUT, bodies, way)
    said = scope.own.get(own.ABOUT)
    logs = [
        note for note in scope.catalog.notes.values() if note.kind in ("log", "list") and not note.unlisted
    ]
    return AboutPage(
        **common(scope, url, "about"),
        head=head(
            scope,
            url,
            "About",
            (said.note.tldr if said else "") or settings.description or f"About {settings.title}.",
            feeds=feeds(scope, url),
            jsonld=jsonld.website(scope),
        ),
        title=_title(said),
        body=body,
        references=references,
        numbered=own.numbered(scope),
        machines=listing.anchors(scope, url),
        states=tuple((rows.STATES[word], text) for word, text in MEANINGS.items()),
        counts=_counts(scope),
        logs=tuple(
            Anchor(
                log.title,
                way(scope.addresses.notes[log.id]),
                words.count(len(scope.orders.parts.get(log.id, ())), "entry", "entries"),
            )
            for log in logs
        ),
    )


def _title(said: Parsed | None) -> Html:
    """The title that the text gives itself."""
    named = said is not None and rows.folded(said.note.title) != "about"
    return rows.title_html(said.note) if said and named else Html("About")


def _counts(scope: Scope) -> tuple[tuple[str, str], ...]:
    notes = [scope.catalog.notes[id_] for id_ in scope.orders.listed]
    lengths = dict(scope.lengths.items())
    pairs = (
        ("Notes", sum(note.kind != "item" for note in notes)),
        ("Papers", len(scope.addresses.works)),
        ("Tags", len(alive(scope))),
        ("Words", sum(lengths[note.id] for note in notes)),
    )
    return tuple((label, f"{number:,}") for label, number in pairs if number)


def missing_page(scope: Scope, _bodies: Bodies) -> MissingPage:
    """404.html is served at any depth, so it stands on the base address of the site."""
    url = "/404.html"
    way = scope.way(url)
    page = common(scope, url, "404")
    return MissingPage(
        **{**page, "site": changed(site(scope, url), base=base_path(scope))},
        head=changed(head(scope, url, "Not found", "There is no such page.", robots="noindex"), canonical=""),
        title=Html(escape("Page not found")),
        links=(
            Anchor("Home", way("/")),
            Anchor("Papers", way("/papers/")),
            Anchor("Tags", way("/tags/")),
            Anchor("Archive", way("/archive/")),
        ),
    )
