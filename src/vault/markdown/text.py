"""Text made safe for HTML."""

from __future__ import annotations


def escape(text: str) -> str:
    """Text for between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(text: str) -> str:
    """Text for inside double quotes."""
    return escape(text).replace('"', "&quot;")


class Raw(str):
    """HTML as an author wrote it; it leaves the room only through the sanitiser."""

    __slots__ = ()


def names(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())
