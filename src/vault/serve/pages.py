"""Pages as they are answered, kept while there is room: bytes, entity tag, what tells two versions apart."""

from __future__ import annotations

from urllib.parse import unquote

from vault.patterns import lazy
from vault.records import digest_of, encode
from vault.serve.media import HTML, media_type
from vault.serve.snapshot import Made, Snapshot
from vault.serve.trouble import Trouble
from vault.tuples import NamedTuple

MOST_PAGES, MOST_BYTES = 1_000, 48_000_000
LIVE = "/__vault/live.js"
_FILE = lazy(rb"""["'/](files/[^"'<>?#\s]+)""")

Marks = tuple[tuple[str, int], ...]


class Page(NamedTuple):
    """A file of the site.  ``data`` is what is sent; ``shown`` are the attachments in it; ``digest`` names
    both, without the names of stylesheets; ``generation`` is that of the state it was last known to be
    right in; ``troubles`` say why it is not newer than it is."""

    made: Made
    shown: Marks
    data: bytes
    digest: str
    etag: str
    media: str
    policy: str
    generation: int
    troubles: tuple[Trouble, ...] = ()


class Pages:
    """The last version of each page that was asked for.  Written by one thread, read by any."""

    def __init__(self) -> None:
        self._pages: dict[str, Page] = {}
        self._bytes = 0

    def get(self, path: str) -> Page | None:
        return self._pages.get(path)

    def put(self, path: str, page: Page) -> None:
        before = self._pages.pop(path, None)
        self._pages[path] = page
        self._bytes += len(page.data) - (len(before.data) if before else 0)
        while len(self._pages) > MOST_PAGES or (self._bytes > MOST_BYTES and len(self._pages) > 1):
            oldest = next(iter(self._pages))
            self._bytes -= len(self._pages.pop(oldest).data)


def page(made: Made, path: str, snapshot: Snapshot, token: str, generation: int) -> Page:
    """The file as it goes out: with the live script, if it is a page and there is a token."""
    media, shown = media_type(path), attachments(made.data, snapshot)
    digest = content(made.data, snapshot.styles, shown)
    live = media == HTML and token
    data = with_script(made.data, token, digest) if live else made.data
    policy = snapshot.policy if media == HTML else ""
    return Page(made, shown, data, digest, f'"{digest_of(data)}"', media, policy, generation)


def attachments(data: bytes, snapshot: Snapshot) -> Marks:
    """The attachments that a page shows or links, and when they changed."""
    paths = {unquote(found.decode("utf-8", "replace")) for found in _FILE.findall(data)}
    return tuple((path, snapshot.marks[path]) for path in sorted(paths) if path in snapshot.marks)


def content(data: bytes, styles: tuple[str, ...], shown: Marks) -> str:
    """The digest of a page whatever its stylesheets are called."""
    for style in styles:
        data = data.replace(style.encode("utf-8"), b"\0")
    return digest_of(data + encode(shown))


def with_script(data: bytes, token: str, digest: str) -> bytes:
    """The page with the tag that keeps it up to date, before the end of its body."""
    tag = f'<script src="{LIVE}" data-token="{token}" data-seen="{digest}" defer></script>\n'.encode()
    at = data.rfind(b"</body>")
    return data[:at] + tag + data[at:] if at >= 0 else data + tag
