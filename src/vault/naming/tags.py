"""Tags: their identity, their spelling, their place in the site."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

from vault.naming.slugs import fold, slug

LEVELS: Final = 10
"""Deeper levels of a tag are joined into its last."""

_JOINERS: Final = "\u200c\u200d"


@lru_cache(maxsize=65536)
def tag_label(label: str) -> str:
    """A tag as its author spells it: no ``#``, single spaces, no empty levels, no control or
    direction characters; ``""`` when nothing of it is a letter or digit."""
    cleaned = unicodedata.normalize("NFC", "".join(map(_shown, label)))
    levels = (" ".join(level.split()).lstrip("# ") for level in cleaned.split("/"))
    kept = [level for level in levels if any(char.isalnum() for char in level)]
    return "/".join([*kept[: LEVELS - 1], "-".join(kept[LEVELS - 1 :])]).rstrip("/")


@lru_cache(maxsize=65536)
def tag_path(label: str) -> str:
    """A tag's identity: its label in NFC, case-folded; levels are split by ``/``."""
    return tag_label(fold(tag_label(label)))


def tag_url(path: str) -> str:
    """``/tags/rl/ppo/``; a level named like a part of a tag's own pages gets ``-tag``."""
    parts = (slug(level) for level in path.split("/"))
    return "/tags/" + "".join(f"{part}-tag/" if part == "page" else f"{part}/" for part in parts if part)


def _shown(char: str) -> str:
    kind = unicodedata.category(char)
    if kind in ("Cc", "Zl", "Zp"):
        return " "
    return "" if kind in ("Cf", "Cs", "Co", "Cn") and char not in _JOINERS else char
