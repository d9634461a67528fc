"""pybtex's scanner, made to keep what can be kept.  The one module that imports pybtex at its top.

Differences from ``pybtex.database.input.bibtex.LowLevelParser``: text is searched once per token
(not once per delimiter, which is quadratic), a missing comma or key loses no field, and an undefined
abbreviation stands as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

from pybtex.bibtex.utils import split_name_list
from pybtex.database import Person
from pybtex.database.input.bibtex import LowLevelParser, SkipEntry, month_names
from pybtex.errors import capture
from pybtex.exceptions import PybtexError
from pybtex.scanner import PybtexSyntaxError, Token

from vault.patterns import lazy
from vault.tuples import NamedTuple

_COMMAND = lazy(r"@[ \t]*[A-Za-z]+\s*[{(]")
_NAMES_LIMIT = 200_000
_STRING_LIMIT = 2_000
_STRINGS_LIMIT = 1_000_000
_FIRST = lazy(r"\s*@")


class RawEntry(NamedTuple):
    """One entry: its key (may be empty), its type, its fields as TeX, its line in the file."""

    key: str
    kind: str
    fields: tuple[tuple[str, str], ...]
    line: int


class Complaint(NamedTuple):
    """What the scanner did not like: in which entry (may be empty), at which line."""

    key: str
    message: str
    line: int


class _Abbreviations:
    """The ``@string`` values that hold in a piece.  ``a = a # a`` doubles: what they may grow to is
    bounded."""

    def __init__(self, given: Iterable[tuple[str, str]]) -> None:
        self.texts = dict(month_names) | dict(given)
        self.own: dict[str, str] = {}
        self.spent = 0

    def define(self, name: str, text: str) -> bool:
        """False: too long, and not taken."""
        if len(text) > _STRING_LIMIT:
            return False
        self.texts[name.lower()] = self.own[name.lower()] = text
        return True

    def read(self, name: str) -> str | None:
        text = self.texts.get(name.lower())
        self.spent += len(text or "")
        return text if self.spent < _STRINGS_LIMIT else None


class _Parser(LowLevelParser):  # type: ignore[misc]
    pos: int
    lineno: int
    current_field_name: str | None
    current_value: list[str]
    current_fields: list[tuple[str, list[str]]]

    def __init__(self, text: str, strings: _Abbreviations, complain: Callable[[Complaint], None]):
        super().__init__(text)
        self.strings = strings
        self.complain = complain

    def handle_error(self, error: PybtexSyntaxError) -> None:
        message = str(error.args[0]) if error.args else str(error)
        self.complain(Complaint(self.current_entry_key or "", message, error.lineno or 0))

    def skip_to(self, patterns: list[Any]) -> Token | None:
        joined, kinds = _joined(tuple(patterns))
        found = joined.search(self.text, self.pos)
        if found is None:
            return None
        value = self.text[self.pos : found.end()]
        self.pos = found.end()
        self.update_lineno(value)
        return Token(value, kinds[found.group()])

    def substitute_macro(self, name: str) -> str:
        text = self.strings.read(name)
        if text is None:
            self._complain(f'the abbreviation "{name}" is not defined')
        return name if text is None else text

    def parse_string_body(self, _body_end: Any) -> None:
        name = self.required([self.NAME]).value
        self.required([self.EQUALS])
        self.parse_value()
        if not self.strings.define(name, "".join(self.current_value)):
            self._complain(f'the abbreviation "{name}" is longer than {_STRING_LIMIT} characters')

    def parse_entry_body(self, body_end: Any) -> None:
        start, line = self.pos, self.lineno
        key = self.optional([self.KEY_PAREN if body_end is self.RPAREN else self.KEY_BRACE])
        comma = self.optional([self.COMMA])
        if key and ("=" in key.value or (not comma and self.optional([self.EQUALS]))):
            self.pos, self.lineno, key = start, line, None  # it was the first field
        self.current_entry_key = key.value if key else ""
        if not key:
            self._complain("the entry has no citation key")
        elif not comma and not self._at([body_end]):
            self._complain("a comma is missing after the citation key")
        self.parse_entry_fields()

    def parse_entry_fields(self) -> None:
        while True:
            self._start_field()
            self.parse_field()
            if self.current_field_name and self.current_value:
                self.current_fields.append((self.current_field_name, self.current_value))
            if self.optional([self.COMMA]):
                continue
            if not self._at([self.NAME]):
                return
            self._complain("a comma is missing before the next field")

    def _start_field(self) -> None:
        self.current_field_name, self.current_value = None, []

    def _complain(self, message: str) -> None:
        self.handle_error(PybtexSyntaxError(message, self))

    def _at(self, patterns: list[Any]) -> bool:
        """Does one of these come next?  Nothing is read."""
        place = self.pos, self.lineno
        found = self.optional(patterns)
        self.pos, self.lineno = place
        return found is not None

    def commands(self) -> Iterator[tuple[int, Any]]:
        """The commands of this text, each with the line it starts at."""
        while self._find():
            line = self.lineno
            try:
                yield line, tuple(self.parse_command())
            except SkipEntry:
                pass
            except PybtexSyntaxError as error:
                self.handle_error(error)

    def _find(self) -> bool:
        """Go behind the next ``@`` that opens a command; the first in the text always does."""
        first = _FIRST.match(self.text) if self.pos == 0 else None
        found = first or _COMMAND.search(self.text, self.pos)
        if found is None:
            return False
        at = self.text.index("@", found.start()) + 1
        self.update_lineno(self.text[self.pos : at])
        self.pos, self.command_start = at, at - 1
        return True


@lru_cache(maxsize=16)
def _joined(patterns: tuple[Any, ...]) -> tuple[re.Pattern[str], dict[str, Any]]:
    """One expression for a few one-character literals, and which literal a character is."""
    signs = {pattern.description[1:-1]: pattern for pattern in patterns}
    return re.compile("[" + re.escape("".join(signs)) + "]"), signs


def entries(
    text: str, given: Iterable[tuple[str, str]], complain: Callable[[Complaint], None]
) -> tuple[list[RawEntry], dict[str, str], int]:
    """Every entry of a text, in order, with whatever fields could be read; the abbreviations that it
    defines; how many characters abbreviations put into it.  ``given`` are those defined before it."""
    strings = _Abbreviations(given)
    found = []
    for line, (kind, (key, *rest)) in _Parser(text, strings, complain).commands():
        if kind.lower() not in ("string", "preamble"):
            fields = tuple((name.lower(), "".join(value)) for name, value in rest[0])
            found.append(RawEntry(key or "", kind.lower(), fields, line))
    return found, strings.own, strings.spent


def names(field: str, complain: Callable[[str], None]) -> list[tuple[str, str, str, str]]:
    """The persons of an author field as TeX: (first and middle, von, last, junior).

    pybtex takes quadratic time in the number of braces, so a longer field than any collaboration
    needs is refused.
    """
    if len(field) > _NAMES_LIMIT:
        complain(f"a list of names longer than {_NAMES_LIMIT} characters")
        return []
    with capture() as errors:
        people = [_person(name) for name in split_name_list(field) if name.strip()]
    for error in errors:
        complain(str(error))
    return [person for person in people if any(person)]


def _person(name: str) -> tuple[str, str, str, str]:
    try:
        person = Person(name)
    except (PybtexError, ValueError, IndexError, RecursionError):
        return "", "", name, ""
    parts = (
        person.first_names + person.middle_names,
        person.prelast_names,
        person.last_names,
        person.lineage_names,
    )
    first, von, last, junior = (" ".join(part) for part in parts)
    return first, von, last, junior
