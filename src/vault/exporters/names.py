"""Personal names as BibTeX and reference lists want them."""

from __future__ import annotations

import re
from functools import lru_cache

from vault import people
from vault.exporters.tex import escaped

OTHERS = "et al."


def for_bibtex(names: tuple[str, ...]) -> str:
    """``Hu, Edward J. and Shen, Yelong and others``."""
    return " and ".join("others" if name == OTHERS else _for_bibtex(name) for name in names if name.strip())


@lru_cache(maxsize=16384)
def _for_bibtex(name: str) -> str:
    given, family, suffix = people.split(name)
    if not given:
        return f"{{{escaped(family)}}}" if _needs_braces(family) else escaped(family)
    whole = " ".join(part for part in (given, family, suffix) if part)
    kept = people.written(given, family, suffix) == " ".join(name.split())
    if not kept or any(_needs_braces(word) for word in whole.split()):
        return f"{{{escaped(' '.join(name.split()))}}}"
    return ", ".join(escaped(part) for part in (family, suffix, given) if part)


def _needs_braces(text: str) -> bool:
    """Would BibTeX take this apart, or for something else than a name?"""
    return bool(re.search(r"[,\s{}\\~\"]", text)) or text.casefold() in ("and", "others")
