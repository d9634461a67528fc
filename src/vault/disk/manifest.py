"""Whose are the files in an output folder?  ``.vault-manifest.json`` knows, and it goes with the site."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterable, Mapping
from json.encoder import encode_basestring

from vault.disk import stats
from vault.disk.digests import file_digest
from vault.records import Found, Manifest, Seen, Standing, VaultError, changed

NAME = ".vault-manifest.json"
STAGE = ".vault-stage"
FORMAT = 1
KINDS = {stat.S_IFREG: "file", stat.S_IFDIR: "folder", stat.S_IFLNK: "link"}
MEANT = "+"
"""Before a digest that a file is about to have."""


def dump(manifest: Manifest) -> bytes:
    """One file a line, sorted, so that two builds can be compared by eye."""
    files = ",\n".join(
        f'{encode_basestring(path)}: "{" ".join(digests)}"'
        for path, digests in sorted(manifest.files.items())
    )
    text = f'{{"format": {FORMAT}, "notes": {manifest.notes}, "files": {{\n{files}\n}}}}\n'
    return text.encode("utf-8", "surrogateescape")


def load(data: bytes) -> Manifest | None:
    """The manifest in these bytes; None when they are none, or name a path outside the folder."""
    try:
        read = json.loads(data)
        files = {path: tuple(digests.split()) for path, digests in read["files"].items()}
        known = read["format"] == FORMAT and isinstance(read["notes"], int)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return Manifest(read["notes"], files) if known and are_plain(files) else None


def are_plain(paths: Iterable[str]) -> bool:
    """Whether all of them are ``is_plain``; looked at one by one only where something is suspicious."""
    every = tuple(paths)
    text = "\n".join(f"/{path}/" for path in every)
    odd = any(part in text for part in ("//", "/./", "/../", "\0", "/.git/", f"/{STAGE}/", f"/{NAME}/"))
    return not odd or all(map(is_plain, every))


def is_plain(path: str) -> bool:
    """A relative POSIX path that stays below the folder it is joined to, and out of what Git and vault
    keep there."""
    parts = path.split("/")
    return "\0" not in path and parts[0] not in (".git", STAGE, NAME) and not {"", ".", ".."} & set(parts)


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


def owned(out: str) -> Manifest | None:
    try:
        with open(os.path.join(out, NAME), "rb") as file:
            return load(file.read())
    except OSError:
        return None


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


def kind_of(file: str) -> tuple[str, os.stat_result | None]:
    """ "file", "folder", "link" or "device", with its stat; ("", None) when nothing is there."""
    try:
        s = os.lstat(file)
    except (FileNotFoundError, NotADirectoryError):
        return "", None
    return KINDS.get(s.st_mode & 0o170000, "device"), s


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
