"""How deep a formula nests, from above.

math-core reads by recursion on the machine's stack, about 2.7 kB a level, and the process dies when
that is full; so a formula is measured before it is read.
"""

from __future__ import annotations

import re
from typing import Final

from vault.patterns import lazy

DEEPEST: Final = 150
"""Levels that a formula may have: 400 kB of stack, of the 512 kB that the smallest thread has."""

_STEP = lazy(r"\\[a-zA-Z]+\*?|\\.|[^\s\\]", re.DOTALL)
_OPENS: Final = {"{": "{", "[": "[", "\\begin": "\\begin", "\\left": "\\left"}
_CLOSES: Final = {"}": "{", "]": "[", "\\end": "\\begin", "\\right": "\\left"}
_NEEDS: Final = {"^": 1, "_": 1, "\\mathchoice": 4, "\\sideset": 4, "\\prescript": 4, "\\genfrac": 6}


def too_deep(tex: str) -> bool:
    """Whether a formula may nest deeper than ``DEEPEST``."""
    marks = sum(map(tex.count, "\\{^_["))
    return marks > DEEPEST and depth(tex) > DEEPEST


class Group:
    """An open group and what its commands still wait for: one number for each, the innermost last."""

    __slots__ = ("kind", "waits")

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.waits: list[int] = []

    def wait(self, arguments: int) -> None:
        self.waits.append(arguments)

    def give(self) -> int:
        """Something complete: an argument for the innermost command, which may complete it in turn.
        Returns how many levels that ended."""
        ended = 0
        while self.waits:
            self.waits[-1] -= 1
            if self.waits[-1]:
                break
            self.waits.pop()
            ended += 1
        return ended

    def clear(self) -> int:
        ended = len(self.waits)
        self.waits.clear()
        return ended


def depth(tex: str) -> int:
    """An upper bound of the levels that a recursive reader goes down.

    A command counts as one that takes two arguments, so that no real one is taken for less.
    """
    groups = [Group("")]
    level = deepest = 0
    for match in _STEP.finditer(tex):
        step = match[0]
        if step in _OPENS:
            groups.append(Group(step))
            level += 1
        elif step in _CLOSES:
            level -= close(groups, _CLOSES[step])
        elif step in ("&", "\\\\"):
            level -= groups[-1].clear()
        elif step in "^_" or (step[0] == "\\" and step[1:2].isalpha()):
            groups[-1].wait(_NEEDS.get(step, 2))
            level += 1
        else:
            level -= groups[-1].give()
        deepest = max(deepest, level)
    return deepest


def close(groups: list[Group], kind: str) -> int:
    """End the innermost group if it is of that kind (a ``[`` ends with what it stands in); returns how
    many levels ended."""
    ended = 0
    while len(groups) > 1 and groups[-1].kind == "[" and kind != "[" and groups[-2].kind == kind:
        ended += groups.pop().clear() + 1
    if len(groups) > 1 and groups[-1].kind == kind:
        ended += groups.pop().clear() + 1
        ended += groups[-1].give()
    return ended
