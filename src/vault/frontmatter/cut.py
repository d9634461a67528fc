"""Where the header ends and the body begins."""

from __future__ import annotations

import re
from typing import Literal

from vault.frontmatter.names import known
from vault.patterns import lazy
from vault.tuples import NamedTuple

Kind = Literal["yaml", "toml", "pelican", ""]

KEY = lazy(r"""("[^"\n]{1,60}"|'[^'\n]{1,60}'|[^\W\d_][^:=\n]{0,60}?|<<)[ \t]*[:：](?=\s|$)""")
"""``key:`` at the start of a line; quoted keys and the merge key too."""
TIGHT = lazy(r"([A-Za-z][\w .;-]{0,30}?)[ \t]*[:：](?=[^\s/])")
"""``title:Text``, without a space, which counts only for known fields."""
TOML_KEY = lazy(r"""["']?[\w.-]{1,60}["']?[ \t]*=""")
CLOSERS = {
    "---": lazy(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE),
    "+++": lazy(r"^\+\+\+[ \t]*$", re.MULTILINE),
}


class Cut(NamedTuple):
    """A text cut in two.  ``header_text`` is without its fences; ``header_line`` and ``body_line`` are
    the file's lines (from 1) on which the two begin."""

    header_text: str
    kind: Kind
    body: str
    body_line: int
    header_line: int


def split(text: str) -> Cut:
    """The header and the body of a note; a text without a header is all body."""
    text = text.removeprefix("\ufeff")
    start, _ = first_content(text)
    opening, after = line_at(text, start)
    fence = opening.rstrip(" \t")
    if fence in CLOSERS:
        return fenced(text, fence, after) or whole(text)
    return pelican(text, start) or whole(text)


def unclosed(text: str) -> int:
    """The line of an opening fence that nothing closes, 0 if there is none."""
    start, line = first_content(text.removeprefix("\ufeff"))
    opening, after = line_at(text, start)
    fence = opening.rstrip(" \t")
    if fence not in CLOSERS or CLOSERS[fence].search(text, after):
        return 0
    wanted = TOML_KEY if fence == "+++" else KEY
    return line if wanted.match(text, after) else 0


def whole(text: str) -> Cut:
    return Cut("", "", text, 1, 1)


def first_content(text: str) -> tuple[int, int]:
    """Offset and number of the first line that is not blank."""
    start = 0
    while True:
        line, after = line_at(text, start)
        if line.strip() or after >= len(text):
            return start, text.count("\n", 0, start) + 1
        start = after


def line_at(text: str, start: int) -> tuple[str, int]:
    """The line that begins at an offset, and the offset of the next one."""
    end = text.find("\n", start)
    return (text[start:], len(text)) if end < 0 else (text[start:end], end + 1)


def fenced(text: str, fence: str, after: int) -> Cut | None:
    closing = CLOSERS[fence].search(text, after)
    if not closing:
        return None
    header = text[after : closing.start()]
    if fence == "---" and not is_yaml_header(header):
        return None
    _, body = line_at(text, closing.start())
    opened = text.count("\n", 0, after) + 1
    kind: Kind = "yaml" if fence == "---" else "toml"
    return Cut(header, kind, text[body:], opened + header.count("\n") + 1, opened)


def is_yaml_header(header: str) -> bool:
    """Whether the lines between two rules are fields: none at all, or keys at least by half.

    A body may begin with a rule, and prose between two rules is no header.
    """
    lines = [line.rstrip() for line in header.split("\n") if line.strip()]
    top = [line for line in lines if line[0] not in " \t#-]}"]
    if not top:
        return not lines or any(is_key(line.lstrip()) for line in lines if line[0] in " \t")
    keys = sum(map(is_key, top))
    if "" in header.split("\n")[:-1] and not is_key(top[0]):
        return False
    return top[0].startswith("{") or keys * 2 >= len(top)


def is_key(line: str) -> bool:
    if KEY.match(line):
        return True
    tight = TIGHT.match(line)
    return bool(tight and known(tight[1]))


def pelican(text: str, start: int) -> Cut | None:
    """``Key: value`` lines up to the first blank one: at least two known fields, or a title first."""
    at, names = start, []
    while at < len(text):
        line, after = line_at(text, at)
        if not line.strip():
            break
        key = KEY.match(line)
        if key and (line[0].isalpha() and line[key.end() :].strip()):
            names.append(known(key[1]))
        elif not (names and line[0] in " \t"):
            return None
        at = after
    if not names or not (names[0] == "title" or len(set(filter(None, names))) >= 2):
        return None
    begins = text.count("\n", 0, start) + 1
    header = text[start:at]
    return Cut(header, "pelican", text[at:], begins + header.count("\n"), begins)
