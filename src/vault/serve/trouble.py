"""What is wrong, as a browser shows it: where, what, five lines of the file, what next, the editor's link."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from functools import cached_property
from urllib.parse import quote

from vault.build import Look
from vault.disk.read import opened
from vault.patterns import lazy
from vault.records import Problem, Vault, VaultError
from vault.tuples import NamedTuple

EDITOR = "vscode://file/{path}:{line}:{col}"
AROUND = 2
WIDE = 200
MOST_BYTES = 5_000_000
_PLACED = lazy(r"([^\s:][^:]*):(?:(\d+):)?(?:(\d+):)? (.+)", re.DOTALL)


class Trouble(NamedTuple):
    """``place`` is ``a/b.md:4:1``; ``frame`` are the lines around it with their numbers, ``caret`` the
    column to point at in the line ``line`` of it (0: none); ``editor`` may be empty."""

    level: str
    message: str
    hint: str = ""
    place: str = ""
    line: int = 0
    caret: int = 0
    frame: tuple[tuple[int, str], ...] = ()
    editor: str = ""


class Place(NamedTuple):
    """A path as messages tell it, line and column from 1; 0 where they are not known."""

    path: str
    line: int
    column: int


class Teller:
    """Makes Troubles; ``editor`` is the address that opens a file, with ``{path}``, ``{line}``, ``{col}``."""

    def __init__(self, vault: Vault, editor: str, looked: Look | None = None) -> None:
        self.vault, self.editor, self.looked = vault, editor or EDITOR, looked

    @cached_property
    def files(self) -> dict[str, str]:
        return files(self.looked) if self.looked else {}

    def problem(self, found: Problem, *, framed: bool = True) -> Trouble:
        level = "error" if found.severity == "error" else "warning"
        place = Place(found.path, found.line, found.column)
        return self.at(place, Trouble(level, found.message, found.hint), framed=framed)

    def error(self, error: VaultError) -> Trouble:
        """Its place is told in the sentence itself: ``templates/base.html:12: unexpected '}'``."""
        match = _PLACED.fullmatch(error.message)
        if match and match[1] in self.files:
            place = Place(match[1], int(match[2] or 0), int(match[3] or 0))
            return self.at(place, Trouble("error", match[4], error.hint))
        first = error.message.split(" ", 1)[0].split(":")[0]
        editor = self.link(self.files[first], 1, 1) if first in self.files else ""
        return Trouble("error", error.message, error.hint, editor=editor)

    def at(self, where: Place, trouble: Trouble, *, framed: bool = True) -> Trouble:
        """The trouble with its place, and (``framed``) the lines around it."""
        path, line, column = where
        place = path + "".join(f":{n}" for n in (line, column) if n)
        file = self.files.get(path, "")
        editor = self.link(file, line or 1, column or 1) if file else ""
        lines = self.lines(file) if file and framed and line else []
        frame, caret = around(lines, line, column)
        return trouble._replace(place=place, line=line, caret=caret, frame=frame, editor=editor)

    def link(self, file: str, line: int, column: int) -> str:
        given = {"{path}": quote(file), "{line}": str(line), "{col}": str(column)}
        return re.sub(r"\{(?:path|line|col)\}", lambda name: given[name[0]], self.editor)

    def lines(self, file: str) -> list[str]:
        """The lines of a file that a message names; none when it cannot be read."""
        try:
            inside = file.startswith(self.vault.root + os.sep)
            fd = opened(self.vault, file) if inside else os.open(file, os.O_RDONLY | os.O_CLOEXEC)
            with open(fd, "rb") as read:
                data = read.read(MOST_BYTES)
        except OSError:
            return []
        return data.decode("utf-8", "replace").removeprefix("\ufeff").splitlines()


def files(looked: Look) -> dict[str, str]:
    """Path as messages tell it -> the file, for everything the vault is made of."""
    found = {f"theme/{file.path}": file.file for file in looked.inputs.theme}
    inputs = looked.inputs
    found |= {f"templates/{file.path}": file.file for file in inputs.own}
    found |= {f"tags/{file.path}": file.file for file in inputs.tags}
    named = (*inputs.library, *inputs.config, *inputs.pages, *inputs.authors, *inputs.lock)
    found |= {file.path: file.file for file in named}
    return found | {file.path: file.file for file in looked.scan.found}


def around(lines: list[str], line: int, column: int) -> tuple[tuple[tuple[int, str], ...], int]:
    """The lines near a place, tabs as spaces, and the column to point at: the first letter where none
    is known, 0 for no such line."""
    if not 0 < line <= len(lines):
        return (), 0
    first, last = max(1, line - AROUND), min(len(lines), line + AROUND)
    frame = tuple((n, lines[n - 1].expandtabs(4)[:WIDE]) for n in range(first, last + 1))
    text = lines[line - 1]
    before = text[: column - 1] if column else text[: len(text) - len(text.lstrip())]
    caret = len(before.expandtabs(4)) + 1
    return frame, caret if caret <= WIDE else 0


def keys(problems: Iterable[Problem]) -> frozenset[tuple[str, str, str]]:
    """What names a Problem wherever in its file it stands."""
    return frozenset((found.path, found.code, found.message) for found in problems)
