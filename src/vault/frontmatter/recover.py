"""Fields read line by line, where YAML refuses the header as a whole.

The header is cut into chunks, one key each.  A chunk that is good YAML by itself keeps its YAML
meaning; any other is taken as the text that was written.  Nothing is lost: lines without a key
join the value before them, or make an entry whose key is empty.
"""

from __future__ import annotations

import re

from vault.frontmatter.cut import KEY, TIGHT
from vault.frontmatter.entry import Entry, Slip, Value, clean
from vault.frontmatter.names import PROSE, known
from vault.frontmatter.yaml_events import RefusedError, load, over_limit, unquoted
from vault.patterns import lazy
from vault.tuples import NamedTuple

_BLOCK = lazy(r"[|>][0-9+-]{0,2}[ \t]*(?:#.*)?$")
_ITEM = lazy(r"(?:-(?:[ \t]+|$))+")


class Chunk(NamedTuple):
    """One key with all its lines: the file's line it begins on, the lines, the key (empty where there
    is none), the value on the first line."""

    line: int
    lines: list[str]
    key: str
    rest: str


def read_yaml(text: str, first: int) -> tuple[list[Entry], list[Slip]]:
    """The entries of a YAML header whose first line is line ``first`` of the file; never raises."""
    limit = over_limit(text)
    if not limit:
        try:
            return load(text, first)
        except RefusedError as refused:
            return by_line(text, first, refused)
    hint = "Move long text into the body"
    entries, slips = by_line(text, first, None)
    return entries, [
        Slip("header-limit", first, 1, f"{limit}; its fields were read line by line", hint),
        *slips,
    ]


def read_pelican(text: str, first: int) -> tuple[list[Entry], list[Slip]]:
    """``Key: value`` lines: every value is the text that was written."""
    return [entry for chunk in chunks(text, first) for entry in written(chunk)], []


def by_line(text: str, first: int, refused: RefusedError | None) -> tuple[list[Entry], list[Slip]]:
    """Every chunk by itself; ``refused`` is why the whole was not read (None: YAML must not be tried)."""
    entries: list[Entry] = []
    slips: list[Slip] = []
    for chunk in chunks(text, first):
        if refused is None:
            entries += written(chunk)
            continue
        try:
            found, told = load("\n".join(chunk.lines), chunk.line)
        except RefusedError as why:
            found = written(chunk)
            told = [tell(chunk, found[0], why)] if found else []
        entries += found
        slips += told
    if refused and not any(slip.code == refused.code for slip in slips):
        slips.append(general(refused))
    return entries, slips


def general(refused: RefusedError) -> Slip:
    message = f"The header is not valid YAML here ({refused.why}); its fields were read line by line"
    hint = "Put values with : # [ { @ * & in quotes"
    return Slip(refused.code, refused.line, refused.column, message, hint)


def chunks(text: str, first: int) -> list[Chunk]:
    """The header cut before each key that stands at its left edge."""
    lines = text.split("\n")
    edge = next((len(line) - len(line.lstrip()) for line in lines if line.strip()), 0)
    found: list[Chunk] = []
    for number, full in enumerate(lines, first):
        line = full.rstrip()
        if line and not line[:edge].strip():
            line = " " * edge + line[edge:]
        if line and (not found or opens(line[edge:], found[-1])):
            found.append(Chunk(number, [], *value_of(line)))
        if found:
            found[-1].lines.append(line)
    for chunk in found:
        while chunk.lines and not chunk.lines[-1]:
            chunk.lines.pop()
    return found


def opens(line: str, before: Chunk) -> bool:
    """Whether a line (without the header's indentation) begins a new chunk."""
    if not line or line[0] == "#":
        return False
    if line[0] in " \t":
        key = KEY.match(line.strip())
        done = before.rest and not _BLOCK.match(before.rest) and not wants_more(before)
        return bool(key and known(key[1]) and done)
    if _ITEM.match(line):
        return False
    tight = TIGHT.match(line)
    return bool(KEY.match(line) or (tight and known(tight[1])) or not wants_more(before))


def wants_more(chunk: Chunk) -> bool:
    """Whether a value has begun that a line without a key may continue."""
    key, rest = chunk.key, chunk.rest
    if not key:
        return True
    if rest[:1] in ("[", "{"):
        return not chunk.lines[-1].endswith("]" if rest[0] == "[" else "}")
    if rest[:1] in ("'", '"') and len(rest) > 1:
        return not chunk.lines[-1].endswith(rest[0])
    return bool(rest) and (known(key) in PROSE or not known(key))


def value_of(line: str) -> tuple[str, str]:
    """Key and value of a chunk's first line; no key for a line that has none."""
    line = line.strip()
    found = KEY.match(line) or TIGHT.match(line)
    if not found:
        return "", line
    return clean(found[1].strip("\"'")), line[found.end() :].strip()


def written(chunk: Chunk) -> list[Entry]:
    """A chunk's value as the text that was written; nothing for a comment."""
    lines = [kept for kept in chunk.lines if not kept.startswith("#")]
    if not lines:
        return []
    column = len(lines[0]) - len(chunk.rest) + 1
    raw = chunk.rest if len(lines) == 1 and chunk.rest[:1] in ("[", "{") else ""
    return [Entry(chunk.key, block(chunk.rest, lines[1:]), chunk.line, column, raw)]


def tell(chunk: Chunk, entry: Entry, why: RefusedError) -> Slip:
    """What to tell of a value taken as written."""
    if why.code != "yaml-recovered":
        hint = "The value was taken as written; put it in quotes to keep it so"
        return Slip(why.code, why.line, why.column, f"In this value, {why.why}", hint)
    if isinstance(entry.value, str) and chunk.key and len(chunk.lines) == 1:
        return unquoted(chunk.rest, entry.line, entry.column)
    at = (entry.line, entry.column)
    if why.line < chunk.line + len(chunk.lines):
        at = (why.line, why.column)
    message = f"YAML cannot read this value ({why.why}); it was taken as written"
    return Slip("yaml-recovered", *at, message, "Put each text in quotes")


def block(rest: str, more: list[str]) -> Value:
    """The value of a chunk: a list of items, a block of lines, or one folded text."""
    if rest and _BLOCK.match(rest):
        return clean(("\n" if rest[0] == "|" else " ").join(line.strip() for line in more))
    inner = [line.strip() for line in more if line.strip()]
    if not rest and inner and _ITEM.match(inner[0]):
        return items(inner)
    whole = " ".join([rest, *inner]).strip()
    if whole.startswith("[") and whole.endswith("]"):
        return listed(whole[1:-1])
    return unquote(whole)


def items(lines: list[str]) -> Value:
    """``- item`` lines; nested markers are dropped, a line without one continues the item before."""
    found: list[list[str]] = []
    for line in lines:
        marker = _ITEM.match(line)
        if marker or not found:
            found.append([line[marker.end() if marker else 0 :]])
        else:
            found[-1].append(line)
    return [unquote(" ".join(parts)) for parts in found]


def listed(text: str) -> Value:
    """A flow list cut at its commas, those inside quotes excepted."""
    parts = re.findall(r"""[ \t]*("[^"]*"|'[^']*'|[^,]*)[^,]*(?:,|$)""", text)
    return [unquote(part) for part in parts if part.strip()]


def unquote(text: str) -> str:
    """A text without the quotes around all of it."""
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" and text[0] not in text[1:-1]:
        text = text[1:-1]
    return clean(text)
