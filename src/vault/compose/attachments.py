"""Files beside the notes that leave with the site: those that a published note uses, of allowed types."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from vault.problems import problem
from vault.records import Attachment, Catalog, Graph, Parsed, Problem, Settings, slot_key

ALLOWED: Final = (
    *("png", "jpg", "jpeg", "gif", "webp", "avif", "svg"),
    *("pdf", "mp4", "webm", "mp3", "csv", "bib", "zip", "ipynb", "txt"),
)


def used(
    catalog: Catalog,
    graph: Graph,
    attachments: Iterable[Attachment],
    settings: Settings,
    own: tuple[Parsed, ...] = (),
) -> tuple[tuple[Attachment, ...], tuple[Problem, ...]]:
    """The files that published notes and the vault's ``own`` pages link or show, by path, and
    ``attachment-refused`` for each link to one whose type is not allowed."""
    known = {file.path: file for file in attachments}
    allowed = frozenset((*ALLOWED, *settings.attachments))
    found: dict[str, Attachment] = {}
    problems: list[Problem] = []
    for note in (*catalog.notes.values(), *(page.note for page in own)):
        resolved = graph.resolved.get(note.id, {})
        targets = {key: where.target for key, where in resolved.items() if where.kind == "file"}
        for link in note.links if targets else ():
            path = targets.pop(slot_key(link.kind, link.target, link.anchor), "")
            if path in known and ending(path) in allowed:
                found[path] = known[path]
            elif path in known:
                message = f"{path} is of a type that is not published"
                hint = f'add "{ending(path)}" to site.attachments in vault.toml, or link another file'
                problems.append(problem("attachment-refused", note.path, message, hint=hint, line=link.line))
    return tuple(found[path] for path in sorted(found)), tuple(problems)


def ending(path: str) -> str:
    """``png`` of ``img/a.PNG``; nothing for a name without one."""
    name = path.rpartition("/")[2]
    return name.rpartition(".")[2].casefold() if "." in name else ""
