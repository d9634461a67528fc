"""Crossref's REST API: what publishers say of a DOI, one at a time.

Source: Crossref's documentation of its REST API.  ``mailto`` brings a request to the polite pool;
abstracts are JATS XML.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import quote

from vault import papers
from vault.fetch import clean
from vault.fetch.client import Request
from vault.fetch.source import Account, Service
from vault.records import Cited, LockEntry, PaperId

_KINDS: Final = {
    "journal-article": "article",
    "proceedings-article": "inproceedings",
    "book-chapter": "incollection",
    "book": "book",
    "monograph": "book",
    "dissertation": "phdthesis",
    "report": "techreport",
}


def call(paper: PaperId) -> str:
    """The DOI; ACL's and bioRxiv's papers have one that follows from their id."""
    if paper.scheme == "acl":
        return f"10.18653/v1/{paper.value}"
    return paper.value if paper.scheme in ("doi", "biorxiv") else ""


def request(base: str, names: Sequence[str], account: Account) -> Request:
    contact = f"?mailto={quote(account.mailto)}" if account.mailto else ""
    return Request(f"{base}works/{quote(names[0], safe='')}{contact}")


def read(data: bytes, names: Sequence[str]) -> dict[str, LockEntry]:
    message = clean.table(clean.table(clean.parsed(data)).get("message"))
    paper = clean.doi(message.get("DOI"))
    if paper is None or call(paper).lower() != names[0].lower():
        return {}
    return {names[0]: entry(message, paper)}


def entry(message: dict[str, Any], paper: PaperId) -> LockEntry:
    kind = _KINDS.get(clean.line(message.get("type")), "")
    published = next(filter(None, (date(message.get(name)) for name in ("issued", "published"))), "")
    return LockEntry(
        ids=tuple(dict.fromkeys((clean.unversioned(paper), *related(message)))),
        title=title(message),
        authors=clean.names([name(author) for author in clean.items(message.get("author"), 3_000)]),
        abstract=clean.marked(message.get("abstract"), clean.ABSTRACT),
        year=int(published[:4] or 0),
        venue=next(filter(None, map(clean.venue, clean.items(message.get("container-title")))), ""),
        kind=kind,
        published=clean.day(published),
        withdrawn=withdrawn(message),
        references=tuple(filter(None, map(cited, clean.items(message.get("reference"))))),
        sources=("crossref",),
    )


def title(message: dict[str, Any]) -> str:
    main, sub = (
        next(filter(None, map(clean.marked, clean.items(message.get(n)))), "") for n in ("title", "subtitle")
    )
    return clean.line(f"{main}: {sub}") if main and sub and sub.casefold() not in main.casefold() else main


def name(author: Any) -> str:
    """``Edward J. Hu``, or the name of a group."""
    found = clean.table(author)
    parts = (clean.marked(found.get(part), clean.NAME) for part in ("given", "family", "suffix"))
    return " ".join(filter(None, parts)) or clean.marked(found.get("name"), clean.NAME)


def date(value: Any) -> str:
    """``2021-10-16`` of ``{"date-parts": [[2021, 10, 16]]}``; the year alone where it stops there."""
    parts = clean.items(next(iter(clean.items(clean.table(value).get("date-parts"))), None))
    if not parts or not clean.year(parts[0]):
        return ""
    whole = len(parts) >= 3 and all(isinstance(part, int) for part in parts[:3])
    iso = f"{parts[0]:04}-{parts[1]:02}-{parts[2]:02}" if whole else ""
    return clean.day(iso) or f"{parts[0]:04}"


def related(message: dict[str, Any]) -> list[PaperId]:
    """The preprint of a published paper, the published form of a preprint."""
    relation = clean.table(message.get("relation"))
    rows = [row for n in ("has-preprint", "is-preprint-of") for row in clean.items(relation.get(n), 5)]
    found = (clean.doi(clean.table(row).get("id")) for row in rows)
    return [clean.unversioned(paper) for paper in found if paper]


def withdrawn(message: dict[str, Any]) -> str:
    for row in clean.items(message.get("updated-by")):
        update = clean.table(row)
        kind = clean.line(update.get("type"), 40)
        if kind in ("retraction", "withdrawal", "removal"):
            when = date(update.get("updated"))
            return f"{kind} by its publisher" + (f", {when}" if when else "")
    return ""


def cited(row: Any) -> Cited | None:
    found = clean.table(row)
    paper = clean.doi(found.get("DOI"))
    title = next(
        filter(None, (clean.marked(found.get(n), 300) for n in ("article-title", "volume-title"))), ""
    )
    if paper is None:
        spots = papers.find(clean.line(found.get("unstructured"), 1_000))
        paper = next((spot.paper for spot in spots if not spot.naked and spot.paper.scheme == "arxiv"), None)
    return Cited(paper.key if paper else "", title) if paper or title else None


SERVICE = Service("crossref", "Crossref", "https://api.crossref.org/", 0.25, 1, call, request, read)
