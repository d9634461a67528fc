"""Dates without a year take the vault's own (``log.year``), and what is missing is told."""

from __future__ import annotations

import contextlib

from vault import dates
from vault.problems import problem
from vault.records import Date, Note, Problem, changed

_FIELDS = ("date", "added", "started", "read", "updated")


def fill(notes: list[Note], log_year: int, problems: list[Problem]) -> list[Note]:
    """The same notes with years; Problems for dates that still have none and for undated notes."""
    filled = [_filled(note, log_year) for note in notes]
    problems += [found for note in filled if (found := _missing(note))]
    return filled


def _filled(note: Note, log_year: int) -> Note:
    fields: dict[str, Date] = {}
    for name in _FIELDS:
        date: Date | None = getattr(note, name)
        if date and not date.year and log_year:
            with contextlib.suppress(dates.DateError):  # 29 February stays without a year, and is told
                fields[name] = dates.with_year(date, log_year)
    return changed(note, **fields) if fields else note


def _missing(note: Note) -> Problem | None:
    if note.date and not note.date.year:
        return problem(
            "date-no-year",
            note.path,
            f'the date of "{note.title}" has no year',
            hint="write the year in the heading or the file's name, or set log.year in vault.toml",
            line=note.line,
        )
    if note.date is None and note.kind == "note":
        return problem(
            "date-missing",
            note.path,
            f'"{note.title}" has no date',
            hint="add a date field, or begin the file's name with the date",
        )
    return None
