"""Two pages that hardly change: about the site, and the one for addresses that lead nowhere."""

from __future__ import annotations

from html import escape
from typing import Final

from vault.compose import jsonld, listing, own, rows, words
from vault.compose.head import base_path, common, feeds, head, site
from vault.compose.scope import Scope
from vault.compose.tags import alive
from vault.compose.wholes import Bodies
from vault.records import Html, Parsed, changed
from vault.records.views import AboutPage, Anchor, MissingPage
from vault.tongue import marked

MEANINGS: Final = {
    "to-read": marked("In the queue, not opened yet."),
    "reading": marked("Begun, not finished."),
    "skimmed": marked("Read for its claim; the details are unchecked."),
    "read": marked("Read whole."),
    "dropped": marked("Put away unfinished; the note says why."),
}


def about_page(scope: Scope, bodies: Bodies) -> AboutPage:
    """What the owner says in ``about.md``, and what the marks mean."""
    url, settings, say = "/about/", scope.settings, scope.tongue.say
    way = scope.way(url)
    body, references = own.filled(scope, own.ABOUT, bodies, way)
    said = scope.own.get(own.ABOUT)
    files = (note.id for note in scope.bare.values() if note.kind in ("log", "list") and not note.unlisted)
    logs = [scope.catalog.notes[id_] for id_ in files]
    return AboutPage(
        **common(scope, url, "about"),
        head=head(
            scope,
            url,
            say("About"),
            (said.note.tldr if said else "")
            or settings.description
            or say("About {site}.", site=settings.title),
            feeds=feeds(scope, url),
            jsonld=jsonld.website(scope),
        ),
        title=_title(scope, said),
        body=body,
        references=references,
        numbered=own.numbered(scope),
        machines=listing.anchors(scope, url),
        states=tuple((rows.state_of(scope, word), say(text)) for word, text in MEANINGS.items()),
        counts=_counts(scope),
        logs=tuple(
            Anchor(
                log.title,
                way(scope.addresses.notes[log.id]),
                words.entries(scope.tongue, len(scope.orders.parts.get(log.id, ()))),
            )
            for log in logs
        ),
    )


def _title(scope: Scope, said: Parsed | None) -> Html:
    """The title that the text gives itself."""
    named = said is not None and rows.folded(said.note.title) != "about"
    return rows.title_html(said.note) if said and named else Html(escape(scope.tongue.say("About")))


def _counts(scope: Scope) -> tuple[tuple[str, str], ...]:
    notes, say = scope.listed(), scope.tongue.say
    lengths = dict(scope.lengths.items())
    pairs = (
        (say("Notes"), sum(note.kind != "item" for note in notes)),
        (say("Papers"), len(scope.addresses.works)),
        (say("Tags"), len(alive(scope))),
    )
    exact = tuple((label, scope.tongue.number(number)) for label, number in pairs if number)
    about = sum(lengths[note.id] for note in notes)
    return (*exact, (say("Words"), f"≈ {scope.tongue.number(about)}")) if about else exact


def missing_page(scope: Scope, _bodies: Bodies) -> MissingPage:
    """404.html is served at any depth, so it stands on the base address of the site."""
    url = "/404.html"
    way, say = scope.way(url), scope.tongue.say
    page = common(scope, url, "404")
    told = head(scope, url, say("Not found"), say("There is no such page."), robots="noindex")
    return MissingPage(
        **{**page, "site": changed(site(scope, url), base=base_path(scope))},
        head=changed(told, canonical=""),
        title=Html(escape(say("Page not found"))),
        links=(
            Anchor(say("Home"), way("/")),
            Anchor(say("Search"), way("/search/")),
            Anchor(say("Papers"), way("/papers/")),
            Anchor(say("Tags"), way("/tags/")),
            Anchor(say("Archive"), way("/archive/")),
        ),
    )
