"""The policies that answers carry in their header, beside the one that a page has in itself."""

from __future__ import annotations

from vault import render
from vault.records import Templates

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
    """That of a page: its own, and nobody may frame it."""
    return f"{render.policy(templates)}; frame-ancestors 'none'"
