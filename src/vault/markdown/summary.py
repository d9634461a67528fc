"""The TL;DR of a text, and its first sentence."""

from __future__ import annotations

import re

from markdown_it.token import Token

from vault.markdown import flat, sentences
from vault.markdown.sheet import Sheet, Summary
from vault.markdown.text import escape
from vault.patterns import lazy

_LINE = lazy(
    r"(\*{1,2}|_{1,2})?TL;?DR(?(1)(?:[:：.]?\1\s*[:：–—-]?|\s*[:：–—-]\s*\1)|\s*(?:[:：–—.]|-\s))\s*",
    re.IGNORECASE,
)
_HEADING = lazy(r"TL;?DR[.:：]?$", re.IGNORECASE)


def labelled(content: str) -> Token | None:
    """What stands behind ``TL;DR:`` at the start of a paragraph, None if it does not start so."""
    found = _LINE.match(content)
    return Token("inline", "", 0, content=content[found.end() :]) if found else None


def find(sheet: Sheet) -> Summary:
    """The summary of a body: a callout, a paragraph that begins with ``TL;DR:``, or one paragraph under
    a heading that says so.  It leaves the body where it opens it."""
    tokens = sheet.tokens
    opening = True
    for group in sheet.groups:
        first = tokens[group.start]
        if first.type in ("gone", "footnote_reference_open"):
            continue
        found = of_group(tokens, group.start, group.end)
        if found:
            end = group.end if first.type != "heading_open" else following(sheet, group.end)
            taken = opening and not group.raw
            return Summary(*found, group.start, end if taken else group.start)
        opening = False
    return Summary()


def following(sheet: Sheet, start: int) -> int:
    """Where the paragraph under a heading ends."""
    return next((group.end for group in sheet.groups if group.start == start), start)


def of_group(tokens: list[Token], start: int, end: int) -> tuple[str, str] | None:
    first = tokens[start]
    if first.type == "callout_open" and first.meta["look"] == "tldr":
        title = [first.meta["title"]] if first.meta["own"] else []
        return said([t for t in tokens[start:end] if t.type == "inline"] or title)
    if first.type == "paragraph_open" and "tldr" in first.meta:
        return said([first.meta["tldr"]])
    if first.type == "heading_open" and _HEADING.match(tokens[start + 1].content.strip()):
        after = [tokens[i].type for i in (end, end + 3) if i < len(tokens)]
        if after and after[0] == "paragraph_open" and after[1:] in ([], ["heading_open"]):
            return said([tokens[end + 1]])
    return None


def said(inlines: list[Token]) -> tuple[str, str] | None:
    """Several blocks of text as one."""
    plain = " ".join(" ".join(words(t)[0].split()) for t in inlines)
    html = " ".join(words(t)[1].strip() for t in inlines)
    return (plain.strip(), html.strip()) if plain.strip() else None


def words(token: Token) -> tuple[str, str]:
    if token.children is None:
        return token.content, escape(token.content)
    found = [flat.told(child) for child in token.children]
    return "".join(words for words, _ in found), "".join(markup for _, markup in found)


def lead(sheet: Sheet, start: int) -> tuple[str, str]:
    """The first sentence of the first paragraph that has words, plain and as HTML."""
    tokens = sheet.tokens
    for group in sheet.groups:
        if group.start < start or tokens[group.start].type != "paragraph_open":
            continue
        inline = tokens[group.start + 1]
        children = inline.children
        pieces = (
            [(inline.content, escape(inline.content))] if children is None else [*map(flat.told, children)]
        )
        text = "".join(piece[0] for piece in pieces)
        if any(char.isalnum() for char in text) and not only_images(children):
            length = sentences.first(text)
            return " ".join(text[:length].split()), " ".join(flat.cut(pieces, length).split())
    return "", ""


def only_images(children: list[Token] | None) -> bool:
    return bool(children) and all(
        t.type in ("image", "embed", "softbreak", "hardbreak") for t in children or ()
    )
