"""A note's page."""

from __future__ import annotations

from vault.records.base import Html
from vault.records.views.page import Page
from vault.records.views.parts import (
    Anchor,
    Contents,
    Fact,
    Group,
    Mentioned,
    Reference,
    RelatedNote,
    Row,
    Series,
    State,
    When,
)


class NotePage(Page, frozen=True, kw_only=True):
    """A note.  ``authors`` lead to their pages where they have one; ``buttons`` are the paper's links
    without BibTeX; ``contents`` the body's headings
    (shown from four on; the template adds References); ``entries`` of a log are groups by day, their
    ``anchor`` an id on this page; ``prev`` (earlier) and ``next`` carry their day in ``note``, ``cites``
    and ``cited_by`` (other papers with a page) authors and year; ``banner`` one sentence each;
    ``bibtex_href`` a ``data:`` URL; ``source``, ``edit`` hrefs or empty;
    ``numbered`` is false where references go by author and year; ``lang`` and ``dir`` are the note's where
    they are not the site's; ``paper_first``: ``title`` is the paper's and ``subtitle`` the note's."""

    state: State | None
    rating: str
    when: When | None
    minutes: int
    subtitle: Html
    authors: tuple[Anchor, ...]
    facts: tuple[Fact, ...]
    buttons: tuple[Anchor, ...]
    tags: tuple[Anchor, ...]
    banner: tuple[str, ...]
    tldr: Html
    contents: tuple[Contents, ...]
    body: Html
    references: tuple[Reference, ...]
    backlinks: tuple[Mentioned, ...]
    related: tuple[RelatedNote, ...]
    other_notes: tuple[Row, ...]
    entries: tuple[Group, ...]
    in_log: Anchor | None
    prev: Anchor | None
    next: Anchor | None
    created: When | None
    updated: When | None
    source: str
    edit: str
    bibtex: str
    bibtex_href: str
    math: bool
    lang: str
    dir: str
    abstract: str
    draft: bool
    numbered: bool = True
    cites: tuple[Anchor, ...] = ()
    cited_by: tuple[Anchor, ...] = ()
    series: Series | None = None
    paper_first: bool = False
