"""What a server remembers of its own: a copy of the vault's index that no build waits for."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from vault import disk, index
from vault.build import Options, Progress, live_job, parse_all
from vault.index.reading import Read
from vault.index.rows import At, Filed
from vault.index.store import FILE, beside, guarded
from vault.records import Catalog, Found, Note, Problem, Source, Vault, VaultError, changed

PREFIX = "serve-"
ReadResult = tuple[Source | None, Found | None, tuple[Problem, ...]]


class MovedError(Exception):
    """A note is not as the look saw it that the survey began with: look again."""


class Draft(index.Memory):
    """An index whose changes count only when the survey that made them has become the site: until then
    the bodies of the site that stands are all there, and a ``Reader`` beside this connection finds them
    (it is never locked out: nothing goes to the file before ``accept``).

    ``patient``: a note that changed or went since the look ends the survey with MovedError; what is read
    of it then may be half a save.
    """

    patient = False
    standing: tuple[Note, ...] = ()
    """As they were parsed for the site that stands."""
    _came: tuple[Note, ...] = ()
    cuts: Mapping[str, tuple[At, ...]] = {}
    """The pieces of files that have several, in the site that stands."""
    _cuts: Mapping[str, tuple[At, ...]] = {}

    def __init__(self, folder: str | None, stamp: str) -> None:
        super().__init__(folder, stamp)
        self.db.execute("PRAGMA cache_spill=OFF")

    def refile(
        self,
        found: Sequence[Found],
        parser: index.Parser,
        looked_ns: int,
        jobs: int = 1,
        progress: Progress | None = None,
    ) -> index.Kept:
        exact = parser._replace(read=partial(self.exactly, parser.read))
        kept = super().refile(found, exact, looked_ns, jobs, progress)
        self._cuts = {one.found.path: one.pieces for one in kept.files if len(one.pieces) > 1}
        return kept

    def notes(self, files: Iterable[Filed]) -> Iterator[Note]:
        self._came = tuple(super().notes(files))
        return iter(self._came)

    def renew(self, files: Iterable[Filed]) -> None:
        """The notes of these files have other words, and are as many as they were."""
        fresh: dict[str, deque[Note]] = {}
        for note in super().notes(files):
            fresh.setdefault(note.path, deque()).append(note)
        self._came = tuple(fresh[one.path].popleft() if one.path in fresh else one for one in self.standing)

    def exactly(self, read: Read, file: Found) -> ReadResult:
        source, now, problems = read(file)
        if self.patient and not problems and now != file:
            raise MovedError(file.path)
        return source, now, problems

    def commit(self) -> None:
        """Nothing yet: ``accept`` or ``refuse`` says what becomes of it."""

    def accept(self, catalog: Catalog) -> None:
        """Keep what was stored, and forget where bodies were that no note has any more.

        The notes lose their vocabulary: it was for related notes, which are known by now, and is a tenth of
        the memory that a vault takes.
        """
        light = {id(note): lightened(note) for note in self._came}
        for id_, note in catalog.notes.items():
            catalog.notes[id_] = light.get(id(note)) or lightened(note)
        self.standing, self._came, self.cuts = tuple(light.values()), (), self._cuts
        kept = {(note.path, note.line, note.digest) for note in catalog.notes.values()}
        self.places = {key: place for key, place in self.places.items() if key in kept}
        super().commit()

    def refuse(self) -> None:
        """Be as at the last ``accept``."""
        with guarded():
            self.db.execute("ROLLBACK")
            self.db.execute("BEGIN IMMEDIATE")


def lightened(note: Note) -> Note:
    return changed(note, terms="") if note.terms else note


class Reader(index.Memory):
    """Bodies of the site that stands, for other threads than that of the ``Draft``."""

    def __init__(self, folder: str) -> None:
        self.folder, self.db = folder, beside(folder)
        self.places, self.measured = {}, {}

    def follow(self, draft: Draft) -> None:
        """Read what the draft has just accepted."""
        self.places = dict(draft.places)


def opened(folder: str | None) -> Draft:
    """The index in this folder; one in memory for None, or where that one cannot be used."""
    try:
        return Draft(folder, index.parse_stamp())
    except (index.DamagedError, index.UnusableError):
        return Draft(None, index.parse_stamp())


@contextlib.contextmanager
def own_folder(vault: Vault, options: Options, progress: Progress | None = None) -> Iterator[str]:
    """A folder in ``.vault/`` with a copy of the index, in which all notes are parsed already.

    It goes when the server ends; what a killed one left goes when the next one starts.
    """
    with disk.cache_folder(vault) as (cache, _), contextlib.ExitStack() as held:
        with contextlib.ExitStack() as short:
            whole = True
            try:
                clock = short.enter_context(disk.locked(cache))
            except VaultError:  # a build is at work: begin with an empty index
                whole, clock = False, time.time_ns()
            if whole:
                sweep(cache)
                job = live_job(vault, options, clock, progress)
                with contextlib.suppress(VaultError):  # told by the survey, which meets it too
                    index.with_memory(cache, partial(parse_all, job))
            folder = tempfile.mkdtemp(prefix=PREFIX, dir=cache)
            held.callback(shutil.rmtree, folder, ignore_errors=True)
            held.enter_context(disk.locked(folder, wait=0))
            if whole:
                copy(cache, folder)
        yield folder


def sweep(cache: str) -> None:
    """Remove the folders of servers that are no more: nobody holds their lock."""
    for name in os.listdir(cache):
        folder = os.path.join(cache, name)
        if name.startswith(PREFIX) and os.path.isdir(folder) and not os.path.islink(folder):
            with contextlib.suppress(VaultError, OSError), disk.locked(folder, wait=0):
                shutil.rmtree(folder, ignore_errors=True)


def copy(cache: str, folder: str) -> None:
    """Copy the index; without one the server makes its own."""
    with contextlib.suppress(OSError):
        shutil.copyfile(os.path.join(cache, FILE), os.path.join(folder, FILE))


class Clock:
    """The file system's own clock, which may not be this machine's."""

    def __init__(self, folder: str) -> None:
        self._fd = os.open(os.path.join(folder, "clock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def now(self) -> int:
        """Nanoseconds, as the next change of a file will have them."""
        try:
            os.pwrite(self._fd, b"\n", 0)
            return os.fstat(self._fd).st_mtime_ns
        except OSError:
            return time.time_ns()

    def close(self) -> None:
        os.close(self._fd)
