"""Parse many pieces: here, or in forked processes when that pays.  The results are the same."""

from __future__ import annotations

import os
import signal
import struct
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

from vault.records import Parsed, Piece, Record, decode, encode

ENOUGH = 150
"""Pieces below which starting processes costs more than it saves."""
LENGTH = struct.Struct("<I")

Parse = Callable[[Piece], tuple[Parsed, ...]]
Tick = Callable[[int], None]


class Encoded(Record, frozen=True):
    """What was parsed from a piece, as it is stored: the notes together, bodies one by one, and
    title and plain text of each for full text."""

    notes: bytes
    bodies: tuple[bytes, ...]
    texts: tuple[tuple[str, str], ...]


def parse_many(parse: Parse, pieces: Sequence[Piece], jobs: int, tick: Tick) -> Iterator[tuple[int, Encoded]]:
    """(number of the piece, what was parsed from it), in the order in which they get done.  ``tick`` is
    told how many that are."""
    jobs = min(jobs, len(pieces) // (ENOUGH // 2))
    if jobs < 2 or not hasattr(os, "fork"):
        for number, piece in enumerate(pieces):
            tick(number)
            yield number, encoded(parse, piece)
        return
    yield from spread(parse, pieces, jobs, tick)


def encoded(parse: Parse, piece: Piece) -> Encoded:
    parsed = parse(piece)
    return Encoded(
        notes=encode(tuple(one.note for one in parsed)),
        bodies=tuple(encode(one.body) for one in parsed),
        texts=tuple((one.note.title, one.text) for one in parsed),
    )


def spread(parse: Parse, pieces: Sequence[Piece], jobs: int, tick: Tick) -> Iterator[tuple[int, Encoded]]:
    """Every ``jobs``-th piece to each process, the first share to this one.

    A child writes to a file without a name, and ends; of one that died its share is parsed here.
    """
    shares = [range(n, len(pieces), jobs) for n in range(jobs)]
    children = [child(parse, [pieces[n] for n in share]) for share in shares[1:]]
    try:
        for number in shares[0]:
            tick(number)
            yield number, encoded(parse, pieces[number])
        for place, share in enumerate(shares[1:]):
            pid, file = children[place]
            ended = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
            children[place] = (0, file)
            parsed = results(file) if ended == 0 else (encoded(parse, pieces[n]) for n in share)
            yield from zip(share, parsed, strict=True)
    finally:
        for pid, file in children:
            if pid:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
            file.close()


def child(parse: Parse, pieces: Sequence[Piece]) -> tuple[int, BinaryIO]:
    """A forked process that parses these pieces, and the file that it leaves the results in."""
    import tempfile  # noqa: PLC0415 - 8 ms, for large builds only

    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the reader
    parent, pid = os.getpid(), os.fork()
    if pid:
        return pid, file
    status = 1
    try:
        for piece in pieces:
            if os.getppid() != parent:
                break
            data = encode(encoded(parse, piece))
            file.write(LENGTH.pack(len(data)))
            file.write(data)
        else:
            file.flush()
            status = 0
    finally:
        os._exit(status)


def results(file: BinaryIO) -> Iterator[Encoded]:
    file.seek(0)
    while head := file.read(LENGTH.size):
        yield decode(file.read(LENGTH.unpack(head)[0]), Encoded)
