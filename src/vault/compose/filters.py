"""What a list can be narrowed down by: the options that its rows really have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from vault.compose.rows import STATES, state_of
from vault.compose.scope import Scope
from vault.records.views import Choice
from vault.tongue import marked

AGES: Final = (
    ("-31", marked("up to a month")),
    ("31", marked("over a month")),
    ("183", marked("over six months")),
    ("365", marked("over a year")),
)


def statuses(scope: Scope, words: Iterable[str]) -> Choice:
    """The states among the rows, in the order of reading."""
    found = set(words)
    return Choice(
        "status",
        scope.tongue.say("Status"),
        tuple((word, state_of(scope, word).label) for word in STATES if word in found),
    )


def tags(scope: Scope, labels: Iterable[tuple[str, ...]]) -> Choice:
    """The tags of the rows, those above them too, in the order of the alphabet, each with its rows."""
    counts: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for row in labels:
        above = [_upper(label, end) for label in row for end in range(1, label.count("/") + 2)]
        for label in above:
            spelled.setdefault(label.lower(), label)
        counts.update(dict.fromkeys((label.lower() for label in above), 1))
    named = ((spelled[key], f"{spelled[key]} ({scope.tongue.number(counts[key])})") for key in sorted(counts))
    return Choice("tag", scope.tongue.say("Tag"), tuple(named))


def _upper(label: str, levels: int) -> str:
    return "/".join(label.split("/")[:levels])


def priorities(scope: Scope, numbers: Iterable[int]) -> Choice:
    found = sorted({number for number in numbers if number})
    return Choice(
        "priority", scope.tongue.say("Priority"), tuple((str(number), str(number)) for number in found)
    )


def years(scope: Scope, found: Iterable[str]) -> Choice:
    """Years of publication, the newest first."""
    listed = sorted({year for year in found if year}, key=lambda year: (len(year), year), reverse=True)
    return Choice("year", scope.tongue.say("Year"), tuple((year, year) for year in listed))


def ages(scope: Scope, days: Iterable[int]) -> Choice:
    """How long the rows have waited, by what tells some of them from others."""
    known = [number for number in days if number >= 0]
    return Choice(
        "age",
        scope.tongue.say("Waiting"),
        tuple((limit, scope.tongue.say(age)) for limit, age in AGES if _tells(int(limit), known)),
    )


def _tells(limit: int, known: list[int]) -> bool:
    fitting = sum(day < -limit if limit < 0 else day >= limit for day in known)
    return 0 < fitting < len(known)


def useful(*choices: Choice) -> tuple[Choice, ...]:
    """The menus that have something to choose between."""
    return tuple(choice for choice in choices if len(choice.options) > 1)
