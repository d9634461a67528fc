"""How many pages a paper has, where a library or its authors say so; else 0."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from vault.patterns import lazy

MOST: Final = 1500
_RANGE: Final = lazy(r"\s*(\d{1,6})\s*[-\u2010-\u2015\u2212]+\s*(\d{1,6})\s*")
_TOLD: Final = lazy(r"(?<![\w.])(\d{1,4})\s*(?:pages?\b|pp\b|页)", re.IGNORECASE)
_COUNTS: Final = ("pagetotal", "numpages", "number-of-pages")


def of_fields(fields: Iterable[tuple[str, str]]) -> int:
    """A library's: a count, or the distance between first and last page (``5998--6008``); a single number
    may be the first page of any length."""
    told = dict(fields)
    counts = (text for name in _COUNTS if (text := told.get(name, "").strip()).isdecimal())
    number = next(map(int, counts), 0)
    between = _RANGE.fullmatch(told.get("pages", ""))
    if not number and between:
        number = int(between[2]) - int(between[1]) + 1
    return number if 0 < number <= MOST else 0


def of_comment(text: str) -> int:
    """The authors' on arXiv: the first of "9 pages, 5 figures, 21 pages appendix"."""
    found = _TOLD.search(text)
    return int(found[1]) if found and 0 < int(found[1]) <= MOST else 0
