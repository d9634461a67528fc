"""The words that pages print: counts, days, ages, ratings, names of people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from vault.people import full, split, surname
from vault.records import Date
from vault.references import Spoken, venue_line
from vault.references import named as people
from vault.tongue import Tongue, marked, marked_as

SMALL: Final = (
    *(marked("none"), marked("one"), marked("two"), marked("three"), marked("four"), marked("five")),
    *(marked("six"), marked("seven"), marked("eight"), marked("nine"), marked("ten"), marked("eleven")),
    marked("twelve"),
)
MONTHS: Final = (
    *(marked("January"), marked("February"), marked("March"), marked("April"), marked("May")),
    *(marked("June"), marked("July"), marked("August"), marked("September"), marked("October")),
    *(marked("November"), marked("December")),
)
SHORT: Final = (
    *(marked_as("short", "Jan"), marked_as("short", "Feb"), marked_as("short", "Mar")),
    *(marked_as("short", "Apr"), marked_as("short", "May"), marked_as("short", "Jun")),
    *(marked_as("short", "Jul"), marked_as("short", "Aug"), marked_as("short", "Sep")),
    *(marked_as("short", "Oct"), marked_as("short", "Nov"), marked_as("short", "Dec")),
)

AUTHORS: Final = 200
"""So many are told to machines in a page's head; a collaboration of 3,000 is whole in the BibTeX."""


def notes(tongue: Tongue, number: int) -> str:
    """``1 note``, ``23 notes``."""
    return tongue.count("{n} note", "{n} notes", number)


def papers(tongue: Tongue, number: int) -> str:
    return tongue.count("{n} paper", "{n} papers", number)


def links(tongue: Tongue, number: int) -> str:
    return tongue.count("{n} link", "{n} links", number)


def entries(tongue: Tongue, number: int) -> str:
    return tongue.count("{n} entry", "{n} entries", number)


def spelled(tongue: Tongue, number: int) -> str:
    """``none``, ``one`` to ``twelve`` in words, greater numbers in figures."""
    return tongue.say(SMALL[number]) if 0 <= number < len(SMALL) else tongue.number(number)


def capital(text: str) -> str:
    """The text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def age(tongue: Tongue, days: int | None) -> str:
    """``today``, ``12 days``, ``3 months``, ``2 years``; nothing for an unknown or a future day."""
    if days is None or days < 0:
        return ""
    if days == 0:
        return tongue.say("today")
    if days < 61:
        return tongue.count("{n} day", "{n} days", days)
    months = days * 12 // 365
    if months < 24:
        return tongue.count("{n} month", "{n} months", months)
    return tongue.count("{n} year", "{n} years", days // 365)


def rating(tongue: Tongue, value: float) -> str:
    """``4 of 5``, ``3.5 of 5``, nothing for no rating."""
    return tongue.say("{value} of 5", value=tongue.decimal(value)) if value else ""


def page_of(tongue: Tongue, name: str, page: int) -> str:
    """The name of a long list, and from the second on which of its pages this is."""
    return tongue.say("{name} (page {page})", name=name, page=tongue.number(page)) if page > 1 else name


# Days


def month_name(tongue: Tongue, month: int) -> str:
    """``January`` for 1."""
    return tongue.say(MONTHS[month - 1])


def month_short(tongue: Tongue, month: int) -> str:
    """``Jan`` for 1."""
    return tongue.say_as("short", SHORT[month - 1])


def month_year(tongue: Tongue, year: int, month: int) -> str:
    """``January 2025``."""
    return tongue.say("{month} {year}", month=month_name(tongue, month), year=year)


def day(tongue: Tongue, date: Date, *, short: bool = False, year: bool = True) -> str:
    """``14 January 2025``, ``January 2025``, ``2025``, ``14 January``; with ``Jan`` where ``short``."""
    name = (month_short if short else month_name)(tongue, date.month) if date.month else ""
    said = date.year if year or not name else 0
    if name and date.day:
        name = tongue.say("{day} {month}", day=date.day, month=name)
    return tongue.say("{month} {year}", month=name, year=said) if name and said else name or str(said or "")


# Names


def full_name(name: str) -> str:
    """``Edward J. Hu``, given name first."""
    return full(name)


def last_first(name: str) -> str:
    """``Hu, Edward J.``, as reference managers want it."""
    given, family, suffix = split(name)
    return ", ".join(part for part in (family, suffix, given) if part)


def author_line(tongue: Tongue, authors: Sequence[str]) -> str:
    """Family names: up to three in full, else two and the rest as a number."""
    named, more = people(authors)
    names = [surname(name) for name in named]
    if len(names) > 3:
        return tongue.count(
            "{first}, {second} and {n} more",
            "{first}, {second} and {n} more",
            len(names) - 2,
            first=names[0],
            second=names[1],
        )
    line = ", ".join(names)
    return tongue.say("{names} et al.", names=line) if line and more else line


def paper_line(tongue: Tongue, authors: Sequence[str], venue: str, year: int) -> str:
    """``Hu, Shen and 6 more, ICLR 2022``."""
    return ", ".join(filter(None, (author_line(tongue, authors), venue_line(venue, year))))


def joined(tongue: Tongue, words: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return tongue.say("{words} and {last}", words=", ".join(words[:-1]), last=words[-1])


def in_references(tongue: Tongue) -> Spoken:
    """What references say between names, and for a year that is not known."""
    return Spoken(tongue.say_as("names", "and"), tongue.say("n.d."))
