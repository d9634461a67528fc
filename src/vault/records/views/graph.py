"""The map of the vault and the tables that say the same in words.

Coordinates are texts with one decimal, in units of the map's ``width`` and ``height``.
"""

from __future__ import annotations

from vault.records.base import Html, Record
from vault.records.views.page import Page
from vault.records.views.parts import Anchor


class Dot(Record, frozen=True):
    """A note.  ``shape`` is its status: ``circle`` (read), ``ring`` (to read), or the ``d`` of a path."""

    x: str
    y: str
    r: str
    shape: str
    href: str
    title: str


class Bubble(Record, frozen=True):
    """A cluster: a disc with its notes in it and its name below it (``label_y``), and
    the ``names`` of its hubs below that.  ``colour`` is 1 to 8, or
    0 for those that have none; ``inner`` the ``d`` of the links within it, ``title`` all in words."""

    x: str
    y: str
    r: str
    colour: int
    label: str
    note: str
    href: str
    title: str
    label_y: str
    names: str = ""
    inner: str = ""
    dots: tuple[Dot, ...] = ()


class Line(Record, frozen=True):
    """Links between two clusters; ``d`` of a path, ``width`` by their number."""

    d: str
    width: str


class Map(Record, frozen=True):
    """``statuses`` are (word, label) of the shapes in use.
    ``whole`` says that every note has its dot; else bubbles alone are drawn here."""

    width: int
    height: int
    title: str
    lines: tuple[Line, ...]
    bubbles: tuple[Bubble, ...]
    statuses: tuple[tuple[str, str], ...]
    whole: bool


class Hub(Record, frozen=True):
    """A note with many links: ``inward`` and ``outward`` count notes, ``cluster`` is where it stands."""

    href: str
    title: Html
    inward: int
    outward: int
    cluster: Anchor
    lang: str = ""
    dir: str = ""


class ClusterRow(Record, frozen=True):
    """A cluster: its notes, links within it and to others, its note with most links."""

    cluster: Anchor
    colour: int
    notes: int
    within: int
    across: int
    hub: Anchor | None


class Bridge(Record, frozen=True):
    """A note whose links reach several other clusters; ``links`` are those that leave its own."""

    href: str
    title: Html
    links: int
    clusters: tuple[Anchor, ...]
    lang: str = ""
    dir: str = ""


class GraphPage(Page, frozen=True, kw_only=True):
    """``intro`` is the graph in numbers; ``data`` the address of the script with the map's data (empty
    without a map); ``orphans_note`` counts all of them."""

    intro: str
    map: Map | None
    data: str
    hubs: tuple[Hub, ...]
    clusters: tuple[ClusterRow, ...]
    bridges: tuple[Bridge, ...]
    orphans: tuple[Anchor, ...]
    orphans_note: str
