"""The title that a body begins with."""

from __future__ import annotations

import re

from vault.parse.lines import Mark, atx, headings, is_rule, without_attributes
from vault.parse.links import LONGEST, is_label, sole_link
from vault.parse.subject import mentioned, of_link, plain, without_id
from vault.patterns import lazy
from vault.records import PaperId
from vault.tuples import NamedTuple

_UNDERLINE = lazy(r" {0,3}(=+|-+)[ \t]*$")
_NUMBERS = lazy(r"[\d\s./-]*")
_ADDRESS_LAST = lazy(r"(?<!\()https?://[^\s)>\]]+[)>]?$", re.IGNORECASE)
_SECTIONS = frozenset(
    [
        *("abstract", "background", "contents", "introduction", "keyideas", "keypoints", "links"),
        *("motivation", "notes", "overview", "paperlist", "references", "summary", "tldr"),
    ]
)
"""Headings below level 1 that begin many notes and name none (letters only), as bare numbers do."""


class Found(NamedTuple):
    """A title in a body: its source, the lines it takes (from 0, end exclusive), its paper."""

    source: str
    start: int
    end: int
    paper: PaperId | None = None
    keep: bool = False

    def without(self, lines: list[str]) -> list[str]:
        """The lines with those of the title blank, so that numbers stay as they are."""
        if self.keep:
            return lines
        return [*lines[: self.start], *[""] * (self.end - self.start), *lines[self.end :]]

    def rest(self, lines: list[str]) -> list[str]:
        return lines[self.end :]


def find_title(lines: list[str], known: str, links: bool = True) -> Found | None:
    """The heading or (``links``) linked title that a body begins with, else its first heading of level 1.

    ``known`` is the title of the header: one that differs from it stays in the body (``keep``).
    """
    start = first_line(lines)
    found = at(lines, start, links)
    if found is None and not known:
        found = later(lines)
    if found and known and plain(found.source) != plain(known):
        return found._replace(keep=True)
    return found


def first_line(lines: list[str]) -> int:
    """The first line that says something: no blank, rule or comment."""
    at, comment = 0, False
    while at < len(lines):
        line = lines[at].strip()
        if comment or line.startswith("<!--"):
            comment = "-->" not in line
        elif line and not is_rule(lines[at]):
            return at
        at += 1
    return at


def at(lines: list[str], start: int, links: bool) -> Found | None:
    """The title on a line: a heading of any level, an underlined one, or a line that is one link."""
    if start >= len(lines):
        return None
    line = lines[start]
    after = lines[start + 1] if start + 1 < len(lines) else ""
    if heading := atx(line):
        if heading[0] > 1 and (words_of(heading[1]) in _SECTIONS or _NUMBERS.fullmatch(heading[1])):
            return None
        return linked(without_attributes(heading[1]), start, start + 1)
    if _UNDERLINE.match(after) and not re.match(r"[ \t]*([>|+*-]|\d+[.)])[ \t]", line) and line[:4].strip():
        return linked(without_attributes(line.strip()), start, start + 2)
    if links and not after.strip() and (link := sole_link(line)) and not is_label(link[0]):
        return linked(line, start, start + 1)
    return None


def linked(source: str, start: int, end: int) -> Found | None:
    """A title with the paper it links or mentions; an address at its end is no part of it."""
    if link := sole_link(source):
        return Found(without_id(link[0]), start, end, of_link(link[1]))
    source = source.strip()
    papers = mentioned(source)
    source = without_id(source)
    if papers and (address := _ADDRESS_LAST.search(source[:LONGEST])):
        source = source[: address.start()].rstrip(" \t-–—:|(<") or source
    return Found(source, start, end, papers[0] if papers else None) if source else None


def later(lines: list[str]) -> Found | None:
    """The first heading of level 1 that stands further down."""
    if not any(line.lstrip()[:2] in ("# ", "#\t") or line[:1] == "=" for line in lines):
        return None
    text = "\n".join(lines)
    mark: Mark | None = next((mark for mark in headings(text) if mark.level == 1), None)
    if mark is None:
        return None
    start = text.count("\n", 0, mark.start)
    end = text.count("\n", 0, mark.end) + 1
    return linked(without_attributes(mark.source), start, end)


def words_of(title: str) -> str:
    return re.sub(r"[^a-z]", "", title.casefold())
