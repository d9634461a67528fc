"""Inline parsing: markdown-it's algorithm with one table look-up per special character.

markdown-it tries a dozen rules at each character that may mean something; here a character leads
straight to the rules that begin with it, and text without any is not parsed at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isWhiteSpace
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import emphasis, link_pairs, strikethrough
from markdown_it.rules_inline.state_inline import Scanned, StateInline
from markdown_it.token import Token

from vault.markdown import mark
from vault.patterns import lazy

Rule = Callable[[StateInline, bool], bool]

DEEPEST = 20
"""Inline elements, and brackets looked into, that may stand inside each other."""

STOPS = "\n!#$%&*:<=@[\\]^_`~"
"""Characters that may begin something other than text."""

_STOP = lazy(f"[{re.escape(STOPS)}]")
_STOP_WWW = lazy(rf"[{re.escape(STOPS)}]|[wW][wW][wW]\.")
_SPECIAL = lazy(f"[{re.escape(STOPS[1:])}]")
_EDGE = lazy(r"\n[ \t]|[ \t]\n")
OTHER, PUNCTUATION, WHITE = range(3)
_kinds: dict[str, int] = {" ": WHITE, "\n": WHITE}


def is_plain(content: str) -> bool:
    """Whether a block's content is text alone, line ends included."""
    if _SPECIAL.search(content) or "www." in content.lower():
        return False
    return "\n" not in content or _EDGE.search(content) is None


class State(StateInline):
    """``paired`` tells that markers like ``*`` were seen, ``openers`` where closing tags last stand."""

    def __init__(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> None:
        super().__init__(src, md, env, tokens)
        self.paired = False
        self.search = (_STOP_WWW if "www." in src or "WWW." in src else _STOP).search

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803 - markdown-it's names
        """As in markdown-it, with the kind of each character remembered."""
        self.paired = True
        src, end, marker = self.src, self.posMax, self.src[start]
        pos = start + 1
        while pos < end and src[pos] == marker:
            pos += 1
        before = kind(src[start - 1]) if start > 0 else WHITE
        after = kind(src[pos]) if pos < end else WHITE
        left = not (after == WHITE or (after == PUNCTUATION and before == OTHER))
        right = not (before == WHITE or (before == PUNCTUATION and after == OTHER))
        can_open = left and (canSplitWord or not right or before == PUNCTUATION)
        can_close = right and (canSplitWord or not left or after == PUNCTUATION)
        return Scanned(can_open, can_close, pos - start)


def kind(char: str) -> int:
    """Whether a character is punctuation (or a symbol), white space, or anything else."""
    found = _kinds.get(char)
    if found is None:
        if isWhiteSpace(ord(char)):
            found = WHITE
        elif isMdAsciiPunct(ord(char)) or unicodedata.category(char)[0] in "PS":
            found = PUNCTUATION
        else:
            found = OTHER
        if len(_kinds) < 5000:
            _kinds[char] = found
    return found


class Inlines(ParserInline):
    """The inline parser; ``table`` maps a character to the rules that begin with it."""

    def __init__(self, table: Mapping[str, Sequence[Rule]]) -> None:
        super().__init__()
        self.table = table

    def tokenize(self, state: StateInline) -> None:
        assert isinstance(state, State)
        src, search, end = state.src, state.search, state.posMax
        table: Mapping[str, Sequence[Rule]] = self.table if state.level < DEEPEST else {}
        pos = state.pos
        while pos < end:
            found = search(src, pos, end)
            stop = found.start() if found else end
            if stop > pos:
                state.append_pending(src[pos:stop])
                if not found:
                    break
            state.pos = stop
            for rule in table.get(src[stop], ()):
                if rule(state, False):
                    break
            else:
                state.append_pending(src[stop])
                state.pos = stop + 1
            pos = state.pos
        state.pos = max(state.pos, end)
        if state.pending:
            state.pushPending()

    def skipToken(self, state: StateInline) -> None:  # noqa: N802 - markdown-it's name
        """Move over one token without making it; each place is looked at once."""
        assert isinstance(state, State)
        pos = state.pos
        cached = state.cache.get(pos)
        if cached is not None:
            state.pos = cached
            return
        found = state.search(state.src, pos, state.posMax)
        stop = found.start() if found else state.posMax
        if stop > pos:
            state.pos = stop
        elif state.level >= DEEPEST:
            state.pos = state.posMax
        else:
            self.skip_special(state, pos)
        state.cache[pos] = state.pos

    def skip_special(self, state: StateInline, pos: int) -> None:
        state.level += 1
        for rule in self.table.get(state.src[pos], ()):
            if rule(state, True):
                break
        else:
            state.pos = pos + 1
        state.level -= 1

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        state = State(src, md, env, tokens)
        self.tokenize(state)
        if state.paired:
            link_pairs(state)
            if "~~" in src:
                strikethrough.postProcess(state)
            if "==" in src:
                mark.post_process(state)
            emphasis.postProcess(state)
        tokens[:] = joined(tokens)
        return tokens


def joined(tokens: list[Token]) -> list[Token]:
    """Runs of text as one token each; markers that became part of others are gone."""
    made: list[Token] = []
    run: list[Token] = []
    for token in tokens:
        if token.type in ("text", "text_special"):
            run.append(token)
            continue
        if run:
            made += together(run)
            run = []
        made.append(token)
    return made + together(run) if run else made


def together(run: list[Token]) -> list[Token]:
    first = run[0]
    if len(run) > 1:
        first.content = "".join([token.content for token in run])
    first.type = "text"
    return [first] if first.content else []
