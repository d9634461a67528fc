"""What goes to a terminal: escaped, counted, and never an exception of its own."""

from __future__ import annotations

import json
import sys
import unicodedata
from typing import Any

from vault.problems import tell
from vault.records import Problem, VaultError


def term(text: str) -> str:
    r"""Text that cannot steer a terminal: control, escape and BiDi characters shown as ``\x1b``."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(shown(char) for char in text)


def shown(char: str) -> str:
    """The character, or its escape when it is a control (Cc), format (Cf) or line separator."""
    if char == "\t" or unicodedata.category(char) not in {"Cc", "Cf", "Zl", "Zp", "Cs"}:
        return char
    return f"\\x{ord(char):02x}" if ord(char) < 0x100 else f"\\u{ord(char):04x}"


def say(text: str, *, error: bool = False, bold: bool = False, color: str | None = None) -> None:
    """One line to standard output or standard error; a narrow encoding never raises."""
    stream = sys.stderr if error else sys.stdout
    safe = term(text).encode(stream.encoding or "ascii", "backslashreplace")
    line = safe.decode(stream.encoding or "ascii")
    if not (bold or color) or not wants_color(stream):
        print(line, file=stream, flush=True)
        return
    import click  # noqa: PLC0415 - for colours alone

    click.secho(line, err=error, bold=bold, fg=color)


def wants_color(stream: Any) -> bool:
    import os  # noqa: PLC0415 - kept beside its one use

    return not os.environ.get("NO_COLOR") and bool(getattr(stream, "isatty", bool)())


def complain(error: VaultError) -> None:
    """``vault: what happened`` and, on its own line, what to do next."""
    say(f"vault: {error.message}", error=True, color="red")
    if error.hint:
        say(f"       {error.hint}", error=True)


def show_problems(problems: tuple[Problem, ...], *, error: bool = True) -> None:
    colors = {"error": "red", "warning": "yellow", "hint": "blue"}
    for found in problems:
        say(tell(found), error=error, color=colors[found.severity])


def print_json(value: Any) -> None:
    """One JSON document, ASCII only, so that any console encoding carries it."""
    sys.stdout.write(json.dumps(value, ensure_ascii=True, indent=1) + "\n")


def as_json(found: Problem) -> dict[str, Any]:
    """The PROBLEM shape of docs/cli.md."""
    names = ("path", "line", "column", "severity", "code", "message", "hint", "fixable")
    return {name: getattr(found, name) for name in names}


def count(number: int, one: str, many: str = "") -> str:
    """``1 note``, ``1,204 notes``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
