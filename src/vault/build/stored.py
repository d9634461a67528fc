"""What a build knows of a vault, as it is kept for the next one and handed from process to process.

Most of it is the ids of notes, each in some twenty lists, and small records of which pages ask for few.  So
lists are kept as numbers of notes, and share their ids when they are read back; mappings of small records
stay packed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping
from itertools import accumulate
from typing import Any, Final, TypeVar

from vault import compose
from vault.build import numbers
from vault.compose.divided import Divided
from vault.compose.orders import Ids, Orders, neighbours
from vault.records import (
    Backlink,
    Graph,
    Note,
    Packed,
    PaperId,
    Problem,
    Raw,
    Record,
    Related,
    Resolved,
    Unpacking,
    Work,
    changed,
    decode,
    pack,
)
from vault.tuples import NamedTuple

K = TypeVar("K")
V = TypeVar("V")
R = TypeVar("R", bound=Record)
Fields = tuple[str, ...]
Same = Callable[[str, str], str]
"""``setdefault`` of the texts that were met."""

PACKED: Final[dict[str, Any]] = {
    "resolved": dict[str, Resolved],
    "backlinks": tuple[Backlink, ...],
    "work_backlinks": tuple[Backlink, ...],
    "cited": tuple[str, ...],
    "related": tuple[Related, ...],
    "marks": bytes,
}
"""Fields of the graph that are packed, and the kind of their values."""
OF_NOTES = (
    "title",
    "title_html",
    "date",
    "papers",
    "paper_title",
    "authors",
    "year",
    "venue",
    "tags",
    "rating",
    "tldr",
    "tldr_html",
)
OF_WORKS = ("ids", "title", "authors", "year", "venue", "kind")
"""Fields in which many notes or works have the same."""
KINDS: Final[dict[str, Any]] = {**PACKED, "notes": Note, "works": Work}
"""Mappings that are kept apart, and the kind of their values."""
MAPPINGS: Final = dict[str, dict[str, Raw]]


class Known(Record, frozen=True):
    """What is remembered of a vault's notes but their words: the catalog (trimmed), the graph and the
    addresses, where each note's text is (number of its piece, place in it), and what was wrong."""

    settled: compose.Settled
    places: dict[str, tuple[int, int]]
    problems: tuple[Problem, ...]

    def standing(self, numbers: Container[int]) -> frozenset[str]:
        """The ids of the notes in these pieces."""
        return frozenset(id_ for id_, (number, _) in self.places.items() if number in numbers)

    def told(self) -> tuple[Problem, ...]:
        """All that is wrong."""
        return (*self.problems, *self.settled.problems)


class Rest(Record, frozen=True):
    """What is known, without its mappings and the lists of ids; these, in the order of ``listed``, as the
    numbers of their notes and how many each has."""

    known: Known
    lists: bytes
    sizes: bytes


class Stored(NamedTuple):
    """What is known, in two parts that are encoded apart: mappings that stay packed hold on to all that they
    were read from.  They have values before they are stored, ``Raw`` ones as they are read."""

    rest: Rest
    mappings: dict[str, dict[str, Any]]


def stored(known: Known) -> Stored:
    """What ``opened`` reads."""
    settled, lists, sizes = known.settled, list[int](), list[int]()
    number = {id_: at for at, id_ in enumerate(settled.catalog.notes)}

    def put(ids: Ids) -> Ids:
        lists.extend(map(number.__getitem__, ids))
        sizes.append(len(ids))
        return ()

    whole = listed(changed(settled, graph=changed(settled.graph, **{field: {} for field in PACKED})), put)
    found = whole.catalog
    bare = changed(whole, catalog=changed(found, notes={}, works={}))
    rest = Rest(changed(known, settled=bare), numbers.packed(lists), numbers.packed(sizes))
    graph = {field: getattr(settled.graph, field) for field in PACKED}
    return Stored(rest, {**graph, "notes": found.notes, "works": found.works})


def packed(settled: compose.Settled) -> compose.Settled:
    """With the mappings of the graph packed."""
    return changed(settled, graph=changed(settled.graph, **packs(settled.graph)))


def packs(graph: Graph, fields: Iterable[str] = PACKED) -> dict[str, Any]:
    """These fields of a graph, packed."""
    return {field: pack(getattr(graph, field), PACKED[field]) for field in fields}


def unread(mappings: dict[str, dict[str, Raw]], fields: Iterable[str] = PACKED) -> dict[str, Any]:
    """These fields, packed as they were when they were encoded."""
    return {field: Packed(mappings[field], PACKED[field]) for field in fields}


def opened(found: Stored, alike: Alike | None = None) -> Known:
    """As it was, with the mappings of the graph packed.  ``alike`` shares what is equal: for large builds."""
    rest, mappings = found
    settled, number, sizes = rest.known.settled, numbers.unpacked(rest.lists), numbers.unpacked(rest.sizes)
    notes = records(mappings["notes"], Note, OF_NOTES, alike)
    works = records(mappings["works"], Work, OF_WORKS, alike)
    every, left, ends = tuple(map(tuple(notes).__getitem__, number)), iter(sizes), accumulate(sizes)

    def take(_: Ids) -> Ids:
        end = next(ends)
        return every[end - next(left) : end]

    graph = changed(settled.graph, **unread(mappings))
    catalog = changed(settled.catalog, notes=notes, works=works)
    whole = listed(changed(settled, graph=graph, catalog=catalog), take)
    if alike is None:
        return changed(rest.known, settled=whole)
    same = {id_: id_ for id_ in (*notes, *works)}.setdefault
    return changed(rest.known, settled=named(whole, same), places=keyed(rest.known.places, same))


def records(found: dict[str, Raw], kind: type[R], fields: Fields, alike: Alike | None) -> dict[str, R]:
    """The records by id, in which these ``fields`` are often equal: read when they are asked for, unless they
    are to be ``alike``."""
    if alike is None:
        return Unpacking(found, kind)
    return {id_: alike(decode(each, kind), fields) for id_, each in found.items()}


def named(settled: compose.Settled, same: Same) -> compose.Settled:
    """With one text for equal ids and names."""
    found, at = settled.catalog, settled.addresses
    works = {work.id: shared(work, same) for work in found.works.values()}
    catalog = changed(
        found,
        works=works,
        work_of={key: same(id_, id_) for key, id_ in found.work_of.items()},
        work_of_note={same(id_, id_): same(work, work) for id_, work in found.work_of_note.items()},
        authors={
            key: changed(author, works=texts(author.works, same)) for key, author in found.authors.items()
        },
    )
    addresses = changed(at, notes=keyed(at.notes, same), works=keyed(at.works, same))
    line = settled.outline
    years = {year: texts(ids, same) for year, ids in line.years.items()}
    outline = changed(line, notes=keyed(line.notes, same), papers=texts(line.papers, same), years=years)
    return changed(settled, catalog=catalog, addresses=addresses, outline=outline)


def shared(work: Work, same: Same) -> Work:
    return changed(work, authors=texts(work.authors, same), notes=texts(work.notes, same))


class Alike:
    """Records that share what is equal in them.  To find it takes a tenth of a second for ten thousand notes,
    so it is for large builds alone, where each process has a copy of all that it looks at."""

    def __init__(self) -> None:
        self.met = defaultdict[type, dict[Any, Any]](dict)

    def __call__(self, record: R, fields: Fields) -> R:
        return changed(record, **{field: self.one(getattr(record, field)) for field in fields})

    def one(self, value: Any) -> Any:
        met = self.met[type(value)]
        found = met.get(value)
        if found is None:
            found = met[value] = self.made(value)
        return found

    def made(self, value: Any) -> Any:
        """The same of parts that were met."""
        if isinstance(value, PaperId):
            return changed(value, scheme=self.one(value.scheme))
        return tuple(map(self.one, value)) if isinstance(value, tuple) else value


def keyed(found: Mapping[str, V], same: Same) -> dict[str, V]:
    return {same(key, key): value for key, value in found.items()}


def texts(found: Ids, same: Same) -> Ids:
    return tuple(map(same, found, found))


def listed(settled: compose.Settled, use: Callable[[Ids], Ids]) -> compose.Settled:
    """With ``use`` of each list of notes' ids, always in the same order."""

    def each(found: Mapping[K, Ids]) -> dict[K, Ids]:
        return {key: use(ids) for key, ids in found.items()}

    found, orders = settled.catalog, settled.orders
    tags = {path: changed(tag, own=use(tag.own), all=use(tag.all)) for path, tag in found.tags.items()}
    catalog = changed(found, tags=tags, dated=use(found.dated))
    timeline = use(orders.timeline)
    tagged = {
        path: changed(tag, listed=use(tag.listed), timeline=use(tag.timeline))
        for path, tag in orders.tagged.items()
    }
    orders = Orders(
        listed=use(orders.listed),
        timeline=timeline,
        beside=neighbours(timeline),
        years=each(orders.years),
        months=each(orders.months),
        undated=use(orders.undated),
        added=each(orders.added),
        parts=each(orders.parts),
        noted=each(orders.noted),
        tagged=tagged,
        letters=each(orders.letters),
        series=each(orders.series),
    )
    search, cards = settled.outline.search, settled.outline.cards
    search = Divided(titles=each(search.titles), full=each(search.full), texts=each(search.texts))
    outline = changed(settled.outline, search=search, cards=changed(cards, notes=each(cards.notes)))
    return changed(settled, catalog=catalog, orders=orders, noted=each(settled.noted), outline=outline)
