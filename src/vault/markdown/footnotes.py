"""Footnotes: ``[^1]`` with its text elsewhere, and ``^[text]`` in place.

The text becomes a slot behind the block that first refers to it, so that it can stand beside it.
A text that nothing refers to stays where it was written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from markdown_it.helpers import parseLinkLabel
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote.index import footnote_def

from vault.patterns import lazy
from vault.records import FootnoteSlot, Part

if TYPE_CHECKING:
    from vault.markdown.sheet import Sheet
    from vault.markdown.writer import Writer

LONG: Final = 80
"""Words from which a footnote is too long for the margin."""

_REFERENCE = lazy(r"\[\^([^\[\]\s]{1,200})\]")
_DEFINITION = lazy(r"\[\^[^\]\s]{1,200}\]:")


def definition(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """``[^label]: text``, its further paragraphs indented."""
    pos = state.bMarks[line] + state.tShift[line]
    if not _DEFINITION.match(state.src, pos, state.eMarks[line]):
        return False
    if state.level + 1 >= state.md.options.maxNesting:
        return False
    return footnote_def(state, line, end, silent)


def reference(state: StateInline, silent: bool) -> bool:
    """``[^label]``, if that label is defined somewhere."""
    found = _REFERENCE.match(state.src, state.pos, state.posMax)
    known: dict[str, Any] = state.env.get("footnotes", {}).get("refs", {})
    if not found or f":{found[1]}" not in known:
        return False
    if not silent:
        push(state, found[1])
    state.pos = found.end()
    return True


def inline(state: StateInline, silent: bool) -> bool:
    """``^[text]``."""
    start = state.pos
    if not state.src.startswith("^[", start):
        return False
    end = parseLinkLabel(state, start + 1)
    if end < 0:
        return False
    if not silent:
        texts: list[Token] = state.env.setdefault("inline_footnotes", [])
        label = f"\0{len(texts)}"
        token = Token("inline", "", 0, content=state.src[start + 2 : end], children=[])
        texts.append(token)
        assert token.children is not None
        state.md.inline.parse(token.content, state.md, state.env, token.children)
        push(state, label).meta["text"] = token
    state.pos = end + 1
    return True


def push(state: StateInline, label: str) -> Token:
    token = state.push("footnote_ref", "", 0)
    token.meta = {"label": label, "at": state.pos}
    return token


def collect(sheet: Sheet, labels: dict[str, int]) -> None:
    """Where each definition's tokens stand; the first of several with one label counts."""
    opened: list[int] = []
    for i, token in enumerate(sheet.tokens):
        if token.type == "footnote_reference_open":
            opened.append(i)
        elif token.type == "footnote_reference_close":
            start = opened.pop()
            label = sheet.tokens[start].meta["label"]
            if f":{label}" in labels:
                sheet.definitions.setdefault(label, (start, i))


# What they become


def write_reference(w: Writer, token: Token) -> None:
    """The raised number; the text waits for the end of the outermost block."""
    label = token.meta["label"]
    if w.linked or w.muted:
        return
    number = w.footnotes.get(label)
    if number is None:
        number = w.footnotes[label] = len(w.footnotes) + 1
        w.waiting.append((number, token))
    place = w.places[number] = w.places.get(number, 0) + 1
    again = f"-{place}" if place > 1 else ""
    anchor = f' style="--a: --\0r{number}"' if place == 1 else ""
    target = f'class="ref" href="#\0fn-{number}" role="doc-noteref"'
    w.put(f'<a id="\0fnref-{number}{again}" {target}{anchor}>{number}</a>')


def write_definition(w: Writer, tokens: list[Token], i: int) -> int:
    """Nothing, or the text itself if nothing refers to it."""
    label = tokens[i].meta["label"]
    start, end = w.sheet.definitions.get(label, (-1, -1))
    if start == i and label in w.sheet.cited:
        return end + 1
    return i + 1


def write_waiting(w: Writer) -> list[tuple[int, list[Part], int]]:
    """The texts of the footnotes that were cited first in the block just written, and in these texts:
    number, parts, words."""
    made: list[tuple[int, list[Part], int]] = []
    while w.waiting:
        number, token = w.waiting.popleft()
        before = w.word_count
        kept = w.apart()
        write_text(w, token)
        parts = w.resume(kept)
        made.append((number, parts, w.word_count - before))
    return made


def write_text(w: Writer, token: Token) -> None:
    text = token.meta.get("text")
    if isinstance(text, Token):
        w.begin(text)
        w.inline(text)
        w.end()
        return
    start, end = w.sheet.definitions[token.meta["label"]]
    tokens = w.sheet.tokens
    if end - start == 4 and tokens[start + 1].type == "paragraph_open":
        w.begin(tokens[start + 2])
        w.inline(tokens[start + 2])
        w.end()
        return
    w.span(tokens, start + 1, end)


def slot(w: Writer, number: int, parts: list[Part], words: int) -> FootnoteSlot:
    return FootnoteSlot(number, w.places.get(number, 1), tuple(parts), words > LONG)
