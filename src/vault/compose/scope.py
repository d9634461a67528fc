"""What every page is made from, and the way from one page to another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType
from typing import Any, Final, Protocol
from urllib.parse import quote

from vault import naming
from vault.compose.addresses import Addresses
from vault.compose.bare import bare
from vault.compose.orders import Orders
from vault.compose.watched import ALL, BARE, LENGTH, LINK, WHOLE, DeafDict, Facts, Once, Reads, Watched
from vault.records import AssetNames, Attachment, Body, Catalog, Graph, Note, Parsed, Settings, Work
from vault.tongue import ENGLISH, Tongue

BodyOf = Callable[[str], Body]
"""Note id -> its body."""


class Bodies(Protocol):
    """Note id -> its body, or its plain text, read when it is asked for."""

    def __call__(self, note_id: str, /) -> Body: ...

    def text(self, note_id: str, /) -> str: ...


class Wholes(Protocol):
    """Note id -> the note with all that is known of it, read when it is asked for; ``names`` maps each id
    to what names its text, ``lengths`` to about how many words it has."""

    @property
    def names(self) -> Mapping[str, str]: ...

    @property
    def lengths(self) -> Mapping[str, int]: ...

    def __getitem__(self, note_id: str, /) -> Note: ...


class _Unread:
    """The notes before anybody knows where they stand."""

    names: Mapping[str, str] = MappingProxyType({})
    lengths: Mapping[str, int] = MappingProxyType({})

    def __getitem__(self, note_id: str, /) -> Note:
        raise LookupError(note_id)


UNREAD: Final = _Unread()


class WatchedWholes(Mapping[str, Note]):
    """Whole notes that note which of them were asked for."""

    def __init__(self, reads: Reads) -> None:
        self.reads = reads
        self.wholes: Wholes = UNREAD

    def __getitem__(self, note_id: str) -> Note:
        self.reads.names.add(WHOLE + note_id)
        return self.wholes[note_id]

    def __iter__(self) -> Iterator[str]:
        self.reads.names.add(f"{ALL}scope.whole")
        return iter(self.wholes.names)

    def __len__(self) -> int:
        self.reads.names.add(f"{ALL}scope.whole")
        return len(self.wholes.names)


class WatchedBare(Mapping[str, Note]):
    """Notes without what they say, that note which of them were asked for."""

    def __init__(self, notes: Mapping[str, Note], reads: Reads) -> None:
        self.notes, self.reads = notes, reads

    def __getitem__(self, note_id: str) -> Note:
        self.reads.names.add(BARE + note_id)
        return bare(self.notes[note_id])

    def __iter__(self) -> Iterator[str]:
        self.reads.names.add(f"{ALL}scope.bare")
        return iter(self.notes)

    def __len__(self) -> int:
        self.reads.names.add(f"{ALL}scope.bare")
        return len(self.notes)


class WatchedBodies:
    """Bodies that note whose were asked for."""

    def __init__(self, bodies: Bodies, reads: Reads) -> None:
        self.bodies, self.reads = bodies, reads

    def __call__(self, note_id: str, /) -> Body:
        self.reads.names.add(WHOLE + note_id)
        return self.bodies(note_id)

    def text(self, note_id: str, /) -> str:
        self.reads.names.add(WHOLE + note_id)
        return self.bodies.text(note_id)


SHARED = 1024
"""Parts that many pages share, each made once; with more of them not one page was made sooner."""

UNKNOWN: Final[Mapping[str, tuple[str, str]]] = {}
"""Links to tags that are to be found out from tags and addresses."""

THERE: Final[Mapping[str, Note]] = {}
"""Notes, whole or bare, that are those of the catalog."""

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
        "addresses": (found.addresses, tuple(part.name for part in fields(Addresses))),
        "orders": (found.orders, tuple(part.name for part in fields(Orders))),
    }


def tag_links(catalog: Catalog, addresses: Addresses) -> dict[str, tuple[str, str]]:
    """A tag's path -> its label and address."""
    return {path: (tag.label, addresses.tags[path]) for path, tag in catalog.tags.items()}


@dataclass(frozen=True, slots=True)
class Scope:
    """The vault as pages see it.  ``files`` are the published attachments by path, ``descriptions``
    tag path -> safe HTML, ``layouts`` the names that ``layout:`` may have, ``once`` a memo of what
    pages share; ``reads`` is told what pages read, where the scope is ``watched``; ``own`` the texts of
    the vault's own pages by id (``/about``); ``whole`` has notes with all that is known of them, where
    those of ``catalog`` may be trimmed; ``bare`` may have none of what they say; ``lengths`` tells about how
    many words each has; ``tongue`` says the site's own words; ``texts`` maps the path of a note's file to
    what stands in it; ``tag_links`` a tag's path to its label and address."""

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
    own: Mapping[str, Parsed] = field(default_factory=dict)
    reads: Reads = field(default_factory=Reads)
    whole: Mapping[str, Note] = field(default_factory=lambda: THERE)
    bare: Mapping[str, Note] = field(default_factory=lambda: THERE)
    texts: Callable[[str], str] = str
    lengths: Mapping[str, int] = field(default_factory=dict)
    tongue: Tongue = ENGLISH
    tag_links: Mapping[str, tuple[str, str]] = field(default_factory=lambda: UNKNOWN)
    once: Once = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "once", Once(self.reads, SHARED))
        if self.whole is THERE:
            object.__setattr__(self, "whole", self.catalog.notes)
            object.__setattr__(self, "lengths", {id_: note.length for id_, note in self.whole.items()})
        if self.bare is THERE:
            object.__setattr__(self, "bare", self.catalog.notes)
        if self.tag_links is UNKNOWN:
            object.__setattr__(self, "tag_links", tag_links(self.catalog, self.addresses))

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
        return replace(self, **watched)

    def listen(self) -> None:
        """Note from now on what is read."""
        for each in (getattr(self, part.name) for part in fields(self)):
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
