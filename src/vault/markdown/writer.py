"""Tokens -> parts: safe HTML, open slots between, and everything that is told about the text.

The writer knows how text, links and blocks hang together; what one syntax becomes is said in its file.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from typing import Literal

from markdown_it.token import Token

from vault.markdown import links, sentences
from vault.markdown.flat import TAGS
from vault.markdown.sheet import Sheet, count_words
from vault.markdown.tex_words import readable
from vault.markdown.text import Raw, escape
from vault.patterns import lazy
from vault.records import Heading, Link, PaperId, Part
from vault.tuples import NamedTuple

Kind = Literal["wiki", "file", "embed", "cite", "paper", "number", "web"]
InlineRule = Callable[["Writer", Token], None]
BlockRule = Callable[["Writer", list[Token], int], int]

_DIGITS = lazy(r"[0-9]{4}")
_HOST = lazy(r"\.(?:org|net|co)/")
_TAIL = lazy(r"-?[A-Za-z]{1,12}(?![A-Za-z])|[.,;:!?)\]}’”»…'\"%]{1,4}")


class Mark(NamedTuple):
    """A mention, as far as it is known before its block ends; offsets count in the block's text."""

    kind: Kind
    target: str
    anchor: str
    paper: PaperId | None
    start: int
    end: int
    line: int
    column: int


class Writer:
    """Writes tokens.  ``as_text`` shows raw HTML as text.

    ``size`` counts the plain text of the block so far, ``linked`` the links around, ``labelled`` those
    whose words become a slot's label, so that no slot may stand among them.
    """

    def __init__(
        self,
        sheet: Sheet,
        as_text: bool,
        inline_rules: Mapping[str, InlineRule],
        block_rules: Mapping[str, BlockRule | str],
    ) -> None:
        self.sheet = sheet
        self.as_text = as_text
        self.inline_rules = inline_rules
        self.block_rules = block_rules
        self.parts: list[Part] = []
        self.buf: list[str] = []
        self.words: list[str] = []
        self.size = 0
        self.marks: list[Mark] = []
        self.opened: list[links.Opened | None] = []
        self.linked = 0
        self.labelled = 0
        self.heading = ""
        self.texts: list[str] = []
        self.word_count = 0
        self.links: list[Link] = []
        self.tags: list[str] = []
        self.headings: list[Heading] = []
        self.math = False
        self.level = 0
        self.anchor = ""
        self.outline: list[tuple[int, int]] = []
        self.used: dict[str, int] = {}
        self.tables = 0
        self.coloured = 0
        self.muted = False
        self.footnotes: dict[str, int] = {}
        self.places: dict[int, int] = {}
        self.waiting: deque[tuple[int, Token]] = deque()
        self.safe_urls: dict[str, str] = {}
        self.content = ""
        self.seen = 0
        self.row = 0
        self.cursor = 0

    # Parts

    def put(self, html: str) -> None:
        self.buf.append(html)

    def flush(self) -> None:
        if html := "".join(self.buf):
            self.parts.append(html)
        self.buf.clear()

    def slot(self, part: Part) -> None:
        self.flush()
        self.parts.append(part)

    def raw(self, html: str) -> None:
        """HTML of the author's; in a label, where it could not be sanitised, it is dropped."""
        if self.as_text:
            self.buf.append(escape(html))
        elif not self.labelled:
            self.slot(Raw(html))

    def apart(self) -> tuple[list[Part], list[str]]:
        """Begin new parts; give the old ones back to ``resume``."""
        kept = self.parts, self.buf
        self.parts, self.buf = [], []
        return kept

    def resume(self, kept: tuple[list[Part], list[str]]) -> list[Part]:
        """The parts written since ``apart``."""
        self.flush()
        made = self.parts
        self.parts, self.buf = kept
        return made

    # Words

    def say(self, words: str) -> None:
        """Plain text that is shown by other means than ``text``."""
        self.words.append(words)
        self.size += len(words)

    def text(self, content: str) -> None:
        if not self.linked and (_DIGITS.search(content) or ("/" in content and _HOST.search(content))):
            spots = self.sheet.helpers.find(content)
            if spots:
                self.inline_rules["papers"](
                    self, Token("papers", "", 0, content=content, meta={"spots": spots})
                )
                return
        self.buf.append(escape(content))
        self.words.append(content)
        self.size += len(content)

    def begin(self, token: Token) -> None:
        """Begin the text of a block (or of a table's row)."""
        self.words, self.size, self.marks = [], 0, []
        self.source(token)

    def source(self, token: Token) -> None:
        """The content that offsets of the coming tokens count in."""
        self.content, self.seen = token.content, 0
        if token.map and token.map[0] != self.row:
            self.row, self.cursor = token.map[0], 0

    def end(self, prose: bool = True) -> str:
        """End the text of a block, and keep it."""
        text = self.settle(prose)
        self.texts.append(text)
        self.word_count += count_words(text)
        return text

    def settle(self, prose: bool = True) -> str:
        """The text of a block: its sentences are known, so its mentions become links."""
        text = "".join(self.words).replace("\n", " ")
        if self.marks:
            found = sentences.spans(text) if prose else [(0, len(text))]
            self.links += [self.link(mark, text, found) for mark in self.marks]
        return text

    def link(self, mark: Mark, text: str, found: list[tuple[int, int]]) -> Link:
        sentence, start, end = sentences.around(text, found, mark.start, mark.end)
        return Link(
            mark.kind,
            mark.target,
            mark.anchor,
            text[mark.start : mark.end],
            mark.paper,
            sentence,
            start,
            end,
            self.heading,
            mark.line,
            mark.column,
        )

    def mention(
        self,
        kind: Kind,
        target: str,
        start: int,
        place: tuple[int, int],
        *,
        anchor: str = "",
        paper: PaperId | None = None,
    ) -> None:
        """Something else is named by the words since ``start``."""
        self.marks.append(Mark(kind, target, anchor, paper, start, self.size, *place))

    def place(self, at: int, written: str = "") -> tuple[int, int]:
        """The file line and column of what stands at an offset of the block's content.

        Columns are found by looking for the same characters in the line, behind the last ones found:
        containers and tables cut and unescape what they hold.
        """
        content = self.content
        if at < 0:
            at = max(self.seen, content.find(written, self.seen))
        lines = content.count("\n", self.seen, at)
        if lines:
            self.row += lines
            self.cursor = 0
        self.seen = max(at, self.seen)
        sample = written or content[at : at + 12].partition("\n")[0].partition("|")[0]
        rows = self.sheet.lines
        found = rows[self.row].find(sample, self.cursor) if self.row < len(rows) else -1
        self.cursor = len(rows[self.row]) if found < 0 and self.row < len(rows) else found + 1
        return self.sheet.line + self.row, max(0, found) + 1

    def near(self, written: str) -> None:
        """Move to the line that holds these characters, if it is one of the next few."""
        rows = self.sheet.lines
        for row in range(self.row, min(self.row + 50, len(rows))):
            start = self.cursor if row == self.row else 0
            found = rows[row].find(written, start, start + 5000) if written else -1
            if found >= 0:
                self.row, self.cursor = row, found
                return

    def safe(self, url: str) -> str:
        """The address as it may stand in the page, or nothing."""
        found = self.safe_urls.get(url)
        if found is None:
            found = self.safe_urls[url] = self.sheet.helpers.safe_url(url)
        return found

    # Tokens

    def inline(self, token: Token) -> None:
        """The content of a block."""
        if token.children is None:
            self.text(token.content)
            return
        rules, held = self.inline_rules, 0
        for number, child in enumerate(token.children):
            kind = child.type
            if kind == "text":
                self.text(child.content[held:] if held else child.content)
                held = 0
            elif kind in TAGS:
                self.buf.append(TAGS[kind])
            elif kind == "math_inline" and (tail := behind(token.children, number)):
                self.buf.append('<span class="nb">')
                rules[kind](self, child)
                self.text(tail)
                self.buf.append("</span>")
                held = len(tail)
            else:
                rules[kind](self, child)

    def span(self, tokens: list[Token], start: int, end: int) -> None:
        """Block tokens, from and to."""
        rules = self.block_rules
        while start < end:
            rule = rules[tokens[start].type]
            if isinstance(rule, str):
                self.buf.append(rule)
                start += 1
            else:
                start = rule(self, tokens, start)

    def formula(self, token: Token, html: str, reason: str) -> None:
        """A formula, or its source with the reason why it could not be set."""
        self.math = True
        self.buf.append(html)
        self.say(readable(token.content))
        if reason:
            line, _ = self.place(int(token.meta.get("at", 0)))
            message = f"the formula cannot be set: {reason}"
            self.sheet.tell("math-error", message, hint="its source is shown instead", line=line)


def behind(children: list[Token], number: int) -> str:
    """What belongs to a formula although it stands behind it: ``,`` or ``-means``.  A browser may break a
    line there, whatever the characters are."""
    after = children[number + 1] if number + 1 < len(children) else None
    found = _TAIL.match(after.content) if after and after.type == "text" else None
    return found[0] if found else ""
