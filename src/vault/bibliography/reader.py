"""A piece of a ``.bib`` file -> library entries and Problems."""

from __future__ import annotations

from collections.abc import Callable

from vault.bibliography import scanner
from vault.bibliography.fields import YEAR as _YEAR
from vault.bibliography.fields import complaint, venue_of
from vault.bibliography.scanner import Complaint, RawEntry
from vault.bibliography.tex import to_text
from vault.patterns import lazy
from vault.people import written
from vault.records import LibraryEntry, LibraryPart, LibraryPiece, Problem

_ADDRESSES = (
    "url doi eprint pdf file link ee howpublished bibsource biburl otherids eprinttype archiveprefix arxivid "
    "isbn issn"
)
_VERBATIM = frozenset(_ADDRESSES.split())
_ESCAPED = lazy(r"\\([%#&_~$^{}])|[{}]")


def read_piece(piece: LibraryPiece) -> LibraryPart:
    """What a piece of a file says; entries that say nothing are left out."""
    problems: list[Problem] = []

    def complain(found: Complaint) -> None:
        problems.append(complaint(piece.path, found.key, found.message, found.line))

    raws, strings, spent = scanner.entries(piece.text, piece.strings, complain)
    entries = [_entry(raw, piece.path, _names(raw, complain)) for raw in raws if raw.fields or raw.key]
    return LibraryPart(tuple(entries), tuple(problems), tuple(strings.items()), spent)


def _names(raw: RawEntry, complain: Callable[[Complaint], None]) -> tuple[str, ...]:
    """The authors, else the editors, as ``First von Last Jr``; ``others`` is told as ``et al.``."""
    fields = dict(reversed(raw.fields))
    given = fields.get("author") or fields.get("editor") or ""

    def told(message: str) -> None:
        complain(Complaint(raw.key, message, raw.line))

    people = scanner.names(" ".join(given.split()), told)
    whole = [_name(*map(to_text, person)) for person in people]
    if people and people[-1] == ("", "", "others", ""):
        whole[-1] = "et al."
    return tuple(name for name in whole if name)


def _name(first: str, von: str, last: str, junior: str) -> str:
    return written(first, f"{von} {last}".strip(), junior)


def _entry(raw: RawEntry, path: str, authors: tuple[str, ...]) -> LibraryEntry:
    fields: dict[str, str] = {}
    for name, value in raw.fields:
        fields.setdefault(name, _verbatim(value) if _is_verbatim(name, value) else to_text(value))
    title = fields.pop("title", "")
    if subtitle := fields.pop("subtitle", ""):
        title = f"{title}: {subtitle}"
    return LibraryEntry(
        key=raw.key,
        kind=raw.kind,
        title=title,
        authors=authors,
        year=_year(fields),
        venue=venue_of(fields),
        papers=(),
        url=fields.get("url", ""),
        abstract=fields.pop("abstract", ""),
        fields=tuple(fields.items()),
        path=path,
        line=raw.line,
    )


def _is_verbatim(name: str, value: str) -> bool:
    """Whether a field is an address or id; ``howpublished`` is where it holds one."""
    return name in _VERBATIM and (name != "howpublished" or "://" in value or "\\url" in value)


def _verbatim(value: str) -> str:
    """An address or id: only TeX's escapes and braces go."""
    return " ".join(_ESCAPED.sub(lambda found: found[1] or "", value).split())


def _year(fields: dict[str, str]) -> int:
    for name in ("year", "date", "issued", "eventdate"):
        if found := _YEAR.search(fields.get(name, "")):
            return int(found.group())
    return 0
