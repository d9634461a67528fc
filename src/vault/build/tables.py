"""The tables that people query: they tell of the notes what the site tells."""

from __future__ import annotations

from vault import index
from vault.build.findings import Findings
from vault.compose.watched import WHOLE


def tabulate(found: Findings, memory: index.Memory) -> None:
    """Bring the rows of the notes that may have changed up to date."""
    settled, ids = found.settled, list(found.settled.catalog.notes)
    if not found.alike:
        memory.tabulate_others(settled.catalog)
    names = found.moved
    if names is not None:
        ids = [id_ for id_ in ids if id_ in found.placed or id_ in names or f"{WHOLE}{id_}" in names]
    notes, addresses = (found.shelf[id_] for id_ in ids), settled.addresses.notes
    memory.tabulate(
        notes, settled.catalog, settled.graph, lambda id_: addresses.get(id_, ""), found.shelf.row
    )
