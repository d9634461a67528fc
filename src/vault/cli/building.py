"""A build as the terminal asks for it and tells of it; no click in here, which most builds do without."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from vault import seal
from vault.build import Mark, Options, build
from vault.cli import still
from vault.cli.progress import Progress
from vault.cli.terminal import as_json, count, print_json, say, show_problems, term
from vault.disk import find_vault
from vault.problems import tell as problem_line
from vault.records import Report


def make(
    folder: str | None,
    options: Options,
    *,
    as_json: bool = False,
    look: Callable[..., str] = seal.state,
    held: list[object] | None = None,
) -> int:
    """Build, and tell; the exit code.  ``look`` is as in ``Mark``, ``held`` as in ``Job``.  Raises
    VaultError."""
    vault = find_vault(folder)
    with Progress(quiet=as_json) as progress:
        report = build(vault, options, progress, None if as_json else mark(options, look), held)
    if as_json:
        print_json(as_document(report))
    else:
        tell(report, options)
    return exit_code(report, options)


def mark(options: Options, look: Callable[..., str] = seal.state) -> Mark | None:
    """How this would be asked again, and what would be said; nothing where more is to be said or done."""
    argv = sys.argv[2:]
    if options.clean or options.strict or options.explain or options.verify or still.read(argv) is None:
        return None
    return Mark(still.words(argv), told, look)


def told(report: Report) -> str:
    """The lines that ``tell`` prints, without the seconds."""
    shown = (term(problem_line(found)) for found in report.problems if found.severity != "hint")
    return "\n".join((*shown, summary(report).rpartition(" in ")[0] + " in "))


def as_document(report: Report) -> dict[str, Any]:
    names = ("notes", "papers", "pages", "parsed", "written", "kept", "deleted")
    document: dict[str, Any] = {name: getattr(report, name) for name in names}
    document["problems"] = [as_json(found) for found in report.problems]
    document["seconds"] = round(report.seconds, 3)
    return document


def tell(report: Report, options: Options) -> None:
    """Errors and warnings, the files if asked for, and one plain last line."""
    show_problems(tuple(found for found in report.problems if found.severity != "hint"))
    if options.explain:
        for file in report.files:
            if file.action != "kept":
                say(f"{file.action:8} {file.path}" + (f"  ({file.reason})" if file.reason else ""))
    if options.verify and not report.differences:
        say("verified: a clean build is the same, byte for byte")
    for path in report.differences:
        say(f"differs from a clean build: {path}", error=True, color="red")
    say(summary(report))


def summary(report: Report) -> str:
    """``1,204 notes, 2 problems - wrote 3 of 2,911 files in 0.2 s``."""
    told = [found for found in report.problems if found.severity != "hint"]
    total = report.written + report.kept
    gone = f", removed {report.deleted:,}" if report.deleted else ""
    return (
        f"{count(report.notes, 'note')}, {count(len(told), 'problem')} - "
        f"wrote {report.written:,} of {count(total, 'file')}{gone} in {report.seconds:.1f} s"
    )


def exit_code(report: Report, options: Options) -> int:
    serious = any(found.severity != "hint" for found in report.problems)
    return 1 if (options.strict and serious) or report.differences else 0
