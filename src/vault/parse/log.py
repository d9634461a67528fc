"""A dated section of a log -> its entries."""

from __future__ import annotations

from typing import Any

from vault import dates, papers
from vault.parse.body import render
from vault.parse.context import Context
from vault.parse.dated import complete, dated
from vault.parse.lines import Mark, has_words, headings, trimmed
from vault.parse.names import part_id, titled
from vault.parse.note import assembled
from vault.parse.openers import Opener, openers
from vault.parse.subject import best, id_hint, of_lines, of_link
from vault.problems import problem
from vault.records import Date, Note, PaperId, Parsed, Piece, Problem, Rendered
from vault.records.note import Status
from vault.tuples import NamedTuple

_STATUS: dict[str, Status] = {" ": "to-read", "x": "read"}


class Day(NamedTuple):
    """A section's heading: the lines it takes (from 1), its date, what it is called, what is wrong."""

    end: int
    date: Date | None
    title: str
    problems: tuple[Problem, ...]


class Section(NamedTuple):
    """What all entries of a section share."""

    path: str
    context: Context
    day: Day


def entries(piece: Piece, context: Context) -> tuple[Parsed, ...]:
    """The entries of a section, in order: text before the first linked title, then each linked title.

    Lines count from the section's first.  Every line with words is in some entry.
    """
    day = day_of(piece, context)
    lines = piece.text.split("\n")
    below = "\n".join([*[""] * (day.end - 1), *lines[day.end - 1 :]])
    found = openers(below, day.end)
    first = found[0].start if found else len(lines) + 1
    section = Section(piece.path, context, day)
    result = []
    if opening := day_note(section, lines[day.end - 1 : first - 1]):
        result.append(opening)
    ends = [opener.start for opener in found[1:]] + [len(lines) + 1]
    for opener, end in zip(found, ends, strict=False):
        told = day if not result else day._replace(problems=())
        result.append(entry(section._replace(day=told), opener, lines[opener.end - 1 : end - 1]))
    return tuple(result)


def day_of(piece: Piece, context: Context) -> Day:
    """What the first line of a section says.  Its Problems are told with the first entry."""
    mark = heading_of(piece.text)
    if mark is None:
        return Day(1, None, "", ())
    end = piece.text.count("\n", 0, mark.end) + 2
    day = dated(mark) if context.kind == "section" else None
    if day is None:
        return Day(end, None, mark.source, ())
    date = complete(day.date, context.year)
    problems: tuple[Problem, ...] = ()
    if day.wrong:
        code, why = day.wrong
        hint = "Mend the day, or write it as 2025-01-29"
        problems = (
            problem(code, piece.path, f"The heading {mark.text!r}: {why}", hint=hint, line=1, column=1),
        )
    return Day(end, date, title_of_day(mark, day.date, date), problems)


def heading_of(text: str) -> Mark | None:
    """The heading that a section begins with."""
    end = -1
    for _ in range(3):
        end = text.find("\n", end + 1)
        if end < 0:
            end = len(text)
            break
    found = headings(text[:end])
    return found[0] if found and not found[0].start else None


def title_of_day(mark: Mark, written: Date | None, date: Date | None) -> str:
    """A day's own title: the whole heading where it says more than the date, else the date in full."""
    if date is None or written is None or dates.heading(mark.text) is None:
        return mark.source
    return dates.full(date)


def day_note(section: Section, lines: list[str]) -> Parsed | None:
    """The text under a date before any linked title, as a note named by its day."""
    day = section.day
    body = trimmed(lines)
    if not has_words(body):
        return None
    rendered = render("\n".join(body), section.path, day.end)
    if not says_something(rendered):
        return None
    title_html, title = titled(day.title)
    paper = of_lines(body, bare=False)
    named = (paper,) if paper else ()
    return made(section, (title_html, title or "Untitled"), rendered, {"papers": named}, 1)


def says_something(rendered: Rendered) -> bool:
    """Whether a rendered body has words, a formula or anything but plain HTML."""
    parts = (part for block in rendered.blocks for part in block.parts)
    return bool(rendered.text.strip()) or rendered.math or any(not isinstance(part, str) for part in parts)


def entry(section: Section, opener: Opener, lines: list[str]) -> Parsed:
    """The entry of a linked title: what stands from it to the next one is its body."""
    body = trimmed(lines)
    line = opener.end
    if opener.indent:
        body = [outdented(text, opener.indent) for text in body]
    if opener.rest:
        body, line = [opener.rest, *body], opener.end - 1
    rendered = render("\n".join(body), section.path, line)
    title_html, title = titled(opener.title)
    found = [paper for paper in [of_link(opener.url)] if paper]
    if not found or found[0].scheme == "url":
        found = [*found, *[paper for paper in [of_lines(body)] if paper]]
    fields: dict[str, Any] = {"papers": best(found), "status": _STATUS.get(opener.task, "")}
    fields["problems"] = (*section.day.problems, *malformed(section.path, opener, found))
    return made(section, (title_html, title or opener.url), rendered, fields, opener.start)


def malformed(path: str, opener: Opener, found: list[PaperId]) -> tuple[Problem, ...]:
    why = "" if found else papers.malformed(opener.url)
    if not why:
        return ()
    message = f"{opener.url!r} looks like an arXiv address and is not one"
    return (problem("arxiv-malformed", path, message, hint=id_hint(why), line=opener.start, column=1),)


def outdented(line: str, columns: int) -> str:
    """A line moved left by so many columns, as far as it is indented."""
    width = len(line) - len(line.lstrip(" "))
    if line[width : width + 1] == "\t" and width < columns:
        return line[width + 1 :]
    return line[min(width, columns) :]


def made(
    section: Section, title: tuple[str, str], rendered: Rendered, fields: dict[str, Any], line: int
) -> Parsed:
    """An entry's Parsed with what it takes over from its log; ``title`` is (HTML, plain)."""
    context, day = section.context, section.day
    note = Note(part_id(context.log, day.date, title[1]), section.path, line, "entry", title[1], title[0])
    taken: dict[str, Any] = {
        "date": day.date,
        "log": context.log,
        "draft": context.draft,
        "private": context.private,
        "unlisted": context.unlisted,
        "lang": context.lang,
        "series": context.series,
        "problems": day.problems,
    }
    return assembled(note, {**taken, **fields}, context.tags, (0, 0), rendered)
