"""Who cites whom among the papers that have a page, as the lock file's lists of references say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vault import references
from vault.compose import rows, words
from vault.compose.facts import of_iso
from vault.compose.scope import Scope, Way
from vault.records import Work, changed
from vault.records.views import Anchor, Fact


def among(scope: Scope, way: Way, ids: Iterable[str]) -> tuple[Anchor, ...]:
    """Those of these works that have a page, oldest first, each with its authors and year."""
    works = [scope.catalog.works[id_] for id_ in ids if id_ in scope.addresses.works]
    works.sort(key=lambda work: (work.year or 9999, work.title.casefold(), work.id))
    return tuple(Anchor(work.title, way(scope.lead(work.id)), _small(scope, work)) for work in works)


def _small(scope: Scope, work: Work) -> str:
    """``Hu et al., 2021``."""
    return ", ".join(
        filter(
            None, (references.names(work.authors, words.in_references(scope.tongue)), str(work.year or ""))
        )
    )


def latest(scope: Scope, work: Work) -> Iterator[Fact]:
    """The version of a preprint that is out, for a page of no note in particular."""
    last = max(work.releases, key=lambda release: release.number, default=None)
    paper = next((paper for paper in work.ids if paper.scheme == "arxiv"), None)
    if last and paper:
        day = f" ({words.day(scope.tongue, of_iso(last.date))})" if last.date else ""
        url = rows.abs_url(changed(paper, version=last.number))
        yield Fact(scope.tongue.say("Version"), f"v{last.number}{day}", url, True)
