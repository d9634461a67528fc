"""A year of reading, day by day: seven rows of weeks, shaded by how much was noted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from vault.compose import words
from vault.records import Date
from vault.records.views import DayCell, YearCalendar
from vault.tongue import Tongue, marked
from vault.tuples import NamedTuple

WEEKDAYS: Final = (
    *(marked("Mon"), marked("Tue"), marked("Wed"), marked("Thu"), marked("Fri"), marked("Sat")),
    marked("Sun"),
)
LEVELS: Final = 4

Counted = Counter[date]


class Days(NamedTuple):
    """Notes by day, the least count of each shade, and the day on which the calendar ends."""

    found: Counted
    least: tuple[int, ...]
    today: date


def counted(days: Iterable[Date | None]) -> Counted:
    """Notes by day; days that are no whole day are left out."""
    return Counter(date(day.year, day.month, day.day) for day in days if day and day.year and day.day)


def bounds(counts: Iterable[int]) -> tuple[int, ...]:
    """The least count of each shade, ascending from 1: quarters of the days that have a note, fewer
    where the counts are few."""
    ordered = sorted(counts)
    if not ordered:
        return ()
    found = [1]
    for part in range(1, LEVELS):
        bound = max(ordered[part * len(ordered) // LEVELS], found[-1] + 1)
        if bound <= ordered[-1]:
            found.append(bound)
    return tuple(found)


def shade(at: int, found: tuple[int, ...]) -> int:
    """The shade of the ``at``-th bound, from 1: two bounds take the second and the fourth."""
    return LEVELS * at // len(found) if found else 0


def labels(tongue: Tongue, found: tuple[int, ...]) -> tuple[tuple[int, str], ...]:
    """Each shade with what it means: ``1``, ``2 to 4``, ``5 or more``."""
    if not found:
        return ()
    ends = [after - 1 for after in found[1:]]
    ranges = [
        str(a) if a == b else tongue.say("{low} to {high}", low=a, high=b)
        for a, b in zip(found, ends, strict=False)
    ]
    last = tongue.say("{n} or more", n=found[-1])
    return tuple((shade(at, found), text) for at, text in enumerate((*ranges, last), 1))


def calendar(tongue: Tongue, days: Days, year: int, href: str, months: dict[int, str]) -> YearCalendar:
    """``months`` are the addresses of the months that have notes."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    start = first - timedelta(days=first.weekday())
    weeks = ((last - start).days // 7) + 1
    cells = [
        tuple(_cell(tongue, days, year, start + timedelta(days=7 * week + row)) for week in range(weeks))
        for row in range(7)
    ]
    heads = [max(start + timedelta(days=7 * week), first).month for week in range(weeks)]
    spans = ((month, len(list(run))) for month, run in groupby(heads))
    return YearCalendar(
        year=str(year),
        href=href,
        total=sum(days.found[first + timedelta(days=n)] for n in range((last - first).days + 1)),
        months=tuple(
            (words.month_short(tongue, month), months.get(month, ""), span) for month, span in spans
        ),
        days=tuple(zip(map(tongue.say, WEEKDAYS), cells, strict=True)),
    )


def _cell(tongue: Tongue, days: Days, year: int, day: date) -> DayCell:
    """Blank outside the year and after today, but for a note that is dated ahead."""
    number = days.found[day]
    if day.year != year or (day > days.today and not number):
        return DayCell(-1)
    if not number:
        return DayCell(0)
    level = shade(sum(number >= bound for bound in days.least), days.least)
    name = words.day(tongue, Date(0, day.month, day.day))
    return DayCell(level, f"{words.notes(tongue, number)}, {name}")
