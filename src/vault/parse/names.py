"""What a note is called: its id, its title, its file's name made readable."""

from __future__ import annotations

import html
import re
import unicodedata

from vault import markdown, naming
from vault.patterns import lazy
from vault.records import Date

_MARKUP = lazy(r"[*_`$\\<>&\[\]~=^:#@{}]|https?:")
_ESCAPE = lazy(r"\s+")


def note_id(path: str) -> str:
    """The path without its ending, in NFC."""
    return unicodedata.normalize("NFC", re.sub(r"\.(?:md|markdown)$", "", path, flags=re.IGNORECASE))


def part_id(log: str, date: Date | None, title: str) -> str:
    """``path#date-slug`` of an entry or item; the catalog makes it unique."""
    slug = naming.slug(naming.nickname(title) or title) or "note"
    return f"{log}#{date.iso}-{slug}" if date else f"{log}#{slug}"


def titled(source: str) -> tuple[str, str]:
    """A title as (safe HTML, plain text)."""
    source = " ".join(source.split())
    if not _MARKUP.search(source):
        return html.escape(source, quote=False), source
    rendered, text = markdown.inline(source)
    text = " ".join(text.split())
    return (rendered, text) if text else ("", "")


def file_title(path: str) -> str:
    """``2025-01-29-segment_anything.md`` as ``segment anything``; a date alone stays.

    ``lora/README.md`` is called by its folder; a name of words with spaces keeps its hyphens.
    """
    stem = naming.stem(note_id(path))
    bare = naming.strip_date(stem) or stem
    if re.fullmatch(r"[\d._-]+(?:v\d+)?", bare):
        return bare
    gaps = r"_+" if bare.count(" ") > bare.count("-") else r"[-_]+"
    return " ".join(re.sub(gaps, " ", bare).split()).strip("- ") or stem or "untitled"
