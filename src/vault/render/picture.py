"""A picture of a note: its title on paper, as PNG.  Guest: Pillow, which the extra ``[images]`` brings.

The same view gives the same bytes: the font is the theme's own, set without shaping, and Pillow's version is
a part of the tool's stamp.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final, cast

from vault.records.views import Picture

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

FONT: Final = "assets/fonts/stix-two-math.woff2"
SIZE: Final = (1200, 630)
LEFT, TOP, RIGHT, FOOT = 84, 76, 1116, 556
PAPER, INK, MUTED, ACCENT = 254, 0, 96, 255
"""Numbers of colours: 0 to 254 run from ink to paper, 255 is the accent."""

COLOURS: Final = ((27, 28, 30), (252, 252, 250), (10, 86, 163))
TITLES: Final = ((76, 2), (62, 3), (52, 5))
"""Sizes of a title, and the lines it may have in each; the first that holds it is taken."""


@lru_cache(maxsize=1)
def installed() -> bool:
    """Whether pictures can be drawn; nothing is imported to say so."""
    return find_spec("PIL") is not None


def png(view: Picture, font: bytes) -> bytes:
    """The file of a picture."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - a guest of those who installed the extra

    image = Image.new("L", SIZE, PAPER)
    drawing = ImageDraw.Draw(image)
    drawing.rectangle((LEFT, TOP, LEFT + 64, TOP + 5), fill=ACCENT)
    line(drawing, (LEFT, TOP + 26), view.site, face(font, 30), MUTED)
    size, lines = titled(view.title, font)
    below = TOP + 96
    for text in lines:
        line(drawing, (LEFT, below), text, face(font, size), INK)
        below += round(size * 1.18)
    said = kept(wrapped(view.say, face(font, 34)), (FOOT - 60 - 14 - below) // 44, face(font, 34))
    for number, text in enumerate(said):
        line(drawing, (LEFT, below + 14 + 44 * number), text, face(font, 34), MUTED)
    foot = "  ·  ".join(filter(None, (view.paper, view.date)))
    line(drawing, (LEFT, FOOT - 34), cut(foot, face(font, 30)), face(font, 30), INK)
    image.putpalette(palette())
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=4)
    return out.getvalue()


@lru_cache(maxsize=16)
def face(font: bytes, size: int) -> FreeTypeFont:
    """The font at a size; Pillow's own where its FreeType cannot read WOFF2 or the theme has no such file."""
    from PIL import ImageFont  # noqa: PLC0415 - as in png

    try:
        return ImageFont.truetype(io.BytesIO(font), size, layout_engine=ImageFont.Layout.BASIC)
    except OSError:
        return cast("FreeTypeFont", ImageFont.load_default(size))


@lru_cache(maxsize=1)
def palette() -> list[int]:
    ink, paper, accent = COLOURS
    ends = tuple(zip(ink, paper, strict=True))
    return [*(round(a + (b - a) * at / PAPER) for at in range(PAPER + 1) for a, b in ends), *accent]


def titled(title: str, font: bytes) -> tuple[int, list[str]]:
    """The size of a title and its lines."""
    for size, most in TITLES:
        lines = wrapped(title, face(font, size))
        if len(lines) <= most:
            return size, lines
    return size, kept(lines, most, face(font, size))


def kept(lines: list[str], most: int, font: FreeTypeFont) -> list[str]:
    """So many of the lines, the last with an ellipsis where there are more."""
    if len(lines) <= most or most <= 0:
        return lines[: max(most, 0)]
    return [*lines[: most - 1], cut(" ".join(lines[most - 1 :]), font)]


def wrapped(text: str, font: FreeTypeFont) -> list[str]:
    """Lines that fit between the margins; a word that does not is cut."""
    lines: list[str] = []
    so_far = 0.0
    for word in text.split():
        if lines and (longer := so_far + width(" " + word, font)) <= RIGHT - LEFT:
            lines[-1], so_far = f"{lines[-1]} {word}", longer
        else:
            lines.append(cut(word, font))
            so_far = width(lines[-1], font)
    return lines


@lru_cache(maxsize=16384)
def width(text: str, font: FreeTypeFont) -> float:
    """Pixels; words come again, and Pillow sets each letter of them to tell."""
    return float(font.getlength(text))


def cut(text: str, font: FreeTypeFont) -> str:
    """One line, with an ellipsis where it is too long."""
    if font.getlength(text) <= RIGHT - LEFT:
        return text
    return next((short for short in _shorter(text) if font.getlength(short) <= RIGHT - LEFT), "")


def _shorter(text: str) -> Iterator[str]:
    return (text[:end].rstrip(" ,;:·") + "…" for end in range(len(text) - 1, 0, -1))


def line(drawing: ImageDraw, at: tuple[int, int], text: str, font: FreeTypeFont, fill: int) -> None:
    """A line whose letters stand on the same height whatever they are."""
    drawing.text((at[0], at[1] + round(font.size)), text, font=font, fill=fill, anchor="ls")
