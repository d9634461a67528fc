"""Counts for the statistics: what is counted of a vault, as bars and as tables of two things."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from vault import dates
from vault.compose import queue, rows, words
from vault.compose.scope import Scope
from vault.patterns import lazy
from vault.records import Date, Note, Work
from vault.records.views import Bar, Cross
from vault.references import venue_name
from vault.tongue import Tongue, marked

DONE: Final = ("read", "skimmed")
WAITS: Final = (
    (0, marked("the same day")),
    (7, marked("within a week")),
    (31, marked("within a month")),
    (92, marked("within three months")),
    (366, marked("within a year")),
)
"""Days from added to read up to which a paper counts as read within that time."""

COLUMNS: Final = 6
"""Years that a table of two things shows; earlier ones are added up in its first column."""
ROWS: Final = 12
_YEAR: Final = lazy(r"\b(?:19|20)\d\d\b")


def notes(scope: Scope) -> list[Note]:
    """What is counted: all listed notes but the items of reading lists, bare."""
    return [note for note in scope.listed() if note.kind != "item"]


def subjects(scope: Scope, found: Iterable[Note]) -> list[Work | None]:
    """The works that these notes are about.  All of them at once: what is read by the key of a note is read
    with its title."""
    work_of = dict(scope.catalog.work_of_note.items())
    return [scope.catalog.works.get(work_of.get(note.id, "")) for note in found]


def share(number: int, top: int) -> int:
    """Percent of the largest, at least 1 for something."""
    return max(1, round(100 * number / top)) if number else 0


def bars(pairs: Sequence[tuple[str, int]], hrefs: Mapping[str, str] | None = None) -> tuple[Bar, ...]:
    top = max((number for _, number in pairs), default=0)
    return tuple(
        Bar(label, number, share(number, top), (hrefs or {}).get(label, "")) for label, number in pairs
    )


def ratings(tongue: Tongue, found: Iterable[Note]) -> list[tuple[str, int]]:
    """From 5 of 5 down; half steps only where one was given."""
    seen = Counter(note.rating for note in found if note.rating)
    steps = sorted({*(float(whole) for whole in range(1, 6)), *seen}, reverse=True) if seen else []
    return [(words.rating(tongue, step), seen[step]) for step in steps]


def venues(scope: Scope, found: Iterable[Note]) -> list[tuple[str, int]]:
    """Papers by venue without its year, the commonest first; each paper once."""
    works = {work.id: work for work in subjects(scope, found) if work}
    names = [" ".join(_YEAR.sub(" ", venue_name(work.venue)).split()) for work in works.values()]
    labels: dict[str, Counter[str]] = {}
    for name in filter(None, names):
        labels.setdefault(rows.folded(name), Counter())[name] += 1
    ordered = sorted(labels.items(), key=lambda item: (-item[1].total(), item[0]))
    return [(max(sorted(each), key=each.__getitem__), each.total()) for _, each in ordered[:ROWS]]


def median(numbers: Sequence[int]) -> float | None:
    """The middle one, or the mean of the middle two; None of nothing."""
    ordered = sorted(numbers)
    half = len(ordered) // 2
    if not ordered:
        return None
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def waited(scope: Scope, today: Date) -> list[int]:
    """Days that each paper of the queue has waited."""
    waiting = (*queue.waiting(scope), *queue.from_lists(scope))
    ages = (queue.days(queue.added(note), today) for note in waiting)
    return [age for age in ages if age is not None and age >= 0]


def taken(found: Iterable[Note]) -> list[int]:
    """Days from added to read, for notes that say both; the note's own day where it names none of reading."""
    pairs = ((note.added, note.read or note.date) for note in found if note.status in DONE)
    spans = (dates.days_between(added, read) for added, read in pairs if added and read)
    return [span for span in spans if span is not None and span >= 0]


def spans(tongue: Tongue, days: Sequence[int]) -> list[tuple[str, int]]:
    """How many were read within each of the times, none counted twice; the rest took longer."""
    if not days:
        return []
    counted, below = [], -1
    for most, label in WAITS:
        counted.append((tongue.say(label), sum(below < day <= most for day in days)))
        below = most
    return [*counted, (tongue.say("longer"), sum(day > below for day in days))]


def cross(
    tongue: Tongue,
    pairs: Iterable[tuple[str, int]],
    order: Sequence[str],
    hrefs: Mapping[str, str] | None = None,
    **fields: str,
) -> Cross | None:
    """A table of (row, year) pairs: the given rows, the newest years as columns, earlier ones together."""
    seen = Counter(pair for pair in pairs if pair[0] in set(order))
    years = sorted({year for _, year in seen})
    if not years:
        return None
    shown = years[-COLUMNS:] if len(years) > COLUMNS + 1 else years
    early = years[: len(years) - len(shown)]
    columns = (*((tongue.say("to {year}", year=early[-1]),) if early else ()), *map(str, shown))
    counts = {
        row: (
            *((sum(seen[row, year] for year in early),) if early else ()),
            *(seen[row, year] for year in shown),
        )
        for row in order
    }
    top = max(max(found) for found in counts.values())
    return Cross(
        columns=columns,
        rows=tuple(
            (row, (hrefs or {}).get(row, ""), tuple((number, share(number, top)) for number in found))
            for row, found in counts.items()
        ),
        **fields,
    )


def eras(tongue: Tongue, years: Iterable[int]) -> dict[int, str]:
    """Publication year -> its row: the newest ``ROWS`` years by themselves, earlier ones together."""
    ordered = sorted({year for year in years if year}, reverse=True)
    rest = ordered[ROWS - 1 :] if len(ordered) > ROWS else []
    return {year: tongue.say("to {year}", year=rest[0]) if year in rest else str(year) for year in ordered}
