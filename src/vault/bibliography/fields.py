"""What CSL-JSON and RIS call the things that BibTeX has names for.

A library entry holds BibTeX's names whatever file it came from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from vault.patterns import lazy
from vault.problems import problem
from vault.records import LibraryEntry, Problem

YEAR: Final = lazy(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
OTHERS: Final = "et al."

CSL_KINDS: Final = {
    "article": "article-journal",
    "book": "book",
    "dataset": "dataset",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "misc": "article",
    "online": "webpage",
    "phdthesis": "thesis",
    "software": "software",
    "techreport": "report",
    "unpublished": "manuscript",
}
"""Kind of an entry -> CSL's type, one to one."""

CSL_ALIKE: Final = {
    "article-magazine": "article",
    "article-newspaper": "article",
    "entry": "incollection",
    "entry-dictionary": "incollection",
    "entry-encyclopedia": "incollection",
    "pamphlet": "book",
    "post": "online",
    "post-weblog": "online",
    "review": "article",
}
"""More types of CSL -> the nearest kind."""

CSL_FIELDS: Final = {
    "volume": "volume",
    "number": "issue",
    "pages": "page",
    "publisher": "publisher",
    "address": "publisher-place",
    "edition": "edition",
    "chapter": "chapter-number",
    "series": "collection-title",
    "isbn": "ISBN",
    "issn": "ISSN",
    "doi": "DOI",
    "url": "URL",
    "keywords": "keyword",
    "language": "language",
    "note": "note",
}

RIS_KINDS: Final = {
    "article": "JOUR",
    "book": "BOOK",
    "dataset": "DATA",
    "incollection": "CHAP",
    "inproceedings": "CPAPER",
    "misc": "GEN",
    "online": "ELEC",
    "phdthesis": "THES",
    "software": "COMP",
    "techreport": "RPRT",
    "unpublished": "UNPB",
}

RIS_ALIKE: Final = {
    "ABST": "article",
    "BLOG": "online",
    "CONF": "inproceedings",
    "EDBOOK": "proceedings",
    "EJOUR": "article",
    "INPR": "article",
    "JFULL": "article",
    "MGZN": "article",
    "NEWS": "article",
    "WEB": "online",
}

RIS_FIELDS: Final = {
    "volume": "VL",
    "number": "IS",
    "publisher": "PB",
    "address": "CY",
    "edition": "ET",
    "series": "T3",
    "issn": "SN",
    "doi": "DO",
    "note": "N1",
    "language": "LA",
}

VENUES: Final = {
    "article": "journal",
    "phdthesis": "school",
    "mastersthesis": "school",
    "techreport": "institution",
    "book": "publisher",
    "proceedings": "publisher",
    "misc": "howpublished",
    "online": "howpublished",
    "unpublished": "howpublished",
    "dataset": "howpublished",
    "software": "howpublished",
}
"""Kind -> the field that says where it was published; ``booktitle`` for the others."""

_PLACES: Final = (
    "journal", "journaltitle", "booktitle", "school", "institution", "publisher", "organization",
    "howpublished",
)  # fmt: skip
_CONTROLS = lazy("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_PREPRINT = lazy(r"\b(?:arxiv|corr)\b", re.IGNORECASE)
_ADDRESS = lazy(r"://|\\url|\bwww\.|\baccessed\b", re.IGNORECASE)


def venue_of(found: dict[str, str]) -> str:
    """Where it was published, of BibTeX's fields; a preprint server is no venue."""
    return next((venue for name in _PLACES if is_venue(venue := found.get(name, ""))), "")


def plain(text: str) -> str:
    """Without control characters, which no page and no other file may hold."""
    return _CONTROLS.sub(" ", text)


def is_venue(text: str) -> bool:
    """A preprint server and an address are none."""
    return bool(text) and not _PREPRINT.search(text) and not _ADDRESS.search(text)


def kind_of(name: str, kinds: dict[str, str], alike: dict[str, str]) -> str:
    """The kind that a format's own type stands for; ``misc`` for unknown ones."""
    return next((kind for kind, other in kinds.items() if other == name), alike.get(name, "misc"))


def year_in(text: str) -> int:
    found = YEAR.search(text)
    return int(found.group()) if found else 0


def complaint(path: str, key: str, message: str, line: int) -> Problem:
    where = f'entry "{key}": ' if key else ""
    hint = "correct the entry; what could be read of it is used"
    return problem("bib-error", path, where + message, hint=hint, line=line)


def first_of_each(entries: Iterable[LibraryEntry], tell: Callable[[Problem], None]) -> Iterator[LibraryEntry]:
    """Entries whose key no entry before them has (keys are equal under case folding), and that
    say anything."""
    seen: dict[str, int] = {}
    for entry in entries:
        folded = entry.key.casefold()
        if not (folded or entry.title or entry.authors or entry.abstract or any(entry.fields)):
            tell(complaint(entry.path, "", "the entry says nothing; it is left out", entry.line))
            continue
        if folded and folded in seen:
            message = f"this key is taken by the entry in line {seen[folded]}"
            tell(complaint(entry.path, entry.key, message, entry.line))
        else:
            seen[folded] = entry.line
            yield entry
