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
from vault.compose.rows import spoken, title_html, when
from vault.compose.said import said
from vault.compose.scope import Scope, Way
from vault.compose.wholes import Bodies
from vault.records import (
    CiteSlot,
    EmbedSlot,
    FootnoteSlot,
    Html,
    ImageSlot,
    LinkSlot,
    Note,
    PaperSlot,
    QuerySlot,
    TagSlot,
)
from vault.records.views import Reference

QUERY_ROWS: Final = 200
"""Notes that a query block shows; it says how many more there are."""


def filled(scope: Scope, note: Note, bodies: Bodies, way: Way) -> tuple[Html, tuple[Reference, ...]]:
    """The body of a note (a whole one) on its own page, and the references it cites."""
    fill = Filling(scope, note.id, way, bodies, FILLERS)
    frame = Frame(scope, note, "", (note.id,), "")
    html, cited = listed(fill, fill.blocks(frame, fill.body(note.id)))
    return Html(said(scope.tongue, frame.note, html)), cited


def for_feed(scope: Scope, note_id: str, bodies: Bodies) -> str:
    """The body of a note for a feed: every address whole, sidenotes at the end, references too."""
    fill = Filling(scope, note_id, scope.absolute, bodies, FILLERS)
    note = scope.catalog.notes[note_id]
    frame = Frame(scope, note, "", (note_id,), scope.absolute(scope.addresses.notes[note_id]))
    body = fill.blocks(frame, fill.body(note_id))
    html, cited = listed(fill, body + endnotes(frame))
    items = "".join(f"<li>{plain(reference)}</li>" for reference in cited)
    kind = "ul" if fill.style.ordered else "ol"
    html, name = said(scope.tongue, note, html), escape(scope.tongue.say("References"))
    return f"{html}<h2>{name}</h2><{kind}>{items}</{kind}>" if items else html


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
    kind, scope = "sn long" if slot.long else "sn", fill.scope
    back = (_back(scope, prefix, number, place, "↩") for place in range(2, slot.places + 1))
    return (
        f'<aside id="{prefix}fn-{number}" class="{kind}" role="note" style="{style}">'
        f"{_back(scope, prefix, number, 1, str(number))}{text}"
        f"{''.join(f' {link}' for link in back)}</aside>"
    )


def _back(scope: Scope, prefix: str, number: int, place: int, label: str) -> str:
    href = f"#{prefix}fnref-{number}" + (f"-{place}" if place > 1 else "")
    words = scope.tongue.say("Note {number}, back to text", number=number)
    if place > 1:
        words = scope.tongue.say("Note {number}, back to text, place {place}", number=number, place=place)
    return f'<a href="{href}" role="doc-backlink" aria-label="{escape(words)}">{label}</a>'


def _query(fill: Filling, frame: Frame, slot: QuerySlot) -> str:
    """The notes that a query block asks for, newest first, with their dates; never the note itself."""
    scope, wanted = fill.scope, query.parse(slot.query)
    if wanted.error:
        return _unread(scope, escape(f"{wanted.error}; {wanted.hint}"))
    notes = (scope.catalog.notes[id_] for id_ in scope.orders.listed if id_ != frame.note.id)
    found = [note.id for note in notes if query.matches(note, wanted, scope.work_of(note))]
    if not found:
        none = escape(scope.tongue.say("No note answers this query."))
        return f'<p class="none">{none}</p>'
    items = "".join(f"<li>{_answer(fill, frame, id_)}</li>" for id_ in found[:QUERY_ROWS])
    rest = max(0, len(found) - QUERY_ROWS)
    said_rest = escape(scope.tongue.count("And {n} more.", "And {n} more.", rest))
    more = f"<p>{said_rest}</p>" if rest else ""
    return f'<ul class="query">{items}</ul>{more}'


def _unread(scope: Scope, why: str) -> str:
    """A query's mistake; what it is, is told to the author, and in English."""
    text = escape(scope.tongue.say("This query cannot be read: {why}.", why="{why}"))
    told = why if scope.tongue.lang == "en" else f'<span lang="en">{why}</span>'
    return f'<p class="missing">{text.replace("{why}", told)}</p>'


def _answer(fill: Filling, frame: Frame, note_id: str) -> str:
    note = fill.scope.catalog.notes[note_id]
    title = title_html(note)
    date = when(fill.scope, note.date)
    stamp = f' datetime="{date.iso}"' if date and date.iso else ""
    link = card(fill.note_href(frame, note_id), title, spoken(fill.scope, note))
    return f"{link} <time{stamp}>{date.text}</time>" if date else link


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
