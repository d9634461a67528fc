"""Lines that are one link, and labels that name no paper."""

from __future__ import annotations

import re

from vault.patterns import lazy

LONGEST = 2_000
"""Characters of a line that is looked at; a longer one is no title."""
_TAIL = lazy(r"\([ \t]*<?(https?://[^\s<>]+)>?(?:[ \t]+\"[^\"]*\")?[ \t]*$", re.IGNORECASE)
_BROKEN = lazy(r"[ \t]{0,3}\[?([^\[\]()!|]{8,300})[\]{}]\(?\(?(https?://[^\s()<>]+)\)[ \t]*$")
_LABELS = """
    abstract alphaxiv arxiv article blog blogpost code colab dataset data demo discussion doi github here
    homepage huggingface link links model models news openreview page paper paperlink pdf poster post
    project projectpage site slides source summary talk thread tweet twitter video web webpage website
    weights wiki x youtube arxivpaper backtotop linktopaper originalpaper readmore researchpaper thepaper top
"""
LABELS = frozenset(_LABELS.split())
"""What links are called that lead to a paper and do not name it (letters and digits only)."""


def sole_link(line: str) -> tuple[str, str] | None:
    """Label and URL of a line that is one link and nothing else."""
    text = line.strip(" \t*_").rstrip("'.")
    if len(line) > LONGEST or text[:1] != "[" or text[-1:] != ")":
        return None
    label, _, rest = text[1:-1].rpartition("]")
    found = _TAIL.match(rest)
    return (label.strip(), found[1]) if found and unlinked(label) else None


def unlinked(label: str) -> bool:
    """Whether a label is words: no other link, no image."""
    return "](" not in label and not label.lstrip().startswith("!") and any(char.isalnum() for char in label)


def broken_link(line: str) -> tuple[str, str] | None:
    """The same of a line whose brackets slipped: ``Title](https://...)``, ``[Title{(https://...)``."""
    if len(line) > LONGEST or "://" not in line:
        return None
    found = _BROKEN.match(line)
    return (found[1].strip(), found[2]) if found else None


def is_label(text: str) -> bool:
    """Whether a link's text says what it leads to (``PDF``, ``Code``) and not what it is called."""
    return "".join(char for char in text.casefold() if char.isalnum()) in LABELS


def is_address(text: str) -> bool:
    return bool(re.match(r"(?:https?://|www\.)\S+$", text.strip(), re.IGNORECASE))
