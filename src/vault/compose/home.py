"""Home: what this is, what is new, what is next."""

from __future__ import annotations

from datetime import date, timedelta
from html import escape
from typing import Final

from vault import naming
from vault.compose import digest, jsonld, queue, rows, words
from vault.compose.archive import month_label
from vault.compose.head import common, feeds, head
from vault.compose.month import said
from vault.compose.orders import written
from vault.compose.scope import Scope, Way
from vault.compose.tags import alive
from vault.compose.wholes import Bodies
from vault.records import Date, Html
from vault.records.views import Anchor, HomePage
from vault.tongue import marked

READING: Final = 3
LATEST: Final = 10
NEXT: Final = 3
TAGS: Final = 12
WEEKS: Final = 26

INTRO: Final = {
    (True, True): marked("{notes} since {month} by {author}."),
    (True, False): marked("{notes} since {month}."),
    (False, True): marked("{notes} by {author}."),
    (False, False): marked("{notes}."),
}
"""By whether a month and an author are known."""


def home_page(scope: Scope, today: Date, _bodies: Bodies) -> HomePage:
    url, way, settings = "/", scope.way("/"), scope.settings
    number = sum(note.kind != "item" for note in scope.listed())
    lede = settings.description or settings.title
    intro = _intro(scope, number)
    months = sorted(scope.orders.months)
    weeks = _weeks(scope, today)
    totals = alive(scope)
    reading = [note.id for note in queue.reading(scope)[:READING]]
    return HomePage(
        **common(scope, url, "home"),
        head=head(
            scope,
            url,
            "",
            settings.description or intro,
            feeds=feeds(scope, url),
            jsonld=jsonld.website(scope),
        ),
        title=Html(escape(settings.title)),
        lede=lede,
        intro=intro,
        reading=rows.with_years(rows.rows(scope, way, reading), today.year),
        latest=rows.with_years(rows.rows(scope, way, _latest(scope, reading)), today.year),
        latest_more=_more(scope, way, months, number),
        queue=_queue(scope, way, today) if settings.queue_publish else (),
        queue_more=_queue_more(scope, way) if settings.queue_publish else None,
        tags=_tags(scope, way, totals),
        tags_more=Anchor(_all(scope, len(totals)), way("/tags/")) if totals else None,
        weeks=weeks,
        weeks_label=_weeks_label(scope, weeks),
        month=digest.latest(scope, way),
        month_note=said(scope, max(scope.orders.letters)) if scope.orders.letters else "",
        month_more=Anchor(scope.tongue.say("all digests"), way("/digest/")) if scope.orders.letters else None,
        empty=not scope.orders.listed,
    )


def _intro(scope: Scope, number: int) -> str:
    """``342 notes since March 2021 by A. Reader.``"""
    if not number:
        return ""
    months = scope.orders.months
    fields = {
        "notes": words.notes(scope.tongue, number),
        "author": scope.settings.author,
        "month": month_label(scope, min(months)) if months else "",
    }
    return scope.tongue.say(INTRO[bool(months), bool(scope.settings.author)], **fields)


def _all(scope: Scope, number: int) -> str:
    return scope.tongue.count("all {n}", "all {n}", number)


def _latest(scope: Scope, shown: list[str]) -> tuple[str, ...]:
    """The newest notes that say something and are not ``shown`` above; undated ones fill the rest."""
    undated = (id_ for id_ in scope.orders.undated if written(scope.catalog.notes[id_]))
    newest = (*scope.orders.timeline[: LATEST + READING], *undated)
    return tuple(id_ for id_ in newest if id_ not in shown)[:LATEST]


def _more(scope: Scope, way: Way, months: list[tuple[int, int]], number: int) -> Anchor | None:
    """The newest month; all notes where none of more than are shown has a month."""
    if months:
        return _month_anchor(scope, way, months[-1])
    return Anchor(_all(scope, number), way("/archive/")) if number > LATEST else None


def _month_anchor(scope: Scope, way: Way, month: tuple[int, int]) -> Anchor:
    return Anchor(month_label(scope, month), way(naming.month_url(*month)))


def _queue(scope: Scope, way: Way, today: Date) -> tuple[Anchor, ...]:
    notes = (*queue.waiting(scope), *queue.from_lists(scope))[:NEXT]
    return tuple(
        Anchor(
            rows.plain_title(note, scope.work_of(note)),
            way(scope.addresses.notes[note.id]),
            words.age(scope.tongue, queue.days(queue.added(note), today)),
            *rows.voice_of_title(scope, note, rows.plain_title(note, scope.work_of(note))),
        )
        for note in notes
    )


def _queue_more(scope: Scope, way: Way) -> Anchor | None:
    number = len(queue.waiting(scope)) + len(queue.from_lists(scope))
    return Anchor(_all(scope, number), way("/queue/")) if number else None


def _tags(scope: Scope, way: Way, totals: dict[str, int]) -> tuple[Anchor, ...]:
    """The tags of the first level by how many notes they have, children counted."""
    top = sorted((path for path in totals if "/" not in path), key=lambda path: (-totals[path], path))
    return tuple(
        Anchor(
            scope.catalog.tags[path].label, way(scope.addresses.tags[path]), scope.tongue.number(totals[path])
        )
        for path in top[:TAGS]
    )


def _weeks(scope: Scope, today: Date) -> tuple[int, ...]:
    """Notes in each of the last 26 weeks (Monday to Sunday), oldest first; this week is the last."""
    end = date(today.year, today.month or 1, today.day or 1)
    monday = end - timedelta(days=end.weekday())
    counted = [0] * WEEKS
    for id_ in scope.orders.timeline:
        day = scope.catalog.notes[id_].date
        if day and day.day:
            weeks = (monday - date(day.year, day.month, day.day)).days
            at = WEEKS - 1 - -(-weeks // 7)
            if 0 <= at < WEEKS:
                counted[at] += 1
            elif at < 0:
                break
    return tuple(counted)


def _weeks_label(scope: Scope, weeks: tuple[int, ...]) -> str:
    low, high, last = (words.spelled(scope.tongue, n) for n in (min(weeks), max(weeks), weeks[-1]))
    return scope.tongue.say(
        "Notes per week for {weeks} weeks, between {low} and {high}; {last} this week.",
        weeks=WEEKS,
        low=low,
        high=high,
        last=last,
    )
