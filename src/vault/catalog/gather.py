"""The story of the catalog, top to bottom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from vault import dates
from vault.catalog import authors, duplicates, identity, locked, publish, status, tags, works, years
from vault.records import Catalog, KnownAuthor, LibraryEntry, LockEntry, Note, Problem, Settings, changed


def gather(
    notes: Iterable[Note],
    library: tuple[LibraryEntry, ...],
    settings: Settings,
    tag_labels: Mapping[str, str] | None = None,
    *,
    lock: tuple[LockEntry, ...] = (),
    known: Iterable[KnownAuthor] = (),
) -> Catalog:
    """The catalog of these notes and library entries.

    ``tag_labels`` (tag path -> spelling) go before the commonest spelling.  ``library`` is in the
    order of its files and lines: where two entries say something of one work, the first counts.
    ``lock`` fills what neither notes nor library say; ``known`` are the entries of ``authors.yml``.
    The result depends on neither the order of ``notes`` nor anything else than the arguments.
    """
    ordered = identity.unique(sorted(notes, key=lambda note: (note.path, note.line, note.id)))
    kept, hidden = publish.part(ordered, settings.drafts, settings.private)
    problems: list[Problem] = []
    kept = years.fill(kept, settings.log_year, problems)
    kept = [status.with_defaults(note, settings.default_priority) for note in kept]
    kept = kept if settings.inline_tags else [without_inline_tags(note) for note in kept]
    told = locked.visible(lock, kept, ordered) if lock else []
    found = works.unite(kept, (*library, *locked.as_entries(told)), problems)
    if told:
        found = locked.complete(found, told, kept)
    if told or library:
        kept = locked.retitled(kept, found)
    notes_by_id = {note.id: note for note in kept}
    problems += duplicates.suspects(found.works, notes_by_id)
    entries = tuple(known)
    people = authors.unite(found, kept, settings.author, entries, problems)
    problems += authors.suspects(people.authors, found.works, notes_by_id, entries)
    return Catalog(
        notes=notes_by_id,
        works=found.works,
        work_of=found.work_of,
        work_of_note=found.work_of_note,
        tags=tags.tree(newest_first(kept), tag_labels or {}),
        dated=tuple(note.id for note in newest_first(kept)),
        hidden=hidden,
        problems=tuple(problems),
        authors=people.authors,
        author_of=people.author_of,
    )


def without_inline_tags(note: Note) -> Note:
    """The note with the tags of its header alone (``inline_tags = false``)."""
    if not note.inline_tags:
        return note
    return changed(note, tags=tuple(tag for tag in note.tags if tag not in note.inline_tags))


def newest_first(notes: list[Note]) -> list[Note]:
    """Notes by date, undated last (a date without a year is none); equal ones stay in order."""
    dated = [note for note in notes if note.date and note.date.year]
    undated = [note for note in notes if not (note.date and note.date.year)]
    return sorted(dated, key=lambda note: dates.sort_key(note.date), reverse=True) + undated
