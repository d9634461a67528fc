"""What ``vault.toml`` may say; every field has a default."""

from __future__ import annotations

from vault.records.base import Record


class Settings(Record, frozen=True):
    """``url`` ends with ``/`` or is empty.  ``links`` is "dir" or "file" (default: by ``url``).

    ``serve_port`` 0 and ``serve_editor`` "" are what ``vault serve`` chooses by itself.
    The services' addresses end with ``/``, or are empty for their own.
    """

    title: str = "paper notes"
    author: str = ""
    description: str = ""
    lang: str = "en"
    url: str = ""
    links: str = "file"
    html: str = "safe"
    edit_url: str = ""
    highwire: str = "paper"
    images: bool = True
    sources: bool = False
    attachments: tuple[str, ...] = ()
    licence: str = ""
    ignore: tuple[str, ...] = ()
    inline_tags: bool = True
    log_year: int = 0
    queue_publish: bool = True
    default_priority: int = 3
    feed_id: str = ""
    feed_items: int = 50
    tokens: tuple[tuple[str, str], ...] = ()
    paper: str = "A4"
    library: tuple[str, ...] = ("library.bib",)
    drafts: bool = False
    private: bool = False
    serve_port: int = 0
    serve_editor: str = ""
    cite_style: str = "numeric"
    new_note: str = "{year}/{date}-{slug}.md"
    fetch_mailto: str = ""
    fetch_arxiv: str = ""
    fetch_crossref: str = ""
    fetch_openalex: str = ""
    fetch_semantic_scholar: str = ""
    author_notes: int = 2
    author_feeds: bool = False
