"""Every pair of notes that may be related, met once: the best of each note.

Only notes that share a feature of at most ``CROWD`` notes, or a link, are compared: a feature of m
notes costs m * m / 2, so the whole costs at most CROWD / 2 for each feature of each note.  Tags of
more notes are counted when two notes meet by something else.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter, defaultdict

from vault.link.vectors import CROWD, LINKED, ONE, WEIGHTS, Features, Vector

SHOWN = 6
LEAST = ONE * ONE * 45 // 100
"""A score below this is chance: a few common words, or one tag that half the vault has."""

Posting = list[tuple[int, int]]
"""(index of the note, weight) of the notes met so far that have one feature."""

Row = tuple[Posting, int, int]
"""A feature of a note: its posting list, its weight times that of its class, its weight."""

Ranked = list[tuple[int, int]]
"""(-score, index of the note): sorted, the best first, ties in path order."""


class Pairs:
    """Meets every pair that may be related once: each note with those before it."""

    def __init__(self, features: list[Vector], linked: list[set[int]]) -> None:
        self.features = features
        self.linked = linked
        self.heads = Heads(features)
        self.rows = _rows(features)
        self.lists: list[Ranked] = [[] for _ in features]
        self.needed = [LEAST] * len(features)

    def best(self) -> list[Ranked]:
        """A pair is looked at closely only if it may enter one of the two lists."""
        needed, masks, most = self.needed, self.heads.masks, self.heads.most
        for index, mask in enumerate(masks):
            for other, score in self._scores(index).items():
                total = score
                if mask & masks[other]:
                    if (bound := score + most[index]) < needed[index] and bound < needed[other]:
                        continue
                    total += self.heads.score(index, other)
                if total >= needed[index]:
                    self._offer(index, other, total)
                if total >= needed[other]:
                    self._offer(other, index, total)
        return self.lists

    def _scores(self, index: int) -> dict[int, int]:
        """Scores with every earlier note that shares something; this one joins the postings."""
        scores: dict[int, int] = defaultdict(int)
        for other in self.linked[index]:
            if other < index:
                scores[other] += LINKED * ONE * ONE
        for posting, mine, weight in self.rows[index]:
            for other, yours in posting:
                scores[other] += mine * yours
            posting.append((index, weight))
        return scores

    def _offer(self, index: int, other: int, total: int) -> None:
        """Keep the best few; ``needed`` is what the next one must reach."""
        ranked = self.lists[index]
        insort(ranked, (-total, other))
        if len(ranked) > SHOWN:
            ranked.pop()
        if len(ranked) == SHOWN:
            self.needed[index] = -ranked[-1][0]


class Heads:
    """Tags of too many notes: they bring none together, and count where two have met.

    ``masks`` has a bit a tag, ``most`` is what they can add to any pair of a note.
    """

    def __init__(self, features: list[Vector]) -> None:
        self.tags = sorted(crowds(features, "tag"))
        bits = {tag: 1 << place for place, tag in enumerate(self.tags)}
        self.weights = [{tag: vector.tags[tag] for tag in vector.tags if tag in bits} for vector in features]
        self.masks = [sum(bits[tag] for tag in weights) for weights in self.weights]
        largest: dict[str, int] = {}
        for weights in self.weights:
            for tag, weight in weights.items():
                largest[tag] = max(weight, largest.get(tag, 0))
        self.most = [
            WEIGHTS["tag"] * sum(weight * largest[tag] for tag, weight in weights.items())
            for weights in self.weights
        ]

    def score(self, one: int, other: int) -> int:
        mine, yours = self.weights[one], self.weights[other]
        return WEIGHTS["tag"] * sum(mine[tag] * yours[tag] for tag in mine if tag in yours)


def common(features: list[Vector]) -> dict[str, set[str]]:
    """The features that too many notes have, by kind; words of so many weigh nothing (``rarity``)."""
    return {kind: crowds(features, kind) if kind != "word" else set() for kind in WEIGHTS}


def crowds(features: list[Vector], kind: str) -> set[str]:
    """The features of a kind that too many notes have."""
    members = Counter(name for vector in features for name in of_kind(vector, kind))
    return {name for name, count in members.items() if count > CROWD}


def _rows(features: list[Vector]) -> list[list[Row]]:
    """Each note's features that bring notes together, each with the posting list it shares."""
    rows: list[list[Row]] = [[] for _ in features]
    for kind in WEIGHTS:
        named = [of_kind(vector, kind) for vector in features]
        members = Counter(name for weights in named for name in weights)
        postings: dict[str, Posting] = {name: [] for name, count in members.items() if 1 < count <= CROWD}
        for row, weights in zip(rows, named, strict=True):
            for name, weight in weights.items():
                if name in postings:
                    row.append((postings[name], weight * WEIGHTS[kind], weight))
    return rows


def of_kind(vector: Vector, kind: str) -> Features:
    if kind == "work":
        return {vector.work: ONE} if vector.work else {}
    return {"tag": vector.tags, "cite": vector.cites, "word": vector.words}[kind]
