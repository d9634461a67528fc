"""One request, one answer, within limits; whatever else happens is a FetchError."""

from __future__ import annotations

import email.utils
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

import vault
from vault.fetch.errors import FetchError
from vault.fetch.limits import Clock, Limits
from vault.fetch.pace import Pace
from vault.fetch.wire import Backend, Deadline, Resolve, Transport, resolve
from vault.tuples import NamedTuple

Origin = tuple[str, str, int]

BUSY = frozenset((408, 425, 429, 500, 502, 503, 504))
MOVED = frozenset((301, 302, 303, 307, 308))
HEADERS = {"Accept-Encoding": "gzip", "Cache-Control": "no-cache"}


class Request(NamedTuple):
    """What to ask: an absolute URL, a body to post (or none), headers for this host alone, and the media
    types an answer may have (``json`` is ``application/json`` and ``application/x+json``)."""

    url: str
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    kind: str = "json"


class Place(NamedTuple):
    """A service's host: seconds between two requests, and whether ``vault.toml`` names it."""

    interval: float
    own: bool = False


class Client:
    """Talks to these hosts and no others, one request at a time.  Close it, or use it in a ``with``."""

    def __init__(
        self,
        places: Mapping[Origin, Place],
        pace: Pace,
        mailto: str = "",
        *,
        limits: Limits | None = None,
        clock: Clock | None = None,
        resolve: Resolve = resolve,
    ) -> None:
        self.places, self.pace = dict(places), pace
        self.limits, self.clock = limits or Limits(), clock or Clock()
        self.deadline = Deadline(self.clock)
        self.reached, self.doubted = False, False
        own = frozenset(origin[1] for origin, place in places.items() if place.own)
        contact = f"; mailto:{mailto}" if mailto else ""
        self.http = httpx.Client(
            transport=Transport(Backend(self.deadline, own, resolve)),
            headers={
                **HEADERS,
                "User-Agent": f"vault-notebook/{vault.__version__} (paper notebook{contact})",
            },
            follow_redirects=False,
            trust_env=False,
        )

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()

    def ask(self, request: Request) -> bytes | None:
        """The body of the answer, decompressed; None where the service does not know what was asked.

        Tried again, later each time, while the service is busy; a host that cannot be reached only where
        another host, or this one, was reached before: else there is no network.  Raises FetchError.
        """
        for attempt in range(1, self.limits.tries + 1):
            try:
                status, headers, body = self.follow(request)
            except FetchError as error:
                cut_off = error.unreached and not self.reached
                if not error.again or attempt == self.limits.tries or cut_off:
                    raise
                self.wait(attempt, "")
                continue
            if status in BUSY:
                if attempt == self.limits.tries:
                    raise FetchError(f"it is busy (HTTP {status})", again=True)
                self.wait(attempt, headers.get("retry-after", ""))
                continue
            return self.meant(status, headers, body, request.kind)
        raise AssertionError("unreachable")

    def wait(self, attempt: int, asked: str) -> None:
        """Wait before the next try: as long as the service asks, else twice as long each time."""
        seconds = max(retry_after(asked, self.clock.now()), self.limits.backoff * 2 ** (attempt - 1))
        if seconds > self.limits.patience:
            raise FetchError(f"it asks to come back in {spoken(seconds)}", again=True)
        self.clock.sleep(seconds)

    def meant(self, status: int, headers: Mapping[str, str], body: bytes, kind: str) -> bytes | None:
        """The body of a final answer."""
        if status in (404, 410):
            return None
        if status in (401, 403):
            raise FetchError(f"it refuses the request (HTTP {status}); is its API key right?", again=True)
        if status != 200:
            raise FetchError(f"it answered with HTTP {status}", split=status in (400, 413, 414, 422))
        media = headers.get("content-type", "").partition(";")[0].strip().lower()
        if not media.endswith((f"/{kind}", f"+{kind}")):
            shown = media if media.isascii() and media.isprintable() else "something else"
            raise FetchError(f"it answered with {shown[:60] or 'no media type'}, not {kind}")
        return body

    def follow(self, request: Request) -> tuple[int, Mapping[str, str], bytes]:
        """Status, headers and body after redirects, which stay among the known hosts."""
        url, headers = request.url, dict(request.headers)
        home = origin(url)
        self.deadline.at = 0.0
        for _ in range(self.limits.redirects + 1):
            status, found, body = self.once(url, request.body, headers)
            if status not in MOVED:
                return status, found, body
            if request.body:
                raise FetchError("it answered a posted question with a redirect")
            url = joined(url, found.get("location", ""))
            if origin(url) != home:
                headers = {}
        raise FetchError("it redirects without end")

    def once(self, url: str, body: bytes, headers: dict[str, str]) -> tuple[int, Mapping[str, str], bytes]:
        at = origin(url)
        place = self.places.get(at) if at else None
        if at is None or place is None:
            raise FetchError(f"it redirects to another place ({shown_host(url)})")
        self.pace.turn(at[1], place.interval)
        self.deadline.at = self.deadline.at or self.clock.ticks() + self.limits.total
        method = "POST" if body else "GET"
        try:
            timeout = httpx.Timeout(self.limits.total, connect=self.connecting())
            with self.http.stream(
                method, url, content=body or None, headers=headers, timeout=timeout
            ) as response:
                self.reached = True
                self.http.cookies.clear()
                moved = response.status_code in MOVED
                data = b"" if moved else b"".join(self.parts(response))
                return response.status_code, response.headers, data
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            self.doubted = True
            raise FetchError("it cannot be reached", again=True, unreached=True) from error
        except httpx.TimeoutException as error:
            raise FetchError("it does not answer in time", again=True) from error
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            raise FetchError(f"the connection broke off ({type(error).__name__})", again=True) from error
        finally:
            self.pace.done(at[1])

    def connecting(self) -> float:
        """Seconds that a connection may take to come about: few where there seems to be no network."""
        return self.limits.doubt if self.doubted and not self.reached else self.limits.connect

    def parts(self, response: httpx.Response) -> Iterator[bytes]:
        """The body as it comes, decompressed, up to the limit."""
        total = 0
        for part in unpacked(response.iter_raw(65_536), response.headers.get("content-encoding", "")):
            total += len(part)
            if total > self.limits.size:
                raise FetchError(f"its answer is larger than {self.limits.size:,} bytes", split=True)
            yield part


def unpacked(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """Chunks of a body without its compression, never much larger than 64 kB each.  Raises FetchError."""
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        yield from chunks
        return
    if encoding != "gzip":
        raise FetchError("it answered in an encoding that was not asked for")
    inflate: Any = zlib.decompressobj(31)
    try:
        for chunk in chunks:
            rest = chunk
            while rest:
                yield inflate.decompress(rest, 65_536)
                rest = inflate.unconsumed_tail
    except zlib.error as error:
        raise FetchError("its compressed answer is damaged") from error
    if not inflate.eof:
        raise FetchError("its compressed answer ends too early", again=True)


def origin(url: str) -> Origin | None:
    """Scheme, host and port; None for an address that is none, or holds a user's name."""
    try:
        parts = urlsplit(url)
        port = parts.port or {"https": 443, "http": 80}.get(parts.scheme, 0)
    except ValueError:
        return None
    if not parts.hostname or not port or parts.username is not None:
        return None
    return parts.scheme, parts.hostname.lower(), port


def joined(url: str, location: str) -> str:
    """Where a redirect leads; nothing for what is no address."""
    try:
        return urljoin(url, location)
    except ValueError:
        return ""


def shown_host(url: str) -> str:
    at = origin(url)
    text = f"{at[0]}://{at[1]}" if at else url.partition(":")[0]
    return "".join(char if char.isprintable() else "?" for char in text[:80])


def retry_after(text: str, now: float) -> float:
    """Seconds of a ``Retry-After`` header, given in seconds or as a date; 0 for none."""
    text = text.strip()
    if text.isascii() and text.isdecimal():
        return float(int(text[:9]))
    try:
        return max(0.0, email.utils.parsedate_to_datetime(text).timestamp() - now)
    except (TypeError, ValueError, OverflowError, IndexError):
        return 0.0


def spoken(seconds: float) -> str:
    """``90 seconds``, ``12 minutes``, ``3 hours``."""
    for size, word in ((7200, "hours"), (120, "minutes")):
        if seconds >= size:
            return f"{seconds / (size / 2):.0f} {word}"
    return f"{seconds:.0f} seconds"
