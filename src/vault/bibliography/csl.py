"""CSL-JSON, as Zotero, pandoc and citeproc write it -> library entries and Problems."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any, Final

from vault import people
from vault.bibliography import fields
from vault.patterns import lazy
from vault.records import LibraryEntry, Problem

_MARKUP = lazy(r"</?(?:i|b|em|strong|sc|sub|sup|span)(?:\s[^<>]{0,200})?>", re.IGNORECASE)
_GAP = lazy(r"[\s,]*")
_LIST = lazy(r'[\s\ufeff]*\{[^\[\]{}]*"(?:items|references)"\s*:\s*\[')
_NEXT = lazy(r'\{\s*"(?:id|type|title|DOI)"\s*:')
_NAMES: Final = {name: ours for ours, name in fields.CSL_FIELDS.items()}
_DECODER = json.JSONDecoder(strict=False)


def read_entries(text: str, path: str) -> tuple[tuple[LibraryEntry, ...], tuple[Problem, ...]]:
    """``bibliography.read`` for ``.json``: an array of items, an object with ``items`` (or
    ``references``), or an item alone."""
    problems: list[Problem] = []

    def tell(key: str, message: str, line: int) -> None:
        problems.append(fields.complaint(path, key, message, line))

    found = (_entry(item, path, line) for item, line in _items(text, tell))
    entries = tuple(fields.first_of_each(found, problems.append))
    return entries, tuple(sorted(problems, key=lambda p: (p.line, p.message)))


def _items(text: str, tell: Callable[[str, str, int], None]) -> Iterator[tuple[dict[str, Any], int]]:
    """Every object with its line; after one that is broken, the next that begins like an item."""
    at, line, counted = _start(text), 1, 0
    while True:
        at = _end(_GAP, text, at)
        line, counted = line + text.count("\n", counted, at), at
        if at >= len(text) or text[at] in "]}":
            return
        try:
            item, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            where = line + text.count("\n", at, getattr(error, "pos", at))
            tell("", f"this is not valid JSON ({_said(error)})", where)
            found = _NEXT.search(text, at + 1)
            if found is None:
                return
            at = found.start()
            continue
        if isinstance(item, dict):
            yield item, line
        else:
            tell("", "this is no item of a bibliography", line)


def _start(text: str) -> int:
    """Where the first item is."""
    if listed := _LIST.match(text):
        return listed.end()
    item, array = text.find("{"), text.find("[")
    return array + 1 if array >= 0 and not 0 <= item < array else max(item, 0)


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _said(error: Exception) -> str:
    return error.msg.casefold() if isinstance(error, json.JSONDecodeError) else "it is nested too deeply"


def _entry(item: dict[str, Any], path: str, line: int) -> LibraryEntry:
    own = _table(_table(item.get("custom")).get("vault"))
    kind = _text(own.get("kind")) or fields.kind_of(
        _text(item.get("type")), fields.CSL_KINDS, fields.CSL_ALIKE
    )
    known = {_NAMES[name]: text for name, value in item.items() if name in _NAMES and (text := _text(value))}
    known |= {name: text for name, text in _places(item, kind, own).items() if text}
    plain = (lambda text: text) if own else (lambda text: " ".join(_MARKUP.sub("", text).split()))
    return LibraryEntry(
        key=_text(item.get("id")) or _text(item.get("citation-key")),
        kind=kind,
        title=plain(_text(item.get("title"))),
        authors=tuple(_names(item.get("author") or item.get("editor"))),
        year=_year(item),
        venue=plain(venue) if fields.is_venue(venue := known.get(_venue(kind), "")) else "",
        papers=(),
        url=known.get("url", ""),
        abstract=plain(_text(item.get("abstract"))),
        fields=tuple(known.items()),
        path=path,
        line=line,
    )


def _venue(kind: str) -> str:
    return fields.VENUES.get(kind, "booktitle")


def _places(item: dict[str, Any], kind: str, own: dict[str, Any]) -> dict[str, str]:
    """Where it was published, and the identities that CSL has no field for."""
    arxiv = _text(item.get("archive")).casefold() == "arxiv"
    held = _text(item.get("container-title")) or _text(item.get("event-title"))
    ids = own.get("ids")
    return {
        _venue(kind): held or (_text(item.get("publisher")) if _venue(kind) != "howpublished" else ""),
        "eprint": _text(item.get("archive_location")) if arxiv else "",
        "archiveprefix": "arXiv" if arxiv else "",
        "otherids": " ".join(map(_text, ids)) if isinstance(ids, list) else "",
        **({"number": _text(item["number"])} if "number" in item and "issue" not in item else {}),
    }


def _names(value: Any) -> Iterator[str]:
    """``First von Last Jr``; teams as they are."""
    for person in value if isinstance(value, list) else ():
        if isinstance(person, dict):
            parts = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
            given, *family, suffix = (_text(person.get(name)) for name in parts)
            whole = people.written(given, " ".join(filter(None, family)), suffix)
            name = _text(person.get("literal")) or whole or _text(person.get("name"))
        else:
            name = _text(person)
        if name:
            yield fields.OTHERS if name.casefold() in ("others", "et al") else name


def _year(item: dict[str, Any]) -> int:
    """``{"date-parts": [[2021, 6]]}``, ``{"raw": "June 2021"}``, ``"2021"``."""
    for name in ("issued", "published", "original-date", "submitted"):
        date = item.get(name)
        parts = date.get("date-parts") if isinstance(date, dict) else None
        while isinstance(parts, list) and parts:
            parts = parts[0]
        told = parts or (_text(date.get("raw") or date.get("literal")) if isinstance(date, dict) else date)
        if found := fields.year_in(_text(told)):
            return found
    return 0


def _table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    """Text or a number as one line of NFC; nothing for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    clean = fields.plain(str(value)).encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFC", " ".join(clean.split()))
