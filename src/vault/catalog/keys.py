"""Citation keys: written by the author, or derived (``hu2021lora-2106.09685``); unique, case aside."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import Any

from vault import people
from vault.patterns import lazy
from vault.records import PaperId, Work, digest_of
from vault.tuples import NamedTuple

_UNSAFE = lazy(r"[\s,{}\"#%~\\'()=@]+")
_WORD = lazy(r"[^\W_]+")
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_SMALL_WORDS = (
    "a an the of on in for to and with from by at as is are via towards toward into can do does how what "
    "why when we using der die das ein eine und le la les un une et el los de del das"
)
_SMALL = frozenset(_SMALL_WORDS.split())


def clean(key: str) -> str:
    """A given key without the characters that BibTeX cannot have in one."""
    return _UNSAFE.sub("", key)


def made(authors: tuple[str, ...], year: int, title: str) -> str:
    """``firstauthorYEARword`` of what is known; ``paper`` when nothing is."""
    parts = (_family(authors), str(year or ""), _first_word(title))
    return "".join(parts) or "paper"


class Wanted(NamedTuple):
    """What is known of a work's key: the one that was written for it (or nothing), who goes first where
    several wrote one key, and the key that follows from the work itself."""

    work: str
    given: str
    claim: tuple[Any, ...]
    derived: str


def derived(work: Work) -> str:
    """``hu2021lora-2106.09685``: first author, year, word, and the arXiv id or five digits of any other.

    It depends on nothing but the work, so that no other paper that comes later can change it.  The year
    of an arXiv paper is that of its id.
    """
    arxiv = next((paper for paper in work.ids if paper.scheme == "arxiv"), None)
    year = arxiv_year(arxiv) if arxiv else work.year
    mark = arxiv.value.replace("/", ".") if arxiv else _digits(work.id, 5)
    return f"{made(work.authors, year, work.title)}-{mark}"


def of_identity(paper: PaperId) -> str:
    """The key of a paper of which only the identity is known: ``arxiv-2106.09685``, ``doi-5f3a9c01``."""
    return (
        f"arxiv-{clean(paper.value)}"
        if paper.scheme == "arxiv"
        else f"{paper.scheme}-{_digits(paper.key, 8)}"
    )


def arxiv_year(paper: PaperId) -> int:
    """``2106.09685`` is of 2021, ``hep-th/9901001`` of 1999 (arXiv began in 1991); 0 for other schemes."""
    digits = paper.value.rpartition("/")[2][:2]
    if paper.scheme != "arxiv" or not digits.isdecimal():
        return 0
    return int(digits) + (1900 if int(digits) > 90 else 2000)


def assign(wanted: Iterable[Wanted]) -> dict[str, str]:
    """Keys by work id, no two equal (BibTeX has no case).

    A written key goes to whoever claims it first; the others have their derived one.  Derived keys that
    are equal, or that somebody wrote, get more digits of the identity, all of them: no order decides.
    """
    rows = list(wanted)
    result: dict[str, str] = {}
    taken: dict[str, str] = {}
    for row in sorted((row for row in rows if row.given), key=lambda row: (row.claim, row.work)):
        if taken.setdefault(row.given.casefold(), row.work) == row.work:
            result[row.work] = row.given
    rest = [row for row in rows if row.work not in result]
    count = Counter(row.derived.casefold() for row in rest)
    for row in rest:
        clear = count[row.derived.casefold()] == 1 and row.derived.casefold() not in taken
        result[row.work] = key = row.derived if clear else _longer(row, taken)
        taken[key.casefold()] = row.work
    return {row.work: result[row.work] for row in rows}


def _longer(row: Wanted, taken: dict[str, str]) -> str:
    keys = (f"{row.derived}-{_digits(row.work, size)}" for size in range(8, 1000))
    return next(key for key in keys if key.casefold() not in taken)


def _digits(text: str, size: int) -> str:
    """Hexadecimal digits that name a text; more than one digest has are made of ever more digests."""
    found = digest_of(text.encode())
    while len(found) < size:
        found += digest_of((text + found).encode())
    return found[:size]


def _plain(text: str) -> str:
    """Case-folded, without marks; scripts other than Latin stay."""
    if text.isascii():
        return text.lower()
    split = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return unicodedata.normalize("NFC", "".join(c for c in split if not unicodedata.combining(c)))


def _family(authors: tuple[str, ...]) -> str:
    """``hu`` of ``Edward J. Hu`` and of ``Hu, Edward J.``; ``allenzhu`` of ``Zeyuan Allen-Zhu``."""
    family = _plain(people.surname(authors[0])).split() if authors else []
    return "".join(_WORD.findall(family[-1])) if family else ""


def _first_word(title: str) -> str:
    first = ""
    for found in _WORD.finditer(_plain(title)):
        first = first or found[0]
        if found[0] not in _SMALL:
            return found[0]
    return first
