"""Names of people: which part is the family's, and what a team is called."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

OTHERS: Final = frozenset(("et al.", "et al", "others"))
"""What stands at the end of a list for those who are not named."""

_GENERATIONS: Final = frozenset(("jr", "jr.", "sr", "sr.", "ii", "iii", "iv"))
_GROUP: Final = re.compile(
    r"\b(?:teams?|groups?|consortium|collaborations?|project|labs?|organi[sz]ation|institute|university|inc|ltd"
    r"|foundation|committee|society|association|network|ai|research)$",
    re.IGNORECASE,
)


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


def surname(name: str) -> str:
    return split(name).family
