"""What made this?  Digests of the code and the libraries, so that no old result outlives its maker."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from vault import FLOORS
from vault.patterns import lazy
from vault.records import digest_of, encode

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


def _sources(rooms: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    """(path, bytes) of the Python files of these rooms, or of all rooms."""
    package = Path(__file__).parent.parent
    for path in sorted(package.rglob("*.py")):
        name = path.relative_to(package).as_posix()
        if not rooms or name.split("/")[0].removesuffix(".py") in rooms:
            yield name, path.read_bytes()


def _libraries() -> tuple[object, ...]:
    """Python's and each library's version."""
    found = _installed()
    versions = tuple((name, found.get(name) or _asked(name)) for name in DISTRIBUTIONS)
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
