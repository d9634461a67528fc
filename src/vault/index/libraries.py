"""What was read of the pieces of a ``.bib`` file, for when the file is read anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from vault.index.rows import summed, trusted
from vault.records import LibraryPart, LibraryPiece, decode, digest_of, encode

ReadPiece = Callable[[LibraryPiece], LibraryPart]


class Pieces:
    """The pieces of one file by the digests of all they are read from; used while the file is read."""

    def __init__(self, db: sqlite3.Connection, path: str) -> None:
        self.db, self.path = db, path
        rows = db.execute("SELECT path, key, part, sum FROM library_pieces WHERE path=?", (path,))
        self.known: dict[str, bytes] = {key: part for _, key, part in map(trusted, rows)}
        self.fresh: dict[str, bytes] = {}
        self.used: set[str] = set()

    def recall(self, piece: LibraryPiece, read: ReadPiece) -> LibraryPart:
        """What is known of a piece, or what ``read`` makes of it."""
        key = digest_of(encode(piece))
        self.used.add(key)
        data = self.known.get(key)
        if data is not None:
            return decode(data, LibraryPart)
        part = read(piece)
        self.known[key] = self.fresh[key] = encode(part)
        return part

    def keep(self) -> None:
        """Store what is new, forget what the file no longer has."""
        gone = ((self.path, key) for key in sorted(self.known.keys() - self.used))
        self.db.executemany("DELETE FROM library_pieces WHERE path=? AND key=?", gone)
        rows = (summed(self.path, key, part) for key, part in self.fresh.items())
        self.db.executemany("INSERT INTO library_pieces VALUES(?,?,?,?)", rows)


def forget_others(db: sqlite3.Connection, paths: set[str]) -> None:
    """Delete the pieces of all files but these."""
    stored = {path for (path,) in db.execute("SELECT DISTINCT path FROM library_pieces")}
    db.executemany("DELETE FROM library_pieces WHERE path=?", ((path,) for path in sorted(stored - paths)))
