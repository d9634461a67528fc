"""Note ids that are unique."""

from __future__ import annotations

from vault.records import Note, changed


def unique(notes: list[Note]) -> list[Note]:
    """The same notes with no id twice: the second ``a`` becomes ``a-2``, in the order given.

    An id that some note has as its own is never given to another.  Entries and items keep pointing
    to the note of their file.
    """
    own = {note.id for note in notes}
    taken: set[str] = set()
    count: dict[str, int] = {}
    heads: dict[tuple[str, str], str] = {}
    result: list[Note] = []
    for note in notes:
        name = _free(note.id, taken, own, count)
        taken.add(name)
        if not note.log:
            heads.setdefault((note.path, note.id), name)
        result.append(note if name == note.id else changed(note, id=name))
    return [_in_its_file(note, heads) for note in result]


def _free(name: str, taken: set[str], own: set[str], count: dict[str, int]) -> str:
    if name not in taken:
        return name
    number = count.get(name, 1) + 1
    while f"{name}-{number}" in own or f"{name}-{number}" in taken:
        number += 1
    count[name] = number
    return f"{name}-{number}"


def _in_its_file(note: Note, heads: dict[tuple[str, str], str]) -> Note:
    head = heads.get((note.path, note.log), note.log) if note.log else ""
    return note if head == note.log else changed(note, log=head)
