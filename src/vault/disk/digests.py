"""Digests of files, streamed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from vault.records import Found
from vault.records.hashes import blake2b

CHUNK = 1 << 20
LARGE = 50_000_000


def chunks(fd: int) -> Iterator[bytes]:
    """The bytes of an open file, a megabyte at a time."""
    chunk = os.read(fd, CHUNK)
    while chunk:
        yield chunk
        chunk = os.read(fd, CHUNK)


def digest_of_chunks(parts: Iterable[bytes]) -> tuple[str, int]:
    """Digest (that of ``records.digest_of``) and length of bytes that come in parts."""
    state, size = blake2b(digest_size=16), 0
    for part in parts:
        state.update(part)
        size += len(part)
    return state.hexdigest(), size


def file_digest(file: str) -> str:
    """The digest of a file's bytes; nothing when it cannot be read."""
    try:
        fd = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return ""
    try:
        return digest_of_chunks(chunks(fd))[0]
    except OSError:
        return ""
    finally:
        os.close(fd)


def unsettled(files: Iterable[Found], looked_ns: int) -> tuple[tuple[str, str], ...]:
    """(file, digest) of those too young for their stat to be trusted later; a large one has no digest,
    and so is never ``still`` the same."""
    young = (file for file in files if not file.settled(looked_ns))
    return tuple((file.file, file_digest(file.file) if file.size <= LARGE else "") for file in young)


def still(digests: Iterable[tuple[str, str]]) -> bool:
    """Whether these files still have the bytes they had."""
    return all(digest and file_digest(file) == digest for file, digest in digests)
