"""Where pieces of notes begin now, and what was told of their lines before.

An entry that comes into a log moves all that stand below it, and changes nothing of what they say: only the
lines that their problems name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from vault.index import Filed
from vault.records import Problem, changed
from vault.tuples import NamedTuple


class Layout(NamedTuple):
    """Of each piece, by number: its file; the line it began at, and the one it begins at now; and the numbers
    of those that say something else."""

    paths: Sequence[str]
    before: Sequence[int]
    now: Sequence[int]
    edited: set[int]

    def moved(self) -> set[int]:
        """The numbers of pieces that begin at another line."""
        return {number for number, line in enumerate(self.before) if line != self.now[number]}

    def touched(self) -> set[str]:
        """The files of which any piece says something else or has moved."""
        return {self.paths[number] for number in self.edited | self.moved()}


def layout(files: Iterable[Filed], before: Sequence[int], edited: set[int]) -> Layout:
    """Of the pieces of these files, which were as many ``before``."""
    every = [(one.found.path, at.line) for one in files for at in one.pieces]
    return Layout([path for path, _ in every], before, [line for _, line in every], edited)


def shifted(problems: tuple[Problem, ...], pieces: Layout) -> tuple[Problem, ...] | None:
    """The same problems at the lines where they are now, and the places that they name; None where they may
    be others: those of pieces that say something else."""
    if not pieces.touched():
        return problems
    lines = Lines(pieces)
    now = [lines.placed(found) for found in problems]
    return None if None in now else tuple(found for found in now if found)


class Lines:
    """Where lines of the files that were touched are now."""

    def __init__(self, pieces: Layout) -> None:
        self.pieces = pieces
        self.numbers: dict[str, list[int]] = {path: [] for path in pieces.touched()}
        for number, path in enumerate(pieces.paths):
            if path in self.numbers:
                self.numbers[path].append(number)

    def now(self, path: str, line: int) -> int | None:
        """Where this line is now; None where its piece says something else."""
        numbers = self.numbers.get(path)
        if numbers is None:
            return line
        if not line:  # the file as a whole
            return None if self.pieces.edited.intersection(numbers) else line
        at = bisect_right(numbers, line, key=lambda number: self.pieces.before[number]) - 1
        number = numbers[max(at, 0)]
        if number in self.pieces.edited:
            return None
        return line + self.pieces.now[number] - self.pieces.before[number]

    def placed(self, found: Problem) -> Problem | None:
        """The problem where it is now; None where it may be another."""
        line, message = self.now(found.path, found.line), self.said(found)
        if line is None or message is None:
            return None
        return changed(found, line=line, message=message) if line or message != found.message else found

    def said(self, found: Problem) -> str | None:
        """Its message, with the place of another note that it names; None where that may be another place."""
        message = found.message
        for path in self.numbers:
            if f"{path}:" not in message:
                continue
            place = re.search(rf"(?<=belongs to {re.escape(path)}:)\d+(?=;)", message)
            line = self.now(path, int(place[0])) if place and found.code == "url-collision" else None
            if place is None or line is None:
                return None
            message = f"{message[: place.start()]}{line}{message[place.end() :]}"
        return message
