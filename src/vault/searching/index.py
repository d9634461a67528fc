"""An index of texts as one line: what ``templates/assets/search.js`` unfolds into an index of MiniSearch 7.

``terms`` are the terms in order, split by commas.  Of each: how many letters it shares with the one before
it (a digit of base 36), its other letters, and for each field, after a space, where it stands.  That is a
row of postings: the documents passed over since the last one, in base 26 (``A`` to ``Z`` for the last
digit, ``a`` to ``z`` for those before it), and how often the term stands there, where it is not once:
``aC3`` is the document after two others, three times.  A third of what MiniSearch itself writes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, Final

from vault.tuples import NamedTuple
from vault.words import tokens

DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"


class Field(NamedTuple):
    """A field of the documents, and how its text is cut into terms."""

    name: str
    tokens: Callable[[str], list[str]] = tokens


class Standing:
    """Where a term stands in one field: the last document so far, and the postings."""

    __slots__ = ("last", "row")

    def __init__(self) -> None:
        self.last, self.row = -1, [""]


def index(fields: Sequence[Field], documents: Iterable[Sequence[str]]) -> dict[str, Any]:
    """The index of documents, of each one text a field; a document is known by its place."""
    found: dict[str, list[Standing | None]] = {}
    number = -1
    for number, texts in enumerate(documents):
        for at, (field, text) in enumerate(zip(fields, texts, strict=True)):
            _add(found, field.tokens(text), at, number, len(fields))
    return {"fields": [field.name for field in fields], "number": number + 1, "terms": _line(found)}


def _add(
    found: dict[str, list[Standing | None]], terms: list[str], field: int, document: int, fields: int
) -> None:
    """Enter the terms of one field of one document."""
    for term, count in Counter(terms).items():
        of_term = found.get(term)
        if of_term is None:
            of_term = found[term] = [None] * fields
        standing = of_term[field]
        if standing is None:
            standing = of_term[field] = Standing()
        standing.row.append(posting(document - standing.last - 1, count))
        standing.last = document


@lru_cache(maxsize=4096)
def posting(gap: int, count: int) -> str:
    """A document after so many others, and how often: (2, 3) -> ``C3``, (26, 1) -> ``bA``."""
    digits = chr(65 + gap % 26)
    while gap := gap // 26:
        digits = chr(97 + gap % 26) + digits
    return digits if count == 1 else f"{digits}{count}"


def _line(found: dict[str, list[Standing | None]]) -> str:
    entries, before = [], ""
    for term in sorted(found):
        same = shared(before, term)
        rows = " ".join("".join(standing.row) if standing else "" for standing in found[term])
        entries.append(f"{DIGITS[same]}{term[same:]} {rows.rstrip()}")
        before = term
    return ",".join(entries)


def shared(one: str, other: str) -> int:
    """How many letters two terms begin with alike, at most 35."""
    for at, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b or at == 35:
            return at
    return min(len(one), len(other), 35)
