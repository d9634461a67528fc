"""The six styles in which programs save a file."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

Style = Callable[[Path, str], None]


def in_place(file: Path, text: str) -> None:
    """The same file, overwritten from its start and cut."""
    with file.open("r+", encoding="utf-8") as one:
        one.write(text)
        one.truncate()


def truncated(file: Path, text: str) -> None:
    """Emptied first, then written in two parts."""
    with file.open("w", encoding="utf-8") as one:
        one.flush()
        time.sleep(0.01)
        one.write(text[: len(text) // 2])
        one.flush()
        time.sleep(0.01)
        one.write(text[len(text) // 2 :])


def renamed(file: Path, text: str) -> None:
    """A temporary file beside it takes its name."""
    beside = file.with_name(f".{file.name}.tmp")
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)


def as_vim(file: Path, text: str) -> None:
    """A probe, the old file renamed to a backup, a new one written, the backup deleted."""
    probe, backup = file.with_name("4913"), file.with_name(f"{file.name}~")
    probe.touch()
    probe.unlink()
    file.rename(backup)
    file.write_text(text, encoding="utf-8")
    backup.unlink()


def deleted(file: Path, text: str) -> None:
    """Gone for a moment, then there again."""
    file.unlink()
    time.sleep(0.01)
    file.write_text(text, encoding="utf-8")


def burst(file: Path, text: str) -> None:
    """Many versions at once; only the last one counts."""
    for number in range(20):
        file.write_text(f"---\ntitle: Early {number}\n---\n{text[number:]}", encoding="utf-8")
    file.write_text(text, encoding="utf-8")


STYLES: dict[str, Style] = {
    "in place": in_place,
    "truncate": truncated,
    "rename": renamed,
    "vim": as_vim,
    "delete": deleted,
    "burst": burst,
}
