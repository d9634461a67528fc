"""Related notes where few notes are about something else than they were: those alone are compared again.

A note's *mark* names all that its scores depend on: its vector, its links, and which of its features
are too common to bring notes together.  A pair of notes whose marks are as they were has the score that it
had.  So a list is made anew where its note, or one that was in it, has another mark; and a note with
another mark is offered to all others.  ``tests/test_related.py`` compares this with ``neighbours``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final

from vault.link.pairs import LEAST, SHOWN, Heads, Posting, Ranked, common, of_kind
from vault.link.related import Subject, neighbours, related
from vault.link.vectors import LINKED, ONE, WEIGHTS
from vault.records import Packed, Related, encode, pack, raw
from vault.records.hashes import blake2b
from vault.tuples import NamedTuple

FEW: Final = 8
"""With one note in so many otherwise, all are compared."""

WIDTH: Final = 8
"""Bytes of a mark."""


class Last(NamedTuple):
    """Related notes, and the marks of the notes that they were found for."""

    related: dict[str, tuple[Related, ...]]
    marks: dict[str, bytes]


def marks(now: Subject) -> dict[str, bytes]:
    """Note id -> its mark."""
    crowded = [(kind, names) for kind, names in common(now.features).items() if names]
    ids = now.ids
    found = {}
    for id_, vector, linked in zip(ids, now.features, now.linked, strict=True):
        shared = [sorted(names.intersection(of_kind(vector, kind))) for kind, names in crowded]
        data = encode((vector, sorted(ids[other] for other in linked), shared))
        found[id_] = blake2b(data, digest_size=WIDTH).digest()
    return found


def renewed(now: Subject, fresh: Mapping[str, bytes], last: Last | None) -> dict[str, tuple[Related, ...]]:
    """What ``neighbours`` finds; ``fresh`` are the marks as they are now."""
    if last is None:
        return neighbours(now)
    index = {id_: at for at, id_ in enumerate(now.ids)}
    edited = {at for id_, at in index.items() if last.marks.get(id_) != fresh[id_]}
    if len(edited) * FEW > len(index):
        return neighbours(now)
    gone = {id_ for id_ in last.marks if id_ not in index}
    return merged(now, last.related, Again(now, index, last).lists(edited, gone))


def merged(
    now: Subject, last: dict[str, tuple[Related, ...]], lists: dict[int, tuple[Related, ...]]
) -> dict[str, tuple[Related, ...]]:
    """The last lists with these by index in their place; packed where the last ones are."""
    found = {now.ids[at]: each for at, each in lists.items()}
    new: dict[str, Any] = {id_: each for id_, each in found.items() if each}
    if isinstance(last, Packed):
        new = raw(pack(new, last.kind))
    both = {id_: each for id_, each in raw(last).items() if id_ not in found} | new
    kept = {id_: both[id_] for id_ in now.ids if id_ in both}
    return Packed(kept, last.kind) if isinstance(last, Packed) else kept


class Again:
    """Scores of single notes with all others, and of single pairs."""

    def __init__(self, now: Subject, index: Mapping[str, int], last: Last) -> None:
        self.now, self.index = now, index
        self.last = dict(last.related.items())
        self.heads = Heads(now.features)
        self.common = common(now.features)
        self.postings: dict[str, dict[str, Posting]] = {kind: {} for kind in WEIGHTS}

    def lists(self, edited: set[int], gone: set[str]) -> dict[int, tuple[Related, ...]]:
        """By index, the lists that may not be what they were."""
        moved = gone | {self.now.ids[at] for at in edited}
        anew = edited | {
            self.index[id_]
            for id_, found in self.last.items()
            if id_ in self.index and not moved.isdisjoint(one.note for one in found)
        }
        self.open(anew)
        totals = {at: self.totals(at) for at in sorted(anew)}
        lists = {at: self.told(at, best(found)) for at, found in totals.items()}
        offers: dict[int, Ranked] = defaultdict(list)
        for at in edited:
            for other, total in totals[at].items():
                if other not in anew:
                    offers[other].append((-total, at))
        return lists | {
            at: self.told(at, new) for at, found in offers.items() if (new := self.grown(at, found))
        }

    def open(self, wanted: Iterable[int]) -> None:
        """Make the postings of what these notes have."""
        for kind in WEIGHTS:
            every = [of_kind(vector, kind) for vector in self.now.features]
            names = {name for at in wanted for name in every[at]} - self.common[kind]
            postings: dict[str, Posting] = {name: [] for name in names}
            for at, weights in enumerate(every):
                for name in names.intersection(weights):
                    postings[name].append((at, weights[name]))
            self.postings[kind] = postings

    def totals(self, at: int) -> dict[int, int]:
        """The scores of one note with all that it may be related to."""
        scores: dict[int, int] = defaultdict(int)
        for other in self.now.linked[at]:
            scores[other] += LINKED * ONE * ONE
        for kind, postings in self.postings.items():
            for name, weight in of_kind(self.now.features[at], kind).items():
                for other, yours in postings.get(name, ()):
                    scores[other] += weight * WEIGHTS[kind] * yours
        scores.pop(at, None)
        return {other: total for other in scores if (total := self.whole(at, other, scores[other])) >= LEAST}

    def whole(self, one: int, other: int, score: int) -> int:
        """With the tags that count once two notes have met."""
        masks = self.heads.masks
        return score + self.heads.score(one, other) if masks[one] & masks[other] else score

    def pair(self, one: int, other: int) -> int:
        """The score of two notes that have met."""
        score = LINKED * ONE * ONE if other in self.now.linked[one] else 0
        for kind, weight in WEIGHTS.items():
            mine, yours = of_kind(self.now.features[one], kind), of_kind(self.now.features[other], kind)
            shared = (name for name in mine if name in yours and name not in self.common[kind])
            score += weight * sum(mine[name] * yours[name] for name in shared)
        return self.whole(one, other, score)

    def grown(self, at: int, offers: Ranked) -> Ranked | None:
        """The list of a note whose pairs in it are what they were, with what is offered; None where nothing
        of that enters."""
        before = self.last.get(self.now.ids[at], ())
        others = [self.index[one.note] for one in before]
        if len(others) == SHOWN and min(offers) > (-self.pair(at, others[-1]), others[-1]):
            return None
        return sorted([*((-self.pair(at, other), other) for other in others), *offers])[:SHOWN]

    def told(self, at: int, found: Ranked) -> tuple[Related, ...]:
        return tuple(related(self.now, at, other) for _, other in found)


def best(totals: dict[int, int]) -> Ranked:
    return sorted((-total, other) for other, total in totals.items())[:SHOWN]
