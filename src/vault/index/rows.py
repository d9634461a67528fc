"""Rows of the index, read with suspicion: where a checksum is wrong, the whole index is DamagedError."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from vault.index.pool import Encoded
from vault.index.store import DamagedError, checksum
from vault.records import (
    Attachment,
    Found,
    Last,
    LibraryEntry,
    LockEntry,
    Problem,
    Record,
    Traces,
    decode,
    encode,
)

BITS = 20
"""A body's row number is its piece's, and in so many lower bits its place in the piece."""

Row = tuple[Any, ...]
Places = tuple[tuple[str, int], ...]
Light = dict[str, tuple[int, bytes]]
"""Key of a piece -> its row number, its notes as encoded."""


class Filed(Record, frozen=True):
    """A note file as it was read: its stat then, the digest of its text, whether that stat can be
    trusted from now on, and its pieces (key, line)."""

    found: Found
    digest: str
    settled: bool
    pieces: Places


class Library(Record, frozen=True):
    """A ``.bib`` file as it was read."""

    entries: tuple[LibraryEntry, ...]
    problems: tuple[Problem, ...]


class Locked(Record, frozen=True):
    """A lock file as it was read, without the titles of references: no page shows them."""

    entries: tuple[LockEntry, ...]
    problems: tuple[Problem, ...]


class Measured(Record, frozen=True):
    """A file beside the notes as it was read."""

    found: Found
    settled: bool
    attachment: Attachment


def summed(*values: Any) -> Row:
    """The row with its checksum as last column."""
    return (*values, checksum(*values))


def trusted(row: Row) -> Row:
    """The row without its checksum.  Raises DamagedError when that is wrong."""
    if checksum(*row[:-1]) != row[-1]:
        raise DamagedError("a row is not as it was stored")
    return row[:-1]


def load_last(db: sqlite3.Connection) -> Last | None:
    """What the last build left; None when there was none."""
    row = db.execute("SELECT * FROM memory WHERE key='last'").fetchone()
    return decode(trusted(row)[1], Last) if row else None


def save_last(db: sqlite3.Connection, last: Last) -> None:
    db.execute("REPLACE INTO memory VALUES(?,?,?)", summed("last", encode(last)))


def load_traces(db: sqlite3.Connection) -> Traces | None:
    """What the files of the last build were made of; None when that is not known."""
    row = db.execute("SELECT * FROM memory WHERE key='traces'").fetchone()
    return decode(trusted(row)[1], Traces) if row else None


def save_traces(db: sqlite3.Connection, traces: Traces) -> None:
    db.execute("REPLACE INTO memory VALUES(?,?,?)", summed("traces", encode(traces)))


def load_libraries(db: sqlite3.Connection) -> dict[str, Library]:
    rows = map(trusted, db.execute("SELECT * FROM libraries"))
    return {key: decode(data, Library) for key, data in rows}


def save_libraries(db: sqlite3.Connection, libraries: dict[str, Library]) -> None:
    """These and no others."""
    db.execute("DELETE FROM libraries")
    rows = (summed(key, encode(library)) for key, library in libraries.items())
    db.executemany("INSERT INTO libraries VALUES(?,?,?)", rows)


def load_lock(db: sqlite3.Connection, key: str) -> Locked | None:
    """What was read of the text of this digest; None for another text."""
    row = db.execute("SELECT * FROM locks WHERE key=?", (key,)).fetchone()
    return decode(trusted(row)[1], Locked) if row else None


def save_lock(db: sqlite3.Connection, key: str, locked: Locked) -> None:
    """This one and no other."""
    db.execute("DELETE FROM locks")
    db.execute("INSERT INTO locks VALUES(?,?,?)", summed(key, encode(locked)))


def load_files(db: sqlite3.Connection) -> dict[str, Filed]:
    rows = db.execute("SELECT * FROM files")
    return {row[0]: _filed(*trusted(row)) for row in rows}


def _filed(*row: Any) -> Filed:
    path, file, size, mtime_ns, ctime_ns, inode, digest, settled, pieces = row
    found = Found(path, file, size, mtime_ns, ctime_ns, inode)
    places = decode(pieces, tuple[tuple[str, int], ...])
    return Filed(found, digest, bool(settled), places)


def save_files(db: sqlite3.Connection, filed: Iterable[Filed]) -> None:
    db.executemany("REPLACE INTO files VALUES(?,?,?,?,?,?,?,?,?,?)", map(_file_row, filed))


def _file_row(one: Filed) -> Row:
    f = one.found
    stat = (f.path, f.file, f.size, f.mtime_ns, f.ctime_ns, f.inode)
    row = (*stat, one.digest, int(one.settled), encode(one.pieces))
    return summed(*row)


def load_pieces(db: sqlite3.Connection) -> Light:
    rows = map(trusted, db.execute("SELECT * FROM pieces"))
    return {key: (number, notes) for number, key, notes in rows}


def save_pieces(db: sqlite3.Connection, parsed: Iterable[tuple[str, Encoded]]) -> Light:
    """Store pieces by their keys, under new row numbers; they as ``load_pieces`` would give them."""
    number = db.execute("SELECT coalesce(max(id), 0) FROM pieces").fetchone()[0]
    light: Light = {}
    for key, one in parsed:
        number += 1
        light[key] = (number, one.notes)
        db.execute("INSERT INTO pieces VALUES(?,?,?,?)", summed(number, key, one.notes))
        db.executemany("INSERT INTO bodies VALUES(?,?,?)", bodies(number, one))
        db.executemany(
            "INSERT INTO text(rowid, title, body, sum) VALUES(?,?,?,?)",
            (summed(number << BITS | n, title, text) for n, (title, text) in enumerate(one.texts)),
        )
    return light


def bodies(number: int, one: Encoded) -> Iterator[Row]:
    return (summed(number << BITS | n, body) for n, body in enumerate(one.bodies))


def load_body(db: sqlite3.Connection, number: int) -> bytes:
    """Raises DamagedError where it is not as it was stored."""
    row = db.execute("SELECT * FROM bodies WHERE id=?", (number,)).fetchone()
    if row is None:
        raise DamagedError(f"body {number} is missing")
    data: bytes = trusted(row)[1]
    return data


def load_text(db: sqlite3.Connection, number: int) -> str:
    """Raises DamagedError where it is not as it was stored."""
    row = db.execute("SELECT rowid, title, body, sum FROM text WHERE rowid=?", (number,)).fetchone()
    if row is None:
        raise DamagedError(f"text {number} is missing")
    text: str = trusted(row)[2]
    return text


def forget_files(db: sqlite3.Connection, paths: Iterable[str]) -> None:
    db.executemany("DELETE FROM files WHERE path=?", ((path,) for path in paths))


def forget_pieces(db: sqlite3.Connection, kept: set[int]) -> None:
    """Delete every piece but these."""
    gone = [row for (row,) in db.execute("SELECT id FROM pieces") if row not in kept]
    spans = [(row << BITS, (row + 1) << BITS) for row in gone]
    db.executemany("DELETE FROM pieces WHERE id=?", ((row,) for row in gone))
    for table, number in (("bodies", "id"), ("text", "rowid")):
        db.executemany(f"DELETE FROM {table} WHERE {number} >= ? AND {number} < ?", spans)


def load_measured(db: sqlite3.Connection) -> dict[str, Measured]:
    rows = map(trusted, db.execute("SELECT * FROM attachments"))
    return {path: decode(seen, Measured) for path, seen in rows}


def save_measured(db: sqlite3.Connection, measured: Iterable[Measured]) -> None:
    rows = ((one.found.path, encode(one)) for one in measured)
    db.executemany("REPLACE INTO attachments VALUES(?,?,?)", (summed(*row) for row in rows))


def forget_measured(db: sqlite3.Connection, paths: Iterable[str]) -> None:
    db.executemany("DELETE FROM attachments WHERE path=?", ((path,) for path in paths))
