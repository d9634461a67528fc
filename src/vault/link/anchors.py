"""Headings and blocks of a note, as links name them."""

from __future__ import annotations

from vault import naming
from vault.link.names import folded
from vault.link.suggest import Suggest
from vault.records import Catalog, Note


class Anchors:
    """Where ``#Heading``, ``#heading-slug`` and ``#^block`` lead, note by note, read once each."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.known: dict[str, dict[str, str]] = {}
        self.suggest: dict[str, Suggest] = {}
        self.entries: dict[str, dict[str, str]] | None = None

    def find(self, note: str, anchor: str) -> str | None:
        """The anchor in that note's body; None: it has no such heading or block.

        Of a nested ``A#B`` the last counts.  Blocks stand among the headings with level 0.
        """
        name = anchor.rpartition("#")[2].strip()
        if note not in self.known:
            self.known[note] = _anchors(self.catalog.notes[note])
        table = self.known[note]
        for key in (name, folded(name), _letters(name), naming.anchor(name)):
            if key and key in table:
                return table[key]
        return None

    def entry(self, log: str, anchor: str) -> str:
        """The entry of a log that an anchor of the log's file means: its id's end, or its title."""
        if self.entries is None:
            self.entries = {}
            for note in self.catalog.notes.values():
                if note.kind == "entry":
                    table = self.entries.setdefault(note.log, {})
                    for name in (note.id.rpartition("#")[2], note.title, note.nickname):
                        table.setdefault(folded(name), note.id)
        return self.entries.get(log, {}).get(folded(anchor), "")

    def hint(self, note: str, anchor: str) -> str:
        """Which heading may be meant."""
        if note not in self.suggest:
            texts = [heading.text for heading in self.catalog.notes[note].headings if heading.text]
            self.suggest[note] = Suggest(lambda: texts)
        return self.suggest[note].hint(anchor)


def _anchors(note: Note) -> dict[str, str]:
    """Every spelling of a heading -> its anchor.  The title stands at the top: its anchor is empty,
    since ``parse`` takes a heading that is the title out of the body."""
    table: dict[str, str] = {}
    for heading in note.headings:
        text = heading.text
        for key in (heading.anchor, heading.anchor.removeprefix("h-"), text, folded(text), _letters(text)):
            if key:
                table.setdefault(key, heading.anchor)
    for key in (note.title, folded(note.title), _letters(note.title), naming.anchor(note.title)):
        if key:
            table.setdefault(key, "")
    return table


def _letters(text: str) -> str:
    """Letters and digits alone: what is left of a heading after every tool's own escaping."""
    kept = "".join(c for c in folded(text) if c.isalnum())
    return f"\0{kept}" if kept else ""
