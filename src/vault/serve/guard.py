"""Whom the server answers: what a request must be before anything is looked up for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote_to_bytes

from vault.patterns import lazy
from vault.tuples import NamedTuple

MOST_HEADER = 16_384
"""Bytes of a request's head."""
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_WRONG_ESCAPE = lazy(rb"%(?![0-9A-Fa-f]{2})")
_SLASH_ESCAPE = lazy(rb"%(?:2f|5c)", re.IGNORECASE)

Headers = Iterable[tuple[bytes, bytes]]


class Request(NamedTuple):
    """What is looked at of a request, as it came: bytes, header names in lower case."""

    method: str
    target: bytes
    query: bytes
    headers: tuple[tuple[bytes, bytes], ...]

    def header(self, name: bytes) -> str:
        """The value of a header; "" for none, and for one that is there twice."""
        found = [value for key, value in self.headers if key == name]
        return found[0].decode("latin-1") if len(found) == 1 else ""

    def times(self, name: bytes) -> int:
        return sum(key == name for key, _ in self.headers)


def hosts(port: int, bound: str = "", allowed: Iterable[str] = ()) -> frozenset[str]:
    """The values that ``Host`` may have, in lower case: this machine's own names with our port, the
    address that was asked for, and those that were allowed, with the port they name or ours."""
    names = [*LOOPBACK]
    if bound and bound not in ("0.0.0.0", "::", *LOOPBACK):
        names.append(f"[{bound}]" if ":" in bound and not bound.startswith("[") else bound)
    found = {f"{name}:{port}" for name in names}
    for name in allowed:
        found |= {name} if re.search(r":\d+$", name) else {name, f"{name}:{port}"}
    if port == 80:  # the default port is left out by browsers
        found |= set(names)
    return frozenset(name.lower() for name in found)


def refusal(request: Request, known: frozenset[str]) -> int:
    """The status that turns a request away before anything else is said; 0 to go on."""
    head = len(request.target) + len(request.query) + sum(len(k) + len(v) + 4 for k, v in request.headers)
    if head > MOST_HEADER:
        return 431
    if request.times(b"host") != 1 or request.header(b"host").lower() not in known:
        return 421
    if request.method not in ("GET", "HEAD"):
        return 405
    return 0


def decoded(target: bytes) -> str | None:
    """The path of a target, percent-decoded once; None when it is no path or not UTF-8.

    An encoded slash stays encoded: no file of a site has one in its name.
    """
    if not target.startswith(b"/") or _WRONG_ESCAPE.search(target):
        return None
    try:
        path = unquote_to_bytes(_SLASH_ESCAPE.sub(lambda found: b"%25" + found[0][1:], target)).decode(
            "utf-8"
        )
    except UnicodeDecodeError:
        return None
    return None if any(ord(char) < 32 or ord(char) == 127 for char in path) else path


def may_listen(request: Request) -> bool:
    """Whether a request for the event stream comes from a page of this server, as far as it says."""
    host = request.header(b"host").lower()
    own = [f"http://{host}"]
    if host.rpartition(":")[0] not in LOOPBACK:  # an allowed host may be a proxy that speaks TLS
        own.append(f"https://{host}")
    if request.times(b"origin") and request.header(b"origin").lower() not in own:
        return False
    return request.header(b"sec-fetch-site") in ("", "same-origin")
