"""RIS records, as publishers offer them to save -> library entries.

A record goes from ``TY  -`` to ``ER  -``; a tag is two signs, two spaces, a hyphen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vault.problems import problem
from vault.records import LibraryEntry, Problem

_TAG = re.compile(r"([A-Z][A-Z0-9])  ?-(?: |$)(.*)")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_KINDS = {
    "JOUR": "article",
    "CONF": "inproceedings",
    "CPAPER": "inproceedings",
    "CHAP": "incollection",
    "BOOK": "book",
}

Record = dict[str, list[str]]


def read_entries(text: str, path: str) -> tuple[tuple[LibraryEntry, ...], tuple[Problem, ...]]:
    """``bibliography.read`` for RIS.  Never raises."""
    entries = tuple(_entry(record, line, path) for line, record in _records(text))
    if entries or not text.strip():
        return entries, ()
    hint = "a RIS record begins with a line TY  - and ends with ER  -"
    return (), (problem("bib-error", path, "no record could be read", hint=hint),)


def _records(text: str) -> Iterator[tuple[int, Record]]:
    record: Record = {}
    start, last = 0, ""
    for number, line in enumerate(text.split("\n"), 1):
        found = _TAG.match(line.lstrip("\ufeff ").rstrip())
        if found and found[1] in ("TY", "ER"):
            if record:
                yield start, record
            record, start, last = ({"TY": [found[2].strip()]} if found[1] == "TY" else {}), number, ""
        elif found and record:
            last = found[1]
            record.setdefault(last, []).append(" ".join(found[2].split()))
        elif last and line.strip():
            record[last][-1] += " " + " ".join(line.split())
    if record:
        yield start, record


def _entry(record: Record, line: int, path: str) -> LibraryEntry:
    def first(*tags: str) -> str:
        return next((text for tag in tags for text in record.get(tag, ()) if text), "")

    year = _YEAR.search(first("PY", "Y1", "DA"))
    fields = {
        "doi": first("DO", "M3") if first("DO") or first("M3").startswith("10.") else "",
        "url": first("UR", "L1"),
    }
    names = [name for tag in ("AU", "A1") for name in record.get(tag, ()) if name]
    return LibraryEntry(
        key=first("ID"),
        kind=_KINDS.get(record["TY"][0].upper(), "misc"),
        title=first("TI", "T1", "CT"),
        authors=tuple(" ".join(reversed([part.strip() for part in name.split(",", 1)])) for name in names),
        year=int(year[0]) if year else 0,
        venue=first("T2", "JF", "JO", "BT"),
        papers=(),
        url=fields["url"],
        abstract=first("AB", "N2"),
        fields=tuple((name, text) for name, text in fields.items() if text),
        path=path,
        line=line,
    )
