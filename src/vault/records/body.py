"""A body: safe HTML fragments, and open slots that only the whole vault can fill.

Inside fragments the character U+0000 stands for the id prefix (empty on a note's own page,
``e1-`` in an embed), so ``id="\\0h-method"`` and ``href="#\\0h-method"``.  NUL cannot come from a
note: the door replaces it by U+FFFD.
"""

from __future__ import annotations

from typing import Literal

from vault.records.base import Record
from vault.records.paper import PaperId


class LinkSlot(Record, frozen=True, tag="link"):
    """``[[target#anchor|label]]`` or a relative link to a file; ``label`` is HTML, maybe empty."""

    form: Literal["wiki", "file"]
    target: str
    anchor: str
    label: str
    written: str
    line: int = 0


class PaperSlot(Record, frozen=True, tag="paper"):
    """A link or id of a paper.  ``naked``: a bare number, a link only if the vault has a note."""

    paper: PaperId
    label: str
    href: str
    naked: bool = False
    line: int = 0


class CiteItem(Record, frozen=True):
    """One key of a citation; prefix and locator are plain text (``see``, ``p. 3``)."""

    key: str
    prefix: str = ""
    locator: str = ""


class CiteSlot(Record, frozen=True, tag="cite"):
    """``[@key, p. 3; @other]``, or ``@key`` in running text (``narrative``)."""

    items: tuple[CiteItem, ...]
    written: str
    narrative: bool = False
    line: int = 0


class EmbedSlot(Record, frozen=True, tag="embed"):
    """``![[Note#Heading]]``: the body, one section or one block of another note, as blocks."""

    target: str
    anchor: str
    written: str
    line: int = 0


class ImageSlot(Record, frozen=True, tag="image"):
    """An image by a relative path; width and height in px as asked for (0: its own).  One that stands
    ``apart`` is a figure, and leads to its file."""

    src: str
    alt: str
    title: str = ""
    width: int = 0
    height: int = 0
    line: int = 0
    apart: bool = False


class TagSlot(Record, frozen=True, tag="tag"):
    """``#topic`` in running text."""

    tag_name: str


class QuerySlot(Record, frozen=True, tag="query"):
    """A fenced ``query`` block: the query text, one line each."""

    query: str
    line: int = 0


class FootnoteSlot(Record, frozen=True, tag="footnote"):
    """A footnote's text, standing after the block that cites it.

    ``number`` counts from 1 in the note; ``places`` is how often it is cited.  Its anchors are
    ``\\0fn-N``, its references ``\\0fnref-N`` (then ``\\0fnref-N-2``, ...).
    """

    number: int
    places: int
    parts: tuple[Part, ...]
    long: bool = False


Part = str | LinkSlot | PaperSlot | CiteSlot | EmbedSlot | ImageSlot | TagSlot | QuerySlot | FootnoteSlot


class Block(Record, frozen=True):
    """A balanced run of the body: usually one top-level block, so sections are slices.

    ``level`` is 1-6 for a heading, else 0; ``anchor`` the heading's or the ``^block`` id
    (without prefix), empty where there is none.
    """

    parts: tuple[Part, ...]
    level: int = 0
    anchor: str = ""
    line: int = 0


class Body(Record, frozen=True):
    """The body of a note.  ``raw`` is the same body with raw HTML shown as text (``html =
    "text"``), empty when the note has no raw HTML and both would be equal."""

    blocks: tuple[Block, ...] = ()
    raw: tuple[Block, ...] = ()
