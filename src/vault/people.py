"""Names of people: which part is the family's, and what a team is called."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from vault.patterns import lazy
from vault.tuples import NamedTuple

OTHERS: Final = frozenset(("et al.", "et al", "others"))
"""What stands at the end of a list for those who are not named."""

_GENERATIONS: Final = frozenset(("jr", "jr.", "sr", "sr.", "ii", "iii", "iv"))
_GROUP: Final = lazy(
    r"\b(?:teams?|groups?|consortium|collaborations?|project|labs?|organi[sz]ation|institute|university|inc|ltd"
    r"|foundation|committee|society|association|network|ai|research)$",
    re.IGNORECASE,
)


_ALIKE: Final = (
    {ord("."): " "} | dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013"), "-") | {0x2019: "'", 0x02BC: "'"}
)
"""Characters that one name is written with in several ways."""

_GIVEN: Final = 4
"""Given names whose initials count."""


class Person(NamedTuple):
    """A name in parts; a team and a name of one word have a family name only."""

    given: str
    family: str
    suffix: str = ""


@lru_cache(maxsize=16384)
def split(name: str) -> Person:
    """The parts of ``Edward J. Hu``, ``Hu, Edward J.``, ``Laurens van der Maaten``, ``Kimi Team``.

    A particle is a word in lower case before the last word, with a given name before it.
    """
    name = " ".join(name.split())
    family, comma, given = name.partition(",")
    if comma:
        return Person(given.strip(), family.strip())
    words = name.split()
    if len(words) < 2 or _GROUP.search(name):
        return Person("", name)
    suffix = words.pop() if len(words) > 2 and words[-1].casefold() in _GENERATIONS else ""
    start = next((i for i in range(1, len(words) - 1) if words[i][0].islower()), len(words) - 1)
    return Person(" ".join(words[:start]), " ".join(words[start:]), suffix)


def written(given: str, family: str, suffix: str = "") -> str:
    """The name of these parts: given name first, unless ``split`` would then take it apart in another way
    (``García Márquez, Gabriel``)."""
    whole = " ".join(part for part in (given, family, suffix) if part)
    if not given or suffix or split(whole) == (given, family, ""):
        return whole
    return f"{family}, {given}"


def surname(name: str) -> str:
    return split(name).family


def full(name: str) -> str:
    """``Edward J. Hu``, given name first, whichever way it was written."""
    return " ".join(part for part in split(name) if part)


def plain(name: str) -> str:
    """The name as it is, given name first."""
    return full(name) if "," in name else name


@lru_cache(maxsize=16384)
def key(name: str) -> str:
    """Equal for spellings of one name that differ in order (``Hu, Edward``), case, stops after initials,
    kinds of hyphen and apostrophe, or white space; ``""`` for what is no name."""
    text = unicodedata.normalize("NFD", full(name)).casefold().translate(_ALIKE)
    found = " ".join(unicodedata.normalize("NFC", text).split())
    return found if any(map(str.isalnum, found)) else ""


def initials_only(name: str) -> bool:
    """Whether a name gives nothing of the given names but their initials: ``E. J. Hu``."""
    given = split(name).given
    return bool(given) and all(len(word) == 1 and word.isalpha() for word in _words(given))


def short_forms(name: str) -> tuple[str, ...]:
    """Keys of the ways to write a name with initials only: ``e hu`` and ``e j hu`` of ``Edward J. Hu``."""
    given, family, suffix = split(name)
    first = [word[0] for word in _words(given)[:_GIVEN]]
    rest = f"{family} {suffix}".strip()
    return tuple(key(f"{'. '.join(first[:end])}. {rest}") for end in range(1, len(first) + 1))


def _words(given: str) -> list[str]:
    """The words of given names; ``Jean-Luc`` and ``J.-L.`` are two."""
    return given.translate(_ALIKE).replace("-", " ").split()
