"""The outline of a text: its top-level blocks by their lines, and the one link that a block is.

Nothing is rendered; inline content is read only where a link may be.
"""

from __future__ import annotations

import itertools

from markdown_it.token import Token

from vault.markdown import flat
from vault.markdown.engine import parsed, parser
from vault.patterns import lazy
from vault.records import OutlineBlock, OutlineItem
from vault.tuples import NamedTuple

_LINK = lazy(r"\]\(|\]\[|://|<a\s|[wW]{3}\.")


class Found(NamedTuple):
    """A first link, the plain text before and after it, and whether it is the only one."""

    text: str
    url: str
    before: str
    after: str
    only: bool


def outline(text: str) -> tuple[OutlineBlock, ...]:
    """Top-level blocks in order; lines count from 1, ends are exclusive."""
    tokens, env = parsed(text)
    lines = text.split("\n")
    starts = [i for i, token in enumerate(tokens) if not token.level and token.nesting >= 0]
    spans = itertools.pairwise([*starts, len(tokens)])
    return tuple(block(tokens, start, end, lines, env) for start, end in spans)


def block(
    tokens: list[Token], start: int, end: int, lines: list[str], env: dict[str, object]
) -> OutlineBlock:
    first = tokens[start]
    low, high = extent(first, lines)
    if first.type in ("heading_open", "paragraph_open"):
        return worded(tokens[start + 1], first, low, high, env)
    if first.type in ("bullet_list_open", "ordered_list_open"):
        return OutlineBlock("list", low, high, items=items(tokens, start, end, lines, env))
    return OutlineBlock("other", low, high)


def extent(token: Token, lines: list[str]) -> tuple[int, int]:
    """The first line of a block and the one after its last that is not blank, from 1."""
    low, high = token.map or [0, 0]
    high = min(high, len(lines))
    while high > low + 1 and not lines[high - 1].strip():
        high -= 1
    return low + 1, high + 1


def worded(inline: Token, first: Token, low: int, high: int, env: dict[str, object]) -> OutlineBlock:
    """A heading or paragraph with its text, and its link where that is all of it or ends it."""
    kind, level = ("heading", int(first.tag[1])) if first.type == "heading_open" else ("paragraph", 0)
    children = read(inline, env)
    text = " ".join(flat.plain(children).split()) if children else " ".join(inline.content.split())
    found = first_link(children)
    if not found or not found.only or found.after:
        return OutlineBlock(kind, low, high, level, text)
    whole = not found.before
    return OutlineBlock(kind, low, high, level, text, found.text if whole else "", found.url, whole)


def read(inline: Token, env: dict[str, object]) -> list[Token]:
    children: list[Token] = []
    parser().inline.parse(inline.content, parser(), env, children)
    return children


def first_link(children: list[Token]) -> Found | None:
    """The first link of some inline tokens; marks of emphasis around it do not count as text."""
    opened = next((i for i, token in enumerate(children) if token.type == "link_open"), -1)
    if opened < 0:
        return None
    closed = next(i for i in range(opened, len(children)) if children[i].type == "link_close")
    before, after = children[:opened], children[closed + 1 :]
    only = not any(token.type in ("link_open", "wikilink", "image", "embed") for token in before + after)
    label = " ".join(flat.plain(children[opened + 1 : closed]).split())
    href = str(children[opened].attrs.get("href", ""))
    return Found(label, href, flat.plain(before).strip(), flat.plain(after).strip(), only)


def items(
    tokens: list[Token], start: int, end: int, lines: list[str], env: dict[str, object]
) -> tuple[OutlineItem, ...]:
    """The items of a list and of the lists inside it, in order."""
    found: list[OutlineItem] = []
    depth = -1
    for i in range(start, end):
        token = tokens[i]
        if token.type.endswith("_list_open"):
            depth += 1
        elif token.type.endswith("_list_close"):
            depth -= 1
        elif token.type == "list_item_open":
            inline = tokens[i + 2] if tokens[i + 1].type == "paragraph_open" else None
            found.append(item(token, inline, depth, lines, env))
    return tuple(found)


def item(
    token: Token, inline: Token | None, depth: int, lines: list[str], env: dict[str, object]
) -> OutlineItem:
    low, high = extent(token, lines)
    checked = token.meta.get("checked")
    task = "" if checked is None else "x" if checked else " "
    content = inline.content if inline else ""
    link = first_link(read(inline, env)) if inline and _LINK.search(content) else None
    if link is None:
        return OutlineItem(low, high, depth, task, "", "", " ".join(content.split()), "")
    return OutlineItem(low, high, depth, task, link.text, link.url, link.before, link.after)
