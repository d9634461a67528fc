"""Addresses in the site: root-relative, ``/`` at the end for a page in a folder of its own.

An address is percent-encoded where a character would mean something in it (space, ``%``, ``#``,
``?``); letters of all scripts stand as they are.  ``output_path`` is its file.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote

from vault.naming.slugs import slug
from vault.patterns import lazy
from vault.records import Date
from vault.records.hashes import blake2b

RESERVED: Final = frozenset(
    {
        "404.html",
        "about",
        "archive",
        "assets",
        "authors",
        "data",
        "digest",
        "feed.json",
        "feed.xml",
        "feeds.opml",
        "files",
        "graph",
        "index.html",
        "index.json",
        "keys",
        "llms.txt",
        "page",
        "papers",
        "papers.bib",
        "papers.csv",
        "papers.json",
        "queue",
        "robots.txt",
        "search",
        "sitemap.xml",
        "stats",
        "tags",
    }
)
"""First parts of addresses that the site needs for itself."""

_SIMPLE = lazy(r"/(?:[\w-][\w.-]*(?<!\.)/)*(?:[\w-][\w.-]*(?<!\.))?")
_MEANS_SOMETHING: Final = lazy(
    r"[\s\x00-\x20\x7f-\xa0\"#%<>?\\^`{|}\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)


def note_url(date: Date | None, name: str) -> str:
    """``/2025/01/lora/``; ``/2025/lora/`` for a bare year; ``/notes/lora/`` without a year."""
    name = name or "note"
    if date is None or not date.year:
        return f"/notes/{name}/"
    month = f"{date.month:02}/" if date.month else ""
    return f"/{date.year:04}/{month}{name}/"


def paper_url(work_id: str, title: str) -> str:
    """A work's page by the best of its identities: ``/papers/2106.09685/``,
    ``/papers/hep-th-9901001/``, ``/papers/doi-.../``, else its title and 8 hexadecimal digits."""
    scheme, _, value = work_id.partition(":")
    if scheme == "arxiv" and re.fullmatch(r"[0-9.]+|[a-z-]+/[0-9]{7}", value):
        return f"/papers/{value.replace('/', '-')}/"
    if scheme == "doi" and slug(value):
        return f"/papers/{slug(f'doi {value}')}/"
    name = blake2b(work_id.encode("utf-8", "replace"), digest_size=4).hexdigest()
    return f"/papers/{slug(title, 60) or slug(value, 60) or 'paper'}-{name}/"


def month_url(year: int, month: int) -> str:
    return f"/archive/{year:04}/{month:02}/"


def year_url(year: int) -> str:
    return f"/archive/{year:04}/"


def file_url(path: str) -> str:
    """The address of a file of the site: ``img/a b.png`` is ``/img/a%20b.png``."""
    return "/" + _MEANS_SOMETHING.sub(_encoded, path.lstrip("/"))


def output_path(url: str) -> str:
    """The file behind an address: ``/2025/01/lora/`` is ``2025/01/lora/index.html``.

    Never absolute, never upwards: parts such as ``..`` are dropped.
    """
    if _SIMPLE.fullmatch(url):  # nearly all addresses: the general way takes ten times as long
        return f"{url[1:]}index.html" if url[-1] == "/" else url[1:]
    path = unquote(re.split(r"[?#]", url, maxsplit=1)[0]).replace("\\", "/").replace("\0", "")
    parts = [part for part in path.split("/") if part.strip(" .")]
    if not parts or path.endswith("/") or not path.rpartition("/")[2].strip(" ."):
        parts.append("index.html")
    return "/".join(parts)


def root_of(url: str) -> str:
    """The way from an address to the top: ``../../../`` of ``/2025/01/lora/``, ``./`` of ``/``."""
    path = re.split(r"[?#]", url, maxsplit=1)[0] if "?" in url or "#" in url else url
    return "../" * (path.count("/") - 1) or "./"


def href(root: str, url: str, form: str) -> str:
    """A link to ``url`` from a page whose way to the top is ``root``.

    ``form`` "file" names ``index.html`` in folders, so that the site opens from a disk; query and
    anchor stay.  Addresses that are not root-relative come back unchanged.
    """
    if not url.startswith("/") or url.startswith("//"):
        return url
    end = re.search(r"[?#]|$", url)
    place = end.start() if end else len(url)
    path = url[1:place]
    index = "index.html" if form == "file" and (not path or path.endswith("/")) else ""
    return f"{root}{path}{index}{url[place:]}"


def _encoded(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace"))
