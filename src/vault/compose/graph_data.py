"""``data/graph.js``: what the script of the graph page needs and the page does not say.

The notes come in the order of their dots, cluster by cluster from the middle outward.  Where the page
draws every note, names and addresses are read from there; else they are here.
"""

from __future__ import annotations

import json
from typing import Any

from vault.compose import network
from vault.compose.chart import DOTS, SHAPES
from vault.compose.graph import URL
from vault.compose.layout import WIDTH, Layout, layout
from vault.compose.network import Network
from vault.compose.rows import short_title
from vault.compose.scope import Scope
from vault.compose.wholes import Bodies

STATES = tuple(SHAPES)
_SEPARATORS = {0x2028: " ", 0x2029: " "}
"""Ends of lines to scripts before 2019, and in no title on purpose."""


def graph_js(scope: Scope, _bodies: Bodies) -> bytes:
    """One assignment to ``VG``.

    ``w`` ``h`` size of the map, ``k`` its scale; ``c`` clusters as [name, colour, x, y, r, notes]; ``p``
    places as x and y from the middle of the cluster, in tenths; ``s`` statuses, a digit a note; ``e``
    links, sorted, as the step of the lower end and the distance to the higher; ``t`` ``u`` short titles
    and addresses, or nothing.
    """
    net = network.network(scope)
    placed = layout(net)
    order = [at for members in placed.order for at in members]
    data: dict[str, Any] = {
        "w": int(WIDTH),
        "h": round(placed.height),
        "k": round(placed.scale, 3),
        "c": _clusters(net, placed),
        "p": _places(net, placed, order),
        "s": "".join(str(STATES.index(net.statuses[at])) for at in order),
        "e": _links(net, order),
    }
    if len(net.ids) > DOTS:
        way, notes = scope.way(URL), [scope.catalog.notes[net.ids[at]] for at in order]
        data["t"] = [short_title(note) for note in notes]
        data["u"] = [way(scope.addresses.notes[note.id]) for note in notes]
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"window.VG={text.translate(_SEPARATORS)};\n".encode()


def _clusters(net: Network, placed: Layout) -> list[list[Any]]:
    return [
        [cluster.label, cluster.colour, *(round(value, 1) for value in disc), len(cluster.members)]
        for cluster, disc in zip(net.clusters, placed.discs, strict=True)
    ]


def _places(net: Network, placed: Layout, order: list[int]) -> list[int]:
    found = []
    for at in order:
        disc, (x, y) = placed.discs[net.cluster_of[at]], placed.places[at]
        found += [round(10 * (x - disc.x)), round(10 * (y - disc.y))]
    return found


def _links(net: Network, order: list[int]) -> list[int]:
    rank = {at: place for place, at in enumerate(order)}
    pairs = sorted(sorted((rank[one], rank[other])) for one, other in net.edges)
    found, before = [], 0
    for low, high in pairs:
        found += [low - before, high - low]
        before = low
    return found
