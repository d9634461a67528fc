"""Papers named in running text: ``arXiv:2106.09685``, a DOI, a bare number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it.token import Token

from vault.markdown import links
from vault.markdown.text import escape
from vault.records import PaperSlot

if TYPE_CHECKING:
    from vault.markdown.writer import Writer


def write(w: Writer, token: Token) -> None:
    """The text with a slot for each paper in it."""
    text, done = token.content, 0
    for spot in token.meta["spots"]:
        plain(w, text[done : spot.start])
        done = spot.end
        written = text[spot.start : spot.end]
        place = w.place(-1, written)
        start = w.size
        w.say(written)
        href = w.safe(written) if links.external(written) else ""
        w.slot(PaperSlot(spot.paper, escape(written), href, spot.naked, place[0]))
        w.mention("number" if spot.naked else "paper", written, start, place, paper=spot.paper)
    plain(w, text[done:])


def plain(w: Writer, text: str) -> None:
    if text:
        w.put(escape(text))
        w.say(text)
