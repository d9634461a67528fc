"""Tables, as GitHub writes them: one token for a whole table, its cells' contents inside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from vault.markdown import flat
from vault.markdown.text import escape
from vault.patterns import lazy
from vault.tuples import NamedTuple

if TYPE_CHECKING:
    from vault.markdown.writer import Writer

MOST_ADDED: Final = 0x10000
"""Cells that a table may leave out; a wide head over many short rows would grow without limit."""

_DELIMITERS = lazy(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_BAR = lazy(r"(?<!\\)\|")
_FORMULA = lazy(r"(\$[^$\s](?:[^$]*[^$\s])?\$)")
_NUMBER = lazy(
    r"[\s~≈<>≤≥±+−–-]*[$€£]?\s*[\d.,]*\d[\d.,]*\s*(?:[%‰×x°]|[kKMBTG]B?|ms|s|h|GB|MB|K)?"
    r"(?:\s*(?:±|\+/-|\(|/|–|-|→|:)\s*[+−-]?[\d.,]+\s*[%×x]?\)?)*\s*$|[-–—/]$"
)


class Cells(NamedTuple):
    """A table's contents: alignment by column, the head, the rows, each a line's cells."""

    aligns: tuple[str, ...]
    head: list[Token]
    rows: list[list[Token]]


def table(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """A line with bars over a line of dashes."""
    if line + 2 > end or state.sCount[line + 1] < state.blkIndent or state.is_code_block(line + 1):
        return False
    head = text_of(state, line)
    rule = text_of(state, line + 1)
    if "|" not in head or len(rule) < 2 or rule.startswith(("- ", "-\t")) or not _DELIMITERS.match(rule):
        return False
    aligns = tuple(align(part) for part in mdTrim(rule).strip("|").split("|"))
    cells = split(head)
    if not cells or len(cells) != len(aligns):
        return False
    if silent:
        return True
    token = state.push("table", "table", 0)
    contents = Cells(aligns, row(cells, len(aligns), line), [])
    token.meta = {"cells": contents}
    state.line = rows(state, line + 2, end, contents)
    token.map = [line, state.line]
    return True


def rows(state: StateBlock, line: int, end: int, contents: Cells) -> int:
    """Fill in the rows; the line after the last."""
    kind, state.parentType = state.parentType, "table"
    enders = state.md.block.ruler.getRules("blockquote")
    width, added = len(contents.aligns), 0
    while line < end and state.sCount[line] >= state.blkIndent and not state.isEmpty(line):
        if state.is_code_block(line) or any(ender(state, line, end, True) for ender in enders):
            break
        cells = split(text_of(state, line))
        added += max(0, width - len(cells))
        if added > MOST_ADDED:
            break
        contents.rows.append(row(cells, width, line))
        line += 1
    state.parentType = kind
    return line


def text_of(state: StateBlock, line: int) -> str:
    return mdTrim(state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]])


def align(part: str) -> str:
    part = part.strip()
    return "center" if part[:1] == part[-1:] == ":" else "right" if part.endswith(":") else ""


def split(text: str) -> list[str]:
    """The cells of a line; escaped bars are part of a cell, and stay escaped inside formulas."""
    cells = _BAR.split(text)
    if cells and not cells[0].strip():
        cells.pop(0)
    if cells and not cells[-1].strip():
        cells.pop()
    return [unescaped(cell) for cell in cells]


def unescaped(cell: str) -> str:
    if "\\|" not in cell:
        return mdTrim(cell)
    if "$" not in cell:
        return mdTrim(cell.replace("\\|", "|"))
    parts = _FORMULA.split(cell)
    return mdTrim("".join(part if at % 2 else part.replace("\\|", "|") for at, part in enumerate(parts)))


def row(cells: list[str], width: int, line: int) -> list[Token]:
    made = [Token("inline", "", 0, content=cell, map=[line, line + 1]) for cell in cells[:width]]
    made += [Token("inline", "", 0, content="", map=[line, line + 1]) for _ in range(width - len(made))]
    return made


# What a table becomes


def write(w: Writer, tokens: list[Token], i: int) -> int:
    """A box that scrolls by itself, numbers aligned."""
    contents: Cells = tokens[i].meta["cells"]
    w.tables += 1
    name = "Table" if w.tables == 1 else f"Table {w.tables}"
    numeric = [is_numeric(contents, column) for column in range(len(contents.aligns))]
    w.put(f'<div class="scroll" role="group" aria-label="{name}" tabindex="0"><table>\n')
    if any(cell.content for cell in contents.head):
        w.put("<thead>")
        write_row(w, contents.head, numeric, contents.aligns, True)
        w.put("</thead>\n")
    if contents.rows:
        w.put("<tbody>")
        for cells in contents.rows:
            write_row(w, cells, numeric, contents.aligns, False)
        w.put("</tbody>")
    w.put("</table></div>\n")
    return i + 1


def is_numeric(contents: Cells, column: int) -> bool:
    """Whether a column is aligned right, or holds numbers only (signs for "none" beside them)."""
    if contents.aligns[column]:
        return contents.aligns[column] == "right"
    cells = [cells[column].content for cells in contents.rows if cells[column].content]
    bare = [cell.strip("*_=`$ ") for cell in cells[:500]]
    return any(char.isdigit() for cell in bare for char in cell) and all(map(is_number, bare))


def is_number(cell: str) -> bool:
    return len(cell) <= 40 and _NUMBER.match(cell) is not None


def only_formulas(cell: Token) -> bool:
    """A heading that is nothing but formulas needs words beside them: judges count MathML as empty."""
    said = [child for child in cell.children or () if child.type == "math_inline" or child.content.strip()]
    return bool(said) and all(child.type == "math_inline" for child in said)


def write_row(
    w: Writer, cells: list[Token], numeric: list[bool], aligns: tuple[str, ...], head: bool
) -> None:
    """One line; its cells together are the context of what they mention."""
    w.put("<tr>")
    w.begin(cells[0])
    for cell, right, side in zip(cells, numeric, aligns, strict=True):
        kind = ' class="num"' if right else ' style="text-align:center"' if side == "center" else ""
        named = head and bool(cell.content)
        w.put(f'<th scope="col"{kind}>' if named else f"<td{kind}>")
        if cell.content:
            if w.size:
                w.say(" · ")
            w.source(cell)
            spoken = named and only_formulas(cell)
            w.put(f'<span class="vh">{escape(flat.plain(cell.children or ()))}</span>' if spoken else "")
            w.put('<span aria-hidden="true">' if spoken else "")
            w.inline(cell)
            w.put("</span>" if spoken else "")
        w.put("</th>" if named else "</td>")
    w.end(prose=False)
    w.put("</tr>\n")
