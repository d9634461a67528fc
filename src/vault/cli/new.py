"""``vault new``: a dated note, open in the editor."""

from __future__ import annotations

import os
import shlex
import subprocess

import click

from vault import disk, edit, settings
from vault.cli.add import path_of
from vault.cli.common import vault_option
from vault.cli.days import day
from vault.cli.terminal import say
from vault.disk import find_vault
from vault.naming import nickname
from vault.records import Vault, VaultError

TEMPLATE = "templates/note.md"
"""A vault's own beginning of a note; ``{title}``, ``{date}`` and ``{year}`` are filled in."""


@click.command("new")
@click.argument("title", nargs=-1, required=True)
@vault_option
@click.option("--tag", "tags", multiple=True, help="A tag; may be repeated.")
@click.option("--no-edit", is_flag=True, help="Do not open the editor.")
@click.option("--dry-run", is_flag=True, help="Show the note; write nothing.")
def command(
    *, title: tuple[str, ...], folder: str | None, tags: tuple[str, ...], no_edit: bool, dry_run: bool
) -> None:
    """Begin a note called TITLE, dated today, and open it in $VISUAL or $EDITOR.

    Prints its path. The vault's own templates/note.md is used where there is one.
    """
    vault = find_vault(folder)
    words, today = " ".join(" ".join(title).split()), day(None)
    if not words:
        raise VaultError("a note needs a title", hint='Write it after the command: vault new "On attention".')
    found, _ = settings.read(disk.config_text(vault))
    text = text_of(vault, words, today.iso, tags)
    path = path_of(found.new_note, today, nickname(words) or words)
    if dry_run:
        say(f"would make notes/{disk.free_name(vault, path)}")
        for line in text.rstrip("\n").split("\n"):
            say(f"+ {line}")
        return
    path = disk.create(vault, path, text)
    file = os.path.join(vault.notes, path)
    say(file)
    if not no_edit:
        open_editor(file)


def text_of(vault: Vault, title: str, today: str, tags: tuple[str, ...]) -> str:
    template = disk.text_of(os.path.join(vault.root, TEMPLATE))
    if not template:
        return edit.note(edit.Draft(title, date=today, tags=tags))
    shown = edit.json_text(edit.as_markdown(title))
    return template.replace("{title}", shown).replace("{date}", today).replace("{year}", today[:4])


def open_editor(file: str) -> None:
    """Run the editor and wait for it; without one the path alone was printed."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        return
    try:
        subprocess.run([*shlex.split(editor), file], check=False)
    except (OSError, ValueError) as error:
        hint = "The note is made; set VISUAL or EDITOR to a program that is there."
        raise VaultError(f"the editor {editor!r} cannot be started: {error}", hint=hint) from error
