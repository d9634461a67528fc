"""CSS colours as numbers, and how far apart two of them are for an eye.

Formulas: CSS Color 4 (hsl, hwb, lab, lch, oklab, oklch), WCAG 2.2 (relative luminance, contrast ratio).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping

from vault.patterns import lazy
from vault.render.named import NAMED
from vault.tuples import NamedTuple

HEX = lazy(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
CALL = lazy(r"([a-z-]+)\((.*)\)", re.DOTALL)
NUMBER = lazy(r"([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(%|deg|grad|rad|turn)?")
DEEPEST = 20
TURN = {"grad": 0.9, "rad": 180 / math.pi, "turn": 360.0}


class Colour(NamedTuple):
    """Red, green and blue of sRGB (gamma-encoded) and the opacity, each 0 to 1."""

    r: float
    g: float
    b: float
    a: float = 1.0


def colour(text: str, scheme: str, tokens: Mapping[str, str], depth: int = 0) -> Colour | None:
    """The colour that a value means in a scheme ("light" or "dark"), following ``light-dark()`` and
    ``var(--name)`` of ``tokens`` (without dashes); None for what cannot be told from here
    (``color-mix()``, ``calc()``, ``currentColor``, system colours)."""
    text = text.strip().lower()
    call = CALL.fullmatch(text)
    if depth > DEEPEST:
        return None
    if call and call[1] == "light-dark":
        both = split(call[2], ",")
        chosen = both[scheme == "dark"] if len(both) == 2 else ""
        return colour(chosen, scheme, tokens, depth + 1)
    if call and call[1] == "var":
        name, _, other = call[2].partition(",")
        return colour(tokens.get(name.strip().removeprefix("--"), other), scheme, tokens, depth + 1)
    return function(call[1], call[2]) if call else plain(text)


def plain(text: str) -> Colour | None:
    """A name or ``#0a56a3``, ``#06c``, with or without opacity."""
    text = "#" + NAMED[text] if text in NAMED else text
    match = HEX.fullmatch(text)
    if not match:
        return None
    digits = match[1] if len(match[1]) > 4 else "".join(digit * 2 for digit in match[1])
    return Colour(*(int(digits[n : n + 2], 16) / 255 for n in range(0, len(digits), 2)))


def function(name: str, inside: str) -> Colour | None:
    """``rgb(10 86 163 / 50%)``, ``oklch(60% .1 250)`` and their kind; None for one not known here."""
    main, *opacity = split(inside, "/")
    words = split(main, ",") if "," in main else main.split()
    if name == "color" and words:
        name, words = f"color {words[0]}", words[1:]
    legacy = len(words) == 4 and not opacity
    alpha = opacity[0] if opacity else words.pop() if legacy else "1"
    made = FUNCTIONS.get(name)
    if made is None or len(words) != 3 or len(opacity) > 1:
        return None
    convert, wholes = made
    numbers = [number(word, whole) for word, whole in zip((*words, alpha), (*wholes, 1), strict=True)]
    if None in numbers:
        return None
    first, second, third, a = (n or 0.0 for n in numbers)
    return Colour(*(clipped(part) for part in (*convert(first, second, third), a)))


def number(word: str, whole: float) -> float | None:
    """A number, a share of ``whole``, or an angle in degrees; None for anything else."""
    word = word.strip()
    match = NUMBER.fullmatch("0" if word == "none" else word)
    if not match:
        return None
    value, unit = float(match[1]), match[2] or ""
    return value * whole / 100 if unit == "%" else value * TURN.get(unit, 1)


def split(text: str, mark: str) -> list[str]:
    """The parts between the marks that stand outside brackets."""
    parts, depth, start = [], 0, 0
    for at, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if char == mark and depth == 0:
            parts.append(text[start:at].strip())
            start = at + 1
    return [*parts, text[start:].strip()]


def clipped(part: float) -> float:
    return min(1.0, max(0.0, part))


# From other spaces to sRGB

Three = tuple[float, float, float]


def rgb(r: float, g: float, b: float) -> Three:
    return r / 255, g / 255, b / 255


def srgb(r: float, g: float, b: float) -> Three:
    return r, g, b


def hsl(hue: float, saturation: float, lightness: float) -> Three:
    s, light = clipped(saturation / 100), lightness / 100

    def channel(n: int) -> float:
        k = (n + hue / 30) % 12
        return light - s * min(light, 1 - light) * max(-1, min(k - 3, 9 - k, 1))

    return channel(0), channel(8), channel(4)


def hwb(hue: float, white: float, black: float) -> Three:
    w, k = white / 100, black / 100
    if w + k >= 1:
        grey = w / (w + k)
        return grey, grey, grey
    r, g, b = (part * (1 - w - k) + w for part in hsl(hue, 100, 50))
    return r, g, b


def oklab(lightness: float, a: float, b: float) -> Three:
    """Björn Ottosson's matrices, as CSS Color 4 gives them."""
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    mid = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        encoded(4.0767416621 * long - 3.3077115913 * mid + 0.2309699292 * short),
        encoded(-1.2684380046 * long + 2.6097574011 * mid - 0.3413193965 * short),
        encoded(-0.0041960863 * long - 0.7034186147 * mid + 1.7076147010 * short),
    )


def lab(lightness: float, a: float, b: float) -> Three:
    """CIE Lab with the white of D50, adapted to D65 (Bradford)."""
    fy = (lightness + 16) / 116
    x, y, z = (
        0.3457 / 0.3585 * cubed(fy + a / 500),
        cubed(fy),
        (1 - 0.3457 - 0.3585) / 0.3585 * cubed(fy - b / 200),
    )
    return (
        encoded(3.1341358529 * x - 1.6173863321 * y - 0.4906619460 * z),
        encoded(-0.9787954765 * x + 1.9162543774 * y + 0.0334427273 * z),
        encoded(0.0719553798 * x - 0.2289768264 * y + 1.4053860351 * z),
    )


def cubed(t: float) -> float:
    return t**3 if t**3 > 216 / 24389 else (116 * t - 16) / (24389 / 27)


def polar(space: Callable[[float, float, float], Three]) -> Callable[[float, float, float], Three]:
    """The same space by lightness, chroma and hue."""

    def convert(lightness: float, chroma: float, hue: float) -> Three:
        angle = math.radians(hue)
        return space(lightness, chroma * math.cos(angle), chroma * math.sin(angle))

    return convert


def encoded(part: float) -> float:
    """Linear light to the gamma of sRGB."""
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


FUNCTIONS: dict[str, tuple[Callable[[float, float, float], Three], Three]] = {
    "rgb": (rgb, (255, 255, 255)),
    "rgba": (rgb, (255, 255, 255)),
    "color srgb": (srgb, (1, 1, 1)),
    "hsl": (hsl, (360, 100, 100)),
    "hsla": (hsl, (360, 100, 100)),
    "hwb": (hwb, (360, 100, 100)),
    "lab": (lab, (100, 125, 125)),
    "lch": (polar(lab), (100, 150, 360)),
    "oklab": (oklab, (1, 0.4, 0.4)),
    "oklch": (polar(oklab), (1, 0.4, 360)),
}
"""Name -> conversion, and what 100 % of each argument is.  Out of gamut is clipped, as screens do."""


# Contrast


def over(ink: Colour, ground: Colour) -> Colour:
    """What is seen of a colour that lets its ground through."""
    r, g, b = (i * ink.a + j * (1 - ink.a) for i, j in zip(ink[:3], ground[:3], strict=True))
    return Colour(r, g, b)


def luminance(c: Colour) -> float:
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in c[:3])
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(ink: Colour, ground: Colour) -> float:
    """The contrast ratio of WCAG 2.2, 1 to 21; the ground is taken as opaque."""
    high, low = sorted((luminance(over(ink, ground)), luminance(ground)), reverse=True)
    return (high + 0.05) / (low + 0.05)
