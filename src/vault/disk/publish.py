"""The door out: the next site is staged beside the standing one, then takes its place file by file.

Nothing in the site changes before every byte of the next one is on the same disk (``.vault-stage/``),
so a build that fails leaves the site as it was.  Then come renames and deletions only.  The manifest
is written before them with the old and the new digest of every file, and after them with the new one:
at whatever instant the process dies, every file of ours is known to be ours.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from vault.disk import stats
from vault.disk.digests import chunks, digest_of_chunks, file_digest
from vault.disk.folders import claim, clear, graft, made, prune, unmade, writable
from vault.disk.manifest import MEANT, NAME, STAGE, dump, kind_of
from vault.disk.read import opened
from vault.plan import above
from vault.problems import problem
from vault.records import (
    Attachment,
    Manifest,
    Plan,
    Problem,
    Record,
    Seen,
    Standing,
    Vault,
    VaultError,
    Written,
    digest_of,
)

FRESH, BOTH, NEW = "site", "manifest.both", "manifest.new"
"""In the stage: the files that are to take their places, the manifest meanwhile, the manifest then."""
NEW_FILE = "new"


class Staged(Record, frozen=True):
    """A file of the next site that differs: its path, what it is, why it changed."""

    path: str
    digest: str
    key: str
    reason: str


class Made(Record, frozen=True):
    """What became of some planned files: those that wait, those that stand as they should, what was wrong."""

    staged: list[Staged]
    seen: dict[str, Seen]
    problems: list[Problem]


class Outcome(NamedTuple):
    """What became of the output folder: every planned and deleted file, the outputs as they stand now."""

    files: tuple[Written, ...]
    seen: dict[str, Seen]
    problems: tuple[Problem, ...]


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
        self.ready: set[str] = set()
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
        be made.  ``key`` names all that its bytes depend on: ``view templates tool``."""
        before = self.known.get(path)
        return (
            before is not None
            and before.key == key
            and self.keep(path, before.found.size, before.digest, key)
        )

    def stands(self, path: str) -> bool:
        """Whether the file is there as the last build left it; then it is left alone."""
        before = self.known.get(path)
        return (
            before is not None
            and before.key != ""
            and self.keep(path, before.found.size, before.digest, before.key)
        )

    def put(self, path: str, data: bytes, key: str = "") -> None:
        """A file of these bytes."""
        digest = digest_of(data)
        if not self.keep(path, len(data), digest, key):
            with self.waiting(path) as to:
                write(to, data)
            self.stage(path, digest, key)

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
        finally:
            os.close(fd)
        self.stage(path, digest, "")

    def keep(self, path: str, size: int, digest: str, key: str) -> bool:
        """Whether the file that stands there has these bytes already; then it is left alone."""
        found = self.standing.files.get(path) if path in self.owned else None
        if found is None or found.size != size:
            return False
        before = self.known.get(path)
        trusted = before is not None and before.settled and before.found == found
        if (before.digest if before and trusted else file_digest(found.file)) != digest:
            return False
        self.now.seen[path] = Seen(found, digest, trusted or found.settled(self.looked_ns), key)
        return True

    @contextlib.contextmanager
    def waiting(self, path: str) -> Iterator[int]:
        """A descriptor of the file that is to be at this path."""
        with self.told(path):
            file = os.path.join(self.fresh, path)
            folder = os.path.dirname(file)
            if folder not in self.ready:
                os.makedirs(folder, exist_ok=True)
                self.ready.add(folder)
            try:
                fd = created(file)
            except FileExistsError:  # begun by a process that died
                os.unlink(file)
                fd = created(file)
            try:
                yield fd
            finally:
                os.close(fd)

    def stage(self, path: str, digest: str, key: str) -> None:
        self.now.staged.append(Staged(path, digest, key, self.reason(path, key)))

    def reason(self, path: str, key: str) -> str:
        """Why this file is written."""
        if path not in self.owned:
            return NEW_FILE
        found, before = self.standing.files.get(path), self.known.get(path)
        if found is None:
            return "it was missing from the site"
        if (before is None or before.found != found) and file_digest(found.file) not in self.owned[path]:
            return "it had been changed in the site"
        names = ("its content changed", "its template changed", "vault itself changed")
        pairs = zip(names, before.key.split() if before else (), key.split(), strict=False)
        return next((name for name, old, new in pairs if old != new), names[0])

    def publish(self, plan: Plan, notes: int) -> Outcome:
        """Let the staged files take their places; delete what is ours and no longer planned, except
        what someone changed since.  Raises VaultError."""
        self.add(self.taken())
        lost = [path for path in self.owned if path not in self.seen]
        lost = sorted(set(lost) - {staged.path for staged in self.staged} - set(plan.first))
        first, last = self.deletable(plan.first), self.deletable(tuple(lost))
        self.check_ways(plan, first)
        files: dict[str, tuple[str, ...]] = {path: (seen.digest,) for path, seen in self.seen.items()}
        files |= {staged.path: (staged.digest,) for staged in self.staged}
        manifest = Manifest(notes, files)
        if self.staged or first or last or manifest != self.standing.manifest or self.standing.unfinished:
            self.swap(manifest, first, last)
        self.see()
        return Outcome(self.account(first + last), self.seen, tuple(self.problems))

    def deletable(self, paths: tuple[str, ...]) -> tuple[str, ...]:
        """Those that are still what we wrote, or gone (their folders may be left); the others are
        spared, and told.  Nothing is looked at through a link."""
        found: list[str] = []
        for path in paths:
            there = self.standing.files.get(path)
            if there:
                ours = file_digest(there.file) in self.owned[path]
            else:
                ours = not any(step in self.standing.other for step in (path, *above(path)))
            if ours:
                found.append(path)
            else:
                message = "no longer part of the site, and kept because someone changed it"
                where = f"{os.path.basename(self.out)}/{path}"
                self.problems.append(
                    problem("output-changed", where, message, hint="Delete it, or move it away.")
                )
        return tuple(found)

    def check_ways(self, plan: Plan, first: tuple[str, ...]) -> None:
        """Refuse before anything is touched where a changed or foreign file would be in the way, or a
        folder cannot be written."""
        blocked = sorted(set(plan.first) - set(first))
        swept = {os.path.join(self.out, path) for path in first}
        for staged in self.staged:
            place = os.path.join(self.out, staged.path)
            if self.standing.other.get(staged.path) == "folder":
                inside = (os.path.join(here, name) for here, _, names in os.walk(place) for name in names)
                blocked += [path for path in inside if path not in swept]
            elif staged.reason == NEW_FILE and staged.path not in self.standing.files and kind_of(place)[0]:
                blocked.append(staged.path)  # it came while the site was made
        if blocked:
            raise VaultError(
                f"{blocked[0]} in {self.out} is in the way of the site, and is not as vault left it",
                hint="Delete it, or move it away.",
            )
        for folder in writable(self.out, [NAME, *(staged.path for staged in self.staged), *first]):
            raise VaultError(f"{folder} cannot be written", hint="Mend its rights, then build again.")

    def swap(self, manifest: Manifest, first: tuple[str, ...], last: tuple[str, ...]) -> None:
        """Renames and deletions, in the one order in which a death at any point does no harm."""
        self.write_manifests(manifest)
        with self.told():
            os.replace(os.path.join(self.folder, BOTH), os.path.join(self.out, NAME))
        with self.told(hint="Build again: the site is half new until then."):
            for path in first:
                prune(self.out, path)
            if self.staged:
                graft(self.fresh, self.out)
            for path in last:
                prune(self.out, path)
            os.replace(os.path.join(self.folder, NEW), os.path.join(self.out, NAME))

    def write_manifests(self, manifest: Manifest) -> None:
        """The manifest as it is to be, and the one for the time until then."""
        both = {path: self.owned.get(path, ()) for path in {**self.owned, **manifest.files}}
        for path, (digest,) in manifest.files.items():
            if digest not in both[path]:
                both[path] += (MEANT + digest,)
        notes = self.standing.manifest.notes if self.standing.manifest else manifest.notes
        with self.told(NAME):
            for name, content in ((BOTH, Manifest(notes, both)), (NEW, manifest)):
                fd = created(os.path.join(self.folder, name))
                try:
                    write(fd, dump(content))
                finally:
                    os.close(fd)

    def see(self) -> None:
        """The stat of every file just written, and of the manifest, for the next build."""
        self.made.clear()
        for staged in self.staged:
            self.see_one(staged.path, staged.digest, staged.key)
        self.see_one(NAME, file_digest(os.path.join(self.out, NAME)), "")

    def see_one(self, path: str, digest: str, key: str) -> None:
        file = os.path.join(self.out, path)
        kind, s = kind_of(file)
        if kind == "file" and s:
            self.seen[path] = Seen(stats.found(path, file, s), digest, False, key)

    def account(self, deleted: tuple[str, ...]) -> tuple[Written, ...]:
        """Every file and what became of it, by path."""
        written = {staged.path: Written(staged.path, "written", staged.reason) for staged in self.staged}
        kept = {path: Written(path, "kept") for path in self.seen if path not in written and path != NAME}
        gone = {p: Written(p, "deleted", "gone from the notes") for p in deleted if p in self.standing.files}
        every = {**kept, **gone, **written}
        return tuple(every[path] for path in sorted(every))

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


def created(file: str) -> int:
    """A descriptor of a new file.  Raises OSError, also when there is one."""
    return os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)


def write(fd: int, data: bytes) -> bytes:
    """Write all of the bytes, however few the system takes at a time; the bytes again."""
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]
    return data
