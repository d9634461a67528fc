"""``vault list``: notes or papers that match a query."""

from __future__ import annotations

from typing import Any

import click

from vault import people
from vault.build import Options, Survey, survey
from vault.cli.common import json_option, vault_option
from vault.cli.days import day
from vault.cli.terminal import print_json, say
from vault.dates import sort_key
from vault.disk import find_vault
from vault.query import matches, parse
from vault.records import Note, VaultError, Work

FORMAT = "{date:10}  {status:8}  {title}"


@click.command("list")
@click.argument("query", nargs=-1)
@vault_option
@click.option("--papers", is_flag=True, help="List works instead of notes.")
@click.option("--sort", type=click.Choice(["date", "title", "rating"]), default="date", show_default=True)
@click.option("--format", "layout", default=FORMAT, help="A line for each, such as '{date} {title}'.")
@json_option
def command(
    *, query: tuple[str, ...], folder: str | None, papers: bool, sort: str, layout: str, as_json: bool
) -> None:
    """List notes that match QUERY, newest first.

    Words, "phrases", trans*, -excluded, OR, and fields: tag:rl status:to-read year:2024..2025
    author:hu rating:>=4.
    """
    found = survey(find_vault(folder), Options(today=day(None), drafts=True, private=True))
    wanted = parse(" ".join(query))
    if wanted.error:
        raise VaultError(f"cannot read the query: {wanted.error}", hint="docs/cli.md has the query language.")
    notes = [note for note in found.catalog.notes.values() if matches(note, wanted)]
    if papers:
        ids = dict.fromkeys(found.catalog.work_of_note.get(note.id, "") for note in arranged(notes, sort))
        if not query:
            ids |= dict.fromkeys(found.catalog.works)
        rows = [work_document(found, found.catalog.works[i]) for i in ids if i]
    else:
        rows = [note_document(found, note) for note in arranged(notes, sort)]
    if as_json:
        print_json(rows)
    else:
        for row in rows:
            say(line(row, layout))


def arranged(notes: list[Note], sort: str) -> list[Note]:
    """Newest, alphabetical, or best first; ties by id."""
    if sort == "title":
        return sorted(notes, key=lambda note: (note.title.casefold(), note.id))
    if sort == "rating":
        return sorted(notes, key=lambda note: (-note.rating, note.id))
    return sorted(sorted(notes, key=lambda note: note.id), key=lambda note: sort_key(note.date), reverse=True)


def line(row: dict[str, Any], layout: str) -> str:
    if layout == FORMAT and "notes" in row:
        layout = "{year:4}  {id:24}  {title}"
    try:
        return layout.format_map({key: shown(value) for key, value in row.items()})
    except (KeyError, ValueError, IndexError, AttributeError, TypeError) as error:
        known = ", ".join(row)
        raise VaultError(f"--format cannot be used: {error}", hint=f"Its fields are {known}.") from error


def shown(value: Any) -> str:
    if isinstance(value, dict):
        return next((str(part) for part in value.values() if part), "")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None or value == 0 else str(value)


def note_document(found: Survey, note: Note) -> dict[str, Any]:
    """A note in the shape of docs/cli.md."""
    date = note.date
    links = found.graph.resolved.get(note.id, {})
    targets = dict.fromkeys(r.target for r in links.values() if r.kind == "note" and r.target != note.id)
    return {
        "id": note.id,
        "path": note.path,
        "line": note.line,
        "title": note.title,
        "date": date.iso if date else "",
        "date_precision": date.precision if date else "none",
        "status": note.status,
        "priority": note.priority or None,
        "rating": note.rating or None,
        "tags": list(note.tags),
        "paper": paper_document(found, note),
        "url": found.sitemap.url_of(note.id),
        "links": list(targets),
        "backlinks": list(dict.fromkeys(b.note for b in found.graph.backlinks.get(note.id, ()))),
        "words": note.words,
        "draft": note.draft,
        "private": note.private,
        "extra": dict(note.extra),
    }


def paper_document(found: Survey, note: Note) -> dict[str, Any] | None:
    work = found.catalog.works.get(found.catalog.work_of_note.get(note.id, ""))
    if work is None:
        return None
    version = next((p.version for p in note.papers if p.version), None)
    url = next((p.value for p in work.ids if p.scheme == "url"), "")
    return {"arxiv": work.arxiv, "version": version, "doi": work.doi, "url": url, "title": work.title}


def work_document(found: Survey, work: Work) -> dict[str, Any]:
    """A work in the shape of docs/cli.md; ``status`` is that of its newest note."""
    notes = [found.catalog.notes[i] for i in work.notes if i in found.catalog.notes]
    return {
        "id": work.id,
        "arxiv": work.arxiv,
        "doi": work.doi,
        "url": next((p.value for p in work.ids if p.scheme == "url"), ""),
        "title": work.title,
        "authors": [people.plain(name) for name in work.authors],
        "year": work.year or None,
        "venue": work.venue,
        "notes": list(work.notes),
        "mentions": len(found.graph.work_backlinks.get(work.id, ())),
        "status": notes[-1].status if notes else "",
        "versions": list(work.versions),
    }
