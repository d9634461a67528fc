"""Papers that notes mention and none is about: candidates for the queue."""

from __future__ import annotations

from collections.abc import Iterable

from vault.link.backlinks import backlink
from vault.link.resolve import Hit
from vault.records import Backlink, Catalog, Mention, Note, PaperId


def never_noted(catalog: Catalog, sources: Iterable[Note], hits: dict[str, list[Hit]]) -> tuple[Mention, ...]:
    """Papers linked in prose whose work has no note and is in no reading list.

    The most mentioning notes first, then the most places, then by key.  The title is the work's.
    """
    places: dict[str, dict[tuple[str, str], Backlink]] = {}
    for source in sources:
        for hit in hits.get(source.id, ()):
            if _wanted(hit, catalog):
                row = backlink(hit)
                places.setdefault(hit.work, {}).setdefault((source.id, row.sentence), row)
    mentions = [
        Mention(work, catalog.works[work].title if work in catalog.works else "", tuple(rows.values()))
        for work, rows in places.items()
    ]
    return tuple(sorted(mentions, key=_rank))


def _rank(mention: Mention) -> tuple[int, int, str]:
    notes = len({place.note for place in mention.places})
    return -notes, -len(mention.places), mention.work


def _wanted(hit: Hit, catalog: Catalog) -> bool:
    """A citation counts only where nothing but its id is known: what a library has is in no queue."""
    work = catalog.works.get(hit.work)
    if hit.link.kind == "cite":
        return work is not None and not work.notes and work.library is None
    paper = hit.link.paper
    if hit.link.kind != "paper" or paper is None or not _is_paper(paper):
        return False
    return work is None or not work.notes


def _is_paper(paper: PaperId) -> bool:
    """Of bare addresses only a PDF is taken for a paper."""
    return paper.scheme != "url" or paper.value.casefold().endswith(".pdf")
