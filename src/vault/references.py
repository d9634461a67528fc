"""References in words: styles, each a few templates, and what is unknown is left out.

A template is text with ``{fields}``; a part in square brackets is dropped when one of its fields is
empty, so nothing is ever missing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from vault.patterns import lazy
from vault.people import OTHERS, split, surname
from vault.records import Work
from vault.tuples import NamedTuple

YEAR: Final = lazy(r"(?:\b(?:19|20)|[’'])\d\d\s*$")
NO_DATE: Final = "n.d."

_PART = lazy(r"\[([^\[\]]*)\]|([^\[\]]+)")
_FIELD = lazy(r"\{(\w+)\}")
_STOPS = lazy(r"([.?!])\.")
_APART = lazy(r"[^\W_]+")


class Style(NamedTuple):
    """``before`` and ``after`` stand around the title of a reference, ``cited`` and ``narrative`` in the
    text (empty: a number stands there); ``ordered``: the list goes by author and year."""

    before: str
    after: str
    cited: str = ""
    narrative: str = ""
    ordered: bool = False


STYLES: Final = {
    "numeric": Style("[{authors}.]", ". [{published}.]"),
    "author-year": Style(
        "[{authors}] ({year}{letter}).",
        ". [{venue}.]",
        "{names}, {year}{letter}[, {locator}]",
        "{names} ({year}{letter}[, {locator}])",
        ordered=True,
    ),
}


def fill(template: str, fields: dict[str, str]) -> str:
    """The template with its fields; white space collapsed, no full stop behind another sign's."""

    def text(part: str) -> str:
        return _FIELD.sub(lambda found: fields.get(found[1], ""), part)

    def optional(found: re.Match[str]) -> str:
        if found[2] is not None:
            return text(found[2])
        return text(found[1]) if all(fields.get(name) for name in _FIELD.findall(found[1])) else ""

    return _STOPS.sub(r"\1", " ".join(_PART.sub(optional, template).split()))


def fields(work: Work, letter: str = "", locator: str = "") -> dict[str, str]:
    """What a template may name."""
    return {
        "authors": author_list(work.authors),
        "names": names(work.authors) or work.nickname or work.title,
        "title": work.title or work.id,
        "year": str(work.year) if work.year else NO_DATE,
        "letter": letter,
        "venue": venue_name(work.venue) if work.year else work.venue,
        "published": venue_line(work.venue, work.year),
        "locator": locator,
    }


def pieces(work: Work, style: str, letter: str = "") -> tuple[str, str, str]:
    """A reference in three: before the title, the title, what follows it at once."""
    known, form = fields(work, letter), STYLES[style]
    title = known["title"]
    after = fill(form.after, known)
    return fill(form.before, known), title, after[1:] if title[-1] in ".?!" else after


def line(work: Work, style: str, end: str = "") -> str:
    """A reference as one line of plain text; ``end`` is its identity or address."""
    before, title, after = pieces(work, style)
    return " ".join(filter(None, (before, title + after, end)))


def sort_key(work: Work) -> tuple[str, int, str, str]:
    """By authors, year, title: the order of a list in author-year style."""
    by = " ".join(map(surname, named(work.authors)[0])) or work.title
    return _folded(by), work.year or 9999, _folded(work.title), work.id


def clash(work: Work) -> tuple[str, int]:
    """Works for which this is equal need letters to be told apart in the text (2022a, 2022b)."""
    return fields(work)["names"].casefold(), work.year


def letter(number: int) -> str:
    """0 -> a, 25 -> z, 26 -> aa."""
    head, tail = divmod(number, 26)
    return (letter(head - 1) if head else "") + chr(ord("a") + tail)


def _folded(text: str) -> str:
    return " ".join(_APART.findall(text.casefold()))


# Names and venues


def named(authors: Sequence[str]) -> tuple[tuple[str, ...], bool]:
    """The named authors, and whether others are meant who are not named."""
    known = tuple(name for name in authors if name.strip().casefold() not in OTHERS)
    return known, len(known) < len(authors)


def initials(name: str) -> str:
    """``E. J. Hu``; names in scripts without initials stay whole."""
    given, family, suffix = split(name)
    if given[:1] >= "\u2e80":
        return " ".join(part for part in (given, family, suffix) if part)
    short = " ".join(f"{word[0]}." for word in given.replace("-", " ").split() if word[0].isalpha())
    return f"{short} {family} {suffix}".strip()


def author_list(authors: Sequence[str]) -> str:
    """Up to four with initials, else the first ``et al.``."""
    known, more = named(authors)
    if len(known) > 4 or (known and more):
        return f"{initials(known[0])} et al."
    return ", ".join(initials(name) for name in known)


def names(authors: Sequence[str]) -> str:
    """In running text: ``Hu``, ``Hu and Shen``, ``Hu et al.``."""
    known, more = named(authors)
    families = [surname(name) for name in known]
    if len(families) > 2 or (families and more):
        return f"{families[0]} et al."
    return " and ".join(families)


def venue_line(venue: str, year: int) -> str:
    """``ICLR 2022``; the year alone without a venue, and the venue alone where it names a year itself."""
    return venue if not year or YEAR.search(venue) else f"{venue} {year}".strip()


def venue_name(venue: str) -> str:
    """``ICLR`` of ``ICLR 2022``, for where the year stands beside it."""
    return YEAR.sub("", venue).strip(" ,'’")
