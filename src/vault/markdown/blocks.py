"""Block parsing: markdown-it's algorithm, each line led to the rules that its first character may open."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from markdown_it.common.utils import mdTrim
from markdown_it.parser_block import ParserBlock
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block import code as indented_code

Rule = Callable[[StateBlock, int, int, bool], bool]
Table = Mapping[str, Sequence[Rule]]

TOO_DEEP = "too_deep"
"""The key of ``env`` that holds the first line nested beyond the limit."""


class Blocks(ParserBlock):
    """The block parser.

    ``opens`` maps a first character to the rules that may begin there, ``ends`` the same for rules
    that may end a paragraph (``paragraph``), a quote (``blockquote``), a list (``list``) or a
    definition (``reference``).  ``looks`` are rules that depend on the line after, by its first
    character.
    """

    def __init__(self, opens: Table, ends: Mapping[str, Table], looks: Table) -> None:
        super().__init__()
        self.opens = opens
        self.looks = looks
        for rule in self.ruler.get_all_rules():
            if rule != "code":
                self.ruler.disable(rule)
        for chain, table in ends.items():
            self.ruler.push(f"end_{chain}", ender(table), {"alt": [chain]})
        self.paragraph_ends = ends["paragraph"]

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803
        line = startLine
        deep = state.level >= state.md.options.maxNesting
        empty_seen = False
        while line < endLine:
            state.line = line = state.skipEmptyLines(line)
            if line >= endLine or state.sCount[line] < state.blkIndent:
                break
            if deep:
                state.env.setdefault(TOO_DEEP, line)
                too_deep(state, line, endLine)
                break
            self.one(state, line, endLine)
            state.tight = not empty_seen
            line = state.line
            if line - 1 < endLine and state.isEmpty(line - 1):
                empty_seen = True
            if line < endLine and state.isEmpty(line):
                empty_seen = True
                line += 1
                state.line = line

    def one(self, state: StateBlock, line: int, end: int) -> None:
        """The block that begins at a line."""
        if state.sCount[line] - state.blkIndent >= 4:
            indented_code(state, line, end, False)
            return
        for rule in self.looked(state, line, end):
            if rule(state, line, end, False):
                return
        for rule in self.opens.get(first(state, line), ()):
            if rule(state, line, end, False):
                return
        self.text(state, line)

    def looked(self, state: StateBlock, line: int, end: int) -> Sequence[Rule]:
        """Rules that the next line asks for (a table's second line, a definition)."""
        after = line + 1
        if after < end and state.isEmpty(after):
            after += 1
        return self.looks.get(first(state, after), ()) if after < end else ()

    def text(self, state: StateBlock, line: int) -> None:
        """A paragraph, or a heading if its last line is underlined."""
        kind, state.parentType = state.parentType, "paragraph"
        after, level = self.extent(state, line)
        content = mdTrim(text_of(state, line, after))
        state.parentType = kind
        state.line = after + 1 if level else after
        tag = f"h{level}" if level else "p"
        name = "heading" if level else "paragraph"
        state.push(f"{name}_open", tag, 1).map = [line, state.line]
        inline = state.push("inline", "", 0)
        inline.content, inline.map, inline.children = content, [line, after], []
        state.push(f"{name}_close", tag, -1)

    def extent(self, state: StateBlock, line: int) -> tuple[int, int]:
        """The line after a paragraph's text, and the level that an underline there gives it (or 0)."""
        last, indent = state.lineMax, state.blkIndent
        after = line + 1
        while after < last and not state.isEmpty(after):
            shift = state.sCount[after]
            if shift - indent > 3:
                after += 1
                continue
            char = first(state, after)
            if shift >= indent and char in "-=" and underlined(state, after, char):
                return after, 1 if char == "=" else 2
            if shift >= 0 and self.ended(state, after, char):
                break
            after += 1
        return after, 0

    def ended(self, state: StateBlock, line: int, char: str) -> bool:
        end = state.lineMax
        if line + 1 < end and first(state, line + 1) in "|-:":
            for rule in self.looks.get(first(state, line + 1), ()):
                if rule(state, line, end, True):
                    return True
        return any(rule(state, line, end, True) for rule in self.paragraph_ends.get(char, ()))


def ender(table: Table) -> Rule:
    """One rule that stands for all that may end a kind of block."""

    def end(state: StateBlock, line: int, last: int, silent: bool) -> bool:
        return any(rule(state, line, last, silent) for rule in table.get(first(state, line), ()))

    return end


def text_of(state: StateBlock, line: int, after: int) -> str:
    """The text of lines without the indentation of what they stand in; of one line, without any."""
    if after == line + 1:
        return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
    return state.getLines(line, after, state.blkIndent, False)


def first(state: StateBlock, line: int) -> str:
    """The first character of a line behind its indentation, a line end where there is none."""
    pos = state.bMarks[line] + state.tShift[line]
    return state.src[pos] if pos < state.eMarks[line] else "\n"


def underlined(state: StateBlock, line: int, char: str) -> bool:
    pos = state.bMarks[line] + state.tShift[line]
    return not state.src[pos : state.eMarks[line]].rstrip(" \t").strip(char)


def too_deep(state: StateBlock, line: int, end: int) -> None:
    """What is nested too deep stays, as the text that was written."""
    token = state.push("code_block", "code", 0)
    token.content = state.getLines(line, end, state.blkIndent, True)
    token.map = [line, end]
    state.line = end
