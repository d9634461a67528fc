"""Images, sounds, films and other files that stand beside the notes."""

from __future__ import annotations

from html import escape
from typing import Final
from urllib.parse import quote

from vault.compose.filling import NOWHERE, Filling, Frame, no_file
from vault.records import Attachment, ImageSlot, Resolved, slot_key

IMAGES: Final = ("png", "jpg", "jpeg", "gif", "webp", "avif", "svg")
FILMS: Final = ("mp4", "webm")
SOUNDS: Final = ("mp3",)


def image(fill: Filling, frame: Frame, slot: ImageSlot) -> str:
    """``![alt](path)``: an image with its size, so that nothing moves when it comes; a player or a
    link for what is no image."""
    found = _found(frame, slot.src)
    name = slot.alt or slot.src.rpartition("/")[2]
    if found.kind == "hidden":
        return escape(name)
    if found.kind != "file" or found.target not in fill.scope.addresses.files:
        return no_file(fill.scope, escape(name), slot.src, found)
    src, kind = _src(fill, found.target), found.target.rpartition(".")[2].casefold()
    if kind in IMAGES:
        fill.images += 1
        shown = _image(fill.scope.files[found.target], src, slot, later=fill.images > 1)
        return f'<a href="{src}">{shown}</a>' if slot.apart and kind != "svg" and slot.alt else shown
    if kind in FILMS:
        size = "".join(
            f' {side}="{px}"' for side, px in (("width", slot.width), ("height", slot.height)) if px
        )
        return f'<video controls preload="metadata" src="{src}"{size} aria-label="{escape(name)}"></video>'
    if kind in SOUNDS:
        return f'<audio controls preload="metadata" src="{src}" aria-label="{escape(name)}"></audio>'
    return file_link(fill, found.target, escape(name))


def _found(frame: Frame, src: str) -> Resolved:
    """Where an image stands: written as a path, or as an embed."""
    for kind in ("file", "embed"):
        if where := frame.resolved.get(slot_key(kind, src, "")):
            return where
    return NOWHERE


def file_link(fill: Filling, path: str, label: str, place: str = "") -> str:
    """A link to a file, maybe to a ``place`` in it (``page=3``).  An SVG is saved, never opened:
    opened, its scripts would run."""
    download = " download" if path.casefold().endswith(".svg") else ""
    anchor = f"#{quote(place, safe='=&,')}" if place else ""
    return f'<a href="{_src(fill, path)}{escape(anchor)}"{download}>{label}</a>'


def _src(fill: Filling, path: str) -> str:
    return escape(fill.way(fill.scope.addresses.files[path]))


def _image(file: Attachment, src: str, slot: ImageSlot, *, later: bool) -> str:
    """The element; the first of a page is fetched at once, those ``later`` when they come near."""
    width, height = sides(slot.width, slot.height, file.width, file.height)
    size = f' width="{width}" height="{height}"' if width and height else f' width="{width}"' if width else ""
    title = f' title="{escape(slot.title)}"' if slot.title else ""
    lazy = ' loading="lazy"' if later else ""
    return f'<img src="{src}" alt="{escape(slot.alt)}"{title}{size}{lazy} decoding="async">'


def sides(width: int, height: int, own_width: int, own_height: int) -> tuple[int, int]:
    """Width and height in px: as asked for, the other side by the file's own proportion, else its own."""
    if not (width or height):
        return own_width, own_height
    if own_width and own_height:
        width = width or round(height * own_width / own_height)
        height = height or round(width * own_height / own_width)
    return width, height
