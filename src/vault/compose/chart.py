"""The map as it is drawn at build: bubbles, lines between them, a dot for each note, some names."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from vault.compose import network, rows, words
from vault.compose.layout import WIDTH, Disc, Layout
from vault.compose.network import Cluster, Network
from vault.compose.scope import Scope, Way
from vault.records import changed
from vault.records.views import Bubble, Dot, Line, Map
from vault.tongue import Tongue

DOTS: Final = 1_500
"""Notes up to which the page itself draws every one; above, bubbles alone, and the script the notes."""

LINES: Final = 24
"""The strongest lines between clusters; all of them would be a hairball.  In a large vault a line needs three
links, in a small one two or one."""

LEAST: Final = 3
"""Links that a note needs to be named beneath its cluster."""

NAMES: Final = 2
"""The most notes named beneath a cluster."""

LETTER: Final = 5.4
"""The width of a letter of their names, on average."""

WIDEST: Final = 1.4
"""The scale up to which dots grow with the map."""

BELOW: Final = 11.0
"""From a disc's rim to the baseline of its caption."""

SHAPES: Final = {
    "read": "circle",
    "to-read": "ring",
    "reading": "diamond",
    "skimmed": "triangle",
    "dropped": "cross",
    "": "square",
}
"""The shape of each status, in the order of the legend."""

Box = tuple[float, float, float, float]


def chart(scope: Scope, way: Way, net: Network, placed: Layout) -> Map:
    whole = len(net.ids) <= DOTS
    bubbles = [
        changed(_bubble(scope, way, cluster, disc), names=names(scope, net, cluster, disc.r))
        for cluster, disc in zip(net.clusters, placed.discs, strict=True)
    ]
    if whole:
        inner = _inner(net, placed)
        for at, members in enumerate(placed.order):
            dots = tuple(_dot(scope, way, net, placed, member) for member in members)
            bubbles[at] = changed(bubbles[at], inner=inner.get(at, ""), dots=dots)
    states = set(net.statuses)
    return Map(
        width=int(WIDTH),
        height=math.ceil(placed.height),
        title=_title(scope.tongue, net),
        lines=tuple(_lines(net, placed)),
        bubbles=tuple(bubbles),
        statuses=tuple((word or "none", _label(scope, word)) for word in SHAPES if word in states),
        whole=whole,
    )


def _title(tongue: Tongue, net: Network) -> str:
    clusters = tongue.count("{n} cluster", "{n} clusters", len(net.clusters))
    return tongue.say(
        "Map of {notes} in {clusters}", notes=words.notes(tongue, len(net.ids)), clusters=clusters
    )


def _label(scope: Scope, word: str) -> str:
    return rows.state_of(scope, word).label if word else scope.tongue.say("No status")


def number(value: float) -> str:
    """At most one decimal: ``12.3``, ``12``; never ``-0``."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def size(degree: int, scale: float) -> float:
    """The radius of a note's dot."""
    return min(2.6 + 0.75 * math.sqrt(degree), 5.4) * min(scale, WIDEST)


def url_of(scope: Scope, cluster: Cluster) -> str:
    """The page of a cluster's tag; all tags for those of rarer ones, nothing for those of none."""
    if cluster.kind == network.NONE:
        return ""
    return scope.addresses.tags.get(cluster.path, "/tags/")


# Bubbles


def _bubble(scope: Scope, way: Way, cluster: Cluster, disc: Disc) -> Bubble:
    url = url_of(scope, cluster)
    return Bubble(
        x=number(disc.x),
        y=number(disc.y),
        r=number(disc.r),
        colour=cluster.colour,
        label=cluster.label,
        note=scope.tongue.number(len(cluster.members)),
        href=way(url) if url else "",
        title=f"{cluster.label}: {words.notes(scope.tongue, len(cluster.members))}",
        label_y=number(disc.y + disc.r + BELOW),
    )


def names(scope: Scope, net: Network, cluster: Cluster, r: float) -> str:
    """``LoRA, QLoRA``: the notes of a cluster with most links, as far as they fit beneath its disc."""
    letters = int(max(80.0, 2 * r + 24) / LETTER)
    ranked = sorted(cluster.members, key=lambda at: (-net.degree[at], at))[:NAMES]
    found = ""
    for at in ranked:
        text = rows.short_title(scope.catalog.notes[net.ids[at]])
        if net.degree[at] < LEAST or (found and len(found) + 2 + len(text) > letters):
            break
        found = f"{found}, {text}" if found else shortened(text, letters)
    return found


def shortened(text: str, letters: int) -> str:
    """The text in so many letters, cut between words where it can be."""
    if len(text) <= letters:
        return text
    cut = text[: letters - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(",;:. ") + "…"


def _inner(net: Network, placed: Layout) -> dict[int, str]:
    """The links within each cluster as one path."""
    found: dict[int, list[str]] = {}
    for one, other in net.edges:
        if (home := net.cluster_of[one]) == net.cluster_of[other]:
            (x, y), (u, v) = placed.places[one], placed.places[other]
            found.setdefault(home, []).append(f"M{number(x)} {number(y)}L{number(u)} {number(v)}")
    return {home: "".join(parts) for home, parts in found.items()}


def _dot(scope: Scope, way: Way, net: Network, placed: Layout, at: int) -> Dot:
    note = scope.catalog.notes[net.ids[at]]
    (x, y), r = placed.places[at], size(net.degree[at], placed.scale)
    shape = SHAPES[note.status]
    return Dot(
        x=number(x),
        y=number(y),
        r=number(r),
        shape=shape if shape in ("circle", "ring") else _path(shape, x, y, r),
        href=way(scope.addresses.notes[note.id]),
        title=note.title,
    )


def _path(shape: str, x: float, y: float, r: float) -> str:
    """The ``d`` of a square, diamond, triangle or cross around a point, as large to the eye as a disc."""
    if shape == "square":
        left, top, side = number(x - 0.86 * r), number(y - 0.86 * r), number(1.72 * r)
        return f"M{left} {top}h{side}v{side}h-{side}z"
    if shape == "diamond":
        arm = number(1.2 * r)
        return f"M{number(x)} {number(y - 1.2 * r)}l{arm} {arm}-{arm} {arm}-{arm}-{arm}z"
    if shape == "triangle":
        return f"M{number(x)} {number(y - 1.2 * r)}l{number(1.15 * r)} {number(2 * r)}h-{number(2.3 * r)}z"
    left, top, side = number(x - 0.8 * r), number(y - 0.8 * r), number(1.6 * r)
    return f"M{left} {top}l{side} {side}m0-{side}l-{side} {side}"


# Lines


def _lines(net: Network, placed: Layout) -> Iterator[Line]:
    """The strongest between clusters, drawn from rim to rim, bent toward the middle of the map."""
    counts = network.between(net)
    across = [(pair, links) for pair, links in counts.items() if pair[0] != pair[1]]
    total = sum(links for _, links in across)
    least = 3 if total > 300 else 2 if total > 60 else 1
    across = [item for item in across if item[1] >= least]
    across.sort(key=lambda item: (-item[1], item[0]))
    most = across[0][1] if across else 1
    for (one, other), links in across[:LINES]:
        yield Line(_curve(placed, one, other), number(0.8 + 4.2 * math.sqrt(links / most)))


def _curve(placed: Layout, one: int, other: int) -> str:
    a, b = placed.discs[one], placed.discs[other]
    middle = (WIDTH / 2, placed.height / 2)
    bend = tuple(
        (s + t) / 2 + 0.25 * (m - (s + t) / 2) for s, t, m in ((a.x, b.x, middle[0]), (a.y, b.y, middle[1]))
    )
    return f"M{number(a.x)} {number(a.y)}Q{number(bend[0])} {number(bend[1])} {number(b.x)} {number(b.y)}"
