"""``[[Note]]``, ``[[Note#Heading|text]]`` and the embeds ``![[Note]]``, ``![[image.png|300]]``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from vault.markdown import flat, images, links
from vault.markdown.inlines import is_plain
from vault.markdown.text import escape
from vault.patterns import lazy
from vault.records import EmbedSlot, LinkSlot

if TYPE_CHECKING:
    from vault.markdown.writer import Writer

_WIKI = lazy(
    r"\[\[([^\[\]|\n]*)(?:\|([^\[\]\n]*))?\]\]"
    r"(?!\((?:<?https?://|[^()\s]{1,500}\.(?:md|pdf|html?)\)))",
    re.IGNORECASE,
)
"""An address behind it makes ``[[text]](https://...)`` a plain link with brackets around its text."""
_WEB = lazy(r"(?:https?://|mailto:)\S+$", re.IGNORECASE)


def wikilink(state: StateInline, silent: bool) -> bool:
    """``[[target#anchor|label]]``; the bar may be escaped, as it must be in a table."""
    found = _WIKI.match(state.src, state.pos, state.posMax)
    meta = read(found) if found else None
    if not found or not meta or state.linkLevel:
        return False
    if not silent:
        label_tokens(state, meta)
        push(state, "wikilink", meta)
    state.pos = found.end()
    return True


def embed(state: StateInline, silent: bool) -> bool:
    """``![[target#anchor|size]]``; an image by its ending."""
    found = _WIKI.match(state.src, state.pos + 1, state.posMax)
    meta = read(found) if found else None
    if not found or not meta:
        return False
    if not silent:
        if links.is_image(meta["target"]):
            images.push_embedded(state, meta)
        else:
            push(state, "embed", meta | {"written": f"!{found[0]}"})
    state.pos = found.end()
    return True


def read(found: re.Match[str]) -> dict[str, Any] | None:
    """Target, anchor (the last of several) and label of a wikilink; None if it has no target."""
    written, label = found[1], found[2]
    if label is not None:
        written = written.removesuffix("\\")
    target, _, anchor = written.partition("#")
    target, anchor = target.strip(), anchor.rpartition("#")[2].strip()
    if not (target or anchor):
        return None
    label = (label or "").strip()
    return {
        "target": target,
        "anchor": anchor,
        "label": label,
        "written": found[0],
        "said": label or (f"{target} {anchor}".strip() if not anchor.startswith("^") else target or anchor),
    }


def label_tokens(state: StateInline, meta: dict[str, Any]) -> None:
    """Read a label that has markup of its own."""
    if not is_plain(meta["label"]):
        tokens: list[Token] = []
        state.md.inline.parse(meta["label"], state.md, {}, tokens)
        meta["html"], meta["said"] = flat.html(tokens), flat.plain(tokens)


def push(state: StateInline, kind: str, meta: dict[str, Any]) -> None:
    token = state.push(kind, "", 0)
    token.meta = {**meta, "at": state.pos}


# What they become


def write_link(w: Writer, token: Token) -> None:
    """A slot for the note; an address in double brackets is a link like any other."""
    meta = token.meta
    label = meta.get("html") or escape(meta["label"])
    if _WEB.match(meta["target"]):
        links.begin(w, token, meta["target"] + (f"#{meta['anchor']}" if meta["anchor"] else ""))
        w.text(meta["label"] or meta["target"])
        links.end(w)
        return
    start = w.size
    w.say(meta["said"])
    if w.linked:
        w.put(label or escape(meta["said"]))
        return
    place = w.place(meta["at"])
    w.slot(LinkSlot("wiki", meta["target"], meta["anchor"], label, meta["written"], place[0]))
    w.mention("wiki", meta["target"], start, place, anchor=meta["anchor"])


def write_embed(w: Writer, token: Token) -> None:
    """An embed among words is a link; alone in its paragraph it is ``write_embedded``'s."""
    write_link(w, token)


def write_embedded(w: Writer, token: Token) -> None:
    """The note's body in this place."""
    meta = token.meta
    start = w.size
    w.say(meta["said"])
    place = w.place(meta["at"])
    w.slot(EmbedSlot(meta["target"], meta["anchor"], meta["written"], place[0]))
    w.mention("embed", meta["target"], start, place, anchor=meta["anchor"])


def alone(children: list[Token] | None) -> list[Token]:
    """The embeds of a paragraph that holds nothing else."""
    if not children or children[0].type != "embed":
        return []
    others = (t for t in children if t.type != "embed")
    if any(t.type != "softbreak" and (t.type != "text" or t.content.strip()) for t in others):
        return []
    return [token for token in children if token.type == "embed"]
