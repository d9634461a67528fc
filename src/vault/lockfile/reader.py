"""The text of a lock file -> entries and Problems, entry by entry."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from vault.lockfile.shape import FORMAT, cited_of, is_day, paper_of, release_of
from vault.patterns import lazy
from vault.problems import problem
from vault.records import LockEntry, Problem
from vault.tuples import NamedTuple

Value = str | int | list[str]

_MARKERS: Final = ("<<<<<<< ", "||||||| ", "=======", ">>>>>>> ")
_MARKED: Final = lazy(r"^(?:<<<<<<< |\|\|\|\|\|\|\| |=======|>>>>>>> )", re.MULTILINE)
_NUMBER: Final = lazy(r"\d{1,9}", re.ASCII)
_STEERING: Final = lazy("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\u200e\u200f\ufeff]")
"""Control characters and those that change the direction of text."""
_TEXTS: Final = ("title", "venue", "kind", "comment", "withdrawn")
_DAYS: Final = ("published", "updated")
_LISTS: Final = ("authors", "code", "sources", "unanswered")


class Slip(Exception):  # noqa: N818 - never leaves this file
    """A line that is not what its place wants; the text says why."""


class Block(NamedTuple):
    """The lines of one entry, numbered from its header on."""

    key: str
    line: int
    lines: list[tuple[int, str]]


def read(text: str, path: str) -> tuple[tuple[LockEntry, ...], tuple[Problem, ...]]:
    """The entries of a lock file in its order, and what could not be read.  Never raises.

    A broken entry is one Problem and loses itself alone.  Where Git left the marks of a conflict, both
    sides are read, the first value of a field counts, and every mark is told.
    """
    lines, problems = _unmarked(text, path)
    head, blocks = _blocks(lines)
    if wrong := _other_format(head, path):
        return (), (*problems, wrong)
    entries: dict[str, LockEntry] = {}
    for block in blocks:
        try:
            entry = _entry(block)
            entries.setdefault(entry.id, entry)
        except Slip as slip:
            problems.append(_told(path, *slip.args))
    return tuple(entries.values()), tuple(sorted(problems, key=lambda found: found.line))


def conflicted(text: str) -> int:
    """The line of the first mark that a merge left, or 0."""
    found = _MARKED.search(text)
    return text.count("\n", 0, found.start()) + 1 if found else 0


def _unmarked(text: str, path: str) -> tuple[list[tuple[int, str]], list[Problem]]:
    """Numbered lines without a merge's marks and without what was there before either side."""
    if not _MARKED.search(text):
        return list(enumerate(text.split("\n"), 1)), []
    kept: list[tuple[int, str]] = []
    problems: list[Problem] = []
    base = False
    for number, line in enumerate(text.split("\n"), 1):
        if not line.startswith(_MARKERS):
            if not base:
                kept.append((number, line))
            continue
        base = line.startswith("|||||||")
        if line.startswith("<<<<<<<"):
            hint = "keep one side and delete the marks, or delete the file and run `vault fetch`"
            message = "a merge left its conflict here; both sides are read"
            problems.append(problem("lock-conflict", path, message, hint=hint, line=number))
    return kept, problems


def _blocks(lines: list[tuple[int, str]]) -> tuple[list[tuple[int, str]], list[Block]]:
    """What stands before the first entry, and the entries."""
    head: list[tuple[int, str]] = []
    blocks: list[Block] = []
    into = head
    for number, line in lines:
        if line.startswith("["):
            into = []
            blocks.append(Block(line, number, into))
        else:
            into.append((number, line))
    return head, blocks


def _other_format(head: list[tuple[int, str]], path: str) -> Problem | None:
    for number, line in head:
        name, _, value = line.partition("=")
        if name.strip() == "format" and value.strip() != str(FORMAT):
            hint = "update vault, or delete the file and run `vault fetch`"
            message = f"this file is of a form that this vault does not know ({value.strip()[:20]})"
            return problem("lock-invalid", path, message, hint=hint, line=number)
    return None


def _told(path: str, line: int, why: str) -> Problem:
    hint = "delete the entry and run `vault fetch` to have it again"
    return problem("lock-invalid", path, f"the entry is left out: {why}", hint=hint, line=line)


def _entry(block: Block) -> LockEntry:
    """The entry of these lines.  Raises Slip."""
    first = paper_of(_string(block.key.strip()[1:-1], block.line)) if block.key.strip()[-1:] == "]" else None
    if first is None:
        raise Slip(block.line, "its name is no identity of a paper")
    given: dict[str, tuple[int, Value]] = {}
    for number, name, value in _pairs(block.lines):
        before = given.setdefault(name, (number, value))[1]
        if before is not value and isinstance(before, list) and isinstance(value, list):
            before += [item for item in value if item not in before]
    others = (paper_of(key) for key in _items(given, "ids"))
    ids = {paper.key: paper for paper in (first, *others) if paper}
    fields: dict[str, Any] = {name: _text(given, name) for name in _TEXTS}
    fields |= {name: _day(given, name) for name in _DAYS}
    fields |= {name: _items(given, name) for name in _LISTS}
    return LockEntry(
        ids=tuple(ids.values()),
        year=_year(given),
        abstract=" ".join(_items(given, "abstract")),
        versions=tuple(filter(None, map(release_of, _items(given, "versions")))),
        references=tuple(filter(None, map(cited_of, _items(given, "references")))),
        **fields,
    )


def _pairs(lines: list[tuple[int, str]]) -> Iterator[tuple[int, str, Value]]:
    """(line, name, value) of each fact.  Raises Slip."""
    rest = iter(lines)
    for number, raw in rest:
        line = raw.strip()
        if not line or line[0] == "#":
            continue
        name, equals, value = line.partition("=")
        name, value = name.strip(), value.strip()
        if not equals or not name:
            raise Slip(number, "this line is no `name = value`")
        if value == "[":
            yield number, name, _list(rest, number)
        elif _NUMBER.fullmatch(value):
            yield number, name, int(value)
        else:
            yield number, name, _string(value, number)


def _list(rest: Iterator[tuple[int, str]], start: int) -> list[str]:
    """The strings up to the closing bracket."""
    found: list[str] = []
    for number, raw in rest:
        # Nearly all lines are as the writer sets them; the general way takes three times as long.
        plain = raw[3:-2] if raw[:3] == '  "' and raw[-2:] == '",' else '"'
        if '"' not in plain and "\\" not in plain and plain.isprintable():
            found.append(plain)
            continue
        line = raw.strip()
        if line == "]":
            return found
        if line and line[0] != "#":
            found.append(_string(line.removesuffix(","), number))
    raise Slip(start, "the list that begins here has no end")


def _string(text: str, line: int) -> str:
    if len(text) < 2 or text[0] != '"' or text[-1] != '"':
        raise Slip(line, "a text in quotes is wanted here")
    plain = text[1:-1]
    if '"' not in plain and "\\" not in plain and plain.isprintable():
        return plain
    try:
        found = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, str):
        raise Slip(line, "this is no text in quotes")
    return _STEERING.sub(" ", found.encode("utf-8", "replace").decode("utf-8"))


def _text(given: dict[str, tuple[int, Value]], name: str) -> str:
    line, value = given.get(name, (0, ""))
    if not isinstance(value, str):
        raise Slip(line, f"{name} must be a text")
    return " ".join(value.split())


def _day(given: dict[str, tuple[int, Value]], name: str) -> str:
    text = _text(given, name)
    return text if is_day(text) else ""


def _year(given: dict[str, tuple[int, Value]]) -> int:
    line, value = given.get("year", (0, 0))
    if not isinstance(value, int):
        raise Slip(line, "year must be a number")
    return value if 1000 <= value <= 9999 else 0


def _items(given: dict[str, tuple[int, Value]], name: str) -> tuple[str, ...]:
    line, value = given.get(name, (0, []))
    if not isinstance(value, list):
        raise Slip(line, f"{name} must be a list")
    return tuple(filter(None, (" ".join(item.split()) if "  " in item else item.strip() for item in value)))
