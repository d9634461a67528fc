"""Bibliographies: the entries of a file, and the pieces that a file is read in."""

from __future__ import annotations

from vault.records.base import Record
from vault.records.paper import PaperId
from vault.records.problem import Problem


class LibraryEntry(Record, frozen=True):
    """One entry of a ``.bib`` file: its identity, and its fields as Unicode text."""

    key: str
    kind: str
    title: str
    authors: tuple[str, ...]
    year: int
    venue: str
    papers: tuple[PaperId, ...]
    url: str
    abstract: str
    fields: tuple[tuple[str, str], ...]
    path: str
    line: int


class LibraryPiece(Record, frozen=True):
    """What one entry is read from and nothing else: its text, and those abbreviations of the file (name,
    text) that it may use.  A piece may hold several entries or none."""

    path: str
    text: str
    strings: tuple[tuple[str, str], ...] = ()


class LibraryPart(Record, frozen=True):
    """What a piece says, lines counted from its own first (as 1): entries, what is wrong, the abbreviations
    that hold after it, and how many characters abbreviations put into it."""

    entries: tuple[LibraryEntry, ...]
    problems: tuple[Problem, ...]
    strings: tuple[tuple[str, str], ...] = ()
    spent: int = 0
