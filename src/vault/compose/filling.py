"""The state of filling one page: whose body is being filled, what was numbered so far."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape
from typing import Any, Final
from urllib.parse import quote

from vault.compose.scope import Scope, Way
from vault.compose.wholes import BodyOf
from vault.patterns import lazy
from vault.records import Block, Body, Note, Part, Resolved
from vault.references import STYLES

NOWHERE: Final = Resolved("missing")

_UNFIT = lazy(r"[^\w!$'()*+,./:;=?@~&-]")
"""What cannot stand as it is after # (the ^ of block anchors); letters of all scripts can."""


class Frame:
    """One note's body on the page: the page's own, or one that is embedded in it.

    ``prefix`` stands before its ids (empty, ``e1-``, ...), ``chain`` are the notes that are open
    around it, itself included.  ``away`` is the note's whole address in a feed, where no id can be
    trusted; else empty.  ``sidenote`` names the last one placed, ``endnotes`` collects them in feeds.
    """

    __slots__ = ("away", "chain", "endnotes", "note", "prefix", "resolved", "sidenote")

    def __init__(self, scope: Scope, note: Note, prefix: str, chain: tuple[str, ...], away: str) -> None:
        self.note = note
        self.prefix = prefix
        self.chain = chain
        self.away = away
        self.resolved = scope.graph.resolved.get(note.id, {})
        self.sidenote = ""
        self.endnotes: list[str] = []

    def text(self, fragment: str) -> str:
        """A fragment with the prefix in its ids, and with whole addresses in a feed."""
        if "\0" not in fragment:
            return fragment
        if self.away:
            fragment = fragment.replace('href="#\0', f'href="{escape(self.away)}#')
        return fragment.replace("\0", self.prefix)


class Filling:
    """One page being filled.  ``page`` is the id of its note; ``cited`` maps what a citation leads to
    onto its number and how often it was cited, by number; ``embeds`` counts embeds, ``embedded`` their
    characters, ``images`` the images."""

    __slots__ = (
        "bodies",
        "cited",
        "embedded",
        "embeds",
        "fillers",
        "images",
        "page",
        "scope",
        "style",
        "way",
    )

    def __init__(
        self, scope: Scope, page: str, way: Way, bodies: BodyOf, fillers: dict[type, Callable[..., str]]
    ) -> None:
        self.scope = scope
        self.page = page
        self.way = way
        self.bodies = bodies
        self.fillers = fillers
        self.style = STYLES[scope.settings.cite_style]
        self.cited: dict[tuple[str, str], tuple[int, int]] = {}
        self.embeds = 0
        self.embedded = 0
        self.images = 0

    def parts(self, frame: Frame, parts: Iterable[Part]) -> str:
        """Fragments and filled slots, joined."""
        return "".join(
            [frame.text(part) if isinstance(part, str) else self.slot(frame, part) for part in parts]
        )

    def slot(self, frame: Frame, slot: Any) -> str:
        return self.fillers[type(slot)](self, frame, slot)

    def blocks(self, frame: Frame, blocks: Iterable[Block]) -> str:
        return "".join([self.parts(frame, block.parts) for block in blocks])

    def body(self, note_id: str) -> tuple[Block, ...]:
        """The blocks of a note's body, raw HTML as the site wants it."""
        return chosen(self.bodies(note_id), self.scope.settings.html)

    def note_href(self, frame: Frame, note_id: str, anchor: str = "") -> str:
        """The way to a note or a place in it; a mere anchor on the note's own page."""
        place = f"#{_UNFIT.sub(_encoded, anchor)}" if anchor else ""
        if place and note_id == self.page and not frame.away:
            return place
        return self.way(self.scope.addresses.notes[note_id] + place)


def _encoded(found: re.Match[str]) -> str:
    return quote(found[0], safe="")


def chosen(body: Body, html: str) -> tuple[Block, ...]:
    return body.raw if html == "text" and body.raw else body.blocks


def missing(label: str, why: str) -> str:
    """A red link: its words, and why it leads nowhere."""
    return f'<span class="missing" title="{escape(why)}">{label}</span>'


def no_note(scope: Scope, name: str) -> str:
    return scope.tongue.say("There is no note called “{name}”", name=name)


def no_file(scope: Scope, label: str, target: str, found: Resolved) -> str:
    """A red link to a file that is not there, or that is and does not leave with the site."""
    if found.kind == "file":
        return missing(
            label, scope.tongue.say("The file “{name}” is of a type that is not published", name=target)
        )
    return missing(label, scope.tongue.say("There is no file “{name}”", name=target))


def external(url: str, label: str) -> str:
    """A link out of the site."""
    return f'<a href="{escape(url)}" rel="external noopener">{label}</a>'
