"""Work with the index if it can be worked with, and without it if not: never wrong, at worst slow."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from vault.index.memory import Memory
from vault.index.stamp import parse_stamp, recall, remember
from vault.index.store import DamagedError, UnusableError, discard

T = TypeVar("T")


def with_memory(folder: str | None, use: Callable[[Memory], T], *, clean: bool = False) -> T:
    """What ``use`` makes with the index of a cache folder.

    A damaged index is thrown away and ``use`` called again with a new one; one that is locked or
    cannot be written is left, and ``use`` called with one in memory (as for None).  ``clean`` begins
    with a new one.
    """
    if folder is not None and (not clean or discarded(folder)):
        try:
            return attempt(folder, use)
        except DamagedError:
            usable = discarded(folder)
        except UnusableError:
            usable = False
        if usable:
            try:
                return attempt(folder, use)
            except (DamagedError, UnusableError):
                pass
    return attempt(None, use)


def attempt(folder: str | None, use: Callable[[Memory], T]) -> T:
    if folder is not None:
        recall(folder)
    memory = Memory(folder, parse_stamp())
    if folder is not None:
        remember(folder)
    try:
        return use(memory)
    finally:
        memory.close()


def discarded(folder: str) -> bool:
    """Throw the index away; whether that was possible."""
    try:
        discard(folder)
    except UnusableError:
        return False
    return True
