"""The configured parser: which rules begin with which character, inside a block and at its start."""

from __future__ import annotations

import functools
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, fence, heading, hr, list_block
from markdown_it.rules_block import reference as link_definition
from markdown_it.rules_inline import StateInline, backtick, emphasis, entity, escape, newline, strikethrough
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin

from vault.markdown import (
    citations,
    comments,
    footnotes,
    images,
    links,
    lists,
    mark,
    math,
    raw_html,
    stress,
    tables,
    tags,
)
from vault.markdown import wikilinks as wiki
from vault.markdown.blocks import TOO_DEEP, Blocks, Table
from vault.markdown.inlines import Inlines

NESTING: Final = 100
"""Containers, or inline elements, that may stand inside each other."""

DIGITS: Final = "0123456789"


def exclamation(state: StateInline, silent: bool) -> bool:
    if state.src.startswith("![[", state.pos) and wiki.embed(state, silent):
        return True
    return images.image(state, silent)


def bracket(state: StateInline, silent: bool) -> bool:
    """Everything that begins with ``[``, told apart by the next character."""
    after = state.src[state.pos + 1 : state.pos + 2]
    if after == "[" and wiki.wikilink(state, silent):
        return True
    if after == "^" and footnotes.reference(state, silent):
        return True
    return citations.bracketed(state, silent) or links.link(state, silent)


def angle(state: StateInline, silent: bool) -> bool:
    return links.autolink(state, silent) or raw_html.inline(state, silent)


def backslash(state: StateInline, silent: bool) -> bool:
    return math.brackets(state, silent) or escape(state, silent)


INLINE: Final = {
    "\n": (newline,),
    "!": (exclamation,),
    "#": (tags.tag,),
    "$": (math.dollars,),
    "%": (comments.inline,),
    "&": (entity,),
    "*": (stress.plain, emphasis.tokenize),
    "_": (stress.plain, emphasis.tokenize),
    ":": (links.bare,),
    "<": (angle,),
    "=": (mark.tokenize,),
    "@": (citations.narrative,),
    "[": (bracket,),
    "\\": (backslash,),
    "^": (footnotes.inline,),
    "`": (backtick,),
    "~": (strikethrough.tokenize,),
    "w": (links.www,),
    "W": (links.www,),
}


@functools.cache
def definition_list() -> Any:
    """The rule of the definition list plugin."""
    md = MarkdownIt()
    deflist_plugin(md)
    return next(rule.fn for rule in md.block.ruler.__rules__ if rule.name == "deflist")


def defined(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """A term, and under it ``: its definition``."""
    if not silent and state.level + 2 >= state.md.options.maxNesting:
        return False
    return bool(definition_list()(state, line, end, silent))


def block_tables() -> tuple[Table, dict[str, Table], Table]:
    """What may begin a block, what may end one (by the kind of block), what the next line asks for."""
    both: dict[str, Any] = {
        "`": (fence,),
        "~": (fence,),
        ">": (blockquote,),
        "*": (hr, list_block),
        "-": (hr, list_block),
        "_": (hr,),
        "+": (list_block,),
        **dict.fromkeys(DIGITS, (list_block,)),
    }
    quote: dict[str, Any] = {
        **both,
        "<": (raw_html.block,),
        "#": (heading,),
        "$": (math.block_dollars,),
        "\\": (math.block_brackets,),
        "%": (comments.block,),
    }
    paragraph = {**quote, "[": (footnotes.definition,), ":": (defined,)}
    bullets = {"*": (hr, lists.plain, list_block), "-": (hr, lists.plain, list_block)}
    opens = {**quote, **bullets, "+": (lists.plain, list_block), "[": (footnotes.definition, link_definition)}
    ends: dict[str, Table] = {
        "paragraph": paragraph,
        "reference": paragraph,
        "blockquote": {**quote, ":": (defined,)},
        "list": {
            "`": (fence,),
            "~": (fence,),
            ">": (blockquote,),
            **dict.fromkeys("*-_", (hr,)),
            "$": (math.block_dollars,),
        },
    }
    return opens, ends, {"|": (tables.table,), "-": (tables.table,), ":": (tables.table, defined)}


class Parser(MarkdownIt):
    """Addresses stay as they were written; the gate is elsewhere."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"maxNesting": NESTING, "tasklists": True})
        self.inline = Inlines(INLINE)
        self.block = Blocks(*block_tables())

    def validateLink(self, url: str) -> bool:  # noqa: N802, ARG002 - markdown-it's name
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        return link


@functools.cache
def parser() -> Parser:
    return Parser()


def parsed(text: str) -> tuple[list[Token], dict[str, Any]]:
    """Block tokens, their inline content unread, and what the rules noted down."""
    env: dict[str, Any] = {}
    tokens: list[Token] = []
    md = parser()
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    # Without a line end behind the last line markdown-it may look past the end.
    text += "" if text.endswith("\n") else "\n"
    md.block.parse(text, md, env, tokens)
    return tokens, env


__all__ = ["NESTING", "TOO_DEEP", "parsed", "parser"]
