"""An open index, and the values that builds leave in it by name."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from vault.index import rows
from vault.index.stamp import tool_stamp
from vault.index.store import FEW, MANY, connect, guarded, reading
from vault.records import Record, decode, digest_of, encode

R = TypeVar("R")
T = TypeVar("T")


class Once(Record, frozen=True):
    """A value, and the digest of what it was made from."""

    key: str
    value: bytes


class Values:
    """An index in a transaction; ``folder`` None is one that ends with this object."""

    def __init__(self, folder: str | None, stamp: str) -> None:
        self.folder, self.db = folder, connect(folder, stamp)
        self.ready: dict[str, Any] = {}

    @guarded()
    def commit(self) -> None:
        """Make what was stored last, and go on."""
        self.db.execute("COMMIT")
        self.db.execute("BEGIN IMMEDIATE")

    @guarded()
    def reopen(self) -> None:
        """Read on in a forked process, from what was committed: a connection is not to cross a fork."""
        if self.folder is not None:
            self.db = reading(self.folder)

    @contextlib.contextmanager
    def shrunk(self) -> Iterator[None]:
        """Keep few pages of the index in memory while no more is done than to read a row here and there."""
        self.hold(FEW)
        yield
        self.hold(MANY)

    @guarded()
    def hold(self, size: int) -> None:
        """Keep no more than so many KiB of the index in memory."""
        self.db.execute(f"PRAGMA cache_size=-{size}")
        self.db.execute("PRAGMA shrink_memory")

    def close(self) -> None:
        self.db.close()

    @guarded()
    def load(self, name: str, kind: type[R]) -> R | None:
        """What the last build that ended well left under this name; None when it left nothing, or was made
        by other code: these values have the shapes of rooms above."""
        if name in self.ready:
            found: R | None = self.ready.pop(name)
            return found
        return rows.load(self.db, f"{name} {tool_stamp()}", kind)

    @guarded()
    def size(self, name: str) -> int:
        """Bytes of what ``load`` reads."""
        return rows.size(self.db, f"{name} {tool_stamp()}")

    def opened(self, name: str, kind: type[R], use: Callable[[R], T]) -> T | None:
        """``use`` of what ``load`` gives."""
        if name in self.ready:
            ready: T | None = self.ready.pop(name)
            return ready
        found = self.load(name, kind)
        return None if found is None else use(found)

    def prepare(self, name: str, kind: type[R], use: Callable[[R], Any] | None = None) -> Any:
        """Load what will be asked for by ``load``, or with ``use`` by ``opened``, while there is time.
        Returns it."""
        self.ready[name] = self.opened(name, kind, use) if use else self.load(name, kind)
        return self.ready[name]

    def drop(self, *names: str) -> None:
        """Do not hold what was loaded and is not asked for after all."""
        for name in names:
            self.ready.pop(name, None)

    @guarded()
    def save(self, name: str, value: Any) -> None:
        """Leave a value for the next build."""
        self.drop(name)
        rows.forget(self.db, f"{name} ")
        rows.save(self.db, f"{name} {tool_stamp()}", value)

    def once(self, name: str, given: Any, kind: type[R], make: Callable[[], R]) -> R:
        """``make()``, which is a function of ``given``: what it made last time, where that was the same."""
        key = digest_of(encode(given))
        before = self.load(name, Once)
        if before is not None and before.key == key:
            return decode(before.value, kind)
        value = make()
        self.save(name, Once(key, encode(value)))
        return value
