"""Comments that nobody else should read: ``%%comment%%``, on one line or over several."""

from __future__ import annotations

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline


def inline(state: StateInline, silent: bool) -> bool:
    """``%%...%%`` inside a block."""
    start = state.pos
    if not state.src.startswith("%%", start):
        return False
    end = state.src.find("%%", start + 2, state.posMax)
    if end < 0:
        if not silent:
            state.append_pending("%%")
        state.pos += 2
        return True
    state.pos = end + 2
    return True


def block(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """``%%`` at the start of a line to a ``%%`` at the end of one, blank lines included."""
    pos = state.bMarks[line] + state.tShift[line]
    if not state.src.startswith("%%", pos):
        return False
    close = state.src.find("%%", pos + 2, state.eMarks[end - 1])
    if close < 0:
        return False
    last = line
    while state.eMarks[last] < close:
        last += 1
        if last >= end or (state.sCount[last] < state.blkIndent and not state.isEmpty(last)):
            return False
    if state.src[close + 2 : state.eMarks[last]].strip():
        return False
    if not silent:
        state.line = last + 1
    return True
