"""What a note's status and priority are when it gives none (decisions.md 8 and 27)."""

from __future__ import annotations

from vault.records import Note, changed
from vault.records.note import Status


def with_defaults(note: Note, priority: int) -> Note:
    """The note with a status, and with a priority where it waits to be read."""
    fields: dict[str, object] = {}
    status = note.status or _default(note)
    if status != note.status:
        fields["status"] = status
    if not note.priority and status in ("to-read", "reading"):
        fields["priority"] = priority
    return changed(note, **fields) if fields else note


def _default(note: Note) -> Status:
    if note.kind in ("log", "list") or not (note.papers or note.paper_title):
        return ""
    return "read" if note.words else "to-read"
