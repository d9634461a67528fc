"""A note as Markdown beside its page (``/2025/01/lora/note.md``), with ``site.sources``.

The header is written anew, of what the page shows; the body is the author's, without comments.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Final

from vault.compose.planned import Planned
from vault.compose.scope import Scope
from vault.compose.wholes import Bodies
from vault.patterns import lazy
from vault.records import Note, slot_key
from vault.records.views import Feed
from vault.tuples import NamedTuple

NAME: Final = "note.md"
TYPE: Final = "text/markdown"
_WIKI: Final = lazy(r"!?\[\[([^\]\[|#\n]*)((?:#[^\]\[|\n]*)?)(?:\|([^\]\[\n]*))?\]\]")
_FILE: Final = lazy(r"\[([^\]\[\n]*)\]\(<?([^()<>\s]+?)(#[^()<>\s]*)?>?\)")


class Sources(NamedTuple):
    """Path of a note's file -> digest of its text; path -> text, or nothing where it is gone."""

    digests: Mapping[str, str]
    read: Callable[[str], str]


def files(scope: Scope, sources: Sources | None) -> Iterator[Planned]:
    """A file for each note that has a file to itself; entries and items have none."""
    for id_, url in scope.addresses.notes.items() if sources else ():
        note = scope.catalog.notes[id_]
        if sources and offered(scope, note):
            make = partial(source, scope, id_, sources.digests.get(note.path, ""))
            yield Planned(f"{url}{NAME}", note.path, make)


def offered(scope: Scope, note: Note) -> bool:
    return scope.settings.sources and note.kind == "note"


def href(scope: Scope, note: Note) -> str:
    return NAME if offered(scope, note) else ""


def alternate(scope: Scope, note: Note) -> tuple[Feed, ...]:
    return (Feed("Markdown", NAME, TYPE),) if offered(scope, note) else ()


def source(scope: Scope, note_id: str, _digest: str, _bodies: Bodies) -> bytes:
    """The file.  ``_digest`` names the text it is made of: the same, and it need not be made again."""
    from vault import frontmatter, markdown  # noqa: PLC0415 - their libraries, which nothing else here needs

    note = scope.catalog.notes[note_id]
    body = markdown.published(frontmatter.split(scope.texts(note.path)).body)
    return (header(scope, note) + "\n" + unlinked(scope, note, body)).encode("utf-8", "replace")


def header(scope: Scope, note: Note) -> str:
    """The fields that the page shows, as YAML; texts are quoted as in JSON, which YAML reads alike."""
    lines = (f"{_key(name)}: {_json(value)}\n" for name, value in fields(scope, note) if value)
    return f"---\n{''.join(lines)}---\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _key(name: str) -> str:
    return name if name.replace("_", "").isalnum() else _json(name)


def fields(scope: Scope, note: Note) -> Iterator[tuple[str, object]]:
    work = scope.work_of(note)
    for name, day in (("date", note.date), ("updated", note.updated), ("read", note.read)):
        yield name, day.iso if day and day.year else ""
    yield "title", note.title
    yield "paper_title", note.paper_title
    for paper in note.papers:
        yield paper.scheme, paper.value + (f"v{paper.version}" if paper.version else "")
    yield "authors", list(note.authors or (work.authors if work else ()))
    yield "venue", note.venue
    yield "year", note.year
    yield "tags", list(note.tags)
    yield "status", note.status
    yield "rating", float(note.rating)
    yield "tldr", "" if note.lead else note.tldr
    for name in ("code", "pdf", "project", "slides", "video", "series", "lang"):
        yield name, getattr(note, name)
    yield from note.extra


def unlinked(scope: Scope, note: Note, body: str) -> str:
    """The body with the words of links to drafts and private notes alone, as the page has them."""
    resolved = scope.graph.resolved.get(note.id, {})
    hidden = {key for key, found in resolved.items() if found.kind == "hidden"}
    if not hidden:
        return body

    def wiki(found: re.Match[str]) -> str:
        form, target = "embed" if found[0][0] == "!" else "wiki", found[1].strip()
        known = slot_key(form, target, found[2][1:].strip()) in hidden
        return (found[3] or target) if known else found[0]

    def file(found: re.Match[str]) -> str:
        return found[1] if slot_key("file", found[2], (found[3] or "")[1:]) in hidden else found[0]

    return _FILE.sub(file, _WIKI.sub(wiki, body))
