"""``vault serve``: the site in a browser."""

from __future__ import annotations

import signal
import sys
from contextlib import ExitStack, suppress
from functools import partial

import click

from vault.build import Options
from vault.cli.common import vault_option
from vault.cli.progress import Progress
from vault.cli.terminal import say
from vault.disk import find_vault


@click.command("serve")
@vault_option
@click.option("--watch", is_flag=True, help="Follow every save: open pages reload by themselves.")
@click.option(
    "--port", type=click.IntRange(0, 65535), help="This port or none (default: the first free one from 8000)."
)
@click.option("--host", metavar="ADDRESS", default="", help="Another address than this machine's own.")
@click.option(
    "--allow-host", "allow", metavar="NAME", multiple=True, help="Answer to this name too (may be repeated)."
)
@click.option("--open", "browse", is_flag=True, help="Open it in the browser.")
@click.option("--drafts", is_flag=True, help="Show drafts too.")
@click.option("--no-overrides", is_flag=True, help="Use the shipped templates, not the vault's own.")
def command(  # noqa: PLR0917 - one argument an option
    folder: str | None,
    watch: bool,
    port: int | None,
    host: str,
    allow: tuple[str, ...],
    browse: bool,
    drafts: bool,
    no_overrides: bool,
) -> None:
    """Serve the site to this machine, made of the notes as they are; site/ is not written.

    With --watch it follows the notes, the settings, the library and the templates.
    """
    from vault.serve import Wishes, serve  # noqa: PLC0415 - 0.1 s of libraries

    vault = find_vault(folder)
    wishes = Wishes(watch, port, host, allow, browse)
    options = Options(drafts=drafts, no_overrides=no_overrides)
    try:
        with ExitStack() as bar:
            progress = bar.enter_context(Progress(quiet=False))
            number = serve(vault, options, wishes, partial(tell, bar), progress)
    except KeyboardInterrupt:
        number = signal.SIGINT
    sys.exit(128 + number if number else 0)


def tell(bar: ExitStack, text: str) -> None:
    """A line at once, also into a pipe (one that nobody reads any more is no reason to stop serving); the
    bar of the first build is over by then."""
    bar.close()
    with suppress(BrokenPipeError):
        say(text)
        sys.stdout.flush()
