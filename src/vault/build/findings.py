"""What a build found out about its notes, and what of it holds when no more than words has changed.

Catalog, graph and addresses are functions of the notes' shapes (``index.pool.shape``) and of what stands
around them; related notes are functions of their words too (``link.vocabulary``).  Where all of those are as
they were, they are recalled and not made again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from functools import partial

from vault import compose, heap, index, link, workers
from vault.build.around import Around
from vault.build.stored import GRAPH, Alike, Known, Rest, Stored, opened, packed, packs, stored, unread
from vault.compose.watched import ALL
from vault.records import (
    Catalog,
    Note,
    Problem,
    Record,
    Settings,
    changed,
    decode,
    digest_of,
    encode,
)
from vault.tuples import NamedTuple

EVERY = (f"{ALL}scope.whole", f"{ALL}scope.lengths")
"""Names of what is otherwise whenever one note's words are."""

FOUND = link.Last._fields
"""Fields of the graph that tell what is related."""

MANY = 2000
"""Files from which on it is worth a process to find everything out."""


class Edition(Record, frozen=True):
    """Of which notes that is true: the name of all it was made of, that of all else that pages read,
    the keys of the pieces and their lines, their words, and about how many each note has."""

    name: str
    planned_by: str
    keys: tuple[str, ...]
    lines: tuple[int, ...]
    words: link.Vocabulary
    lengths: dict[str, int]


class Apart(Record, frozen=True):
    """What another process found out: the parts of ``Stored``, that of the graph encoded; ``Edition``."""

    rest: Rest
    graph: bytes
    edition: Edition


class Findings(NamedTuple):
    """What is known now.  ``moved`` are the names of what may be otherwise than in the last build; None
    where everything may.  ``anew``: ``known`` is not what the last build left; ``placed`` are the notes
    that say what they said at another line; ``alike``: there are the same pages, made of the same."""

    settled: compose.Settled
    problems: tuple[Problem, ...]
    shelf: index.Shelf
    known: Known
    edition: Edition
    moved: frozenset[str] | None
    anew: bool
    placed: frozenset[str] = frozenset()
    alike: bool = False


def made_apart(
    kept: index.Kept, beside: Around, settings: Settings, memory: index.Memory, planned_by: str
) -> Findings:
    """What ``made`` finds out with trimmed notes, in a process of its own: the notes with all that they say
    go with it, and what comes back lies close together."""

    def work(_: int) -> Apart:
        found = made(kept, beside, settings, memory, planned_by, trimmed=True)
        rest, graph = stored(found.known)
        return Apart(rest, encode(graph), found.edition)

    heap.trim()
    ((_, data),) = workers.share(1, 1, work, Apart, begin=memory.reopen, here=False, late=True)
    keys, lines = cuts(kept)
    edition = changed(data.edition, keys=keys, lines=lines)
    known = opened(Stored(data.rest, decode(data.graph, GRAPH)), Alike())
    del data
    heap.trim()
    settled = known.settled
    shelf = shelf_of(memory, kept, settings, known, edition.lengths)
    return Findings(settled, known.problems, shelf, known, edition, None, anew=True)


def made(
    kept: index.Kept,
    beside: Around,
    settings: Settings,
    memory: index.Memory,
    planned_by: str,
    *,
    trimmed: bool,
    served: bool = False,
    aside: bool = False,
    last: link.Last | None = None,
) -> Findings:
    """Everything, found out anew; with ``trimmed`` notes in the catalog where pages are to be watched.  The
    graph is packed where it is ``served``, and a server is to go on from it (``resumed``).  What is related
    may be found ``aside``, in another process.  ``last`` are the related notes before, where they are not
    those of the index."""
    from vault import catalog  # noqa: PLC0415 - most builds recall what they would gather

    notes = tuple(memory.notes(kept.files))
    gathered = catalog.gather(notes, beside.library, settings, lock=beside.lock, known=beside.people)
    settled, words = connected(gathered, beside, settings, last or related_before(memory), aside=aside)
    own = (found for note in notes for found in note.problems)
    problems = (*own, *gathered.problems, *settled.graph.problems)
    places = memory.places_of(kept.files, gathered.notes)
    settled = settled.trimmed() if trimmed else settled
    settled = packed(settled) if served or aside else settled
    known = Known(settled, places, problems)
    lengths = {id_: note.length for id_, note in gathered.notes.items()}
    shelf = shelf_of(memory, kept, settings, known, lengths, whole=None if trimmed else settled.catalog.notes)
    edition = Edition(name(kept, beside, settings), planned_by, *cuts(kept), words, lengths)
    return Findings(settled, problems, shelf, known, edition, None, anew=True)


def shelf_of(  # noqa: PLR0917 - what a shelf is made of
    memory: index.Memory,
    kept: index.Kept,
    settings: Settings,
    known: Known,
    lengths: Mapping[str, int],
    whole: Mapping[str, Note] | None = None,
) -> index.Shelf:
    """The notes' texts; their names have lines in them where pages show those."""
    lined = {found.path for found in known.problems if found.code in compose.BANNERS}
    if "{line}" in settings.edit_url:
        lined = {one.found.path for one in kept.files}
    notes, places = known.settled.catalog.notes, known.places
    given = (memory, kept.files, notes, places, lengths)
    return index.Shelf(*given, own=compose.OWN, lined=lined, whole=whole)


def connected(
    found: Catalog, beside: Around, settings: Settings, last: link.Last | None, *, aside: bool
) -> tuple[compose.Settled, link.Vocabulary]:
    """What is settled of a catalog, with its graph, and the words of its notes."""
    graph = link.linked(found, beside.files, settings, tuple(page.note for page in beside.own))
    relate = partial(link.relate, graph, found.notes.values(), found.work_of_note, last)
    with workers.aside(lambda: packs(relate(), FOUND), GRAPH) if aside else nullcontext() as others:
        settled = compose.settled(found, graph, settings, beside.files, beside.own)
        words = link.vocabulary(found.notes.values())
        if others is None:
            return changed(settled, graph=relate(words)), words
        near = unread(others(), FOUND)
    return changed(settled, graph=changed(graph, **near)), words


def related_before(memory: index.Memory) -> link.Last | None:
    """The related notes that the last build found."""
    graph = memory.load("graph", GRAPH)
    return link.Last(**unread(graph, FOUND)) if graph else None


def prepare(memory: index.Memory) -> tuple[Known, Edition] | None:
    """Read what ``recalled`` will ask for, while there is time; it, where it is all there."""
    edition: Edition | None = memory.prepare("edition", Edition)
    known: Known | None = memory.prepare("known", Rest, whole(memory))
    return (known, edition) if known and edition else None


def whole(memory: index.Memory) -> Callable[[Rest], Known | None]:
    """What is known, of the rest of it; the graph has a row of its own."""

    def use(rest: Rest) -> Known | None:
        graph = memory.load("graph", GRAPH)
        return None if graph is None else opened(Stored(rest, graph))

    return use


def keep(found: Findings, memory: index.Memory) -> None:
    """Remember it for the next build."""
    if found.anew:
        rest, graph = stored(found.known)
        memory.save("known", rest)
        memory.save("graph", graph)
    memory.save("edition", found.edition)


def name(kept: index.Kept, beside: Around, settings: Settings) -> str:
    """Of all that the findings depend on, words and lines apart."""
    shapes = [(one.found.path, [at.shape for at in one.pieces]) for one in kept.files]
    return digest_of(encode((index.tool_stamp(), shapes, beside.name(settings))))


def cuts(kept: index.Kept) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The keys of all pieces, and their lines."""
    every = [at for one in kept.files for at in one.pieces]
    return tuple(at.key for at in every), tuple(at.line for at in every)
