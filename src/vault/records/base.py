"""What every record is: a frozen msgspec struct, and the codec that stores it."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from itertools import islice
from typing import Any, TypeVar

from vault.records.hashes import blake2b

TRIED = "typing_extensions"
"""msgspec asks it for what ``typing`` has itself since Python 3.11, and it takes 11 ms of each start."""
if TRIED not in sys.modules:
    sys.modules[TRIED] = None  # type: ignore[assignment]
    import msgspec

    del sys.modules[TRIED]
else:
    import msgspec

R = TypeVar("R")


class Record(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A frozen, slotted, typed value.  Sequences inside are tuples."""


class Html(str):
    """Text that is already safe HTML; templates print it without escaping it again."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


_encoder = msgspec.msgpack.Encoder(enc_hook=str)
_decoders: dict[Any, msgspec.msgpack.Decoder[Any]] = {}


def changed(record: R, **fields: Any) -> R:
    """The same record with other values in some fields."""
    return msgspec.structs.replace(record, **fields)  # type: ignore[type-var]


HELD = 64
"""Items of an array of JSON that are encoded at a time."""


def encode(value: Any) -> bytes:
    """Bytes of a record (MessagePack, fields by position); equal records, equal bytes."""
    return _encoder.encode(value)


def decode(data: bytes, kind: type[R]) -> R:
    """The record that ``encode`` stored.  Raises ValueError when the bytes are not one."""
    decoder = _decoders.get(kind)
    if decoder is None:
        decoder = _decoders[kind] = msgspec.msgpack.Decoder(kind)
    try:
        return decoder.decode(data)  # type: ignore[no-any-return]
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ValueError(f"not an encoded {kind!r}: {error}") from error


def json_of(value: Any) -> bytes:
    """Indented JSON in UTF-8, ending in a line feed: what ``json.dumps(indent=1)`` writes, ten times as fast.

    An iterator, alone or as a value of the object, is an array, of which few items at a time are held.  What
    is no text in Unicode (half a surrogate pair) becomes a question mark.
    """
    made = io.BytesIO()  # joined it would be there twice
    made.writelines(_json(value, b"\n"))
    made.write(b"\n")
    return made.getvalue()


def _json(value: Any, margin: bytes) -> Iterator[bytes]:
    """Parts of its JSON; each line but the first begins with ``margin``."""
    if isinstance(value, Iterator):
        yield from _array(value, margin)
    elif isinstance(value, dict) and any(isinstance(each, Iterator) for each in value.values()):
        yield from _object(value, margin)
    else:
        yield _plain(value).replace(b"\n", margin)  # a line feed in JSON is never a part of a text


def _array(items: Iterator[Any], margin: bytes) -> Iterator[bytes]:
    yield b"["
    between = b""
    while some := list(islice(items, HELD)):
        yield between + _plain(some).removeprefix(b"[").removesuffix(b"\n]").replace(b"\n", margin)
        between = b","
    yield margin + b"]" if between else b"]"


def _object(value: dict[str, Any], margin: bytes) -> Iterator[bytes]:
    between = b"{"
    for name, each in value.items():
        yield between + margin + b" " + _plain(name) + b": "
        yield from _json(each, margin + b" ")
        between = b","
    yield margin + b"}"


def _plain(value: Any) -> bytes:
    try:
        return msgspec.json.format(msgspec.json.encode(value), indent=1)
    except UnicodeEncodeError:
        import json  # noqa: PLC0415 - hardly ever needed

        return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def digest_of(data: bytes) -> str:
    """32 hexadecimal digits that name these bytes (BLAKE2b-128)."""
    return blake2b(data, digest_size=16).hexdigest()
