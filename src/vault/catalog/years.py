"""Dates without a year take the vault's own (``log.year``), and what is missing is told."""

from __future__ import annotations

import contextlib

from vault import dates
from vault.problems import problem
from vault.records import Date, Note, Problem, changed

_FIELDS = ("date", "added", "started", "read", "updated")
MANY = 10
"""Undated notes up to which each is told by itself."""


def fill(notes: list[Note], log_year: int, problems: list[Problem]) -> list[Note]:
    """The same notes with years; Problems for dates that still have none and for undated notes."""
    filled = [_filled(note, log_year) for note in notes]
    problems += [found for note in filled if (found := _yearless(note))]
    problems += _undated([note for note in filled if note.date is None and note.kind == "note"])
    return filled


def _filled(note: Note, log_year: int) -> Note:
    fields: dict[str, Date] = {}
    for name in _FIELDS:
        date: Date | None = getattr(note, name)
        if date and not date.year and log_year:
            with contextlib.suppress(dates.DateError):  # 29 February stays without a year, and is told
                fields[name] = dates.with_year(date, log_year)
    return changed(note, **fields) if fields else note


def _yearless(note: Note) -> Problem | None:
    if not note.date or note.date.year:
        return None
    return problem(
        "date-no-year",
        note.path,
        f'the date of "{note.title}" has no year',
        hint="write the year in the heading or the file's name, or set log.year in vault.toml",
        line=note.line,
    )


def _undated(notes: list[Note]) -> list[Problem]:
    """A Problem for each note without a date; one for all where that is how the vault is kept."""
    hint = "add a date field, or begin the file's name with the date"
    if len(notes) > MANY:
        text = f'"{notes[0].title}" and {len(notes) - 1} other notes have no date'
        return [problem("date-missing", notes[0].path, text, hint=hint)]
    return [problem("date-missing", note.path, f'"{note.title}" has no date', hint=hint) for note in notes]
