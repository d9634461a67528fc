"""Time: the archive, a year, a month."""

from __future__ import annotations

from vault.records.base import Record
from vault.records.views.page import Page
from vault.records.views.parts import Anchor, Group, Row


class MonthCell(Record, frozen=True):
    """A month of a year: ``label`` such as Jan; ``href`` is empty where nothing was noted.  A
    ``YearLine`` has twelve."""

    label: str
    href: str
    count: int


class YearLine(Record, frozen=True):
    year: str
    href: str
    total: int
    months: tuple[MonthCell, ...]


class ArchivePage(Page, frozen=True, kw_only=True):
    total: int
    years: tuple[YearLine, ...]
    undated: tuple[Row, ...]


class YearPage(Page, frozen=True, kw_only=True):
    """``months``: label January, note "9 notes", href its page, rows its first three notes."""

    crumbs: tuple[Anchor, ...]
    total: int
    months: tuple[Group, ...]
    whole_year: tuple[Row, ...]
    prev: Anchor | None
    next: Anchor | None


class Day(Record, frozen=True):
    """A cell of the small month calendar; day 0 is an empty cell."""

    day: int
    count: int


class MonthPage(Page, frozen=True, kw_only=True):
    crumbs: tuple[Anchor, ...]
    total: int
    best: tuple[Row, ...]
    days: tuple[Row, ...]
    calendar: tuple[tuple[Day, ...], ...]
    counts: tuple[tuple[str, int], ...]
    tags: tuple[Anchor, ...]
    added: tuple[Row, ...]
    prev: Anchor | None
    next: Anchor | None
    digest: Anchor | None = None
