"""A remembered piece put at the line where it stands now."""

from __future__ import annotations

from typing import Any

from vault.records.base import changed, digest_of
from vault.records.body import (
    Block,
    Body,
    CiteSlot,
    EmbedSlot,
    FootnoteSlot,
    ImageSlot,
    LinkSlot,
    PaperSlot,
    Part,
    QuerySlot,
)
from vault.records.note import Parsed

_PLACED = (LinkSlot, PaperSlot, CiteSlot, EmbedSlot, ImageSlot, QuerySlot)


def place(parsed: Parsed, line: int) -> Parsed:
    """The same note with its piece beginning at a line (from 1) of the file.

    Lines of 0 say "the file as a whole" and stay.  The digest follows from the old one and the line,
    so that a note placed elsewhere is another note, the same wherever it is placed alike.
    """
    by = line - 1
    if not by:
        return parsed
    note = parsed.note
    placed = changed(
        note,
        line=moved(note.line, by),
        headings=shifted(note.headings, by),
        links=shifted(note.links, by),
        problems=shifted(note.problems, by),
        digest=digest_of(f"{note.digest} {line}".encode()),
    )
    body = Body(blocks(parsed.body.blocks, by), blocks(parsed.body.raw, by))
    return Parsed(placed, body, parsed.text)


def moved(line: int, by: int) -> int:
    return line + by if line else 0


def shifted(records: tuple[Any, ...], by: int) -> tuple[Any, ...]:
    return tuple(changed(record, line=moved(record.line, by)) for record in records)


def blocks(found: tuple[Block, ...], by: int) -> tuple[Block, ...]:
    return tuple(changed(block, line=moved(block.line, by), parts=parts(block.parts, by)) for block in found)


def parts(found: tuple[Part, ...], by: int) -> tuple[Part, ...]:
    return tuple(part(one, by) for one in found)


def part(one: Part, by: int) -> Part:
    if isinstance(one, FootnoteSlot):
        return changed(one, parts=parts(one.parts, by))
    return changed(one, line=moved(one.line, by)) if isinstance(one, _PLACED) else one
