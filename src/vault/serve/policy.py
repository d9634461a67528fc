"""The Content-Security-Policy under which the pages of these templates work."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator

from vault.records import Templates

_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_LOADED = re.compile(
    r"<(?:script|link|img|iframe|video|audio|source)\b[^>]*?\b(?:src|href)\s*=\s*[\"']?(https?://[\w.:-]+)"
)
_IN_CSS = re.compile(rb"https?://[\w.:-]+")

FILE = (
    "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
)
SVG = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"
FRAMED = "frame-ancestors 'none'"
FAILURE = (
    "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; connect-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def policy(templates: Templates) -> str:
    """Scripts of the site and those that stand in its templates; what overrides load from elsewhere.

    An inline script that a template computes has no hash known beforehand: then all may run.
    """
    texts = [*templates.theme.values(), *templates.overrides.values()]
    inline = [code for text in texts for code in _inline(text)]
    computed = any("{{" in code or "{%" in code for code in inline)
    hashes = ["'unsafe-inline'"] if computed else sorted({_hash(code) for code in inline})
    others = sorted(set(_origins(templates)))
    rules = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *hashes, *others],
        "style-src": ["'self'", "'unsafe-inline'", *others],
        "img-src": ["'self'", "data:", *others],
        "font-src": ["'self'", "data:", *others],
        "media-src": ["'self'", *others],
        "connect-src": ["'self'", *others],
        "frame-src": others or ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in rules.items())


def _inline(text: str) -> Iterator[str]:
    """The code of scripts that a browser runs and that stand in the page itself."""
    for attributes, code in _SCRIPT.findall(text):
        if not re.search(r"\bsrc\s*=|application/(?:ld\+)?json", attributes):
            yield code


def _hash(code: str) -> str:
    digest = hashlib.sha256(code.encode("utf-8", "surrogateescape")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _origins(templates: Templates) -> Iterator[str]:
    """Hosts that the vault's own templates and stylesheets load from."""
    for text in templates.overrides.values():
        yield from _LOADED.findall(text)
    for name, data in templates.user_assets.items():
        if name.endswith(".css"):
            yield from (origin.decode("ascii") for origin in _IN_CSS.findall(data))
