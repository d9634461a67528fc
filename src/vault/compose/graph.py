"""The graph page: the vault in numbers, its map, and tables of hubs, clusters, bridges and orphans."""

from __future__ import annotations

from collections import Counter
from typing import Final

from vault.compose import network, words
from vault.compose.chart import chart, url_of
from vault.compose.head import common, head
from vault.compose.layout import layout
from vault.compose.network import Cluster, Network
from vault.compose.rows import short_title, title_html
from vault.compose.scope import Bodies, Scope, Way
from vault.records import Html
from vault.records.views import Anchor, Bridge, ClusterRow, GraphPage, Hub, Map

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
    way = scope.way(URL)
    net = network.network(scope)
    lonely = network.orphans(net)
    return GraphPage(
        **common(scope, URL, "graph", "graph"),
        head=head(
            scope, URL, "Graph", f"The links between {words.count(len(net.ids), 'note')} as a map and tables."
        ),
        title=Html("Graph"),
        intro=intro(scope, net, len(lonely)),
        map=_map(scope, way, net),
        data=way(DATA) if mapped(net) else "",
        hubs=tuple(_hub(scope, way, net, at) for at in network.hubs(net, HUBS)),
        clusters=_clusters(scope, way, net),
        bridges=tuple(_bridge(scope, way, net, found) for found in network.bridges(net, BRIDGES)),
        orphans=tuple(_note(scope, way, net.ids[at]) for at in _newest(scope, net, lonely)),
        orphans_note=_counted(len(lonely)),
    )


def _counted(orphans: int) -> str:
    """``70 notes, the newest 60``."""
    return words.count(orphans, "note") + (f", the newest {ORPHANS}" if orphans > ORPHANS else "")


def _map(scope: Scope, way: Way, net: Network) -> Map | None:
    return chart(scope, way, net, layout(net)) if mapped(net) else None


def intro(scope: Scope, net: Network, lonely: int) -> str:
    """The graph in two or three sentences; nothing for a vault without notes."""
    notes = len(net.ids)
    if not notes:
        return ""
    if not net.edges:
        return f"{words.count(notes, 'note')}, and no link between two of them yet."
    most = network.hubs(net, 1)[0]
    title = short_title(scope.catalog.notes[net.ids[most]])
    largest = network.parts(notes, net.edges)
    hang = f"{largest:,} hang together" if largest < notes else "All hang together"
    has = "has" if lonely == 1 else "have"
    alone = f"; {words.spelled(lonely)} {has} no link at all" if lonely else ""
    return (
        f"{words.count(notes, 'note')} and {words.count(len(net.edges), 'link')} between them. "
        f"{hang}{alone}. Most links meet at {title}: {net.degree[most]:,}."
    )


def _note(scope: Scope, way: Way, note_id: str) -> Anchor:
    note = scope.catalog.notes[note_id]
    return Anchor(short_title(note), way(scope.addresses.notes[note_id]))


def _cluster(scope: Scope, way: Way, cluster: Cluster) -> Anchor:
    url = url_of(scope, cluster)
    return Anchor(cluster.label, way(url) if url else "")


def _hub(scope: Scope, way: Way, net: Network, at: int) -> Hub:
    note = scope.catalog.notes[net.ids[at]]
    cluster = net.clusters[net.cluster_of[at]]
    href = way(scope.addresses.notes[note.id])
    return Hub(href, title_html(note), net.inward[at], net.outward[at], _cluster(scope, way, cluster))


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
    return Bridge(way(scope.addresses.notes[note.id]), title_html(note), links, clusters)


def _newest(scope: Scope, net: Network, lonely: list[int]) -> list[int]:
    """The first orphans by date, newest first."""
    alone = {net.ids[at]: at for at in lonely}
    return [alone[id_] for id_ in scope.orders.listed if id_ in alone][:ORPHANS]
