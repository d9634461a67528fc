"""What made this?  Digests of the code and the libraries, so that no old result outlives its maker."""

from __future__ import annotations

import contextlib
import os
import re
import sys
import time
from collections.abc import Iterator
from functools import cache

from vault import FLOORS
from vault.patterns import lazy
from vault.records import Record, decode, digest_of, encode
from vault.records.source import TICK_NS

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FILE = "code"
Stats = tuple[tuple[str, tuple[int, ...]], ...]

DISTRIBUTIONS = (
    "jinja2",
    "latexcodec",
    "linkify-it-py",
    "markdown-it-py",
    "markupsafe",
    "math-core",
    "mdit-py-plugins",
    "mdurl",
    "msgspec",
    "nh3",
    "pybtex",
    "pygments",
    "pyyaml",
    "rapidfuzz",
    "uc-micro-py",
)
"""Every library that has a part in the bytes of a page."""
EXTRAS = ("pillow",)
"""Libraries that need not be there; what they make is not remembered with the pieces of notes."""
_METADATA = lazy(r"(.+?)-([^-]+?)(?:-py[\d.]+)?\.(?:dist|egg)-info")


@cache
def parse_stamp() -> str:
    """Names all that a remembered piece depends on beside its text: the code of the rooms below
    ``parse``, of ``parse`` and of this room, and the libraries."""
    low = [room for floor, rooms in FLOORS.items() if floor <= 2 for room in rooms]
    return digest_of(encode((*_libraries(), *_sources((*low, "parse", "index")))))


@cache
def tool_stamp() -> str:
    """Names all of vault's code and its libraries."""
    versions = _installed()
    return digest_of(encode((*_libraries(), [versions.get(name, "") for name in EXTRAS], *_sources(()))))


def _sources(rooms: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """(path, digest) of the Python files of these rooms, or of all rooms."""
    for path, digest in _files():
        if not rooms or path.split("/")[0].removesuffix(".py") in rooms:
            yield path, digest


@cache
def _files() -> tuple[tuple[str, str], ...]:
    """(path below the package, digest) of all its Python files, sorted."""
    return _known.get(_stats()) or tuple((path, _digest(path)) for path, _ in _stats())


_known: dict[Stats, tuple[tuple[str, str], ...]] = {}


@cache
def _stats() -> Stats:
    """(path below the package, stat) of all its Python files, sorted; without pathlib, which takes three
    times as long as reading them."""
    found: list[tuple[str, tuple[int, ...]]] = []
    for folder, folders, names in os.walk(PACKAGE):
        folders[:] = [name for name in folders if name != "__pycache__"]
        for path in (os.path.join(folder, name) for name in names if name.endswith(".py")):
            s = os.stat(path)
            stat = (s.st_size, s.st_mtime_ns, s.st_ctime_ns, s.st_ino)
            found.append((path[len(PACKAGE) + 1 :].replace(os.sep, "/"), stat))
    return tuple(sorted(found))


def _digest(path: str) -> str:
    with open(os.path.join(PACKAGE, path), "rb", buffering=0) as file:
        return digest_of(file.read())


class Code(Record, frozen=True):
    """The package's files as they were when they were read last."""

    stats: Stats
    digests: tuple[tuple[str, str], ...]


def recall(folder: str) -> None:
    """Know the digests of the code by its stats, as an earlier build left them in a cache folder: reading all
    of it takes 30 ms."""
    with contextlib.suppress(OSError, ValueError), open(os.path.join(folder, FILE), "rb") as file:
        code = decode(file.read(), Code)
        _known[code.stats] = code.digests


def remember(folder: str) -> None:
    """Leave them for the next build, where they are old enough for their stats to be trusted."""
    newest = max(max(stat[1:3]) for _, stat in _stats())
    if _stats() in _known or newest > time.time_ns() - TICK_NS:
        return
    with contextlib.suppress(OSError):
        temporary = os.path.join(folder, f".{FILE}.{os.getpid()}")
        with open(temporary, "wb") as file:
            file.write(encode(Code(_stats(), _files())))
        os.replace(temporary, os.path.join(folder, FILE))


def _libraries() -> tuple[object, ...]:
    """Python's and each library's version."""
    found = _installed()
    if "msgspec" not in found:  # without which this would not run: libraries are installed in some other way
        found = found | {name: _asked(name) for name in DISTRIBUTIONS if name not in found}
    versions = tuple((name, found.get(name, "")) for name in DISTRIBUTIONS)
    return (sys.implementation.name, sys.version_info[:2], versions)


@cache
def _installed() -> dict[str, str]:
    """Library -> version, from the names of their metadata folders: what importlib.metadata does, without
    its 30 ms."""
    found: dict[str, str] = {}
    for folder in sys.path:
        try:
            names = sorted(os.listdir(folder or "."))
        except OSError:
            continue
        for name in names:
            match = _METADATA.fullmatch(name) if name.endswith("-info") else None
            if match:
                found.setdefault(re.sub(r"[-_.]+", "-", match[1]).lower(), match[2])
    return found


def _asked(name: str) -> str:
    """The version of a library that is installed in some other way; "" when it is not."""
    from importlib import metadata  # noqa: PLC0415 - slow, and hardly ever needed

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""
