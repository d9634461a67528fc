"""The notes' texts, each read when it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from vault.index.memory import Memory
from vault.index.rows import BITS, At, Filed
from vault.records import Body, Note, changed


class Shelf:
    """Note id -> the note with all that is known of it, its body, its plain text.

    ``places`` says in which piece of ``files`` (by its number) a note stands and where in it, ``notes`` are
    those of the catalog, which may lack the fields ``own``; ``whole`` are the notes where they are at hand;
    ``lengths`` counts their words.
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
        whole: Mapping[str, Note] | None = None,
    ) -> None:
        self.memory, self.places, self.notes, self.own = memory, places, notes, tuple(own)
        self.lengths = lengths
        self.pieces: list[At] = [at for one in files for at in one.pieces]
        self.whole = dict(whole or {})

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Note id -> what names its text."""
        return {id_: f"{self.pieces[number].key} {n}" for id_, (number, n) in self.places.items()}

    def __getitem__(self, note_id: str, /) -> Note:
        if note_id not in self.whole:
            number, n = self.places[note_id]
            parsed = self.memory.notes_at(self.pieces[number])[n]
            fields = {name: getattr(parsed, name) for name in self.own}
            self.whole[note_id] = changed(self.notes[note_id], **fields)
        return self.whole[note_id]

    def __call__(self, note_id: str, /) -> Body:
        line = self.pieces[self.places[note_id][0]].line
        return self.memory.body_at(self.row(note_id), line, self.notes[note_id])

    def text(self, note_id: str, /) -> str:
        return self.memory.text_at(self.row(note_id))

    def row(self, note_id: str) -> int:
        """The row of a note's body and full text."""
        number, n = self.places[note_id]
        return self.pieces[number].row << BITS | n
