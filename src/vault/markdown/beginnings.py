"""What a regular expression may begin with."""

from __future__ import annotations

import functools
import re
from typing import Any, Final

_parser: Any = getattr(re, "_parser", None)
"""Python's own parser of patterns, which it does not promise to keep."""

ASCII: Final = frozenset(map(chr, range(128)))
_NONE: Final[frozenset[str]] = frozenset()
_CATEGORIES: Final = {
    "CATEGORY_DIGIT": frozenset("0123456789"),
    "CATEGORY_SPACE": frozenset(filter(str.isspace, ASCII)),
    "CATEGORY_WORD": frozenset(char for char in ASCII if char.isalnum() or char == "_"),
}


@functools.cache
def beginnings(pattern: re.Pattern[str]) -> frozenset[str]:
    """The ASCII characters at which a pattern may match: all of them where that cannot be told, or where it
    may match nothing."""
    if _parser is None:
        return ASCII
    parsed = _parser.parse(pattern.pattern, pattern.flags)
    firsts, empty = of_row(parsed, bool(pattern.flags & re.IGNORECASE))
    return ASCII if empty else firsts


def of_row(parts: Any, fold: bool) -> tuple[frozenset[str], bool]:
    """What parts in a row begin with, and whether they may match nothing."""
    found = _NONE
    for op, value in parts:
        firsts, empty = of_part(str(op), value, fold)
        found |= firsts
        if not empty:
            return found, False
    return found, True


def of_part(op: str, value: Any, fold: bool) -> tuple[frozenset[str], bool]:
    match op:
        case "LITERAL":
            return of_range(value, value, fold), False
        case "IN":
            return of_set(value, fold), False
        case "BRANCH":
            ways = [of_row(way, fold) for way in value[1]]
            return _NONE.union(*(firsts for firsts, _ in ways)), any(empty for _, empty in ways)
        case "SUBPATTERN":
            return of_row(value[3], fold or bool(value[1] & re.IGNORECASE))
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            firsts, empty = of_row(value[2], fold)
            return firsts, empty or value[0] == 0
        case "ATOMIC_GROUP":
            return of_row(value, fold)
        case "AT" | "ASSERT" | "ASSERT_NOT":
            return _NONE, True
    return ASCII, False


def of_set(items: Any, fold: bool) -> frozenset[str]:
    """What ``[...]`` matches, or more."""
    found = _NONE
    for op, value in items:
        name = str(op)
        if name in ("LITERAL", "RANGE"):
            low, high = value if name == "RANGE" else (value, value)
            found |= of_range(low, high, fold)
        elif name == "CATEGORY" and str(value) in _CATEGORIES:
            found |= _CATEGORIES[str(value)]
        else:
            return ASCII
    return found


def of_range(low: int, high: int, fold: bool) -> frozenset[str]:
    """The characters from one to another; all where a letter beyond ASCII may be the other case of one
    within."""
    if not fold:
        return frozenset(map(chr, range(low, min(high, 127) + 1)))
    if high > 127:
        return ASCII
    found = frozenset(map(chr, range(low, high + 1)))
    return frozenset(char for char in ASCII if {char, char.lower(), char.upper()} & found)
