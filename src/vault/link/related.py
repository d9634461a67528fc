"""Related notes: exact, the same for the same catalog, and in nearly linear time.

The score of two notes is the sum, over tags, cited works and rare words, of the cosine of their
vectors (``vectors``), plus a constant for a direct link and for one work.  A note's list holds the
best ``SHOWN`` of at least ``LEAST``, ties by id (``pairs``).

An edit changes the scores of a note's own pairs, and those of others only where it moves a feature's
weight (a power of two) or the bound of rarity; so lists that change are those of notes that share
something with the edited one, and those alone are made again (``again``).
"""

from __future__ import annotations

from typing import Final

from vault.link.matter import Matter
from vault.link.pairs import Pairs
from vault.link.vectors import Vector, Vocabulary, vectors
from vault.records import Reason, Related
from vault.tuples import NamedTuple

WORDS = 4
"""Shared words named as a reason."""


PAPER: Final = Reason("paper")
LINKS: Final = Reason("links")


class Subject(NamedTuple):
    """What is compared: the ids of notes in order, what each is about, and who links to whom, both ways, by
    index."""

    ids: tuple[str, ...]
    features: list[Vector]
    linked: list[set[int]]


def subject(matter: Matter, words: Vocabulary) -> Subject:
    return Subject(matter.ids, vectors(matter, words), list(map(set, matter.linked)))


def neighbours(now: Subject) -> dict[str, tuple[Related, ...]]:
    """Note id -> its related notes."""
    best = Pairs(now.features, now.linked).best()
    return {
        id_: tuple(related(now, index, other) for _, other in best[index])
        for index, id_ in enumerate(now.ids)
        if best[index]
    }


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
    return Related(now.ids[other], tuple(found))
