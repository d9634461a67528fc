"""The box of an item in a reading list."""

from __future__ import annotations

from typing import Final

from vault.edit.fields import LINE, Edited
from vault.patterns import lazy

_ITEM: Final = lazy(r"(\ufeff?[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+)(?:\[([ xX])\](?=[ \t]))?")


def ticked(text: str, line: int) -> Edited:
    """The text of a list with the item on this line (from 1) ticked, which may have had no box; every other
    byte stays."""
    lines = LINE.findall(text)
    item = _ITEM.match(lines[line - 1]) if 0 < line <= len(lines) else None
    if item is None:
        return Edited("", "no item of a list begins here", line)
    rest = lines[line - 1][item.end() :]
    if item[2] in ("x", "X"):
        return Edited(text)
    lines[line - 1] = f"{item[1]}[x]{rest if item[2] else ' ' + rest}"
    return Edited("".join(lines))
