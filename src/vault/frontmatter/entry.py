"""What the readers of all three header forms hand on, before fields are told apart."""

from __future__ import annotations

from vault.tuples import NamedTuple

Value = str | list["Value"] | dict[str, "Value"]
"""Every scalar is the text that was written."""


class Entry(NamedTuple):
    """One key of a header with its value and where the value stands in the file (from 1).

    ``raw`` is the value's source where that is one line: ``[2304.14318]`` is a list to ``arxiv`` and
    a text to ``title``.
    """

    key: str
    value: Value
    line: int
    column: int
    raw: str = ""


class Slip(NamedTuple):
    """Something to tell of a header: a Problem without its file, lines and columns from 1."""

    code: str
    line: int
    column: int
    message: str
    hint: str = ""
    fixable: bool = False


def flat(value: Value) -> str:
    """A value as one text: nested lists in brackets, pairs as ``key: value``."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return ", ".join(nested(item) for item in value)
    return ", ".join(f"{key}: {nested(item)}" for key, item in value.items())


def nested(value: Value) -> str:
    text = flat(value)
    if isinstance(value, list):
        return f"[{text}]"
    return f"{{{text}}}" if isinstance(value, dict) else text


def quoted(text: str) -> str:
    """A YAML scalar that stands for this one-line text whatever is in it."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def clean(text: str) -> str:
    """Without the characters that no note may carry: NUL and lone surrogates become U+FFFD."""
    if text.isascii() and "\0" not in text:
        return text.strip()
    return "".join("\ufffd" if c == "\0" or "\ud800" <= c <= "\udfff" else c for c in text).strip()
