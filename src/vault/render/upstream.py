"""Three versions of one file: as shipped when it was copied, as shipped now, as its author has it."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher, unified_diff

from vault.render.shelf import THEME
from vault.tuples import NamedTuple


class Compared(NamedTuple):
    """``state``: "same" (the theme's file is what it was), "changed", "gone" (the theme has no such file
    any more), "unknown" (nothing tells what it was copied from) or "follows" (it extends or includes the
    theme's own file).  ``upstream`` and ``mine`` are unified diffs, line by line without line ends;
    ``clashes`` the lines of the file as it was (from, to) that both sides changed."""

    state: str
    upstream: tuple[str, ...] = ()
    mine: tuple[str, ...] = ()
    clashes: tuple[tuple[int, int], ...] = ()


def compared(name: str, before: str | None, now: str | None, mine: str) -> Compared:
    """What the theme changed in a file since it was copied (``before``), and what its author did."""
    if before is None and THEME + name in mine:
        return Compared("follows")
    if before is None:
        two = () if now is None else diff(now, mine, f"theme/{name}", f"templates/{name}")
        return Compared("unknown" if now is not None else "gone", mine=two)
    own = diff(before, mine, f"theme/{name} as copied", f"templates/{name}")
    if now is None:
        return Compared("gone", mine=own)
    theirs = diff(before, now, f"theme/{name} as copied", f"theme/{name} now")
    return Compared("changed" if theirs else "same", theirs, own, tuple(clashes(before, now, mine)))


def diff(old: str, new: str, old_name: str, new_name: str) -> tuple[str, ...]:
    lines = unified_diff(old.splitlines(), new.splitlines(), old_name, new_name, lineterm="")
    return tuple(lines)


def clashes(before: str, now: str, mine: str) -> Iterator[tuple[int, int]]:
    """Places of ``before`` that both sides changed, each in its own way; lines from 1, both included."""
    theirs, own = changes(before, now), changes(before, mine)
    for start, end, text in theirs:
        for first, last, other in own:
            touch = (start < last and first < end) or start == first
            if touch and (start, end, text) != (first, last, other):
                yield min(start, first) + 1, max(end, last, min(start, first) + 1)


def changes(old: str, new: str) -> list[tuple[int, int, tuple[str, ...]]]:
    """Each changed run of lines of ``old`` (from 0, end excluded) and what stands there in ``new``."""
    a, b = old.splitlines(), new.splitlines()
    found = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    return [(i, j, tuple(b[k:n])) for tag, i, j, k, n in found if tag != "equal"]
