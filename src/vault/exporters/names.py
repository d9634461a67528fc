"""Personal names as BibTeX and reference lists want them."""

from __future__ import annotations

import re
import unicodedata

from vault.exporters.tex import escaped

_JUNIOR = frozenset(("jr", "jr.", "sr", "sr.", "ii", "iii", "iv"))
_GROUP = re.compile(
    r"\b(?:teams?|groups?|consortium|collaborations?|project|labs?|organi[sz]ation|institute|university|inc|ltd"
    r"|foundation|committee|society|association|network)\b",
    re.IGNORECASE,
)
OTHERS = "et al."


def parts(name: str) -> tuple[str, str, str]:
    """(given names, family name with its particles, suffix) of ``Ludwig van der Rohe Jr.``.

    A particle is a word in lower case before the last word, with a given name before it; a team has
    a family name only.
    """
    words = name.split()
    if len(words) < 2 or "," in name or _GROUP.search(name):
        return "", name, ""
    suffix = words.pop() if len(words) > 2 and words[-1].casefold() in _JUNIOR else ""
    start = next((i for i in range(1, len(words) - 1) if words[i][0].islower()), len(words) - 1)
    return " ".join(words[:start]), " ".join(words[start:]), suffix


def for_bibtex(names: tuple[str, ...]) -> str:
    """``Hu, Edward J. and Shen, Yelong and others``."""
    return " and ".join("others" if name == OTHERS else _for_bibtex(name) for name in names if name.strip())


def _for_bibtex(name: str) -> str:
    given, family, suffix = parts(" ".join(name.split()))
    if not given:
        return f"{{{escaped(family)}}}" if _needs_braces(family) else escaped(family)
    if any(_needs_braces(word) for word in name.split()):
        return f"{{{escaped(' '.join(name.split()))}}}"
    return ", ".join(escaped(part) for part in (family, suffix, given) if part)


def _needs_braces(text: str) -> bool:
    """Would BibTeX take this apart, or for something else than a name?"""
    return bool(re.search(r"[,\s{}\\~\"]", text)) or text.casefold() in ("and", "others")


def initials(name: str) -> str:
    """``E. J. Hu`` of ``Edward J. Hu``; one word and teams stay."""
    given, family, suffix = parts(name)
    letters = ["-".join(f"{part[0]}." for part in word.split("-") if part) for word in given.split()]
    return unicodedata.normalize("NFC", " ".join(part for part in (*letters, family, suffix) if part))
