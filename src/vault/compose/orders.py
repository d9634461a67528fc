"""The vault in the orders that pages need: by time, by month, by log, by work.  Made once, linear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable
from typing import TypeVar

from vault.records import Catalog, Date, Note, Record, Tag

K = TypeVar("K")
Ids = tuple[str, ...]
"""Of notes, or of works."""


class Orders(Record, frozen=True):
    """Note ids in several orders; every list but ``parts`` is newest first, undated last.

    ``listed`` may stand in lists (no unlisted note, no file of a log or a list as a whole).
    ``timeline`` are those that say something and have a year, and the entries of feeds; ``beside`` are the
    notes before and after each of them ("" where there is none).  ``undated`` are listed notes without a
    year, items of lists apart.
    ``added`` are ids by the month in which a note came into the queue.  ``parts`` are the entries of
    a log or the items of a list, in source order.  ``noted`` maps a work to its listed notes, oldest
    first; items of reading lists only where there is nothing else.  ``letters`` are the notes of the
    timeline by month; ``series`` are listed notes by the folded name of their series, oldest first;
    ``tagged`` is by tag path.
    """

    listed: tuple[str, ...]
    timeline: tuple[str, ...]
    beside: dict[str, tuple[str, str]]
    years: dict[int, tuple[str, ...]]
    months: dict[tuple[int, int], tuple[str, ...]]
    undated: tuple[str, ...]
    added: dict[tuple[int, int], tuple[str, ...]]
    parts: dict[str, tuple[str, ...]]
    noted: dict[str, tuple[str, ...]]
    tagged: dict[str, Tagged]
    letters: dict[tuple[int, int], tuple[str, ...]]
    series: dict[str, tuple[str, ...]]


class Tagged(Record, frozen=True):
    """The notes of a tag and of those below it, newest first: those that its page lists, how many of
    them each year has (0: without one), and those that are in the timeline."""

    listed: tuple[str, ...]
    years: dict[int, int]
    timeline: tuple[str, ...]


def listed(note: Note) -> bool:
    """Whether a note may stand in lists."""
    return not note.unlisted and note.kind in ("note", "entry", "item")


def written(note: Note) -> bool:
    """Whether a note says something of its own: it has words, or is no paper that only waits."""
    return note.kind in ("note", "entry") and (note.words > 0 or note.status != "to-read")


def series_key(note: Note) -> str:
    """What names the series of a note: equal for names that differ by case or spaces alone."""
    return " ".join(note.series.casefold().split())


def arrange(catalog: Catalog) -> Orders:
    notes = [catalog.notes[id_] for id_ in catalog.dated if listed(catalog.notes[id_])]
    dated = [(note, note.date) for note in notes if note.date and note.date.year]
    timeline = tuple(note.id for note, _ in dated if written(note))
    beside = neighbours(timeline)
    year = {note.id: note.date.year if note.date else 0 for note in notes}
    return Orders(
        listed=tuple(note.id for note in notes),
        timeline=timeline,
        beside=beside,
        years=_grouped((date.year, note.id) for note, date in dated),
        months=_grouped((_month(date), note.id) for note, date in dated if date.month),
        undated=tuple(
            note.id for note in notes if note.kind != "item" and not (note.date and note.date.year)
        ),
        added=_grouped((_month(note.added), note.id) for note in notes if note.added and note.added.month),
        parts=_grouped((note.log, note.id) for note in catalog.notes.values() if note.log and listed(note)),
        noted=_noted(catalog),
        tagged={path: _tagged(tag, year, beside) for path, tag in catalog.tags.items()},
        letters=_grouped((_month(date), note.id) for note, date in dated if date.month and written(note)),
        series=_grouped((series_key(note), note.id) for note in reversed(notes) if series_key(note)),
    )


def neighbours(timeline: tuple[str, ...]) -> dict[str, tuple[str, str]]:
    """Of each note the one before and the one after it in time: its place would be another one whenever a
    newer note comes."""
    return dict(zip(timeline, zip((*timeline[1:], ""), ("", *timeline), strict=False), strict=False))


def _noted(catalog: Catalog) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for work in catalog.works.values():
        notes = [note for id_ in work.notes if listed(note := catalog.notes[id_])]
        ids = [note.id for note in notes if note.kind != "item"] or [note.id for note in notes]
        if ids:
            found[work.id] = tuple(ids)
    return found


def _tagged(tag: Tag, year: dict[str, int], timeline: Container[str]) -> Tagged:
    ids = tuple(id_ for id_ in tag.all if id_ in year)
    years = dict(Counter(map(year.__getitem__, ids)))
    return Tagged(ids, years, tuple(id_ for id_ in ids if id_ in timeline))


def _month(date: Date) -> tuple[int, int]:
    return date.year, date.month


def _grouped(pairs: Iterable[tuple[K, str]]) -> dict[K, tuple[str, ...]]:
    groups: dict[K, list[str]] = {}
    for key, id_ in pairs:
        groups.setdefault(key, []).append(id_)
    return {key: tuple(ids) for key, ids in groups.items()}
