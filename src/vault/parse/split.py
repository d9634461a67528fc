"""One source -> the pieces that are parsed and remembered.

A note is one piece.  A log is cut at its date headings, and each piece carries what it inherits, so
that a change in one section changes one piece.
"""

from __future__ import annotations

from typing import Literal

from vault import dates, frontmatter
from vault.parse.context import inherited
from vault.parse.dated import Dated, dated, year_of_path
from vault.parse.kinds import gives_type, is_log
from vault.parse.lines import BOLD, Mark, definitions, has_words, headings, with_definitions
from vault.parse.names import note_id
from vault.records import Header, Piece, Source
from vault.tuples import NamedTuple

LIMIT = 5_000_000
"""The most bytes of a note file."""


class Section(NamedTuple):
    """A part of a log: offset of its heading, whether it is dated, the year its heading lacks."""

    start: int
    kind: Literal["section", "aside"]
    year: int


def split(source: Source) -> tuple[Piece, ...]:
    """The pieces of a file, in its order; one for a note that is no log.  Never raises."""
    whole = (Piece(source.path, 1, source.text),)
    if over_limit(source.text):
        return whole
    try:
        return pieces_of_log(source) or whole
    except Exception:  # what cannot be cut is one note, and the guard tells what is wrong with it
        return whole


def pieces_of_log(source: Source) -> tuple[Piece, ...]:
    """The pieces of a log, nothing for any other note."""
    text = source.text
    cut = frontmatter.split(text)
    marks = headings(cut.body)
    found = {mark.start: day for mark in marks if (day := dated(mark))}
    several = sum(day.opens for day in found.values()) >= 2
    if not several and not gives_type(cut.header_text):
        return ()
    header = frontmatter.read(text, source.path)[0]
    return pieces(source, header, marks, found) if is_log(header, several, cut.body) else ()


def over_limit(text: str) -> bool:
    return len(text) > LIMIT // 4 and len(text.encode("utf-8", "replace")) > LIMIT


def pieces(source: Source, header: Header, marks: list[Mark], found: dict[int, Dated]) -> tuple[Piece, ...]:
    """The file's own note, then each section that says something."""
    path, text = source.path, source.text.removeprefix("\ufeff")
    body = frontmatter.split(text).body
    offset = len(text) - len(body)
    log = note_id(path)
    parts = sections(marks, found, dates.year_in(header.title) or year_of_path(path))
    known = definitions(body)
    ends = [part.start for part in parts[1:]] + [len(body)]
    first = parts[0].start if parts else len(body)
    head = with_definitions(text[: offset + first], known)
    result = [Piece(path, 1, head, inherited("log", log, 0, header))]
    line = text.count("\n", 0, offset + first) + 1
    for part, end in zip(parts, ends, strict=False):
        section = body[part.start : end]
        if has_words(section.split("\n")[1:]):
            context = inherited(part.kind, log, part.year, header)
            result.append(Piece(path, line, with_definitions(section, known), context))
        line += section.count("\n")
    return tuple(result)


def sections(marks: list[Mark], found: dict[int, Dated], file_year: int) -> list[Section]:
    """Where the log is cut: at every date, and where a higher heading ends a dated section.

    A date without a year takes it from the headings it stands under, else from the nearest date
    before it that has one, else from the file's title, name or folder.
    """
    result: list[Section] = []
    above: list[tuple[int, int]] = []
    open_level = bold_level = earlier = 0
    for mark in marks:
        day = found.get(mark.start)
        if day is None and (mark.level == BOLD or mark.ruled):
            continue
        level = mark.level
        if level == BOLD:
            level = bold_level = bold_level or (above[-1][0] if above else 0) + 1
        above = [pair for pair in above if pair[0] < level]
        if day is None:
            above.append((level, dates.year_in(mark.text)))
            if level < open_level:
                result.append(Section(mark.start, "aside", 0))
                open_level, bold_level = level + 1, 0
            continue
        own = day.date.year if day.date else 0
        around = next((year for _, year in reversed(above) if year), 0)
        year = own or around or earlier or file_year
        result.append(Section(mark.start, "section", 0 if own else year))
        open_level, earlier = level, own or earlier
        if mark.level != BOLD:
            above.append((level, year))
    return result
