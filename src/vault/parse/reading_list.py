"""A reading list: the file's own note, and an item for each paper on it."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

from vault import markdown, papers
from vault.parse.body import render
from vault.parse.dated import complete, dated, year_of_path
from vault.parse.kinds import ENOUGH, LISTS, gives_type, has_tasks, kind_of
from vault.parse.lines import headings
from vault.parse.links import is_address, is_label
from vault.parse.log import outdented
from vault.parse.names import note_id, part_id, titled
from vault.parse.note import assembled, of_text, opened
from vault.parse.subject import best, of_link
from vault.patterns import lazy
from vault.records import Date, Header, Note, OutlineItem, PaperId, Parsed, Piece, Rendered
from vault.records.note import Status
from vault.tuples import NamedTuple

_BLOCK = lazy(r"[ \t]*(?:[-*+>#|]|\d{1,9}[.)]|`{3}|~{3})")
_TAG = lazy(r"(?:^|\s)#([^\W\d_][\w/-]*)")


class Item(NamedTuple):
    """An item of the list: what it is called, the paper it names, what it says more, when it was
    listed, whether it opens with its paper."""

    item: OutlineItem
    title: str
    paper: PaperId | None
    why: str
    added: Date | None
    opens: bool


def listed(piece: Piece) -> tuple[Parsed, ...]:
    """The notes of a reading list, the file's own first; nothing if the note is none."""
    tasks = has_tasks(piece.text)
    if not tasks and not gives_type(piece.text):
        return ()
    text = opened(piece)
    given = kind_of(text.header)
    if given not in LISTS and (given or not tasks):
        return ()
    found = items(text.body, given in LISTS, piece.path)
    if given not in LISTS and not opens_with_papers(found):
        return ()
    lines = text.body.split("\n")
    kept = [one for one in found if given in LISTS or one.opens]
    own = of_text(piece.path, "list", text)
    return (own, *(item_note(piece.path, text.header, one, lines, text.line) for one in kept))


def opens_with_papers(found: list[Item]) -> bool:
    """At least three tasks, of which more than half open with a paper."""
    tasks = [one for one in found if one.item.task]
    return len(tasks) >= ENOUGH and sum(one.opens for one in tasks) * 2 > len(tasks)


def items(body: str, every: bool, path: str) -> list[Item]:
    """The tasks of a list at any depth, or (``every``) all its items at the left edge too."""
    dates = days(body, path)
    found: list[Item] = []
    for block in markdown.outline(body):
        if block.kind != "list":
            continue
        at = bisect_left(dates, block.start, key=lambda day: day[0])
        added = dates[at - 1][1] if at else None
        found += [read(item, added) for item in block.items if item.task or (every and not item.depth)]
    return [one for one in found if one.title]


def days(body: str, path: str) -> list[tuple[int, Date]]:
    """The date headings of a list with their lines: when what stands under them was listed."""
    found: list[tuple[int, Date]] = []
    year = year_of_path(path)
    line, at = 1, 0
    for mark in headings(body):
        line, at = line + body.count("\n", at, mark.start), mark.start
        day = dated(mark)
        date = complete(day.date, year) if day else None
        if date and date.year:
            year = date.year
            found.append((line, date))
    return found


def read(item: OutlineItem, added: Date | None) -> Item:
    """An item's title, paper and reason: ``[Title](url) - why``, ``Title <url>``, or words alone."""
    text, before, after, url = item.link_text.strip(), tidy(item.before), tidy(item.after), item.link_url
    known = papers.identify_url(url) if url else None
    if url and not before and names_itself(text):
        return Item(item, text, of_link(url), after, added, True)
    if known and not names_itself(text):
        if names_itself(before):
            return Item(item, before, known, after, added, True)
        if not before:
            words = after if is_label(text) else ""
            return Item(item, words or papers.label(known), known, "" if words else after, added, True)
    words = " ".join(part for part in (before, text, after) if part)
    spots = {spot.paper.key: spot.paper for spot in papers.find(words) if not spot.naked}
    if known:
        spots = {known.key: known, **spots}
    return Item(item, words, next(iter(spots.values())) if len(spots) == 1 else None, "", added, False)


def names_itself(text: str) -> bool:
    return bool(text) and not is_label(text) and not is_address(text)


def tidy(text: str) -> str:
    """A text without the separators at its ends, in one line."""
    return " ".join(text.lstrip(" \t\n-–—:|,.;").rstrip(" \t\n-–—:|,;").split())


def below_paragraph(lines: list[str]) -> list[str]:
    """An item's lines without those that go on with its first paragraph, which its reason has."""
    for at, line in enumerate(lines):
        if not line.strip() or _BLOCK.match(line):
            return lines[at:]
    return []


def item_note(path: str, header: Header, one: Item, lines: list[str], first: int) -> Parsed:
    """An item as a note of its own; ``first`` is the file's line on which the body begins."""
    start, end = one.item.start, one.item.end
    inner = below_paragraph(lines[start : end - 1])
    start = end - 1 - len(inner)
    indent = min((len(line) - len(line.lstrip()) for line in inner if line.strip()), default=0)
    below = "\n".join(outdented(line, indent) for line in inner)
    rendered = render(below, path, start + first) if below.strip() else Rendered()
    title_html, title = titled(one.title)
    status: Status = "read" if one.item.task.lower() == "x" else "to-read"
    own_tags = tuple(_TAG.findall(one.why))
    fields: dict[str, Any] = {
        "papers": best([one.paper] if one.paper else []),
        "status": status,
        "added": one.added,
        "why": one.why,
        "log": note_id(path),
        "draft": header.draft,
        "private": header.private,
        "unlisted": header.unlisted,
        "lang": header.lang,
        "priority": header.priority,
    }
    note = Note(part_id(note_id(path), one.added, title), path, start + first - 1, "item", title, title_html)
    return assembled(note, fields, (*header.tags, *own_tags), (0, 0), rendered)
