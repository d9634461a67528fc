"""The small forms inside an entry: identities, versions, references."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from vault.patterns import lazy
from vault.records import Cited, PaperId, Release

FORMAT: Final = 1
"""The number of this form of the file; a file that says another one is not read."""

SCHEMES: Final = ("arxiv", "doi", "openreview", "acl", "pmlr", "cvf", "neurips", "biorxiv", "s2", "url")
_KEY: Final = lazy(rf"({'|'.join(SCHEMES)}):([^\s\x00-\x1f\x7f-\x9f]{{1,2000}})")
_DAY: Final = r"[12]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
_RELEASE: Final = lazy(rf"v([1-9]\d{{0,3}})(?: ({_DAY}))?", re.ASCII)
_DATE: Final = lazy(_DAY, re.ASCII)
_ADDRESS: Final = lazy(r"https?://[^\s/?#]")


def paper_of(key: str) -> PaperId | None:
    """``arxiv:2106.09685``, or None for a text that is no key of a paper."""
    found = _KEY.fullmatch(key)
    if found is None or (found[1] == "url" and not _ADDRESS.match(found[2])):
        return None
    return PaperId(found[1], found[2])


def is_day(text: str) -> bool:
    """Whether the text is an ISO day, month and day in their ranges."""
    return _DATE.fullmatch(text) is not None


def text_of_release(release: Release) -> str:
    return f"v{release.number} {release.date}".rstrip()


def release_of(text: str) -> Release | None:
    """``v2 2021-10-16``."""
    found = _RELEASE.fullmatch(text)
    return Release(int(found[1]), found[2] or "") if found else None


def text_of_cited(cited: Cited) -> str:
    """``arxiv:1706.03762 Attention Is All You Need``; ``- Title`` where nothing identifies it."""
    return f"{cited.key or '-'} {cited.title}".rstrip()


def cited_of(text: str) -> Cited | None:
    key, _, title = text.partition(" ")
    if key == "-":
        return Cited("", title) if title else None
    return Cited(key, title) if paper_of(key) else None


def in_order(references: Iterable[Cited]) -> tuple[Cited, ...]:
    """References as the file has them: each once, by key, those without one first."""
    return tuple(sorted(dict.fromkeys(references), key=text_of_cited))
