"""Reading, counted: every chart is a table."""

from __future__ import annotations

from vault.records.base import Record
from vault.records.views.page import Page
from vault.records.views.parts import State


class Bar(Record, frozen=True):
    """A row of a chart: what is counted, how many, and the length of its bar in percent of the longest.
    ``note`` is small print behind the label."""

    label: str
    count: int
    share: int
    href: str = ""
    state: State | None = None
    note: str = ""


class Chart(Record, frozen=True):
    """``note`` says what is counted; ``head`` names the first column, ``unit`` the second, for those who
    hear the table."""

    anchor: str
    label: str
    note: str
    head: str
    unit: str
    bars: tuple[Bar, ...]


class Cross(Record, frozen=True):
    """A table of two things against each other: cells are (count, bar in percent of the largest)."""

    anchor: str
    label: str
    note: str
    head: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[tuple[int, int], ...]], ...]


class DayCell(Record, frozen=True):
    """A day of the calendar: ``level`` 0 (no note) to 4, -1 where the year or today ends; ``text`` is for
    those who hear it (``3 notes, 14 January``), empty on days without a note."""

    level: int
    text: str = ""


class YearCalendar(Record, frozen=True):
    """A year by day: ``months`` are (label, href or nothing, weeks that begin in it); ``days`` are seven
    rows from Monday on, a cell for each week."""

    year: str
    href: str
    total: int
    months: tuple[tuple[str, str, int], ...]
    days: tuple[tuple[str, tuple[DayCell, ...]], ...]


class StatsPage(Page, frozen=True, kw_only=True):
    """``figures`` are (label, number) pairs; ``levels`` are the shades of the calendar (1 to 4) and what
    each means."""

    figures: tuple[tuple[str, str], ...]
    calendars: tuple[YearCalendar, ...]
    levels: tuple[tuple[int, str], ...]
    charts: tuple[Chart, ...]
    crosses: tuple[Cross, ...]
    total: int
