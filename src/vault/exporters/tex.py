"""Unicode text -> TeX for a BibTeX field, such that reading it gives the text again.

Braces are balanced in whatever comes out: BibTeX counts ``\\{`` as a brace, so braces of the text are
written by name.  Math between dollars stays math.
"""

from __future__ import annotations

import re

from vault.patterns import lazy

_MATH = lazy(r"\$(?!\s)((?:[^$\\]|\\.)+?)(?<!\s)\$(?!\d)", re.DOTALL)
_ESCAPES = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "%": r"\%", "&": r"\&", "#": r"\#", "_": r"\_", "$": r"\$",
}  # fmt: skip
_PLAIN = lazy(r"[\\{}~^%&#_$]|(?<=-)(?=-)|(?<=`)(?=`)|(?<=')(?=')|(?<=,)(?=,)|(?<=[?!])(?=`)")
_WORD = lazy(r"[^\W_]+")


def escaped(text: str) -> str:
    """The text, white space collapsed, with TeX's own characters escaped and no new ligature."""
    return _escaped(" ".join(text.split()))


def _escaped(part: str) -> str:
    return _PLAIN.sub(lambda found: _ESCAPES.get(found.group(), "{}"), part)


def title(text: str) -> str:
    """The same, with math kept and words with capitals inside (``LoRA``, ``C``) protected from styles
    that lower titles."""
    parts: list[str] = []
    at = 0
    text = " ".join(text.split())
    for found in _MATH.finditer(text):
        if _safe_math(found[1]):
            parts += [_protected(text[at : found.start()]), f"{{{found.group()}}}"]
            at = found.end()
    return "".join([*parts, _protected(text[at:])])


def _safe_math(source: str) -> bool:
    """May this stand in a field as it is?  Braces must match; a comment or parameter sign may not."""
    depth = 0
    for sign in source:
        depth += (sign == "{") - (sign == "}")
        if depth < 0 or sign in "%#":
            return False
    return depth == 0


def _protected(text: str) -> str:
    parts: list[str] = []
    at = 0
    for found in _WORD.finditer(text):
        word = found.group()
        if word[1:].islower():
            continue
        if any(c.isupper() for c in word[1:]) or (len(word) == 1 and word.isupper() and word != "A"):
            parts += [_escaped(text[at : found.start()]), f"{{{_escaped(word)}}}"]
            at = found.end()
    return "".join([*parts, _escaped(text[at:])])


def address(text: str) -> str:
    """A URL or id, written as it is but for what would unbalance the entry."""
    return "".join(f"%{ord(c):02X}" if c in "{}\\ \t\n" else c for c in text)
