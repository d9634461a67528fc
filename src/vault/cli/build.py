"""``vault build``: the site."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Any

import click

from vault.build import Mark, Options, build
from vault.cli import still
from vault.cli.common import day, json_option, vault_option
from vault.cli.terminal import as_json, count, print_json, say, show_problems, term
from vault.disk import find_vault
from vault.problems import tell as problem_line
from vault.records import Report


@click.command("build")
@vault_option
@click.option("--out", metavar="DIR", help="Where the site goes (default: site/ in the vault).")
@click.option("--clean", is_flag=True, help="Remember nothing: parse and render everything anew.")
@click.option("--strict", is_flag=True, help="Exit 1 when there is any warning or error.")
@click.option("--explain", is_flag=True, help="Say for each file why it was written.")
@click.option("--verify", is_flag=True, help="Compare with a clean build; exit 1 when they differ.")
@click.option("--portable", is_flag=True, help="Links that work from disk, whatever vault.toml says.")
@click.option("--drafts", is_flag=True, help="Publish drafts too.")
@click.option(
    "--jobs", type=click.IntRange(0), default=0, help="Processes for a large build (0: one per core)."
)
@click.option("--today", metavar="DATE", help="The day that ages are counted from (2025-01-29).")
@click.option("--allow-empty", is_flag=True, help="Publish although the notes are gone.")
@click.option("--no-overrides", is_flag=True, help="Use the shipped templates, not the vault's own.")
@json_option
def command(folder: str | None, as_json: bool, **flags: Any) -> None:
    """Build the site from the notes.

    Reads notes/ and writes site/, only the files that differ. Problems in the notes are listed and
    never stop the build; `vault check` explains them.
    """
    flags["today"] = day(flags["today"])
    options = Options(**flags)
    vault = find_vault(folder)
    with Progress(quiet=as_json) as progress:
        report = build(vault, options, progress, None if as_json else mark(options))
    if as_json:
        print_json(as_document(report))
    else:
        tell(report, options)
    sys.exit(exit_code(report, options))


def mark(options: Options) -> Mark | None:
    """How this would be asked again, and what would be said; nothing where more is to be said or done."""
    argv = sys.argv[2:]
    if options.clean or options.strict or options.explain or options.verify or still.read(argv) is None:
        return None
    return Mark(still.words(argv), told)


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


class Progress:
    """A bar on standard error for builds longer than half a second; nothing when it is no terminal."""

    def __init__(self, *, quiet: bool) -> None:
        self.shown = not quiet and sys.stderr.isatty()
        self.start = time.monotonic()
        self.bar: Any = None
        self.tasks: dict[str, Any] = {}

    def __enter__(self) -> Progress:
        return self

    def __call__(self, stage: str, done: int, total: int) -> None:
        if not self.shown or time.monotonic() - self.start < 0.5:
            return
        if self.bar is None:
            from rich.console import Console  # noqa: PLC0415 - rich costs 45 ms; most builds end before
            from rich.progress import Progress as Bar  # noqa: PLC0415

            self.bar = Bar(console=Console(stderr=True), transient=True)
            self.bar.start()
        task = self.tasks.get(stage)
        if task is None:
            task = self.tasks[stage] = self.bar.add_task(stage, total=total)
        self.bar.update(task, completed=done, total=total)

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if self.bar is not None:
            self.bar.stop()
