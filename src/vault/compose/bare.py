"""Notes without what they say: pages that count them are not made anew for another title."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from vault.records import Note, changed

SAID: Final = {
    "title": "",
    "title_html": "",
    "nickname": "",
    "paper_title": "",
    "tldr": "",
    "tldr_html": "",
    "why": "",
    "via": "",
    "aliases": (),
}
"""What a note says, to be read and not to be counted."""


def bare(note: Note) -> Note:
    """The note without that."""
    return changed(note, **SAID)


class Bare(Mapping[str, Note]):
    """Note id -> the bare note; ``told`` hears of each that is asked for, and ``whole`` that all are."""

    def __init__(
        self, notes: Mapping[str, Note], told: Callable[[str], object], whole: Callable[[], object]
    ) -> None:
        self._notes, self._told, self._whole = notes, told, whole

    def __getitem__(self, note_id: str) -> Note:
        self._told(note_id)
        return bare(self._notes[note_id])

    def __iter__(self) -> Iterator[str]:
        self._whole()
        return iter(self._notes)

    def __len__(self) -> int:
        self._whole()
        return len(self._notes)
