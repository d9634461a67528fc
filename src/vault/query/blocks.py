"""Query blocks of a body, checked without showing it."""

from __future__ import annotations

from collections.abc import Iterator

from vault.problems import problem
from vault.query.language import parse
from vault.records import Body, FootnoteSlot, Part, Problem, QuerySlot


def problems_in(body: Body, path: str) -> tuple[Problem, ...]:
    """``query-invalid`` for each query block of a body that cannot be read, in order."""
    slots = [slot for block in body.blocks for slot in _queries(block.parts)]
    read = [(slot, parse(slot.query)) for slot in slots]
    return tuple(
        problem("query-invalid", path, query.error, hint=query.hint, line=slot.line)
        for slot, query in read
        if query.error
    )


def _queries(parts: tuple[Part, ...]) -> Iterator[QuerySlot]:
    for part in parts:
        if isinstance(part, QuerySlot):
            yield part
        elif isinstance(part, FootnoteSlot):
            yield from _queries(part.parts)
