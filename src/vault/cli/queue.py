"""``vault queue``: what to read next, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from vault.build import Options, Survey, survey
from vault.cli import queue_acts, queue_list
from vault.cli.common import json_option, vault_option
from vault.cli.days import day
from vault.cli.terminal import print_json
from vault.compose import queue
from vault.disk import find_vault

if TYPE_CHECKING:
    from vault.records import Note, Vault

Wanted = Callable[[Survey, "Note"], dict[str, str]]
"""What the header of a note is to say, field by field."""

name_argument = click.argument("name", nargs=-1, required=True)
dry_run_option = click.option("--dry-run", is_flag=True, help="Show the change; write nothing.")


@click.group("queue", invoke_without_command=True)
@vault_option
@json_option
@click.pass_context
def command(ctx: click.Context, folder: str | None, as_json: bool) -> None:
    """What to read, in the order of the site's page, with age and reason.

    The commands change lines in the header of one note, and show them. NAME is its number here, its title
    or nickname, a citation key, a paper's id, or its file.
    """
    ctx.obj = folder
    if ctx.invoked_subcommand:
        return
    found, today = looked(find_vault(folder)), day(None)
    if as_json:
        print_json(queue_list.documents(found, today))
    else:
        queue_list.show(found, today)


def looked(vault: Vault) -> Survey:
    return survey(vault, Options(today=day(None), drafts=True, private=True))


def act(
    folder: str | None,
    name: tuple[str, ...],
    wanted: Wanted,
    *,
    dry_run: bool,
) -> None:
    """Find the note, see what its header is to say, show that and write it."""
    vault = find_vault(folder)
    found = looked(vault)
    note = queue_acts.one_note(found, " ".join(name))
    queue_acts.written(vault, note, wanted(found, note), dry_run=dry_run)


def changes(verb: str, told: str, wanted: Wanted) -> None:
    """A command that changes a note's header, and takes nothing but the note."""

    @command.command(verb, help=told)
    @name_argument
    @vault_option
    @dry_run_option
    @click.pass_obj
    def change(above: str | None, *, name: tuple[str, ...], folder: str | None, dry_run: bool) -> None:
        act(folder or above, name, wanted, dry_run=dry_run)


def becomes(verb: str, told: str) -> None:
    """A command after which a note has another status."""
    changes(verb, told, lambda _, note: queue_acts.fields(note, verb, day(None)))


def moves(verb: str, told: str, step: int) -> None:
    """A command that changes a note's priority, from 1 to 3."""

    def wanted(found: Survey, note: Note) -> dict[str, str]:
        now = queue.priority(found.sitemap.scope, note)
        return {"priority": str(min(3, max(1, now + step)))}

    changes(verb, told, wanted)


becomes("start", "It is being read from today on.")


@command.command("done")
@name_argument
@vault_option
@click.option(
    "--rating",
    type=click.Choice([f"{n / 2:g}" for n in range(1, 11)]),
    metavar="N",
    help="1 to 5, half steps allowed.",
)
@dry_run_option
@click.pass_obj
def done(
    above: str | None, *, name: tuple[str, ...], folder: str | None, rating: str | None, dry_run: bool
) -> None:
    """It has been read; an item of a reading list is ticked."""
    more = {"rating": rating} if rating else {}
    act(
        folder or above,
        name,
        lambda _, note: queue_acts.fields(note, "done", day(None)) | more,
        dry_run=dry_run,
    )


becomes("skim", "It has been skimmed.")
becomes("drop", "It will not be read.")
moves("bump", "Read it sooner: a priority up.", -1)
moves("later", "Read it later: a priority down.", 1)


@command.command("next")
@vault_option
@click.pass_obj
def next_(above: str | None, *, folder: str | None) -> None:
    """What to read now: the first of those that wait, with its why and its paper."""
    queue_list.show_next(looked(find_vault(folder or above)))
