"""Related notes: exact, the same for the same catalog, and in nearly linear time.

The score of two notes is the sum, over tags, cited works and rare words, of the cosine of their
vectors (``vectors``), plus a constant for a direct link and for one work.  A note's list holds the
best ``SHOWN`` of at least ``LEAST``, ties by id.

Only notes that share a feature of at most ``CROWD`` notes, or a link, are compared: a feature of m
notes costs m * m / 2, so the whole costs at most CROWD / 2 for each feature of each note.  Tags of
more notes are counted when two notes meet by something else.

An edit changes the scores of a note's own pairs, and those of others only where it moves a feature's
weight (a power of two) or the bound of rarity; so lists that change are those of notes that share
something with the edited one, and nothing is remembered that could be stale.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Iterable

from vault.link.vectors import CROWD, LINKED, ONE, WEIGHTS, Features, Vector, vectors
from vault.records import Note, Reason, Related, Resolved

SHOWN = 6
LEAST = ONE * ONE * 45 // 100
"""A score below this is chance: a few common words, or one tag that half the vault has."""

WORDS = 4
"""Shared words named as a reason."""

Posting = list[tuple[int, int]]
"""(index of the note, weight) of the notes met so far that have one feature."""

Row = tuple[Posting, int, int]
"""A feature of a note: its posting list, its weight times that of its class, its weight."""

Ranked = list[tuple[int, int]]
"""(-score, index of the note): sorted, the best first, ties in path order."""


def neighbours(
    notes: Iterable[Note],
    work_of_note: dict[str, str],
    cited: dict[str, tuple[str, ...]],
    resolved: dict[str, dict[str, Resolved]],
) -> dict[str, tuple[Related, ...]]:
    """Note id -> its related notes.  Logs, lists, their items and unlisted notes have none."""
    notes = sorted(filter(compared, notes), key=lambda note: note.id)
    features = vectors(notes, cited, work_of_note)
    linked = _linked(notes, resolved)
    best = _Pairs(features, linked).best()
    return {
        note.id: tuple(
            Related(notes[other].id, _reasons(index, other, features, linked)) for _, other in best[index]
        )
        for index, note in enumerate(notes)
        if best[index]
    }


def compared(note: Note) -> bool:
    """Whether a note has related notes, and can be one."""
    return note.kind in ("note", "entry") and not note.unlisted


def _linked(notes: list[Note], resolved: dict[str, dict[str, Resolved]]) -> list[set[int]]:
    """Who links to whom, both ways, by index."""
    index = {note.id: number for number, note in enumerate(notes)}
    linked: list[set[int]] = [set() for _ in notes]
    for number, note in enumerate(notes):
        for found in resolved.get(note.id, {}).values():
            other = index.get(found.target, number) if found.kind == "note" else number
            if other != number:
                linked[number].add(other)
                linked[other].add(number)
    return linked


class _Pairs:
    """Meets every pair that may be related once: each note with those before it."""

    def __init__(self, features: list[Vector], linked: list[set[int]]) -> None:
        self.features = features
        self.linked = linked
        self.heads = _Heads(features)
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


class _Heads:
    """Tags of too many notes: they bring none together, and count where two have met.

    ``masks`` has a bit a tag, ``most`` is what they can add to any pair of a note.
    """

    def __init__(self, features: list[Vector]) -> None:
        members = Counter(tag for vector in features for tag in vector.tags)
        self.tags = sorted(tag for tag, count in members.items() if count > CROWD)
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


def _rows(features: list[Vector]) -> list[list[Row]]:
    """Each note's features that bring notes together, each with the posting list it shares."""
    rows: list[list[Row]] = [[] for _ in features]
    for kind in WEIGHTS:
        named = [_of_kind(vector, kind) for vector in features]
        members = Counter(name for weights in named for name in weights)
        postings: dict[str, Posting] = {name: [] for name, count in members.items() if 1 < count <= CROWD}
        for row, weights in zip(rows, named, strict=True):
            for name, weight in weights.items():
                if name in postings:
                    row.append((postings[name], weight * WEIGHTS[kind], weight))
    return rows


def _of_kind(vector: Vector, kind: str) -> Features:
    if kind == "work":
        return {vector.work: ONE} if vector.work else {}
    return {"tag": vector.tags, "cite": vector.cites, "word": vector.words}[kind]


def _reasons(one: int, other: int, features: list[Vector], linked: list[set[int]]) -> tuple[Reason, ...]:
    """Why, the strongest kind first; of the words those that weigh most."""
    mine, yours = features[one], features[other]
    shared = [
        (-weight * yours.words[word], word) for word, weight in mine.words.items() if word in yours.words
    ]
    words = tuple(word for _, word in sorted(shared))
    tags = sum(tag in yours.tags for tag in mine.tags)
    cites = sum(work in yours.cites for work in mine.cites)
    found = (
        (mine.work != "" and mine.work == yours.work, Reason("paper")),
        (other in linked[one], Reason("links")),
        (cites, Reason("cites", cites)),
        (tags, Reason("tags", tags)),
        (words, Reason("words", len(words), words[:WORDS])),
    )
    return tuple(reason for holds, reason in found if holds)
