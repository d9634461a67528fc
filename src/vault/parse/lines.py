"""A text by its lines: what is code, where headings stand, which definitions it uses.

Everything here is one pass over the text; nothing is rendered.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from vault.patterns import lazy
from vault.tuples import NamedTuple

LONGEST = 400
"""Characters of a heading that are looked at."""
BOLD = 7
"""The level of a heading that is a bold paragraph: below all real ones."""
_FENCE = lazy(
    r"^([ \t]*)(?:[-*+>][ \t]{1,4}|\d{1,9}[.)][ \t]{1,4}){0,4}(`{3,}|~{3,})([^\n]*)$|^ {0,3}(<!--)", re.M
)
_HEADING = lazy(
    r"\n(?: {0,3}(#{1,6})[ \t]+([^\n]+)"
    r"| {0,3}(?:\*\*|__)([^\n]{3,80}?)[:：]?(?:\*\*|__)[ \t]{0,9}[:：]?[ \t]{0,99}$"
    r"|(?![ \t]*(?:[#>|+*-]|\d+[.)])[ \t])[ \t]{0,3}(\S[^\n]{0,200})\n {0,3}(=+|-+)[ \t]*$)",
    re.M,
)
"""A heading and the line end before it, because a line end is found several times as fast as ``^``."""
_LINK = lazy(r"!?\[([^\]\n]*)\](?:\([^)\n]*\)|\[[^\]\n]*\])")
_ATX = lazy(r" {0,3}(#{1,6})[ \t]+(\S.*)$")
_DEFINITION = lazy(r"^ {0,3}\[([^\]\n]{1,200})\]:[ \t]*\S[^\n]*(?:\n[ \t]+\S[^\n]*)*", re.M)
_REFERENCE = lazy(r"\[([^\[\]\n]{1,200})\]")
RULE = lazy(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
"""A thematic break: a line with nothing to say."""


class Mark(NamedTuple):
    """A heading: its offset, the offset behind it, its level (1-6, 7 for a bold paragraph), its source
    without markers, the same as plain text.

    ``ruled``: underlined by ``---``, which people often mean as a rule below a line.
    """

    start: int
    end: int
    level: int
    source: str
    text: str
    ruled: bool = False


def hidden(text: str) -> list[tuple[int, int]]:
    """Offsets of fenced code and HTML comments, from and to, in order."""
    if "```" not in text and "~~~" not in text and "<!--" not in text:
        return []
    marks = list(_FENCE.finditer(text))
    longest = closers(marks)
    found: list[tuple[int, int]] = []
    for at, mark in enumerate(marks):
        if found and mark.start() < found[-1][1]:
            continue
        end = end_of(text, marks, at, longest[at])
        if end:
            found.append((mark.start(), end))
    return found


def end_of(text: str, marks: list[re.Match[str]], at: int, longest: dict[str, int]) -> int:
    """Where the code or comment that a mark opens ends; 0 for a mark that opens nothing."""
    mark = marks[at]
    if mark[4]:
        end = text.find("-->", mark.end())
        return end + 3 if end >= 0 else len(text)
    char = mark[2][0]
    if char == "`" and "`" in mark[3]:
        return 0
    if longest.get(char, 0) >= len(mark[2]):
        return next(marks[i].end() for i in range(at + 1, len(marks)) if closes(marks[i], mark))
    return len(text) if len(mark[1]) <= 3 else 0


def closers(marks: list[re.Match[str]]) -> list[dict[str, int]]:
    """For each mark, how long the longest closing fence behind it is, by its character."""
    found: list[dict[str, int]] = []
    longest: dict[str, int] = {}
    for mark in reversed(marks):
        found.append(longest)
        if mark[2] and not mark[3].strip():
            char = mark[2][0]
            longest = {**longest, char: max(longest.get(char, 0), len(mark[2]))}
    return found[::-1]


def closes(mark: re.Match[str], opened: re.Match[str]) -> bool:
    fence = mark[2]
    return bool(fence and fence[0] == opened[2][0] and len(fence) >= len(opened[2]) and not mark[3].strip())


def headings(text: str) -> list[Mark]:
    """Every heading outside code and comments, in order: ``#``, underlined, or a bold paragraph."""
    found = [mark for match in _HEADING.finditer(f"\n{text}") if (mark := mark_of(text, match))]
    if not found:
        return []
    covered = hidden(text)
    starts = [start for start, _ in covered]
    return [mark for mark in found if not inside(mark.start, covered, starts)]


def inside(offset: int, covered: list[tuple[int, int]], starts: list[int]) -> bool:
    at = bisect_right(starts, offset) - 1
    return at >= 0 and offset < covered[at][1]


def mark_of(text: str, match: re.Match[str]) -> Mark | None:
    """A heading, unless it is a bold line or an underlined one inside a paragraph."""
    start, end = match.start(), match.end() - 1
    if match[1]:
        source = closed(match[2])
        return Mark(start, end, len(match[1]), source, plain(source))
    before = text.rfind("\n", 0, max(0, start - 1)) + 1
    above = text[before:start].strip()
    if above and not (above.startswith("#") or is_rule(above)):
        return None
    if match[3]:
        return Mark(start, end, BOLD, match[3].strip(), plain(match[3]))
    ruled = match[5][0] == "-"
    return Mark(start, end, 2 if ruled else 1, match[4].strip(), plain(match[4]), ruled)


def atx(line: str) -> tuple[int, str] | None:
    """Level and source of a heading that begins with ``#``."""
    found = _ATX.match(line)
    return (len(found[1]), closed(found[2])) if found else None


def closed(source: str) -> str:
    """A heading's source without the ``#`` that may close it."""
    source = source.strip()
    bare = source.rstrip("#")
    return bare.rstrip() if not bare or bare[-1] in " \t" else source


def without_attributes(source: str) -> str:
    """A heading's source without ``{#id .class}`` at its end."""
    head, brace, tail = source.rpartition("{")
    if not brace or not source.endswith("}") or "}" in tail[:-1]:
        return source
    return head.rstrip() if tail[:1] in "#.:" else source


def plain(source: str) -> str:
    """A heading without links, emphasis, code marks and attributes; enough to look for a date in it.

    Of a long heading only the beginning.
    """
    text = _LINK.sub(r"\1", without_attributes(source[:LONGEST]))
    return " ".join(text.replace("*", " ").replace("`", "").strip(" _:：\t").split())


def definitions(text: str) -> dict[str, str]:
    """Link and footnote definitions of a text by their label (casefolded): ``[1]: https://...``."""
    if "]:" not in text:
        return {}
    covered = hidden(text)
    starts = [start for start, _ in covered]
    found: dict[str, str] = {}
    for match in _DEFINITION.finditer(text):
        if not inside(match.start(), covered, starts):
            found.setdefault(label(match[1]), match[0])
    return found


def with_definitions(text: str, known: dict[str, str]) -> str:
    """A part of a text, with the definitions it uses and does not have appended."""
    if not known:
        return text
    used = dict.fromkeys(label(word) for word in _REFERENCE.findall(text))
    missing = [known[word] for word in used if word in known and known[word] not in text]
    return "\n\n".join([text.rstrip("\n"), *missing]) + "\n" if missing else text


def label(text: str) -> str:
    return " ".join(text.casefold().split())


def trimmed(lines: list[str]) -> list[str]:
    """Lines without the blank ones and rules at their end (a rule that is no underline)."""
    end = len(lines)
    while end and (
        not lines[end - 1].strip()
        or (is_rule(lines[end - 1]) and not "".join(lines[end - 2 : end - 1]).strip())
    ):
        end -= 1
    return lines[:end]


def is_rule(line: str) -> bool:
    return bool(RULE.match(line))


def has_words(lines: list[str]) -> bool:
    """Whether any line says something."""
    return any(line.strip() and not is_rule(line) for line in lines)
