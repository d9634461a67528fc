"""Whole notes and their bodies, read when a page asks for them, which is noted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, Protocol

from vault.compose.bare import bare
from vault.compose.watched import ALL, BARE, WHOLE, Reads
from vault.records import Body, Note

BodyOf = Callable[[str], Body]
"""Note id -> its body."""


class Bodies(Protocol):
    """Note id -> its body, or its plain text, read when it is asked for."""

    def __call__(self, note_id: str, /) -> Body: ...

    def text(self, note_id: str, /) -> str: ...


class Wholes(Protocol):
    """Note id -> the note with all that is known of it, read when it is asked for; ``names`` maps each id
    to what names its text, ``lengths`` to about how many words it has."""

    @property
    def names(self) -> Mapping[str, str]: ...

    @property
    def lengths(self) -> Mapping[str, int]: ...

    def __getitem__(self, note_id: str, /) -> Note: ...


class _Unread:
    """The notes before anybody knows where they stand."""

    names: Mapping[str, str] = MappingProxyType({})
    lengths: Mapping[str, int] = MappingProxyType({})

    def __getitem__(self, note_id: str, /) -> Note:
        raise LookupError(note_id)


UNREAD: Final = _Unread()


class WatchedWholes(Mapping[str, Note]):
    """Whole notes that note which of them were asked for."""

    def __init__(self, reads: Reads) -> None:
        self.reads = reads
        self.wholes: Wholes = UNREAD

    def __getitem__(self, note_id: str) -> Note:
        self.reads.names.add(WHOLE + note_id)
        return self.wholes[note_id]

    def __iter__(self) -> Iterator[str]:
        self.reads.names.add(f"{ALL}scope.whole")
        return iter(self.wholes.names)

    def __len__(self) -> int:
        self.reads.names.add(f"{ALL}scope.whole")
        return len(self.wholes.names)


class WatchedBare(Mapping[str, Note]):
    """Notes without what they say, that note which of them were asked for."""

    def __init__(self, notes: Mapping[str, Note], reads: Reads) -> None:
        self.notes, self.reads = notes, reads

    def __getitem__(self, note_id: str) -> Note:
        self.reads.names.add(BARE + note_id)
        return bare(self.notes[note_id])

    def __iter__(self) -> Iterator[str]:
        self.reads.names.add(f"{ALL}scope.bare")
        return iter(self.notes)

    def __len__(self) -> int:
        self.reads.names.add(f"{ALL}scope.bare")
        return len(self.notes)


class WatchedBodies:
    """Bodies that note whose were asked for."""

    def __init__(self, bodies: Bodies, reads: Reads) -> None:
        self.bodies, self.reads = bodies, reads

    def __call__(self, note_id: str, /) -> Body:
        self.reads.names.add(WHOLE + note_id)
        return self.bodies(note_id)

    def text(self, note_id: str, /) -> str:
        self.reads.names.add(WHOLE + note_id)
        return self.bodies.text(note_id)
