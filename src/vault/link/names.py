"""By what names a note can be called, and which of several is nearest."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from vault import naming
from vault.records import Catalog, Note
from vault.tuples import NamedTuple

ENDINGS = (".md", ".markdown")
NAMED = 5
"""How many of the notes with one name a Problem lists."""


class Choice(NamedTuple):
    """The nearest note of a name; ``rivals`` as near as it (itself among them), when there are any;
    ``work`` where all of them are about one work."""

    note: str
    rivals: tuple[str, ...] = ()
    rival_count: int = 1
    work: str = ""


def folded(name: str) -> str:
    """A name as it is compared when the exact one leads nowhere: NFC, case-folded."""
    return naming.fold(" ".join(name.split()))


def without_ending(path: str) -> str:
    return next((path[: -len(end)] for end in ENDINGS if path.casefold().endswith(end)), path)


def folder_of(path: str) -> str:
    return path.rpartition("/")[0]


def upwards(folder: str) -> Iterator[str]:
    """The folder, its parents, and the top (``""``)."""
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]
    yield ""


class Crowd:
    """Notes of one name, asked for the nearest to a folder.

    Nearest: the longest common folder with the asking note, then the fewest folders, then the first
    in path order.  Built once a name; an answer takes as many steps as the folder has parents.
    """

    def __init__(self, ids: list[str], catalog: Catalog) -> None:
        self.ids = ids
        self.work_of_note = catalog.work_of_note
        self.below: dict[str, dict[str, None]] = {}
        self.works: dict[str, str] = {}
        depths: dict[str, int] = {}
        for name in ids:
            folder = folder_of(catalog.notes[name].path)
            depth = folder.count("/") + bool(folder)
            for parent in upwards(folder):
                if depth < depths.get(parent, depth + 1):
                    depths[parent], self.below[parent] = depth, {name: None}
                elif depth == depths[parent]:
                    self.below[parent][name] = None

    def nearest(self, folder: str, asking: str) -> Choice:
        """The choice for a note in this folder; it never means itself while there is another."""
        parent = next(parent for parent in upwards(folder) if parent in self.below)
        near = self.below[parent]
        others = [name for name in islice(near, NAMED + 1) if name != asking][:NAMED]
        count = len(near) - (asking in near)
        if count == 0:
            return Choice(next(name for name in self.ids if name != asking))
        if count == 1:
            return Choice(others[0])
        return Choice(others[0], tuple(others), count, self._one_work(parent))

    def _one_work(self, parent: str) -> str:
        if parent not in self.works:
            works = {self.work_of_note.get(name, "") for name in self.below[parent]}
            self.works[parent] = works.pop() if len(works) == 1 else ""
        return self.works[parent]


class Names:
    """Every name of every note, in classes that are asked one after the other.

    Path (the id and its tails), title, alias, nickname, file name without its date; citation keys and
    paper ids lead to works and are asked by ``resolve``.  Items of a reading list are called by their
    title, last of all.
    """

    CLASSES = ("path", "title", "alias", "nickname", "undated")

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.exact: dict[str, dict[str, list[str]]] = {name: {} for name in (*self.CLASSES, "item")}
        self.loose: dict[str, dict[str, list[str]]] = {name: {} for name in (*self.CLASSES, "item")}
        self.crowds: dict[tuple[bool, str, str], Crowd] = {}
        for note in catalog.notes.values():
            for kind, name in _names(note):
                self._add(kind, name, note)

    def _add(self, kind: str, name: str, note: Note) -> None:
        if not name:
            return
        for table, key in ((self.exact, name), (self.loose, folded(name))):
            owners = table[kind].setdefault(key, [])
            if not owners or owners[-1] != note.id:
                owners.append(note.id)

    def find(self, name: str, note: Note, kinds: tuple[str, ...] = CLASSES) -> Choice | None:
        """The note of this name nearest to ``note``: exact names of all kinds first."""
        for loosely, key in ((False, name), (True, folded(name))):
            table = self.loose if loosely else self.exact
            for kind in kinds:
                if owners := table[kind].get(key):
                    return self._choose(owners, (loosely, kind, key), note)
        return None

    def _choose(self, owners: list[str], place: tuple[bool, str, str], note: Note) -> Choice:
        if len(owners) == 1:
            return Choice(owners[0])
        if place[1] == "path" and place[2] in owners:
            return Choice(place[2])  # a whole path, not the tail of one
        if place not in self.crowds:
            self.crowds[place] = Crowd(owners, self.catalog)
        return self.crowds[place].nearest(folder_of(note.path), note.id)

    def spoken(self) -> Iterator[str]:
        """Everything a link may be meant to say, titles first."""
        for kind in ("title", "nickname", "alias", "path"):
            yield from (name for name in self.exact[kind] if "/" not in name and "#" not in name)


def _names(note: Note) -> Iterator[tuple[str, str]]:
    if note.kind == "item":
        yield "item", note.title
        return
    yield "title", " ".join(note.title.split())
    yield "nickname", note.nickname
    yield from (("alias", " ".join(alias.split())) for alias in note.aliases)
    if note.log:
        yield "path", note.id
        return
    path = without_ending(note.path)
    stem = path.rpartition("/")[2]
    if (bare := naming.strip_date(stem)) != stem:
        yield "undated", bare
    yield "path", note.id
    while path:
        yield "path", path
        path = path.partition("/")[2]
