"""``authors.yml`` -> what it says of each person, entry by entry.

Each entry that begins at the left edge is read by itself, so a mistake costs no more than its entry;
all that YAML refuses is one Problem, at the first such line.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from vault.frontmatter.authors import single_or_more
from vault.frontmatter.entry import Entry, Value, flat
from vault.frontmatter.yaml_events import RefusedError, load, over_limit
from vault.nearest import nearest
from vault.patterns import lazy
from vault.problems import problem
from vault.records import KnownAuthor, Problem
from vault.tuples import NamedTuple

FIELDS: Final = {
    "name": "name",
    "aliases": "aliases",
    "alias": "aliases",
    "orcid": "orcid",
    "homepage": "homepage",
    "url": "homepage",
    "website": "homepage",
}
_ORCID: Final = lazy(r"(?:https?://(?:www\.)?orcid\.org/)?(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dXx])/?")


class Chunk(NamedTuple):
    """An entry's lines and the line of the file on which it begins."""

    line: int
    lines: list[str]


def known_authors(text: str, path: str) -> tuple[tuple[KnownAuthor, ...], tuple[Problem, ...]]:
    """The people of a file in its order, and what is wrong.  Never raises."""
    found: list[KnownAuthor] = []
    problems: list[Problem] = []
    broken: list[RefusedError] = []
    for chunk in chunks(text):
        try:
            entries = read_chunk(chunk)
        except RefusedError as why:
            why.line = min(why.line, chunk.line + len(chunk.lines) - 1)
            broken.append(why)
            continue
        found += [one for entry in entries if (one := person(entry, path, problems))]
    problems += refused(broken, path)
    return tuple(found), tuple(sorted(problems, key=lambda told: told.line))


def chunks(text: str) -> Iterator[Chunk]:
    """The text cut before each line that begins at its left edge; comments and ``---`` go."""
    chunk: Chunk | None = None
    for number, written in enumerate(text.split("\n"), 1):
        line = "" if written[:1] == "#" or written.rstrip() in ("---", "...") else written
        if line[:1].strip():
            if chunk:
                yield chunk
            chunk = Chunk(number, [])
        if chunk:
            chunk.lines.append(line)
        elif line.strip():
            chunk = Chunk(number, [line])
    if chunk:
        yield chunk


def read_chunk(chunk: Chunk) -> list[Entry]:
    """``Name: ...``, or ``- name: ...`` as one entry named ``-``.  Raises RefusedError."""
    first, *rest = chunk.lines
    item = first.startswith("- ")
    source = "\n".join([("  " + first[2:]) if item else first, *rest])
    if why := over_limit(source):
        raise RefusedError("header-limit", chunk.line, 1, why.replace("header", "entry"))
    entries, _ = load(source, chunk.line)
    if not item:
        return [entry._replace(line=chunk.line) for entry in entries]
    return [Entry("-", {entry.key: entry.value for entry in entries}, chunk.line, 1)] if entries else []


def person(entry: Entry, path: str, problems: list[Problem]) -> KnownAuthor | None:
    """One person; fields that cannot be used are told and left out."""
    fields: dict[str, Value] = entry.value if isinstance(entry.value, dict) else {"aliases": entry.value}
    found: dict[str, Value] = {} if entry.key == "-" else {"name": entry.key}
    for key, value in fields.items():
        if name := FIELDS.get(key.casefold()):
            found.setdefault(name, value)
        else:
            near = nearest(key.casefold(), FIELDS)
            hint = f"did you mean {near}?" if near else "an entry has aliases, orcid and homepage"
            problems.append(_told(path, entry.line, f"there is no field {key}", hint))
    name = " ".join(flat(found.get("name", "")).split())
    if not name:
        problems.append(
            _told(path, entry.line, "an entry has no name", "give it a line such as name: Ada Lovelace")
        )
        return None
    written = flat(found.get("orcid", ""))
    if written and not orcid(written):
        hint = "write its sixteen digits as on orcid.org: 0000-0002-1825-0097"
        problems.append(_told(path, entry.line, f"{written!r} is no ORCID iD of {name}", hint))
    aliases = tuple(dict.fromkeys(spellings(found.get("aliases", ""))))
    return KnownAuthor(name, aliases, orcid(written), flat(found.get("homepage", "")), path, entry.line)


def spellings(value: Value) -> Iterator[str]:
    """Aliases of a list, or of a text with ``;`` between them; ``Last, First`` is one name."""
    items = [flat(item) for item in value] if isinstance(value, list) else flat(value).split(";")
    for item in items:
        yield from filter(None, single_or_more(item))


def orcid(text: str) -> str:
    """``0000-0002-1825-0097``; nothing where the check digit (ISO 7064, MOD 11-2) says that it is none."""
    found = _ORCID.fullmatch(text.strip())
    digits = "".join(found.groups()).upper() if found else ""
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    if not digits or "0123456789X"[(12 - total % 11) % 11] != digits[-1]:
        return ""
    return "-".join(digits[at : at + 4] for at in range(0, 16, 4))


def refused(broken: list[RefusedError], path: str) -> list[Problem]:
    """One Problem for all entries that are not YAML."""
    if not broken:
        return []
    first, more = broken[0], len(broken) - 1
    message = f"an entry is not valid YAML ({first.why})" + (f", and {more} after it" if more else "")
    hint = "put names with : or # in quotes; the other entries count"
    return [problem("authors-invalid", path, message, hint=hint, line=first.line, column=first.column)]


def _told(path: str, line: int, message: str, hint: str) -> Problem:
    return problem("authors-invalid", path, message, hint=hint, line=line)
