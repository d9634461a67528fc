"""What ``vault.toml`` may say; every field has a default."""

from __future__ import annotations

from vault.records.base import Record


class Settings(Record, frozen=True):
    """``url`` ends with ``/`` or is empty.  ``links`` is "dir" or "file" (default: by ``url``)."""

    title: str = "paper notes"
    author: str = ""
    description: str = ""
    lang: str = "en"
    url: str = ""
    links: str = "file"
    html: str = "safe"
    sources: bool = False
    edit_url: str = ""
    highwire: str = "paper"
    attachments: tuple[str, ...] = ()
    licence: str = ""
    ignore: tuple[str, ...] = ()
    inline_tags: bool = True
    new: str = "{year}/{date}-{slug}.md"
    log_year: int = 0
    queue_publish: bool = True
    default_priority: int = 3
    feed_id: str = ""
    feed_items: int = 50
    math_macros: tuple[tuple[str, str], ...] = ()
    tokens: tuple[tuple[str, str], ...] = ()
    fonts: str = ""
    paper: str = "A4"
    library: tuple[str, ...] = ("library.bib",)
    note_bytes: int = 5_000_000
    note_nesting: int = 100
    drafts: bool = False
    private: bool = False
