"""Mappings whose values stay encoded until they are asked for.

A vault of ten thousand notes has some hundred thousand small records (a sentence that mentions a note, a
reason why two are related), each of which few pages ask for.  Encoded, side by side, they take a fifth of the
memory; and a forked process that only reads them writes nothing there, so that the memory stays shared.
"""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping, ValuesView
from typing import Any, Final, TypeVar

from msgspec import Raw

from vault.records.base import decode, encode

__all__ = ["Packed", "Raw", "Unpacking", "differing", "pack", "raw"]

K = TypeVar("K")
V = TypeVar("V")


MISSING: Final = object()


class Packed(dict[K, V]):
    """A mapping of values of one ``kind``; what it gives is a new value each time."""

    __slots__ = ("kind",)

    def __init__(self, encoded: Mapping[K, Raw], kind: Any) -> None:
        super().__init__(encoded)  # type: ignore[arg-type]
        self.kind = kind

    def __getitem__(self, key: K) -> V:
        found: V = decode(dict.__getitem__(self, key), self.kind)  # type: ignore[arg-type]
        return found

    def get(self, key: K, default: Any = None) -> Any:
        found: Any = dict.get(self, key)
        return default if found is None else decode(found, self.kind)

    def __iter__(self) -> Iterator[K]:  # or dict(...) and {**...} would take the values as they are kept
        return dict.__iter__(self)

    def values(self) -> Any:
        return ValuesView(self)

    def items(self) -> Any:
        return ItemsView(self)

    def copy(self) -> Packed[K, V]:
        return Packed(raw(self), self.kind)

    def __or__(self, other: Mapping[K, V]) -> Packed[K, V]:  # type: ignore[override]
        return Packed({**raw(self), **raw(pack(other, self.kind))}, self.kind)

    def __eq__(self, other: object) -> bool:
        return dict(self.items()) == other

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = None


class Unpacking(Packed[K, V]):
    """The same, which keeps what it gave: for what many may ask for, and of which few builds ask for much."""

    __slots__ = ("given",)

    def __init__(self, encoded: Mapping[K, Raw], kind: Any) -> None:
        super().__init__(encoded, kind)
        self.given: dict[K, V] = {}

    def __getitem__(self, key: K) -> V:
        found = self.given.get(key)
        if found is None:
            found = self.given[key] = super().__getitem__(key)
        return found

    def get(self, key: K, default: Any = None) -> Any:
        try:
            return self[key]
        except KeyError:
            return default


def pack(found: Mapping[K, V], kind: Any) -> Packed[K, V]:
    """The mapping with its values encoded, in its order; itself where they are."""
    if isinstance(found, Packed):
        return found
    encoded = decode(encode(tuple(found.values())), tuple[Raw, ...])
    return Packed(dict(zip(found, encoded, strict=True)), kind)


def raw(found: dict[K, Any]) -> dict[K, Any]:
    """A mapping with its values as they are kept; of one that is packed and one that is not ``encode`` makes
    the same."""
    return dict(zip(dict.keys(found), dict.values(found), strict=True))


def differing(one: dict[K, V], other: dict[K, V]) -> set[K]:
    """The keys of two mappings, both packed or neither, at which they have not the same value."""
    mine, yours = kept(one), kept(other)
    if mine == yours:
        return set()
    found = {key for key, value in mine.items() if yours.get(key, MISSING) != value}
    return found | (yours.keys() - mine.keys())


def kept(found: dict[K, Any]) -> dict[K, Any]:
    """``raw``, of a mapping that is not packed itself."""
    return raw(found) if isinstance(found, Packed) else found
