"""Formulas: ``$x$``, ``$$x$$``, ``\\(x\\)``, ``\\[x\\]``, and bare environments such as ``align``.

Dollars are read as Pandoc reads them, so prices stay text: no white space inside, no digit behind.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from vault.markdown import equations, tex
from vault.markdown.equations import ENVIRONMENTS, SCROLLER
from vault.patterns import lazy

if TYPE_CHECKING:
    from vault.markdown.writer import Writer

LONG = 50
"""Characters of TeX in the line from which a formula may be wider than a phone."""
_WHITE = " \t\n\xa0"
_NO_START = f"{_WHITE},.;:!?)]}}"
_ROUND = lazy(r"\\\(([^\\]*(?:\\[^()][^\\]*)*)\\\)", re.DOTALL)
_SQUARE = lazy(r"\\\[([^\\]*(?:\\[^\[\]][^\\]*)*)\\\]", re.DOTALL)
_MATH = lazy(r"\\[a-zA-Z]|[\^_=+<>{}|]|[a-zA-Z]'?\(|\d\s?/\s?\d")
_BEGIN = lazy(r"\\begin\{(" + "|".join(ENVIRONMENTS) + r")(\*?)\}")
_NUMBERED = lazy(r"[ \t]*(?:\(([\w.]{1,12})\))?[ \t.,;]*(?:\{#[\w:.-]{1,60}\})?[ \t]*$")


def dollars(state: StateInline, silent: bool) -> bool:
    """``$x$`` and, inside a paragraph, ``$$x$$``."""
    start, src, end = state.pos, state.src, state.posMax
    if src.startswith("$$", start):
        close = closing(src, "$$", start + 2, end)
        return close > start + 2 and take(state, silent, "math_display", (start + 2, close), close + 2)
    if start + 1 >= end or src[start + 1] in _NO_START or (start and src[start - 1].isdigit()):
        return skip_run(state, silent)
    close = braced(src, start + 1, end)
    if close < 0 or src[close - 1] in _WHITE or (close + 1 < end and src[close + 1].isdigit()):
        return False
    return take(state, silent, "math_inline", (start + 1, close), close + 1)


def braced(src: str, start: int, end: int) -> int:
    """Where the formula from ``start`` ends: a dollar inside braces (``\\text{if $x$}``) is part of it, if
    the braces close soon."""
    first = close = closing(src, "$", start, end)
    for _ in range(8):
        if close < 0 or open_braces(src, start, close) <= 0:
            break
        close = closing(src, "$", close + 1, end)
    else:
        return first
    return first if close < 0 else close


def open_braces(src: str, start: int, end: int) -> int:
    opened = src.count("{", start, end) - src.count("\\{", start, end)
    return opened - src.count("}", start, end) + src.count("\\}", start, end)


def skip_run(state: StateInline, silent: bool) -> bool:
    """A dollar that opens nothing is text."""
    if not silent:
        state.append_pending("$")
    state.pos += 1
    return True


def closing(src: str, mark: str, place: int, end: int) -> int:
    """Where the next unescaped ``mark`` stands, -1 if nowhere."""
    while (place := src.find(mark, place, end)) >= 0:
        back = place
        while src[back - 1] == "\\" and back > 0:
            back -= 1
        if (place - back) % 2 == 0:
            return place
        place += 1
    return -1


def take(state: StateInline, silent: bool, kind: str, span: tuple[int, int], after: int) -> bool:
    """Make a formula of what spans ``src``; GitHub's ``$`x`$`` is the same without the ticks."""
    content = state.src[span[0] : span[1]]
    if not content.strip():
        return False
    if not silent:
        if kind == "math_inline" and len(content) > 2 and content[0] == content[-1] == "`":
            content = content[1:-1]
        token = state.push(kind, "math", 0)
        token.content, token.meta = content.strip(), {"at": span[0]}
    state.pos = after
    return True


def brackets(state: StateInline, silent: bool) -> bool:
    """``\\(x\\)`` and ``\\[x\\]``; escaped brackets around words stay brackets."""
    after = state.src[state.pos + 1 : state.pos + 2]
    if after not in ("(", "["):
        return False
    pattern, kind = (_ROUND, "math_inline") if after == "(" else (_SQUARE, "math_display")
    found = pattern.match(state.src, state.pos, state.posMax)
    if not found or not meant(found[1], after):
        return False
    return take(state, silent, kind, found.span(1), found.end())


def meant(content: str, bracket: str) -> bool:
    """Whether what stands in escaped brackets is a formula and not words."""
    content = content.strip()
    if _MATH.search(content):
        return True
    return bracket == "(" and 0 < len(content) <= 3 and content.isalnum() and not content.isdigit()


# On lines of their own


def block_dollars(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """``$$`` to ``$$``.  Blank lines may stand inside only if both marks stand alone on their lines."""
    text = line_of(state, line)
    if not text.startswith("$$"):
        return False
    after, rest = line, text[2:]
    close = rest.find("$$")
    alone: bool | None = None if text.strip() == "$$" else False
    while close < 0:
        after += 1
        if after >= end or (state.sCount[after] < state.blkIndent and not state.isEmpty(after)):
            return False
        rest = line_of(state, after)
        if not rest:
            alone = lone_mark(state, after, end) if alone is None else alone
            if not alone:
                return False
        close = rest.find("$$")
    return finish(state, silent, (line, after), rest[close + 2 :], ("$$", "$$"))


def lone_mark(state: StateBlock, line: int, end: int) -> bool:
    """Whether the next ``$$`` stands at the beginning of a line."""
    pos = state.src.find("$$", state.bMarks[line])
    if pos < 0 or pos >= state.eMarks[end - 1]:
        return False
    return state.src[state.src.rfind("\n", 0, pos) + 1 : pos].strip(" \t>") == ""


def line_of(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def finish(
    state: StateBlock, silent: bool, lines: tuple[int, int], tail: str, marks: tuple[str, str]
) -> bool:
    """Make the block, if nothing but a number or a full stop stands behind its end."""
    numbered = _NUMBERED.match(tail)
    if not numbered:
        return False
    (line, last), (opening, close) = lines, marks
    content = state.getLines(line, last + 1, state.blkIndent, False).strip()
    place = content.rfind(close) if close else len(content)
    content = content[len(opening) : place].strip()
    if not content:
        return False
    if silent:
        return True
    if numbered[1] and "\\tag" not in content:
        content += f" \\tag{{{numbered[1]}}}"
    token = state.push("math_block", "math", 0)
    token.content, token.map = content, [line, last + 1]
    state.line = last + 1
    return True


def block_brackets(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """``\\[`` to ``\\]``, and an environment to its end, both closing at the end of a line."""
    pos = state.bMarks[line] + state.tShift[line]
    begin = _BEGIN.match(state.src, pos, state.eMarks[line])
    if begin:
        close = f"\\end{{{begin[1]}{begin[2]}}}"
    elif state.src.startswith("\\[", pos):
        close = "\\]"
    else:
        return False
    found = next_close(state, close, pos + 2)
    refused: set[int] = state.env.setdefault("refused", set())
    if found in refused:
        return False
    last = last_line(state, line, end, close, found) if 0 <= found < state.eMarks[end - 1] else -1
    if last < 0:
        return False
    tail = state.src[found + len(close) : state.eMarks[last]]
    if not _NUMBERED.match(tail) or (begin and tail.strip()):
        refused.add(found)
        return False
    if begin:
        return finish(state, silent, (line, last), tail, ("", ""))
    inner = state.src[pos + 2 : found]
    if last == line and not meant(inner, "["):
        return False
    return finish(state, silent, (line, last), tail, ("\\[", "\\]"))


def last_line(state: StateBlock, line: int, end: int, close: str, found: int) -> int:
    """The line of the closing mark; -1 if the block ends before it, which is remembered for the openers
    in between."""
    broken: dict[str, int] = state.env.setdefault("broken", {})
    if line < broken.get(close, -1):
        return -1
    last = line
    while state.eMarks[last] < found:
        last += 1
        if last >= end or (state.isEmpty(last) and close == "\\]") or state.sCount[last] < state.blkIndent:
            broken[close] = last
            return -1
    return last


def next_close(state: StateBlock, close: str, pos: int) -> int:
    """Where ``close`` next stands; the last answer is kept, so that many openers ask once."""
    known: dict[str, int] = state.env.setdefault("closes", {})
    place = known.get(close, 0)
    if place < 0 or place >= pos:
        return place
    known[close] = place = state.src.find(close, pos)
    return place


# What a formula becomes


def write_inline(w: Writer, token: Token) -> None:
    """A formula in the line; a long one may be wider than a phone, and then scrolls by itself."""
    made, reason = tex.mathml(w.sheet.series.referred(token.content), False, token.content)
    if made and len(token.content) > LONG:
        made = f"<span {SCROLLER.replace('eq', 'im')}>{made}</span>"
    w.formula(token, made or tex.error(token.content, reason), reason)


def write_display(w: Writer, token: Token) -> None:
    """A displayed formula inside a paragraph, where no ``div`` may stand."""
    made, reason = equations.display(token.meta["equation"], w.sheet.series)
    w.formula(token, made if reason else f"<span {SCROLLER}>{made}</span>", reason)


def write_block(w: Writer, tokens: list[Token], i: int) -> int:
    token = tokens[i]
    made, reason = equations.block(token.meta["equation"], w.sheet.series)
    w.begin(token)
    w.formula(token, made, reason)
    w.end()
    return i + 1
