"""Words from the terminal: one call into the house each, one small file a command.

Nothing a command does not use is imported, so ``vault --version`` stays near bare Python, and a build that
has nothing to do says so before click is there.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["main"]


def main() -> None:
    """Run the command line."""
    if sys.argv[1:2] == ["build"]:
        from vault.cli.still import nothing_new  # noqa: PLC0415 - for builds alone

        if nothing_new(sys.argv[2:]):
            return
    from vault.cli.commands import run  # noqa: PLC0415 - a fifth of what a build costs that does nothing

    run()


def __getattr__(name: str) -> Any:
    """``app`` and ``COMMANDS``, for those who ask for them."""
    if name not in ("app", "COMMANDS"):
        raise AttributeError(name)
    from vault.cli import commands  # noqa: PLC0415 - as above

    return getattr(commands, name)
