"""What stands in an output folder, beside what the last build left there."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping

from vault.disk import stats
from vault.disk.digests import file_digest
from vault.disk.manifest import KIND, MEANT, NAME, kind_of, notes_of, owned
from vault.records import Found, Manifest, Record, Seen, Standing, VaultError, changed


class Otherwise(Record, frozen=True):
    """What is otherwise in an output folder than it was known: of ``there`` the files that are, ``gone``
    those that are not there.  ``notes``: the manifest names what was known, of so many notes, and is not in
    ``there``."""

    there: Standing
    gone: tuple[str, ...]
    notes: int | None


def standing(out: str, planned: Iterable[str] = (), known: Mapping[str, Seen] | None = None) -> Standing:
    """What is in the output folder, as far as the manifest's and the planned paths go.  ``known`` are the
    outputs as the last build saw them: one whose stat is the same is the same object."""
    try:
        names = os.listdir(out)
    except FileNotFoundError:
        names = []
    except OSError as error:
        raise VaultError(f"{out} cannot be read: {error.strerror}") from error
    written = owned(out)
    manifest = confirmed(out, written) if written else None
    files: dict[str, Found] = {}
    other: dict[str, str] = {}
    folders: dict[str, bool] = {"": bool(names)}
    seen = known or {}
    for path in {**dict.fromkeys(planned), **(manifest.files if manifest else {})}:
        folder = path.rpartition("/")[0]
        if folders[folder] if folder in folders else is_open(out, folder, folders, other):
            stand(out, path, files, other, seen.get(path))
    empty = all(name.startswith(".") for name in names)
    return Standing(files, other, manifest, empty, unfinished=manifest != written)


def otherwise(out: str, known: Mapping[str, Seen]) -> Otherwise:
    """What is otherwise in the output folder than the last build saw its outputs: little, so that another
    process can find it out."""
    if stands(out, known):
        return Otherwise(Standing({}, {}, None, empty=False), (), notes_of(out))
    there, notes = standing(out, known, known), None
    if there.manifest is not None and there.manifest.files == files_of(known):
        notes, there = there.manifest.notes, changed(there, manifest=None)
    gone = tuple(path for path in known if path not in there.files)
    files = {
        path: now for path, now in there.files.items() if path not in known or known[path].found is not now
    }
    return Otherwise(changed(there, files=files), gone, notes)


def stands(out: str, known: Mapping[str, Seen]) -> bool:
    """Whether everything is as it was seen, of real files in real folders, and the manifest says what it
    said: most often it is so, and this is found out in half the time."""
    left = known.get(NAME)
    if left is None or not (left.settled or file_digest(f"{out}/{NAME}") == left.digest):
        return False
    try:
        for path, seen in known.items():
            s = os.lstat(f"{out}/{path}")
            if not stats.is_as_seen(seen.found, s) or s.st_mode & KIND != stat.S_IFREG:
                return False
        return all(stat.S_ISDIR(os.lstat(f"{out}/{folder}").st_mode) for folder in folders_of(known))
    except OSError:
        return False


def folders_of(paths: Iterable[str]) -> set[str]:
    """All folders between these files and the one that they are relative to."""
    found = {path.rpartition("/")[0] for path in paths}
    above = found
    while above := {folder.rpartition("/")[0] for folder in above} - found:
        found |= above
    return found - {""}


def as_known(found: Otherwise, known: Mapping[str, Seen]) -> Standing:
    """What ``standing`` finds, of what is otherwise and what was known."""
    gone, there = set(found.gone), found.there
    files = {path: seen.found for path, seen in known.items() if path not in gone} | there.files
    if found.notes is not None:
        there = changed(there, manifest=Manifest(found.notes, files_of(known)))
    return changed(there, files=files)


def files_of(known: Mapping[str, Seen]) -> dict[str, tuple[str, ...]]:
    """What a manifest says of these outputs."""
    return {path: (seen.digest,) for path, seen in known.items() if path != NAME}


def confirmed(out: str, manifest: Manifest) -> Manifest:
    """The manifest without what a killed build meant to write and someone else put there since."""
    if not any(digest[0] == MEANT for digests in manifest.files.values() for digest in digests):
        return manifest
    files = {path: digests for path, digests in manifest.files.items() if is_ours(out, path, digests)}
    return Manifest(manifest.notes, {path: tuple(map(bare, digests)) for path, digests in files.items()})


def is_ours(out: str, path: str, digests: tuple[str, ...]) -> bool:
    """A file that was there already is ours whatever became of it, one only meant by its bytes alone."""
    if not all(digest.startswith(MEANT) for digest in digests):
        return True
    file = os.path.join(out, path)
    return not kind_of(file)[0] or MEANT + file_digest(file) in digests


def bare(digest: str) -> str:
    return digest.removeprefix(MEANT)


def is_open(out: str, folder: str, known: dict[str, bool], other: dict[str, str]) -> bool:
    """Whether the folder is there, real all the way; what stands in its place goes into ``other``."""
    if folder not in known:
        known[folder] = False
        if is_open(out, folder.rpartition("/")[0], known, other):
            kind = kind_of(f"{out}/{folder}")[0]
            known[folder] = kind == "folder"
            if kind not in ("folder", ""):
                other[folder] = kind
    return known[folder]


def stand(out: str, path: str, files: dict[str, Found], other: dict[str, str], seen: Seen | None) -> None:
    file = f"{out}/{path}"
    kind, s = kind_of(file)
    if s is None:
        return
    if kind != "file":
        other[path] = kind
    else:
        files[path] = seen.found if seen and stats.is_as_seen(seen.found, s) else stats.found(path, file, s)


def unchanged(seen: Iterable[Seen], looked_ns: int) -> dict[str, Seen] | None:
    """The outputs as they stand, by path, when each is as it was seen; None when one is not."""
    now: dict[str, Seen] = {}
    for before in seen:
        file = before.found.file
        kind, s = kind_of(file)
        if kind != "file" or s is None:
            return None
        found = stats.found(before.found.path, file, s)
        if found != before.found or not (before.settled or file_digest(file) == before.digest):
            return None
        now[found.path] = before if before.settled else changed(before, settled=found.settled(looked_ns))
    return now
