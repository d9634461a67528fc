"""A month of the archive: its notes by day, counted and drawn as a calendar."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import Final

from vault import naming
from vault.compose import rows, words
from vault.compose.archive import Month, collection, month_label
from vault.compose.head import common, feeds, head
from vault.compose.letter import digest_url
from vault.compose.scope import Scope, Way
from vault.compose.wholes import Bodies
from vault.records import Html
from vault.records.views import Anchor, Day, MonthPage, Row
from vault.tongue import marked

BEST = 3
MONTH_TAGS = 8

SAID: Final = {
    "read": marked("{n} read"),
    "skimmed": marked("{n} skimmed"),
    "reading": marked("{n} being read"),
    "dropped": marked("{n} dropped"),
    "added": marked("{n} added to the queue"),
}
"""What a month is told by, in this order."""


def month_page(scope: Scope, month: Month, _bodies: Bodies) -> MonthPage:
    url = naming.month_url(*month)
    way = scope.way(url)
    ids = scope.orders.months[month]
    label = month_label(scope, month)
    before, after = _months_beside(scope, month)
    return MonthPage(
        **common(scope, url, "month", "archive"),
        head=head(
            scope,
            url,
            f"{label}: {words.notes(scope.tongue, len(ids))}",
            scope.tongue.say("Notes of {time}.", time=label),
            feeds=feeds(scope, url),
            jsonld=collection(scope, url, label, ids),
            prev=way(naming.month_url(*before)) if before else "",
            next_=way(naming.month_url(*after)) if after else "",
        ),
        title=Html(escape(label)),
        crumbs=(
            Anchor(scope.tongue.say("Archive"), way("/archive/")),
            Anchor(str(month[0]), way(naming.year_url(month[0]))),
            Anchor(words.month_name(scope.tongue, month[1]), ""),
        ),
        total=len(ids),
        best=_best(scope, way, ids),
        days=rows.rows(scope, way, ids),
        calendar=calendar(scope, month, ids),
        counts=counts(scope, month),
        tags=_tags(scope, way, ids),
        added=rows.rows(scope, way, scope.orders.added.get(month, ())),
        prev=_month_anchor(scope, way, before),
        next=_month_anchor(scope, way, after),
        digest=_digest(scope, way, month),
    )


def _digest(scope: Scope, way: Way, month: Month) -> Anchor | None:
    if month not in scope.orders.letters:
        return None
    return Anchor(
        scope.tongue.say("Digest of {month}", month=month_label(scope, month)), way(digest_url(month))
    )


def _months_beside(scope: Scope, month: Month) -> tuple[Month | None, Month | None]:
    ordered = sorted(scope.orders.months)
    at = ordered.index(month)
    return ordered[at - 1] if at else None, ordered[at + 1] if at + 1 < len(ordered) else None


def _month_anchor(scope: Scope, way: Way, month: Month | None) -> Anchor | None:
    if month is None:
        return None
    return Anchor(
        month_label(scope, month),
        way(naming.month_url(*month)),
        scope.tongue.number(len(scope.orders.months[month])),
    )


def _best(scope: Scope, way: Way, ids: tuple[str, ...]) -> tuple[Row, ...]:
    """Up to three notes rated better than four, of more than that many."""
    rated = [scope.catalog.notes[id_] for id_ in ids if scope.catalog.notes[id_].rating > 4]
    best = sorted(rated, key=lambda note: -note.rating)[:BEST]
    return rows.rows(scope, way, (note.id for note in best)) if len(ids) > BEST else ()


def calendar(scope: Scope, month: Month, ids: tuple[str, ...]) -> tuple[tuple[Day, ...], ...]:
    """Weeks from Monday on, with the number of notes of each day."""
    from calendar import Calendar  # noqa: PLC0415 - 2 ms, which most builds can do without

    noted = Counter(date.day for id_ in ids if (date := scope.catalog.notes[id_].date))
    weeks = Calendar(0).monthdayscalendar(*month)
    return tuple(tuple(Day(day, noted[day] if day else 0) for day in week) for week in weeks)


def counts(scope: Scope, month: Month) -> tuple[tuple[str, int], ...]:
    """How many notes of a month are read, skimmed, dropped, and how many papers were queued in it."""
    label = {word: rows.state_of(scope, word).label for word in rows.STATES}
    label["added"] = scope.tongue.say("Added to the queue")
    return tuple((label[word], number) for word, number in _counted(scope, month))


def _counted(scope: Scope, month: Month) -> list[tuple[str, int]]:
    noted = Counter[str](scope.catalog.notes[id_].status for id_ in scope.orders.months.get(month, ()))
    noted["added"] = len(scope.orders.added.get(month, ()))
    return [(word, noted[word]) for word in SAID if noted[word]]


def said(scope: Scope, month: Month) -> str:
    """``Nine read, four skimmed.``"""
    tongue = scope.tongue
    found = [tongue.say(SAID[word], n=words.spelled(tongue, n)) for word, n in _counted(scope, month)]
    return f"{words.capital(', '.join(found))}." if found else ""


def _tags(scope: Scope, way: Way, ids: tuple[str, ...]) -> tuple[Anchor, ...]:
    """The tags of a month, the most used first."""
    seen = Counter(
        path for id_ in ids for path in dict.fromkeys(map(rows.tag_path, scope.catalog.notes[id_].tags))
    )
    links, number = scope.tag_links, scope.tongue.number
    found = sorted((item for item in seen.items() if item[0] in links), key=lambda item: (-item[1], item[0]))
    told = ((*links[path], number(notes)) for path, notes in found[:MONTH_TAGS])
    return tuple(Anchor(label, way(url), notes) for label, url, notes in told)
