"""What the Markdown room makes of a text: for a note, and for the outline of a log or list."""

from __future__ import annotations

from vault.records.base import Record
from vault.records.body import Block
from vault.records.note import Heading, Link
from vault.records.problem import Problem


class Rendered(Record, frozen=True):
    """A body rendered as far as one text allows.

    ``raw`` as in ``Body``.  ``tags`` are inline ``#tags`` in order, as written without ``#``.
    ``tldr`` / ``tldr_html`` come from a TL;DR callout or ``TL;DR:`` line (empty when there is none),
    ``lead`` / ``lead_html`` are the first sentence of the first paragraph.  ``text`` is the plain text.
    """

    blocks: tuple[Block, ...] = ()
    raw: tuple[Block, ...] = ()
    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    tags: tuple[str, ...] = ()
    tldr: str = ""
    tldr_html: str = ""
    lead: str = ""
    lead_html: str = ""
    text: str = ""
    words: int = 0
    math: bool = False
    problems: tuple[Problem, ...] = ()


class OutlineItem(Record, frozen=True):
    """A list item of the outline: lines ``start`` to ``end`` (1-based, end exclusive), nesting
    depth from 0, ``task`` (" ", "x" or "" where it is no task), its first link, the text before
    that link and after it (plain), both without the marker."""

    start: int
    end: int
    depth: int
    task: str
    link_text: str
    link_url: str
    before: str
    after: str


class OutlineBlock(Record, frozen=True):
    """A top-level block: ``kind`` heading, paragraph, list, or other; lines as above.

    ``level`` of a heading; ``text`` plain; ``link_text`` and ``link_url`` where the whole block is
    one link (a linked title), or where a heading's or paragraph's only link ends it
    (``Paper - <url>``; then ``link_text`` is empty).  ``whole`` tells the two apart.
    """

    kind: str
    start: int
    end: int
    level: int = 0
    text: str = ""
    link_text: str = ""
    link_url: str = ""
    whole: bool = False
    items: tuple[OutlineItem, ...] = ()
