"""A first build of many notes: what it finds out, it finds out in a process that ends."""

from __future__ import annotations

from collections.abc import Iterator

from vault import heap, index, workers
from vault.build.around import Around
from vault.build.findings import Edition, Findings, cuts, made, shelf_of
from vault.build.near import Asked
from vault.build.stored import KINDS, Alike, Rest, Stored, opened, stored
from vault.records import Raw, Record, Settings, changed


class Part(Record, frozen=True):
    """Of what another process found out all but the mappings, or one of these: as a whole it would be there
    twice while it is encoded."""

    rest: tuple[Rest, Edition] | None
    mapping: dict[str, Raw]


def made_apart(  # noqa: PLR0917 - as ``made``
    kept: index.Kept,
    beside: Around,
    settings: Settings,
    memory: index.Memory,
    planned_by: str,
    others: Asked,
) -> Findings:
    """What ``made`` finds out with trimmed notes, in a process of its own: the notes with all that they say
    go with it, and what comes back lies close together."""
    left: dict[int, Part] = {}

    def work(number: int) -> Part:
        if not left:
            left.update(parts(made(kept, beside, settings, memory, planned_by, trimmed=True, others=others)))
        return left.pop(number)

    heap.trim()
    count = 1 + len(KINDS)
    done = dict(workers.share(count, 1, work, Part, begin=memory.reopen, here=False, late=True))
    return understood(done, kept, settings, memory)


def parts(found: Findings) -> Iterator[tuple[int, Part]]:
    """What was found out, the mappings last, as they are numbered."""
    rest, mappings = stored(found.known)
    yield 0, Part((rest, found.edition), {})
    yield from ((at, Part(None, mappings[name])) for at, name in enumerate(KINDS, 1))


def understood(
    found: dict[int, Part], kept: index.Kept, settings: Settings, memory: index.Memory
) -> Findings:
    """What that process found out."""
    rest = found[0].rest
    assert rest is not None
    keys, lines = cuts(kept)
    edition = changed(rest[1], keys=keys, lines=lines)
    mappings = {name: found.pop(at).mapping for at, name in enumerate(KINDS, 1)}
    known = opened(Stored(rest[0], mappings), Alike())
    found.clear()
    del rest, mappings
    heap.trim()
    settled = known.settled
    shelf = shelf_of(memory, kept, settings, known, edition.lengths)
    return Findings(settled, known.problems, shelf, known, edition, None, anew=True)
