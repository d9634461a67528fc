"""YAML as a stream of libyaml's events, built into texts, lists and pairs by our own hand.

PyYAML's own constructor is not used: it guesses types (``2106.09680`` becomes a number), follows
aliases and merge keys (340 bytes can take 25 s), and its C composer recurses (a note of 100 kB can
end the process).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from vault.frontmatter.entry import Entry, Slip, Value, clean, quoted
from vault.frontmatter.names import PROSE, known
from vault.patterns import later, lazy

with later():
    import yaml

SIZE = 64_000
"""The most bytes of a header that the YAML parser is given."""
DEPTH = 20
"""The deepest nesting of lists and pairs."""

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
PROSE_OR_TAGS = PROSE | {"tags"}
_BRACKET = lazy(r"[\[\]{}]")
_ODD = {ord(c): " " for c in "\r\x85\u2028\u2029"}


class RefusedError(Exception):
    """YAML that is not read: the Problem's code, line and column in the file, the reason."""

    def __init__(self, code: str, line: int, column: int, why: str) -> None:
        super().__init__(why)
        self.code, self.line, self.column, self.why = code, line, column, why


def over_limit(text: str) -> str:
    """Why a header is not given to the YAML parser, or nothing; one pass over the text."""
    if len(text.encode("utf-8", "replace")) > SIZE:
        return f"The header is larger than {SIZE // 1000} kB"
    return f"The header is nested deeper than {DEPTH} levels" if nesting(text) > DEPTH else ""


def nesting(text: str) -> int:
    """The depth of brackets plus the depth of indentation, at its deepest.  Quotes are not looked at."""
    flow = deepest = 0
    columns: list[int] = []
    for line in text.split("\n"):
        if not line.strip():
            continue
        column = len(line) - len(line.lstrip())
        while columns and columns[-1] >= column:
            columns.pop()
        columns.append(column)
        while line[column : column + 2] in ("- ", "? ", ": "):
            column += 2
            columns.append(column)
        for char in _BRACKET.findall(line):
            if char in "[{":
                flow += 1
                deepest = max(deepest, flow + len(columns))
            else:
                flow = max(0, flow - 1)
        deepest = max(deepest, flow + len(columns))
    return deepest


def load(text: str, first: int = 1) -> tuple[list[Entry], list[Slip]]:
    """The pairs of a YAML mapping whose first line is line ``first`` of the file.

    Raises RefusedError for what is not YAML, not a mapping, or uses a part of YAML that is not run.
    """
    loader = _Loader(text.translate(_ODD))
    reader = Reader(loader.get_event, text.split("\n"), first)
    try:
        return reader.pairs(), reader.slips
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        raise RefusedError("yaml-recovered", line + first, column + 1, str(error.problem)) from error
    except yaml.reader.ReaderError as error:
        before = text[: error.position]
        column = error.position - before.rfind("\n")
        raise RefusedError("yaml-recovered", before.count("\n") + first, column, str(error.reason)) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise RefusedError("yaml-recovered", first, 1, str(error)) from error
    finally:
        loader.dispose()


class Reader:
    """Walks the events of one text and builds its pairs; ``slips`` is what there is to tell of them."""

    def __init__(self, following: Callable[[], Any], lines: list[str], first: int) -> None:
        self.following, self.lines, self.first = following, lines, first
        self.slips: list[Slip] = []

    def pairs(self) -> list[Entry]:
        event = self.following()
        while isinstance(event, (yaml.StreamStartEvent, yaml.DocumentStartEvent)):
            event = self.following()
        if isinstance(event, yaml.StreamEndEvent) or (
            isinstance(event, yaml.ScalarEvent) and not event.value
        ):
            return []
        if not isinstance(event, yaml.MappingStartEvent):
            raise self.refused(event, "yaml-recovered", "no keys stand here")
        self.only_plain(event)
        found = []
        while not isinstance(event := self.following(), yaml.MappingEndEvent):
            found.append(self.pair(event))
        self.end()
        return found

    def end(self) -> None:
        while not isinstance(event := self.following(), yaml.StreamEndEvent):
            if isinstance(event, yaml.DocumentStartEvent):
                raise self.refused(event, "yaml-recovered", "a second document begins here")

    def pair(self, event: Any) -> Entry:
        key = self.name(event)
        event = self.following()
        start = event.start_mark
        value, end = self.value(event, 1, known(key) in PROSE_OR_TAGS)
        raw = self.lines[start.line][start.column : end.column] if start.line == end.line else ""
        if isinstance(value, str) or raw[:1] not in ("[", "{"):
            raw = ""
        return Entry(key, value, start.line + self.first, start.column + 1, raw)

    def name(self, event: Any) -> str:
        self.only_plain(event)
        if not isinstance(event, yaml.ScalarEvent):
            raise self.refused(event, "yaml-recovered", "a list or pairs stand where a key is wanted")
        if event.value == "<<" and not event.style:
            raise self.refused(event, "yaml-refused", "merge keys (<<) are not run")
        return clean(event.value)

    def value(self, event: Any, depth: int, prose: bool) -> tuple[Value, Any]:
        """A value and the mark of its end."""
        self.only_plain(event)
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event, prose), event.end_mark
        if depth > DEPTH:
            raise self.refused(event, "header-limit", f"nested deeper than {DEPTH} levels")
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Value] = []
            while not isinstance(event := self.following(), yaml.SequenceEndEvent):
                items.append(self.value(event, depth + 1, prose)[0])
            return items, event.end_mark
        pairs: dict[str, Value] = {}
        while not isinstance(event := self.following(), yaml.MappingEndEvent):
            key, mark = self.name(event), event.start_mark
            item, _ = self.value(self.following(), depth + 1, prose)
            if pairs.setdefault(key, item) is not item:
                self.slips.append(repeated(key, mark.line + self.first, mark.column + 1))
        return pairs, event.end_mark

    def scalar(self, event: Any, prose: bool) -> str:
        """The text of a scalar, with what follows as ``#word``: to YAML a comment, to people a tag."""
        text, mark = clean(event.value), event.end_mark
        if event.style or mark.line >= len(self.lines) or not (prose or not text):
            return text
        rest = self.lines[mark.line][mark.column :].strip()
        if not (rest.startswith("#") and rest[1:2].strip(" #")):
            return text
        meant, start = f"{text} {rest}".strip(), event.start_mark
        at = (
            (start.line, start.column) if text else (mark.line, self.lines[mark.line].index("#", mark.column))
        )
        self.slips.append(unquoted(meant, at[0] + self.first, at[1] + 1))
        return meant

    def only_plain(self, event: Any) -> None:
        """Raises RefusedError for an alias, an anchor or a tag."""
        if isinstance(event, yaml.AliasEvent):
            raise self.refused(event, "yaml-refused", f"aliases (*{event.anchor}) are not followed")
        if getattr(event, "anchor", None):
            raise self.refused(event, "yaml-refused", f"anchors (&{event.anchor}) are not read")
        if getattr(event, "tag", None):
            raise self.refused(event, "yaml-refused", "tags (!) are not run")

    def refused(self, event: Any, code: str, why: str) -> RefusedError:
        mark = event.start_mark
        return RefusedError(code, mark.line + self.first, mark.column + 1, why)


def unquoted(text: str, line: int, column: int) -> Slip:
    """A value that YAML would not take, or would cut, and that was taken as written."""
    shown = text if len(text) <= 60 else text[:57] + "..."
    hint = f"Put the value in quotes: {quoted(shown)}"
    return Slip("yaml-recovered", line, column, "YAML cannot take this value as it is written", hint, True)


def repeated(key: str, line: int, column: int) -> Slip:
    return Slip(
        "key-repeated",
        line,
        column,
        f"The field {key} is given twice; the first value counts",
        "Delete one of the two",
    )
