"""Citation keys: given, or made as ``hu2022lora``; unique in the vault, as BibTeX compares them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from string import ascii_lowercase

from vault import people

_UNSAFE = re.compile(r"[\s,{}\"#%~\\'()=@]+")
_WORD = re.compile(r"[^\W_]+")
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


def assign(wanted: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """Keys by work id, of (work id, given key, made key) in order.

    Given keys are dealt first, so that a new paper never takes one away; who comes later gets ``a``,
    ``b``, ... appended.
    """
    rows = list(wanted)
    taken: set[str] = set()
    result: dict[str, str] = {}
    next_number: dict[str, int] = {}
    for given in (True, False):
        for work, own, fallback in rows:
            if bool(own) is given:
                result[work] = key = _free(own or fallback, taken, next_number)
                taken.add(key.casefold())
    return {work: result[work] for work, _, _ in rows}


def _free(base: str, taken: set[str], next_number: dict[str, int]) -> str:
    key = base
    while key.casefold() in taken:
        number = next_number.get(base.casefold(), 0)
        next_number[base.casefold()] = number + 1
        key = base + _letters(number)
    return key


def _letters(number: int) -> str:
    """0 -> a, 25 -> z, 26 -> aa."""
    head, tail = divmod(number, 26)
    return (_letters(head - 1) if head else "") + ascii_lowercase[tail]


def _plain(text: str) -> str:
    """Case-folded, without marks; scripts other than Latin stay."""
    split = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return unicodedata.normalize("NFC", "".join(c for c in split if not unicodedata.combining(c)))


def _family(authors: tuple[str, ...]) -> str:
    """``hu`` of ``Edward J. Hu`` and of ``Hu, Edward J.``; ``allenzhu`` of ``Zeyuan Allen-Zhu``."""
    family = _plain(people.surname(authors[0])).split() if authors else []
    return "".join(_WORD.findall(family[-1])) if family else ""


def _first_word(title: str) -> str:
    words = _WORD.findall(_plain(title))
    return next((word for word in words if word not in _SMALL), words[0] if words else "")
