"""Where clusters and notes stand on the map: a pure function of the graph, without any simulation.

A cluster is a disc.  In it the note with most links is in the middle, and ring j around it holds 6j
notes, those with more links further in, each ring in the order of a hash of the ids.  A disc is as
large as its full rings, so a new note moves one note of each ring outward and the others on theirs by
a step at most; other discs move only when this one needs a ring more.  Discs are placed the largest
first, ties by tag, each as near to the middle as it touches two that stand.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

from vault.compose.network import Cluster, Network
from vault.records.hashes import blake2b
from vault.tuples import NamedTuple

STEP: Final = 12.0
"""The distance of notes side by side at scale 1."""

SCALES: Final = (
    2.0,
    1.8,
    1.6,
    1.4,
    1.25,
    1.1,
    1.0,
    0.9,
    0.8,
    0.7,
    0.6,
    0.5,
    0.42,
    0.35,
    0.28,
    0.2,
    0.14,
    0.1,
    0.05,
)
"""The largest at which the map fits its frame is taken: a new note seldom changes it."""

WIDTH, HIGHEST = 800.0, 660.0
EDGE: Final = 8.0
CAPTION: Final = 16.0
"""Room around a disc; half of its caption stands in its own, half in the next one's."""

RAISED: Final = 7.0
"""How far a disc stands above the middle of its room, for its caption's sake."""

LETTER: Final = 6.6
"""The width of a letter of a caption, on average."""

WIDER: Final = 1.4
"""How much wider than high the map becomes."""


class Disc(NamedTuple):
    x: float
    y: float
    r: float


class Layout(NamedTuple):
    """In units of a frame of ``WIDTH`` by ``height``: ``discs`` of the clusters, ``order`` their members
    from the middle outward, ``places`` by note's index; notes are ``STEP`` times ``scale`` apart."""

    height: float
    scale: float
    discs: tuple[Disc, ...]
    order: tuple[tuple[int, ...], ...]
    places: tuple[tuple[float, float], ...]


def layout(net: Network) -> Layout:
    scale, rooms = fitting(net)
    left, right = min(d.x - d.r for d in rooms), max(d.x + d.r for d in rooms)
    top, bottom = min(d.y - d.r for d in rooms), max(d.y + d.r for d in rooms)
    step = STEP * scale
    discs = tuple(
        Disc(
            d.x - (left + right) / 2 + WIDTH / 2,
            d.y - top + EDGE - RAISED,
            radius(len(cluster.members), scale),
        )
        for d, cluster in zip(rooms, net.clusters, strict=True)
    )
    order = tuple(inside_out(net, cluster.members) for cluster in net.clusters)
    places: list[tuple[float, float]] = [(0.0, 0.0)] * len(net.ids)
    for disc, members in zip(discs, order, strict=True):
        for at, (x, y) in zip(members, spots(len(members)), strict=True):
            places[at] = (disc.x + x * step, disc.y + y * step)
    return Layout(bottom - top + 2 * EDGE, scale, discs, order, tuple(places))


# Discs


def rings(notes: int) -> int:
    """The rings around the middle that so many notes need: j rings hold 1 + 3 j (j + 1)."""
    found = 0
    while 1 + 3 * found * (found + 1) < notes:
        found += 1
    return found


def radius(notes: int, scale: float) -> float:
    return STEP * scale * (rings(notes) + 0.7)


def room(cluster: Cluster, scale: float) -> float:
    """The radius of the room that a disc takes with its caption beneath it."""
    caption = LETTER * len(f"{cluster.label} {len(cluster.members)}") / 2
    return max(radius(len(cluster.members), scale) + CAPTION, 0.85 * caption)


def fitting(net: Network) -> tuple[float, list[Disc]]:
    """The largest scale at which the clusters' rooms fit the frame, and where these are."""
    for scale in SCALES:
        radii = [room(cluster, scale) for cluster in net.clusters]
        if sum(r * r for r in radii) * math.pi > WIDTH * HIGHEST and scale > SCALES[-1]:
            continue
        rooms = [Disc(x, y, r) for (x, y), r in zip(packed(radii), radii, strict=True)]
        wide = max(d.x + d.r for d in rooms) - min(d.x - d.r for d in rooms)
        high = max(d.y + d.r for d in rooms) - min(d.y - d.r for d in rooms)
        if (wide <= WIDTH - 2 * EDGE and high <= HIGHEST) or scale == SCALES[-1]:
            return scale, rooms
    raise AssertionError("the last scale is taken")


def packed(radii: Sequence[float]) -> list[tuple[float, float]]:
    """Middles of discs that do not overlap, in the order of ``radii``."""
    places: list[tuple[float, float]] = [(0.0, 0.0)] * len(radii)
    standing: list[Disc] = []
    for at in sorted(range(len(radii)), key=lambda at: (-radii[at], at)):
        x, y = nearest(standing, radii[at])
        places[at] = (x, y)
        standing.append(Disc(x, y, radii[at]))
    return places


def nearest(standing: Sequence[Disc], r: float) -> tuple[float, float]:
    """The free place nearest to the middle of all; ties (to a thousandth) go up, then left."""
    if not standing:
        return 0.0, 0.0
    if len(standing) == 1:
        return standing[0].x + standing[0].r + r, standing[0].y
    free = [
        (round(math.hypot(x, y * WIDER), 3), round(y, 3), round(x, 3), x, y)
        for one, other in combinations(standing, 2)
        for x, y in touching(one, other, r)
        if all(math.hypot(x - d.x, y - d.y) > d.r + r - 1e-6 for d in standing)
    ]
    *_, x, y = min(free)
    return x, y


def touching(one: Disc, other: Disc, r: float) -> Iterator[tuple[float, float]]:
    """The middles of the discs of radius ``r`` that touch two others: none where these are too far
    apart."""
    a, b = one.r + r, other.r + r
    dx, dy = other.x - one.x, other.y - one.y
    apart = math.hypot(dx, dy)
    along = (a * a - b * b + apart * apart) / (2 * apart)
    if (rest := a * a - along * along) >= 0:
        off = math.sqrt(rest)
        for side in (-off, off):
            yield one.x + (along * dx - side * dy) / apart, one.y + (along * dy + side * dx) / apart


# Notes in a disc


def angle(note_id: str) -> int:
    """A note's direction: 64 bits of its id's digest."""
    return int.from_bytes(blake2b(note_id.encode(), digest_size=8).digest(), "big")


def inside_out(net: Network, members: Sequence[int]) -> tuple[int, ...]:
    """Members by links, most first, and within each ring by their direction."""
    turns = {at: angle(net.ids[at]) for at in members}
    ranked = sorted(members, key=lambda at: (-net.degree[at], turns[at], at))
    found: list[int] = []
    start, number = 0, 0
    while start < len(ranked):
        size = max(1, 6 * number)
        found += sorted(ranked[start : start + size], key=lambda at: (turns[at], at))
        start, number = start + size, number + 1
    return tuple(found)


def spots(notes: int) -> list[tuple[float, float]]:
    """Places around (0, 0) for members in the order of ``inside_out``, in steps; a ring that is not full
    is even."""
    found = [(0.0, 0.0)]
    for number in range(1, rings(notes) + 1):
        here = min(6 * number, notes - len(found))
        for at in range(here):
            turn = 2 * math.pi * (at + number / 2) / here - math.pi / 2
            found.append((number * math.cos(turn), number * math.sin(turn)))
    return found[:notes]
