"""The keyboard, as a page."""

from __future__ import annotations

from vault.records.base import Record
from vault.records.views.page import Page


class Key(Record, frozen=True):
    """``keys`` are pressed in turn, or together where ``together``; ``where`` says on which pages."""

    keys: tuple[str, ...]
    does: str
    where: str = ""
    together: bool = False


class KeysPage(Page, frozen=True, kw_only=True):
    """``groups`` are (id, label, keys)."""

    groups: tuple[tuple[str, str, tuple[Key, ...]], ...]
