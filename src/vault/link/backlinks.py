"""Who mentions a note or a work, and with which words."""

from __future__ import annotations

from collections.abc import Iterable

from vault.link.resolve import Hit
from vault.records import Backlink, Catalog, Note
from vault.tuples import NamedTuple

SHARED = 20
"""A mention of a paper by its page counts for each of its notes, up to so many: else a work with
many notes and many mentions would take quadratic time.  ``work_backlinks`` has them all."""


class Rows(NamedTuple):
    notes: dict[str, tuple[Backlink, ...]]
    works: dict[str, tuple[Backlink, ...]]


def cited(catalog: Catalog, hits: dict[str, list[Hit]]) -> dict[str, tuple[str, ...]]:
    """Note -> works it mentions, each once, in order of first mention; never its own.

    A paper that is in no catalog stands there by its key.
    """
    result: dict[str, tuple[str, ...]] = {}
    for note, found in hits.items():
        own = catalog.work_of_note.get(note, "")
        if works := tuple(dict.fromkeys(hit.work for hit in found if hit.work not in ("", own))):
            result[note] = works
    return result


def collect(catalog: Catalog, sources: Iterable[Note], hits: dict[str, list[Hit]]) -> Rows:
    """Backlinks by note and by work, in the order of ``sources``, then of the mentions.

    Mentions of one note in one sentence are one row, that of the first.
    """
    notes: dict[str, dict[tuple[str, str], Backlink]] = {}
    works: dict[str, dict[tuple[str, str], Backlink]] = {}
    for source in sources:
        own = catalog.work_of_note.get(source.id, "")
        for hit in hits.get(source.id, ()):
            row = backlink(hit)
            place = (source.id, row.sentence)
            for target in _targets(hit, catalog):
                notes.setdefault(target, {}).setdefault(place, row)
            if hit.work in catalog.works and hit.work != own:
                works.setdefault(hit.work, {}).setdefault(place, row)
    return Rows(_sorted(notes), _sorted(works))


def _targets(hit: Hit, catalog: Catalog) -> tuple[str, ...]:
    if hit.note:
        return (hit.note,)
    work = catalog.works.get(hit.work)
    if work is None or hit.work == catalog.work_of_note.get(hit.source):
        return ()
    return work.notes[:SHARED]


def backlink(hit: Hit) -> Backlink:
    link = hit.link
    return Backlink(hit.source, link.sentence, link.start, link.end, link.heading, link.kind == "embed")


def _sorted(rows: dict[str, dict[tuple[str, str], Backlink]]) -> dict[str, tuple[Backlink, ...]]:
    return {target: tuple(found.values()) for target, found in sorted(rows.items())}
