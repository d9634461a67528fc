"""English: the words that pages print, their plurals, names of people, ages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from vault.people import full, split, surname
from vault.references import named as people
from vault.references import venue_line

SMALL: Final = (
    *("none", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)

AUTHORS: Final = 200
"""So many are told to machines in a page's head; a collaboration of 3,000 is whole in the BibTeX."""


def count(number: int, word: str, plural: str = "") -> str:
    """``1 note``, ``23 notes``, ``1,204 notes``; ``plural`` where it is not the word and an s."""
    return f"{number:,} {word if number == 1 else plural or word + 's'}"


def spelled(number: int) -> str:
    """``none``, ``one`` to ``twelve`` in words, greater numbers in figures."""
    return SMALL[number] if 0 <= number < len(SMALL) else f"{number:,}"


def capital(text: str) -> str:
    """The text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def age(days: int | None) -> str:
    """``today``, ``12 days``, ``3 months``, ``2 years``; nothing for an unknown or a future day."""
    if days is None or days < 0:
        return ""
    if days == 0:
        return "today"
    if days < 61:
        return count(days, "day")
    months = days * 12 // 365
    return count(months, "month") if months < 24 else count(days // 365, "year")


def rating(value: float) -> str:
    """``4 of 5``, ``3.5 of 5``, nothing for no rating."""
    return f"{value:g} of 5" if value else ""


def full_name(name: str) -> str:
    """``Edward J. Hu``, given name first."""
    return full(name)


def last_first(name: str) -> str:
    """``Hu, Edward J.``, as reference managers want it."""
    given, family, suffix = split(name)
    return ", ".join(part for part in (family, suffix, given) if part)


def author_line(authors: Sequence[str]) -> str:
    """Family names: up to three in full, else two and the rest as a number."""
    named, more = people(authors)
    names = [surname(name) for name in named]
    if len(names) > 3:
        return f"{names[0]}, {names[1]} and {len(names) - 2} more"
    line = ", ".join(names)
    return f"{line} et al." if line and more else line


def paper_line(authors: Sequence[str], venue: str, year: int) -> str:
    """``Hu, Shen and 6 more, ICLR 2022``."""
    return ", ".join(filter(None, (author_line(authors), venue_line(venue, year))))


def joined(words: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
