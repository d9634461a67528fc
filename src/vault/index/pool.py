"""Parse many pieces, in forked processes when that pays."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from vault import workers
from vault.records import Note, Parsed, Piece, Record, changed, digest_of, encode

ENOUGH = 150
"""Pieces below which starting processes costs more than it saves."""
MANY = 2000
"""Pieces from which on other processes parse them all: what parsing takes would stay in this one."""

Parse = Callable[[Piece], tuple[Parsed, ...]]
Tick = Callable[[int], None]


class Encoded(Record, frozen=True):
    """What was parsed from a piece, as it is stored: the notes together, their ``shape``, bodies one by one,
    and title and plain text of each for full text."""

    notes: bytes
    shape: str
    bodies: tuple[bytes, ...]
    texts: tuple[tuple[str, str], ...]


def parse_many(parse: Parse, pieces: Sequence[Piece], jobs: int, tick: Tick) -> Iterator[tuple[int, Encoded]]:
    """(number of the piece, what was parsed from it), in the order in which they get done.  ``tick`` is
    told how far down the line that is."""
    furthest, jobs = 0, min(jobs, len(pieces) // (ENOUGH // 2))
    here = jobs < 2 or len(pieces) < MANY
    results = workers.share(len(pieces), jobs, lambda n: encoded(parse, pieces[n]), Encoded, here=here)
    for number, one in results:
        furthest = max(furthest, number)
        tick(furthest)
        yield number, one


def encoded(parse: Parse, piece: Piece) -> Encoded:
    parsed = parse(piece)
    return Encoded(
        notes=encode(tuple(one.note for one in parsed)),
        shape=digest_of(encode(tuple(shape(one.note) for one in parsed))),
        bodies=tuple(encode(one.body) for one in parsed),
        texts=tuple((one.note.title, one.text) for one in parsed),
    )


def shape(note: Note) -> Note:
    """The note without what its words alone change: how many and which they are, and their lines.

    Two builds whose notes have equal shapes have equal catalogs and graphs, related notes apart.
    """
    return changed(
        note,
        words=int(note.words > 0),
        terms="",
        digest="",
        headings=tuple(changed(each, line=0) for each in note.headings),
        links=tuple(changed(each, line=0, column=0) for each in note.links),
    )
