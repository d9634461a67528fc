"""The Content-Security-Policy under which the pages of these templates work."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator

from vault.patterns import lazy
from vault.records import Templates

_SCRIPT = lazy(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_HANDLER = lazy(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE)
_LOADED = lazy(
    r"<(?:script|link|img|iframe|video|audio|source)\b[^>]*?\b(?:src|href)\s*=\s*[\"']?(https?://[\w.:-]+)"
)
_IN_CSS = lazy(rb"https?://[\w.:-]+")


def policy(templates: Templates) -> str:
    """Scripts of the site and those that stand in its templates; what overrides load from elsewhere.

    An inline script that a template computes has no hash known beforehand, and neither have the
    handlers in attributes: then all may run.  ``default-src`` lets pages be fetched ahead.
    """
    texts = [*templates.theme.values(), *templates.overrides.values()]
    inline = [code for text in texts for code in _inline(text)]
    unknown = any("{{" in code or "{%" in code for code in inline) or any(map(_HANDLER.search, texts))
    hashes = ["'unsafe-inline'"] if unknown else sorted({_hash(code) for code in inline})
    others = sorted(set(_origins(templates)))
    rules = {
        "default-src": ["'self'"],
        "script-src": ["'self'", *hashes, *others],
        "style-src": ["'self'", "'unsafe-inline'", *others],
        "img-src": ["'self'", "data:", *others],
        "font-src": ["'self'", "data:", *others],
        "media-src": ["'self'", *others],
        "connect-src": ["'self'", *others],
        "frame-src": others or ["'none'"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in rules.items())


def _inline(text: str) -> Iterator[str]:
    """The code of scripts that a browser runs and that stand in the page itself."""
    for attributes, code in _SCRIPT.findall(text):
        if not re.search(r"\bsrc\s*=|application/(?:ld\+)?json", attributes):
            yield code


def _hash(code: str) -> str:
    import hashlib  # noqa: PLC0415 - it opens OpenSSL, which few builds need

    digest = hashlib.sha256(code.encode("utf-8", "surrogateescape")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _origins(templates: Templates) -> Iterator[str]:
    """Hosts that the vault's own templates and stylesheets load from."""
    for text in templates.overrides.values():
        yield from _LOADED.findall(text)
    for name, data in templates.user_assets.items():
        if name.endswith(".css"):
            yield from (origin.decode("ascii") for origin in _IN_CSS.findall(data))
