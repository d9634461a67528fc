"""Answers of the last day, so that a run that was stopped goes on where it was."""

from __future__ import annotations

import contextlib
import os
import sqlite3

from vault.fetch.limits import Clock
from vault.records import LockEntry, decode, digest_of, encode

FILE = "answers.db"
DAY = 86_400.0


class Store:
    """What a service said of a paper, by both their names.  ``folder`` None remembers for one run.

    It is disposable: a file that cannot be used is thrown away.
    """

    def __init__(self, folder: str | None, clock: Clock | None = None, *, fresh: bool = False) -> None:
        self.clock = clock or Clock()
        self.file = os.path.join(folder, FILE) if folder else ":memory:"
        if fresh:
            self.discard()
        try:
            self.db = self.opened()
        except sqlite3.Error:
            self.discard()
            self.db = self.opened()
        self.db.execute("DELETE FROM answers WHERE at < ? OR at > ?", (self.since, self.clock.now()))

    def opened(self) -> sqlite3.Connection:
        try:
            db = sqlite3.connect(self.file, timeout=5, isolation_level=None)
            db.execute("PRAGMA synchronous=OFF")
            db.execute(
                "CREATE TABLE IF NOT EXISTS answers(service TEXT, paper TEXT, at REAL, entry BLOB, sum TEXT, "
                "PRIMARY KEY(service, paper)) WITHOUT ROWID"
            )
        except sqlite3.OperationalError:
            db = sqlite3.connect(":memory:", isolation_level=None)
            db.execute("CREATE TABLE answers(service, paper, at, entry, sum, PRIMARY KEY(service, paper))")
        return db

    @property
    def since(self) -> float:
        return self.clock.now() - DAY

    def get(self, service: str, paper: str) -> tuple[LockEntry | None, bool]:
        """The answer (None: the service does not know the paper), and whether there is one."""
        with contextlib.suppress(sqlite3.Error, ValueError, TypeError):
            query = "SELECT entry, sum FROM answers WHERE service=? AND paper=? AND at >= ?"
            row = self.db.execute(query, (service, paper, self.since)).fetchone()
            if row and digest_of(row[0]) == row[1]:
                return (decode(row[0], LockEntry) if row[0] else None), True
        return None, False

    def put(self, service: str, paper: str, entry: LockEntry | None) -> None:
        data = encode(entry) if entry else b""
        with contextlib.suppress(sqlite3.Error):
            row = (service, paper, self.clock.now(), data, digest_of(data))
            self.db.execute("REPLACE INTO answers VALUES(?,?,?,?,?)", row)

    def close(self) -> None:
        self.db.close()

    def discard(self) -> None:
        for ending in ("", "-journal"):
            with contextlib.suppress(OSError):
                os.unlink(self.file + ending)
