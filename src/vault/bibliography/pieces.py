"""A ``.bib`` file read in pieces, so that an edit of one entry reads that entry anew and no other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import TypeVar

from vault.bibliography import crossref, fields
from vault.patterns import lazy
from vault.records import LibraryEntry, LibraryPart, LibraryPiece, Problem, changed

R = TypeVar("R", LibraryEntry, Problem)
Recall = Callable[[LibraryPiece, Callable[[LibraryPiece], LibraryPart]], LibraryPart]
"""Gives what is remembered of a piece, or what the function makes of it."""

SPENT = 10_000_000
"""Characters that abbreviations may put into a file: ``a = a # a`` doubles."""

MISTAKES = 5_000
"""What has so many is no bibliography, and telling each would take minutes."""

_ENTRY = lazy(r"^[ \t]*@", re.MULTILINE)
_WORD = lazy(r"[^\s#,={}()\"@%]+")


def read_entries(
    text: str, path: str, recall: Recall
) -> tuple[tuple[LibraryEntry, ...], tuple[Problem, ...]]:
    """``bibliography.read`` for ``.bib``."""
    found: list[LibraryEntry] = []
    problems: list[Problem] = []
    for before, part in _parts(fields.plain(text), path, recall):
        if len(problems) > MISTAKES:
            message = f"there are more than {MISTAKES:,} mistakes; the file is read no further"
            problems.append(fields.complaint(path, "", message, before + 1))
            break
        found += part.entries if not before else (_moved(entry, before) for entry in part.entries)
        problems += (_moved(one, before) if one.line or before else one for one in part.problems)
    if not found and not problems and "@" in text:
        problems.append(fields.complaint(path, "", "no entry could be read; is the file UTF-8 text?", 0))
    entries = tuple(crossref.inherited(list(fields.first_of_each(found, problems.append))))
    return entries, tuple(sorted(problems, key=lambda p: (p.line, p.message)))


def chunks(text: str) -> Iterator[tuple[int, str]]:
    """The text cut where a line starts with ``@``, so that an entry left open swallows no other;
    each with the number of lines before it."""
    bounds = [0, *(found.start() for found in _ENTRY.finditer(text) if found.start()), len(text)]
    line, at = 0, 0
    for start, end in pairwise(bounds):
        line += text.count("\n", at, start)
        at = start
        yield line, text[start:end]


def _parts(text: str, path: str, recall: Recall) -> Iterator[tuple[int, LibraryPart]]:
    """Lines before it, and what it says, of each piece; abbreviations hold for the pieces after theirs."""
    strings: dict[str, str] = {}
    spent = 0
    for before, chunk in chunks(text):
        used = _used(strings, chunk) if strings and spent < SPENT else ()
        part = recall(LibraryPiece(path, chunk, used), _read)
        strings.update(part.strings)
        spent += part.spent
        yield before, part


def _read(piece: LibraryPiece) -> LibraryPart:
    from vault.bibliography import reader  # noqa: PLC0415 - pybtex takes 50 ms

    return reader.read_piece(piece)


def _used(strings: dict[str, str], chunk: str) -> tuple[tuple[str, str], ...]:
    names: Iterable[str] = strings.keys() & set(_WORD.findall(chunk.lower()))
    return tuple((name, strings[name]) for name in sorted(names))


def _moved(one: R, lines: int) -> R:
    return changed(one, line=one.line + lines)
