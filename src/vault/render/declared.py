"""Which custom properties a stylesheet gives to the whole page, and in which colour scheme."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vault.patterns import lazy
from vault.tuples import NamedTuple

SCHEMES = ("light", "dark")
COMMENT = lazy(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
STRING = lazy(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'")
PART = lazy(r"[{};]|[^{};]+")
TOKEN = lazy(r"\s*--([A-Za-z0-9-]+)\s*:(.*)", re.DOTALL)
ROOT = lazy(r"(?::root|html)((?:\[[^\]]*\]|[.:][\w-]+(?:\([^)]*\))?)*)")
SYSTEM = lazy(r"prefers-color-scheme\s*:\s*(light|dark)")
CHOSEN = lazy(r"\[data-theme\s*=\s*[\"']?(light|dark)")
FREE = lazy(r"@(?:layer|supports|scope)\b")


class Token(NamedTuple):
    """``--name: value`` of ``:root`` or ``html``, its line, and where it holds: light, dark or both."""

    name: str
    value: str
    line: int
    schemes: tuple[str, ...]


def declared(css: str) -> Iterator[Token]:
    """The custom properties of the page as a whole, in source order.

    Rules for paper, for widths and for other elements are left out.  Linear in the text; a text that
    is no stylesheet gives what looks like declarations in it.
    """
    text = STRING.sub(blank, COMMENT.sub(blank, css))
    around: list[str] = []
    line, at, before = 1, 0, ""
    for match in PART.finditer(text):
        part = match[0]
        if part == "{":
            around.append(COMMENT.sub("", before).strip())
        elif part == "}":
            del around[-1:]
        elif part != ";" and (found := TOKEN.fullmatch(part)) and (schemes := held(around)):
            start = match.start() + len(part) - len(part.lstrip())
            line, at = line + css.count("\n", at, start), start
            value = css[match.start() + found.start(2) : match.end()].strip()
            yield Token(found[1], COMMENT.sub("", value).removesuffix("!important").strip(), line, schemes)
        before = css[match.start() : match.end()]


def blank(match: re.Match[str]) -> str:
    """As long as it was and with its line ends, but nothing that means something."""
    return "".join("\n" if char == "\n" else " " for char in match[0])


def held(around: list[str]) -> tuple[str, ...]:
    """The schemes in which a declaration inside these blocks holds for the whole page; none: in no one."""
    left, rooted = set(SCHEMES), False
    for prelude in around:
        if prelude.startswith("@"):
            left &= at_rule(prelude)
        else:
            rooted = True
            left &= of_selectors(prelude)
    return tuple(scheme for scheme in SCHEMES if scheme in left) if rooted else ()


def at_rule(prelude: str) -> set[str]:
    system = SYSTEM.search(prelude)
    if system:
        return {system[1]}
    return set(SCHEMES) if FREE.match(prelude) or prelude == "@media screen" else set()


def of_selectors(prelude: str) -> set[str]:
    """``:root``, ``html``, each with classes or ``[data-theme=dark]``; the union of a list of them."""
    found: set[str] = set()
    for selector in prelude.split(","):
        root = ROOT.fullmatch(selector.strip())
        if root:
            chosen = CHOSEN.search(root[1])
            found |= {chosen[1]} if chosen else set(SCHEMES)
    return found
