"""Answers as they leave: the headers that all have, entity tags, ranges, files sent piece by piece."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from typing import Final

from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from vault.patterns import lazy
from vault.serve import policy as policies
from vault.serve.guard import Request
from vault.tuples import NamedTuple

ALWAYS: Final = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "same-origin",
}
PIECE = 262_144
_RANGE = lazy(r"bytes=(\d{0,18})-(\d{0,18})")


class Span(NamedTuple):
    """The bytes asked for: from ``start`` up to, not including, ``end``."""

    start: int
    end: int


NOTHING = Span(0, 0)
"""A range that lies outside the file."""


def empty(status: int, **headers: str) -> Response:
    """An answer without a body.  Refusals close the connection."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    closing = {"connection": "close"} if status in (400, 403, 405, 421, 431, 503) else {}
    return Response(b"", status, {**ALWAYS, "content-security-policy": policies.FRAMED, **closing, **given})


def whole(request: Request, data: bytes, media: str, etag: str, policy: str = "") -> Response:
    """Bytes that are all there, or as much of them as was asked for, or the word that they are known."""
    headers = described(media, policy) | {"etag": etag, "accept-ranges": "bytes"}
    if known(request, etag):
        del headers["content-type"]
        return Response(b"", 304, headers)
    span = asked(request, len(data), etag)
    if span is None:
        return Response(data, 200, headers)
    if span is NOTHING:
        return beyond(headers, len(data))
    headers["content-range"] = f"bytes {span.start}-{span.end - 1}/{len(data)}"
    return Response(data[span.start : span.end], 206, headers)


def told(status: int, data: bytes, media: str, policy: str) -> Response:
    """A whole answer that is no success."""
    return Response(data, status, described(media, policy))


def described(media: str, policy: str) -> dict[str, str]:
    return {**ALWAYS, "content-type": media, "content-security-policy": policy or policies.FILE}


def sent(request: Request, fd: int, media: str, policy: str) -> Response:
    """An open file, which is closed in the end."""
    found = os.fstat(fd)
    size, etag = found.st_size, f'"{found.st_size:x}-{found.st_mtime_ns:x}-{found.st_ino:x}"'
    headers = described(media, policy) | {"etag": etag, "accept-ranges": "bytes"}
    span = asked(request, size, etag)
    if known(request, etag) or span is NOTHING:
        os.close(fd)
        if span is NOTHING:
            return beyond(headers, size)
        del headers["content-type"]
        return Response(b"", 304, headers)
    status, where = (200, Span(0, size)) if span is None else (206, span)
    if span:
        headers["content-range"] = f"bytes {span.start}-{span.end - 1}/{size}"
    headers["content-length"] = str(where.end - where.start)
    return Sending(fd, where if request.method == "GET" else NOTHING, status, headers)


class Sending(StreamingResponse):
    """Bytes of an open file, which is closed whatever becomes of the answer."""

    def __init__(self, fd: int, span: Span, status: int, headers: dict[str, str]) -> None:
        super().__init__(pieces(fd, span), status, headers)
        self.fd = fd

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            os.close(self.fd)


async def pieces(fd: int, span: Span) -> AsyncIterator[bytes]:
    """These bytes of a file; it ends early, and with it the connection, where the file was cut since."""
    at = span.start
    while at < span.end and (data := os.pread(fd, min(PIECE, span.end - at), at)):
        at += len(data)
        yield data
        await asyncio.sleep(0)  # so that a client that went away is noticed


def known(request: Request, etag: str) -> bool:
    """Whether the client has this version (RFC 9110, 13.1.2)."""
    given = request.header(b"if-none-match")
    return given.strip() == "*" or etag in [one.strip().removeprefix("W/") for one in given.split(",")]


def asked(request: Request, size: int, etag: str) -> Span | None:
    """The one range that is asked for (RFC 9110, 14.2); None for all of it; NOTHING when it lies outside."""
    match = _RANGE.fullmatch(request.header(b"range").strip())
    if match is None or request.method != "GET" or match[0] == "bytes=-":
        return None
    condition = request.header(b"if-range")
    if condition and condition != etag:
        return None
    if not match[1]:
        start, end = max(0, size - int(match[2])), size
    else:
        start, end = int(match[1]), min(size, int(match[2]) + 1 if match[2] else size)
    if match[1] and match[2] and int(match[2]) < int(match[1]):
        return None
    return Span(start, end) if start < end else NOTHING


def beyond(headers: dict[str, str], size: int) -> Response:
    """416: the file has no such bytes."""
    return Response(b"", 416, {**headers, "content-range": f"bytes */{size}"})
