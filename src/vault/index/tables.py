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
    """Make the tables those of this catalog, of which these notes may have changed.  ``text_row`` is the row
    of a note's full text."""
    known: dict[str, str] = dict(db.execute("SELECT id, stamp FROM notes"))
    stamps: dict[str, str] = {}
    new: list[Note] = []
    for note in notes:
        leads = graph.resolved.get(note.id, {})
        shown = (note.id, note.digest, note.line, note.status, note.date, url_of(note.id), text_row(note.id))
        stamp = digest_of(encode((shown, catalog.work_of_note.get(note.id, ""), leads)))
        stamps[note.id] = stamp
        if known.get(note.id) != stamp:
            new.append(note)
    forget(db, sorted(known.keys() - catalog.notes.keys()) + [note.id for note in new if note.id in known])
    db.executemany(
        "INSERT INTO notes VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            (
                *note_row(note, url_of(note.id)),
                catalog.work_of_note.get(note.id, ""),
                text_row(note.id),
                stamps[note.id],
            )
            for note in new
        ),
    )
    db.executemany(
        "INSERT OR IGNORE INTO tags VALUES(?,?)", ((note.id, tag) for note in new for tag in note.tags)
    )
    rows = (row for note in new for row in link_rows(note, graph.resolved.get(note.id, {})))
    db.executemany("INSERT INTO links VALUES(?,?,?,?,?,?)", rows)
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
