"""arXiv's query API: Atom, many ids at once.

Source: arXiv API User's Manual.  One request every three seconds, over one connection.  Without
``max_results`` ten entries come; what went wrong comes as an entry that is titled "Error".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final
from urllib.parse import quote
from xml.etree.ElementTree import Element, ParseError

from vault import papers
from vault.fetch import clean
from vault.fetch.client import Request
from vault.fetch.errors import FetchError
from vault.fetch.source import Account, Service
from vault.patterns import lazy
from vault.records import LockEntry, PaperId, Release

_ATOM: Final = "{http://www.w3.org/2005/Atom}"
_OWN: Final = "{http://arxiv.org/schemas/atom}"
_WITHDRAWN: Final = lazy(
    r"(?:paper|article|submission|manuscript|preprint|version|work|it|this)\b[^.]{0,60}\bwithdrawn\b"
    r"|^\W{0,3}withdrawn\b",
    re.IGNORECASE,
)
_VENUE_NOISE: Final = lazy(r"\s*,?\s*\(?(?:19|20)\d\d\)?\s*$")


def call(paper: PaperId) -> str:
    return paper.value if paper.scheme == "arxiv" else ""


def request(base: str, names: Sequence[str], _account: Account) -> Request:
    ids = quote(",".join(names), safe=",/.")
    return Request(f"{base}api/query?id_list={ids}&max_results={len(names)}", kind="xml")


def read(data: bytes, names: Sequence[str]) -> dict[str, LockEntry]:
    found: dict[str, LockEntry] = {}
    for node in entries(data):
        where = text(node, f"{_ATOM}id")
        paper = papers.identify_url(where)
        if "/api/errors" in where:
            raise FetchError(f"it says: {clean.line(text(node, _ATOM + 'summary'), 100)}", split=True)
        if paper and paper.value in names and paper.value not in found:
            found[paper.value] = entry(node, paper)
    return found


def entries(data: bytes) -> Iterator[Any]:
    """The entries of a feed.  Raises FetchError."""
    from defusedxml.common import DefusedXmlException  # noqa: PLC0415 - used by this command alone
    from defusedxml.ElementTree import fromstring  # noqa: PLC0415

    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise FetchError("its answer declares entities, which are never read") from error
    except (ParseError, ValueError, RecursionError, LookupError) as error:
        raise FetchError("its answer is no XML that can be read") from error
    if root.tag != f"{_ATOM}feed":
        raise FetchError("its answer is no Atom feed")
    return iter(root.findall(f"{_ATOM}entry"))


def text(node: Any, name: str) -> str:
    found = node.find(name)
    return (found.text or "") if found is not None else ""


def entry(node: Any, paper: PaperId) -> LockEntry:
    abstract = clean.line(text(node, f"{_ATOM}summary"), clean.ABSTRACT)
    comment = clean.line(text(node, f"{_OWN}comment"), 300)
    first, last = clean.day(text(node, f"{_ATOM}published")), clean.day(text(node, f"{_ATOM}updated"))
    names = (clean.line(text(a, f"{_ATOM}name"), clean.NAME) for a in node.findall(f"{_ATOM}author"))
    doi = clean.doi(text(node, f"{_OWN}doi").split(" ")[0])
    ids = dict.fromkeys((clean.unversioned(paper), *((doi,) if doi else ())))
    return LockEntry(
        ids=tuple(ids),
        title=clean.line(text(node, f"{_ATOM}title")),
        authors=clean.names(list(names)),
        abstract=abstract,
        year=int(first[:4] or 0),
        venue=_VENUE_NOISE.sub("", clean.venue(text(node, f"{_OWN}journal_ref"))),
        published=first,
        updated=last if last > first else "",
        versions=releases(paper.version, first, last),
        comment=comment,
        withdrawn=withdrawn(comment, abstract),
        code=clean.code(comment, abstract),
        sources=("arxiv",),
    )


def releases(latest: int, first: str, last: str) -> tuple[Release, ...]:
    """The first version and the latest; the feed does not date those between."""
    if latest <= 1:
        return (Release(1, first),)
    return Release(1, first), Release(latest, last)


def withdrawn(comment: str, abstract: str) -> str:
    """What is said of a withdrawal, on arXiv in the comment or in place of the abstract."""
    if _WITHDRAWN.search(comment):
        return comment
    return clean.line(abstract, 200) if _WITHDRAWN.search(abstract[:120]) else ""


SERVICE = Service("arxiv", "arXiv", "https://export.arxiv.org/", 3.0, 50, call, request, read)
