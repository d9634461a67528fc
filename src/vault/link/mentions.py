"""Papers that notes mention and none is about: candidates for the queue."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from vault import papers
from vault.link.backlinks import backlink
from vault.link.resolve import Hit
from vault.records import Backlink, Catalog, Mention, Note, PaperId

_GENERIC_WORDS = (
    "paper papers link links pdf arxiv abs html doi here this url source preprint article original code "
    "論文 论文"
)
_GENERIC = frozenset(_GENERIC_WORDS.split())
_WORD = re.compile(r"[^\W_]+")
_ID = re.compile(r"^\s*\[[\w./-]*\d\]")
_ADDRESS = re.compile(r"https?:|www\.|://", re.IGNORECASE)


def never_noted(catalog: Catalog, sources: Iterable[Note], hits: dict[str, list[Hit]]) -> tuple[Mention, ...]:
    """Papers linked in prose whose work has no note and is in no reading list.

    The most mentioning notes first, then the most places, then by key.  The title is the library's,
    else the words by which most links call it.
    """
    places: dict[str, dict[tuple[str, str], Backlink]] = {}
    titles: dict[str, Counter[str]] = {}
    for source in sources:
        for hit in hits.get(source.id, ()):
            if _wanted(hit, catalog):
                row = backlink(hit)
                places.setdefault(hit.work, {}).setdefault((source.id, row.sentence), row)
                titles.setdefault(hit.work, Counter()).update(title_in(hit.link.text))
    mentions = [
        Mention(work, _title(work, catalog, titles[work]), tuple(rows.values()))
        for work, rows in places.items()
    ]
    return tuple(sorted(mentions, key=_rank))


def _rank(mention: Mention) -> tuple[int, int, str]:
    notes = len({place.note for place in mention.places})
    return -notes, -len(mention.places), mention.work


def _wanted(hit: Hit, catalog: Catalog) -> bool:
    paper = hit.link.paper
    if hit.link.kind != "paper" or paper is None or not _is_paper(paper):
        return False
    work = catalog.works.get(hit.work)
    return work is None or not work.notes


def _is_paper(paper: PaperId) -> bool:
    """Of bare addresses only a PDF is taken for a paper."""
    return paper.scheme != "url" or paper.value.casefold().endswith(".pdf")


def _title(work: str, catalog: Catalog, texts: Counter[str]) -> str:
    if work in catalog.works:
        return catalog.works[work].title
    return texts.most_common(1)[0][0] if texts else ""


def title_in(text: str) -> tuple[str, ...]:
    """The link's words where they may be a title: no address, no id, not just ``paper`` or ``pdf``."""
    title = " ".join(_ID.sub("", text).split()).strip(" ,;:-–—")
    words = [word.casefold() for word in _WORD.findall(title)]
    if not any(c.isalpha() for c in title) or _ADDRESS.search(title) or papers.identify(title):
        return ()
    return () if all(word in _GENERIC or word.isdecimal() for word in words) else (title,)
