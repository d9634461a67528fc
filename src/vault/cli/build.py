"""``vault build``: the site."""

from __future__ import annotations

import sys
from typing import Any

import click

from vault.build import Options
from vault.cli.building import make
from vault.cli.common import json_option, vault_option
from vault.cli.days import day


@click.command("build")
@vault_option
@click.option("--out", metavar="DIR", help="Where the site goes (default: site/ in the vault).")
@click.option("--clean", is_flag=True, help="Remember nothing: parse and render everything anew.")
@click.option("--strict", is_flag=True, help="Exit 1 when there is any warning or error.")
@click.option("--explain", is_flag=True, help="Say for each file why it was written.")
@click.option("--verify", is_flag=True, help="Compare with a clean build; exit 1 when they differ.")
@click.option("--portable", is_flag=True, help="Links that work from disk, whatever vault.toml says.")
@click.option("--drafts", is_flag=True, help="Publish drafts too.")
@click.option(
    "--jobs", type=click.IntRange(0), default=0, help="Processes for a large build (0: one per core)."
)
@click.option("--today", metavar="DATE", help="The day that ages are counted from (2025-01-29).")
@click.option("--allow-empty", is_flag=True, help="Publish although the notes are gone.")
@click.option("--no-overrides", is_flag=True, help="Use the shipped templates, not the vault's own.")
@json_option
def command(folder: str | None, as_json: bool, **flags: Any) -> None:
    """Build the site from the notes.

    Reads notes/ and writes site/, only the files that differ. Problems in the notes are listed and
    never stop the build; `vault check` explains them.
    """
    flags["today"] = day(flags["today"])
    sys.exit(make(folder, Options(**flags), as_json=as_json))
