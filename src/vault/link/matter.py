"""What notes are compared by, apart from all else that is known of them: little enough for another process
to be told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from vault.records import Graph, Note, Record, Resolved


class Matter(Record, frozen=True):
    """The notes that can be related to each other, in the order of their ids, field by field.

    ``tags`` are labels, ``terms`` is the words of each (``word count word count ...``), ``cites`` are works
    by id, ``works`` those that notes are about ("" where there is none), ``linked`` the notes that one links
    to or that link to it, by their place.  Logs, lists, their items and unlisted notes are not among them.
    """

    ids: tuple[str, ...]
    tags: tuple[tuple[str, ...], ...]
    terms: tuple[str, ...]
    cites: tuple[tuple[str, ...], ...]
    works: tuple[str, ...]
    linked: tuple[tuple[int, ...], ...]


def matter(graph: Graph, notes: Iterable[Note], work_of_note: Mapping[str, str]) -> Matter:
    """Of these notes, in a graph that may lack what is related."""
    found = sorted(filter(compared, notes), key=lambda note: note.id)
    return Matter(
        ids=tuple(note.id for note in found),
        tags=tuple(note.tags for note in found),
        terms=tuple(note.terms for note in found),
        cites=tuple(graph.cited.get(note.id, ()) for note in found),
        works=tuple(work_of_note.get(note.id, "") for note in found),
        linked=tuple(tuple(sorted(others)) for others in _linked(found, graph.resolved)),
    )


def compared(note: Note) -> bool:
    """Whether a note has related notes, and can be one."""
    return note.kind in ("note", "entry") and not note.unlisted


def _linked(notes: list[Note], resolved: Mapping[str, dict[str, Resolved]]) -> list[set[int]]:
    index = {note.id: number for number, note in enumerate(notes)}
    linked: list[set[int]] = [set() for _ in notes]
    for number, note in enumerate(notes):
        for found in resolved.get(note.id, {}).values():
            other = index.get(found.target, number) if found.kind == "note" else number
            if other != number:
                linked[number].add(other)
                linked[other].add(number)
    return linked
