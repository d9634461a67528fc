"""``vault cite``: one paper, ready to paste."""

from __future__ import annotations

import sys
from typing import Any

import click

from vault import papers, references
from vault.build import Options, survey
from vault.cli.common import json_option, vault_option
from vault.cli.days import day
from vault.cli.names import one_work
from vault.cli.terminal import print_json, term
from vault.disk import find_vault
from vault.exporters import export
from vault.patterns import lazy
from vault.records import Catalog, Work

FORMATS = ("bibtex", "biblatex", "csl-json", "ris", "markdown", "text")
_SIGNS = lazy(r"([\\`*_\[\]<>])")


@click.command("cite")
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@vault_option
@click.option("--format", "form", type=click.Choice(FORMATS), default="bibtex", show_default=True)
@click.option(
    "--style",
    type=click.Choice(sorted(references.STYLES)),
    help="Of markdown and text (default: cite.style)",
)
@click.option("--copy", is_flag=True, help="Put it on the clipboard too.")
@json_option
def command(
    *, names: tuple[str, ...], folder: str | None, form: str, style: str | None, copy: bool, as_json: bool
) -> None:
    """Print the reference of each NAME: a citation key, a paper's id, its title or nickname.

    Drafts and private notes are known too.
    """
    found = survey(find_vault(folder), Options(today=day(None), drafts=True, private=True))
    style = style or found.sitemap.scope.settings.cite_style
    works = [one_work(found.catalog, name) for name in names]
    rows = [document(found.catalog, work, form, style) for work in works]
    texts = [row["text"].rstrip("\n") for row in rows]
    if copy:
        from vault.cli import clipboard  # noqa: PLC0415 - runs another program, and is hardly ever wanted

        clipboard.copy("\n".join(texts))
    if as_json:
        print_json(rows)
    else:
        sys.stdout.buffer.write("".join(f"{shown(text)}\n" for text in texts).encode())


def shown(text: str) -> str:
    """The text without what could steer a terminal, line by line."""
    return "\n".join(map(term, text.split("\n"))) if sys.stdout.isatty() else text


def document(catalog: Catalog, work: Work, form: str, style: str) -> dict[str, Any]:
    """What ``--json`` prints of a work."""
    return {"id": work.id, "key": work.key, "format": form, "text": written(catalog, work, form, style)}


def written(catalog: Catalog, work: Work, form: str, style: str) -> str:
    """The reference of a work in one of FORMATS."""
    url = next(filter(None, map(papers.abs_url, work.ids)), work.library.url if work.library else "")
    if form == "text":
        return references.line(work, style, url)
    if form == "markdown":
        before, title, after = (_SIGNS.sub(r"\\\1", text) for text in references.pieces(work, style))
        linked = f"[{title}]({url.replace(')', '%29').replace(' ', '%20')})" if url else title
        return f"{before} {linked}{after}".strip()
    return export(form, catalog, [work], {})
