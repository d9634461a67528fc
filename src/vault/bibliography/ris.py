"""RIS, as publishers and reference managers write it -> library entries and Problems.

A record goes from ``TY  -`` to ``ER  -``; a tag is two signs, two spaces, a hyphen.  Lines without a tag
go on with the one before.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from typing import Final

from vault import people
from vault.bibliography import fields
from vault.patterns import lazy
from vault.records import LibraryEntry, Problem
from vault.tuples import NamedTuple

_TAG = lazy(r"[ \ufeff]{0,2}([A-Z][A-Z0-9]) {0,2}-(?: |$)(.*)")
_TITLES: Final = ("TI", "T1", "CT")
_HELD: Final = ("T2", "JF", "JO", "JA", "J2", "BT", "J1")
_KEPT: Final = {tag: name for name, tag in fields.RIS_FIELDS.items()}
_ALIKE: Final = {"A1": "AU", "A2": "ED"}
"""Tags that mean one thing, so that names keep their order."""

_LINKS: Final = ("UR", "L1", "L2")


class _Record(NamedTuple):
    line: int
    tags: dict[str, list[str]]

    def all(self, *names: str) -> list[str]:
        return [text for name in names for text in self.tags.get(name, ()) if text]

    def first(self, *names: str) -> str:
        return next(iter(self.all(*names)), "")


def read_entries(text: str, path: str) -> tuple[tuple[LibraryEntry, ...], tuple[Problem, ...]]:
    """``bibliography.read`` for ``.ris``."""
    problems: list[Problem] = []

    def tell(message: str, line: int) -> None:
        problems.append(fields.complaint(path, "", message, line))

    found = (_entry(record, path) for record in _records(text, tell))
    entries = tuple(fields.first_of_each(found, problems.append))
    return entries, tuple(sorted(problems, key=lambda p: (p.line, p.message)))


def _records(text: str, tell: Callable[[str, int], None]) -> Iterator[_Record]:
    record: _Record | None = None
    stray = False
    tag = ""
    for number, line in enumerate(text.split("\n"), 1):
        found = _TAG.match(line)
        if found and found[1] == "TY" and (record is None or len(record.tags) > 1):
            if record is not None:
                tell("the entry before this one is not closed by ER", number)
                yield record
            record, tag = _Record(number, {}), "TY"
            record.tags["TY"] = [_clean(found[2])]
        elif record is None:
            if line.strip(" \ufeff\r") and not stray:
                tell("this line belongs to no entry (an entry begins with TY)", number)
            stray = bool(line.strip(" \ufeff\r"))
        elif found and found[1] == "ER":
            yield record
            record, stray = None, False
        elif found:
            tag = _ALIKE.get(found[1], found[1])
            record.tags.setdefault(tag, []).append(_clean(found[2]))
        elif line.strip() and tag in record.tags:
            record.tags[tag][-1] = f"{record.tags[tag][-1]} {_clean(line)}".strip()
    if record is not None:
        tell("the last entry is not closed by ER", record.line)
        yield record


def _entry(record: _Record, path: str) -> LibraryEntry:
    written = record.first("M3").casefold()
    kind = fields.kind_of(record.first("TY").upper(), fields.RIS_KINDS, fields.RIS_ALIKE)
    kind = written if written in fields.VENUES or written == "inbook" else kind
    held = record.first(*_HELD)
    title = record.first(*_TITLES) or held
    venue_field = fields.VENUES.get(kind, "booktitle")
    known = {_KEPT[tag]: values[0] for tag, values in record.tags.items() if tag in _KEPT and values[0]}
    known |= {name: text for name, text in _more(record).items() if text}
    venue = held if held != title else ""
    if not venue and venue_field != "howpublished":
        venue = record.first("PB")
    if venue:
        known.setdefault(venue_field, venue)
    return LibraryEntry(
        key=record.first("ID"),
        kind=kind,
        title=title,
        authors=tuple(map(_name, record.all("AU") or record.all("ED"))),
        year=next((year for year in map(fields.year_in, record.all("PY", "Y1", "DA")) if year), 0),
        venue=venue if fields.is_venue(venue) else "",
        papers=(),
        url=known.get("url", ""),
        abstract=record.first("AB", "N2"),
        fields=tuple(known.items()),
        path=path,
        line=record.line,
    )


def _more(record: _Record) -> dict[str, str]:
    """Pages, addresses and identities, which RIS keeps in several tags."""
    links = record.all(*_LINKS)
    number = record.first("AN")
    arxiv = number[6:].strip() if number.casefold().startswith("arxiv:") else ""
    return {
        "pages": "–".join(record.all("SP", "EP")[:2]),
        "url": links[0] if links else "",
        "otherids": " ".join(link for link in links[1:] if " " not in link),
        "eprint": arxiv,
        "archiveprefix": "arXiv" if arxiv else "",
        "keywords": ", ".join(record.all("KW")),
    }


def _name(text: str) -> str:
    """``Hu, Edward J., Jr`` as ``Edward J. Hu Jr``."""
    family, given, *rest = [*(part.strip() for part in text.split(",")), ""]
    whole = people.written(given, family, " ".join(filter(None, rest)))
    return fields.OTHERS if whole.casefold() in ("others", "et al", "et al.") else whole


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(fields.plain(text).split()))
