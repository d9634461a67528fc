"""The text of a new note: a YAML header, one field a line, and a body."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from vault import frontmatter, markdown, papers
from vault.patterns import lazy
from vault.records import PaperId, Record

_ITEM: Final = lazy(r"[^\W\d_][\w '’./+&-]*[\w.+]|[^\W\d_]")
_WORDS: Final = lazy(r"[^\W\d_][\w '’.()/+&;,%-]*[\w.)!?]|[^\W\d_]")
_YAML_WORDS: Final = frozenset(
    ("null", "none", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf")
)
_MARKUP: Final = lazy(r"([\\`*_\[\]<>=%#~!|$&])")
_MANY: Final = 30


class Draft(Record, frozen=True):
    """What a note is to say; empty fields are left out.  ``added`` and ``read`` are ISO days."""

    title: str
    ids: tuple[PaperId, ...] = ()
    authors: tuple[str, ...] = ()
    year: int = 0
    venue: str = ""
    url: str = ""
    key: str = ""
    date: str = ""
    status: str = ""
    priority: int = 0
    added: str = ""
    read: str = ""
    tags: tuple[str, ...] = ()
    why: str = ""
    via: str = ""
    body: str = ""


def note(draft: Draft) -> str:
    """The text of the note.  What it says is read back as it was given: title, authors, tags and lines
    have the same words, whatever YAML or Markdown would see in them."""
    lines = "".join(f"{name}: {value}\n" for name, value in _fields(draft) if value)
    body = f"\n{draft.body.strip()}\n" if draft.body.strip() else ""
    return f"---\n{lines}---\n{body}"


def _fields(draft: Draft) -> Iterator[tuple[str, str]]:
    yield "title", json_text(as_markdown(draft.title))
    yield "date", draft.date
    yield from _identity(draft)
    yield "authors", _list(_cut(draft.authors))
    yield "year", str(draft.year or "")
    yield "venue", scalar(draft.venue)
    yield "key", scalar(draft.key)
    yield "status", draft.status
    yield "priority", str(draft.priority or "")
    yield "added", draft.added
    yield "read", draft.read
    yield "tags", _list(draft.tags)
    yield "why", scalar(draft.why)
    yield "via", scalar(draft.via)


def _identity(draft: Draft) -> Iterator[tuple[str, str]]:
    """``arxiv`` and ``doi`` by their own names, any other identity as ``paper``."""
    for scheme in ("arxiv", "doi"):
        paper = next((paper for paper in draft.ids if paper.scheme == scheme), None)
        if paper:
            version = f"v{paper.version}" if paper.version else ""
            yield scheme, scalar(paper.value + version)
    others = [paper for paper in draft.ids if paper.scheme not in ("arxiv", "doi")]
    if others and len(others) == len(draft.ids):
        yield "paper", json_text(papers.abs_url(others[0]))


def _cut(names: Sequence[str]) -> tuple[str, ...]:
    """At most thirty authors, and ``et al.`` for the others."""
    return tuple(names) if len(names) <= _MANY else (*names[:_MANY], frontmatter.ET_AL)


def _list(items: Iterable[str]) -> str:
    written = ", ".join(
        item if _ITEM.fullmatch(item) and _is_text(item) else json_text(item) for item in items
    )
    return f"[{written}]" if written else ""


def scalar(text: str) -> str:
    """A value as people write it where YAML takes it as that text, else in quotes."""
    text = " ".join(text.split())
    plain = _WORDS.fullmatch(text) or re.fullmatch(
        r"\d{4}\.\d{4,5}(?:v\d+)?|10\.\d{4,9}/[\w./()-]*\w", text, re.ASCII
    )
    return text if plain and _is_text(text) and " #" not in text else json_text(text) if text else ""


def _is_text(text: str) -> bool:
    return text.casefold() not in _YAML_WORDS and ": " not in text and not text.endswith(":")


def json_text(text: str) -> str:
    """The text in double quotes, as JSON and YAML both read it."""
    text = " ".join(text.split())
    safe = "".join(char if char.isprintable() or char in "\u200c\u200d" else " " for char in text)
    return json.dumps(" ".join(safe.split()), ensure_ascii=False)


def as_markdown(text: str) -> str:
    """Inline Markdown that shows this text: as it is where Markdown sees nothing in it, or a formula,
    else with its signs escaped."""
    if not _MARKUP.search(text):
        return text
    shown = " ".join(text.split())
    if "$" not in shown and markdown.inline(shown)[1] == shown:
        return text
    if shown.count("$") >= 2 and "<code" not in (html := markdown.inline(shown)[0]) and "<math" in html:
        return text
    return _MARKUP.sub(r"\\\1", text)
