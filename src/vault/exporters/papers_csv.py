"""The catalog as ``papers.csv``: one line a work, in the order of the catalog (RFC 4180)."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Final

from vault import papers, people
from vault.patterns import lazy
from vault.records import Catalog, Work

COLUMNS: Final = (
    *("id", "key", "title", "authors", "year", "venue", "kind", "arxiv", "doi", "url"),
    *("notes", "status", "rating", "noted", "tags", "page"),
)
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet would run when a cell begins with it."""
_CONTROL: Final = lazy(r"[\x00-\x1f\x7f]")


def papers_csv(catalog: Catalog, urls: Mapping[str, str]) -> str:
    """A header and a line for each work; several authors, tags and notes are split by ``; ``.

    ``url`` is the paper's own page, ``page`` its address on the site (``urls`` as in ``papers_json``).
    Rating and ``noted`` (a day) are those of the newest listed note, the status that of the newest that
    has one.  A cell that a spreadsheet would take for a formula begins with ``'``.  Lines end in CRLF.
    """
    import csv  # noqa: PLC0415 - most builds leave this file alone

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for work in catalog.works.values():
        writer.writerow([guarded(cell) for cell in _cells(work, catalog, urls)])
    return text.getvalue()


def guarded(cell: str) -> str:
    """The cell as text, whatever it begins with; controls become spaces."""
    plain = cell if cell.isprintable() else _CONTROL.sub(" ", cell)
    return f"'{plain}" if cell.lstrip(" ").startswith(FORMULA) else plain


def _cells(work: Work, catalog: Catalog, urls: Mapping[str, str]) -> tuple[str, ...]:
    notes = [catalog.notes[name] for name in work.notes if not catalog.notes[name].unlisted]
    newest = notes[-1] if notes else None
    tags = dict.fromkeys(tag for note in notes for tag in note.tags)
    return (
        work.id,
        work.key,
        work.title,
        "; ".join(map(people.plain, work.authors)),
        str(work.year or ""),
        work.venue,
        work.kind,
        work.arxiv,
        work.doi,
        next(filter(None, map(papers.abs_url, work.ids)), work.library.url if work.library else ""),
        "; ".join(note.id for note in notes),
        next((note.status for note in reversed(notes) if note.status), ""),
        f"{newest.rating:g}" if newest and newest.rating else "",
        newest.date.iso if newest and newest.date and newest.date.year else "",
        "; ".join(tags),
        urls.get(work.id, ""),
    )
