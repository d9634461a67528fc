"""Entries -> the text of a lock file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Final

from vault.lockfile.shape import FORMAT, in_order, text_of_cited, text_of_release
from vault.patterns import lazy
from vault.records import LockEntry

HEAD: Final = f"""\
# What is known of these papers beyond the notes. `vault fetch` asks for it and keeps this file.
# Have it in version control: a build reads it, and never the network.
format = {FORMAT}
"""
_SENTENCES: Final = lazy(r"(?<=[.!?]) (?=[A-Z$(])")
_UNSAFE: Final = lazy("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def write(entries: Iterable[LockEntry]) -> str:
    """The text of these entries, sorted by id, each id once (the last counts).  Equal entries in any
    order give equal text, and ``read`` gives them back."""
    by_id = {entry.id: entry for entry in entries if entry.ids}
    return HEAD + "".join(_entry(by_id[key]) for key in sorted(by_id))


def _entry(entry: LockEntry) -> str:
    return "\n" + "".join(f"{line}\n" for line in (f"[{quoted(entry.id)}]", *_facts(entry)))


def _facts(entry: LockEntry) -> Iterator[str]:
    yield from _text("title", entry.title)
    yield from _list("authors", entry.authors)
    if entry.year:
        yield f"year = {entry.year}"
    for name in ("venue", "kind", "published", "updated"):
        yield from _text(name, getattr(entry, name))
    yield from _list("versions", map(text_of_release, entry.versions))
    yield from _list("ids", (paper.key for paper in entry.ids[1:]))
    yield from _text("withdrawn", entry.withdrawn)
    yield from _text("comment", entry.comment)
    yield from _list("abstract", _SENTENCES.split(entry.abstract) if entry.abstract else ())
    yield from _list("code", entry.code)
    yield from _list("references", map(text_of_cited, in_order(entry.references)))
    yield from _list("sources", entry.sources)
    yield from _list("unanswered", entry.unanswered)


def _text(name: str, text: str) -> Iterator[str]:
    if text:
        yield f"{name} = {quoted(text)}"


def _list(name: str, items: Iterable[str]) -> Iterator[str]:
    lines = [f"  {quoted(item)}," for item in items]
    if lines:
        yield from (f"{name} = [", *lines, "]")


def quoted(text: str) -> str:
    """The text as a string of TOML and of JSON alike, in one line."""
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))
