"""Which notes and library entries are about one work: union-find over what they name."""

from __future__ import annotations

from collections.abc import Iterable

from vault import naming
from vault.catalog import keys
from vault.problems import problem
from vault.records import LibraryEntry, Note, PaperId, Problem
from vault.tuples import NamedTuple

Entry = tuple[LibraryEntry, tuple[PaperId, ...]]


class Group(NamedTuple):
    """One work, as its notes (oldest first) and library entries (in order) name it."""

    notes: list[Note]
    entries: list[LibraryEntry]
    ids: list[PaperId]


class _Party(NamedTuple):
    """Who may be joined by a citation key: its node, its title folded, where it stands."""

    node: str
    title: str
    path: str
    line: int


class Sets:
    """Disjoint sets of names; a set is called by the name that came first."""

    def __init__(self) -> None:
        self.parent: dict[str, str] = {}
        self.rank: dict[str, int] = {}

    def find(self, name: str) -> str:
        root = self.parent.setdefault(name, name)
        while self.parent[root] != root:
            root = self.parent[root]
        while self.parent[name] != root:
            self.parent[name], name = root, self.parent[name]
        return root

    def union(self, one: str, other: str) -> None:
        one, other = self.find(one), self.find(other)
        if one == other:
            return
        if self.rank.get(one, 0) < self.rank.get(other, 0):
            one, other = other, one
        if self.rank.get(one, 0) == self.rank.get(other, 0):
            self.rank[one] = self.rank.get(one, 0) + 1
        self.parent[other] = one


def folded(title: str) -> str:
    """A title as it is compared: NFC, case-folded, white space collapsed."""
    return naming.fold(" ".join(title.split()))


def join(notes: list[Note], entries: list[Entry], problems: list[Problem]) -> list[Group]:
    """The groups, in the order of their first note, then of their first entry.

    Ids decide: whoever names one identity is of one work.  A citation key in a note joins it to the
    library's entry and to other notes with that key, unless their ids contradict it.  A title joins
    only notes that have nothing else.
    """
    sets = Sets()
    about = [note for note in notes if note.papers or note.paper_title or note.key]
    for node, ids in _named(about, entries):
        for paper in ids:
            sets.union(node, f"id {paper.key}")
    problems += _join_by_key(sets, about, entries)
    _join_by_title(sets, about)
    return _collect(sets, about, entries)


def _node(note: Note) -> str:
    return f"note {note.id}"


def _named(notes: list[Note], entries: list[Entry]) -> Iterable[tuple[str, tuple[PaperId, ...]]]:
    for note in notes:
        yield _node(note), note.papers
    for index, (_, ids) in enumerate(entries):
        yield f"entry {index}", ids


def _join_by_key(sets: Sets, notes: list[Note], entries: list[Entry]) -> list[Problem]:
    problems: list[Problem] = []
    holders: dict[str, list[_Party]] = {}
    for index, (entry, _) in enumerate(entries):
        party = _Party(f"entry {index}", folded(entry.title), entry.path, entry.line)
        holders.setdefault(keys.clean(entry.key).casefold(), []).append(party)
    for note in notes:
        party = _Party(_node(note), "", note.path, note.line)
        holders.setdefault(keys.clean(note.key).casefold(), []).append(party)
    ids = _ids_of_sets(sets, notes, entries)
    for key, (first, *others) in holders.items():
        for other in others if key else ():
            if _contradict(sets, ids, first, other):
                problems.append(_taken(key, first, other))
            else:
                _merge(sets, ids, first.node, other.node)
    return problems


def _ids_of_sets(sets: Sets, notes: list[Note], entries: list[Entry]) -> dict[str, dict[str, set[str]]]:
    """Root -> scheme -> values, of the two schemes of which a paper has one."""
    result: dict[str, dict[str, set[str]]] = {}
    for node, ids in _named(notes, entries):
        schemes = result.setdefault(sets.find(node), {})
        for paper in ids:
            if paper.scheme in ("arxiv", "doi"):
                schemes.setdefault(paper.scheme, set()).add(paper.value)
    return result


def _contradict(sets: Sets, ids: dict[str, dict[str, set[str]]], one: _Party, other: _Party) -> bool:
    mine, yours = ids[sets.find(one.node)], ids[sets.find(other.node)]
    if mine is yours:
        return False
    if any(scheme in yours and mine[scheme].isdisjoint(yours[scheme]) for scheme in mine):
        return True
    return bool(one.title and other.title and one.title != other.title)


def _merge(sets: Sets, ids: dict[str, dict[str, set[str]]], one: str, other: str) -> None:
    mine, yours = ids[sets.find(one)], ids[sets.find(other)]
    sets.union(one, other)
    if mine is not yours:
        both = {scheme: mine.get(scheme, set()) | yours.get(scheme, set()) for scheme in {**mine, **yours}}
        ids[sets.find(one)] = both


def _taken(key: str, first: _Party, other: _Party) -> Problem:
    return problem(
        "duplicate-work",
        other.path,
        f'the citation key "{key}" belongs to another paper ({first.path}, line {first.line})',
        hint="give one of them another key, or correct the ids if they are one paper",
        line=other.line,
    )


def _join_by_title(sets: Sets, notes: list[Note]) -> None:
    """Notes that name their paper by title alone: no id, and no key that led anywhere."""
    named = {sets.find(node) for node in list(sets.parent) if node.startswith(("id ", "entry "))}
    for note in notes:
        if note.paper_title and sets.find(_node(note)) not in named:
            sets.union(_node(note), f"title {folded(note.paper_title)}")


def _collect(sets: Sets, notes: list[Note], entries: list[Entry]) -> list[Group]:
    groups: dict[str, Group] = {}
    for note in notes:
        group = groups.setdefault(sets.find(_node(note)), Group([], [], []))
        group.notes.append(note)
        group.ids.extend(note.papers)
    for index, (entry, ids) in enumerate(entries):
        group = groups.setdefault(sets.find(f"entry {index}"), Group([], [], []))
        group.entries.append(entry)
        group.ids.extend(ids)
    return list(groups.values())
