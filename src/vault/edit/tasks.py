"""The box of an item in a reading list."""

from __future__ import annotations

from typing import Final

from vault.edit.fields import Edited
from vault.patterns import lazy

_LINE: Final = lazy(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_OPEN: Final = lazy(r"((?:\ufeff)?[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+\[)[ ](\])")


def ticked(text: str, line: int) -> Edited:
    """The text of a list with the open box on this line (from 1) ticked; every other byte stays."""
    lines = _LINE.findall(text)
    box = _OPEN.match(lines[line - 1]) if 0 < line <= len(lines) else None
    if box is None:
        return Edited("", "its item has no open box [ ]", line)
    lines[line - 1] = f"{box[1]}x{box[2]}{lines[line - 1][box.end() :]}"
    return Edited("".join(lines))
