"""Images: ``![alt](file.png "title"){width=300}``, ``![alt|300](file.png)``, ``![[file.png|300x200]]``.

A page asks no other host for anything: an image from elsewhere is a link to it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline import image as core_image
from markdown_it.token import Token

from vault.markdown import flat, links
from vault.records import ImageSlot

if TYPE_CHECKING:
    from vault.markdown.writer import Writer

_SIZE = re.compile(r"\s*(\d{1,4})(?:\s*x\s*(\d{1,4}))?\s*")
_BRACES = re.compile(r"\{([^{}\n]{1,200})\}")
_SIDE = re.compile(r"\b(width|height)\s*=\s*[\"']?(\d{1,4})(?:px)?[\"']?(?=\s|$)")
LARGEST: Final = 10_000


def image(state: StateInline, silent: bool) -> bool:
    """``![alt](file "title")``, with its attributes in braces behind it."""
    start, place = state.pos, len(state.tokens) + bool(state.pending)
    if not core_image(state, silent):
        return False
    braces = _BRACES.match(state.src, state.pos, state.posMax)
    sides = _SIDE.findall(braces[1]) if braces else []
    if silent:
        state.pos = braces.end() if braces and sides else state.pos
        return True
    token = state.tokens[place]
    token.meta["at"] = start
    if braces and sides:
        token.meta |= {side: int(px) for side, px in sides}
        state.pos = braces.end()
    return True


def push_embedded(state: StateInline, meta: dict[str, Any]) -> None:
    """``![[file.png|alt|300x200]]`` as an image."""
    token = state.push("image", "img", 0)
    token.attrs = {"src": meta["target"]}
    token.meta = {"at": state.pos, "file": True}
    alt = sized(token, meta["label"])
    if alt:
        words = Token("text", "", 0)
        words.content = alt
        token.children = [words]


def sized(token: Token, alt: str) -> str:
    """The alternative text without the size at its end, which the token takes."""
    words, bar, last = alt.rpartition("|")
    size = _SIZE.fullmatch(last)
    if not size or not (bar or token.meta.get("file")):
        return alt
    token.meta["width"] = int(size[1])
    if size[2]:
        token.meta["height"] = int(size[2])
    return words.rpartition("|")[2].strip() if token.meta.get("file") else words.rstrip("\\ ")


# What an image becomes


def write(w: Writer, token: Token) -> None:
    src = str(token.attrs.get("src", "")).strip()
    copied = Token("image", "img", 0, meta=dict(token.meta))
    alt = sized(copied, flat.plain(token.children or ())).strip()
    safe = src if token.meta.get("file") else w.safe(src)
    if w.labelled or not safe.partition("#")[0]:
        w.text(alt)
    elif not token.meta.get("file") and (links.external(safe) or safe[:7].lower() == "mailto:"):
        remote(w, token, src, alt)
    else:
        local(w, token, copied.meta, src.partition("#")[0], alt)


def captioned(children: list[Token] | None) -> Token | None:
    """The image of a paragraph that is an image of the vault with a title, and nothing else."""
    if not children or len(children) != 1 or children[0].type != "image":
        return None
    src = str(children[0].attrs.get("src", "")).strip()
    return children[0] if children[0].attrs.get("title") and not links.external(src) else None


def write_figure(w: Writer, token: Token, name: str = "") -> None:
    """The image over its title; ``name`` is the attribute that names the block."""
    caption = str(token.attrs["title"])
    bare = token.copy(attrs={name: value for name, value in token.attrs.items() if name != "title"})
    w.put(f"<figure{name}>")
    write(w, bare)
    w.put("<figcaption>")
    w.text(caption)
    w.put("</figcaption></figure>\n")


def local(w: Writer, token: Token, size: dict[str, int], path: str, alt: str) -> None:
    """A slot for a file of the vault."""
    place = w.place(int(token.meta.get("at", w.seen)))
    start = w.size
    w.say(alt)
    width, height = (min(int(size.get(side, 0)), LARGEST) for side in ("width", "height"))
    w.slot(ImageSlot(path, alt, str(token.attrs.get("title", "")), width, height, place[0]))
    w.mention("file", path, start, place)


def remote(w: Writer, token: Token, src: str, alt: str) -> None:
    """A link to an image elsewhere; inside another link only its words."""
    if w.linked:
        w.text(alt or "image")
        return
    links.begin(w, token, src, str(token.attrs.get("title", "")))
    w.text(alt or src)
    links.end(w)
