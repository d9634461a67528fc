"""Which notes stand in which file of what the search loads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from vault import searching
from vault.compose.orders import Ids, Orders
from vault.records import Catalog, Record
from vault.tuples import NamedTuple

ONE_FILE: Final = 1500
"""Notes up to which all titles stand in one file."""

TITLES: Final = 1000
FULL: Final = 400
TEXTS: Final = 32
"""Notes in one file of titles, of full text, of texts."""


class Part(NamedTuple):
    """A file's name below ``data/`` and the notes in it, newest first."""

    name: str
    notes: Ids


class Divided(Record, frozen=True):
    """Names of files below ``data/`` -> the notes in them, newest first: of titles (none where they are few),
    of full text, of texts."""

    titles: dict[str, Ids]
    full: dict[str, Ids]
    texts: dict[str, Ids]


def divided(catalog: Catalog, orders: Orders) -> Divided:
    """The notes that may be found, divided so that one that changes, comes or goes changes few files."""
    years = by_year(catalog, orders)
    small = sum(map(len, years.values())) <= ONE_FILE
    titles = {} if small else dict(cut(years, "titles-", TITLES))
    full = dict(cut(years, "", FULL))
    return Divided(titles, full, dict(text for part in full.items() for text in texts(Part(*part))))


def by_year(catalog: Catalog, orders: Orders) -> dict[str, Ids]:
    """The notes that may be found by year, newest first, ``undated`` last."""
    years: dict[str, list[str]] = {}
    for id_ in orders.listed:
        date = catalog.notes[id_].date
        years.setdefault(f"{date.year:04}" if date and date.year else "undated", []).append(id_)
    return {year: tuple(ids) for year, ids in years.items()}


def cut(years: dict[str, Ids], prefix: str, most: int) -> Iterator[Part]:
    for year, ids in years.items():
        found = searching.parts(ids, most)
        for number, some in found.items():
            yield Part(f"search/{prefix}{year}" + (f"-{number}" if len(found) > 1 else ""), some)


def texts(part: Part) -> Iterator[Part]:
    """The files of texts of one file of full text."""
    short = part.name.removeprefix("search/")
    for number, ids in searching.parts(part.notes, TEXTS, "text ").items():
        yield Part(f"search/text/{short}-{number}", ids)
