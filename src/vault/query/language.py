"""A query as read from its text."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from typing import Final

from vault.patterns import lazy
from vault.query.words import fold_tag, words_of
from vault.records import Record

FIELDS: Final = ("tag", "status", "year", "author", "rating", "title", "venue", "paper", "arxiv", "kind")
STATUSES: Final = ("to-read", "reading", "skimmed", "read", "dropped")
KINDS: Final = ("note", "entry", "item", "log", "list")

_SPELLINGS: Final = {"tags": "tag", "authors": "author", "papers": "paper"}
_TOKEN = lazy(r'(-?)(?:([^\W\d][\w-]*):)?(?:"([^"]*)("?)|(\S+))')
_NUMBER = lazy(r"\d{1,9}(?:\.\d{1,9})?")
_VERSION = lazy(r"v\d+$")


class Term(Record, frozen=True):
    """One condition.  ``field`` is empty for bare words; ``text`` is the folded value (for words
    `` two words `` with a space on each side, none after a prefix); numbers lie in ``low``..``high``,
    both included."""

    field: str
    text: str
    negated: bool = False
    low: float = -math.inf
    high: float = math.inf


class Query(Record, frozen=True):
    """A query as read: a note answers when every term of one alternative holds; no alternative at
    all means every note.  ``error`` says why a text is no query (no note answers it), ``hint`` what
    to write instead."""

    alternatives: tuple[tuple[Term, ...], ...] = ()
    error: str = ""
    hint: str = ""


class _UnreadableError(Exception):
    """Message and hint of a query that cannot be read; never leaves this room."""


def parse(text: str) -> Query:
    """The query that a text writes down; one with an ``error`` when it cannot be read."""
    try:
        return Query(tuple(_alternatives(text)))
    except _UnreadableError as error:
        message, hint = error.args
        return Query(error=message, hint=hint)


def _alternatives(text: str) -> Iterator[tuple[Term, ...]]:
    terms: list[Term] = []
    seen_or = False
    for found in _TOKEN.finditer(text):
        word = found.group()
        if word == "OR":
            if not terms:
                raise _UnreadableError("OR stands with nothing before it", "write a term on each side of OR")
            yield tuple(terms)
            terms, seen_or = [], True
        elif word != "AND":
            terms.append(_term(found))
    if terms:
        yield tuple(terms)
    elif seen_or:
        raise _UnreadableError("OR stands with nothing after it", "write a term on each side of OR")


def _term(found: re.Match[str]) -> Term:
    minus, field, phrase, closing, bare = found.groups()
    if phrase is not None and not closing:
        raise _UnreadableError(
            f"the quotation mark before {_short(phrase)} is never closed", 'add a closing "'
        )
    if bare is not None and bare.startswith("("):
        raise _UnreadableError("brackets are no part of the query language", "OR divides the whole query")
    value = phrase if phrase is not None else bare
    name = (field or "").casefold()
    name = _SPELLINGS.get(name, name)
    negated = bool(minus)
    if name in ("year", "rating"):
        low, high = _range(name, value)
        return Term(name, value, negated, low, high)
    reader = _READERS.get(name)
    if reader:
        return Term(name, reader(value), negated)
    return Term(name, _words_wanted(value), negated)


def _tag(value: str) -> str:
    path = fold_tag(value)
    if not path:
        raise _UnreadableError(f"tag:{_short(value)} names no tag", "write tag:name or tag:parent/child")
    return path


def _one_of(field: str, allowed: tuple[str, ...]) -> Callable[[str], str]:
    def read(value: str) -> str:
        word = value.casefold()
        if word not in allowed:
            raise _UnreadableError(f"no {field} is called {_short(value)}", f"one of {', '.join(allowed)}")
        return word

    return read


def _identity(value: str) -> str:
    """An identity without its scheme's name and version, as far as text alone can tell."""
    bare = value.casefold().removeprefix("arxiv:").removeprefix("doi:")
    return _VERSION.sub("", bare)


_READERS: Final[dict[str, Callable[[str], str]]] = {
    "tag": _tag,
    "status": _one_of("status", STATUSES),
    "kind": _one_of("kind", KINDS),
    "paper": _identity,
    "arxiv": _identity,
}


def _range(field: str, value: str) -> tuple[float, float]:
    """The bounds of ``2024``, ``2024..2025``, ``2024..``, ``..2025``, ``>=4``, ``<3``, ``*``."""
    if value == "*":
        return -math.inf, math.inf
    for sign in (">=", "<=", ">", "<"):
        if value.startswith(sign):
            number = _number(field, value, value[len(sign) :])
            edge = number if "=" in sign else math.nextafter(number, math.inf if sign == ">" else -math.inf)
            return (edge, math.inf) if sign[0] == ">" else (-math.inf, edge)
    first, dots, last = value.partition("..")
    if dots and (first or last):
        return (
            _number(field, value, first) if first else -math.inf,
            _number(field, value, last) if last else math.inf,
        )
    number = _number(field, value, value)
    return number, number


def _number(field: str, value: str, text: str) -> float:
    if not _NUMBER.fullmatch(text):
        ways = "year:2024, year:2024..2025" if field == "year" else "rating:4, rating:3..5"
        raise _UnreadableError(
            f"{field}:{_short(value)} is not a number or a range", f"write {ways} or {field}:>=N"
        )
    return float(text)


def _words_wanted(value: str) -> str:
    prefix = value.endswith("*")
    words = " ".join(words_of(value))
    if not words and value != "*":
        raise _UnreadableError(f"{_short(value)} has no letter or digit to look for", "write a word")
    return f" {words}" if prefix else f" {words} "


def _short(value: str) -> str:
    return f"“{value if len(value) <= 40 else value[:39] + '…'}”"
