"""Headings: their depth in the page, their anchors, ``{#name}`` behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it.token import Token

from vault.markdown.text import attribute
from vault.patterns import lazy
from vault.records import Heading

if TYPE_CHECKING:
    from vault.markdown.writer import Writer

_ATTRIBUTES = lazy(r"[ \t]*\{([#.][^{}\n]{0,200})\}[ \t]*$")
_NAME = lazy(r"#([^\s#.{}=]{1,100})")


def attributes(tokens: list[Token], i: int) -> None:
    """Take ``{#name .class}`` off the heading that opens at ``i``; only the name counts."""
    inline = tokens[i + 1]
    if inline.content.endswith("}") and (
        found := _ATTRIBUTES.search(inline.content, max(0, len(inline.content) - 300))
    ):
        inline.content = inline.content[: found.start()]
        name = _NAME.search(found[1])
        if name:
            tokens[i].meta["name"] = name[1]


# What a heading becomes


def write(w: Writer, tokens: list[Token], i: int) -> int:
    opened, inline = tokens[i], tokens[i + 1]
    kept = w.apart()
    w.begin(inline)
    w.inline(inline)
    parts = w.resume(kept)
    text = " ".join("".join(w.words).split())
    w.heading = text
    w.end()
    if w.muted:
        return i + 3
    level = depth(w, int(opened.tag[1]))
    anchor = unique(w, w.sheet.helpers.anchor(str(opened.meta.get("name", text))))
    line = w.sheet.line + (opened.map[0] if opened.map else 0)
    w.headings.append(Heading(level, text, anchor, line))
    if not opened.level and not w.level:
        w.level, w.anchor = level, anchor
    name = attribute(f"Link to {text}")
    w.put(f'<h{level} id="\0{anchor}"><a class="h-a" href="#\0{anchor}" aria-label="{name}">#</a>')
    for part in parts:
        if type(part) is str:
            w.put(part)
        else:
            w.slot(part)
    w.put(f"</h{level}>\n")
    return i + 3


def depth(w: Writer, level: int) -> int:
    """How deep a heading stands below those above it: 2 for the first and its equals, whatever level
    was written, so that the page has one h1 and no level is left out."""
    while w.outline and w.outline[-1][0] >= level:
        w.outline.pop()
    made = min(6, w.outline[-1][1] + 1) if w.outline else 2
    w.outline.append((level, made))
    return made


def unique(w: Writer, anchor: str) -> str:
    """The anchor, with a number where an earlier heading has the same."""
    count = w.used.get(anchor, 0) + 1
    w.used[anchor] = count
    if count == 1:
        return anchor
    made = f"{anchor}-{count}"
    while made in w.used:
        count += 1
        made = f"{anchor}-{count}"
    w.used[anchor], w.used[made] = count, 1
    return made
