"""Notes shown inside notes: at most five deep, never inside themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import Final

from vault.compose.filling import NOWHERE, Filling, Frame, missing
from vault.compose.links import card
from vault.compose.media import file_link
from vault.compose.rows import short_title
from vault.patterns import lazy
from vault.problems import problem
from vault.records import Block, Catalog, EmbedSlot, FootnoteSlot, Graph, Link, Note, Problem, slot_key

DEPTH: Final = 5
"""How deep embeds nest; a deeper one is a link."""

PER_PAGE: Final = 200
"""Embeds on one page; five levels of a few dozen each would never end."""

BYTES: Final = 5_000_000
"""Embedded HTML of one page."""

_NUMBERED = lazy(r"(</math>)<span>\(\d+\)</span>")


def embed(fill: Filling, frame: Frame, slot: EmbedSlot) -> str:
    """``![[Note#Heading]]``: the note's body, one section or one block of it, with a link to it."""
    found = frame.resolved.get(slot_key("embed", slot.target, slot.anchor), NOWHERE)
    if found.kind == "file" and found.target in fill.scope.addresses.files:
        return f"<p>{file_link(fill, found.target, escape(found.target.rpartition('/')[2]))}</p>"
    if found.kind != "note" or found.target not in fill.scope.catalog.notes:
        label = escape(slot.target or slot.anchor)
        text = label if found.kind == "hidden" else missing(label, f"There is no note called “{slot.target}”")
        return f"<p>{text}</p>"
    note = fill.scope.catalog.notes[found.target]
    source = card(fill.note_href(frame, note.id, found.anchor), escape(short_title(note)))
    blocks = () if _refused(fill, frame, note) else section(fill.body(note.id), found.anchor, slot.anchor)
    if not blocks:
        return f"<p>{source}</p>"
    return f'<div class="embed">{_inside(fill, frame, note, blocks)}<p class="from">{source}</p></div>'


def _refused(fill: Filling, frame: Frame, note: Note) -> bool:
    return (
        note.id in frame.chain or len(frame.chain) > DEPTH or fill.embeds >= PER_PAGE or fill.embedded > BYTES
    )


def _inside(fill: Filling, frame: Frame, note: Note, blocks: Iterable[Block]) -> str:
    """The blocks with ids of their own; links to headings outside of them lead to the note's page."""
    fill.embeds += 1
    prefix = f"e{fill.embeds}-"
    away = fill.way(fill.scope.addresses.notes[note.id]) if frame.away else ""
    inner = Frame(fill.scope, note, "" if away else prefix, (*frame.chain, note.id), away)
    html = _NUMBERED.sub(r"\1", fill.blocks(inner, blocks)) + endnotes(inner)
    fill.embedded += len(html)
    if away:
        return html
    ids = set(re.findall(rf'\bid="({prefix}[^"]*)"', html))
    page = fill.way(fill.scope.addresses.notes[note.id])
    return re.sub(
        rf'href="#({prefix}([^"]*))"',
        lambda m: m[0] if m[1] in ids else f'href="{escape(page)}#{m[2]}"',
        html,
    )


def endnotes(frame: Frame) -> str:
    """The sidenotes of a body as a list after it, where there is no margin (feeds)."""
    return f"<hr><ol>{''.join(frame.endnotes)}</ol>" if frame.endnotes else ""


def section(blocks: tuple[Block, ...], anchor: str, wanted: str) -> tuple[Block, ...]:
    """The blocks of one heading's section or one marked block with its footnotes; all of them when no
    place is ``wanted``, none when it is not there."""
    if not wanted:
        return blocks
    at = next((i for i, block in enumerate(blocks) if anchor and block.anchor == anchor), -1)
    if at < 0:
        return ()
    end, level = at + 1, blocks[at].level
    while end < len(blocks) and (
        not 0 < blocks[end].level <= level if level else _only_footnotes(blocks[end])
    ):
        end += 1
    return blocks[at:end]


def _only_footnotes(block: Block) -> bool:
    return bool(block.parts) and all(isinstance(part, FootnoteSlot) or not part for part in block.parts)


# Before any page is made


def problems(catalog: Catalog, graph: Graph) -> tuple[Problem, ...]:
    """``embed-cycle`` where an embed comes back to a note that is open around it, ``embed-deep`` for
    notes whose embeds nest more than five deep."""
    edges = {note.id: tuple(_embeds(note, graph)) for note in catalog.notes.values()}
    found: list[Problem] = []
    depth: dict[str, int] = {}
    for start, out in edges.items():
        if out and start not in depth:
            _descend(catalog, edges, start, depth, found)
    return tuple(found)


def _embeds(note: Note, graph: Graph) -> Iterator[tuple[str, Link]]:
    resolved = graph.resolved.get(note.id, {})
    for link in note.links:
        if link.kind == "embed":
            target = resolved.get(slot_key("embed", link.target, link.anchor), NOWHERE)
            if target.kind == "note":
                yield target.target, link


def _descend(
    catalog: Catalog,
    edges: dict[str, tuple[tuple[str, Link], ...]],
    start: str,
    depth: dict[str, int],
    found: list[Problem],
) -> None:
    """One depth-first walk without recursion; fills ``depth`` (0: embeds nothing) in post-order."""
    path = {start: iter(edges[start])}
    depth[start] = 0
    while path:
        here = next(reversed(path))
        target, link = next(path[here], ("", None))
        if link is None:
            del path[here]
            if path and (above := next(reversed(path))):
                depth[above] = max(depth[above], depth[here] + 1)
            if depth[here] > DEPTH:
                found.append(_deep(catalog.notes[here], edges[here][0][1], depth[here]))
        elif target in path:
            found.append(_cycle(catalog, here, target, link, [*path][[*path].index(target) :]))
        elif target in depth:
            depth[here] = max(depth[here], depth[target] + 1)
        else:
            path[target] = iter(edges.get(target, ()))
            depth[target] = 0


def _cycle(catalog: Catalog, note_id: str, target: str, link: Link, ring: list[str]) -> Problem:
    names = " > ".join(short_title(catalog.notes[id_]) for id_ in (*ring, target))
    message = f"this embed comes back to where it started ({names}); it is shown as a link"
    path = catalog.notes[note_id].path
    return problem(
        "embed-cycle", path, message, hint="make it a link: drop the !", line=link.line, column=link.column
    )


def _deep(note: Note, link: Link, depth: int) -> Problem:
    message = f"embeds nest {depth} deep from here; the sixth and deeper ones are shown as links"
    return problem("embed-deep", note.path, message, hint="embed the inner note directly", line=link.line)
