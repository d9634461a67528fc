"""Fields of a note's header, changed line by line: every other byte of the file stays as it was."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from vault import frontmatter
from vault.patterns import lazy
from vault.records import Field, Header, changed
from vault.tuples import NamedTuple

BOM: Final = "\ufeff"
LINE: Final = lazy(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
"""A line with its end, whichever that is."""
_VALUE: Final = lazy(
    r"""("[^"]*"|'[^']*'|[^#'"|>&*!\[{](?:[^#\r\n]|(?<=\S)#)*?)([ \t]*(?:[ \t]#.*)?[\r\n]*)"""
)
_BLANK: Final = lazy(r"""(["']?([\w-]+)["']?[ \t]*[:=])[ \t]*(?:null|~)?([ \t]+#[^\r\n]*)?[ \t]*([\r\n]*)""")
_BROKEN: Final = frozenset({"yaml-recovered", "yaml-refused", "header-limit", "header-unclosed"})
_FENCE: Final = {"yaml": "---", "toml": "+++"}


class Edited(NamedTuple):
    """The file's text as it is to be, or why it cannot be made (then it has no text)."""

    text: str
    why: str = ""
    line: int = 0


class _Sheet(NamedTuple):
    """A file's text cut into lines with their ends, and what the header says."""

    lines: list[str]
    header: Header
    body: str
    body_line: int


def with_fields(text: str, path: str, wanted: Mapping[str, str]) -> Edited:
    """The text of a note with these fields: a value takes the place of the one that is there, a field that is
    missing gets a line.  ``text`` is the file's with its own line ends.  What comes out is read back, and
    refused where it says anything else than before but for these fields."""
    mark = BOM if text.startswith(BOM) else ""
    plain = text.removeprefix(mark)
    sheet, broken = _read(plain, path)
    if broken:
        return broken
    first, *others = wanted
    for name in (first, *reversed(others)):  # each new line goes below the status, so the last goes first
        value = wanted[name]
        field = sheet.header.first(name)
        edited = (
            _replaced(sheet, field, value)
            if field
            else _filled(sheet, name, value) or _added(sheet, name, value)
        )
        if edited is None:
            why = f"{name!r} does not stand on a line of its own in the header"
            return Edited("", why, field.line if field else 1)
        plain = edited
        now, broken = _read(plain, path)
        if broken or not _same(sheet, now, name, value):
            return Edited("", f"{name!r} cannot be written into this header without changing more", 1)
        sheet = now
    return Edited(mark + plain)


def _read(text: str, path: str) -> tuple[_Sheet, Edited | None]:
    shown = text.replace("\r\n", "\n").replace("\r", "\n")
    header, body, body_line, problems = frontmatter.read(shown, path)
    broken = next((one for one in problems if one.code in _BROKEN), None)
    why = Edited("", "its header cannot be read whole", broken.line) if broken else None
    return _Sheet(LINE.findall(text), header, body, body_line), why


def _replaced(sheet: _Sheet, field: Field, value: str) -> str | None:
    """The text with another value in its place; None where that is not a line of its own."""
    line = sheet.lines[field.line - 1]
    before, rest = line[: field.column - 1], _VALUE.fullmatch(line, field.column - 1)
    key = before.rstrip().rstrip(":：=").strip().strip("\"'")
    if rest is None or key != field.key:
        return None
    lines = [*sheet.lines]
    lines[field.line - 1] = before + _written(sheet, value) + rest[2]
    return "".join(lines)


def _filled(sheet: _Sheet, name: str, value: str) -> str:
    """The text with the value of a field that stands there without one; nothing where none does."""
    for at, line in enumerate(sheet.lines[: sheet.body_line - 1] if sheet.header.kind else ()):
        blank = _BLANK.fullmatch(line)
        if blank and blank[2].casefold() in frontmatter.FIELDS[name]:
            filled = f"{blank[1]} {_written(sheet, value)}{blank[3] or ''}{blank[4]}"
            return "".join([*sheet.lines[:at], filled, *sheet.lines[at + 1 :]])
    return ""


def _added(sheet: _Sheet, name: str, value: str) -> str:
    """The text with a line more: below the status, else at the header's end; a header where there is none."""
    end = _line_end(sheet.lines)
    kind = sheet.header.kind
    line = f"{name}{' =' if kind == 'toml' else ':'} {_written(sheet, value)}{end}"
    if not kind:
        return f"---{end}{line}---{end}{''.join(sheet.lines)}"
    at = _place(sheet)
    above = sheet.lines[:at]
    if above and not above[-1].endswith(("\n", "\r")):
        above[-1], line = above[-1] + end, line.removesuffix(end)
    return "".join([*above, line, *sheet.lines[at:]])


def _place(sheet: _Sheet) -> int:
    """How many lines stand before a new one."""
    status = sheet.header.first("status")
    if status:
        return status.line
    if sheet.header.kind == "toml":  # a line at the end would belong to the last table
        return next(at for at, line in enumerate(sheet.lines, 1) if line.strip() == _FENCE["toml"])
    return sheet.body_line - (2 if sheet.header.kind == "yaml" else 1)


def _written(sheet: _Sheet, value: str) -> str:
    words = sheet.header.kind == "toml" and re.fullmatch(r"[a-z-]+", value)
    return f'"{value}"' if words else value


def _line_end(lines: list[str]) -> str:
    first = lines[0] if lines else ""
    return first[len(first.rstrip("\r\n")) :] or "\n"


def _same(before: _Sheet, now: _Sheet, name: str, value: str) -> bool:
    """Whether the header says what it said but for one field, which says what it shall."""
    field = now.header.first(name)
    told = field is not None and field.text == value
    return told and now.body == before.body and _rest(before, name) == _rest(now, name)


def _rest(sheet: _Sheet, name: str) -> tuple[Any, ...]:
    """All that a header says beside one field, wherever it stands."""
    header = sheet.header
    others = tuple((f.name, f.key, f.text, f.items) for f in header.fields if f.name != name)
    gone = {name: type(getattr(header, name))()} if hasattr(header, name) else {}
    extra = tuple(pair for pair in header.extra if pair[0].casefold() not in frontmatter.FIELDS[name])
    return changed(header, kind="", fields=(), extra=extra, **gone), others
