"""What a note is about, as small integer vectors.

Every number here is an integer, so that no rounding can change an order.  A feature is a tag, a cited
work, the note's own work, or a rare word; each class is scaled to length ``ONE`` and then weighed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import isqrt

from vault import naming
from vault.link.matter import Matter
from vault.tuples import NamedTuple

ONE = 1000
"""The length of a class's vector; two equal ones give a score of ONE * ONE times the weight."""

WEIGHTS = {"word": 3, "tag": 4, "cite": 5, "work": 8}

SHORTEST = {"word": 12, "tag": 8, "cite": 8}
"""Least length a class's vector counts as having, so that two notes with nothing but one common tag
or word are not taken for equal."""
LINKED = 4
"""A direct link between two notes is worth as much as equal tags."""

BEST = 30
"""Words kept of a note."""

CROWD = 400
"""A feature of more notes than this brings none of them together (for tags it still counts)."""

Features = dict[str, int]


class Vector(NamedTuple):
    """Features with their scaled weights, by class."""

    tags: Features
    cites: Features
    words: Features
    work: str


class Vocabulary(NamedTuple):
    """Of the notes that are compared: how many there are, and how many of them have each word."""

    total: int
    members: dict[str, int]


def idf(notes: int, members: int) -> int:
    """1, 2, 4, 8 or 16: the logarithm of notes / members, rounded down to a power of two.

    So coarse that one note more or less moves it for hardly any feature, and with it hardly any page.
    """
    return 1 << max(0, (notes // max(1, members)).bit_length().bit_length() - 1)


def scaled(weights: Features, shortest: int) -> Features:
    """The same direction with length ONE, or less where the vector was very short."""
    length = max(shortest, isqrt(sum(weight * weight for weight in weights.values())))
    return {name: weight * ONE // length for name, weight in weights.items()}


def vectors(matter: Matter, words: Vocabulary) -> list[Vector]:
    """One vector a note, in the same order; ``words`` are those of all of them."""
    by_tag = _by_rarity([*map(_paths, matter.tags)], "tag")
    by_cite, by_word = _by_rarity(matter.cites, "cite"), _words(matter.terms, words)
    return [*map(Vector, by_tag, by_cite, by_word, matter.works)]


def _paths(labels: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(path for label in labels if (path := naming.tag_path(label))))


def _by_rarity(lists: Sequence[tuple[str, ...]], kind: str) -> list[Features]:
    """Features that a note has or has not; one on more than a tenth of the notes (and more than ten)
    weighs least."""
    count = Counter(name for names in lists for name in names)
    total = len(lists)
    weight = {
        name: 1 if members > max(10, total // 10) else 2 * idf(total, members)
        for name, members in count.items()
    }
    return [scaled({name: weight[name] for name in names}, SHORTEST[kind]) for names in lists]


def counted(terms: Iterable[str]) -> Vocabulary:
    """The words of notes (of each ``word count word count ...``)."""
    members: Counter[str] = Counter()
    total = 0
    for text in terms:
        members.update(text.split()[::2])
        total += 1
    return Vocabulary(total, dict(members))


def _words(terms: Sequence[str], known: Vocabulary) -> list[Features]:
    """The best rare words of each note: those in two notes at least and in few, by tf * idf.  Ties go to the
    word first in the alphabet.
    """
    total, members = known
    weight = {word: found for word, n in members.items() if (found := rarity(total, n))}
    # Cut twice: the words of all notes at once would be more than the rest of the vault.
    return [scaled(best(text.split(), weight), SHORTEST["word"]) for text in terms]


def rarity(total: int, members: int) -> int:
    """The weight of a word that so many of all notes have; none (0) for one in a single note, or in many."""
    return idf(total, members) if 1 < members <= min(max(2, total // 20), CROWD) else 0


def best(words: list[str], weight: Features) -> Features:
    found = sorted(
        (-weight[word] * min(int(number).bit_length(), 4), word)
        for word, number in zip(words[::2], words[1::2], strict=False)
        if word in weight
    )
    return {word: -score for score, word in found[:BEST]}
