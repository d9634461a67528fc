"""The catalog as ``papers.json``: one object a work, in the order of the catalog."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vault import people
from vault.records import Catalog, Note, Work, json_of


def papers_json(catalog: Catalog, urls: Mapping[str, str]) -> bytes:
    """An array of works: ``id``, ``key``, ``title``, ``authors``, ``year``, ``venue``, ``arxiv``,
    ``doi``, ``url``, ``status``, ``versions`` and ``notes``.

    ``urls`` maps the ids of works and of notes to addresses of the site; what it does not know has
    no ``url``.  ``year`` is null where unknown.  UTF-8 text as it is, ending in a line feed; equal
    catalogs give equal text.
    """
    return json_of(_work(work, catalog, urls) for work in catalog.works.values())


def _work(work: Work, catalog: Catalog, urls: Mapping[str, str]) -> dict[str, Any]:
    notes = [catalog.notes[name] for name in work.notes if not catalog.notes[name].unlisted]
    return {
        "id": work.id,
        "key": work.key,
        "title": work.title,
        "authors": [people.plain(name) for name in work.authors],
        "year": work.year or None,
        "venue": work.venue,
        "arxiv": work.arxiv,
        "doi": work.doi,
        "ids": [paper.key for paper in work.ids],
        "url": urls.get(work.id, ""),
        "status": next((note.status for note in reversed(notes) if note.status), ""),
        "versions": list(work.versions),
        "notes": [_note(note, urls) for note in notes],
    }


def _note(note: Note, urls: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": note.id,
        "title": note.title,
        "date": note.date.iso if note.date else "",
        "status": note.status,
        "rating": note.rating or None,
        "tags": list(note.tags),
        "url": urls.get(note.id, ""),
    }
