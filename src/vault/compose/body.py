"""A body's fragments and open slots -> the HTML of its page, or of a feed entry."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Final

from vault import query
from vault.compose.cites import cite, listed, plain
from vault.compose.embeds import embed, endnotes
from vault.compose.filling import Filling, Frame
from vault.compose.links import card, link, paper, tag
from vault.compose.media import image
from vault.compose.rows import title_html, when
from vault.compose.scope import Bodies, Scope, Way
from vault.records import (
    CiteSlot,
    EmbedSlot,
    FootnoteSlot,
    Html,
    ImageSlot,
    LinkSlot,
    PaperSlot,
    QuerySlot,
    TagSlot,
)
from vault.records.views import Reference

QUERY_ROWS: Final = 200
"""Notes that a query block shows; it says how many more there are."""


def filled(scope: Scope, note_id: str, bodies: Bodies, way: Way) -> tuple[Html, tuple[Reference, ...]]:
    """The body of a note on its own page, and the references it cites."""
    fill = Filling(scope, note_id, way, bodies, FILLERS)
    frame = Frame(scope, scope.whole[note_id], "", (note_id,), "")
    html, cited = listed(fill, fill.blocks(frame, fill.body(note_id)))
    return Html(html), cited


def for_feed(scope: Scope, note_id: str, bodies: Bodies) -> str:
    """The body of a note for a feed: every address whole, sidenotes at the end, references too."""
    fill = Filling(scope, note_id, scope.absolute, bodies, FILLERS)
    note = scope.catalog.notes[note_id]
    frame = Frame(scope, note, "", (note_id,), scope.absolute(scope.addresses.notes[note_id]))
    body = fill.blocks(frame, fill.body(note_id))
    html, cited = listed(fill, body + endnotes(frame))
    items = "".join(f"<li>{plain(reference)}</li>" for reference in cited)
    kind = "ul" if fill.style.ordered else "ol"
    return f"{html}<h2>References</h2><{kind}>{items}</{kind}>" if items else html


def _footnote(fill: Filling, frame: Frame, slot: FootnoteSlot) -> str:
    """A footnote as an aside that stands level with its reference and below the one before it."""
    text = fill.parts(frame, slot.parts)
    if frame.away:
        frame.endnotes.append(f"<li>{text}</li>")
        return ""
    prefix, number = frame.prefix, slot.number
    before = f" --prev: --{frame.sidenote};" if frame.sidenote else ""
    frame.sidenote = f"{prefix}n{number}"
    style = f"--ref: --{prefix}r{number};{before} --a: --{frame.sidenote}"
    kind = "sn long" if slot.long else "sn"
    return (
        f'<aside id="{prefix}fn-{number}" class="{kind}" role="note" style="{style}">'
        f"{_back(prefix, number, 1, str(number))}{text}"
        f"{''.join(' ' + _back(prefix, number, place, '↩') for place in range(2, slot.places + 1))}</aside>"
    )


def _back(prefix: str, number: int, place: int, label: str) -> str:
    href = f"#{prefix}fnref-{number}" + (f"-{place}" if place > 1 else "")
    words = f"Note {number}, back to text" + (f", place {place}" if place > 1 else "")
    return f'<a href="{href}" role="doc-backlink" aria-label="{words}">{label}</a>'


def _query(fill: Filling, frame: Frame, slot: QuerySlot) -> str:
    """The notes that a query block asks for, newest first, with their dates; never the note itself."""
    scope, wanted = fill.scope, query.parse(slot.query)
    if wanted.error:
        why = escape(f"{wanted.error}; {wanted.hint}")
        return f'<p class="missing">This query cannot be read: {why}.</p>'
    notes = (scope.catalog.notes[id_] for id_ in scope.orders.listed if id_ != frame.note.id)
    found = [note.id for note in notes if query.matches(note, wanted, scope.work_of(note))]
    if not found:
        return '<p class="none">No note answers this query.</p>'
    items = "".join(f"<li>{_answer(fill, frame, id_)}</li>" for id_ in found[:QUERY_ROWS])
    more = f"<p>And {len(found) - QUERY_ROWS:,} more.</p>" if len(found) > QUERY_ROWS else ""
    return f'<ul class="query">{items}</ul>{more}'


def _answer(fill: Filling, frame: Frame, note_id: str) -> str:
    note = fill.scope.catalog.notes[note_id]
    title = title_html(note)
    date = when(note.date)
    stamp = f' datetime="{date.iso}"' if date and date.iso else ""
    return card(fill.note_href(frame, note_id), title) + (f" <time{stamp}>{date.text}</time>" if date else "")


FILLERS: Final[dict[type, Callable[..., str]]] = {
    LinkSlot: link,
    PaperSlot: paper,
    CiteSlot: cite,
    EmbedSlot: embed,
    ImageSlot: image,
    TagSlot: tag,
    QuerySlot: _query,
    FootnoteSlot: _footnote,
}
