"""Texts as words that can be compared, however they are spelt."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"\w+")
_CJK = re.compile(r"([\u3040-\u30ff\u3400-\u9fff])")


def words_of(text: str) -> list[str]:
    """The words of a text, case and accents folded; each Chinese or Japanese sign is a word."""
    if text.isascii():
        return _WORD.findall(text.lower())
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return _WORD.findall(_CJK.sub(r" \1 ", unicodedata.normalize("NFC", plain)))


def fold_tag(tag: str) -> str:
    """A tag's identity for comparing: NFC, casefolded, hyphens for spaces."""
    levels = unicodedata.normalize("NFC", tag.lstrip("#")).casefold().split("/")
    return "/".join(filter(None, ("-".join(level.split()) for level in levels)))
