"""The graph page: the vault in numbers, its map, and tables of hubs, clusters, bridges and orphans."""

from __future__ import annotations

from collections import Counter
from typing import Final

from vault.compose import network, words
from vault.compose.chart import chart, url_of
from vault.compose.head import common, head
from vault.compose.layout import layout
from vault.compose.network import Cluster, Network
from vault.compose.rows import short_title, title_html, voice
from vault.compose.scope import Scope, Way
from vault.compose.wholes import Bodies
from vault.records import Html
from vault.records.views import Anchor, Bridge, ClusterRow, GraphPage, Hub, Map
from vault.tongue import Tongue

URL: Final = "/graph/"
DATA: Final = "/data/graph.js"

FEWEST: Final = 10
"""Notes below which a map shows nothing that the tables do not."""

HUBS, BRIDGES, ORPHANS = 15, 12, 60


def mapped(net: Network) -> bool:
    """Whether there is a map to draw."""
    return len(net.ids) >= FEWEST and bool(net.edges)


def has_map(scope: Scope) -> bool:
    """``mapped`` without the network: enough listed notes, and a link between two of them."""
    listed = set(scope.orders.listed)
    return len(listed) >= FEWEST and any(
        target in listed and any(link.note in listed and link.note != target for link in links)
        for target, links in scope.graph.backlinks.items()
    )


def graph_page(scope: Scope, _bodies: Bodies) -> GraphPage:
    way, name = scope.way(URL), scope.tongue.say("Graph")
    net = network.network(scope)
    lonely = network.orphans(net)
    return GraphPage(
        **common(scope, URL, "graph", "graph"),
        head=head(
            scope,
            URL,
            name,
            scope.tongue.count(
                "The links between {n} note as a map and tables.",
                "The links between {n} notes as a map and tables.",
                len(net.ids),
            ),
        ),
        title=Html(name),
        intro=intro(scope, net, len(lonely)),
        map=_map(scope, way, net),
        data=way(DATA) if mapped(net) else "",
        hubs=tuple(_hub(scope, way, net, at) for at in network.hubs(net, HUBS)),
        clusters=_clusters(scope, way, net),
        bridges=tuple(_bridge(scope, way, net, found) for found in network.bridges(net, BRIDGES)),
        orphans=tuple(_note(scope, way, net.ids[at]) for at in _newest(scope, net, lonely)),
        orphans_note=_counted(scope, len(lonely)),
    )


def _counted(scope: Scope, orphans: int) -> str:
    """``70 notes, the newest 60``."""
    if orphans <= ORPHANS:
        return words.notes(scope.tongue, orphans)
    return scope.tongue.count(
        "{n} note, the newest {most}", "{n} notes, the newest {most}", orphans, most=ORPHANS
    )


def _map(scope: Scope, way: Way, net: Network) -> Map | None:
    return chart(scope, way, net, layout(net)) if mapped(net) else None


def intro(scope: Scope, net: Network, lonely: int) -> str:
    """The graph in two or three sentences; nothing for a vault without notes."""
    notes, tongue = len(net.ids), scope.tongue
    if not notes:
        return ""
    if not net.edges:
        return tongue.count(
            "{n} note, and no link between two of them yet.",
            "{n} notes, and no link between two of them yet.",
            notes,
        )
    most = network.hubs(net, 1)[0]
    title = short_title(scope.catalog.notes[net.ids[most]])
    between = tongue.say(
        "{notes} and {links} between them.",
        notes=words.notes(tongue, notes),
        links=words.links(tongue, len(net.edges)),
    )
    meet = tongue.say("Most links meet at {title}: {n}.", title=title, n=tongue.number(net.degree[most]))
    return f"{between} {_together(tongue, notes, network.parts(notes, net.edges), lonely)} {meet}"


def _together(tongue: Tongue, notes: int, largest: int, lonely: int) -> str:
    """How many notes hang together, and how many have no link."""
    if largest == notes:
        return tongue.say("All hang together.")
    alone = words.spelled(tongue, lonely)
    if not lonely:
        return tongue.count("{n} hang together.", "{n} hang together.", largest)
    return tongue.count(
        "{largest} hang together; {alone} has no link at all.",
        "{largest} hang together; {alone} have no link at all.",
        lonely,
        largest=tongue.number(largest),
        alone=alone,
    )


def _note(scope: Scope, way: Way, note_id: str) -> Anchor:
    note = scope.catalog.notes[note_id]
    return Anchor(short_title(note), way(scope.addresses.notes[note_id]), "", *voice(scope, note))


def _cluster(scope: Scope, way: Way, cluster: Cluster) -> Anchor:
    url = url_of(scope, cluster)
    return Anchor(cluster.label, way(url) if url else "")


def _hub(scope: Scope, way: Way, net: Network, at: int) -> Hub:
    note = scope.catalog.notes[net.ids[at]]
    cluster = net.clusters[net.cluster_of[at]]
    href = way(scope.addresses.notes[note.id])
    home = _cluster(scope, way, cluster)
    return Hub(href, title_html(note), net.inward[at], net.outward[at], home, *voice(scope, note))


def _clusters(scope: Scope, way: Way, net: Network) -> tuple[ClusterRow, ...]:
    """Clusters by size, each with its links and its note with most."""
    within: Counter[int] = Counter()
    across: Counter[int] = Counter()
    for (one, other), links in network.between(net).items():
        if one == other:
            within[one] += links
        else:
            across[one] += links
            across[other] += links
    sizes = sorted(range(len(net.clusters)), key=lambda at: (-len(net.clusters[at].members), at))
    rows = []
    for at in sizes:
        cluster = net.clusters[at]
        best = min(cluster.members, key=lambda member: (-net.degree[member], member))
        hub = _note(scope, way, net.ids[best]) if net.degree[best] else None
        rows.append(
            ClusterRow(
                _cluster(scope, way, cluster),
                cluster.colour,
                len(cluster.members),
                within[at],
                across[at],
                hub,
            )
        )
    return tuple(rows)


def _bridge(scope: Scope, way: Way, net: Network, found: tuple[int, int, tuple[int, ...]]) -> Bridge:
    at, links, reached = found
    note = scope.catalog.notes[net.ids[at]]
    clusters = tuple(_cluster(scope, way, net.clusters[each]) for each in reached)
    href = way(scope.addresses.notes[note.id])
    return Bridge(href, title_html(note), links, clusters, *voice(scope, note))


def _newest(scope: Scope, net: Network, lonely: list[int]) -> list[int]:
    """The first orphans by date, newest first."""
    alone = {net.ids[at]: at for at in lonely}
    return [alone[id_] for id_ in scope.orders.listed if id_ in alone][:ORPHANS]
