"""Whose are the files in an output folder?  ``.vault-manifest.json`` knows, and it goes with the site."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterable, Mapping
from json.encoder import encode_basestring

from vault.patterns import lazy
from vault.records import Manifest

NAME = ".vault-manifest.json"
STAGE = ".vault-stage"
FORMAT = 1
KINDS = {stat.S_IFREG: "file", stat.S_IFDIR: "folder", stat.S_IFLNK: "link"}
KIND = 0o170000
"""The bits of a mode that are in KINDS."""
MEANT = "+"
"""Before a digest that a file is about to have."""
START = lazy(rb'\{"format": %d, "notes": (\d+), "files": \{' % FORMAT)
"""What ``written`` begins with."""


def dump(manifest: Manifest) -> bytes:
    """One file a line, sorted, so that two builds can be compared by eye."""
    return written(manifest.notes, lines(manifest.files))


def lines(files: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """The line of each file."""
    return {path: f'{encode_basestring(path)}: "{" ".join(digests)}"' for path, digests in files.items()}


def written(notes: int, lines: Mapping[str, str]) -> bytes:
    """A manifest of these lines."""
    files = ",\n".join(map(lines.__getitem__, sorted(lines)))
    text = f'{{"format": {FORMAT}, "notes": {notes}, "files": {{\n{files}\n}}}}\n'
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


def owned(out: str) -> Manifest | None:
    try:
        with open(os.path.join(out, NAME), "rb") as file:
            return load(file.read())
    except OSError:
        return None


def notes_of(out: str) -> int:
    """The number of notes that the site in this folder was made of: 0 where none is known."""
    try:
        with open(os.path.join(out, NAME), "rb") as file:
            start = START.match(file.read(100))
    except OSError:
        return 0
    if start:
        return int(start[1])
    manifest = owned(out)
    return manifest.notes if manifest else 0


def kind_of(file: str) -> tuple[str, os.stat_result | None]:
    """ "file", "folder", "link" or "device", with its stat; ("", None) when nothing is there."""
    try:
        s = os.lstat(file)
    except (FileNotFoundError, NotADirectoryError):
        return "", None
    return KINDS.get(s.st_mode & KIND, "device"), s
