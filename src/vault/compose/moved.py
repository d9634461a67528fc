"""The names of what pages may read that is otherwise in one vault than in another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vault.compose.bare import bare
from vault.compose.scope import records, tag_links
from vault.compose.settled import Settled
from vault.compose.watched import ALL, BARE, LINK
from vault.records import Note, Packed, differing, pack


def moved(before: Settled, now: Settled) -> set[str]:
    """Names as ``Facts`` has them, of catalog, graph, addresses and orders; those of notes' texts, and of
    what stands around the notes, are not among them."""
    names = set[str]()
    others = records(now)
    for name, (one, fields) in records(before).items():
        for field in fields:
            other = getattr(others[name][0], field)
            names.update(of_field(f"{ALL}{name}.{field}", getattr(one, field), other))
    names.update(of_bare(before.catalog.notes, now.catalog.notes))
    links = tag_links(before.catalog, before.addresses), tag_links(now.catalog, now.addresses)
    names.update(f"{LINK}{path}" for path in differing(*links))
    return names


def of_field(name: str, one: Any, other: Any) -> Iterator[str]:
    """The name of a field that is otherwise, and the keys at which it is where it is a mapping."""
    if not isinstance(one, dict):
        if one != other:
            yield name
        return
    if isinstance(one, Packed):
        other = pack(other, one.kind)
    keys = differing(one, other)
    if keys or list(dict.keys(one)) != list(dict.keys(other)):
        yield name
    yield from (key if isinstance(key, str) else repr(key) for key in keys)


def of_bare(before: dict[str, Note], now: dict[str, Note]) -> Iterator[str]:
    """The names of notes that are otherwise without what they say, too."""
    keys = differing(before, now)
    both = keys & before.keys() & now.keys()
    found = keys - {key for key in both if bare(before[key]) == bare(now[key])}
    if found or list(before) != list(now):
        yield f"{ALL}scope.bare"
    yield from (f"{BARE}{key}" for key in found)
