"""What preview cards say, as scripts that a page loads when the first link of a group is pointed at.

``data/cards/2025.js`` assigns ``window.VC["2025"]``: the rest of an address (``01/lora``) ->
[title, authors and venue, day and rating, what it claims, status], and the language where it is not the
site's.  The groups are the first parts of
addresses: a year, ``notes`` (undated), ``papers`` (works with no note of their own or with several).
A group of more than 300 is cut, and then its script assigns how: 0 into the quarters of its year
(``2025-q1``), n into n parts by a sum over the address (``notes-3``).  The names carry no digest, so
that a changed card changes no page.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from vault.compose import rows, words
from vault.compose.addresses import Addresses
from vault.compose.head import shortened
from vault.compose.orders import Ids, Orders
from vault.compose.scope import Scope
from vault.compose.wholes import Bodies
from vault.records import Catalog, Note, Record, Work

MOST: Final = 300
"""Cards in one file; about 35 KB compressed."""

SHARE: Final = 150
"""Cards wanted in each part of a group that is cut by the sum of its addresses."""

CLAIM: Final = 160
"""Characters of the claim."""

Card = tuple[str, ...]
Keys = dict[str, str]
"""The rest of an address -> id of the note, of the work in the group ``papers``."""


class Cards(Record, frozen=True):
    """Names of files -> how the group is cut, the notes whose cards stand in it, the works."""

    cut: dict[str, int]
    notes: dict[str, Ids]
    works: dict[str, Ids]


def divided(catalog: Catalog, orders: Orders, addresses: Addresses) -> Cards:
    """Which cards stand in which file, groups in the order of their names."""
    groups: dict[str, Keys] = {}
    for url, id_ in _pages(catalog, orders, addresses):
        group, _, key = url.strip("/").partition("/")
        groups.setdefault(group, {})[key] = id_
    files = [each for group in sorted(groups) for each in _cut(group, groups[group])]
    cards = {name: tuple(keys[key] for key in sorted(keys)) for name, keys in files if isinstance(keys, dict)}
    return Cards(
        cut={name: number for name, number in files if isinstance(number, int)},
        notes={name: ids for name, ids in cards.items() if not of_works(name)},
        works={name: ids for name, ids in cards.items() if of_works(name)},
    )


def of_works(name: str) -> bool:
    """Whether a file has the cards of works."""
    return name.startswith("papers")


def _pages(catalog: Catalog, orders: Orders, addresses: Addresses) -> Iterator[tuple[str, str]]:
    """Address and id of every note that may be named, and of every paper's page that is no redirect."""
    for id_, url in addresses.notes.items():
        if not catalog.notes[id_].unlisted:
            yield url, id_
    for id_, url in addresses.works.items():
        if len(orders.noted.get(id_, ())) != 1:
            yield url, id_


def _cut(name: str, cards: Keys) -> Iterator[tuple[str, Keys | int]]:
    """The files of a group: one, or one that says how it is cut and then its parts."""
    if len(cards) <= MOST:
        yield name, cards
    elif name.isdigit():
        yield name, 0
        for part, found in _parts(cards, lambda key: f"{name}-q{quarter(key)}"):
            yield from _cut(part, found)
    else:
        number = 1 << (-(-len(cards) // SHARE) - 1).bit_length()
        yield name, number
        yield from _parts(cards, lambda key: f"{name}-{summed(key) % number}")


def _parts(cards: Keys, name_of: Callable[[str], str]) -> list[tuple[str, Keys]]:
    parts: dict[str, Keys] = {}
    for key in sorted(cards):
        parts.setdefault(name_of(key), {})[key] = cards[key]
    return sorted(parts.items())


def quarter(key: str) -> int:
    """1 to 4 by the month that the address begins with, 0 where it names none."""
    month = key[:2]
    return -(-int(month) // 3) if key[2:3] == "/" and month.isascii() and month.isdigit() else 0


def summed(key: str) -> int:
    """A number for an address; ``vault.js`` computes the same."""
    number = 0
    for character in key:
        number = (number * 31 + ord(character)) % 65521
    return number


def files(scope: Scope, found: Cards) -> Iterator[tuple[str, str, Callable[[Bodies], bytes]]]:
    """(address, who asks for it, what makes it) of each file."""
    every: dict[str, Ids | int] = {**found.cut, **found.notes, **found.works}
    for name, cards in every.items():
        yield f"/data/cards/{name}.js", "the preview cards", partial(script, scope, name, cards)


def script(scope: Scope, name: str, cards: Ids | int, _bodies: Bodies) -> bytes:
    """The file, a card a line."""
    if isinstance(cards, int):
        value = str(cards)
    else:
        urls = scope.addresses.works if of_works(name) else scope.addresses.notes
        keys = ((urls[id_].strip("/").partition("/")[2], id_) for id_ in cards)
        lines = (f"{_json(key)}:{_json(_card(scope, name, id_))}" for key, id_ in keys)
        value = "{\n" + ",\n".join(lines) + "\n}"
    return f"(window.VC=window.VC||{{}})[{_json(name)}]={value};\n".encode("utf-8", "replace")


def _card(scope: Scope, name: str, id_: str) -> Card:
    if of_works(name):
        return work_card(scope, scope.catalog.works[id_])
    return note_card(scope, scope.catalog.notes[id_])


def _json(value: str | Card) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def note_card(scope: Scope, note: Note) -> Card:
    work = scope.work_of(note)
    day = rows.when(scope, note.date)
    rated = (
        scope.tongue.say("rated {rating}", rating=words.rating(scope.tongue, note.rating))
        if note.rating
        else ""
    )
    line = ", ".join(filter(None, (day.text if day else "", rated)))
    claim = shortened(note.tldr, CLAIM)
    card = note.title, rows.about(scope, note, work), line, claim, note.status
    lang = rows.language(note, scope)
    return (*card, lang) if lang else card


def work_card(scope: Scope, work: Work) -> Card:
    """A paper's page: one that waits in the library, or one that leads to several notes."""
    notes = len(scope.orders.noted.get(work.id, ()))
    line = words.notes(scope.tongue, notes) if notes else scope.tongue.say("In the library")
    about = words.paper_line(scope.tongue, work.authors, work.venue, work.year)
    return work.title or work.id, about, line, shortened(work.abstract, CLAIM), ""
