"""Inline tokens as HTML without links and slots, and as plain text: titles, labels, first sentences."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from markdown_it.token import Token

from vault.markdown import tex
from vault.markdown.tex_words import readable
from vault.markdown.text import escape

TAGS: Final = {
    "em_open": "<em>",
    "em_close": "</em>",
    "strong_open": "<strong>",
    "strong_close": "</strong>",
    "s_open": "<s>",
    "s_close": "</s>",
    "mark_open": "<mark>",
    "mark_close": "</mark>",
}
"""Tags that mean the same everywhere."""

KEPT: Final = frozenset(("b", "strong", "i", "em", "sub", "sup", "code", "kbd", "small", "s", "u", "mark"))
"""Tags of raw HTML that a title may keep; they come in pairs."""

Piece = tuple[str, str]
"""Plain text and HTML of the same."""


def piece(token: Token) -> Piece:
    kind = token.type
    if kind == "text":
        return token.content, escape(token.content)
    if kind in TAGS:
        return "", TAGS[kind]
    if kind in ("softbreak", "hardbreak"):
        return " ", " "
    if kind == "code_inline":
        return token.content, f"<code>{escape(token.content)}</code>"
    if kind in ("math_inline", "math_display"):
        return token.content, tex.show(token.content)
    if kind in ("html_open", "html_close"):
        slash = "/" if kind == "html_close" else ""
        return "", f"<{slash}{token.tag}>" if token.tag in KEPT else ""
    words = said(token)
    return words, escape(words)


def told(token: Token) -> Piece:
    """``piece`` with a formula in words; names keep its source, of which addresses are made."""
    words, markup = piece(token)
    return (readable(words) if token.type in ("math_inline", "math_display") else words), markup


def said(token: Token) -> str:
    """The words of a token that is a link, an image or a slot."""
    if token.type == "image":
        return plain(token.children or ())
    return str(token.meta.get("said", ""))


def plain(children: Iterable[Token]) -> str:
    return "".join([piece(token)[0] for token in children])


def html(children: Iterable[Token]) -> str:
    return "".join([piece(token)[1] for token in children])


def cut(found: Iterable[Piece], length: int) -> str:
    """The HTML of the first ``length`` characters, its tags closed."""
    made: list[str] = []
    opened: list[str] = []
    for words, whole in found:
        if words and length <= 0:
            break
        markup = escape(words[:length]) if len(words) > length and whole == escape(words) else whole
        length -= len(words)
        made.append(markup)
        if not words and markup.startswith("</"):
            opened.pop()
        elif not words and markup.startswith("<"):
            opened.append(f"</{markup[1:]}")
    return "".join(made).rstrip() + "".join(reversed(opened))
