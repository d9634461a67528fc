"""Images: ``![alt](file.png "title"){width=300}``, ``![alt|300](file.png)``, ``![[file.png|300x200]]``.

One alone in its paragraph with a title, ``{.wide}`` (text and margin) or ``{.full}`` (the whole page) is a
figure.  A page asks no other host for anything: an image from elsewhere is a link to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline import image as core_image
from markdown_it.token import Token

from vault.markdown import flat, links
from vault.patterns import lazy
from vault.records import ImageSlot

if TYPE_CHECKING:
    from vault.markdown.writer import Writer

_SIZE = lazy(r"\s*(\d{1,4})(?:\s*x\s*(\d{1,4}))?\s*")
_BRACES = lazy(r"\{([^{}\n]{1,200})\}")
_SIDE = lazy(r"\b(width|height)\s*=\s*[\"']?(\d{1,4})(?:px)?[\"']?(?=\s|$)")
_SPAN = lazy(r"(?:^|\s)\.(wide|full)(?=\s|$)")
LARGEST: Final = 10_000


def image(state: StateInline, silent: bool) -> bool:
    """``![alt](file "title")``, with its attributes in braces behind it."""
    start, place = state.pos, len(state.tokens) + bool(state.pending)
    if not core_image(state, silent):
        return False
    braces = _BRACES.match(state.src, state.pos, state.posMax)
    said = attributes(braces[1]) if braces else {}
    if not silent:
        state.tokens[place].meta |= {"at": start, **said}
    if braces and said:
        state.pos = braces.end()
    return True


def attributes(text: str) -> dict[str, Any]:
    """``width=300 .wide`` as width, height and span."""
    said: dict[str, Any] = {side: int(px) for side, px in _SIDE.findall(text)}
    span = _SPAN.search(text)
    return said | {"span": span[1]} if span else said


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


def figure(children: list[Token] | None) -> Token | None:
    """The image of a paragraph that is an image of the vault with a title or a span, and nothing else."""
    if not children or len(children) != 1 or children[0].type != "image":
        return None
    one = children[0]
    apart = one.attrs.get("title") or one.meta.get("span")
    return one if apart and not links.external(str(one.attrs.get("src", "")).strip()) else None


def write_figure(w: Writer, token: Token, name: str = "") -> None:
    """The image over its title; ``name`` is the attribute that names the block."""
    caption, span = str(token.attrs.get("title", "")), token.meta.get("span")
    bare = token.copy(attrs={name: value for name, value in token.attrs.items() if name != "title"})
    bare.meta = token.meta | {"apart": True}
    w.put(f'<figure{name} class="{span}">' if span else f"<figure{name}>")
    write(w, bare)
    if caption:
        w.put("<figcaption>")
        w.text(caption)
        w.put("</figcaption>")
    w.put("</figure>\n")


def local(w: Writer, token: Token, size: dict[str, int], path: str, alt: str) -> None:
    """A slot for a file of the vault."""
    place = w.place(int(token.meta.get("at", w.seen)))
    start = w.size
    w.say(alt)
    width, height = (min(int(size.get(side, 0)), LARGEST) for side in ("width", "height"))
    title, apart = str(token.attrs.get("title", "")), bool(token.meta.get("apart")) and not w.linked
    w.slot(ImageSlot(path, alt, title, width, height, place[0], apart))
    w.mention("file", path, start, place)


def remote(w: Writer, token: Token, src: str, alt: str) -> None:
    """A link to an image elsewhere; inside another link only its words."""
    if w.linked:
        w.text(alt or "image")
        return
    links.begin(w, token, src, str(token.attrs.get("title", "")))
    w.text(alt or src)
    links.end(w)
