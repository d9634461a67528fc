"""The works that a name means, for those who type it."""

from __future__ import annotations

from vault import naming
from vault.link.keys import Keys
from vault.link.names import folded
from vault.link.suggest import Suggest
from vault.records import Catalog, Note, Work


def works_named(catalog: Catalog, name: str) -> tuple[Work, ...]:
    """By citation key or paper id, else by title, nickname, alias or a note's file; several where the name
    does not decide.

    In the order of the catalog; nothing where nothing is called so.
    """
    if found := Keys(catalog).find(name.removeprefix("@")):
        keys = found.rivals
        return tuple(work for work in catalog.works.values() if work.id == found.work or work.key in keys)
    wanted = folded(name)
    for kind in range(4):
        hits = tuple(work for work in catalog.works.values() if wanted in _called(work, catalog)[kind])
        if hits:
            return hits
    return ()


def notes_named(catalog: Catalog, name: str) -> tuple[Note, ...]:
    """By id, path or title, else all notes of the works that the name means; in the order of the catalog."""
    wanted = folded(name)
    for called in (lambda note: _places(note)[:4], lambda note: (note.title, note.nickname), _places):
        hits = tuple(note for note in catalog.notes.values() if wanted in map(folded, called(note)))
        if hits:
            return hits
    return tuple(catalog.notes[note] for work in works_named(catalog, name) for note in work.notes)


def closest(catalog: Catalog, name: str) -> str:
    """``did you mean "x"?`` for a name that nothing has, or nothing."""
    works = [work for work in catalog.works.values() if work.known]
    called = dict.fromkeys(
        text for work in works for texts in _texts(work, catalog)[:3] for text in texts if text
    )
    spoken = [*called, *Keys(catalog).spoken()]
    return Suggest(lambda: spoken).hint(name.removeprefix("@"))


def _called(work: Work, catalog: Catalog) -> list[set[str]]:
    return [{folded(text) for text in texts if text} for texts in _texts(work, catalog)]


def _texts(work: Work, catalog: Catalog) -> list[list[str]]:
    """Its titles, its nicknames, its aliases and those of its notes, the places of its notes."""
    notes = [catalog.notes[name] for name in work.notes]
    titles = [work.title, *(note.title for note in notes), *(note.paper_title for note in notes)]
    nicknames = [work.nickname, *(note.nickname for note in notes)]
    aliases = [alias for note in notes for alias in note.aliases]
    return [titles, nicknames, aliases, [name for note in notes for name in _places(note)]]


def _places(note: Note) -> tuple[str, ...]:
    """What may be typed for a note's file: id or path, also below ``notes/``, and its name alone."""
    stem = naming.stem(note.id)
    return (note.id, note.path, f"notes/{note.id}", f"notes/{note.path}", stem, naming.strip_date(stem))
