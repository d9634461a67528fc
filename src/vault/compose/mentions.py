"""Who mentions this: the sentences of each note, cut at the mention."""

from __future__ import annotations

from collections.abc import Iterable

from vault.compose.quoting import spoken
from vault.compose.rows import title_html, voice
from vault.compose.scope import Scope, Way
from vault.records import Backlink
from vault.records.views import Mentioned, Quote


def mentioned(scope: Scope, way: Way, backlinks: Iterable[Backlink]) -> tuple[Mentioned, ...]:
    """Notes that may be named, each once, in the order of their first mention."""
    by_note: dict[str, list[Backlink]] = {}
    for link in backlinks:
        if scope.visible(link.note):
            by_note.setdefault(link.note, []).append(link)
    return tuple(_mentioned(scope, way, note_id, links) for note_id, links in by_note.items())


def _mentioned(scope: Scope, way: Way, note_id: str, links: list[Backlink]) -> Mentioned:
    note = scope.catalog.notes[note_id]
    quotes = tuple(_quote(scope, link) for link in links)
    return Mentioned(way(scope.addresses.notes[note_id]), title_html(note), quotes, *voice(scope, note))


def _quote(scope: Scope, link: Backlink) -> Quote:
    if link.embed:
        return Quote("", "", "", _shown(scope, link.heading))
    start, end = (link.start, link.end) if 0 <= link.start < link.end else (len(link.sentence),) * 2
    sentence = link.sentence
    pieces = (sentence[:start], sentence[start:end], sentence[end:])
    before, mark, after = (spoken(scope, link.note, piece) for piece in pieces)
    place = scope.tongue.say("under {heading}", heading=link.heading) if link.heading else ""
    return Quote(before, mark, after, place)


def _shown(scope: Scope, heading: str) -> str:
    say = scope.tongue.say
    return say("shown there under {heading}", heading=heading) if heading else say("shown there")
