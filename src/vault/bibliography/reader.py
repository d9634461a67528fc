"""A ``.bib`` file -> library entries and Problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from vault.bibliography import scanner
from vault.bibliography.fields import YEAR as _YEAR
from vault.bibliography.fields import is_venue
from vault.bibliography.scanner import Complaint, RawEntry
from vault.bibliography.tex import to_text
from vault.patterns import lazy
from vault.problems import problem
from vault.records import LibraryEntry, Problem

_ADDRESSES = (
    "url doi eprint pdf file link ee howpublished bibsource biburl otherids eprinttype archiveprefix arxivid "
    "isbn issn"
)
_VERBATIM = frozenset(_ADDRESSES.split())
_ESCAPED = lazy(r"\\([%#&_~$^{}])|[{}]")
_VENUES = (
    "journal", "journaltitle", "booktitle", "school", "institution", "publisher", "organization",
    "howpublished",
)  # fmt: skip


def read_entries(text: str, path: str) -> tuple[tuple[LibraryEntry, ...], tuple[Problem, ...]]:
    """``bibliography.read``."""
    problems: list[Problem] = []

    def complain(found: Complaint) -> None:
        problems.append(_problem(found, path))

    entries = [
        _entry(raw, path, _names(raw, complain))
        for raw in _first_of_each(scanner.entries(text, complain), complain)
    ]
    if not entries and not problems and "@" in text:
        complain(Complaint("", "no entry could be read; is the file UTF-8 text?", 0))
    return tuple(entries), tuple(sorted(problems, key=lambda p: (p.line, p.message)))


def _first_of_each(raws: Iterator[RawEntry], complain: Callable[[Complaint], None]) -> Iterator[RawEntry]:
    """Entries that say something, each key once."""
    seen: dict[str, int] = {}
    for raw in raws:
        folded = raw.key.casefold()
        if folded in seen and folded:
            complain(Complaint(raw.key, f"this key is taken by the entry in line {seen[folded]}", raw.line))
        elif raw.fields or raw.key:
            seen[folded] = raw.line
            yield raw


def _names(raw: RawEntry, complain: Callable[[Complaint], None]) -> tuple[str, ...]:
    """The authors, else the editors, as ``First von Last Jr``; ``others`` is told as ``et al.``."""
    fields = dict(reversed(raw.fields))
    written = fields.get("author") or fields.get("editor") or ""

    def told(message: str) -> None:
        complain(Complaint(raw.key, message, raw.line))

    people = scanner.names(" ".join(written.split()), told)
    whole = [to_text(" ".join(part for part in person if part)) for person in people]
    if people and people[-1] == ("", "", "others", ""):
        whole[-1] = "et al."
    return tuple(name for name in whole if name)


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
        venue=_venue(fields),
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


def _venue(fields: dict[str, str]) -> str:
    """Where it was published; a preprint server is no venue."""
    return next((venue for name in _VENUES if is_venue(venue := fields.get(name, ""))), "")


def _problem(found: Complaint, path: str) -> Problem:
    where = f'entry "{found.key}": ' if found.key else ""
    return problem(
        "bib-error",
        path,
        where + found.message,
        hint="correct the entry; what could be read of it is used",
        line=found.line,
    )
