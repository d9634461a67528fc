"""Paragraphs, list items and the other blocks that hold text or blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markdown_it.token import Token

from vault.markdown import images, wikilinks
from vault.markdown.text import escape

if TYPE_CHECKING:
    from vault.markdown.writer import Writer

TAGS: Final = {
    "gone": "",
    "bullet_list_open": "<ul>\n",
    "bullet_list_close": "</ul>\n",
    "ordered_list_close": "</ol>\n",
    "list_item_close": "</li>\n",
    "blockquote_open": "<blockquote>\n",
    "blockquote_close": "</blockquote>\n",
    "hr": "<hr>\n",
    "dl_open": "<dl>\n",
    "dl_close": "</dl>\n",
    "dt_close": "</dt>\n",
    "dd_open": "<dd>",
    "dd_close": "</dd>\n",
    "footnote_reference_close": "",
}
"""Blocks that are one tag."""


def paragraph(w: Writer, tokens: list[Token], i: int) -> int:
    """A paragraph; one of embeds alone is these embeds, one in a tight list has no tag."""
    opened, inline = tokens[i], tokens[i + 1]
    embeds = wikilinks.alone(inline.children)
    figure = images.figure(inline.children)
    w.begin(inline)
    if embeds:
        for token in embeds:
            wikilinks.write_embedded(w, token)
    elif figure:
        images.write_figure(w, figure, name(w, opened))
    elif opened.hidden:
        w.inline(inline)
    else:
        w.put(f"<p{name(w, opened)}>")
        w.inline(inline)
        w.put("</p>\n")
    w.end()
    return i + 3


def term(w: Writer, tokens: list[Token], i: int) -> int:
    w.put("<dt>")
    w.begin(tokens[i + 1])
    w.inline(tokens[i + 1])
    w.end()
    return i + 2


def ordered(w: Writer, tokens: list[Token], i: int) -> int:
    start = tokens[i].attrs.get("start")
    w.put("<ol>\n" if start is None else f'<ol start="{int(start)}">\n')
    return i + 1


def item(w: Writer, tokens: list[Token], i: int) -> int:
    """A list item; a task has a box that says whether it is done."""
    opened = tokens[i]
    checked = opened.meta.get("checked")
    if checked is None:
        w.put(f"<li{name(w, opened)}>")
    else:
        done = "done" if checked else "to do"
        box = "box done" if checked else "box"
        w.put(
            f'<li class="task"{name(w, opened)}><span class="{box}" role="img" aria-label="{done}"></span> '
        )
    return i + 1


def name(w: Writer, token: Token) -> str:
    """The id of a block that ``^name`` stands behind."""
    block = token.meta.get("block")
    if not block:
        return ""
    if not w.anchor:
        w.anchor = block
    return f' id="\0{block}"'


def lone_name(w: Writer, tokens: list[Token], i: int) -> int:
    """A name on a line of its own, in the midst of blocks that raw HTML holds together."""
    w.put(f"<span{name(w, tokens[i])}></span>")
    return i + 3


def line_break(w: Writer, token: Token) -> None:
    w.put(escape(token.info) if token.markup == "html" and w.as_text else "<br>\n")
    w.say(" ")


def line_end(w: Writer, _token: Token) -> None:
    w.put("\n")
    w.say(" ")


def image(w: Writer, token: Token) -> None:
    if token.markup == "html" and w.as_text:
        w.put(escape(token.info))
        return
    images.write(w, token)
