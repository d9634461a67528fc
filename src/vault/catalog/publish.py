"""Drafts and private notes leave before anything is counted (decisions.md 10)."""

from __future__ import annotations

from vault import naming
from vault.records import Note


def part(notes: list[Note], drafts: bool, private: bool = False) -> tuple[list[Note], frozenset[str]]:
    """The notes that are published, and every name by which one that left may be called.

    What stands in a log or list that left leaves with it.  With ``drafts`` drafts stay, with ``private``
    (reports, never a site) private notes.  Names
    are ids, paths and their tails (``b/c`` of ``a/b/c``), titles, aliases, nicknames and citation
    keys, in NFC and case-folded.
    """
    left = {note.id for note in notes if (note.draft and not drafts) or (note.private and not private)}
    left |= {note.id for note in notes if note.log in left}
    names = {folded for note in notes if note.id in left for folded in _names(note)}
    return [note for note in notes if note.id not in left], frozenset(names)


def _names(note: Note) -> list[str]:
    names = [note.id, note.title, note.nickname, note.key, *note.aliases]
    if not note.log:
        parts = note.path.split("/")
        tails = ["/".join(parts[start:]) for start in range(len(parts))]
        names += tails + [tail.rpartition(".")[0] for tail in tails]
    return [naming.fold(" ".join(name.split())) for name in names if name.strip()]
