"""Texts as words: one rule for queries, for the site's search and for the scripts that read its index.

``templates/assets/search.js`` has the same functions; ``tests/test_searching.py`` holds the two together.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

from vault.patterns import lazy

LONGEST: Final = 40
"""Letters of a word that full text keeps; longer runs are digests and data."""

FEW: Final = 20

UNSPACED: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
    "\U00020000-\U0003ffff"
)
"""Letters of scripts in which a word is not what stands between spaces: Thai, Lao, Burmese, Khmer, kana, Han,
Hangul."""

_RANGES: Final = tuple(zip(UNSPACED[::3], UNSPACED[2::3], strict=True))
_SIGN = lazy(rf"([{UNSPACED}])")
_RUN = lazy(rf"(?:(?![\W_])[{UNSPACED}])+|[^\W_{UNSPACED}]+")
_ASCII: Final = bytes(range(128))
_ODD: Final = {"ß": "ss", "ς": "σ"}
_LETTERS: Final = bytes(code if code > 127 or chr(code).isalpha() else 32 for code in range(256))
_ALNUM: Final = bytes(code if code > 127 or chr(code).isalnum() else 32 for code in range(256))
"""Bytes of UTF-8, with a space for those that stand between runs of letters; of letters and digits."""

_STOP_WORDS = """
    a about after also an and any are as at be been both but by can could did do does each else ever for
    from had has have how i if in into is it its may more most much no not of on only or other our out
    over same so some such than that the their them then there these they this those through to under up
    very was we well were what when where which while who why will with would you your
"""
STOP: Final = frozenset(_STOP_WORDS.split())
"""English words that full text leaves out; titles keep them."""


def fold(text: str) -> str:
    """A text without case and accents: NFKD, lower case, no nonspacing marks, NFC."""
    if text.isascii() or all(map(is_folded, beyond(text))):
        return text.lower()
    plain = unicodedata.normalize("NFKD", text).lower()
    odd = {
        char: _ODD.get(char, "")
        for char in beyond(plain)
        if char in _ODD or unicodedata.category(char) == "Mn"
    }
    return unicodedata.normalize("NFC", swapped(plain, odd))


def beyond(text: str) -> set[str]:
    """Its characters beyond ASCII, of which most texts have few; soonest found among the bytes of UTF-8."""
    data = text.encode(errors="surrogatepass").translate(None, _ASCII)
    return set(data.decode(errors="surrogatepass"))


@lru_cache(maxsize=4096)
def is_folded(char: str) -> bool:
    """Whether folding leaves a character alone beside others of which this is true: it is no capital and
    no mark, has no parts, and becomes one with none of its neighbours."""
    kind = unicodedata.category(char)
    stands = kind[0] in "PSZN" or kind == "Ll"
    return stands and char not in _ODD and char == char.lower() == unicodedata.normalize("NFKD", char)


def swapped(text: str, others: dict[str, str]) -> str:
    """The text with other characters for some; a few are soonest changed one after another."""
    if len(others) > FEW:
        return text.translate({ord(char): other for char, other in others.items()})
    for char, other in others.items():
        text = text.replace(char, other)
    return text


def runs(text: str, *, digits: bool = True) -> list[str]:
    """The runs of letters (and digits) in a text: what ``[^\\W_]+`` finds (``[^\\W\\d_]+``), several times as
    fast where there are few signs beyond ASCII."""
    if not text.isascii():
        gaps = (char for char in beyond(text) if not char.isalnum() or (not digits and char.isdecimal()))
        text = swapped(text, dict.fromkeys(gaps, " "))
    return text.encode().translate(_ALNUM if digits else _LETTERS).decode().split()


def words_of(text: str) -> list[str]:
    """The words of a text, folded; each sign of a script without spaces is a word."""
    plain = fold(text)
    return runs(_SIGN.sub(r" \1 ", plain) if is_unspaced(plain) else plain)


def tokens(text: str) -> list[str]:
    """What an index holds of a text: words, folded; of a run ``ABC`` in a script without spaces ``AB``,
    ``BC`` and, so that every sign begins something, ``C``."""
    plain = fold(text)
    if not is_unspaced(plain):
        return runs(plain)
    found: list[str] = []
    for run in _RUN.findall(plain):
        if is_sign(run[0]):
            found += (run[at : at + 2] for at in range(len(run)))
        else:
            found.append(run)
    return found


def is_unspaced(text: str) -> bool:
    """Whether a text has a letter of a script without spaces."""
    return not text.isascii() and any(map(is_sign, beyond(text)))


@lru_cache(maxsize=4096)
def is_sign(char: str) -> bool:
    """Whether a letter is one of those; to compile the expression that says so takes 4 ms."""
    return any(first <= char <= last for first, last in _RANGES)


def reaches(text: str, first: str) -> bool:
    """Whether a text has a character at or beyond this one, which is none of ASCII."""
    return not text.isascii() and max(beyond(text)) >= first


def full_tokens(text: str) -> list[str]:
    """``tokens`` without the words that say nothing and the runs that are no words."""
    return [token for token in tokens(text) if token not in STOP and len(token) <= LONGEST]
