"""The next site while it is made: its new files wait on the disk of the standing one.

Nothing in the site changes before every byte of the next one is there (``.vault-stage/``), so a build
that fails leaves the site as it was.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping

from vault.disk.digests import chunks, digest_of_chunks, file_digest
from vault.disk.folders import claim, clear, made, unmade
from vault.disk.manifest import STAGE
from vault.disk.read import opened
from vault.problems import problem
from vault.records import (
    Attachment,
    Problem,
    Record,
    Seen,
    Standing,
    Vault,
    VaultError,
    digest_of,
)

FRESH = "site"
"""In the stage: the files that are to take their places."""
NEW_FILE = "new"
CONTENT = "its content changed"
UNNAMED = "-"
"""The view of a file in whose key it has no name: it is like no other."""


class Staged(Record, frozen=True):
    """A file of the next site that differs: its path, what it is, why it changed.

    ``born`` is its size, mtime (ns) and inode when its last byte was written.
    """

    path: str
    digest: str
    key: str
    reason: str
    born: tuple[int, int, int]


class Made(Record, frozen=True):
    """What became of some planned files: those that wait, those that stand as they should, what was wrong."""

    staged: list[Staged]
    seen: dict[str, Seen]
    problems: list[Problem]


class Stage:
    """The next site while it is made: ``put`` or ``copy`` each planned file once, then ``publish``.

    ``known`` are the outputs as the last build saw them, which spares reading those that still stand.
    """

    def __init__(self, out: str, standing: Standing, known: Mapping[str, Seen], looked_ns: int) -> None:
        self.out, self.standing, self.known, self.looked_ns = out, standing, known, looked_ns
        self.owned = standing.manifest.files if standing.manifest else {}
        self.folder = os.path.join(out, STAGE)
        self.fresh = os.path.join(self.folder, FRESH)
        self.staged: list[Staged] = []
        self.seen: dict[str, Seen] = {}
        self.problems: list[Problem] = []
        self.now = Made([], {}, [])
        self.made: list[str] = []
        self.ready = ""  # the last folder alone: the names of all would be megabytes
        self.lock = -1

    def __enter__(self) -> Stage:
        try:
            with self.told():
                self.made = made(self.out)
                self.lock = claim(self.out)
                clear(self.folder)
                os.mkdir(self.folder)
        except VaultError:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            clear(self.folder)
        unmade(self.made)
        if self.lock >= 0:
            os.close(self.lock)

    def taken(self) -> Made:
        """What was made since this was last asked: another process hands it on, to be added again."""
        made, self.now = self.now, Made([], {}, [])
        return made

    def add(self, made: Made) -> None:
        """What another process, or this one, made of some files."""
        self.staged += made.staged
        self.seen |= made.seen
        self.problems += made.problems

    def has(self, path: str, key: str) -> bool:
        """Whether the file that stands there was made of the same; then it is left alone, and need not
        be made.  ``key`` names all that its bytes depend on: ``view templates tool``, the view perhaps
        ``UNNAMED``."""
        before = self.known.get(path)
        return before is not None and before.key == key and self.stands(path)

    def stands(self, path: str) -> bool:
        """Whether the file is there as the last build left it; then it is left alone."""
        before = self.known.get(path)
        if before is None or not before.key:
            return False
        if before.settled and before.found is self.standing.files.get(path) and path in self.owned:
            self.now.seen[path] = before  # what ``keep`` would find, of ten thousands of files
            return True
        return self.keep(path, before.found.size, before.digest, before.key)

    def put(self, path: str, data: bytes, key: str = "") -> None:
        """A file of these bytes."""
        digest = digest_of(data)
        if not self.keep(path, len(data), digest, key):
            with self.waiting(path) as to:
                write(to, data)
                born = birth(to)
            self.stage(path, digest, key, born)

    def copy(self, path: str, vault: Vault, attachment: Attachment) -> None:
        """A file of the notes folder, as it is there now; a Problem where it cannot be read."""
        if self.keep(path, attachment.size, attachment.digest, ""):
            return
        try:
            fd = opened(vault, attachment.file)
        except OSError as error:
            message = f"the file cannot be read: {error.strerror or error}"
            self.now.problems.append(problem("file-unreadable", attachment.path, message))
            return
        try:
            with self.waiting(path) as to:
                digest, _ = digest_of_chunks(write(to, part) for part in chunks(fd))
                born = birth(to)
        finally:
            os.close(fd)
        self.stage(path, digest, "", born)

    def keep(self, path: str, size: int, digest: str, key: str) -> bool:
        """Whether the file that stands there has these bytes already; then it is left alone."""
        found = self.standing.files.get(path) if path in self.owned else None
        if found is None or found.size != size:
            return False
        before = self.known.get(path)
        trusted = before is not None and before.settled and (before.found is found or before.found == found)
        if (before.digest if before and trusted else file_digest(found.file)) != digest:
            return False
        if before is None or not trusted or before.key != key:
            before = Seen(found, digest, trusted or found.settled(self.looked_ns), key)
        self.now.seen[path] = before
        return True

    @contextlib.contextmanager
    def waiting(self, path: str) -> Iterator[int]:
        """A descriptor of the file that is to be at this path."""
        with self.told(path):
            file = os.path.join(self.fresh, path)
            folder = os.path.dirname(file)
            if folder != self.ready:
                os.makedirs(folder, exist_ok=True)
                self.ready = folder
            try:
                fd = created(file)
            except FileExistsError:  # begun by a process that died
                os.unlink(file)
                fd = created(file)
            try:
                yield fd
            finally:
                os.close(fd)

    def stage(self, path: str, digest: str, key: str, born: tuple[int, int, int]) -> None:
        self.now.staged.append(Staged(path, digest, key, self.reason(path, key), born))

    def reason(self, path: str, key: str) -> str:
        """Why this file is written."""
        if path not in self.owned:
            return NEW_FILE
        found, before = self.standing.files.get(path), self.known.get(path)
        if found is None:
            return "it was missing from the site"
        if (before is None or before.found != found) and file_digest(found.file) not in self.owned[path]:
            return "it had been changed in the site"
        return why(before.key.split() if before else [], key.split())

    @contextlib.contextmanager
    def told(self, path: str = "", hint: str = "") -> Iterator[None]:
        """An OSError as one sentence about this file of the site."""
        try:
            yield
        except OSError as error:
            where = os.path.join(self.out, path or error.filename2 or error.filename or "")
            why = (error.strerror or str(error)).lower()
            hint = hint or "The site is as it was; make room or mend the rights, then build again."
            raise VaultError(f"{where} cannot be written: {why}", hint=hint) from error


def why(before: list[str], now: list[str]) -> str:
    """What changed of what a file is made of (``key``)."""
    names = [CONTENT, "its template changed", "vault itself changed"]
    if before[:1] == [UNNAMED]:
        names[1:] = ["its content or its template changed", "its content or vault itself changed"]
    pairs = zip(names, before, now, strict=False)
    return next((name for name, old, new in pairs if old not in (new, UNNAMED)), CONTENT)


def created(file: str) -> int:
    """A descriptor of a new file.  Raises OSError, also when there is one."""
    return os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)


def birth(fd: int) -> tuple[int, int, int]:
    """Size, mtime (ns) and inode of a file just written."""
    s = os.fstat(fd)
    return s.st_size, s.st_mtime_ns, s.st_ino


def write(fd: int, data: bytes) -> bytes:
    """Write all of the bytes, however few the system takes at a time; the bytes again."""
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]
    return data
