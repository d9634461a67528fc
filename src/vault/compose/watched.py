"""Which values a page was made of: everything it asks of the scope is noted while it is made.

A value is named by its key in the vault's mappings (a note's id, a work's, a tag's path), whatever the
mapping, or as a whole (``orders.timeline`` after ``ALL``).  So a page need not be made again while all that
it read last time is as it was; nobody has to say beforehand what a page depends on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, TypeVar

from vault.compose.bare import bare
from vault.records import Note, Packed, digest_of, encode, raw

K = TypeVar("K")
V = TypeVar("V")
T = TypeVar("T")


WHOLE: Final = "\0~"
"""Before the key of a note in the mapping that has notes whole.  No key begins with such a character."""
LENGTH: Final = "\0#"
"""Before the key of a note in the mapping that has about how many words it has."""
LINK: Final = "\0+"
"""Before the path of a tag in the mapping of what links to tags show: other than the tag itself they stay the
same when a note comes."""
BARE: Final = "\0-"
"""Before the key of a note in the mapping that has notes without what they say."""
ALL: Final = "\0*"
"""Before the name of a field that is read as a whole."""


class Reads:
    """The names of what was read since ``names`` was last replaced."""

    __slots__ = ("names",)

    def __init__(self) -> None:
        self.names: set[str] = set()


class Once:
    """Results that many pages share, each made once; who gets one has read what it was made of.

    When what it keeps weighs more than ``most`` it begins anew.
    """

    def __init__(self, reads: Reads, most: int, weigh: Callable[[Any], int] = lambda _: 1) -> None:
        self.reads, self.most, self.weigh, self.weight = reads, most, weigh, 0
        self.made: dict[Any, tuple[Any, tuple[str, ...]]] = {}

    def __call__(self, key: Any, make: Callable[[], T]) -> T:
        found = self.made.get(key)
        if found is None:
            outer, self.reads.names = self.reads.names, set()
            try:
                found = (make(), tuple(self.reads.names))  # as a set it would take eight times the memory
            finally:
                self.reads.names = outer
            self.keep(key, found)
        self.reads.names.update(found[1])
        value: T = found[0]
        return value

    def keep(self, key: Any, found: tuple[Any, tuple[str, ...]]) -> None:
        if self.weight > self.most:
            self.made.clear()
            self.weight = 0
        self.made[key] = found
        self.weight += self.weigh(found[0])


class DeafDict(dict[K, V]):
    """A mapping that becomes a ``WatchedDict`` when it is to ``listen``: planning asks a hundred thousand
    times, and nobody wants to know for what."""

    __slots__ = ("before", "name", "reads")

    def __init__(self, found: Mapping[K, V], name: str, reads: Reads, before: str = "") -> None:
        super().__init__(found)
        self.name, self.reads, self.before = f"{ALL}{name}", reads, before

    def listen(self) -> None:
        if type(self) is DeafDict:
            self.__class__ = WatchedDict


class WatchedDict(DeafDict[K, V]):
    """A mapping that notes which keys are asked for, there or not, and whether it is looked at whole."""

    __slots__ = ()

    def __getitem__(self, key: K) -> V:
        self.reads.names.add(self.before + (key if isinstance(key, str) else repr(key)))
        return dict.__getitem__(self, key)

    def get(self, key: K, default: Any = None) -> Any:
        self.reads.names.add(self.before + (key if isinstance(key, str) else repr(key)))
        return dict.get(self, key, default)

    def __contains__(self, key: object) -> bool:
        self.reads.names.add(self.before + (key if isinstance(key, str) else repr(key)))
        return dict.__contains__(self, key)

    def __iter__(self) -> Iterator[K]:
        self.reads.names.add(self.name)
        return dict.__iter__(self)

    def __len__(self) -> int:
        self.reads.names.add(self.name)
        return dict.__len__(self)

    def __or__(self, other: Any) -> Any:
        return dict(self.items()) | other

    def __ror__(self, other: Any) -> Any:
        return other | dict(self.items())

    def __eq__(self, other: object) -> bool:
        return dict(self.items()) == other

    __hash__ = None  # type: ignore[assignment]

    def copy(self) -> dict[K, V]:
        return dict(self.items())

    def keys(self) -> Any:
        self.reads.names.add(self.name)
        return dict.keys(self)

    def values(self) -> Any:
        self.reads.names.add(self.name)
        return dict.values(self)

    def items(self) -> Any:
        self.reads.names.add(self.name)
        return dict.items(self)


class WatchedPacked(WatchedDict[K, V]):
    """The same of a mapping whose values stay encoded."""

    __slots__ = ("found",)

    def __init__(self, found: Packed[K, V], name: str, reads: Reads) -> None:
        super().__init__(raw(found), name, reads)
        self.found = found

    def __getitem__(self, key: K) -> V:
        self.reads.names.add(key if isinstance(key, str) else repr(key))
        return self.found[key]

    def get(self, key: K, default: Any = None) -> Any:
        self.reads.names.add(key if isinstance(key, str) else repr(key))
        return self.found.get(key, default)

    def values(self) -> Any:
        self.reads.names.add(self.name)
        return self.found.values()

    def items(self) -> Any:
        self.reads.names.add(self.name)
        return self.found.items()


def watched(found: dict[K, V], name: str, reads: Reads) -> DeafDict[K, V]:
    return WatchedPacked(found, name, reads) if isinstance(found, Packed) else DeafDict(found, name, reads)


class Watched:
    """A record whose fields note that they are read; those that are mappings note it key by key, once they
    ``listen``."""

    def __init__(self, record: Any, name: str, fields: Iterable[str], reads: Reads) -> None:
        self._reads = reads
        self._whole = {field: (getattr(record, field), f"{ALL}{name}.{field}") for field in fields}
        for field, (value, _) in self._whole.items():
            if isinstance(value, dict):
                setattr(self, field, watched(value, f"{name}.{field}", reads))

    def listen(self) -> None:
        for each in self.__dict__.values():
            if isinstance(each, DeafDict):
                each.listen()

    def __getattr__(self, field: str) -> Any:
        """Only what is no mapping comes here."""
        value, name = self.__dict__["_whole"][field]
        self._reads.names.add(name)
        return value


class Facts:
    """Digests of what can be read, by name; "" stands for what is not there.  ``links`` maps a tag's path to
    what links to it show."""

    def __init__(
        self,
        records: Mapping[str, tuple[Any, Iterable[str]]],
        links: Mapping[str, tuple[str, str]] | None = None,
    ) -> None:
        self.links = links or {}
        named = {
            f"{name}.{field}": getattr(record, field)
            for name, (record, fields) in records.items()
            for field in fields
        }
        self.notes = named.get("catalog.notes", {})
        self.whole: dict[str, Any] = {f"{ALL}{name}": value for name, value in named.items()}
        self.maps = [by_text(value) for value in named.values() if isinstance(value, dict)]
        self.shelve({}, {})

    def shelve(self, texts: Mapping[str, str], lengths: Mapping[str, int]) -> None:
        """``texts`` maps a note's id to what names its text, for names that begin with ``WHOLE``, ``lengths``
        to about how many words it has."""
        self.texts, self.lengths = texts, lengths
        self.whole |= {f"{ALL}scope.whole": (self.notes, texts), f"{ALL}scope.lengths": lengths}

    def __call__(self, names: Iterable[str]) -> dict[str, str]:
        return {name: self.all(name) if name[:2] == ALL else self.one(name) for name in names}

    def one(self, key: str) -> str:
        """Of what every mapping has at a key."""
        start, rest = key[:2], key[2:]
        if start == WHOLE:
            values = [self.notes.get(rest), self.texts.get(rest)]
        elif start == BARE:
            note = self.notes.get(rest)
            values = [note and bare(note)]
        elif start == LENGTH:
            values = [self.lengths.get(rest)]
        elif start == LINK:
            values = [self.links.get(rest)]
        else:
            values = [dict.get(found, key) for found in self.maps]  # packed ones as they are kept
        return digest_of(encode(values)) if values.count(None) < len(values) else ""

    def all(self, name: str) -> str:
        """Of a field as a whole; a mapping's order counts."""
        value = self.bare() if name == f"{ALL}scope.bare" else self.whole.get(name)
        return digest_of(encode(sorted(value) if isinstance(value, frozenset) else value))

    def bare(self) -> dict[str, Note]:
        return {id_: bare(note) for id_, note in self.notes.items()}


def by_text(found: dict[Any, Any]) -> dict[str, Any]:
    """The mapping under the names that ``WatchedDict`` notes; its keys are all of one kind."""
    if isinstance(next(iter(found), ""), str):
        return found
    return {repr(key): value for key, value in raw(found).items()}
