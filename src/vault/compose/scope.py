"""What every page is made from, and the way from one page to another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol
from urllib.parse import quote

from vault import naming
from vault.compose.addresses import Addresses
from vault.compose.orders import Orders
from vault.compose.watched import LENGTH, LINK, DeafDict, Facts, Once, Reads, Watched
from vault.compose.wholes import WatchedBare, WatchedWholes, Wholes
from vault.records import AssetNames, Attachment, Catalog, Graph, Note, Parsed, Settings, Work
from vault.tongue import ENGLISH

SHARED = 1024
"""Parts that many pages share, each made once; with more of them not one page was made sooner."""

_MAPPINGS = ("files", "descriptions", "own")

Way = Callable[[str], str]
"""Root-relative URL (``/2025/01/lora/#h-method``) -> what to print in ``href``."""


class Found(Protocol):
    """What has been found out of a vault."""

    @property
    def catalog(self) -> Catalog: ...
    @property
    def graph(self) -> Graph: ...
    @property
    def addresses(self) -> Addresses: ...
    @property
    def orders(self) -> Orders: ...


def records(found: Found) -> dict[str, tuple[Any, tuple[str, ...]]]:
    """By name the records that pages read, and the fields of each."""
    return {
        "catalog": (found.catalog, Catalog.__struct_fields__),
        "graph": (found.graph, Graph.__struct_fields__),
        "addresses": (found.addresses, Addresses.__struct_fields__),
        "orders": (found.orders, Orders.__struct_fields__),
    }


def tag_links(catalog: Catalog, addresses: Addresses) -> dict[str, tuple[str, str]]:
    """A tag's path -> its label and address."""
    return {path: (tag.label, addresses.tags[path]) for path, tag in catalog.tags.items()}


class Scope:
    """The vault as pages see it.  ``files`` are the published attachments by path, ``descriptions``
    tag path -> safe HTML, ``layouts`` the names that ``layout:`` may have, ``once`` a memo of what
    pages share; ``reads`` is told what pages read, where the scope is ``watched``; ``own`` the texts of
    the vault's own pages by id (``/about``); ``whole`` has notes with all that is known of them, where
    those of ``catalog`` may be trimmed; ``bare`` may have none of what they say; ``lengths`` tells about how
    many words each has; ``tongue`` says the site's own words; ``texts`` maps the path of a note's file to
    what stands in it; ``tag_links`` a tag's path to its label and address."""

    __slots__ = (
        "addresses",
        "assets",
        "bare",
        "bibtex",
        "catalog",
        "descriptions",
        "files",
        "graph",
        "layouts",
        "lengths",
        "once",
        "orders",
        "own",
        "reads",
        "settings",
        "tag_links",
        "texts",
        "tongue",
        "whole",
    )

    def __init__(  # noqa: PLR0917 - what a site is made of
        self,
        catalog: Catalog,
        graph: Graph,
        settings: Settings,
        assets: AssetNames,
        addresses: Addresses,
        orders: Orders,
        files: Mapping[str, Attachment],
        descriptions: Mapping[str, str],
        bibtex: Callable[[Work], str],
        layouts: frozenset[str] = frozenset(),
        own: Mapping[str, Parsed] | None = None,
    ) -> None:
        self.catalog, self.graph, self.settings, self.assets = catalog, graph, settings, assets
        self.addresses, self.orders, self.files = addresses, orders, files
        self.descriptions, self.bibtex, self.layouts, self.own = descriptions, bibtex, layouts, own or {}
        self.reads = Reads()
        self.once = Once(self.reads, SHARED)
        self.whole: Mapping[str, Note] = catalog.notes
        self.bare: Mapping[str, Note] = catalog.notes
        self.lengths: Mapping[str, int] = {}
        self.tag_links: Mapping[str, tuple[str, str]] = tag_links(catalog, addresses)
        self.texts: Callable[[str], str] = str
        self.tongue = ENGLISH

    def replaced(self, **parts: Any) -> Scope:
        """The same with other parts, and a memo of its own."""
        other = object.__new__(Scope)
        for name in self.__slots__:
            setattr(other, name, parts[name] if name in parts else getattr(self, name))
        other.once = Once(other.reads, SHARED)
        return other

    def measured(self) -> Scope:
        """The same, of notes that are whole."""
        return self.replaced(lengths={id_: note.length for id_, note in self.catalog.notes.items()})

    def watched(self) -> Scope:
        """The same vault, noting what is read of it once it is to ``listen``; ``shelve`` tells where its
        notes are whole."""
        watched: dict[str, Any] = {
            name: Watched(record, name, parts, self.reads) for name, (record, parts) in records(self).items()
        }
        for name in _MAPPINGS:
            watched[name] = DeafDict(getattr(self, name), f"scope.{name}", self.reads)
        watched["whole"] = WatchedWholes(self.reads)
        watched["bare"] = WatchedBare(self.catalog.notes, self.reads)
        watched["lengths"] = DeafDict({}, "scope.lengths", self.reads, LENGTH)
        watched["tag_links"] = DeafDict(self.tag_links, "scope.tag_links", self.reads, LINK)
        return self.replaced(**watched)

    def listen(self) -> None:
        """Note from now on what is read."""
        for each in (getattr(self, name) for name in self.__slots__):
            if isinstance(each, DeafDict | Watched):
                each.listen()

    def shelve(self, wholes: Wholes) -> None:
        """From now on the notes as a whole are these, in a scope that is ``watched``."""
        assert isinstance(self.whole, WatchedWholes)
        assert isinstance(self.lengths, dict)
        self.whole.wholes = wholes
        self.lengths.update(wholes.lengths)

    def facts(self) -> Facts:
        """Digests of what ``watched`` notes."""
        return Facts({**records(self), "scope": (self, _MAPPINGS)}, self.tag_links)

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

    def catalog_of(self, works: dict[str, Work]) -> Catalog:
        """The catalog with these works alone."""
        parts = {name: getattr(self.catalog, name) for name in Catalog.__struct_fields__}
        return Catalog(**{**parts, "works": works})

    def lead(self, work_id: str) -> str:
        """Where a link to a work goes: its only note, else its page, else nowhere on this site."""
        notes = self.orders.noted.get(work_id, ())
        if len(notes) == 1:
            return self.addresses.notes[notes[0]]
        return self.addresses.works.get(work_id, "")

    def listed(self) -> list[Note]:
        """The notes that may stand in lists, newest first, bare: what they say does not put them there."""
        return self.once("listed", lambda: [self.bare[id_] for id_ in self.orders.listed])

    def visible(self, note_id: str) -> bool:
        """Whether a note may be named on the pages of others."""
        note = self.catalog.notes.get(note_id)
        return note is not None and not note.unlisted
