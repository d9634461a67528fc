"""Small vaults in one text file: ``-- path --`` lines, each followed by that file's text."""

from __future__ import annotations

import re
from pathlib import Path

MARKER = re.compile(r"^-- (.+) --$", re.MULTILINE)


def read_archive(text: str) -> dict[str, str]:
    """Path -> text of each file, in order; what stands before the first marker is a comment."""
    parts = MARKER.split(text)
    return {name: body.removeprefix("\n") for name, body in zip(parts[1::2], parts[2::2], strict=True)}


def write_archive(comment: str, files: dict[str, str]) -> str:
    return comment + "".join(f"-- {name} --\n{text}" for name, text in files.items())


def unpack(files: dict[str, str], folder: Path) -> Path:
    r"""Write the files below a folder; ``\xff`` style escapes in names ending in ``.bytes`` become bytes."""
    for name, text in files.items():
        path = folder / name.removesuffix(".bytes")
        path.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith(".bytes"):
            path.write_bytes(text.encode("latin-1").decode("unicode_escape").encode("latin-1"))
        else:
            path.write_text(text, encoding="utf-8", newline="\n")
    return folder
