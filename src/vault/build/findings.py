"""What a build found out about its notes, and what of it holds when no more than words has changed.

Catalog, graph and addresses are functions of the notes' shapes (``index.pool.shape``) and of what stands
around them; related notes are functions of their words too (``link.vocabulary``).  Where all of those are as
they were, they are recalled and not made again.
"""

from __future__ import annotations

from collections.abc import Callable

from vault import catalog, compose, heap, index, link, workers
from vault.build.around import Around
from vault.build.stored import GRAPH, PACKED, Known, Rest, Stored, opened, packed, stored
from vault.records import (
    Note,
    Packed,
    Problem,
    Record,
    Settings,
    changed,
    decode,
    differing,
    digest_of,
    encode,
    pack,
)
from vault.tuples import NamedTuple

EVERY = ("*scope.whole", "*scope.lengths")
"""Names of what is otherwise whenever one note's words are."""

MANY = 2000
"""Files from which on it is worth a process to find everything out."""


class Edition(Record, frozen=True):
    """Of which notes that is true: the name of all it was made of, that of all else that pages read,
    the keys of the pieces, their words, and how many of them each note has."""

    name: str
    planned_by: str
    keys: tuple[str, ...]
    words: link.Vocabulary
    lengths: dict[str, int]


class Apart(Record, frozen=True):
    """What another process found out: the parts of ``Stored``, that of the graph encoded; ``Edition``."""

    rest: Rest
    graph: bytes
    edition: Edition


class Findings(NamedTuple):
    """What is known now.  ``moved`` are the names of what may be otherwise than in the last build; None
    where everything may.  ``anew``: ``known`` is not what the last build left."""

    settled: compose.Settled
    problems: tuple[Problem, ...]
    shelf: index.Shelf
    known: Known
    edition: Edition
    moved: frozenset[str] | None
    anew: bool


def made_apart(
    kept: index.Kept, beside: Around, settings: Settings, memory: index.Memory, planned_by: str
) -> Findings:
    """What ``made`` finds out with trimmed notes, in a process of its own: the notes with all that they say
    go with it, and what comes back lies close together."""

    def work() -> Apart:
        found = made(kept, beside, settings, memory, planned_by, trimmed=True)
        rest, graph = stored(found.known)
        return Apart(rest, encode(graph), found.edition)

    heap.trim()
    data = workers.beside(work, Apart, begin=memory.reopen)
    known, edition = opened(Stored(data.rest, decode(data.graph, GRAPH))), data.edition
    del data
    heap.trim()
    settled, places = known.settled, known.places
    notes = settled.catalog.notes
    shelf = index.Shelf(memory, kept.files, notes, places, edition.lengths, own=compose.OWN)
    return Findings(settled, known.problems, shelf, known, edition, None, anew=True)


def made(
    kept: index.Kept,
    beside: Around,
    settings: Settings,
    memory: index.Memory,
    planned_by: str,
    *,
    trimmed: bool,
    counted: bool = False,
    last: link.Last | None = None,
) -> Findings:
    """Everything, found out anew; with ``trimmed`` notes in the catalog where pages are to be watched.  Words
    are ``counted``, and the graph is packed, where a server is to go on from this (``resumed``).  ``last``
    are the related notes before, where they are not those of the index."""
    notes = tuple(memory.notes(kept.files))
    gathered = catalog.gather(notes, beside.library, settings, lock=beside.lock, known=beside.people)
    own_pages = tuple(page.note for page in beside.own)
    graph = link.connect(gathered, beside.files, settings, own_pages, last or related_before(memory))
    settled = compose.settled(gathered, graph, settings, beside.files, beside.own)
    own = (found for note in notes for found in note.problems)
    problems = (*own, *gathered.problems, *graph.problems)
    places = memory.places_of(kept.files, gathered.notes)
    settled = settled.trimmed() if trimmed else settled
    settled = packed(settled) if counted else settled
    known = Known(settled, places, problems)
    lengths = {id_: note.words for id_, note in gathered.notes.items()}
    shelf = index.Shelf(
        memory,
        kept.files,
        settled.catalog.notes,
        places,
        lengths,
        own=compose.OWN,
        whole=None if trimmed else settled.catalog.notes,
    )
    words = link.vocabulary(gathered.notes.values() if trimmed or counted else ())
    edition = Edition(
        name(kept, beside, settings), planned_by, tuple(at.key for at in pieces(kept)), words, lengths
    )
    return Findings(settled, problems, shelf, known, edition, None, anew=True)


def related_before(memory: index.Memory) -> link.Last | None:
    """The related notes that the last build found."""
    graph = memory.load("graph", GRAPH)
    return link.Last(*(Packed(graph[each], PACKED[each]) for each in link.Last._fields)) if graph else None


def prepare(memory: index.Memory) -> None:
    """Read what ``recalled`` will ask for, while there is time."""
    memory.prepare("edition", Edition)
    memory.prepare("known", Rest, whole(memory))


def whole(memory: index.Memory) -> Callable[[Rest], Known | None]:
    """What is known, of the rest of it; the graph has a row of its own."""

    def use(rest: Rest) -> Known | None:
        graph = memory.load("graph", GRAPH)
        return None if graph is None else opened(Stored(rest, graph))

    return use


def recalled(
    kept: index.Kept, beside: Around, settings: Settings, memory: index.Memory, planned_by: str
) -> Findings | None:
    """What the last build found, where it holds; None where it may not."""
    last = memory.load("edition", Edition)
    if last is None or last.name != name(kept, beside, settings):
        return None
    now = pieces(kept)
    edited = {number for number, at in enumerate(now) if at.key != last.keys[number]}
    before = {last.keys[number]: now[number] for number in edited}
    if not before.keys() <= kept.gone.keys():
        return None
    known = memory.opened("known", Rest, whole(memory))
    if known is None:
        return None
    edits = [pair for key, at in before.items() for pair in pairs(kept.gone[key], at, memory)]
    wrong = {found.path for found in (*known.problems, *known.settled.problems)}
    if any(old.path in wrong for old, _ in edits):  # their lines are told
        return None
    files = {file.path: file for file in beside.files}
    settled = changed(known.settled, files=tuple(files[file.path] for file in known.settled.files))
    ids = [id_ for id_, (number, _) in known.places.items() if number in edited]
    notes = settled.catalog.notes
    shelf = index.Shelf(memory, kept.files, notes, known.places, last.lengths, own=compose.OWN)
    shelf.lengths = {**last.lengths, **{id_: shelf[id_].words for id_ in ids}}
    words, elsewhere = link.unmoved(last.words, edits), frozenset[str]()
    if words is None:
        settled, elsewhere = related_anew(settled, shelf)
        words = link.vocabulary(shelf[id_] for id_ in notes)
        known = changed(known, settled=settled)
    moved = elsewhere.union(each for id_ in ids for each in (f"~{id_}", f"#{id_}", *EVERY))
    edition = Edition(last.name, planned_by, tuple(at.key for at in now), words, shelf.lengths)
    told = moved if planned_by == last.planned_by else None
    return Findings(settled, known.problems, shelf, known, edition, told, anew=bool(elsewhere))


def related_anew(settled: compose.Settled, shelf: index.Shelf) -> tuple[compose.Settled, frozenset[str]]:
    """With the related notes of the words as they are now; the names of what is otherwise for it."""
    found, before = settled.catalog, settled.graph
    whole = [shelf[id_] for id_ in found.notes]
    graph = link.relate(before, whole, found.work_of_note, link.Last(before.related, before.marks))
    new = {field: pack(getattr(graph, field), PACKED[field]) for field in link.Last._fields}
    graph = changed(graph, **new)
    ids = differing(graph.related, before.related)
    names = frozenset((*ids, "*graph.related")) if ids else frozenset[str]()
    return changed(settled, graph=graph), names


def keep(found: Findings, memory: index.Memory) -> None:
    """Remember it for the next build."""
    if found.anew:
        rest, graph = stored(found.known)
        memory.save("known", rest)
        memory.save("graph", graph)
    memory.save("edition", found.edition)


def name(kept: index.Kept, beside: Around, settings: Settings) -> str:
    """Of all that the findings depend on, words apart."""
    shapes = [(one.found.path, [(at.shape, at.line) for at in one.pieces]) for one in kept.files]
    return digest_of(encode((index.tool_stamp(), shapes, beside.name(settings))))


def pieces(kept: index.Kept) -> list[index.At]:
    return [at for one in kept.files for at in one.pieces]


def pairs(old: bytes, at: index.At, memory: index.Memory) -> list[tuple[Note, Note]]:
    """The notes of a piece before and now."""
    return list(zip(decode(old, tuple[Note, ...]), memory.notes_at(at), strict=True))
