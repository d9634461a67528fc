"""Who cites whom among the papers that have a page, as the lock file's lists of references say."""

from __future__ import annotations

from collections.abc import Iterable

from vault import references
from vault.compose import words
from vault.compose.scope import Scope, Way
from vault.records import Work
from vault.records.views import Anchor


def among(scope: Scope, way: Way, ids: Iterable[str]) -> tuple[Anchor, ...]:
    """Those of these works that have a page, oldest first, each with its authors and year."""
    works = [scope.catalog.works[id_] for id_ in ids if id_ in scope.addresses.works]
    works.sort(key=lambda work: (work.year or 9999, work.title.casefold(), work.id))
    return tuple(Anchor(work.title, way(scope.lead(work.id)), _small(scope, work)) for work in works)


def _small(scope: Scope, work: Work) -> str:
    """``Hu et al., 2021``."""
    named = references.names(work.authors, words.in_references(scope.tongue))
    return ", ".join(filter(None, (named, str(work.year or ""))))
