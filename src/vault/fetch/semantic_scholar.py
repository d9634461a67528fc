"""Semantic Scholar's graph: many papers at once, with venue and references.

Source: the documentation of its Academic Graph API.  The answer to a batch is a list in the order of the
question, with null for what is unknown.  One request a second, with a key or without.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from vault import papers
from vault.fetch import clean
from vault.fetch.client import Request
from vault.fetch.errors import FetchError
from vault.fetch.source import Account, Service
from vault.records import Cited, LockEntry, PaperId

_FIELDS: Final = (
    "externalIds,title,abstract,year,venue,publicationVenue,publicationTypes,publicationDate,authors.name,"
    "references.title,references.externalIds"
)
_NAMES: Final = {"arxiv": "ARXIV:", "doi": "DOI:", "acl": "ACL:", "biorxiv": "DOI:", "s2": ""}
_KINDS: Final = {"JournalArticle": "article", "Conference": "inproceedings", "Book": "book"}


def call(paper: PaperId) -> str:
    return _NAMES[paper.scheme] + paper.value if paper.scheme in _NAMES else ""


def request(base: str, names: Sequence[str], account: Account) -> Request:
    headers = [("Content-Type", "application/json")]
    if account.key:
        headers.append(("x-api-key", account.key))
    body = json.dumps({"ids": list(names)}).encode()
    return Request(f"{base}graph/v1/paper/batch?fields={_FIELDS}", body, tuple(headers))


def read(data: bytes, names: Sequence[str]) -> dict[str, LockEntry]:
    rows = clean.parsed(data)
    if not isinstance(rows, list) or len(rows) != len(names):
        raise FetchError("its answer is no list as long as the question")
    found = {}
    for name, row in zip(names, rows, strict=True):
        ids = identities(clean.table(row))
        if any(call(paper).casefold() == name.casefold() for paper in ids):
            found[name] = entry(row, ids)
    return found


def identities(row: dict[str, Any]) -> list[PaperId]:
    others = clean.table(row.get("externalIds"))
    own = row.get("paperId")
    number = others.get("CorpusId")
    named = (
        papers.identify(f"arXiv:{others['ArXiv']}") if isinstance(others.get("ArXiv"), str) else None,
        clean.doi(others.get("DOI")),
        papers.identify(f"ACL:{others['ACL']}") if isinstance(others.get("ACL"), str) else None,
        papers.identify(f"S2:{own}") if isinstance(own, str) and len(own) == 40 else None,
        papers.identify(f"S2:CorpusID:{number}") if isinstance(number, int) else None,
    )
    return list(dict.fromkeys(clean.unversioned(paper) for paper in named if paper))


def entry(row: dict[str, Any], ids: list[PaperId]) -> LockEntry:
    place = clean.table(row.get("publicationVenue"))
    venue = clean.venue(place.get("name")) or clean.venue(row.get("venue"))
    kinds = (_KINDS.get(clean.line(kind)) for kind in clean.items(row.get("publicationTypes")))
    people = (clean.table(person).get("name") for person in clean.items(row.get("authors")))
    return LockEntry(
        ids=tuple(paper for paper in ids if paper.scheme != "s2") or tuple(ids[:1]),
        title=clean.marked(row.get("title")),
        authors=clean.names([clean.marked(person, clean.NAME) for person in people]),
        abstract=clean.marked(row.get("abstract"), clean.ABSTRACT),
        year=clean.year(row.get("year")),
        venue=venue,
        kind=next(filter(None, kinds), "") if venue else "",
        published=clean.day(row.get("publicationDate")),
        references=tuple(filter(None, map(cited, clean.items(row.get("references"))))),
        sources=("semantic_scholar",),
    )


def cited(row: Any) -> Cited | None:
    found = clean.table(row)
    ids = [paper for paper in identities({"externalIds": found.get("externalIds")}) if paper.scheme != "s2"]
    title = clean.marked(found.get("title"), 300)
    return Cited(ids[0].key if ids else "", title) if ids or title else None


SERVICE = Service(
    "semantic_scholar",
    "Semantic Scholar",
    "https://api.semanticscholar.org/",
    1.0,
    50,
    call,
    request,
    read,
)
