"""Tags as they can be compared, however they are spelt; words are those of ``vault.words``."""

from __future__ import annotations

import unicodedata

from vault.words import words_of

__all__ = ["fold_tag", "words_of"]


def fold_tag(tag: str) -> str:
    """A tag's identity for comparing: NFC, casefolded, hyphens for spaces."""
    levels = unicodedata.normalize("NFC", tag.lstrip("#")).casefold().split("/")
    return "/".join(filter(None, ("-".join(level.split()) for level in levels)))
