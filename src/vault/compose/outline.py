"""What planning asks of every note and of every work, so that a plan need look at none of them."""

from __future__ import annotations

from vault.compose import cards, divided, papers
from vault.compose.addresses import Addresses
from vault.compose.orders import Ids, Orders
from vault.records import Catalog, Note, Record


class Outline(Record, frozen=True):
    """A function of catalog, orders and addresses.

    ``count`` is the number of notes, files of logs and lists apart; ``notes`` maps a note's id to its file
    and the day when it was last changed ("" where it does not say, None where it is not to be found);
    ``olds`` to the old addresses that it asks for, where it does.  ``papers`` are the works that have a page,
    in the order of the table, ``years`` the same by year of publication.
    """

    count: int
    notes: dict[str, tuple[str, str | None]]
    olds: dict[str, Ids]
    papers: Ids
    years: dict[int, Ids]
    search: divided.Divided
    cards: cards.Cards


def outlined(catalog: Catalog, orders: Orders, addresses: Addresses) -> Outline:
    """The outline of what was found."""
    notes, ids = catalog.notes, papers.in_order(catalog, orders, addresses)
    return Outline(
        count=sum(note.kind not in ("log", "list") for note in notes.values()),
        notes={id_: (note.path, None if note.unlisted else day(note)) for id_, note in notes.items()},
        olds={id_: note.redirect_from for id_, note in notes.items() if note.redirect_from},
        papers=ids,
        years=papers.by_year(catalog, ids),
        search=divided.divided(catalog, orders),
        cards=cards.divided(catalog, orders, addresses),
    )


def day(note: Note) -> str:
    """When a note was last changed, as far as it says."""
    last = note.updated or note.date
    return last.iso if last and last.year else ""
