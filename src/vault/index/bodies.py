"""Note id -> its body, or its plain text, from the index."""

from __future__ import annotations

from collections.abc import Mapping

from vault.index.memory import Memory
from vault.records import Body, Note
from vault.tuples import NamedTuple


class Bodies(NamedTuple):
    """What the pages ask of an index: a note's body, and its plain text, by its id."""

    memory: Memory
    notes: Mapping[str, Note]

    def __call__(self, note_id: str) -> Body:
        return self.memory.body(self.notes[note_id])

    def text(self, note_id: str) -> str:
        return self.memory.text(self.notes[note_id])
