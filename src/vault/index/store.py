"""The file ``index.db``: made, opened, distrusted.

It is a projection: whatever is wrong with it, it is thrown away and made again.  Every row that a page
depends on carries a checksum, since SQLite does not notice a changed byte inside a value.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import zlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from vault.records import encode

FILE = "index.db"
APPLICATION = 0x7661756C
"""``vaul``: tells ``file(1)``, and us, whose database this is."""
SCHEMA = 7
BUSY_SECONDS = 5.0
PAGE = 16384
"""Bytes of a page of a new file: each build writes values of megabytes, and the pages of rows are fuller."""
MANY, FEW = 8000, 1000
"""KiB of the file that are held in memory: by who writes, and by who reads a row here and there."""
TABLES = """
CREATE TABLE memory(key TEXT PRIMARY KEY, sum INTEGER, value BLOB);
CREATE TABLE pieces(id INTEGER PRIMARY KEY, notes BLOB, sum INTEGER);
CREATE TABLE bodies(id INTEGER PRIMARY KEY, body BLOB, sum INTEGER);
CREATE TABLE attachments(path TEXT PRIMARY KEY, seen BLOB, sum INTEGER) WITHOUT ROWID;
CREATE TABLE libraries(key TEXT PRIMARY KEY, entries BLOB, sum INTEGER) WITHOUT ROWID;
CREATE TABLE library_pieces(path TEXT, key TEXT, part BLOB, sum INTEGER,
    PRIMARY KEY(path, key)) WITHOUT ROWID;
CREATE TABLE locks(key TEXT PRIMARY KEY, entries BLOB, sum INTEGER) WITHOUT ROWID;
CREATE VIRTUAL TABLE text USING fts5(title, body, sum UNINDEXED, tokenize="unicode61 remove_diacritics 2");
CREATE TABLE notes(id TEXT PRIMARY KEY, path TEXT, line INTEGER, kind TEXT, title TEXT, date TEXT,
    status TEXT, priority INTEGER, rating REAL, words INTEGER, url TEXT, paper TEXT, body INTEGER,
    stamp TEXT);
CREATE TABLE papers(id TEXT PRIMARY KEY, title TEXT, authors TEXT, year INTEGER, venue TEXT, arxiv TEXT,
    doi TEXT, key TEXT, stamp TEXT);
CREATE TABLE tags(note TEXT, tag TEXT, PRIMARY KEY(note, tag)) WITHOUT ROWID;
CREATE TABLE links(note TEXT, line INTEGER, kind TEXT, target TEXT, leads TEXT, sentence TEXT);
CREATE INDEX tags_by_tag ON tags(tag);
CREATE INDEX links_by_note ON links(note);
CREATE INDEX links_by_target ON links(leads);
"""
_NOT_THE_FILES_FAULT = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_PERM,
}


class DamagedError(Exception):
    """The index holds what it should not: throw it away, and begin again without it."""


class UnusableError(Exception):
    """The index cannot be used now (locked, disk full, read-only): leave it, and work without it."""


@contextlib.contextmanager
def guarded() -> Iterator[None]:
    """Errors of SQLite as DamagedError or UnusableError."""
    try:
        yield
    except UnicodeDecodeError as error:  # sqlite3, of a damaged text
        raise DamagedError(str(error)) from error
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.ProgrammingError):
            raise
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        raise (UnusableError if code in _NOT_THE_FILES_FAULT else DamagedError)(str(error)) from error


def connect(folder: str | None, stamp: str) -> sqlite3.Connection:
    """The index of a cache folder (None: one in memory), in a transaction, empty unless it was made
    by the same code.  Raises DamagedError and UnusableError."""
    if folder is None:
        return fresh(":memory:", stamp)
    file = os.path.join(folder, FILE)
    if os.path.islink(file):
        discard(folder)
    if not os.path.exists(file):
        return fresh(file, stamp)
    try:
        with guarded():
            db = begin(file)
            if is_ours(db, stamp):
                return db
            db.close()
    except DamagedError:
        pass
    discard(folder)
    return fresh(file, stamp)


def begin(file: str) -> sqlite3.Connection:
    """A connection that holds the right to write; others may read."""
    db = sqlite3.connect(file, timeout=BUSY_SECONDS, isolation_level=None)
    for pragma in (
        f"page_size={PAGE}",
        "journal_mode=TRUNCATE",
        "synchronous=OFF",
        "temp_store=MEMORY",
        "secure_delete=OFF",
    ):
        db.execute(f"PRAGMA {pragma}")
    db.execute(f"PRAGMA cache_size=-{MANY}")
    db.execute("BEGIN IMMEDIATE")
    return db


def reading(folder: str) -> sqlite3.Connection:
    """A connection that takes no lock, for as long as nobody writes to the file."""
    db = sqlite3.connect(f"file:{quote(os.path.join(folder, FILE))}?mode=ro&immutable=1", uri=True)
    db.execute(f"PRAGMA cache_size=-{FEW}")
    return db


def beside(folder: str) -> sqlite3.Connection:
    """A connection that reads what was committed last, beside one that writes; for any thread."""
    file = f"file:{quote(os.path.join(folder, FILE))}?mode=ro"
    return sqlite3.connect(
        file, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )


def is_ours(db: sqlite3.Connection, stamp: str) -> bool:
    marks = (
        db.execute("PRAGMA application_id").fetchone()[0],
        db.execute("PRAGMA user_version").fetchone()[0],
    )
    if marks != (APPLICATION, SCHEMA):
        return False
    return bool(db.execute("SELECT value FROM memory WHERE key='stamp'").fetchone() == (stamp.encode(),))


def fresh(file: str, stamp: str) -> sqlite3.Connection:
    """A new index, in a transaction."""
    with guarded():
        db = begin(file)
        db.execute(f"PRAGMA application_id={APPLICATION}")
        db.execute(f"PRAGMA user_version={SCHEMA}")
        for statement in TABLES.split(";\n"):
            db.execute(statement)
        db.execute("INSERT INTO memory VALUES('stamp', 0, ?)", (stamp.encode(),))
        return db


def discard(folder: str) -> None:
    """Throw the index away, with the journals beside it.  Raises UnusableError when that fails."""
    for ending in ("", "-journal", "-wal", "-shm"):
        try:
            os.unlink(os.path.join(folder, FILE + ending))
        except FileNotFoundError:
            continue
        except OSError as error:
            raise UnusableError(str(error)) from error


def checksum(*values: Any) -> int:
    """Of the values of a row, so that a changed or misplaced one is noticed.  Bytes count by their own sum:
    some are many megabytes, and encoding copies them."""
    return zlib.crc32(encode([zlib.crc32(each) if isinstance(each, bytes) else each for each in values]))
