"""The calendar: which days there are, and how a refusal is told."""

from __future__ import annotations

import datetime
import re
from typing import Final, Literal

from vault.records import Date

MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class DateError(ValueError):
    """A date that cannot be: no such day (``date-invalid``), or two days (``date-ambiguous``).

    The message is one clause in plain words; ``code`` is the Problem code.
    """

    def __init__(self, code: Literal["date-invalid", "date-ambiguous"], message: str) -> None:
        super().__init__(message)
        self.code: Literal["date-invalid", "date-ambiguous"] = code


def month_name(month: int) -> str:
    """``January`` for 1."""
    return MONTHS[month - 1]


def checked(year: int, month: int = 0, day: int = 0) -> Date:
    """The date, where a ``year`` of 0 says "not given".  Raises DateError for a day that is none."""
    if not 0 <= year <= 9999 or (not year and not month):
        raise DateError("date-invalid", f"there is no year {year:04}")
    if not 0 <= month <= 12 or (day and not month):
        raise DateError("date-invalid", f"there is no month {month}")
    if not 0 <= day <= days_in(year, month):
        name = " ".join(part for part in (str(day), month_name(month), str(year or "")) if part)
        raise DateError("date-invalid", f"there is no {name}")
    return Date(year, month, day)


def days_in(year: int, month: int) -> int:
    """Days of a month (29 for a February of no year), 31 where there is no month."""
    if month == 2:
        leap = not year or (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
        return 29 if leap else 28
    return 30 if month in (4, 6, 9, 11) else 31


def week(year: int, number: int, day: int) -> Date:
    """A day (1 Monday - 7 Sunday) of an ISO week."""
    try:
        found = datetime.date.fromisocalendar(year, number, day)
    except (ValueError, OverflowError):
        raise DateError("date-invalid", f"there is no week {number} in {year:04}") from None
    return Date(found.year, found.month, found.day)


def with_year(date: Date, year: int) -> Date:
    """A month and day in a year.  Raises DateError for 29 February of most years."""
    return checked(year, date.month, date.day)


def full_year(text: str) -> int:
    """Years of two digits lie between 1970 and 2069."""
    digits = re.sub(r"[^0-9]", "", text)
    if len(digits) != 2:
        return int(digits or 0)
    return int(digits) + (1900 if int(digits) >= 70 else 2000)


def plausible(year: int) -> bool:
    """A year in which a note or paper may have been written, as far as a bare number can tell."""
    return 1900 <= year <= 2099


def sort_key(date: Date | None) -> tuple[int, int, int]:
    """Ascending; a month or year before its days; no date first."""
    return (date.year, date.month, date.day) if date else (0, 0, 0)


def days_between(a: Date, b: Date) -> int | None:
    """Days from ``a`` to ``b``; a month or year counts from its first day, without a year: None."""
    if not a.year or not b.year:
        return None
    try:
        return (_first(b) - _first(a)).days
    except ValueError:
        return None


def short(date: Date) -> str:
    """``14 Jan``; ``Jan`` of a month, ``2025`` of a year."""
    return _say(date, month_name(date.month)[:3], year=False) if date.month else text(date)


def text(date: Date) -> str:
    """``14 Jan 2025``, ``Jan 2025``, ``2025``; ``14 Jan`` without a year."""
    return _say(date, month_name(date.month)[:3] if date.month else "", year=True)


def full(date: Date) -> str:
    """``14 January 2025``, ``January 2025``, ``2025``; ``14 January`` without a year."""
    return _say(date, month_name(date.month) if date.month else "", year=True)


def _say(date: Date, month: str, *, year: bool) -> str:
    parts = (str(date.day or ""), month, str(date.year or "") if year else "")
    return " ".join(part for part in parts if part)


def _first(date: Date) -> datetime.date:
    return datetime.date(date.year, date.month or 1, date.day or 1)
