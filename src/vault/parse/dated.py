"""Headings that are dates, and the years that others leave out."""

from __future__ import annotations

import re

from vault import dates
from vault.parse.lines import BOLD, Mark
from vault.patterns import lazy
from vault.records import Date
from vault.tuples import NamedTuple

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_BEGINS = lazy(
    rf"week\b|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|{_MONTH}"
    rf"|\d{{4}}\s?[-/.年]|\d{{1,2}}(?:st|nd|rd|th)?[ .-]+(?:of )?{_MONTH}|\d{{1,2}}月",
    re.IGNORECASE,
)


class Dated(NamedTuple):
    """A heading that is a date.  ``wrong`` is (code, reason) where there is no such day."""

    mark: Mark
    date: Date | None
    wrong: tuple[str, str] | None = None

    @property
    def opens(self) -> bool:
        """Whether it is more than a bare year: two such headings make a log."""
        return self.wrong is not None or bool(self.date and self.date.month)


def dated(mark: Mark) -> Dated | None:
    """The date a heading is (``29th January``) or begins with (``2025-01-29: LoRA``), if any."""
    text = mark.text
    if len(text) > 200 or not any(char.isdigit() for char in text):
        return None
    try:
        date = dates.heading(text)
    except dates.DateError as error:
        return Dated(mark, None, (error.code, str(error)))
    if date is None and mark.level != BOLD and _BEGINS.match(text):
        date = dates.loose(text)
    return Dated(mark, date) if date else None


def complete(date: Date | None, year: int) -> Date | None:
    """The date with the year it leaves out, where that is a day of that year."""
    if date is None or date.year or not year:
        return date
    try:
        return dates.with_year(date, year)
    except dates.DateError:
        return date


def year_of_path(path: str) -> int:
    """The year in a file's name, else in its folders, 0 if none."""
    name = path.rpartition("/")[2]
    date = dates.from_filename(name)
    if date and date.year:
        return date.year
    folder = dates.from_folder(path)
    return dates.year_in(name.rpartition(".")[0]) or (folder.year if folder else 0)
