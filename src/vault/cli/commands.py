"""Every command by its name, imported when it is called; every way out has its exit code (docs/cli.md)."""

from __future__ import annotations

import importlib
import sys

import click

import vault
from vault.cli.ways_out import stopped, told

COMMANDS = {
    "init": ("vault.cli.init", "Make a new vault: a config, a first note, a .gitignore."),
    "build": ("vault.cli.build", "Build the site from the notes."),
    "serve": ("vault.cli.serve", "Serve the site to this machine; --watch follows every save."),
    "new": ("vault.cli.new", "Begin a dated note and open it in your editor."),
    "add": ("vault.cli.add", "Put papers into the queue: ids, addresses, BibTeX or RIS."),
    "fetch": ("vault.cli.fetch", "Fill papers.lock: titles, abstracts, versions, references."),
    "queue": ("vault.cli.queue", "What to read next; start, done, skim, drop, bump, later."),
    "list": ("vault.cli.list", "List notes or papers that match a query."),
    "export": ("vault.cli.export", "Print the papers as BibTeX, biblatex, CSL-JSON, RIS, CSV or JSON."),
    "cite": ("vault.cli.cite", "Print the reference of a paper."),
    "digest": ("vault.cli.digest", "Print a month as a letter to paste, in Markdown or HTML."),
    "stats": ("vault.cli.stats", "Count the reading: months, tags, ratings, time in the queue."),
    "theme": ("vault.cli.theme", "Change the theme file by file, and keep up with it."),
    "search": ("vault.cli.search", "Find words in the notes, the best first."),
    "check": ("vault.cli.check", "Report every problem in the notes, with its line."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called, not when they are listed."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(COMMANDS[cmd_name][0]).command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(vault.__version__, prog_name="vault", message="%(prog)s %(version)s")
def app() -> None:
    """The paper notebook that compiles.

    Write dated Markdown notes about papers in notes/; `vault build` makes a cross-linked,
    browsable site of them in site/. Begin with `vault init my-papers`.
    """


def run() -> None:
    """Run the command line."""
    with told():
        try:
            sys.exit(app(standalone_mode=False))
        except click.ClickException as error:
            error.show()
            sys.exit(error.exit_code)
        except click.Abort:
            stopped()
