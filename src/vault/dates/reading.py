"""Dates in header values and headings: one day, or a span of days, of which the start counts."""

from __future__ import annotations

import re
from typing import Final

from vault.dates.calendar import DateError, checked, full_year
from vault.dates.forms import MONTH_WORDS, WORDS, point, tidy
from vault.patterns import lazy
from vault.records import Date, changed

LONGEST: Final = 1000
"""Characters; a longer heading is not searched for a date."""

TOKENS: Final = 10
"""Words; a date inside a longer heading is not written in more."""


def parse(text: str) -> Date | None:
    """The date a header value is, or None when it is no date at all.

    A span gives its start, a clock is dropped.  Raises DateError: no such day, or ambiguous.
    """
    return _read(tidy(text))


def heading(text: str) -> Date | None:
    """The date that a heading's plain text is, and nothing more; a span gives its start.

    Numbers that only might be a date (``2020-21``, ``1024``, ``3/4/25``) are ordinary headings.
    Raises DateError for a date that cannot be, such as ``30 February 2024``.
    """
    tidied = tidy(text)
    return None if _NUMBERS.fullmatch(tidied) and not _CLEAR.fullmatch(tidied) else _read(tidied)


def loose(text: str) -> Date | None:
    """The date at the start, else at the end of a longer heading, ``Week of January 1 - January 7``.

    A bare year is none, and a day without a year opens a heading only before a colon or dash.
    """
    if len(text) > LONGEST or not _HINT.search(text):
        return None
    words = _CJK.sub(r" \1 ", text).split()
    return _opening(words) or _closing(words)


def _read(text: str) -> Date | None:
    return (point(text) or _span(text)) if text else None


def _span(text: str) -> Date | None:
    """The start of ``A - B``, where what A leaves out is taken from B, and B may leave out too."""
    for found in _SEPARATOR.finditer(text):
        left, right = text[: found.start()].strip(" ,"), text[found.end() :].strip(" ,")
        start = _start(left, right) if left and right else None
        if start:
            return start
    return None


def _start(left: str, right: str) -> Date | None:
    first, last = _part(left), _part(right)
    if first is None or last is None or (not first.month and not first.day):
        return None
    if not last.month and first.month:
        last = checked(last.year, first.month, last.day)
    if not first.month:
        first = changed(first, month=last.month)
    if bool(first.day) != bool(last.day) or not first.month or not (first.day or first.year or last.year):
        return None
    if not first.year and last.year:
        # A week over New Year carries only its end's year.
        first = changed(first, year=last.year - (first.month > last.month))
    if _order(first) > _order(last) and (first.year or first.month == last.month):
        return None
    return checked(first.year, first.month, first.day)


def _order(date: Date) -> tuple[int, int, int]:
    return (date.year, date.month, date.day) if date.year else (9999, date.month, date.day)


def _part(text: str) -> Date | None:
    """One end of a span: a date, or a bare day or month, with the year after it or not."""
    day = _DAY.fullmatch(text)
    if day:
        return Date(full_year(day["y"] or "0"), 0, int(day["d"])) if 0 < int(day["d"]) < 32 else None
    name = text.strip(".")
    return Date(0, MONTH_WORDS[name], 0) if name in MONTH_WORDS else point(text)


def _opening(words: list[str]) -> Date | None:
    for size in range(min(len(words), TOKENS), 0, -1) if _starts(words[0]) else ():
        head, rest = " ".join(words[:size]), words[size:]
        found = _quiet(head)
        if found and (_sure(found, head) or _parted(head, rest)):
            return found
    return None


def _closing(words: list[str]) -> Date | None:
    for size in range(min(len(words), TOKENS), 0, -1):
        found = _quiet(" ".join(words[-size:])) if _starts(words[-size]) else None
        if found:
            return found
    return None


def _quiet(text: str) -> Date | None:
    try:
        found = heading(text)
    except DateError:
        return None
    return found if found and found.month else None


def _starts(word: str) -> bool:
    """Can a date begin with this word?"""
    letters = re.match(r"[\W_]*([0-9]|[^\W\d_]+)", word)
    return letters is not None and (letters[1].isdecimal() or letters[1].lower() in WORDS)


def _sure(date: Date, text: str) -> bool:
    return bool(date.year) or re.search(r"[0-9](?:st|nd|rd|th)\b|月", text, re.IGNORECASE) is not None


def _parted(head: str, rest: list[str]) -> bool:
    return not rest or head[-1] in ":,.)-–—|" or not rest[0][0].isalnum()


_HINT: Final = lazy(rf"[0-9]{{4}}|[月월]|(?i:{'|'.join(sorted({word[:3] for word in MONTH_WORDS}))})")
_CJK: Final = lazy(r"((?:[0-9]{4} ?[年년] ?)?[0-9]{1,2} ?[月월](?: ?[0-9]{1,2} ?[日号號일])?)")
_SEPARATOR: Final = lazy(r" ?(?:-|~|/| to | through | thru | until | till | and ) ?")
_DAY: Final = lazy(r"(?P<d>[0-9]{1,2})(?: ?(?:st|nd|rd|th|日|号))?(?:[ ,]+(?P<y>[0-9]{4}))?")
_NUMBERS: Final = lazy(r"[0-9][0-9./-]*")
_Y: Final = r"(?:19|20)[0-9]{2}"
_M: Final = r"(?:0?[1-9]|1[0-2])"
_CLEAR: Final = lazy(
    rf"{_Y}(?:[-/]{_M}|\.(?:0[1-9]|1[0-2])|{_M}[0-3][0-9](?:[0-9]{{4}}|[0-9]{{6}})?)?|{_M}[-/]{_Y}"
    rf"|[0-9]{{1,2}}([-/.])[0-9]{{1,2}}\1{_Y}|{_Y}([-/.])[0-9]{{1,2}}\2[0-9]{{1,2}}(?:[-/]{_Y}-[0-9]{{2}}-[0-9]{{2}})?"
)
"""Of texts that are numbers alone, those that are a date, or are meant to be one without doubt."""
