"""The vault as a graph: listed notes, who links to whom, clusters by top-level tag.

Everything is linear in notes and links, but for sorting.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Final

from vault.compose.rows import tag_path
from vault.compose.scope import Scope
from vault.records import Note
from vault.tuples import NamedTuple

CLUSTERS: Final = 18
"""Top-level tags with a cluster of their own; with ``other tags`` and ``no tag`` there are at most 20."""

COLOURS: Final = 8
OTHER, NONE = "other", "none"


class Cluster(NamedTuple):
    """``path`` is a top-level tag, nothing for the notes of rarer tags and of none; ``kind`` tells those
    apart (``tag``, ``other``, ``none``).  ``members`` are indexes of notes."""

    kind: str
    path: str
    label: str
    colour: int
    members: tuple[int, ...]


class Network(NamedTuple):
    """``ids`` are sorted, and ``statuses`` are theirs; ``edges`` pairs of indexes, the lower first, each
    once, sorted; ``inward`` and ``outward`` count notes that link to it and that it links to; ``cluster_of``
    is by index."""

    ids: tuple[str, ...]
    statuses: tuple[str, ...]
    edges: tuple[tuple[int, int], ...]
    inward: tuple[int, ...]
    outward: tuple[int, ...]
    degree: tuple[int, ...]
    clusters: tuple[Cluster, ...]
    cluster_of: tuple[int, ...]


def network(scope: Scope) -> Network:
    notes = {note.id: note for note in scope.listed()}
    ids = tuple(sorted(notes))
    index = {id_: at for at, id_ in enumerate(ids)}
    arrows = _arrows(scope, index)
    edges = tuple(sorted({(min(pair), max(pair)) for pair in arrows}))
    inward, outward = Counter(target for _, target in arrows), Counter(source for source, _ in arrows)
    degree = Counter(end for edge in edges for end in edge)
    clusters = _clusters(scope, notes, ids)
    home = {member: at for at, cluster in enumerate(clusters) for member in cluster.members}
    places = range(len(ids))
    return Network(
        ids,
        tuple(notes[id_].status for id_ in ids),
        edges,
        tuple(inward[at] for at in places),
        tuple(outward[at] for at in places),
        tuple(degree[at] for at in places),
        clusters,
        tuple(home[at] for at in places),
    )


def _arrows(scope: Scope, index: dict[str, int]) -> list[tuple[int, int]]:
    """(source, target) of every note that links to another, each pair once, in a fixed order."""
    found: dict[tuple[int, int], None] = {}
    for target, links in scope.graph.backlinks.items():
        at = index.get(target, -1)
        for link in links:
            source = index.get(link.note, at)
            if at >= 0 and source != at:
                found[source, at] = None
    return sorted(found)


def _clusters(scope: Scope, notes: Mapping[str, Note], ids: Sequence[str]) -> tuple[Cluster, ...]:
    """The largest top-level tags by name, then the rest."""
    totals = _totals(scope, notes)
    largest = set(sorted(totals, key=lambda path: (-totals[path], path))[:CLUSTERS])
    members: dict[tuple[str, str], list[int]] = {}
    for at, id_ in enumerate(ids):
        members.setdefault(_cluster(notes[id_], largest), []).append(at)
    tags = sorted(path for kind, path in members if kind == "tag")
    by_size = sorted(tags, key=lambda path: (-len(members["tag", path]), path))
    colours = {path: number for number, path in enumerate(sorted(by_size[:COLOURS]), 1)}
    found = [
        Cluster(
            "tag", path, scope.catalog.tags[path].label, colours.get(path, 0), tuple(members["tag", path])
        )
        for path in tags
    ]
    rest = ((OTHER, scope.tongue.say("other tags")), (NONE, scope.tongue.say("no tag")))
    found += [
        Cluster(kind, "", label, 0, tuple(members[kind, ""])) for kind, label in rest if (kind, "") in members
    ]
    return tuple(found)


def _totals(scope: Scope, notes: Container[str]) -> dict[str, int]:
    """Top-level tags and how many of the notes have them."""
    tags = scope.catalog.tags
    counted = {path: sum(id_ in notes for id_ in tag.all) for path, tag in tags.items() if "/" not in path}
    return {path: number for path, number in counted.items() if number}


def _cluster(note: Note, largest: set[str]) -> tuple[str, str]:
    """The first of the note's tags that has a cluster."""
    tops = [path.partition("/")[0] for path in map(tag_path, note.tags) if path]
    home = next((top for top in tops if top in largest), "")
    return ("tag", home) if home else (OTHER if tops else NONE, "")


# What the tables say


def parts(size: int, edges: Iterable[tuple[int, int]]) -> int:
    """How many notes the largest connected part has."""
    parent = list(range(size))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for one, other in edges:
        low, high = sorted((root(one), root(other)))
        parent[high] = low
    return max(Counter(map(root, range(size))).values(), default=0)


def hubs(net: Network, most: int) -> list[int]:
    """The notes with most links, ties by id."""
    linked = (at for at in range(len(net.ids)) if net.degree[at])
    return sorted(linked, key=lambda at: (-net.degree[at], at))[:most]


def orphans(net: Network) -> list[int]:
    return [at for at, degree in enumerate(net.degree) if not degree]


def bridges(net: Network, most: int) -> list[tuple[int, int, tuple[int, ...]]]:
    """Notes whose links reach at least two clusters beside their own: (note, links that leave its
    cluster, the clusters by number of links), those that reach most first, ties by links, then id.

    Betweenness would ask for all shortest paths; this asks each link once.
    """
    reached: dict[int, Counter[int]] = {}
    for edge in net.edges:
        for one, other in (edge, edge[::-1]):
            if net.cluster_of[one] != net.cluster_of[other]:
                reached.setdefault(one, Counter())[net.cluster_of[other]] += 1
    several = [(at, found) for at, found in reached.items() if len(found) > 1]
    several.sort(key=lambda item: (-len(item[1]), -item[1].total(), item[0]))
    return [
        (at, found.total(), tuple(sorted(found, key=lambda cluster: (-found[cluster], cluster))))
        for at, found in several[:most]
    ]


def between(net: Network) -> Counter[tuple[int, int]]:
    """Links by pair of clusters, the lower first; (c, c) are the links within c."""
    pairs = (sorted((net.cluster_of[one], net.cluster_of[other])) for one, other in net.edges)
    return Counter((low, high) for low, high in pairs)
