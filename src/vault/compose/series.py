"""Notes that belong together in an order: the series of a note, as a box on its page."""

from __future__ import annotations

from typing import Final

from vault.compose import rows
from vault.compose.orders import series_key
from vault.compose.scope import Scope, Way
from vault.records import Note
from vault.records.views import Anchor, Series

WHOLE: Final = 9
"""A series of so many notes is shown whole; of a longer one the first, the last and those near."""
NEAR: Final = 3


def series(scope: Scope, way: Way, note: Note) -> Series | None:
    """The series that a note names, oldest note first; none for a note that is alone in its own."""
    ids = scope.orders.series.get(series_key(note), ())
    if len(ids) < 2 or note.id not in ids:
        return None
    at = ids.index(note.id)
    shown = [n for n in range(len(ids)) if len(ids) <= WHOLE or n in (0, len(ids) - 1) or abs(n - at) <= NEAR]
    return Series(
        label=" ".join(note.series.split()),
        place=scope.tongue.say("{n} of {total}", n=at + 1, total=len(ids)),
        parts=tuple(_part(scope, way, ids[n], n + 1, here=n == at) for n in shown),
    )


def _part(scope: Scope, way: Way, id_: str, number: int, *, here: bool) -> Anchor:
    note = scope.catalog.notes[id_]
    href = "" if here else way(scope.addresses.notes[id_])
    return Anchor(rows.short_title(note), href, str(number), *rows.voice(scope, note))
