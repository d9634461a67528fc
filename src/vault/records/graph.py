"""The vault's links, both ways, with the words around them."""

from __future__ import annotations

from typing import Literal

import msgspec

from vault.records.base import Record
from vault.records.problem import Problem


def slot_key(kind: str, target: str, anchor: str = "") -> str:
    """The key of a written link in ``Graph.resolved[note_id]``.

    ``kind`` and ``target`` are those of the ``Link``; ``paper`` and ``number`` share the key of the
    paper's identity: ``slot_key("paper", paper.key)``.
    """
    return f"{'paper' if kind == 'number' else kind}\x1f{target}\x1f{anchor}"


class Resolved(Record, frozen=True):
    """Where a written link leads: a note (with its anchor), a work, an attachment, or nowhere.

    ``kind`` ``hidden`` is shown as plain text (a draft or private note, somebody's ``@handle``),
    ``missing`` is a red link.
    """

    kind: Literal["note", "work", "file", "hidden", "missing"]
    target: str = ""
    anchor: str = ""


class Backlink(Record, frozen=True):
    """A note that mentions this one: its id, the sentence, the mention in it, the heading above."""

    note: str
    sentence: str
    start: int
    end: int
    heading: str = ""
    embed: bool = False


class Reason(Record, frozen=True):
    """Why two notes are related: ``tags`` (count), ``cites`` the same works (count), ``words`` in
    common (the words themselves), ``links`` one to the other, ``paper`` the same work."""

    kind: Literal["paper", "links", "cites", "tags", "words"]
    count: int = 0
    words: tuple[str, ...] = ()


class Related(Record, frozen=True):
    note: str
    reasons: tuple[Reason, ...]


class Mention(Record, frozen=True):
    """A paper that notes mention and none is about: its key, a title as written near it (may be
    empty), and who mentions it."""

    work: str
    title: str
    places: tuple[Backlink, ...]


class Graph(Record, frozen=True):
    """``resolved`` maps a note id to its links, by ``link.slot_key``, and where each leads;
    ``backlinks`` note id -> mentions, oldest note first; ``work_backlinks`` the same for works;
    ``cited`` note id -> work ids it cites or mentions, in order; ``related`` note id -> at most 6;
    ``mentioned`` papers never noted, most mentions first; ``marks`` note id -> a name of all that its related
    notes depend on."""

    resolved: dict[str, dict[str, Resolved]]
    backlinks: dict[str, tuple[Backlink, ...]]
    work_backlinks: dict[str, tuple[Backlink, ...]]
    cited: dict[str, tuple[str, ...]]
    related: dict[str, tuple[Related, ...]]
    mentioned: tuple[Mention, ...]
    problems: tuple[Problem, ...] = ()
    marks: dict[str, bytes] = msgspec.field(default_factory=dict)
