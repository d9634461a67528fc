"""Reading, counted: the calendar, the months, states, ratings, tags, venues, ages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import partial
from html import escape
from typing import Final

from vault.compose import calendars, counting, queue, rows
from vault.compose.archive import month_label
from vault.compose.head import common, feeds, head
from vault.compose.planned import Planned
from vault.compose.scope import Scope, Way
from vault.compose.tags import alive
from vault.compose.wholes import Bodies
from vault.naming import month_url, year_url
from vault.records import Date, Html, Note, changed
from vault.records.views import Bar, Chart, Cross, StatsPage, YearCalendar
from vault.tongue import Tongue

URL: Final = "/stats/"
MONTHS: Final = 12


def pages(scope: Scope, today: Date) -> Iterator[Planned]:
    yield Planned(URL, "the statistics", partial(stats_page, scope, today), "")


def stats_page(scope: Scope, today: Date, _bodies: Bodies | None = None) -> StatsPage:
    way, found, say = scope.way(URL), counting.notes(scope), scope.tongue.say
    counted = calendars.counted(note.date for note in found)
    least = calendars.bounds(counted.values())
    days = calendars.Days(counted, least, date(today.year, today.month or 1, today.day or 1))
    charts = (
        _months(scope, way, found, today),
        Chart("status", say("Status"), "", say("Status"), say("notes"), _states(scope)),
        Chart(
            "ratings",
            say("Ratings"),
            "",
            say("Rating"),
            say("notes"),
            counting.bars(counting.ratings(scope.tongue, found)),
        ),
        _tags(scope, way),
        Chart(
            "venues",
            say("Venues"),
            say("papers noted"),
            say("Venue"),
            say("papers"),
            counting.bars(counting.venues(scope, found)),
        ),
        _spans(scope, found),
    )
    crosses = (_published(scope, found), _topics(scope, way, found))
    return StatsPage(
        **common(scope, URL, "stats", "stats"),
        head=head(
            scope,
            URL,
            say("Statistics"),
            scope.tongue.count(
                "{n} note, counted by day, month, tag, venue and year.",
                "{n} notes, counted by day, month, tag, venue and year.",
                len(found),
            ),
            feeds=feeds(scope, URL),
        ),
        title=Html(escape(say("Reading, counted"))),
        figures=_figures(scope, found, today),
        calendars=tuple(_calendars(scope, way, days)),
        levels=calendars.labels(scope.tongue, least),
        charts=tuple(chart for chart in charts if chart.bars),
        crosses=tuple(cross for cross in crosses if cross),
        total=len(found),
    )


def _figures(scope: Scope, found: list[Note], today: Date) -> tuple[tuple[str, str], ...]:
    waiting = len(queue.waiting(scope)) + len(queue.from_lists(scope))
    this = sum(note.date is not None and note.date.year == today.year for note in found)
    again = sum(len(ids) > 1 for ids in scope.orders.noted.values())
    shown, tongue = scope.settings.queue_publish, scope.tongue
    taken, waited = counting.median(counting.taken(found)), counting.median(counting.waited(scope, today))
    pairs = (
        (tongue.say("notes in all"), tongue.number(len(found))),
        (tongue.say("notes in {year}", year=today.year), tongue.number(this)),
        (tongue.say("papers read again"), tongue.number(again) if again else ""),
        (tongue.say("median days from added to read"), _number(tongue, taken)),
        (tongue.say("papers waiting"), tongue.number(waiting) if shown and waiting else ""),
        (tongue.say("median days waiting"), _number(tongue, waited) if shown else ""),
    )
    return tuple(pair for pair in pairs if pair[1])


def _number(tongue: Tongue, value: float | None) -> str:
    return "" if value is None else tongue.decimal(value)


def _calendars(scope: Scope, way: Way, days: calendars.Days) -> Iterator[YearCalendar]:
    """Every year that has a day with a note, the newest first."""
    for year in sorted({day.year for day in days.found}, reverse=True):
        months = {month: way(month_url(year, month)) for y, month in scope.orders.months if y == year}
        yield calendars.calendar(scope.tongue, days, year, way(year_url(year)), months)


def _months(scope: Scope, way: Way, found: list[Note], today: Date) -> Chart:
    """The last twelve months, this one last; papers count once a month."""
    seen: dict[tuple[int, int], set[str]] = {}
    for note, work in zip(found, counting.subjects(scope, found), strict=True):
        if note.date and note.date.month and work:
            seen.setdefault((note.date.year, note.date.month), set()).add(work.id)
    end = 12 * today.year + (today.month or 1) - 1
    months = [divmod(at, 12) for at in range(end - MONTHS + 1, end + 1)]
    keys = [(year, month + 1) for year, month in months]
    pairs = [(month_label(scope, key), len(seen.get(key, ()))) for key in keys]
    hrefs = {month_label(scope, key): way(month_url(*key)) for key in keys if key in scope.orders.months}
    say = scope.tongue.say
    drawn = counting.bars(pairs, hrefs) if any(number for _, number in pairs) else ()
    return Chart(
        "months",
        say("Papers per month"),
        say("the last twelve months"),
        say("Month"),
        say("papers"),
        drawn,
    )


def _states(scope: Scope) -> tuple[Bar, ...]:
    seen = Counter[str](note.status for note in scope.listed())
    order = [word for word in ("read", "skimmed", "reading", "to-read", "dropped") if seen[word]]
    drawn = counting.bars([(rows.state_of(scope, word).label, seen[word]) for word in order])
    return tuple(
        changed(bar, state=rows.state_of(scope, word)) for bar, word in zip(drawn, order, strict=True)
    )


def _top(scope: Scope) -> list[str]:
    """The tags of the first level, the most used first."""
    totals = alive(scope)
    top = sorted((path for path in totals if "/" not in path), key=lambda path: (-totals[path], path))
    return top[: counting.ROWS]


def _tags(scope: Scope, way: Way) -> Chart:
    totals, top, say = alive(scope), _top(scope), scope.tongue.say
    label = {path: scope.tag_links[path][0] for path in top}
    hrefs = {label[path]: way(scope.tag_links[path][1]) for path in top}
    drawn = counting.bars([(label[path], totals[path]) for path in top], hrefs)
    return Chart("tags", say("Tags"), say("with all below them"), say("Tag"), say("notes"), drawn)


def _spans(scope: Scope, found: list[Note]) -> Chart:
    drawn = counting.bars(counting.spans(scope.tongue, counting.taken(found)))
    say = scope.tongue.say
    return Chart(
        "waits",
        say("From added to read"),
        say("where a note says both"),
        say("Read within"),
        say("papers"),
        drawn,
    )


def _published(scope: Scope, found: list[Note]) -> Cross | None:
    """Publication year against the year of the note, for what was read or skimmed."""
    pairs = [
        (work.year, note.date.year)
        for note, work in zip(found, counting.subjects(scope, found), strict=True)
        if note.status in counting.DONE and note.date and note.date.year and work and work.year
    ]
    eras = counting.eras(scope.tongue, (year for year, _ in pairs))
    named = [(eras[published], read) for published, read in pairs]
    return counting.cross(
        scope.tongue,
        named,
        tuple(dict.fromkeys(eras.values())),
        anchor="published",
        label=scope.tongue.say("Published, and read"),
        note=scope.tongue.say("a column for each year of reading"),
        head=scope.tongue.say("Published"),
    )


def _topics(scope: Scope, way: Way, found: list[Note]) -> Cross | None:
    """The commonest tags by year."""
    top = _top(scope)
    label = {path: scope.tag_links[path][0] for path in top}
    pairs = [
        (label[path], note.date.year)
        for note in found
        if note.date and note.date.year
        for path in dict.fromkeys(rows.tag_path(tag).partition("/")[0] for tag in note.tags)
        if path in label
    ]
    return counting.cross(
        scope.tongue,
        pairs,
        tuple(label.values()),
        {label[path]: way(scope.tag_links[path][1]) for path in top},
        anchor="topics",
        label=scope.tongue.say("Tags by year"),
        note=scope.tongue.say("notes with the tag or one below it"),
        head=scope.tongue.say("Tag"),
    )
