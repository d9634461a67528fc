"""Web addresses: taken apart for reading, unwrapped from redirects, put in one canonical form."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit

from vault.patterns import lazy
from vault.tuples import NamedTuple

LIMIT: Final = 4000
"""Characters; a longer address names no paper."""

CLOSERS: Final = {")": "(", "]": "[", "}": "{"}

_TRACKING: Final = lazy(
    r"utm_\w+|(?:fb|g|d|y|tw|tt|li_)?clid|gclsrc|msclkid|mc_[ce]id|igshid?|_hs(enc|mi)|hsctatracking|mkt_tok|spm"
    r"|vero_id|oly_(enc|anon)_id|wt_mc|ref_(src|url)|s_cid|trk\w*|ved|usg",
    re.IGNORECASE | re.ASCII,
)
_REDIRECTS: Final = {
    "facebook.com": ("u",),
    "google.com": ("q", "url"),
    "linkedin.com": ("url",),
    "safelinks.protection.outlook.com": ("url",),
    "scholar.google.com": ("url",),
    "slack-redir.net": ("url",),
    "vk.com": ("to",),
    "youtube.com": ("q",),
    "zhihu.com": ("target",),
}
_REDIRECT_PATHS: Final = lazy(r"/(url|scholar_url|l\.php|redir(ect)?(/.*)?|link|away\.php)?", re.ASCII)
_GOOGLE: Final = lazy(r"(scholar\.)?google(\.[a-z]{2,3}){1,2}", re.ASCII)


class Address(NamedTuple):
    """``host`` in lower case without ``www.``; ``path`` percent-decoded, no doubled slashes."""

    host: str
    path: str
    query: str


def split(url: str) -> Address | None:
    """The parts of an http(s) address that say what it shows, or None when it is not one."""
    parts = _parts(url)
    if parts is None:
        return None
    path = re.sub(r"/{2,}", "/", unquote(parts.path))
    return Address(_host(parts).removeprefix("www."), path, parts.query)


def values(address: Address, *names: str) -> list[str]:
    """What the query gives for these names, in their order."""
    given = dict(reversed(parse_qsl(address.query)))
    return [given[name] for name in names if name in given]


def unwrap(url: str) -> str:
    """The address behind redirects and archives (``google.com/url?q=``), at most three deep."""
    for _ in range(3):
        inner = _inner(url)
        if not inner:
            break
        url = inner
    return url


def canonical(url: str) -> str:
    """``https``, host in lower case, no tracking parameters, fragment or closing slash; or ``""``.

    Equal results name the same page.  User names and default ports are dropped.
    """
    parts = _parts(unwrap(url.strip()))
    host = _ascii(_host(parts)) if parts else ""
    if parts is None or not host:
        return ""
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    path = quote(parts.path, safe="/%:@!$&'()*+,;=~-._", errors="replace").rstrip("/")
    kept = [pair for pair in parts.query.split("&") if pair and not _TRACKING.fullmatch(pair.split("=")[0])]
    query = quote("&".join(kept), safe="/%:@!$&'()*+,;=~-._?", errors="replace")
    return f"https://{host}{port}{path}" + (f"?{query}" if query else "")


def trim(text: str, ends: str = ".,;:!?'\"*_~") -> str:
    """An address as found in prose, cut at the first unbalanced closing bracket, without final
    punctuation: ``10.1016/S0140(05)6)`` is ``10.1016/S0140(05)6``."""
    opened = dict.fromkeys("([{", 0)
    for place, char in enumerate(text):
        if char in opened:
            opened[char] += 1
        elif char in CLOSERS:
            opened[CLOSERS[char]] -= 1
            if opened[CLOSERS[char]] < 0:
                text = text[:place]
                break
    return text.rstrip(ends)


def _parts(url: str) -> SplitResult | None:
    """The address split, its port checked; None for anything but http and https with a host."""
    if len(url) > LIMIT:
        return None
    try:
        parts = urlsplit(url)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return parts if fine else None


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").lower().rstrip(".")


def _ascii(host: str) -> str:
    """The host as the name system spells it (punycode), or ``""``."""
    if re.fullmatch(r"[a-z0-9._-]+", host):
        return host
    if re.fullmatch(r"[0-9a-f:.]+", host):
        return f"[{host}]"
    try:
        return host.encode("idna").decode("ascii") if len(host) < 254 else ""
    except UnicodeError:
        return ""


def _inner(url: str) -> str:
    address = split(url)
    if address is None:
        return ""
    if address.host.endswith("archive.org"):
        start = max(address.path.find("/http:/"), address.path.find("/https:/"))
        # Doubled slashes were made one, so the scheme gets its second one back.
        return re.sub(r"^(https?:)/+", r"\1//", address.path[start + 1 :]) if start >= 0 else ""
    names = _REDIRECTS.get("google.com" if _GOOGLE.fullmatch(address.host) else _site(address.host))
    if names is None or not _REDIRECT_PATHS.fullmatch(address.path):
        return ""
    return next((value for value in values(address, *names) if value.startswith(("http:", "https:"))), "")


def _site(host: str) -> str:
    """The host that ``_REDIRECTS`` knows: this one, or a domain above it."""
    while host and host not in _REDIRECTS:
        host = host.partition(".")[2]
    return host
