"""The names nearest to one that is none: what a hint asks after."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, names: Iterable[str], alike: float = 0.6) -> str:
    """The name most like a word, as ``difflib`` counts it (1: the same); nothing where none is so much."""
    from difflib import get_close_matches  # noqa: PLC0415 - for mistakes alone, and all commands load this

    return next(iter(get_close_matches(word, list(names), 1, alike)), "")
