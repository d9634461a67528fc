"""A TOML header (Hugo's ``+++``), its numbers and dates kept as text."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from vault.frontmatter.entry import Entry, Slip, Value, clean
from vault.frontmatter.names import SPLICED
from vault.frontmatter.recover import unquote
from vault.frontmatter.yaml_events import DEPTH, SIZE
from vault.patterns import lazy

_PAIR = lazy(r"""[ \t]*["']?([\w.-]{1,60})["']?[ \t]*=[ \t]*(.*)""")
_TABLE = lazy(r"[ \t]*\[\[?[ \t]*([\w.\"'-]{1,60})[ \t]*\]\]?[ \t]*(?:#.*)?$")


def read_toml(text: str, first: int) -> tuple[list[Entry], list[Slip]]:
    """The entries of a TOML header whose first line is line ``first`` of the file; never raises."""
    try:
        if len(text.encode("utf-8", "replace")) > SIZE or knotted(text):
            raise ValueError("it is too large or nested too deeply")
        table = tomllib.loads(text, parse_float=str)
    except (ValueError, RecursionError) as error:
        return by_line(text, first, str(error))
    places = {name: (line, column) for name, line, column in pairs(text, first)}
    return [
        Entry(clean(key), as_written(value), *places.get(key, (first, 1))) for key, value in table.items()
    ], []


def knotted(text: str) -> bool:
    """Whether brackets or dotted keys nest deeper than the limit; one pass."""
    deepest = depth = dots = 0
    for char in text:
        if char == "\n":
            dots = 0
        elif char == ".":
            dots += 1
        elif char in "[{":
            depth += 1
        elif char in "]}":
            depth = max(0, depth - 1)
        deepest = max(deepest, depth, dots // 20)
    return deepest > DEPTH


def pairs(text: str, first: int) -> list[tuple[str, int, int]]:
    """Top-level keys with the file's line and column of their values."""
    found = []
    for number, line in enumerate(text.split("\n"), first):
        if _TABLE.match(line):
            break
        if match := _PAIR.match(line):
            found.append((match[1], number, match.start(2) + 1))
    return found


def as_written(value: Any) -> Value:
    """A TOML value as texts, lists and pairs."""
    if isinstance(value, dict):
        return {clean(key): as_written(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_written(item) for item in value]
    if isinstance(value, bool):
        return str(value).lower()
    return clean(value.isoformat() if hasattr(value, "isoformat") else str(value))


def by_line(text: str, first: int, why: str) -> tuple[list[Entry], list[Slip]]:
    """Each ``key = value`` line by itself; keys of other tables are told apart by their table."""
    found: list[tuple[str, list[str], int, int]] = []
    table = ""
    for number, line in enumerate(text.split("\n"), first):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if head := _TABLE.match(line):
            table = "" if head[1] in SPLICED else f"{head[1]}."
        elif pair := _PAIR.match(line):
            found.append((f"{table}{pair[1]}", [pair[2]], number, pair.start(2) + 1))
        elif found:
            found[-1][1].append(line.strip())
        else:
            found.append(("", [line.strip()], number, 1))
    entries = [Entry(key, value_of(" ".join(parts)), line, column) for key, parts, line, column in found]
    told = f"The header is not valid TOML ({clean(why)}); its fields were read line by line"
    return entries, [Slip("yaml-recovered", *place_of(why, first), told, "Put texts in quotes")]


def value_of(text: str) -> Value:
    """One value: as TOML if it is that, else as written."""
    try:
        if knotted(text):
            raise ValueError
        return as_written(tomllib.loads(f"x = {text}", parse_float=str)["x"])
    except (ValueError, RecursionError, KeyError):
        return unquote(text)


def place_of(why: str, first: int) -> tuple[int, int]:
    """Line and column that tomllib's message names, in the file."""
    found = re.search(r"at line (\d+), column (\d+)", why)
    return (int(found[1]) + first - 1, int(found[2])) if found else (first, 1)
