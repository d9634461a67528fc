"""The notes' texts, each read when it is asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from vault.index.memory import Memory
from vault.index.rows import BITS, At, Filed
from vault.records import Body, Note, changed


class Shelf:
    """Note id -> the note with all that is known of it, its body, its plain text.

    ``places`` says in which piece of ``files`` (by its number) a note stands and where in it, ``notes`` are
    those of the catalog, which may lack the fields ``own``; ``whole`` are the notes where they are at hand;
    ``lengths`` tells about how many words each has; ``lined`` are the files of whose notes pages show at
    which line they are.
    """

    def __init__(
        self,
        memory: Memory,
        files: Iterable[Filed],
        notes: Mapping[str, Note],
        places: Mapping[str, tuple[int, int]],
        lengths: Mapping[str, int],
        *,
        own: Iterable[str],
        lined: Collection[str] = (),
        whole: Mapping[str, Note] | None = None,
    ) -> None:
        self.memory, self.places, self.notes, self.own = memory, places, notes, tuple(own)
        self.lengths, self.lined = lengths, lined
        self.pieces: list[At] = [at for one in files for at in one.pieces]
        self.whole = whole or {}
        self.last: tuple[int, tuple[Note, ...]] = -1, ()

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Note id -> what names its text, and its line where that is shown."""
        return {id_: self.named(id_, self.pieces[number], n) for id_, (number, n) in self.places.items()}

    def named(self, note_id: str, at: At, n: int) -> str:
        return f"{at.key} {n} {at.line}" if self.is_lined(note_id) else f"{at.key} {n}"

    def is_lined(self, note_id: str) -> bool:
        """Whether its page shows at which line it is."""
        return bool(self.lined) and self.notes[note_id].path in self.lined

    def __getitem__(self, note_id: str, /) -> Note:
        found = self.whole.get(note_id)
        if found is None:
            number, n = self.places[note_id]
            parsed = self.read(number)[n]
            fields = {name: getattr(parsed, name) for name in self.own}
            found = changed(self.notes[note_id], **fields)
        return found

    def read(self, number: int) -> tuple[Note, ...]:
        """The notes of a piece.  Those of the last one are kept: a log's day has many, asked for in turn."""
        last = self.last
        if last[0] != number:
            self.last = last = number, self.memory.notes_at(self.pieces[number])
        return last[1]

    def __call__(self, note_id: str, /) -> Body:
        line = self.pieces[self.places[note_id][0]].line
        return self.memory.body_at(self.row(note_id), line, self.notes[note_id])

    def text(self, note_id: str, /) -> str:
        return self.memory.text_at(self.row(note_id))

    def row(self, note_id: str) -> int:
        """The row of a note's body and full text."""
        number, n = self.places[note_id]
        return self.pieces[number].row << BITS | n
