"""The boundary for an author's HTML: nh3 (html5ever, ammonia) over the blocks it stands in.

Our own markup goes through with it, so that the result is one balanced tree: tags without attributes as
they are, tags with attributes and everything that must not change under marks that no author can
write.  What comes back is cut at the marks, and the author's links and images become what their
Markdown would have become.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final

import nh3
from markdown_it.token import Token

from vault.markdown import images, links
from vault.markdown.canonical import ATTRIBUTES, TAGS, Cleaner
from vault.markdown.text import Raw, attribute, escape
from vault.patterns import lazy
from vault.records import EmbedSlot, ImageSlot, LinkSlot, PaperSlot, Part, QuerySlot

if TYPE_CHECKING:
    from vault.markdown.writer import Writer

_OURS: Final = frozenset(("blockquote", "dd", "dl", "dt", "hr"))
_MARK: Final = "data-v"
ROUNDS: Final = 6
"""How often HTML is read and written anew to find a form that stays."""

_OWN = lazy(
    r"<math\b.*?</math>|<pre\b.*?</pre>|<a (?:id=|class=\"h-a\").*?</a>|<([a-z][a-z0-9]*) ([^<>]+)>",
    re.DOTALL,
)
_BACK = lazy(r"<(/?)([a-z][a-z0-9]*)((?: [a-z-]+=\"[^\"]*\")*)>|([^<]+)")
_PAIR = lazy(r" ([a-z-]+)=\"([^\"]*)\"")
_PRIVATE = lazy("[\ue000-\uf8ff]")
_EMPTY: Final = frozenset(("br", "hr", "img", "col"))


class Marks:
    """What stands for what: ``sign`` is a character that no author used."""

    def __init__(self, sign: str) -> None:
        self.sign = sign
        self.kept: list[str | Part] = []

    def text(self, part: str | Part) -> str:
        """A mark inside text."""
        self.kept.append(part)
        return f"{self.sign}{len(self.kept) - 1}{self.sign}"

    def block(self, part: str | Part) -> str:
        """A mark that stands between blocks."""
        return f'<div {_MARK}="{self.text(part)}"></div>'

    def own(self, html: str) -> str:
        """Our own markup with its attributes, formulas and code under marks."""
        return _OWN.sub(self.replaced, html)

    def replaced(self, found: re.Match[str]) -> str:
        if found[1]:
            return f'<{found[1]} {_MARK}="{self.text(found[2])}">'
        return self.block(found[0]) if found[0].startswith("<pre") else self.text(found[0])

    def index(self, value: str) -> int:
        """Which mark an attribute's value is, -1 if none."""
        number = value.strip(self.sign)
        return int(number) if value[:1] == self.sign and number.isdecimal() else -1


def sanitised(w: Writer, parts: list[Part], sign: str) -> list[Part]:
    """The parts of some blocks, the raw HTML in them made safe."""
    marks, cleaner = Marks(sign), Cleaner()
    made = stable(marks, "".join([marked(marks, cleaner, part) for part in parts]))
    if made is None:
        return [escape(part) if isinstance(part, Raw) else part for part in parts]
    return Restorer(w, marks).restored(made)


def stable(marks: Marks, html: str) -> str | None:
    """HTML that a browser reads as the tree it was written from, so that nothing in it closes what stands
    around it; None if a few rounds do not get there."""
    for _ in range(ROUNDS):
        made = nh3.clean(
            html,
            tags=set(TAGS | _OURS),
            attributes={**{tag: set(names) for tag, names in ATTRIBUTES.items()}, "*": {_MARK}},
            attribute_filter=lambda _, name, value: (
                value if name != _MARK or marks.index(value) >= 0 else None
            ),
            url_schemes={"http", "https", "mailto"},
            link_rel=None,
        )
        if made == html:
            return made
        html = made
    return None


def marked(marks: Marks, cleaner: Cleaner, part: Part) -> str:
    if isinstance(part, Raw):
        return cleaner.clean(part)
    if isinstance(part, str):
        return marks.own(part)
    return marks.block(part) if isinstance(part, EmbedSlot | QuerySlot) else marks.text(part)


class Restorer:
    """Cuts sanitised HTML into parts again; ``closing`` tells how each open ``a`` ends."""

    def __init__(self, w: Writer, marks: Marks) -> None:
        self.w = w
        self.marks = marks
        self.text = re.compile(f"{marks.sign}([0-9]+){marks.sign}")
        self.closing: list[str] = []
        self.skip = False

    def restored(self, html: str) -> list[Part]:
        """Writes with the writer, whose links and slots are those of the author's own."""
        kept = self.w.apart()
        for found in _BACK.finditer(html):
            if found[4]:
                self.words(found[4])
            elif found[1]:
                self.close(found[2])
            else:
                self.open(found[2], dict(_PAIR.findall(found[3])))
        return self.w.resume(kept)

    def words(self, text: str) -> None:
        for at, piece in enumerate(self.text.split(text)):
            if at % 2:
                self.put(self.marks.kept[int(piece)])
            elif piece:
                self.w.put(piece)
                self.w.say(unescape(piece))

    def put(self, part: str | Part) -> None:
        """Something of ours; in a label, which can hold no slot, its words."""
        if isinstance(part, str):
            self.w.put(part)
        elif not self.w.labelled:
            self.w.slot(part)
        elif isinstance(part, LinkSlot | PaperSlot):
            self.w.put(part.label)
        elif isinstance(part, ImageSlot):
            self.w.put(escape(part.alt))

    def open(self, tag: str, attrs: dict[str, str]) -> None:
        mark = self.marks.index(attrs.get(_MARK, ""))
        kept = self.marks.kept[mark] if mark >= 0 else ""
        if mark >= 0 and (not isinstance(kept, str) or kept.startswith("<")):
            self.put(kept)
            self.skip = True
        elif isinstance(kept, str) and mark >= 0:
            self.w.put(f"<{tag} {kept}>")
            if tag == "a":
                self.closing.append("</a>")
        elif tag in ("a", "img"):
            self.authors(tag, {key: unescape(value) for key, value in attrs.items()})
        else:
            said = "".join(f' {key}="{attribute(unescape(value))}"' for key, value in attrs.items())
            self.w.put(f"<{'h2' if tag == 'h1' else tag}{said}>")

    def authors(self, tag: str, attrs: dict[str, str]) -> None:
        """An author's link or image, as if it were written in Markdown."""
        inside = bool(self.closing)
        token = Token(tag, tag, 0, content=attrs.get("href", attrs.get("src", "")), attrs=dict(attrs))
        if not inside:
            self.w.begin(token)
            self.w.near(token.content)
        if tag == "a":
            self.closing.append("")
            links.begin(self.w, token, token.content, attrs.get("title", ""))
            return
        token.meta = {side: int(attrs[side]) for side in ("width", "height") if side in attrs}
        token.children = [Token("text", "", 0, content=attrs.get("alt", ""))]
        images.write(self.w, token)
        if not inside:
            self.w.settle()

    def close(self, tag: str) -> None:
        if self.skip and tag == "div":
            self.skip = False
        elif tag == "a":
            if self.closing.pop() == "</a>":
                self.w.put("</a>")
                return
            links.end(self.w)
            if not self.closing:
                self.w.settle()
        elif tag not in _EMPTY:
            self.w.put(f"</{'h2' if tag == 'h1' else tag}>")


def sign_for(text: str) -> str:
    """A private character that a text holds neither as itself nor as an entity; nothing if it has all."""
    used = set(_PRIVATE.findall(text))
    if "&" in text:
        used.update(_PRIVATE.findall(unescape(text)))
    return next((chr(code) for code in range(0xE000, 0xF900) if chr(code) not in used), "")
