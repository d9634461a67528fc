"""Papers mentioned in running text, in time linear in its length."""

from __future__ import annotations

import re
from typing import Final

from vault.papers import arxiv, doi, urls, web
from vault.patterns import lazy
from vault.records import PaperId
from vault.records.base import Record


class Spot(Record, frozen=True):
    """A mention: ``text[start:end]`` names ``paper``.

    ``naked`` is a number with nothing around it that says arXiv; it may as well be a measure.
    """

    start: int
    end: int
    paper: PaperId
    naked: bool = False


def find(text: str) -> list[Spot]:
    """Every paper mentioned, in order, no two overlapping.

    Read are web addresses, ``arXiv:ID`` and ``arXiv ID``, ``abs/ID``, ``[ID]``, ids of the old style,
    DOIs with and without ``doi:``, and naked numbers of the new style.
    """
    spots: list[Spot] = []
    if not _MAYBE.search(text):
        return spots
    text = text.replace("\xa0", " ")
    place = 0
    while found := _CORE.search(text, place):
        spot = _READ[found.lastgroup or ""](text, found, spots[-1].end if spots else 0)
        place = max(found.end(), spot.end) if spot else found.end()
        if spot:
            spots.append(spot)
    return spots


def _url(_text: str, found: re.Match[str], _after: int) -> Spot | None:
    url = web.trim(found["url"])
    paper = urls.identify_url(url)
    return Spot(found.start(), found.start() + len(url), paper) if paper else None


def _host(text: str, found: re.Match[str], after: int) -> Spot | None:
    """``www.arxiv.org/abs/ID``: the match starts at the domain, its subdomain stands before it."""
    start = found.start()
    before = _SUBDOMAIN.search(text, max(after, start - 30), start)
    start = before.start() if before else start
    if start and (text[start - 1].isalnum() or text[start - 1] in "@/.-_"):
        return None
    url = web.trim(text[start : found.end()])
    paper = urls.identify_url(url)
    return Spot(start, start + len(url), paper) if paper else None


def _doi(text: str, found: re.Match[str], after: int) -> Spot | None:
    start = found.start()
    before = _DOI_WORD.search(text, max(after, start - 12), start)
    value = web.trim(found["doi"], ".,;:!?'\"*")
    if not before and (_glued(text, start) or not _DOI_SURE.search(value)):
        return None
    paper = doi.of(value)
    return Spot(before.start() if before else start, start + len(value), paper) if paper else None


def _number(text: str, found: re.Match[str], after: int) -> Spot | None:
    paper = arxiv.of(found)
    if paper is None:
        return None
    start, end = found.span()
    before = _ARXIV_WORD.search(text, max(after, start - 40), start)
    if before:
        return Spot(before.start(), end, paper)
    if _glued(text, start) or arxiv.is_lenient(paper.value) or _counted(text, end):
        return None
    bracketed = (
        text[start - 1 : start] == "[" and text[end : end + 1] == "]" and not _glued(text, start - 1, ")]")
    )
    return Spot(start, end, paper, naked=not (bracketed or found["archive"]))


def _glued(text: str, start: int, more: str = "") -> bool:
    """Does what stands before make this a part of something longer, a price or a sum?"""
    before = text[start - 1 : start] if start > 0 else ""
    return before != "" and (before in _JOINS or before in more or (before.isascii() and before.isalnum()))


def _counted(text: str, end: int) -> bool:
    """Does what stands behind make a number a measure, or a part of something longer?"""
    return bool(_MEASURE.match(text, end))


_JOINS: Final = "$€£¥₹#=+-−–~^@\\%&_.,:/<>"
_MEASURE: Final = lazy(
    r"[%°€£¥^*/\\_@=×]|\s?(?:%|€|\$[^\w]|×)|[-–−:,][0-9]|[-+][a-z0-9]|\.[a-z]", arxiv.FLAGS
)
_MAYBE: Final = lazy(r"[0-9]{4}\.[0-9]{4}|/[0-9]{7}|10\.[0-9]{4}|://|\.(?:org|net|co)/")
_URL: Final = r"[^\s<>\"`|()\[\]]*+(?:\([^\s<>\"`|()\[\]]*+\)[^\s<>\"`|()\[\]]*+)*+"
_HOSTS: Final = (
    r"(?:arxiv|ar5iv|alphaxiv|doi|aclanthology)\.org|openreview\.net|(?:huggingface|hf)\.co/papers"
)
_CORE: Final = lazy(
    rf"(?P<url>https?://{_URL})|(?P<host>(?:{_HOSTS})/{_URL})|(?P<doi>{doi.PREFIX}[!#-;=?-_a-z{{}}~]++)"
    rf"|(?P<number>{arxiv.ID})",
    arxiv.FLAGS,
)
_ARXIV_WORD: Final = lazy(
    r"(?:(?<![a-z0-9])arxiv(?:\s(?:preprint|e-?print|identifier|id|no\.?))?\s?[:：#]?\s{0,2}[(\[]?(?:abs/)?"
    r"|(?<![\w/.])(?:abs|pdf)/)$",
    arxiv.FLAGS,
)
_SUBDOMAIN: Final = lazy(r"(?:[a-z0-9-]{1,12}\.){1,2}$", arxiv.FLAGS)
_DOI_WORD: Final = lazy(r"(?<![a-z0-9])doi\s?[:：]?\s?$", arxiv.FLAGS)
_DOI_SURE: Final = lazy(r"/(?=.{3})(?:.*[a-z]|(?:[^0-9]*[0-9]){5})", arxiv.FLAGS)
_READ: Final = {"url": _url, "host": _host, "doi": _doi, "number": _number}
