"""Notes without what they say: pages that count them are not made anew for another title."""

from __future__ import annotations

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
