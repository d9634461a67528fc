"""Block tokens made ready to be written: their inline content read, callouts and block names found,
formulas numbered, the whole cut into groups."""

from __future__ import annotations

import itertools
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from vault.markdown import callouts, code, footnotes, headings, summary
from vault.markdown.canonical import TAGS
from vault.markdown.inlines import is_plain
from vault.markdown.sheet import Group, Sheet
from vault.markdown.text import names
from vault.patterns import lazy

_BLOCK_NAME = lazy(r"(?:^|(?<=[ \t\n]))\^([A-Za-z0-9-]{1,100})$")
_RAW_TAG = lazy(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
_HANDLED = names("inline heading_open table blockquote_open blockquote_close math_block fence html_block")
_UNPAIRED = names("br col img p li td th tr dd dt")


class Preparer:
    """Goes over the tokens of a sheet once, in order."""

    def __init__(self, sheet: Sheet, md: MarkdownIt, env: dict[str, Any]) -> None:
        self.sheet = sheet
        self.md = md
        self.env = env
        self.quotes: list[Token] = []
        self.raw: list[tuple[int, str]] = []
        self.at = 0

    def prepare(self) -> None:
        tokens = self.sheet.tokens
        labels: dict[str, int] = self.env.get("footnotes", {}).get("refs", {})
        if labels:
            footnotes.collect(self.sheet, labels)
        starts: list[int] = []
        for i, token in enumerate(tokens):
            if not token.level and token.nesting >= 0:
                starts.append(i)
            if token.type in _HANDLED:
                self.at = len(starts) - 1
                self.one(tokens, i, token)
        self.sheet.raw = bool(self.env.get("raw"))
        self.sheet.groups = grouped(list(itertools.pairwise([*starts, len(tokens)])), self.raw)
        self.sheet.summary = summary.find(self.sheet)
        if labels:
            self.sheet.cited = cited(self.sheet)

    def one(self, tokens: list[Token], i: int, token: Token) -> None:
        kind = token.type
        if kind == "inline":
            block_name(tokens, i)
            self.read(token)
            opened = tokens[i - 1]
            if (
                not opened.level
                and opened.type == "paragraph_open"
                and (said := summary.labelled(token.content))
            ):
                opened.meta["tldr"] = said
                self.read(said)
        elif kind == "heading_open":
            headings.attributes(tokens, i)
        elif kind == "table":
            cells = token.meta["cells"]
            for row in (cells.head, *cells.rows):
                for cell in row:
                    self.read(cell)
        elif kind == "blockquote_open":
            self.quotes.append(token)
            if callouts.mark(tokens, i):
                self.read(token.meta["title"])
        elif kind == "blockquote_close":
            opened = self.quotes.pop()
            if opened.type == "callout_open":
                token.type, token.tag = "callout_close", "details" if opened.meta["fold"] else "div"
        elif kind == "math_block" or (kind == "fence" and code.is_formula(token)):
            token.meta["equation"] = self.sheet.series.equation(token.content)
        elif kind == "html_block":
            self.raw.append((self.at, token.content))

    def read(self, token: Token) -> None:
        """Read inline content; text alone stays as it is."""
        if is_plain(token.content):
            token.children = None
            return
        token.children = []
        self.md.inline.parse(token.content, self.md, self.env, token.children)
        for at, child in enumerate(token.children):
            if child.type == "math_display":
                child.meta["equation"] = self.sheet.series.equation(child.content)
            elif child.type == "html_inline":
                self.raw.append((self.at, child.content))
            elif child.type == "image":
                linked_image(token.children, at)


def linked_image(children: list[Token], at: int) -> None:
    """Note in a link that its whole label is an image."""
    around = [child.type for child in (children[at - 1], *children[at + 1 : at + 2])] if at else []
    if around == ["link_open", "link_close"]:
        children[at - 1].meta["image"] = True


def block_name(tokens: list[Token], i: int) -> None:
    """Take `` ^name`` off the end of a paragraph; alone it names the block before."""
    inline, opened = tokens[i], tokens[i - 1]
    place = inline.content.rfind("^")
    if place < 0 or opened.type != "paragraph_open":
        return
    found = _BLOCK_NAME.search(inline.content, place)
    if not found or (place and not inline.content[place - 1].isspace()):
        return
    anchor = f"^{found[1]}"
    if place:
        inline.content = inline.content[:place].rstrip()
        item = tokens[i - 2] if i > 1 and tokens[i - 2].type == "list_item_open" else None
        (item or opened).meta["block"] = anchor
    elif not opened.level and i > 1:
        for token in tokens[i - 1 : i + 2]:
            token.type = "gone"
        opened.type, opened.meta = "block_name", {"block": anchor}


def grouped(spans: list[tuple[int, int]], raw: list[tuple[int, str]]) -> list[Group]:
    """The top-level blocks; those between a raw tag and its end are one."""
    if not raw:
        return [Group(start, end, False) for start, end in spans]
    last = list(range(len(spans)))
    for low, high in paired(raw):
        last[low] = max(last[low], high)
    holding = {at for at, _ in raw}
    groups: list[Group] = []
    at = 0
    while at < len(spans):
        first, end = at, last[at]
        while at < end:
            at += 1
            end = max(end, last[at])
        held = any(place in holding for place in range(first, end + 1))
        groups.append(Group(spans[first][0], spans[end][1], held))
        at += 1
    return groups


def paired(raw: list[tuple[int, str]]) -> list[tuple[int, int]]:
    """Which blocks hold a raw tag and which its end, where these are two blocks."""
    found: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []
    waiting: dict[str, int] = {}
    for at, html in raw:
        for slash, written in _RAW_TAG.findall(html):
            name = written.lower()
            if name in _UNPAIRED or name not in TAGS:
                continue
            if not slash:
                opened.append((name, at))
                waiting[name] = waiting.get(name, 0) + 1
            elif waiting.get(name):
                while opened:
                    inner, start = opened.pop()
                    waiting[inner] -= 1
                    if inner == name:
                        if start != at:
                            found.append((start, at))
                        break
    return found


def cited(sheet: Sheet) -> set[str]:
    """Labels that the body (without its summary) refers to, or a footnote that it refers to."""
    taken = sheet.summary
    inside: dict[str, set[str]] = {"": set()}
    ends = {start: (label, end) for label, (start, end) in sheet.definitions.items()}
    owner, until = "", -1
    for i, token in enumerate(sheet.tokens):
        if i > until:
            owner = ""
        if i in ends and i > until:
            owner, until = ends[i]
        if not taken.first <= i < taken.last:
            inside.setdefault(owner, set()).update(labels_of(token))
    found: set[str] = set()
    queue = sorted(inside[""])
    while queue:
        label = queue.pop()
        if label not in found:
            found.add(label)
            queue += sorted(inside.get(label, ()))
    return found


def labels_of(token: Token) -> list[str]:
    """Labels of the footnotes that a block token refers to."""
    found: list[str] = []
    pending = [token]
    while pending:
        one = pending.pop()
        pending += one.children or ()
        if one.type == "footnote_ref":
            found.append(one.meta["label"])
            text = one.meta.get("text")
            pending += [text] if text else []
        elif one.type == "table":
            cells = one.meta["cells"]
            pending += [cell for row in (cells.head, *cells.rows) for cell in row]
        elif one.type == "callout_open":
            pending.append(one.meta["title"])
    return found
