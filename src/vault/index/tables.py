"""Tables for people (``sqlite3 .vault/index.db``): notes, papers, tags, links.  Only changes are written."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable

from vault.records import Catalog, Graph, Note, Resolved, Work, digest_of, encode, slot_key

Row = tuple[object, ...]


def refresh(  # noqa: PLR0917 - the index, whose rows they are, what is asked of them
    db: sqlite3.Connection,
    notes: Iterable[Note],
    catalog: Catalog,
    graph: Graph,
    url_of: Callable[[str], str],
    text_row: Callable[[str], int],
) -> None:
    """Bring the rows of these notes up to date.  ``text_row`` is the row of a note's full text."""
    for note in notes:
        leads, work = graph.resolved.get(note.id, {}), catalog.work_of_note.get(note.id, "")
        url, row = url_of(note.id), text_row(note.id)
        shown = (note.id, note.digest, note.line, note.status, note.date, url, row)
        stamp = digest_of(encode((shown, work, leads)))
        before = db.execute("SELECT stamp FROM notes WHERE id=?", (note.id,)).fetchone()
        if before == (stamp,):
            continue
        if before:
            forget(db, [note.id])
        values = (*note_row(note, url), work, row, stamp)
        db.execute("INSERT INTO notes VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)", values)
        db.executemany("INSERT OR IGNORE INTO tags VALUES(?,?)", ((note.id, tag) for tag in note.tags))
        db.executemany("INSERT INTO links VALUES(?,?,?,?,?,?)", link_rows(note, leads))


def refresh_others(db: sqlite3.Connection, catalog: Catalog) -> None:
    """Forget the notes that are gone, and make the table of papers that of this catalog."""
    forget(db, sorted({id_ for (id_,) in db.execute("SELECT id FROM notes")} - catalog.notes.keys()))
    refresh_papers(db, catalog.works.values())


def forget(db: sqlite3.Connection, ids: list[str]) -> None:
    for table, column in (("notes", "id"), ("tags", "note"), ("links", "note")):
        db.executemany(f"DELETE FROM {table} WHERE {column}=?", ((i,) for i in ids))


def note_row(note: Note, url: str) -> Row:
    date = note.date.iso if note.date else ""
    told = (note.title, date, note.status, note.priority, note.rating, note.words, url)
    return (note.id, note.path, note.line, note.kind, *told)


def link_rows(note: Note, leads: dict[str, Resolved]) -> Iterable[Row]:
    """Each link as written, and the note, work or file it leads to (empty: nowhere)."""
    for link in note.links:
        found = leads.get(slot_key(link.kind, link.paper.key if link.paper else link.target, link.anchor))
        there = found.target if found and found.kind != "missing" else ""
        yield note.id, link.line, link.kind, link.target, there, link.sentence


def refresh_papers(db: sqlite3.Connection, works: Iterable[Work]) -> None:
    known: dict[str, str] = dict(db.execute("SELECT id, stamp FROM papers"))
    new: list[Row] = []
    ids: set[str] = set()
    for work in works:
        row = (
            work.id,
            work.title,
            "; ".join(work.authors),
            work.year,
            work.venue,
            work.arxiv,
            work.doi,
            work.key,
        )
        stamp = digest_of(encode(row))
        ids.add(work.id)
        if known.get(work.id) != stamp:
            new.append((*row, stamp))
    db.executemany("DELETE FROM papers WHERE id=?", ((i,) for i in sorted(known.keys() - ids)))
    db.executemany("REPLACE INTO papers VALUES(?,?,?,?,?,?,?,?,?)", new)
