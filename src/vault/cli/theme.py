"""``vault theme``: templates of one's own, and what the theme has meanwhile."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from typing import Any

import click

from vault import disk, settings
from vault.cli.common import json_option, vault_option
from vault.cli.terminal import as_json as as_problem
from vault.cli.terminal import count, print_json, say, show_problems
from vault.records import Settings, Templates, Vault, VaultError
from vault.tuples import NamedTuple

COLOURS = {"+": "green", "-": "red", "@": "cyan"}
TELL = {
    "same": "the theme's file is what it was when you copied it",
    "changed": "the theme's file has changed since you copied it",
    "gone": "the theme has no such file any more",
    "unknown": "nothing tells which version this was copied from; beside the theme's file of now it reads",
    "follows": "builds on the theme's own file, and follows it by itself",
}


class Desk(NamedTuple):
    """A vault with its theme and its own templates, as they lie on the disk."""

    vault: Vault
    settings: Settings
    places: dict[str, tuple[int, int]]
    templates: Templates
    shipped: dict[str, bytes]
    own: dict[str, bytes]


def desk(folder: str | None) -> Desk:
    """Raises VaultError where a file cannot be read."""
    vault = disk.find_vault(folder)
    text = disk.config_text(vault)
    wanted, _ = settings.read(text)
    found = disk.inputs(vault, wanted)
    return Desk(
        vault,
        wanted,
        settings.places(text),
        disk.templates(found),
        disk.shipped(found),
        disk.own(found),
    )


@click.group("theme")
def command() -> None:
    """Change the theme file by file, and keep up with it.

    A file under templates/ stands in for the theme's of the same name; the theme's stays within reach
    as theme/NAME. docs/templates.md says what a template may use.
    """


@command.command("list")
@vault_option
@json_option
def list_(folder: str | None, as_json: bool) -> None:
    """List the files of the theme and which of them this vault has its own of."""
    from vault import render  # noqa: PLC0415 - jinja2 is slow to import

    at = desk(folder)
    rows = [
        {
            "name": name,
            "version": render.version(at.templates.theme.get(name, "")),
            "own": name in at.own,
            "blocks": sorted(render.blocks_of(at.templates, f"theme/{name}"))
            if name.endswith(".html")
            else [],
        }
        for name in sorted({*at.shipped, *at.own})
    ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        version = f"v{row['version']}" if row["version"] else ""
        say(f"{row['name']:34} {version:4} {'own' if row['own'] else ''}".rstrip())


@command.command("eject")
@click.argument("names", nargs=-1, required=True, metavar="PATH...")
@vault_option
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
def eject(names: tuple[str, ...], folder: str | None, dry_run: bool) -> None:
    """Copy files of the theme, as shipped, into this vault's templates/.

    PATH is such as partials/row.html. A file that is there already is never overwritten. The original
    is kept in templates/.shipped/, so that `vault theme diff` can say what changed since.
    """
    at = desk(folder)
    refuse_foreign(at)
    wanted = [known(at, name) for name in names]
    for name in wanted:
        if name in at.own:
            raise disk.standing_copy(name)
    for name in wanted:
        if dry_run:
            say(f"would write templates/{name} ({count(len(at.shipped[name]), 'byte')})")
        else:
            disk.eject(at.vault, name, at.shipped[name])
            say(f"wrote templates/{name}")


def refuse_foreign(at: Desk) -> None:
    if at.vault.root == at.vault.notes:
        hint = "Make a vault.toml beside a notes/ folder (`vault init`), then templates/ belongs to it."
        raise VaultError("a bare folder of notes has no templates", hint=hint)
    if not at.own and disk.is_theme(at.vault):
        hint = "Change its files where they are."
        raise VaultError("templates/ is a theme of its own: it has a theme.toml", hint=hint)


def known(at: Desk, given: str) -> str:
    """The name of a file of the theme, as it may be typed: ``row``, ``partials/row.html``, ``theme/…``."""
    name = given.removeprefix("./").removeprefix("templates/").removeprefix("theme/")
    if name in at.shipped:
        return name
    meant = [full for full in at.shipped if full.rpartition("/")[2].partition(".")[0] == name]
    if len(meant) == 1:
        return meant[0]
    stems = {full.rpartition("/")[2].partition(".")[0]: full for full in at.shipped}
    near = meant or [stems.get(one, one) for one in get_close_matches(name, [*stems, *at.shipped], 2, 0.6)]
    hint = f"Did you mean {' or '.join(near)}?" if near else "`vault theme list` names them all."
    raise VaultError(f"the theme has no file {given!r}", hint=hint)


@command.command("diff")
@click.argument("names", nargs=-1, metavar="[PATH...]")
@vault_option
@click.option("--mine", is_flag=True, help="Show what you changed, too.")
@click.option(
    "--accept", is_flag=True, help="Your file is up to date: compare with the theme of now from here on."
)
@click.option("--dry-run", is_flag=True, help="With --accept: say what would be done, and do nothing.")
@json_option
def diff(
    *, names: tuple[str, ...], folder: str | None, mine: bool, accept: bool, dry_run: bool, as_json: bool
) -> None:
    """Show what the theme changed in the files that you copied from it, since you did."""
    at = desk(folder)
    chosen = [known_own(at, name) for name in names] or sorted(at.own)
    if accept:
        accepted(at, chosen, dry_run=dry_run)
        return
    rows = [row for name in chosen if (row := compared(at, name))]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        show(row, mine=mine)
    if not rows:
        say("This vault has no copies of the theme's files.")


def known_own(at: Desk, given: str) -> str:
    name = given.removeprefix("./").removeprefix("templates/")
    for full in (name, *(full for full in at.own if full.rpartition("/")[2].partition(".")[0] == name)):
        if full in at.own:
            return full
    raise VaultError(f"there is no templates/{name}", hint=f"`vault theme eject {name}` would make it.")


def compared(at: Desk, name: str) -> dict[str, Any] | None:
    """The JSON shape of one file; None for one that has nothing to do with a file of the theme."""
    from vault import render  # noqa: PLC0415 - as above

    before = disk.originals(at.vault).get(name)
    if before is None and name not in at.shipped:
        return None
    texts = [None if data is None else text(data) for data in (before, at.shipped.get(name), at.own[name])]
    found = render.compared(name, texts[0], texts[1], texts[2] or "")
    return {"name": name, **found._asdict()}


def text(data: bytes) -> str:
    return data.decode("utf-8", "backslashreplace").replace("\r\n", "\n")


def show(row: dict[str, Any], *, mine: bool) -> None:
    say(f"templates/{row['name']}: {TELL[row['state']]}", bold=row["state"] in ("changed", "gone"))
    for line in row["upstream"]:
        say(line, color=COLOURS.get(line[:1]))
    for first, last in row["clashes"]:
        say(
            f"both changed {lines(first, last)} of the file as you copied it: look at these by hand",
            color="yellow",
        )
    if mine or row["state"] == "unknown":
        for line in row["mine"]:
            say(line, color=COLOURS.get(line[:1]))


def lines(first: int, last: int) -> str:
    return f"line {first}" if first == last else f"lines {first} to {last}"


def accepted(at: Desk, names: list[str], *, dry_run: bool) -> None:
    for name in names:
        if name in at.shipped:
            if not dry_run:
                disk.based_on(at.vault, name, at.shipped[name])
            word = "would compare" if dry_run else "compares"
            say(f"{word} templates/{name} with the theme of now from here on")


@command.command("check")
@vault_option
@json_option
def check(folder: str | None, as_json: bool) -> None:
    """Check the vault's own templates, tokens and user.css.

    Contract versions, blocks and hooks that are not there, tokens without a use, and the contrast of
    every pair of colours in use, in both themes: 4.5 for text, 3 for the edges of controls. Exit 1
    when there is a warning or an error.
    """
    from vault import render  # noqa: PLC0415 - as above

    at = desk(folder)
    found = (
        *render.stale(at.templates),
        *render.unknown_tokens(at.templates, at.settings, at.places),
        *render.contrasts(at.templates, at.settings, at.places),
    )
    render.assets(at.templates, at.settings)
    if as_json:
        print_json({"problems": [as_problem(one) for one in found]})
    else:
        show_problems(found, error=False)
        say(f"{count(len(found), 'problem')}." if found else "The theme is in order.")
    sys.exit(1 if any(one.severity != "hint" for one in found) else 0)


@command.command("reference")
@vault_option
def reference(folder: str | None) -> None:
    """Print what a template may use: every template of the theme, with its fields, blocks and hooks."""
    from vault import render  # noqa: PLC0415 - as above

    click.echo(render.reference(desk(folder).templates), nl=False)
