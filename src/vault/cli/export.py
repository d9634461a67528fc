"""``vault export``: the papers of the vault for other programs."""

from __future__ import annotations

import sys

import click

from vault.build import Options, Survey, survey
from vault.cli.common import vault_option
from vault.cli.days import day
from vault.cli.terminal import count, say
from vault.disk import find_vault, write_whole
from vault.exporters import FORMATS, export
from vault.query import matches, parse
from vault.records import VaultError, Work


@click.command("export")
@click.argument("form", metavar="FORMAT", type=click.Choice(FORMATS))
@click.argument("query", nargs=-1)
@vault_option
@click.option("--out", metavar="FILE", help="Write this file instead of printing.")
@click.option("--force", is_flag=True, help="Replace FILE when it exists.")
@click.option("--all", "every", is_flag=True, help="Also papers that notes only mention.")
@click.option("--drafts", is_flag=True, help="Count drafts too.")
def command(
    *,
    form: str,
    query: tuple[str, ...],
    folder: str | None,
    out: str | None,
    force: bool,
    every: bool,
    drafts: bool,
) -> None:
    """Print the papers of the vault as bibtex, biblatex, csl-json, ris, csv or json.

    Papers with a note, or in a library or papers.lock; with QUERY only those with a note that matches.
    Drafts and private notes are left out, as on the site.
    """
    found = survey(find_vault(folder), Options(today=day(None), drafts=drafts))
    works = wanted(found, " ".join(query), every=every)
    text = export(form, found.catalog, works, addresses(found, works))
    if out is None:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
        return
    new = write_whole(out, text, force=force)
    say(f"{'wrote' if new else 'kept'} {out}: {count(len(works), 'paper')}", error=True)


def wanted(found: Survey, query: str, *, every: bool) -> list[Work]:
    """The works that are asked for, in the order of the catalog."""
    catalog = found.catalog
    asked = parse(query)
    if asked.error:
        raise VaultError(f"cannot read the query: {asked.error}", hint="docs/cli.md has the query language.")
    if not query.strip():
        return [work for work in catalog.works.values() if every or work.known]
    ids = {
        catalog.work_of_note.get(note.id, "")
        for note in catalog.notes.values()
        if matches(note, asked, catalog.works.get(catalog.work_of_note.get(note.id, "")))
    }
    return [work for work in catalog.works.values() if work.id in ids]


def addresses(found: Survey, works: list[Work]) -> dict[str, str]:
    """Ids of works and of notes -> their addresses on the site."""
    urls = {work.id: url for work in works if (url := found.sitemap.url_of_work(work.id))}
    return urls | {name: found.sitemap.url_of(name) for work in works for name in work.notes}
