"""``vault search``: full text, ranked, with the piece of text that answers."""

from __future__ import annotations

import sys
from typing import Any

import click

from vault.build import Options, Survey, search
from vault.cli.common import json_option, vault_option
from vault.cli.days import day
from vault.cli.terminal import print_json, say, term, wants_color
from vault.disk import find_vault
from vault.index import BEGIN, END, Hit
from vault.query import parse
from vault.records import VaultError


@click.command("search")
@click.argument("words", nargs=-1, required=True)
@vault_option
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Notes to show.")
@json_option
def command(*, words: tuple[str, ...], folder: str | None, limit: int, as_json: bool) -> None:
    """Find WORDS in titles, tags, authors and texts, the best notes first.

    The language is that of `vault list`; a word that nothing has is looked for as its nearest.
    """
    wanted = parse(" ".join(words))
    if wanted.error:
        hint = f"{wanted.hint}; docs/cli.md has the query language."
        raise VaultError(f"cannot read the query: {wanted.error}", hint=hint)
    options = Options(today=day(None), drafts=True, private=True)
    known, found = search(find_vault(folder), wanted, limit, options)
    for said, meant in found.meant:
        say(f'nothing has "{said}"; looked for "{meant}"', error=True)
    if as_json:
        print_json([document(known, hit) for hit in found.hits])
        return
    for hit in found.hits:
        show(known, hit)
    if not found.hits:
        say("no notes match", error=True)


def document(known: Survey, hit: Hit) -> dict[str, Any]:
    """A hit in the shape of docs/cli.md."""
    return {
        "id": hit.note,
        "title": known.catalog.notes[hit.note].title,
        "url": known.sitemap.url_of(hit.note),
        "score": hit.score,
        "excerpt": hit.excerpt.replace(BEGIN, "").replace(END, ""),
    }


def show(known: Survey, hit: Hit) -> None:
    """Date and title, where it stands, the piece of text with its words in bold."""
    note = known.catalog.notes[hit.note]
    say(f"{note.date.iso if note.date else '':10}  {note.title}", bold=True)
    say(f"{'':10}  {note.path}:{note.line}")
    if hit.excerpt:
        bold = wants_color(sys.stdout)
        parts = [piece.partition(END) for piece in hit.excerpt.split(BEGIN)]
        line = term(parts[0][0])
        for said, end, rest in parts[1:]:
            line += (click.style(term(said), bold=True) if bold and end else term(said)) + term(rest)
        safe = line.encode(sys.stdout.encoding or "ascii", "backslashreplace")
        click.echo(f"{'':10}  {safe.decode(sys.stdout.encoding or 'ascii')}", color=bold)
