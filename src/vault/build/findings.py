"""What a build found out about its notes, and what of it holds when no more than words has changed.

Catalog, graph and addresses are functions of the notes' shapes (``index.pool.shape``) and of what stands
around them; related notes are functions of their words too (``link.vocabulary``).  Where all of those are as
they were, they are recalled and not made again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from vault import compose, index, link
from vault.build import near
from vault.build.around import Around
from vault.build.near import Asked, Near
from vault.build.stored import MAPPINGS, Known, Rest, Stored, opened, packed, stored, unread
from vault.compose.watched import ALL
from vault.records import (
    Catalog,
    Graph,
    Note,
    Problem,
    Record,
    Settings,
    changed,
    digest_of,
    encode,
)
from vault.tuples import NamedTuple

EVERY = (f"{ALL}scope.whole", f"{ALL}scope.lengths")
"""Names of what is otherwise whenever one note's words are."""

FOUND = link.Last._fields
"""Fields of the graph that tell what is related."""

NO_WORDS: Final = link.Vocabulary(0, {})
"""Until others have counted them."""

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


class Findings(NamedTuple):
    """What is known now.  ``moved`` are the names of what may be otherwise than in the last build; None
    where everything may.  ``anew``: ``known`` is not what the last build left; ``placed`` are the notes
    that say what they said at another line; ``alike``: there are the same pages, made of the same;
    ``tabulated``: the tables that people query have it."""

    settled: compose.Settled
    problems: tuple[Problem, ...]
    shelf: index.Shelf
    known: Known
    edition: Edition
    moved: frozenset[str] | None
    anew: bool
    placed: frozenset[str] = frozenset()
    alike: bool = False
    tabulated: bool = False


def made(
    kept: index.Kept,
    beside: Around,
    settings: Settings,
    memory: index.Memory,
    planned_by: str,
    *,
    trimmed: bool,
    served: bool = False,
    others: Asked | None = None,
    last: link.Last | None = None,
) -> Findings:
    """Everything, found out anew; with ``trimmed`` notes in the catalog where pages are to be watched.  The
    graph is packed where it is ``served``, and a server is to go on from it (``resumed``).  It is to be
    ``completed`` with what ``others`` find related.  ``last`` are the related notes before, where they are
    not those of the index."""
    from vault import catalog  # noqa: PLC0415 - most builds recall what they would gather

    notes = tuple(memory.notes(kept.files))
    gathered = catalog.gather(notes, beside.library, settings, lock=beside.lock, known=beside.people)
    if others is None:
        last = last or related_before(memory)
    settled, words = connected(gathered, beside, settings, last, others)
    own = (found for note in notes for found in note.problems)
    problems = (*own, *gathered.problems, *settled.graph.problems)
    places = memory.places_of(kept.files, gathered.notes)
    lengths = {id_: note.length for id_, note in gathered.notes.items()}
    settled = settled.trimmed() if trimmed else settled
    del notes, gathered  # whole they take as much as all else that is known
    settled = packed(settled) if served else settled
    known = Known(settled, places, problems)
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
    found: Catalog, beside: Around, settings: Settings, last: link.Last | None, others: Asked | None
) -> tuple[compose.Settled, link.Vocabulary]:
    """What is settled of a catalog, with its graph, and the words of its notes; without what is related and
    these words where others compare notes."""
    graph = link.linked(found, beside.files, settings, tuple(page.note for page in beside.own))
    matter, words = link.matter(graph, found.notes.values(), found.work_of_note), NO_WORDS
    if others:
        others.ask(matter)
    else:
        words = link.vocabulary(matter)
        graph = link.relate(graph, matter, last, words)
    del matter
    return compose.settled(found, graph, settings, beside.files, beside.own), words


def completed(found: Findings, others: Near | None, last: link.Last | None) -> Findings:
    """The findings with what others found related, or what is found here where they did not; packed."""
    settled = packed(found.settled)
    if others is None:
        notes = (found.shelf[id_] for id_ in settled.catalog.notes)
        others = near.answer(last, link.matter(settled.graph, notes, settled.catalog.work_of_note))
    fields = {"related": others.related, "marks": others.marks}
    settled = changed(settled, graph=changed(settled.graph, **unread(fields, FOUND)))
    known = changed(found.known, settled=settled)
    return found._replace(settled=settled, known=known, edition=changed(found.edition, words=others.words))


def related(graph: Graph) -> link.Last:
    """The related notes of a graph."""
    return link.Last(graph.related, graph.marks)


def related_before(memory: index.Memory) -> link.Last | None:
    """The related notes that the last build found."""
    mappings = memory.load("mappings", MAPPINGS)
    return link.Last(**unread(mappings, FOUND)) if mappings else None


def prepare(memory: index.Memory) -> tuple[Known, Edition] | None:
    """Read what ``recalled`` will ask for, while there is time; it, where it is all there."""
    edition: Edition | None = memory.prepare("edition", Edition)
    known: Known | None = memory.prepare("known", Rest, whole(memory))
    return (known, edition) if known and edition else None


def whole(memory: index.Memory) -> Callable[[Rest], Known | None]:
    """What is known, of the rest of it; mappings have a row of their own."""

    def use(rest: Rest) -> Known | None:
        mappings = memory.load("mappings", MAPPINGS)
        return None if mappings is None else opened(Stored(rest, mappings))

    return use


def keep(found: Findings, memory: index.Memory) -> None:
    """Remember it for the next build."""
    if found.anew:
        rest, mappings = stored(found.known)
        memory.save("known", rest)
        memory.save("mappings", mappings)
    memory.save("edition", found.edition)


def name(kept: index.Kept, beside: Around, settings: Settings) -> str:
    """Of all that the findings depend on, words and lines apart."""
    shapes = [(one.found.path, [at.shape for at in one.pieces]) for one in kept.files]
    return digest_of(encode((index.tool_stamp(), shapes, beside.name(settings))))


def cuts(kept: index.Kept) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The keys of all pieces, and their lines."""
    every = [at for one in kept.files for at in one.pieces]
    return tuple(at.key for at in every), tuple(at.line for at in every)
