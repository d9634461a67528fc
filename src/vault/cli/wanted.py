"""What a person asks to add: ids and addresses, BibTeX, RIS, CSL-JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable

from vault import bibliography, papers
from vault.catalog.entries import identities
from vault.patterns import lazy
from vault.records import LibraryEntry, PaperId, Problem
from vault.tuples import NamedTuple

_BIBTEX = lazy(r"^\s*@\s*[A-Za-z]+\s*[{(]", re.MULTILINE)
_RIS = lazy(r"^\ufeff?TY {1,2}-", re.MULTILINE)
_JSON = lazy(r'\s*\[?\s*\{\s*"')
_BULLET = lazy(r"\s*(?:(?:[-*+•]|[0-9]{1,3}[.)])\s+(?:\[[ xX]\]\s+)?)?")
_GAP = lazy(r"[,;\s]+")


class Wish(NamedTuple):
    """A paper as it was asked for: in which words, and what they say of it."""

    written: str
    ids: tuple[PaperId, ...] = ()
    title: str = ""
    authors: tuple[str, ...] = ()
    year: int = 0
    venue: str = ""
    key: str = ""


def of_words(texts: Iterable[str]) -> tuple[list[Wish], list[tuple[str, str]]]:
    """Ids and addresses; (text, reason) of what is neither."""
    wishes: list[Wish] = []
    unread: list[tuple[str, str]] = []
    for text in texts:
        paper = papers.identify(text) or papers.identify_url(text)
        wrong = "" if paper else papers.malformed(text)
        paper = paper or (None if wrong else papers.web_identity(text))
        if paper:
            wishes.append(Wish(text, (paper,)))
        else:
            reason = (
                f"this is no arXiv id ({wrong})"
                if wrong
                else "this is no arXiv id, DOI or address of a paper"
            )
            unread.append((text, reason))
    return wishes, unread


def of_text(text: str) -> tuple[list[Wish], list[tuple[str, str]], tuple[Problem, ...]]:
    """BibTeX, RIS, CSL-JSON, or a list with an id or address in each line."""
    kind = kind_of(text)
    if kind:
        entries, problems = bibliography.read(text, f"standard input.{kind}")
        wishes = [of_entry(entry) for entry in entries]
        unread = [
            (wish.written, "it has neither a title nor an id")
            for wish in wishes
            if not (wish.ids or wish.title)
        ]
        return [wish for wish in wishes if wish.ids or wish.title], unread, problems
    lines = [line for line in text.split("\n") if line.strip() and not line.lstrip().startswith("#")]
    return (*of_words(words for line in lines for words in of_line(line)), ())


def kind_of(text: str) -> str:
    """``ris``, ``bib``, ``json``; nothing for a list."""
    if _RIS.search(text):
        return "ris"
    return "bib" if _BIBTEX.search(text) else "json" if _JSON.match(text) else ""


def of_line(line: str) -> list[str]:
    """A line without its bullet; several where it has nothing but ids and addresses."""
    line = _BULLET.sub("", line, count=1).strip()
    parts = [part for part in _GAP.split(line) if part]
    return parts if len(parts) > 1 and all(map(papers.identify, parts)) else [line]


def of_entry(entry: LibraryEntry) -> Wish:
    written = entry.key or entry.title or f"line {entry.line}"
    ids = identities(entry)
    return Wish(written, ids, entry.title, entry.authors, entry.year, entry.venue, entry.key)
