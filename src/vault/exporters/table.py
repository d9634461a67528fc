"""The catalog as ``papers.csv``: a line a work."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from vault import papers
from vault.records import Catalog, Note, Work

COLUMNS = (
    "key", "title", "authors", "year", "venue", "kind", "arxiv", "doi", "url", "status", "rating", "tags",
    "noted", "notes", "page", "id",
)  # fmt: skip


def papers_csv(catalog: Catalog, urls: Mapping[str, str]) -> str:
    """RFC 4180 with a header and line feeds, UTF-8 text; lists are joined by ``; ``.

    ``url`` is the paper's own page, ``page`` its address on the site (``urls`` as in ``papers_json``),
    ``noted`` the day of the newest note; status and rating are that note's.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for work in catalog.works.values():
        writer.writerow(_row(work, list(_notes(work, catalog)), urls))
    return out.getvalue()


def _notes(work: Work, catalog: Catalog) -> Iterator[Note]:
    return (note for name in work.notes if not (note := catalog.notes[name]).unlisted)


def _row(work: Work, notes: list[Note], urls: Mapping[str, str]) -> list[str]:
    newest = notes[-1] if notes else None
    tags = dict.fromkeys(tag for note in notes for tag in note.tags)
    return [
        work.key,
        work.title,
        "; ".join(work.authors),
        str(work.year or ""),
        work.venue,
        work.kind,
        work.arxiv,
        work.doi,
        next(filter(None, map(papers.abs_url, work.ids)), work.library.url if work.library else ""),
        next((note.status for note in reversed(notes) if note.status), ""),
        f"{newest.rating:g}" if newest and newest.rating else "",
        "; ".join(tags),
        newest.date.iso if newest and newest.date else "",
        "; ".join(note.id for note in notes),
        urls.get(work.id, ""),
        work.id,
    ]
