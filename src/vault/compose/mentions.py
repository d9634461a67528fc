"""Who mentions this: the sentence cut at the mention."""

from __future__ import annotations

from collections.abc import Iterable

from vault.compose.rows import title_html
from vault.compose.scope import Scope, Way
from vault.records import Backlink
from vault.records.views import Mentioned


def mentioned(scope: Scope, way: Way, backlinks: Iterable[Backlink]) -> tuple[Mentioned, ...]:
    """Backlinks from notes that may be named."""
    return tuple(_mentioned(scope, way, link) for link in backlinks if scope.visible(link.note))


def _mentioned(scope: Scope, way: Way, link: Backlink) -> Mentioned:
    note = scope.catalog.notes[link.note]
    start, end = (link.start, link.end) if 0 <= link.start < link.end else (len(link.sentence),) * 2
    return Mentioned(
        href=way(scope.addresses.notes[note.id]),
        title=title_html(note),
        heading=link.heading,
        before=link.sentence[:start],
        mark=link.sentence[start:end],
        after=link.sentence[end:],
    )
