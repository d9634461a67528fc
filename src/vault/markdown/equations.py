"""Numbers of displayed formulas: one series a note, by ``\\tag`` or a numbered environment."""

from __future__ import annotations

import re
from typing import Final

from vault.markdown import tex
from vault.markdown.text import escape
from vault.patterns import lazy
from vault.tuples import NamedTuple

ENVIRONMENTS: Final = ("equation", "align", "gather", "multline", "alignat", "flalign", "eqnarray")
"""Environments that stand without dollars; with a star they have no number."""

_WHOLE = lazy(
    r"\s*\\begin\{("
    + "|".join(ENVIRONMENTS)
    + r")(\*?)\}(?:(?<=at\})\{\d+\}|(?<=at\*\})\{\d+\})?(.*)\\end\{\1\2\}\s*",
    re.DOTALL,
)
_TAG = lazy(r"\\tag(\*?)\s*\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}")
_LABEL = lazy(r"\\label\s*\{([^{}]*)\}")
_PLAIN = lazy(r"\\(?:nonumber|notag)(?![a-zA-Z])")
_REF = lazy(r"\\(eq|c|C|auto)?ref\s*\{([^{}]*)\}")
_ROW = lazy(r"\\\\(?:\s*\[[^\]]{0,20}\])?|\\.|[{}]|\\(?:begin|end)\{", re.DOTALL)
_MARKUP = lazy(r"[$\\{}]|\\[a-zA-Z]+\s*")


class Equation(NamedTuple):
    """A displayed formula: what is set, its number in brackets (maybe none), what was written."""

    tex: str
    number: str
    source: str


class Series:
    """The numbers of one note: the last one given, and which label has which."""

    def __init__(self) -> None:
        self.last = 0
        self.labels: dict[str, str] = {}

    def equation(self, source: str) -> Equation:
        """A formula with its number.  Labels are known only when all formulas were asked for."""
        source = source.strip()
        found = _WHOLE.fullmatch(source) if source.startswith("\\begin") else None
        if found and found[1] != "equation":
            return Equation(self.rows(found[1], bool(found[2]), found[3]), "", source)
        body = found[3].strip() if found else source
        numbered = bool(found and not found[2] and not _PLAIN.search(body))
        tags = _TAG.findall(body)
        label = _LABEL.search(body)
        if tags or label or found:
            body = _PLAIN.sub("", _LABEL.sub("", _TAG.sub("", body))).strip()
        number = shown(*tags[-1]) if tags else self.next() if numbered else ""
        self.name(label, number)
        return Equation(in_lines(body), number, source)

    def rows(self, environment: str, starred: bool, body: str) -> str:
        """An environment of several rows, each numbered one with its number as a tag."""
        rows = split(body) if environment != "multline" else [body]
        made = [self.row(row, starred) for row in rows]
        kind = "align" if environment in ("alignat", "flalign") else environment
        if kind == "eqnarray":
            made, kind = (
                [row.replace("&", "\0", 1).replace("&", "").replace("\0", "&") for row in made],
                "align",
            )
        return f"\\begin{{{kind}}}" + "\\\\".join(made) + f"\\end{{{kind}}}"

    def row(self, row: str, starred: bool) -> str:
        label = _LABEL.search(row)
        row = _LABEL.sub("", row)
        tags = _TAG.findall(row)
        if tags:
            number = shown(*tags[-1])
        elif starred or _PLAIN.search(row) or not row.strip():
            number = ""
        else:
            number = self.next()
        self.name(label, number)
        row = _PLAIN.sub("", _TAG.sub("", row)).rstrip()
        return f"{row}\\tag*{{{plain(number)}}}" if number else f"{row}\\nonumber " if row.strip() else row

    def next(self) -> str:
        self.last += 1
        return f"({self.last})"

    def name(self, label: re.Match[str] | None, number: str) -> None:
        if label and number:
            self.labels.setdefault(label[1].strip(), number)

    def referred(self, source: str) -> str:
        """A formula with its references to others filled in."""
        if "ref" not in source:
            return source
        return _REF.sub(self.reference, source)

    def reference(self, found: re.Match[str]) -> str:
        number = self.labels.get(found[2].strip(), "(??)")
        return f"\\text{{{plain(number if found[1] == 'eq' else number.strip('()'))}}}"


def in_lines(body: str) -> str:
    """A formula with ``\\\\`` outside any environment as the lines that were meant."""
    rows = split(body) if "\\\\" in body else []
    if len(rows) < 2:
        return body
    kind = "aligned" if any("&" in row and "\\begin" not in row for row in rows) else "gathered"
    return f"\\begin{{{kind}}}{body}\\end{{{kind}}}"


def shown(star: str, tag: str) -> str:
    """A tag as it is printed: in brackets unless starred."""
    text = _MARKUP.sub("", tag).strip()
    return text if star else f"({text})"


def plain(text: str) -> str:
    """Text that is safe inside ``\\text`` and ``\\tag``."""
    return re.sub(r"[^\w .,:;()*'+/?-]", "", text)


def split(body: str) -> list[str]:
    """The rows of an environment: cut at ``\\\\`` outside braces and inner environments."""
    rows: list[str] = []
    level = start = 0
    for match in _ROW.finditer(body):
        step = match[0]
        if step == "{" or body.startswith("\\begin", match.start()):
            level += 1
        elif step == "}" or body.startswith("\\end", match.start()):
            level -= 1
        elif step.startswith("\\\\") and level <= 0:
            rows.append(body[start : match.start()])
            start = match.end()
    return [*rows, body[start:]]


SCROLLER: Final = 'class="eq" role="group" aria-label="Formula" tabindex="0"'
"""A wide formula scrolls in a box of its own, which the keyboard can reach."""


def block(equation: Equation, series: Series) -> tuple[str, str]:
    """A formula on lines of its own, as HTML, and the reason if it could not be set."""
    made, reason = display(equation, series)
    if reason:
        return f"<p>{made}</p>\n", reason
    return f"<div {SCROLLER}>{made}</div>\n", ""


def display(equation: Equation, series: Series) -> tuple[str, str]:
    made, reason = tex.mathml(series.referred(equation.tex), True, equation.source)
    if reason:
        return tex.error(equation.source, reason), reason
    return made + (f"<span>{escape(equation.number)}</span>" if equation.number else ""), ""
