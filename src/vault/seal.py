"""Whether anything has changed since the last build, asked before anything of vault is loaded.

A build that ends well leaves a seal: the stat of every file that it was made of and that it made, of vault's
own code and of the folders that libraries are found in.  Where all of them are the same, the build would do
nothing and say what it said; a tenth of the time of finding that out the long way is enough to compare them.

Sound by itself: more is compared than a site depends on, so a seal may break without need and never holds
without right.  What is too young for its stat to be trusted is compared by its bytes.
"""

from __future__ import annotations

import os
import stat

TYPE_CHECKING = False  # importing typing costs as much as looking at a thousand files
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TextIO

FILE = "seal"
PART, ROW = "\x1e", "\n"
MOST = 200_000
"""Entries of folders beyond which nothing is sealed: somebody's disk is not a vault."""


class BrokenError(Exception):
    """There is something here that a seal cannot stand for."""


def state(folders: Iterable[str], files: Iterable[str], out: str = "") -> str:
    """The stats of everything in these folders (but what begins with a dot, and ``out``) and of these files,
    there or not.  Raises BrokenError for links and for far too many files."""
    rows: list[str] = []
    for folder in folders:
        _walk(folder, out, rows)
    rows += map(of_file, files)
    return ROW.join(rows)


class Once:
    """``state``, which says again what it said of the same: whoever finds a seal broken has looked already,
    and what is read after that is at least as new."""

    def __init__(self) -> None:
        self.asked: tuple[tuple[str, ...], tuple[str, ...], str] | None = None
        self.told = ""

    def __call__(self, folders: Iterable[str], files: Iterable[str], out: str = "") -> str:
        asked = (tuple(folders), tuple(files), out)
        if asked != self.asked:
            self.told = state(*asked)
            self.asked = asked
        return self.told


def _walk(top: str, out: str, rows: list[str]) -> None:
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        rows.append(folder)
        try:
            entries = list(os.scandir(folder))
        except FileNotFoundError:
            continue
        except OSError as error:
            raise BrokenError(folder) from error
        for entry in entries:
            if entry.name[0] == "." or entry.name == "__pycache__" or entry.path == out:
                continue
            if entry.is_symlink() or len(rows) > MOST:
                raise BrokenError(entry.path)
            if entry.is_dir():
                waiting.append(entry.path)
            else:
                s = entry.stat()
                rows.append(f"{entry.name} {s.st_size} {s.st_mtime_ns} {s.st_ctime_ns} {s.st_ino}")


def of_file(file: str) -> str:
    """``size mtime ctime inode``; nothing for what is not there.  Raises BrokenError for a link."""
    try:
        s = os.lstat(file)
    except OSError:
        return ""
    if stat.S_ISLNK(s.st_mode):
        raise BrokenError(file)
    return f"{s.st_size} {s.st_mtime_ns} {s.st_ctime_ns} {s.st_ino}"


class Seal:
    """What a build was asked (``words``) and said (``told``); the state of its ``folders`` and ``files`` as
    it began (``before``), and of each of ``paths`` below ``out`` as it ended (``states``); ``young``
    (``digest path``) are those whose stat cannot be trusted yet."""

    def __init__(self, words: str, told: str, before: str, out: str, *rows: Iterable[str]) -> None:
        self.words, self.told, self.before, self.out = words, told, before, out
        self.folders, self.files, self.paths, self.states, self.young = map(tuple, rows)

    def parts(self) -> list[str]:
        """As texts, in the order of ``__init__``."""
        rows = (self.folders, self.files, self.paths, self.states, self.young)
        return [self.words, self.told, self.before, self.out, *map(ROW.join, rows)]


def write(cache: str, seal: Seal) -> None:
    """Leave it, in place of the one that is there.  Raises OSError."""
    parts = seal.parts()
    if any(PART in part for part in parts) or any(row[0] == " " for row in seal.young):
        remove(cache)
        return
    with _new(cache) as file:
        file.write(PART.join(parts))
    os.replace(file.name, os.path.join(cache, FILE))


def _new(cache: str) -> TextIO:
    file = os.path.join(cache, f".{FILE}.{os.getpid()}")
    return open(file, "w", encoding="utf-8", errors="surrogateescape", newline="")


def remove(cache: str) -> None:
    try:
        os.unlink(os.path.join(cache, FILE))
    except OSError:
        return


def holds(cache: str, words: str, look: Callable[..., str] = state) -> str | None:
    """What the last build told, when it was asked the same and nothing has changed since.  ``look`` is
    ``state``, or ``Once``."""
    try:
        seal = read(cache)
        if seal.words != words or look(seal.folders, seal.files, seal.out) != seal.before:
            return None
        if tuple([of_file(f"{seal.out}/{path}") for path in seal.paths]) != seal.states:
            return None
        return seal.told if not seal.young or _grown(cache, seal) else None
    except (OSError, ValueError, TypeError, BrokenError):
        return None


def read(cache: str) -> Seal:
    """Raises OSError, ValueError or TypeError when there is none that can be read."""
    file = os.path.join(cache, FILE)
    with open(file, encoding="utf-8", errors="surrogateescape", newline="") as opened:
        words, told, before, out, *rows = opened.read().split(PART)
    return Seal(words, told, before, out, *map(_rows, rows))


def _rows(part: str) -> tuple[str, ...]:
    return tuple(part.split(ROW)) if part else ()


def _grown(cache: str, seal: Seal) -> bool:
    """Whether the young files have the bytes that they had; those that are old enough now are so for good."""
    from vault.records.source import is_settled  # noqa: PLC0415 - seldom needed

    with _new(cache) as file:
        now = os.fstat(file.fileno()).st_mtime_ns
        os.unlink(file.name)
    stats = [os.lstat(row.partition(" ")[2]) for row in seal.young]
    if not all(map(_is_same, seal.young)):
        return False
    pairs = zip(seal.young, stats, strict=True)
    seal.young = tuple(row for row, s in pairs if not is_settled(s.st_mtime_ns, s.st_ctime_ns, now))
    write(cache, seal)
    return True


def _is_same(row: str) -> bool:
    from vault.records.hashes import blake2b  # noqa: PLC0415 - seldom needed

    digest, _, path = row.partition(" ")
    with open(path, "rb") as file:
        return blake2b(file.read(), digest_size=16).hexdigest() == digest
