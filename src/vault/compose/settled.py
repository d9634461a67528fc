"""What is settled before any page is planned: every address, every order, every file that leaves with it."""

from __future__ import annotations

from typing import Final

from vault.compose import attachments, bylines, embeds
from vault.compose.addresses import Addresses, settle
from vault.compose.orders import Orders, arrange
from vault.compose.outline import Outline, outlined
from vault.records import Attachment, Catalog, Graph, Parsed, Problem, Record, Settings, changed

OWN: Final = {
    "words": 0,
    "terms": "",
    "links": (),
    "headings": (),
    "math": False,
    "problems": (),
    "digest": "",
    "line": 1,
}
"""What of a note its own page shows, if any, and no list does."""


class Settled(Record, frozen=True):
    """The vault with its addresses: a function of catalog, graph, settings and attachments.  ``noted`` are
    the notes of each author, ``problems`` what was found on the way, ``outline`` what plans ask of notes."""

    catalog: Catalog
    graph: Graph
    addresses: Addresses
    orders: Orders
    files: tuple[Attachment, ...]
    noted: bylines.Noted
    problems: tuple[Problem, ...]
    outline: Outline

    def trimmed(self) -> Settled:
        """The same with notes that lack what their own pages alone show: most saves change nothing else,
        and no other page need be made anew for them."""
        notes = {id_: changed(note, **OWN) for id_, note in self.catalog.notes.items()}
        return changed(self, catalog=changed(self.catalog, notes=notes))


def settled(
    catalog: Catalog,
    graph: Graph,
    settings: Settings,
    found: tuple[Attachment, ...],
    own: tuple[Parsed, ...] = (),
) -> Settled:
    """Addresses for everything.  Raises VaultError where two notes ask for one address by ``slug:``."""
    files, refused = attachments.used(catalog, graph, found, settings, own)
    orders = arrange(catalog)
    addresses, collisions = settle(catalog, orders, files)
    noted = bylines.noted(catalog, orders)
    pages_of, clashes = bylines.settle(catalog, noted, settings.author_notes)
    addresses = changed(addresses, authors=pages_of)
    problems = (*collisions, *clashes, *refused, *embeds.problems(catalog, graph))
    outline = outlined(catalog, orders, addresses)
    return Settled(catalog, graph, addresses, orders, files, noted, problems, outline)
