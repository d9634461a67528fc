"""Sentences of plain text: where they begin, and the one around a mention."""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import itemgetter
from typing import Final

from vault.markdown.text import names
from vault.patterns import lazy

LONGEST: Final = 300
"""Characters of a sentence that are shown; a longer one is cut around its mention."""

# A pattern that begins with a set of characters is searched for several times as fast as one with a "+".
_ASCII_END = lazy(r"[.!?][.!?]*[\"')\]*_]*\s+")
_END = lazy(r"[.!?…]+[\"'”’»)\]*_]*\s+|[。！？]+[”’」』）》]*\s*")
_WORD = lazy(r"(?:^|[\s(\[“\"'])([^\s(\[“\"']{1,12})$")
_SHORT: Final = names(
    """
    e.g i.e al fig figs eq eqs eqn sec sect tab ref refs cf vs dr mr mrs ms prof no nos vol pp p ch
    approx resp incl app appx st ca thm lem prop def viz w.r.t a.k.a jr sr ed eds alg
    """
)
"""Abbreviations that a full stop belongs to."""


def spans(text: str) -> list[tuple[int, int]]:
    """From where to where each sentence of a block goes, white space around it left out."""
    found: list[tuple[int, int]] = []
    start = len(text) - len(text.lstrip())
    for match in (_ASCII_END if text.isascii() else _END).finditer(text):
        end = match.end()
        if end < len(text) and ends(text, match, end):
            found.append((start, match.start() + len(match[0].rstrip())))
            start = end
    return [*found, (start, max(start, len(text.rstrip())))]


def ends(text: str, match: re.Match[str], end: int) -> bool:
    """Whether a full stop ends a sentence: a capital (or a script without case) follows, and the word
    before is no abbreviation and no initial."""
    mark = text[match.start()]
    if mark in "。！？":
        return True
    if not opens(text, end):
        return False
    if mark != "." or text[match.start() + 1] == ".":
        return True
    before = _WORD.search(text, max(0, match.start() - 14), match.start())
    word = before[1] if before else ""
    return not (word.lower() in _SHORT or (len(word) == 1 and word.isalpha() and word.isupper()))


def opens(text: str, place: int) -> bool:
    """Whether a sentence may begin here."""
    while place < len(text) and text[place] in "\"'“‘«([*_$":
        place += 1
    char = text[place : place + 1]
    return bool(char) and not char.islower() and (char.isalnum() or char in "\\@#")


def around(text: str, found: list[tuple[int, int]], start: int, end: int) -> tuple[str, int, int]:
    """The sentence with ``text[start:end]`` in it, and where in it the mention stands.

    ``found`` are the sentences of the text; a mention over several takes them all.
    """
    first = max(0, bisect_right(found, start, key=itemgetter(0)) - 1)
    last = max(first, bisect_right(found, max(start, end - 1), key=itemgetter(0)) - 1)
    low, high = min(found[first][0], start), max(found[last][1], end)
    if high - low <= LONGEST:
        return text[low:high], start - low, end - low
    return window(text, low, high, start, min(end, start + LONGEST))


def window(text: str, low: int, high: int, start: int, end: int) -> tuple[str, int, int]:
    """A piece of a long sentence with the mention in it, cut between words."""
    spare = LONGEST - (end - start)
    left = max(low, min(start - spare // 2, high - LONGEST))
    right = min(high, left + LONGEST)
    if left > low:
        gap = text.find(" ", left, start)
        left = gap + 1 if gap >= 0 else left
    if right < high:
        gap = text.rfind(" ", end, right)
        right = gap if gap >= 0 else right
    head = "…" if left > low else ""
    tail = "…" if right < high else ""
    shift = len(head) - left
    return f"{head}{text[left:right]}{tail}", start + shift, end + shift


def first(text: str) -> int:
    """Where the first sentence ends."""
    return spans(text)[0][1]
