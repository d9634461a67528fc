"""The values that need no other room: text in, value out, None where it cannot be one."""

from __future__ import annotations

import re

from vault.patterns import lazy
from vault.records.note import Status

NULLS = frozenset({"", "null", "~", "none", "nil", "n/a", "na", "-", "--", "?", "tbd", "无", "待确认"})
"""Ways of writing "none" (compared in lower case)."""
EMPTY = frozenset({"", "null", "~"})
"""The same for fields of free text, where "None" may be a title."""

_WORDS: dict[Status, str] = {
    "to-read": "to-read toread queued todo to-do unread inbox next later want tbr",
    "reading": "reading in-progress started",
    "skimmed": "skimmed skim",
    "read": "read done finished reviewed",
    "dropped": "dropped abandoned wontread wont-read won't-read",
}
STATUS: dict[str, Status] = {word: state for state, words in _WORDS.items() for word in words.split()}
_PRIORITY = {"high": 1, "medium": 2, "normal": 2, "low": 3}
_TRUE = frozenset({"true", "yes", "y", "on", "1"})
_FALSE = frozenset({"false", "no", "n", "off", "0"})
_YEAR = lazy(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
_RATING = lazy(r"(\d{1,2})(?:[.,](\d{1,2}))?[ ]?(½)?(?:[ ]?/[ ]?(\d{1,3}))?(?:[ ]?stars?)?")
_STARS = "★⭐🌟*"


def status(text: str) -> Status | None:
    word = "-".join(text.casefold().replace("_", " ").replace("’", "'").split())
    return STATUS.get(word.strip("-.!✅📖"))


def priority(text: str) -> int | None:
    """1, 2 or 3, as a number, a word, or ``P1``."""
    word = text.casefold().strip()
    number = word.removeprefix("p").strip()
    return int(number) if number in ("1", "2", "3") else _PRIORITY.get(word)


def rating(text: str) -> float | None:
    """0 to 5 in half steps: a number, a fraction (``8/10``), stars.  The nearest half step counts."""
    text = text.strip().replace("\ufe0f", "")
    if text and not text.strip(_STARS + "☆½ "):
        stars = sum(text.count(star) for star in _STARS) + text.count("½") / 2
        return stars if 0 < stars <= 5 else None
    found = _RATING.fullmatch(text.casefold())
    if not found:
        return None
    value = float(f"{found[1]}.{found[2] or 0}") + (0.5 if found[3] else 0)
    scale = int(found[4] or 5)
    if not scale or value > scale:
        return None
    return int(value / scale * 10 + 0.5) / 2


def truth(text: str) -> bool | None:
    word = text.casefold().strip()
    return True if word in _TRUE else False if word in _FALSE else None


def year(text: str) -> int | None:
    """The first plausible year in a text: ``2017``, ``NeurIPS 2017``, ``2017-06-12``."""
    found = _YEAR.search(text)
    return int(found[1]) if found else None


def tags(items: tuple[str, ...]) -> tuple[str, ...]:
    """Every tag of a list of texts, without ``#``, each once.

    A text is cut at commas and semicolons, or before each ``#``; a space inside a tag stays.
    """
    found: list[str] = []
    for item in items:
        for part in re.split(r"[,;，；、\n]|\s(?=#)", item):
            name = part.strip().strip("\"'").removeprefix("[[").removesuffix("]]").lstrip("#").strip()
            if name and name.casefold() not in EMPTY:
                found.append(" ".join(name.split()))
    return tuple(dict.fromkeys(found))


def names(items: tuple[str, ...]) -> tuple[str, ...]:
    """A list of names, or one text of them cut at commas and semicolons (``aliases``)."""
    parts = re.split(r"[,;，；]", items[0]) if len(items) == 1 else items
    return tuple(
        dict.fromkeys(name for part in parts if (name := part.strip()) and name.casefold() not in EMPTY)
    )


def address(text: str) -> str:
    """The URL of ``[label](url)`` or ``<url>``, or the text itself."""
    found = re.fullmatch(r"\[[^\]]*\]\(\s*<?([^)\s>]+)>?\s*\)|<([^>\s]+)>", text.strip())
    return (found[1] or found[2]) if found else text.strip()
