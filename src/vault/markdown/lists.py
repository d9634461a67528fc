"""Lists as most are: items of one line each, at the left edge, that begin with a letter."""

from __future__ import annotations

from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock

from vault.patterns import lazy

_PLAIN = lazy(
    r"(([-*+]) [^\W\d_][^\n]*\n(?:\2 [^\W\d_][^\n]*\n)*)"  # the items
    r"(?:\n*\Z|\n+(?=[^\s*+0-9-]))"  # and what neither goes on with the list nor begins another
)


def plain(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """The tokens that markdown-it's rule makes of such a list, which enters a parser for each item."""
    if silent or state.level or state.blkIndent or state.tShift[line] or end != state.lineMax:
        return False
    found = _PLAIN.match(state.src, state.bMarks[line])
    if not found:
        return False
    items, mark = found[1].split("\n")[:-1], found[2]
    after = line + found[0].count("\n")
    opened = state.push("bullet_list_open", "ul", 1)
    opened.map, opened.markup = [line, after], mark
    last = line + len(items) - 1
    for at, item in enumerate(items, line):
        entry(state, mdTrim(item[2:]), mark, [at, at + 1 if at < last else after])
    state.push("bullet_list_close", "ul", -1).markup = mark
    state.line = after
    return True


def entry(state: StateBlock, content: str, mark: str, lines: list[int]) -> None:
    """An item whose paragraph has no tag of its own."""
    line = lines[0]
    opened = state.push("list_item_open", "li", 1)
    opened.markup, opened.map = mark, lines
    begin = state.push("paragraph_open", "p", 1)
    begin.map, begin.hidden = [line, line + 1], True
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = content, [line, line + 1], []
    state.push("paragraph_close", "p", -1).hidden = True
    state.push("list_item_close", "li", -1).markup = mark
