"""Raw HTML in a note: what is read as Markdown would be, what is left for the sanitiser, what is text.

``<br>``, ``<img>``, comments and simple pairs such as ``<sub>2</sub>`` or ``<a href="...">..</a>`` become
the same tokens as their Markdown.  A word in angle brackets that HTML does not know (``<eos>``) is text.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final

from markdown_it.rules_block import StateBlock
from markdown_it.rules_block import html_block as core_block
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline import html_inline as core_inline
from markdown_it.token import Token

from vault.markdown.canonical import Cleaner, attributes, without_comments
from vault.markdown.sheet import count_words
from vault.markdown.text import escape, names
from vault.patterns import lazy

if TYPE_CHECKING:
    from vault.markdown.writer import Writer

NAMES: Final = names(
    """
    a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink blockquote
    body br button canvas caption center cite code col colgroup command data datalist dd del details dfn
    dialog dir div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4
    h5 h6 head header hgroup hr html i iframe image img input ins isindex kbd keygen label legend li
    link listing main map mark marquee math menu menuitem meta meter multicol nav nextid nobr noembed
    noframes noscript object ol optgroup option output p param picture plaintext portal pre progress q
    rb rbc rp rt rtc ruby s samp script search section select slot small source spacer span strike
    strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track
    tt u ul var video wbr xmp
    """
)
"""Every element that HTML has or had."""

PAIRS: Final = frozenset(
    ("sub", "sup", "kbd", "b", "i", "em", "strong", "code", "s", "u", "small", "mark", "a")
)
"""Elements that are read as pairs inside one block."""

NEAR: Final = 2000
"""Characters within which the end of a pair is looked for."""

_TAG = lazy(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
_UNKNOWN = lazy(r"<(?=/?([A-Za-z][A-Za-z0-9-]*))")
_ENDS = {name: lazy(rf"</{name}\s*>", re.IGNORECASE) for name in PAIRS}


def known(name: str) -> bool:
    return name.lower() in NAMES


def inline(state: StateInline, silent: bool) -> bool:
    """A tag or comment inside a block."""
    start = state.pos
    found = _TAG.match(state.src, start, state.posMax)
    if found and not known(found[2]):
        return False
    if silent or not found:
        return hidden(state, silent)
    place, level = len(state.tokens) + bool(state.pending), state.linkLevel
    if not core_inline(state, False):
        return False
    token, state.linkLevel = state.tokens[place], level
    name = found[2].lower()
    if state.src[start + 1] != "/":
        convert(state, token, name, start)
    elif name in PAIRS:
        lost(token)
    state.env["raw"] = True
    return True


def hidden(state: StateInline, silent: bool) -> bool:
    """Comments, declarations and the like leave no token."""
    tokens, meta = len(state.tokens), len(state.tokens_meta)
    pending = state.pending
    if not core_inline(state, silent):
        return False
    if not silent:
        del state.tokens[tokens:], state.tokens_meta[meta:]
        state.pending = pending
    return True


def convert(state: StateInline, token: Token, name: str, start: int) -> None:
    """Make of a tag what Markdown would have made, where it has something for it."""
    source = token.content
    if name == "br":
        token.type = "hardbreak"
    elif name == "img":
        attrs = attributes(source)
        token.type, token.attrs = "image", {key: attrs[key] for key in ("src", "title") if key in attrs}
        token.meta = {"at": start} | {
            side: int(attrs[side]) for side in ("width", "height") if plain_number(attrs, side)
        }
        token.children = [Token("text", "", 0, content=attrs["alt"])] if attrs.get("alt") else None
    elif name in PAIRS:
        pair(state, token, name, start)
        return
    else:
        return
    token.markup, token.info = "html", source


def lost(token: Token) -> None:
    token.type, token.markup, token.info = "html_lost", "html", token.content


def plain_number(attrs: dict[str, str], side: str) -> bool:
    return attrs.get(side, "").isdecimal() and len(attrs[side]) < 5


def pair(state: StateInline, token: Token, name: str, start: int) -> None:
    """Read what stands between a tag and its end; a tag without its end nearby is dropped."""
    after, last = state.pos, state.posMax
    end = _ENDS[name].search(state.src, after, min(last, after + NEAR))
    if not end or (name == "a" and (state.linkLevel or "href" not in attributes(token.content))):
        lost(token)
        return
    source = token.content
    state.tokens.pop()
    state.tokens_meta.pop()
    opened = state.push("link_open" if name == "a" else "html_open", name, 1)
    opened.markup, opened.info = "html", source
    if name == "a":
        attrs = attributes(source)
        opened.attrs, opened.meta = (
            {key: attrs[key] for key in ("href", "title") if key in attrs},
            {"at": start},
        )
        state.linkLevel += 1
    state.pos, state.posMax = after, end.start()
    state.md.inline.tokenize(state)
    closed = state.push("link_close" if name == "a" else "html_close", name, -1)
    closed.markup, closed.info = "html", end[0]
    state.linkLevel -= name == "a"
    state.pos, state.posMax = end.end(), last


def block(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """HTML that stands in lines of its own; comments leave nothing behind."""
    pos = state.bMarks[line] + state.tShift[line]
    found = _TAG.match(state.src, pos, state.eMarks[line])
    if found and not known(found[2]):
        return False
    if not core_block(state, line, end, silent):
        return False
    if not silent:
        token = state.tokens[-1]
        if without_comments(token.content).strip():
            token.content = _UNKNOWN.sub(lambda m: m[0] if known(m[1]) else "&lt;", token.content)
            state.env["raw"] = True
        else:
            state.tokens.pop()
    return True


# What it becomes


def write_inline(w: Writer, token: Token) -> None:
    w.raw(token.content)


def write_lost(w: Writer, token: Token) -> None:
    if w.as_text:
        w.put(escape(token.info))


def write_open(w: Writer, token: Token) -> None:
    w.put(escape(token.info) if w.as_text else f"<{token.tag}>")


def write_close(w: Writer, token: Token) -> None:
    w.put(escape(token.info) if w.as_text else f"</{token.tag}>")


def write_block(w: Writer, tokens: list[Token], i: int) -> int:
    token = tokens[i]
    if w.as_text:
        w.put(f"<p>{escape(token.content.strip())}</p>\n")
        return i + 1
    w.raw(token.content)
    words = " ".join(unescape(re.sub(r"<[^<>]*>", " ", Cleaner().clean(token.content))).split())
    if words:
        w.texts.append(words)
        w.word_count += count_words(words)
    return i + 1
