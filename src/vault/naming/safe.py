"""The one gate for addresses that notes, headers and libraries give: what may become a link."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Final
from urllib.parse import quote, unquote

from vault.patterns import lazy

ALLOWED: Final = ("http", "https", "mailto")
LIMIT: Final = 20_000

_PLAIN: Final = lazy(
    r"(?:https?://[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}/|(?!//))[A-Za-z0-9._~/#-]{0,500}"
)
"""Most addresses: nothing can be hidden in them, and nothing is to be encoded."""
_SCHEME: Final = lazy(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_RUNS: Final = lazy(
    r"(?:java|vb|live|j|ecma|mocha)script|data|file|blob|about|filesystem|view-source|jar|mhtml|chrome|res"
    r"|intent|shell|ms-[a-z-]+"
)
_INVISIBLE: Final = lazy(
    r"[\x00-\x20\x7f-\xa0\xad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]+"
)
_CONTROLS: Final = lazy(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_HOST: Final = lazy(r"[A-Za-z0-9._~:@\[\]-]+")
_SAFE: Final = "!#$%&'()*+,-./:;=?@[]_~"
_STRAY: Final = lazy(r"%(?![0-9A-Fa-f]{2})")


def safe_url(url: str) -> str:
    """An address that a link may have, or ``""``.

    Allowed are http, https, mailto and relative addresses; ``//host/x`` becomes ``https://host/x``.
    What a browser would skip or decode before it looks at the scheme (entities, control characters,
    white space, backslashes) is seen through first.  Space and non-ASCII characters are percent-encoded.
    """
    if _PLAIN.fullmatch(url):
        return url
    if len(url) > LIMIT or _hides(url):
        return ""
    url = _CONTROLS.sub("", url).strip()
    decoded = html.unescape(url).lstrip()
    found = _SCHEME.match(decoded)
    if found and found[1].lower() not in ALLOWED:
        return ""
    if found and not _SCHEME.match(url):
        url = decoded
    return _absolute(found[1].lower(), url[found.end() :]) if found else _relative(url)


def _hides(url: str) -> bool:
    """Does some way of decoding the address show a scheme that runs or reads something?"""
    views = [url]
    for _ in range(3):
        views.append(html.unescape(views[-1]))
    views += [unquote(view) for view in views] + [unicodedata.normalize("NFKC", view[:200]) for view in views]
    found = (_SCHEME.match(_INVISIBLE.sub("", view)) for view in views)
    return any(match and _RUNS.fullmatch(match[1].lower()) for match in found)


def _absolute(scheme: str, rest: str) -> str:
    if scheme == "mailto":
        return f"mailto:{_encode(rest)}" if rest.strip() else ""
    rest = _slashes(rest).lstrip("/")
    host = re.split(r"[/?#]", rest, maxsplit=1)[0]
    if not host.strip(" .:@"):
        return ""
    return f"{scheme}://{_host(host)}{_encode(rest[len(host) :])}"


def _relative(url: str) -> str:
    url = _slashes(url)
    if url.startswith("//"):
        return _absolute("https", url)
    first = re.split(r"[/?#]", url, maxsplit=1)[0]
    # A colon in the first part would be read as the end of a scheme.
    return ("./" if ":" in first else "") + _encode(url)


def _slashes(url: str) -> str:
    """Backslashes of the path as slashes, the way browsers read them."""
    end = re.search(r"[?#]|$", url)
    place = end.start() if end else len(url)
    return url[:place].replace("\\", "/") + url[place:]


def _host(host: str) -> str:
    """Letters of other scripts in punycode, as the name system spells them."""
    if host.isascii():
        return _encode(host)
    try:
        name = host.encode("idna").decode("ascii")
    except UnicodeError:
        name = ""
    return name if _HOST.fullmatch(name) else _encode(host)


def _encode(text: str) -> str:
    return quote(_STRAY.sub("%25", text.strip()), safe=_SAFE, errors="replace")
