"""What this room asks of its neighbours, handed in because rooms of one floor do not import each other."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Protocol

from vault.patterns import lazy
from vault.records import PaperId
from vault.tuples import NamedTuple

_SCHEME = lazy(r"\s*(?:https?://|mailto:)", re.IGNORECASE)
_GAPS = lazy(r"[\W_]+")


class Spot(Protocol):
    """A paper named in running text, ``text[start:end]``; ``naked`` is a bare number."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def paper(self) -> PaperId: ...
    @property
    def naked(self) -> bool: ...


def no_paper(_url: str) -> PaperId | None:
    return None


def no_spots(_text: str) -> Sequence[Spot]:
    return ()


def web_only(url: str) -> str:
    """The address if it is http, https, mailto or has no colon at all, else nothing."""
    return url.strip() if _SCHEME.match(url) or not re.search(r"[:&\\\x00-\x1f]|%3a", url, re.I) else ""


def plain_anchor(text: str) -> str:
    return "h-" + (_GAPS.sub("-", text.casefold()).strip("-") or "section")


class Helpers(NamedTuple):
    """``identify_url`` and ``find`` say which paper an address or a text names (``vault.papers``),
    ``safe_url`` is the gate for addresses and ``anchor`` names headings (``vault.naming``).

    The defaults know no papers and let only plain addresses through.
    """

    identify_url: Callable[[str], PaperId | None] = no_paper
    find: Callable[[str], Sequence[Spot]] = no_spots
    safe_url: Callable[[str], str] = web_only
    anchor: Callable[[str], str] = plain_anchor


ALONE = Helpers()
