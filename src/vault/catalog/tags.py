"""The tag tree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from vault import naming
from vault.records import Note, Tag
from vault.tuples import NamedTuple

TOGETHER = 8
_PAIRED = 50
"""Tags of one note that count for ``together``: bounds the work of a note with thousands of tags."""


class _Seen(NamedTuple):
    own: dict[str, list[str]]
    all: dict[str, list[str]]
    spellings: dict[str, Counter[str]]
    beside: dict[str, Counter[str]]


def tree(notes: Iterable[Note], labels: Mapping[str, str]) -> dict[str, Tag]:
    """Tags by path; ``notes`` newest first.

    A parent exists when a child does, and counts a note once.  ``labels`` (path -> spelling) go
    before the commonest spelling, whose ties go to the note first by path and line.
    """
    seen = _Seen({}, {}, {}, {})
    ordered = list(notes)
    for note in ordered:
        _count(note, seen)
    for note in sorted(ordered, key=lambda note: (note.path, note.line)):
        _spell(note, seen.spellings)
    children: dict[str, list[str]] = {}
    for path in sorted(seen.all):
        children.setdefault(path.rpartition("/")[0], []).append(path)
    return {path: _tag(path, seen, labels, children) for path in sorted(seen.all)}


def _tag(path: str, seen: _Seen, labels: Mapping[str, str], children: Mapping[str, list[str]]) -> Tag:
    beside = sorted(seen.beside.get(path, Counter()).items(), key=lambda item: (-item[1], item[0]))
    spellings = seen.spellings[path]  # Counter.most_common is stable: first seen wins
    return Tag(
        path=path,
        label=labels.get(path) or spellings.most_common(1)[0][0],
        own=tuple(seen.own.get(path, ())),
        all=tuple(seen.all[path]),
        children=tuple(children.get(path, ())),
        together=tuple(beside[:TOGETHER]),
    )


def levels(path: str) -> list[str]:
    """``a/b/c`` -> ``a``, ``a/b``, ``a/b/c``."""
    parts = path.split("/")
    return ["/".join(parts[: end + 1]) for end in range(len(parts))]


def _paths(note: Note) -> list[str]:
    """The note's tags as paths, each once, in order."""
    return list(dict.fromkeys(path for label in note.tags if (path := naming.tag_path(label))))


def _count(note: Note, seen: _Seen) -> None:
    paths = _paths(note)
    flat = not any("/" in path for path in paths)
    for path in paths:
        seen.own.setdefault(path, []).append(note.id)
    for path in paths if flat else dict.fromkeys(level for tag in paths for level in levels(tag)):
        seen.all.setdefault(path, []).append(note.id)
    paired = paths[:_PAIRED]
    for path in paired if flat else dict.fromkeys(level for tag in paired for level in levels(tag)):
        beside = seen.beside.setdefault(path, Counter())
        for other in paired:
            if path != other and (flat or not _kin(path, other)):
                beside[other] += 1


def _kin(path: str, other: str) -> bool:
    return path == other or path.startswith(other + "/") or other.startswith(path + "/")


def _spell(note: Note, spellings: dict[str, Counter[str]]) -> None:
    """Count how a note writes each level of its tags, once a level."""
    written: dict[str, str] = {}
    for label in note.tags:
        path = naming.tag_path(label)
        if path and "/" not in path:
            written.setdefault(path, naming.tag_label(label))
            continue
        spelled = levels(naming.tag_label(label)) if path else []
        for level, spelling in zip(levels(path), spelled, strict=False):
            written.setdefault(level, spelling)
    for level, spelling in written.items():
        spellings.setdefault(level, Counter())[spelling] += 1
