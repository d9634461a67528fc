"""The door out: what waits on the stage takes its place in the site, file by file.

Renames and deletions only.  The manifest is written before them with the old and the new digest of
every file, and after them with the new one: at whatever instant the process dies, every file of ours
is known to be ours.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from vault.disk import stats
from vault.disk.digests import file_digest
from vault.disk.folders import graft, prune, writable
from vault.disk.manifest import MEANT, NAME, kind_of, lines, written
from vault.disk.stage import NEW_FILE, Stage, Staged, created, write
from vault.plan import above
from vault.problems import problem
from vault.records import (
    Manifest,
    Plan,
    Problem,
    Seen,
    VaultError,
    Written,
    changed,
)
from vault.tuples import NamedTuple

Files = Mapping[str, tuple[str, ...]]

BOTH, NEW = "manifest.both", "manifest.new"
"""In the stage: the manifest meanwhile, the manifest then."""


class Outcome(NamedTuple):
    """What became of the output folder: every planned and deleted file, the outputs as they stand now."""

    files: tuple[Written, ...]
    seen: dict[str, Seen]
    problems: tuple[Problem, ...]


def publish(stage: Stage, plan: Plan, notes: int) -> Outcome:
    """Let the staged files take their places; delete what is ours and no longer planned, except
    what someone changed since.  Raises VaultError."""
    stage.add(stage.taken())
    lost = [path for path in stage.owned if path not in stage.seen]
    lost = sorted(set(lost) - {staged.path for staged in stage.staged} - set(plan.first))
    first, last = deletable(stage, plan.first), deletable(stage, tuple(lost))
    check_ways(stage, plan, first)
    files: dict[str, tuple[str, ...]] = {path: (seen.digest,) for path, seen in stage.seen.items()}
    files |= {staged.path: (staged.digest,) for staged in stage.staged}
    manifest = Manifest(notes, files)
    if stage.staged or first or last or manifest != stage.standing.manifest or stage.standing.unfinished:
        swap(stage, manifest, first, last)
    see(stage)
    return Outcome(account(stage, first + last), stage.seen, tuple(stage.problems))


def deletable(stage: Stage, paths: tuple[str, ...]) -> tuple[str, ...]:
    """Those that are still what we wrote, or gone (their folders may be left); the others are
    spared, and told.  Nothing is looked at through a link."""
    found: list[str] = []
    for path in paths:
        there = stage.standing.files.get(path)
        if there:
            ours = file_digest(there.file) in stage.owned[path]
        else:
            ours = not any(step in stage.standing.other for step in (path, *above(path)))
        if ours:
            found.append(path)
        else:
            message = "no longer part of the site, and kept because someone changed it"
            where = f"{os.path.basename(stage.out)}/{path}"
            stage.problems.append(
                problem("output-changed", where, message, hint="Delete it, or move it away.")
            )
    return tuple(found)


def check_ways(stage: Stage, plan: Plan, first: tuple[str, ...]) -> None:
    """Refuse before anything is touched where a changed or foreign file would be in the way, or a
    folder cannot be written."""
    blocked = sorted(set(plan.first) - set(first))
    swept = {os.path.join(stage.out, path) for path in first}
    for staged in stage.staged:
        place = os.path.join(stage.out, staged.path)
        if stage.standing.other.get(staged.path) == "folder":
            inside = (os.path.join(here, name) for here, _, names in os.walk(place) for name in names)
            blocked += [path for path in inside if path not in swept]
        elif staged.reason == NEW_FILE and staged.path not in stage.standing.files and kind_of(place)[0]:
            blocked.append(staged.path)  # it came while the site was made
    if blocked:
        raise VaultError(
            f"{blocked[0]} in {stage.out} is in the way of the site, and is not as vault left it",
            hint="Delete it, or move it away.",
        )
    for folder in writable(stage.out, [NAME, *(staged.path for staged in stage.staged), *first]):
        raise VaultError(f"{folder} cannot be written", hint="Mend its rights, then build again.")


def swap(stage: Stage, manifest: Manifest, first: tuple[str, ...], last: tuple[str, ...]) -> None:
    """Renames and deletions, in the one order in which a death at any point does no harm."""
    write_manifests(stage, manifest)
    with stage.told():
        os.replace(os.path.join(stage.folder, BOTH), os.path.join(stage.out, NAME))
    with stage.told(hint="Build again: the site is half new until then."):
        for path in first:
            prune(stage.out, path)
        if stage.staged:
            graft(stage.fresh, stage.out)
        for path in last:
            prune(stage.out, path)
        os.replace(os.path.join(stage.folder, NEW), os.path.join(stage.out, NAME))


def write_manifests(stage: Stage, manifest: Manifest) -> None:
    """The manifest as it is to be, and the one for the time until then."""
    then = lines(manifest.files)
    meanwhile = then | lines(unsure(stage.owned, manifest.files))
    notes = stage.standing.manifest.notes if stage.standing.manifest else manifest.notes
    with stage.told(NAME):
        for name, content in ((BOTH, written(notes, meanwhile)), (NEW, written(manifest.notes, then))):
            fd = created(os.path.join(stage.folder, name))
            try:
                write(fd, content)
            finally:
                os.close(fd)


def unsure(owned: Files, planned: Files) -> dict[str, tuple[str, ...]]:
    """The files that are to be otherwise: the digests they have, and the one that they are meant to have."""
    both = {path: digests for path, digests in owned.items() if planned.get(path) != digests}
    for path, (digest,) in planned.items():
        before = owned.get(path, ())
        if before != (digest,):
            both[path] = before if digest in before else (*before, MEANT + digest)
    return both


def see(stage: Stage) -> None:
    """The stat of every file just written, and of the manifest, for the next build.

    A file is settled at once when it is what was written, and older by a tick than the manifest, whose time
    is the moment before the files took their places, by the clock of their own disk.
    """
    stage.made.clear()
    manifest = see_one(stage, NAME, file_digest(os.path.join(stage.out, NAME)), "")
    for staged in stage.staged:
        one = see_one(stage, staged.path, staged.digest, staged.key)
        if one and manifest and one.found.settled(manifest.found.mtime_ns) and is_as_born(one, staged):
            stage.seen[staged.path] = changed(one, settled=True)


def is_as_born(one: Seen, staged: Staged) -> bool:
    return (one.found.size, one.found.mtime_ns, one.found.inode) == staged.born


def see_one(stage: Stage, path: str, digest: str, key: str) -> Seen | None:
    file = os.path.join(stage.out, path)
    kind, s = kind_of(file)
    if kind != "file" or s is None:
        return None
    stage.seen[path] = one = Seen(stats.found(path, file, s), digest, False, key)
    return one


def account(stage: Stage, deleted: tuple[str, ...]) -> tuple[Written, ...]:
    """Every file and what became of it, by path."""
    written = {staged.path: Written(staged.path, "written", staged.reason) for staged in stage.staged}
    kept = {path: Written(path, "kept") for path in stage.seen if path not in written and path != NAME}
    gone = {p: Written(p, "deleted", "gone from the notes") for p in deleted if p in stage.standing.files}
    every = {**kept, **gone, **written}
    return tuple(every[path] for path in sorted(every))
