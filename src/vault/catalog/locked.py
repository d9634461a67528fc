"""What the lock file adds to the catalog: whatever notes and library leave open, and never more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from vault import lockfile, naming, papers
from vault.catalog import lengths
from vault.catalog.groups import folded
from vault.catalog.works import Works
from vault.records import LibraryEntry, LockEntry, Note, PaperId, Work, changed


def visible(lock: Iterable[LockEntry], published: Iterable[Note], notes: Iterable[Note]) -> list[LockEntry]:
    """The entries that may be shown: none on a paper that only notes which left are about, so that a
    note made private takes its paper along."""
    shown = {paper.key for note in published for paper in note.papers}
    left = {paper.key for note in notes for paper in note.papers} - shown
    entries = (_sound(entry) for entry in lock)
    return [
        entry
        for entry in entries
        if entry.ids and not (_keys(entry) & left and _keys(entry).isdisjoint(shown))
    ]


def _keys(entry: LockEntry) -> set[str]:
    return {paper.key for paper in entry.ids}


def _sound(entry: LockEntry) -> LockEntry:
    """The entry with those of its identities that the grammar knows as written."""
    ids = tuple(paper for paper in entry.ids if _is_sound(paper))
    return entry if ids == entry.ids else changed(entry, ids=ids)


def _is_sound(paper: PaperId) -> bool:
    found = (
        papers.web_identity(paper.value) if paper.scheme == "url" else papers.identify(papers.written(paper))
    )
    return found == paper


def as_entries(lock: Iterable[LockEntry]) -> list[LibraryEntry]:
    """The same for whoever unites works: entries of a library that comes after all others."""
    return [
        LibraryEntry(
            key="",
            kind=entry.kind or ("inproceedings" if entry.venue else "misc"),
            title=entry.title,
            authors=entry.authors,
            year=entry.year,
            venue=entry.venue,
            papers=entry.ids,
            url="",
            abstract=entry.abstract,
            fields=(),
            path=lockfile.NAME,
            line=0,
        )
        for entry in lock
    ]


def complete(found: Works, lock: list[LockEntry], notes: Iterable[Note]) -> Works:
    """The united works with what the lock alone knows; an entry of the lock is no library."""
    by_id = {note.id: note for note in notes}
    by_work: dict[str, LockEntry] = {}
    for entry in lock:
        by_work.setdefault(found.work_of[entry.ids[0].key], entry)
    cites = {id_: _cites(id_, entry, found.work_of) for id_, entry in by_work.items()}
    cited_by: dict[str, list[str]] = {}
    for id_, others in sorted(cites.items()):
        for other in others:
            cited_by.setdefault(other, []).append(id_)
    works = dict(found.works)
    for id_, entry in by_work.items():
        own = [by_id[note] for note in works[id_].notes]
        works[id_] = changed(_with(works[id_], entry, own), cites=cites[id_])
    for id_, citing in cited_by.items():
        works[id_] = changed(works[id_], cited_by=tuple(citing))
    return found._replace(works=works)


def _cites(id_: str, entry: LockEntry, work_of: Mapping[str, str]) -> tuple[str, ...]:
    """The works of this vault that a paper's list of references names."""
    named = {work_of[cited.key] for cited in entry.references if cited.key in work_of}
    return tuple(sorted(named - {id_}))


def _with(work: Work, entry: LockEntry, notes: list[Note]) -> Work:
    library = work.library if work.library and work.library.path != lockfile.NAME else None
    said = any(note.venue for note in notes) or bool(library and library.venue)
    title = (library.title if library else "") or next(
        (note.paper_title for note in notes if note.paper_title), work.title
    )
    return changed(
        work,
        title=title,
        nickname=naming.nickname(title) or work.nickname,
        library=library,
        locked=True,
        releases=entry.versions,
        published_as="" if said or not work.arxiv else entry.venue,
        withdrawn=entry.withdrawn,
        code=next(iter(entry.code), ""),
        pages=work.pages or lengths.of_comment(entry.comment),
    )


def retitled(notes: list[Note], found: Works) -> list[Note]:
    """Notes that have no title but their file's name, or the identity of their paper, with the title that
    a library or the lock knows."""
    return [_retitled(note, found.works.get(found.work_of_note.get(note.id, ""))) for note in notes]


def _retitled(note: Note, work: Work | None) -> Note:
    if work is None or not note.papers or note.paper_title or not (work.locked or work.library):
        return note
    if not (note.unnamed or _names(note.title, work)) or folded(work.title) == folded(note.title):
        return note
    nickname = naming.nickname(work.title)
    return changed(note, title=work.title, title_html="", paper_title=work.title, nickname=nickname)


def _names(title: str, work: Work) -> bool:
    """Whether a title is nothing but an identity of the work."""
    named = papers.identify(title)
    return named is not None and named.key in {paper.key for paper in work.ids}
