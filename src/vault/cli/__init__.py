"""Words from the terminal: one call into the house each, one small file a command.

Nothing a command does not use is imported, so ``vault --version`` stays near bare Python, and a build that
has nothing to do says so before click is there.
"""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, NoReturn

__all__ = ["main"]


def main() -> None:
    """Run the command line."""
    if sys.argv[1:2] == ["build"]:
        from vault.cli.still import nothing_new  # noqa: PLC0415 - for builds alone
        from vault.seal import Once  # noqa: PLC0415

        look = Once()
        if nothing_new(sys.argv[2:], look):
            return
        gc.disable()  # loading takes as long as a small build; ``ended`` does not come back
        from vault.cli.plain import run as build  # noqa: PLC0415 - for builds that do something

        ended(lambda: build(sys.argv[2:], look))
    from vault.cli.commands import run  # noqa: PLC0415 - a fifth of what a build costs that does nothing

    run()


def ended(run: Callable[[], None]) -> NoReturn:
    """Run it and be gone: taking ten thousand notes apart again takes longer than the system takes to forget
    them.  What cannot be written out at the end is told as Python tells it."""
    code: int | str | None = 0
    try:
        run()
    except SystemExit as left:
        code = left.code
    if isinstance(code, str):
        sys.exit(code)
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        sys.exit(code)
    os._exit(code or 0)


def __getattr__(name: str) -> Any:
    """``app`` and ``COMMANDS``, for those who ask for them."""
    if name not in ("app", "COMMANDS"):
        raise AttributeError(name)
    from vault.cli import commands  # noqa: PLC0415 - as above

    return getattr(commands, name)
