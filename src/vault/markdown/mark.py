"""``==marked==`` text, paired by markdown-it's balancing of delimiters."""

from __future__ import annotations

from markdown_it.rules_inline.state_inline import Delimiter, StateInline


def tokenize(state: StateInline, silent: bool) -> bool:
    """``==`` as a text token that may become a tag; a run of any other length is text."""
    start = state.pos
    if silent or state.src[start : start + 2] != "==":
        return False
    scanned = state.scanDelims(start, True)
    token = state.push("text", "", 0)
    token.content = "=" * scanned.length
    state.pos += scanned.length
    if scanned.length == 2:
        place = len(state.tokens) - 1
        state.delimiters.append(Delimiter(ord("="), 0, place, -1, scanned.can_open, scanned.can_close))
    return True


def post_process(state: StateInline) -> None:
    """Turn the balanced ``==`` into tags."""
    convert(state, state.delimiters)
    for meta in state.tokens_meta:
        if meta and "delimiters" in meta:
            convert(state, meta["delimiters"])


def convert(state: StateInline, delimiters: list[Delimiter]) -> None:
    for opener in delimiters:
        if opener.marker == ord("=") and opener.end != -1:
            for delimiter, nesting in ((opener, 1), (delimiters[opener.end], -1)):
                token = state.tokens[delimiter.token]
                token.type = "mark_open" if nesting == 1 else "mark_close"
                token.nesting = 1 if nesting == 1 else -1
                token.tag, token.content = "mark", ""
