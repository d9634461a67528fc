"""Files beside the notes, by path and by name."""

from __future__ import annotations

from collections.abc import Iterable

from vault.link.names import folded, upwards
from vault.records import Attachment


class Shelf:
    """Attachments, found by exact path, then by any tail of it, then without regard to case."""

    def __init__(self, attachments: Iterable[Attachment]) -> None:
        self.paths = {attachment.path for attachment in attachments}
        self.tails: dict[str, list[str]] = {}
        self.near: dict[tuple[str, str], str] = {}
        for path in sorted(self.paths):
            tail = path
            while tail:
                self.tails.setdefault(folded(tail), []).append(path)
                tail = tail.partition("/")[2]

    def find(self, path: str, folder: str) -> str:
        """The file that ``path`` (as written, from ``folder``) means, or nothing."""
        for base in (folder, ""):
            whole = join(base, path)
            if whole in self.paths:
                return whole
        tail = path.lstrip("./").rpartition("../")[2]
        return self._nearest(folded(tail), folder)

    def _nearest(self, tail: str, folder: str) -> str:
        if (tail, folder) not in self.near:
            found = self.tails.get(tail, [""])
            inside = (path for parent in upwards(folder) for path in found if path.startswith(f"{parent}/"))
            self.near[tail, folder] = next(inside, found[0]) if len(found) > 1 else found[0]
        return self.near[tail, folder]


def join(folder: str, path: str) -> str | None:
    """The path from the top that ``path`` means in ``folder``; None: it leads out of the notes."""
    parts = [] if path.startswith("/") else [part for part in folder.split("/") if part]
    for part in path.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)
