"""How a command ends that does not end well: one sentence, and the exit code of docs/cli.md."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator

from vault.records import VaultError

STOPPED = 130
"""What a shell says of a program that Ctrl-C ended."""


@contextlib.contextmanager
def told() -> Iterator[None]:
    """Errors of a command as a sentence; Ctrl-C, and a reader that went away, as what they are."""
    try:
        yield
    except VaultError as error:
        from vault.cli.terminal import complain  # noqa: PLC0415 - only a failing command needs it

        complain(error)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader went away (`vault list | head`): say nothing, and keep Python from trying again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        stopped()


def stopped() -> None:
    """Say that Ctrl-C was heard."""
    print("vault: stopped", file=sys.stderr)
    sys.exit(STOPPED)
