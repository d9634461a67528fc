"""What every page is made from, and the way from one page to another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import quote

from vault import naming
from vault.compose.addresses import Addresses
from vault.compose.orders import Orders
from vault.records import AssetNames, Attachment, Body, Catalog, Graph, Note, Settings, Work
from vault.records.views import Site


class Bodies(Protocol):
    """Note id -> its body, or its plain text, read when it is asked for."""

    def __call__(self, note_id: str, /) -> Body: ...

    def text(self, note_id: str, /) -> str: ...


Way = Callable[[str], str]
"""Root-relative URL (``/2025/01/lora/#h-method``) -> what to print in ``href``."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The vault as pages see it.  ``files`` are the published attachments by path, ``descriptions``
    tag path -> safe HTML, ``layouts`` the names that ``layout:`` may have, ``sites`` a memo of the
    site's part of a page."""

    catalog: Catalog
    graph: Graph
    settings: Settings
    assets: AssetNames
    addresses: Addresses
    orders: Orders
    files: Mapping[str, Attachment]
    descriptions: Mapping[str, str]
    bibtex: Callable[[Work], str]
    layouts: frozenset[str] = frozenset()
    sites: dict[tuple[str, str], Site] = field(default_factory=dict)

    def way(self, url: str) -> Way:
        """The way from the page at ``url``: relative, in the link form of the site."""
        root, form = naming.root_of(url), self.settings.links
        index = "index.html" if form == "file" else ""

        def way(target: str) -> str:
            # Nearly all addresses are plain folders; the general way costs a search for ? and #.
            if target[0] == target[-1] == "/" and "#" not in target:
                return f"{root}{target[1:]}{index}"
            return naming.href(root, target, form)

        return way

    def absolute(self, url: str) -> str:
        """The whole address, in ASCII; nothing when the site does not know where it will stand."""
        if not self.settings.url:
            return ""
        return self.settings.url + (url[1:] if url.isascii() else quote(url[1:], safe="/#?=&%:@!$'()*+,;~"))

    def work_of(self, note: Note) -> Work | None:
        """The work that a note is about."""
        return self.catalog.works.get(self.catalog.work_of_note.get(note.id, ""))

    def lead(self, work_id: str) -> str:
        """Where a link to a work goes: its only note, else its page, else nowhere on this site."""
        notes = self.orders.noted.get(work_id, ())
        if len(notes) == 1:
            return self.addresses.notes[notes[0]]
        return self.addresses.works.get(work_id, "")

    def visible(self, note_id: str) -> bool:
        """Whether a note may be named on the pages of others."""
        note = self.catalog.notes.get(note_id)
        return note is not None and not note.unlisted
