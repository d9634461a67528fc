"""The small pages: about, not found, moved."""

from __future__ import annotations

from vault.records.base import Html
from vault.records.views.page import Page
from vault.records.views.parts import Anchor, Reference, State


class AboutPage(Page, frozen=True, kw_only=True):
    """``states`` with what each means; ``counts`` are (label, number) pairs; ``references`` what the
    text cites, ``numbered`` as in a note's page; ``machines`` the files for programs."""

    body: Html
    states: tuple[tuple[State, str], ...]
    counts: tuple[tuple[str, str], ...]
    logs: tuple[Anchor, ...] = ()
    references: tuple[Reference, ...] = ()
    machines: tuple[Anchor, ...] = ()
    numbered: bool = True


class MissingPage(Page, frozen=True, kw_only=True):
    """404.html: the one page with absolute addresses (``site.base``)."""

    links: tuple[Anchor, ...]


class RedirectPage(Page, frozen=True, kw_only=True):
    href: str
    text: str
