"""Rows of the index, read with suspicion: where a checksum is wrong, the whole index is DamagedError."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from vault.index.pool import Encoded
from vault.index.store import DamagedError, checksum
from vault.records import (
    Attachment,
    Found,
    LibraryEntry,
    LockEntry,
    Problem,
    Record,
    decode,
    encode,
)

BITS = 20
"""A body's row number is its piece's, and in so many lower bits its place in the piece."""

Row = tuple[Any, ...]
R = TypeVar("R")


class At(Record, frozen=True):
    """A piece of a file: the name of its text and context, its line there, its row number, and the
    ``shape`` of its notes."""

    key: str
    line: int
    row: int
    shape: str


class Filed(Record, frozen=True):
    """A note file as it was read: its stat then, the digest of its text, whether that stat can be
    trusted from now on, and its pieces."""

    found: Found
    digest: str
    settled: bool
    pieces: tuple[At, ...]


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


def load(db: sqlite3.Connection, name: str, kind: type[R]) -> R | None:
    """What was stored under a name; None when nothing was."""
    row = db.execute("SELECT rowid, sum FROM memory WHERE key=?", (name,)).fetchone()
    if row is None:
        return None
    with db.blobopen("memory", "value", row[0], readonly=True) as blob:  # SQLite copies what it selects
        data = blob.read()
    return decode(trusted((name, data, row[1]))[1], kind)


def size(db: sqlite3.Connection, name: str) -> int:
    """Bytes of what is stored under a name."""
    row = db.execute("SELECT length(value) FROM memory WHERE key=?", (name,)).fetchone()
    return int(row[0]) if row else 0


def save(db: sqlite3.Connection, name: str, value: Any) -> None:
    """Written into its place, which is the last of the row: SQLite copies what it inserts otherwise twice,
    and of 100,000 notes that is much."""
    data = encode(value)
    row = db.execute("REPLACE INTO memory VALUES(?,?,zeroblob(?))", (name, checksum(name, data), len(data)))
    assert row.lastrowid is not None
    with db.blobopen("memory", "value", row.lastrowid) as blob:
        blob.write(data)


def forget(db: sqlite3.Connection, start: str) -> None:
    """Delete what is stored under names that begin so."""
    db.execute("DELETE FROM memory WHERE substr(key, 1, ?) = ?", (len(start), start))


def load_files(db: sqlite3.Connection) -> dict[str, Filed]:
    """Every note file by its path; all of them stand in one row, which is read ten times as fast as many."""
    return {one.found.path: one for one in load(db, "files", tuple[Filed, ...]) or ()}


def load_piece(db: sqlite3.Connection, number: int) -> bytes:
    """The notes of a piece as encoded.  Raises DamagedError where they are not as they were stored."""
    row = db.execute("SELECT id, notes, sum FROM pieces WHERE id=?", (number,)).fetchone()
    if row is None:
        raise DamagedError(f"piece {number} is missing")
    data: bytes = trusted(row)[1]
    return data


def save_pieces(db: sqlite3.Connection, parsed: Iterable[tuple[str, Encoded]]) -> dict[str, At]:
    """Store pieces by their keys, under new row numbers; where each is, at the first line."""
    number = db.execute("SELECT coalesce(max(id), 0) FROM pieces").fetchone()[0]
    places: dict[str, At] = {}
    for key, one in parsed:
        number += 1
        places[key] = At(key, 1, number, one.shape)
        db.execute("INSERT INTO pieces VALUES(?,?,?)", summed(number, one.notes))
        db.executemany("INSERT INTO bodies VALUES(?,?,?)", bodies(number, one))
        db.executemany(
            "INSERT INTO text(rowid, title, body, sum) VALUES(?,?,?,?)",
            (summed(number << BITS | n, title, text) for n, (title, text) in enumerate(one.texts)),
        )
    return places


def bodies(number: int, one: Encoded) -> Iterator[Row]:
    return (summed(number << BITS | n, body) for n, body in enumerate(one.bodies))


def load_body(db: sqlite3.Connection, number: int) -> bytes:
    """Raises DamagedError where it is not as it was stored."""
    row = db.execute("SELECT * FROM bodies WHERE id=?", (number,)).fetchone()
    if row is None:
        raise DamagedError(f"body {number} is missing")
    data: bytes = trusted(row)[1]
    return data


def load_bodies(db: sqlite3.Connection, number: int) -> list[bytes]:
    """All of a piece.  Raises DamagedError where one is not as it was stored."""
    span = (number << BITS, (number + 1) << BITS)
    return [trusted(row)[1] for row in db.execute("SELECT * FROM bodies WHERE id >= ? AND id < ?", span)]


def load_text(db: sqlite3.Connection, number: int) -> str:
    """Raises DamagedError where it is not as it was stored."""
    row = db.execute("SELECT rowid, title, body, sum FROM text WHERE rowid=?", (number,)).fetchone()
    if row is None:
        raise DamagedError(f"text {number} is missing")
    text: str = trusted(row)[2]
    return text


def forget_pieces(db: sqlite3.Connection, gone: Iterable[int]) -> None:
    """Delete these pieces, by their row numbers."""
    rows = sorted(gone)
    spans = [(row << BITS, (row + 1) << BITS) for row in rows]
    db.executemany("DELETE FROM pieces WHERE id=?", ((row,) for row in rows))
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
