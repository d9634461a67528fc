"""OpenAlex: many DOIs at once; abstracts come as word -> places.

Source: OpenAlex's documentation of its API.  A free key (or ``mailto``) is asked for; a filter takes up to
a hundred values joined by ``|``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import quote

from vault import papers
from vault.fetch import clean
from vault.fetch.client import Request
from vault.fetch.source import Account, Service
from vault.records import LockEntry, PaperId

_FIELDS: Final = (
    "doi,title,authorships,publication_year,publication_date,primary_location,locations,type,is_retracted,"
    "abstract_inverted_index"
)
_PLACES: Final = {"journal": "article", "conference": "inproceedings", "book series": "incollection"}


def call(paper: PaperId) -> str:
    """Its DOI; arXiv's papers have one that follows from their id."""
    forms = {"arxiv": "10.48550/arxiv.", "acl": "10.18653/v1/", "doi": "", "biorxiv": ""}
    value = forms[paper.scheme] + paper.value.lower() if paper.scheme in forms else ""
    return "" if set(value) & set("|,&") else value


def request(base: str, names: Sequence[str], account: Account) -> Request:
    query = f"filter=doi:{quote('|'.join(names), safe='/:')}&per-page={max(1, len(names))}&select={_FIELDS}"
    query += f"&mailto={quote(account.mailto)}" if account.mailto else ""
    query += f"&api_key={quote(account.key)}" if account.key else ""
    return Request(f"{base}works?{query}")


def read(data: bytes, names: Sequence[str]) -> dict[str, LockEntry]:
    found: dict[str, LockEntry] = {}
    for row in clean.items(clean.table(clean.parsed(data)).get("results")):
        work = clean.table(row)
        ids = identities(work)
        for paper in ids:
            if (name := call(paper)) in names:
                found.setdefault(name, entry(work, ids))
    return found


def identities(work: dict[str, Any]) -> list[PaperId]:
    """Its DOI, and the arXiv papers it can be read as."""
    pages = (clean.table(where).get("landing_page_url") for where in clean.items(work.get("locations"), 50))
    known = (papers.identify_url(page) for page in pages if isinstance(page, str) and len(page) < 300)
    found = [clean.doi(work.get("doi")), *(paper for paper in known if paper and paper.scheme == "arxiv")]
    return list(dict.fromkeys(clean.unversioned(paper) for paper in found if paper))


def entry(work: dict[str, Any], ids: list[PaperId]) -> LockEntry:
    places = [
        clean.table(work.get("primary_location")),
        *map(clean.table, clean.items(work.get("locations"), 50)),
    ]
    sources = (clean.table(place.get("source")) for place in places)
    source = next((one for one in sources if one.get("type") in _PLACES), {})
    people = (clean.table(clean.table(row).get("author")) for row in clean.items(work.get("authorships")))
    return LockEntry(
        ids=tuple(ids),
        title=clean.marked(work.get("title")),
        authors=clean.names([clean.marked(person.get("display_name"), clean.NAME) for person in people]),
        abstract=abstract(work.get("abstract_inverted_index")),
        year=clean.year(work.get("publication_year")),
        venue=clean.venue(source.get("display_name")),
        kind=_PLACES.get(source.get("type", ""), ""),
        published=clean.day(work.get("publication_date")),
        withdrawn="retracted, says OpenAlex" if work.get("is_retracted") is True else "",
        sources=("openalex",),
    )


def abstract(index: Any) -> str:
    """The text of an inverted index: ``{"Freeze": [0], "weights": [2], "the": [1]}``."""
    placed: dict[int, str] = {}
    for word, places in clean.table(index).items():
        for place in clean.items(places):
            if isinstance(place, int) and 0 <= place < clean.ABSTRACT:
                placed.setdefault(place, word)
    return clean.marked(" ".join(placed[place] for place in sorted(placed)), clean.ABSTRACT)


SERVICE = Service("openalex", "OpenAlex", "https://api.openalex.org/", 0.2, 50, call, request, read)
