"""What a month's letter holds: its best notes, all of them by top tag, those that others link to."""

from __future__ import annotations

from collections import Counter
from typing import Final

from vault.compose import rows
from vault.compose.scope import Scope

Month = tuple[int, int]

BEST: Final = 3
LINKED: Final = 5


def digest_url(month: Month) -> str:
    return f"/digest/{month[0]:04}-{month[1]:02}/"


def letter_id(month: Month) -> str:
    """The id of the text that introduces a month."""
    return f"/digest/{month[0]:04}-{month[1]:02}"


def address(scope: Scope, id_: str) -> str:
    """Where a letter that is read elsewhere sends its reader: the note's page, else the paper's."""
    work = scope.work_of(scope.catalog.notes[id_])
    return scope.absolute(scope.addresses.notes[id_]) or (rows.best_url(work) if work else "")


def best(scope: Scope, month: Month) -> tuple[str, ...]:
    """The notes rated 5, else the three rated best; none where the month has little more than those."""
    ids = scope.orders.letters[month]
    rated = sorted(
        (id_ for id_ in ids if scope.catalog.notes[id_].rating), key=lambda id_: _worth(scope, id_)
    )
    top = [id_ for id_ in rated if scope.catalog.notes[id_].rating == 5] or rated[:BEST]
    return tuple(top) if len(ids) > max(BEST, len(top)) else ()


def _worth(scope: Scope, id_: str) -> float:
    return -scope.catalog.notes[id_].rating


def groups(scope: Scope, month: Month) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(tag of the first level, notes), the largest group first, each note once.

    A note goes to that of its tags which most notes of the month have, ties to the one it names first;
    notes without a tag come last, under an empty path.
    """
    ids = scope.orders.letters[month]
    tops = {id_: _tops(scope, id_) for id_ in ids}
    seen = Counter(path for paths in tops.values() for path in paths)
    found: dict[str, list[str]] = {}
    for id_ in ids:
        found.setdefault(max(tops[id_], key=lambda path: seen[path], default=""), []).append(id_)
    order = sorted(found, key=lambda path: (not path, -len(found[path]), path))
    return tuple((path, tuple(found[path])) for path in order)


def _tops(scope: Scope, id_: str) -> tuple[str, ...]:
    paths = [rows.tag_path(tag).partition("/")[0] for tag in scope.catalog.notes[id_].tags]
    return tuple(path for path in dict.fromkeys(paths) if path in scope.tag_links)


def linked(scope: Scope, month: Month) -> tuple[tuple[str, int], ...]:
    """The month's notes that most other notes link to, with how many; the newer first among equals."""
    counted = [
        (id_, len({link.note for link in scope.graph.backlinks.get(id_, ()) if _is_shown(scope, link.note)}))
        for id_ in scope.orders.letters[month]
    ]
    return tuple(sorted((pair for pair in counted if pair[1]), key=lambda pair: -pair[1])[:LINKED])


def _is_shown(scope: Scope, note_id: str) -> bool:
    """``scope.visible``, for whom it does not matter what the note says."""
    note = scope.bare.get(note_id)
    return note is not None and not note.unlisted
