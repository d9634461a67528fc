"""The archive by time: all years, a year, a month."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import pairwise

from vault import naming
from vault.compose import jsonld, rows, words
from vault.compose.addresses import cut
from vault.compose.head import common, feeds, head
from vault.compose.pages import paged_url, pager
from vault.compose.scope import Scope, Way
from vault.compose.wholes import Bodies
from vault.records import Html, Note
from vault.records.views import (
    Anchor,
    ArchivePage,
    Group,
    MonthCell,
    TagPage,
    YearLine,
    YearPage,
)

UNDATED_ROWS = 100
"""Undated notes on one page."""

UNDATED_URL = "/archive/undated/"
BEST = 3
FIRST = 3
MONTH_TAGS = 8

Month = tuple[int, int]


def month_label(scope: Scope, month: Month) -> str:
    """``January 2025``."""
    return words.month_year(scope.tongue, *month)


def archive_page(scope: Scope, _bodies: Bodies) -> ArchivePage:
    url, way, name = "/archive/", scope.way("/archive/"), scope.tongue.say("Archive")
    years = sorted(scope.orders.years, reverse=True)
    total = sum(map(len, scope.orders.years.values())) + len(scope.orders.undated)
    return ArchivePage(
        **common(scope, url, "archive", "archive"),
        head=head(
            scope,
            url,
            f"{name}: {words.notes(scope.tongue, total)}",
            scope.tongue.count("{n} note by year and month.", "{n} notes by year and month.", total),
            feeds=feeds(scope, url),
            jsonld=jsonld.collection(
                scope, url, name, [(str(year), naming.year_url(year)) for year in years]
            ),
        ),
        title=Html(escape(name)),
        total=total,
        years=(*(_year_line(scope, way, year) for year in years), *_undated_line(scope, way)),
        undated=() if many_undated(scope) else rows.rows(scope, way, scope.orders.undated),
    )


def _year_line(scope: Scope, way: Way, year: int) -> YearLine:
    months = scope.orders.months
    cells = tuple(
        MonthCell(
            words.month_short(scope.tongue, month),
            way(naming.month_url(year, month)) if (year, month) in months else "",
            len(months.get((year, month), ())),
        )
        for month in range(1, 13)
    )
    return YearLine(str(year), way(naming.year_url(year)), len(scope.orders.years[year]), cells)


def many_undated(scope: Scope) -> bool:
    """Whether undated notes need pages of their own."""
    return len(scope.orders.undated) > UNDATED_ROWS


def _undated_line(scope: Scope, way: Way) -> tuple[YearLine, ...]:
    """A line of the table that leads to them."""
    if not many_undated(scope):
        return ()
    cells = tuple(MonthCell(words.month_short(scope.tongue, month), "", 0) for month in range(1, 13))
    return (YearLine(scope.tongue.say("Undated"), way(UNDATED_URL), len(scope.orders.undated), cells),)


# A year


def year_page(scope: Scope, year: int, _bodies: Bodies) -> YearPage:
    url = naming.year_url(year)
    way = scope.way(url)
    ids = scope.orders.years[year]
    whole = [id_ for id_ in ids if not _month_of(scope.catalog.notes[id_])]
    months = [month for month in range(12, 0, -1) if (year, month) in scope.orders.months]
    before, after = _beside(sorted(scope.orders.years), year)
    return YearPage(
        **common(scope, url, "year", "archive"),
        head=head(
            scope,
            url,
            f"{year}: {words.notes(scope.tongue, len(ids))}",
            scope.tongue.say("Notes of {time}.", time=year),
            feeds=feeds(scope, url),
            jsonld=collection(scope, url, str(year), ids),
            prev=way(naming.year_url(before)) if before else "",
            next_=way(naming.year_url(after)) if after else "",
        ),
        title=Html(str(year)),
        crumbs=(Anchor(scope.tongue.say("Archive"), way("/archive/")), Anchor(str(year), "")),
        total=len(ids),
        months=tuple(_month_group(scope, way, (year, month)) for month in months),
        whole_year=rows.rows(scope, way, whole),
        prev=_year_anchor(scope, way, before),
        next=_year_anchor(scope, way, after),
    )


def _month_of(note: Note) -> int:
    return note.date.month if note.date else 0


def _month_group(scope: Scope, way: Way, month: Month) -> Group:
    ids = scope.orders.months[month]
    return Group(
        anchor=f"m{month[1]:02}",
        label=words.month_name(scope.tongue, month[1]),
        note=words.notes(scope.tongue, len(ids)),
        rows=rows.rows(scope, way, ids[:FIRST]),
        href=way(naming.month_url(*month)),
    )


def _beside(ordered: Sequence[int], here: int) -> tuple[int, int]:
    """The ones before and after in an ascending list; 0 where there is none."""
    pairs = list(pairwise((0, *ordered, 0)))
    at = ordered.index(here)
    return pairs[at][0], pairs[at + 1][1]


def _year_anchor(scope: Scope, way: Way, year: int) -> Anchor | None:
    if not year:
        return None
    return Anchor(str(year), way(naming.year_url(year)), scope.tongue.number(len(scope.orders.years[year])))


def undated_page(scope: Scope, page: int, _bodies: Bodies) -> TagPage:
    """Notes without a year, where they are too many for the archive's own page."""
    url = paged_url(UNDATED_URL, page)
    way = scope.way(url)
    ids = scope.orders.undated
    shown = ids[(page - 1) * UNDATED_ROWS : page * UNDATED_ROWS]
    pages = cut(len(ids), UNDATED_ROWS)
    turn = pager(scope, way, UNDATED_URL, page, pages, size=UNDATED_ROWS, total=len(ids))
    say, name = scope.tongue.say, scope.tongue.say("Without a date")
    return TagPage(
        **common(scope, url, "tag", "archive"),
        head=head(
            scope,
            url,
            words.page_of(scope.tongue, name, page),
            say("Notes without a date."),
            robots="noindex, follow" if page > 1 else "",
            feeds=feeds(scope, url),
            prev=turn.prev if turn else "",
            next_=turn.next if turn else "",
        ),
        title=Html(escape(name)),
        crumbs=(Anchor(say("Archive"), way("/archive/")), Anchor(name, "")),
        total=len(ids),
        description=Html(""),
        children=(),
        together=(),
        groups=(Group("notes", say("Notes"), "", rows.rows(scope, way, shown)),),
        feeds=(),
        pager=turn,
    )


def collection(scope: Scope, url: str, name: str, ids: Sequence[str]) -> jsonld.Document:
    listed = [(scope.catalog.notes[id_].title, scope.addresses.notes[id_]) for id_ in ids]
    return jsonld.collection(scope, url, name, listed)
