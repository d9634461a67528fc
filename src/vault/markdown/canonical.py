"""An author's HTML in the plainest form: allowed tags with allowed attributes, all else text or nothing.

What comes out is still checked by nh3; this makes sure that nh3 gets nothing that costs it more than
linear time (tags with thousands of attributes, formatting reopened in each paragraph, endless nesting).
"""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from vault.markdown.text import attribute, names
from vault.patterns import lazy

TAGS: Final = names(
    """
    a b br caption code col colgroup del details div em figcaption figure h1 h2 h3 h4 h5 h6 i img ins
    kbd li mark ol p pre q s small span strong sub summary sup table tbody td tfoot th thead tr u ul
    """
)
"""What an author may use."""

ATTRIBUTES: Final = {
    "a": ("href", "title"),
    "img": ("src", "alt", "title", "width", "height"),
    "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan"),
    "ol": ("start",),
    "details": ("open",),
}
NUMBERS: Final = frozenset(("width", "height", "colspan", "rowspan", "start"))
DEEPEST: Final = 100
"""Elements that may stand inside each other; the tags of deeper ones are left out."""

_SILENT: Final = names(
    "script style textarea title iframe noscript noframes noembed object svg math template xmp select"
)
"""Elements whose content is dropped with them."""

_FLAT: Final = names("br col img p li td th tr dd dt tbody thead tfoot caption colgroup")
"""Elements that are empty, or that the next of their kind ends."""

_NEEDS: Final = {
    "li": ("ul", "ol"),
    "summary": ("details",),
    "figcaption": ("figure",),
    **dict.fromkeys(("caption", "col", "colgroup", "tbody", "td", "tfoot", "th", "thead", "tr"), ("table",)),
}
"""What must be open around an element for it to mean anything."""

_TAG = lazy(
    r"<(/?)([A-Za-z][A-Za-z0-9-]*+)"
    r"((?:\s++[A-Za-z_:][\w:.-]*+(?>\s*+=\s*+(?>[^\s\"'=<>`]++|'[^']*+'|\"[^\"]*+\")|))*+)\s*+/?>"
)
_ATTRIBUTE = lazy(r"\s([A-Za-z_:][\w:.-]*+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?")
_DECLARATION = lazy(r"<[?!][^<>]*>")


class Cleaner:
    """Cleans the pieces of one region, in order; ``depth`` is how many elements are open, ``open`` how
    many of each kind."""

    def __init__(self) -> None:
        self.depth = 0
        self.open: dict[str, int] = {}

    def clean(self, html: str) -> str:
        html = _DECLARATION.sub("", without_comments(html))
        made: list[str] = []
        place = 0
        for found in _TAG.finditer(html):
            if found.start() < place:
                continue
            made.append(html[place : found.start()].replace("<", "&lt;"))
            place = found.end()
            name = found[2].lower()
            if name in TAGS:
                made.append(self.tag(found, name))
            elif name in _SILENT and not found[1]:
                end = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(html, place)
                place = end.end() if end else len(html)
        made.append(html[place:].replace("<", "&lt;"))
        return "".join(made)

    def tag(self, found: re.Match[str], name: str) -> str:
        if name in _NEEDS and not any(self.open.get(around) for around in _NEEDS[name]):
            return ""
        if found[1]:
            self.count(name, -1)
            return f"</{name}>"
        if name not in _FLAT and self.depth >= DEEPEST:
            return ""
        self.count(name, 1)
        wanted = ATTRIBUTES.get(name, ())
        given = attributes(found[3]) if wanted else {}
        said = [
            f' {key}="{attribute(given[key])}"' for key in wanted if key in given and sound(key, given[key])
        ]
        return f"<{name}{''.join(said)}>"

    def count(self, name: str, step: int) -> None:
        if name not in _FLAT:
            self.depth = max(0, self.depth + step)
            self.open[name] = max(0, self.open.get(name, 0) + step)


def sound(key: str, value: str) -> bool:
    return key not in NUMBERS or (value.isdecimal() and value.isascii() and len(value) < 5)


def attributes(tag: str) -> dict[str, str]:
    """The attributes of a tag; of several with one name the first counts."""
    found: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(tag):
        if len(found) < 100:
            found.setdefault(name.lower(), unescape(value[1:-1] if value[:1] in ("'", '"') else value))
    return found


def without_comments(html: str) -> str:
    """The text with each ``<!--...-->`` cut out."""
    kept: list[str] = []
    place = 0
    while (start := html.find("<!--", place)) >= 0:
        kept.append(html[place:start])
        end = html.find("-->", start + 2)
        if end < 0:
            return "".join(kept)
        place = end + 3
    return "".join(kept) + html[place:]
