"""Where the entries of a dated section begin."""

from __future__ import annotations

import re

from vault import markdown, papers
from vault.parse.lines import atx
from vault.parse.links import LONGEST, broken_link, is_address, is_label, sole_link
from vault.parse.subject import in_line
from vault.patterns import lazy
from vault.records import OutlineBlock, OutlineItem
from vault.tuples import NamedTuple

_LINK_FIRST = lazy(
    r"[*_]{0,3}\[([^\[\]]{1,300})\]\([ \t]*<?(https?://[^\s<>()]+)>?[ \t]*\)[*_]{0,3}[ \t]*(.*)$"
)
_LINK_LAST = lazy(
    r"[ \t]*(\S.{2,300}?)[ \t]*(?:[-–—:|(]|->|→)[ \t]*(?:[A-Za-z]{1,12}[ \t]*[-:][ \t]*)?"
    r"(?:\[[^\]]{0,80}\]\([ \t]*<?(https?://[^\s<>()]+)>?[ \t]*\)|<?(https?://[^\s<>()]+)>?)[ \t]*\)?[ \t.]*$"
)
_MARKER = lazy(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[([ xX])\][ \t]+)?")
_LABELS_LAST = lazy(r"[ \t]*\[\[[^\[\]]{1,40}\](?:\]\([^\s()]{1,500}\)|\([^\s()]{1,500}\)\])$")
_NOTE_LINK = lazy(r"\[([^\[\]]{1,300})\]\([^\s()]{1,500}\)$")
_TARGET = lazy(r"\]\((https?://[^\s()]+)\)")
_SEPARATOR = lazy(r"[ \t]*(?:[-–—:|,.]|->|→)*[ \t]*")
_ADDRESS = lazy(
    r"[ \t]{0,3}(?:<?(https?://[^\s<>()]+)>?"
    r"|\[(?:https?://[^\s\[\]]*)?\]\([ \t]*(https?://[^\s()]+)[ \t]*\))[ \t]*$",
    re.IGNORECASE,
)
_UNLINKED = lazy(r"[ \t]{0,3}\[([^\[\]]{8,300})\]\([ \t]*\)[ \t]*$")
_TITLE_LONGEST = 300


class Opener(NamedTuple):
    """The beginning of an entry: lines (from 1, end exclusive) of its title, what it is called, where
    its title leads, and what else its first line says (Markdown).

    ``task`` is " " or "x" where the title is a task; ``indent`` the columns that the lines of a list
    item are moved in.
    """

    start: int
    end: int
    title: str
    url: str
    rest: str = ""
    task: str = ""
    indent: int = 0


def openers(text: str, directly: int) -> list[Opener]:
    """The entries of a section, in order.

    ``directly`` is the line right behind the date heading: list items open entries only where
    their list is the first thing there.
    """
    lines = text.split("\n")
    blocks = markdown.outline(text)
    found: list[Opener] = []
    above: OutlineBlock | None = None
    for at, block in enumerate(blocks):
        opener = None
        if block.kind == "list" and not at and block.start >= directly:
            found += of_list(block, lines)
        elif block.kind in ("heading", "paragraph"):
            before = blocks[at - 1] if at else None
            if before and found and found[-1].end > before.start:
                before = None
            opener = (
                of_block(block, lines)
                or given_below(block, above, before, lines)
                or sole_address(block, lines)
            )
        if opener:
            found.append(opener)
            above = None
        elif block.kind == "heading":
            above = block
    return found


def of_block(block: OutlineBlock, lines: list[str]) -> Opener | None:
    """The entry that a heading or paragraph opens by itself."""
    line = lines[block.start - 1]
    heading = atx(line) if block.kind == "heading" else None
    source = heading[1] if heading else line
    single = block.kind == "heading" or block.end - block.start == 1
    link = sole_link(source) or (broken_link(source) if single and is_paper(broken_link(source)) else None)
    if link and names_a_paper(link[0]):
        ruled = block.kind == "heading" and block.end - block.start == 2
        return Opener(block.start, block.end if heading or ruled else block.start + 1, *link)
    if single and (title := unlinked_title(source)):
        return Opener(block.start, block.end, title, "")
    if block.whole and block.link_url and names_a_paper(block.link_text):
        return Opener(block.start, block.end, " ".join(block.link_text.split()), block.link_url)
    if heading and (opener := of_heading(source, block)):
        return opener
    return last_link(source, block) if single else None


def unlinked_title(line: str) -> str:
    """The title of ``[Title]()``, whose address was never filled in."""
    found = _UNLINKED.match(line)
    return found[1].strip() if found else ""


def names_a_paper(text: str) -> bool:
    """Whether a link's text may be a title: not ``PDF``, not the address itself, not empty."""
    return bool(text.strip()) and not is_label(text) and not is_address(text)


def is_paper(link: tuple[str, str] | None) -> bool:
    return bool(link and papers.identify_url(link[1]))


def of_heading(source: str, block: OutlineBlock) -> Opener | None:
    """A heading that begins with a link to a paper and says more behind it."""
    if len(source) > _TITLE_LONGEST * 2:
        return None
    found = _LINK_FIRST.match(source)
    if not found or not names_a_paper(found[1]) or not papers.identify_url(found[2]):
        return None
    return Opener(block.start, block.end, found[1].strip(), found[2], found[3].strip())


def last_link(source: str, block: OutlineBlock) -> Opener | None:
    """``Title - <link to a paper>`` on one line."""
    if len(source) > _TITLE_LONGEST * 2 or "://" not in source:
        return None
    found = _LINK_LAST.match(source)
    if not found or "](" in found[1] or "://" in found[1] or is_label(found[1]):
        return None
    url = found[2] or found[3]
    if not papers.identify_url(url) or found[1].rstrip().endswith((".", ",", ";")):
        return None
    return Opener(block.start, block.end, found[1].strip("*_ "), url)


def given_below(
    block: OutlineBlock, above: OutlineBlock | None, before: OutlineBlock | None, lines: list[str]
) -> Opener | None:
    """``Paper - <link>`` under a title: the first line of its paragraph, the heading above, or the short
    paragraph right before it."""
    own = lines[block.start - 1 : block.end - 1]
    first = 1 if len(own) > 1 and not labelled(own[0]) else 0
    if block.kind != "paragraph" or first >= len(own) or not (url := labelled(own[first])):
        return None
    if first and is_title(own[0]):
        return Opener(block.start, block.start + 2, bare_title(own[0]), url)
    if first:
        return None
    if above:
        end = block.start + 1 if above is before else above.end
        return Opener(above.start, end, bare_title(lines[above.start - 1]), url)
    if (
        before
        and before.kind == "paragraph"
        and before.end - before.start == 1
        and is_title(lines[before.start - 1])
    ):
        return Opener(before.start, block.start + 1, bare_title(lines[before.start - 1]), url)
    return None


def sole_address(block: OutlineBlock, lines: list[str]) -> Opener | None:
    """A paper's address alone in its paragraph: it is called by its number."""
    line = lines[block.start - 1]
    text = (sole_address_of(line) if len(line) <= LONGEST else "") if block.kind == "paragraph" else ""
    paper = papers.identify_url(text) if text else None
    return Opener(block.start, block.start + 1, papers.label(paper), text) if paper else None


def sole_address_of(line: str) -> str:
    """The address that a line is and nothing else: bare, in ``<>``, or a link called by it or by nothing."""
    found = _ADDRESS.match(line)
    return (found[1] or found[2]) if found else ""


def is_title(line: str) -> bool:
    """Whether a line of a paragraph may be a title: short, no link, no sentence."""
    title = bare_title(line)
    return bool(title) and len(title) <= 150 and "://" not in title and title[-1] not in ".,;"


def labelled(line: str) -> str:
    """The paper's address in a line that says only ``Paper - <link>``, or nothing."""
    if len(line) > _TITLE_LONGEST * 2:
        return ""
    link = sole_link(line)
    if link and (is_label(link[0]) or is_address(link[0])):
        return link[1] if papers.identify_url(link[1]) else ""
    paper, _ = in_line(line, near=True)
    return papers.abs_url(paper) if paper else ""


def bare_title(line: str) -> str:
    heading = atx(line)
    return (heading[1] if heading else line).strip().strip("*_").rstrip(":").strip()


def of_list(block: OutlineBlock, lines: list[str]) -> list[Opener]:
    """Items that begin with a link, or are a title and a link to a paper."""
    found = (of_item(item, lines) for item in block.items if item.depth == 0)
    return [opener for opener in found if opener]


def of_item(item: OutlineItem, lines: list[str]) -> Opener | None:
    line = lines[item.start - 1]
    marker = _MARKER.match(line)
    if not marker or len(line) > LONGEST:
        return None
    source = line[marker.end() :]
    task = item.task.lower() if item.task.strip() else item.task
    link = sole_link(source)
    if not link and (first := _LINK_FIRST.match(source)):
        link = (first[1].strip(), first[2])
        rest = _SEPARATOR.sub("", first[3], count=1)
    else:
        rest = ""
    if link and names_a_paper(link[0]):
        return Opener(item.start, item.start + 1, link[0], link[1], rest, task, marker.end())
    if labels := labels_last(source):
        return Opener(item.start, item.start + 1, *labels, task, marker.end())
    last = last_link(source, OutlineBlock("paragraph", item.start, item.start + 1))
    return last._replace(task=task, indent=marker.end()) if last else None


def labels_last(source: str) -> tuple[str, str, str] | None:
    """Title, paper's address and links of ``Title [[arXiv](...)] [[notes](...)]``; the title may be a
    link to a note."""
    title = source.rstrip()
    while tail := _LABELS_LAST.search(title[-600:]):
        title = title[: len(title) - len(tail[0])]
    rest = source[len(title) :].strip()
    if named := _NOTE_LINK.match(title):
        title, rest = named[1], source.strip()
    urls = [url for url in _TARGET.findall(rest) if papers.identify_url(url)]
    if not urls or not title or len(title) > _TITLE_LONGEST or "](" in title or "://" in title:
        return None
    return title.strip("*_ "), urls[0], rest
