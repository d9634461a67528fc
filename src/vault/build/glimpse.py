"""One note file as it stands now, ahead of a survey."""

from __future__ import annotations

import sys
from collections.abc import Container

from vault import disk, index
from vault.records import Found, Parsed, Vault, place
from vault.tuples import NamedTuple


class Glimpse(NamedTuple):
    """A note file as it stands now: the keys of its pieces, and the notes of those that were parsed."""

    keys: frozenset[str]
    parsed: tuple[Parsed, ...]


def glance(vault: Vault, found: Found, known: Container[str] = (), most: int = sys.maxsize) -> Glimpse:
    """One file as it stands now, parsed by itself; nothing when it cannot be read.  Pieces of a ``known`` key
    are not parsed, and none are where that would be more than ``most`` characters."""
    from vault import parse  # noqa: PLC0415 - 0.1 s of libraries, loaded in a quiet moment

    source = disk.read(vault, found)[0]
    cut = {index.key_of(piece): piece for piece in (parse.split(source) if source else ())}
    new = [piece for key, piece in cut.items() if key not in known]
    new = new if sum(len(piece.text) for piece in new) <= most else []
    return Glimpse(
        frozenset(cut), tuple(place(one, piece.line) for piece in new for one in parse.piece(piece))
    )
