"""Related notes: exact, the same for the same catalog, and in nearly linear time.

The score of two notes is the sum, over tags, cited works and rare words, of the cosine of their
vectors (``vectors``), plus a constant for a direct link and for one work.  A note's list holds the
best ``SHOWN`` of at least ``LEAST``, ties by id (``pairs``).

An edit changes the scores of a note's own pairs, and those of others only where it moves a feature's
weight (a power of two) or the bound of rarity; so lists that change are those of notes that share
something with the edited one, and those alone are made again (``again``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from vault.link.pairs import Pairs
from vault.link.vectors import Vector, Vocabulary, vectors
from vault.records import Note, Reason, Related, Resolved
from vault.tuples import NamedTuple

WORDS = 4
"""Shared words named as a reason."""


PAPER: Final = Reason("paper")
LINKS: Final = Reason("links")


class Subject(NamedTuple):
    """What is compared: notes in the order of their ids, what each is about, and who links to whom, both
    ways, by index."""

    notes: list[Note]
    features: list[Vector]
    linked: list[set[int]]


def subject(
    notes: Iterable[Note],
    work_of_note: Mapping[str, str],
    cited: Mapping[str, tuple[str, ...]],
    resolved: Mapping[str, dict[str, Resolved]],
    words: Vocabulary | None = None,
) -> Subject:
    """Of logs, lists, their items and unlisted notes, which have no related notes, there is nothing in it."""
    notes = sorted(filter(compared, notes), key=lambda note: note.id)
    return Subject(notes, vectors(notes, cited, work_of_note, words), _linked(notes, resolved))


def neighbours(now: Subject) -> dict[str, tuple[Related, ...]]:
    """Note id -> its related notes."""
    best = Pairs(now.features, now.linked).best()
    return {
        note.id: tuple(related(now, index, other) for _, other in best[index])
        for index, note in enumerate(now.notes)
        if best[index]
    }


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


def related(now: Subject, one: int, other: int) -> Related:
    """The other note, and why, the strongest kind first; of the words those that weigh most."""
    mine, yours = now.features[one], now.features[other]
    found = list[Reason]()
    if mine.work and mine.work == yours.work:
        found.append(PAPER)
    if other in now.linked[one]:
        found.append(LINKS)
    if cites := len(mine.cites.keys() & yours.cites.keys()):
        found.append(Reason("cites", cites))
    if tags := len(mine.tags.keys() & yours.tags.keys()):
        found.append(Reason("tags", tags))
    if words := mine.words.keys() & yours.words.keys():
        weighed = sorted([(-mine.words[word] * yours.words[word], word) for word in words])
        found.append(Reason("words", len(words), tuple([word for _, word in weighed[:WORDS]])))
    return Related(now.notes[other].id, tuple(found))
