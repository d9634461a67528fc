"""What to read next."""

from __future__ import annotations

from vault.records.base import Html, Record
from vault.records.views.filters import Choice
from vault.records.views.page import Page
from vault.records.views.parts import Anchor, Pager, State, When


class QueueRow(Record, frozen=True):
    """A paper to read.  ``href`` is its note's page or empty; ``age`` such as "12 days", ``days`` the same
    as a number, -1 unknown; ``priority`` 0 for none; ``lang`` is the title's, ``why_lang`` the reason's.
    ``pages`` is the paper's length, 0 unknown, ``minutes`` what reading it may take; ``command`` is what to
    type in a terminal once the paper is begun, read or wanted, or empty."""

    href: str
    title: Html
    state: State | None
    when: When | None
    since: str
    age: str
    why: str
    why_href: str
    via: str
    paper: str
    tags: tuple[Anchor, ...]
    links: tuple[Anchor, ...]
    minutes: int = 0
    priority: int = 0
    days: int = -1
    lang: str = ""
    dir: str = ""
    why_lang: str = ""
    why_dir: str = ""
    pages: int = 0
    command: str = ""


class QueueGroup(Record, frozen=True):
    anchor: str
    label: str
    note: str
    rows: tuple[QueueRow, ...]
    more: Anchor | None = None
    tight: bool = False


class QueuePage(Page, frozen=True, kw_only=True):
    intro: str
    groups: tuple[QueueGroup, ...]
    pager: Pager | None = None
    filters: tuple[Choice, ...] = ()
