"""One record per work, of the notes and library entries that name it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from vault import dates, naming, papers
from vault.catalog import entries, groups, keys, lengths, mentioned
from vault.catalog.groups import Group
from vault.catalog.keys import Wanted
from vault.patterns import lazy
from vault.records import LibraryEntry, Note, PaperId, Problem, Work, changed
from vault.tuples import NamedTuple

_PREFERENCE = {scheme: place for place, scheme in enumerate(papers.NAMES)}

_JOURNAL = lazy(
    r"\b(?:journals?|transactions|letters|annals|proceedings of the (?:ieee|national academy)|nature|science"
    r"|reviews?|quarterly|magazine|jmlr|tmlr|pnas|cell|biometrika|tacl|pami|tpami)\b",
    re.IGNORECASE,
)


UNTITLED = "Untitled"


class Works(NamedTuple):
    works: dict[str, Work]
    work_of: dict[str, str]
    work_of_note: dict[str, str]


def unite(notes: list[Note], library: Iterable[LibraryEntry], problems: list[Problem]) -> Works:
    """The works of these notes (in path order) and entries (in file order), by work id.

    Last come those that notes only mention; they have neither ``notes`` nor ``library``.
    """
    known = [(changed(entry, papers=ids), ids) for entry in library for ids in (entries.identities(entry),)]
    found: dict[str, Work] = {}
    wanted: list[Wanted] = []
    numbers: Counter[str] = Counter()
    for group in map(_in_time, groups.join(notes, known, problems)):
        work = _work(group, numbers)
        found[work.id] = work
        wanted.append(Wanted(work.id, _given_key(group), _claim(group), keys.derived(work)))
    work_of = {paper.key: work.id for work in found.values() for paper in work.ids}
    others = mentioned.works(notes, work_of)
    wanted += [Wanted(work.id, "", (), work.key) for work in others.values()]
    named = keys.assign(wanted)
    works = {name: changed(work, key=named[name]) for name, work in sorted({**found, **others}.items())}
    return Works(
        works,
        {paper.key: work.id for work in works.values() for paper in work.ids},
        {note: work.id for work in works.values() for note in work.notes},
    )


def _in_time(group: Group) -> Group:
    """The group with its notes oldest first, undated last."""
    dated = [note for note in group.notes if note.date and note.date.year]
    undated = [note for note in group.notes if not (note.date and note.date.year)]
    return group._replace(notes=sorted(dated, key=lambda note: dates.sort_key(note.date)) + undated)


def _given_key(group: Group) -> str:
    """The key that was written for it: in a note, else in a library."""
    written = [note.key for note in group.notes] + [entry.key for entry in group.entries]
    return next((key for key in map(keys.clean, written) if key), "")


def _claim(group: Group) -> tuple[int, tuple[int, ...], str]:
    """Of works with one written key that of the library goes first, then that of the oldest note."""
    first = next((note for note in group.notes if note.key), None)
    if first is None or any(entry.key for entry in group.entries):
        return 0, (), ""
    return 1, dates.sort_key(first.date) if first.date and first.date.year else (9999,), first.path


def _work(group: Group, numbers: Counter[str]) -> Work:
    notes, library = group.notes, group.entries
    ids = _ids(group.ids)
    title = _first(_titles(group)) or _stand_in(group, ids)
    venue = _first([note.venue for note in notes] + [entry.venue for entry in library])
    return Work(
        id=_id(ids, group, numbers),
        ids=ids,
        title=title,
        authors=_authors(group),
        year=_year(group, ids),
        venue=venue,
        abstract=_first(entry.abstract for entry in library),
        kind=library[0].kind if library else _kind(venue),
        versions=tuple(
            sorted({paper.version for paper in group.ids if paper.scheme == "arxiv" and paper.version})
        ),
        notes=tuple(note.id for note in notes),
        library=library[0] if library else None,
        nickname=_first([naming.nickname(title), *(note.nickname for note in notes)]),
        pages=next(filter(None, (lengths.of_fields(entry.fields) for entry in library)), 0),
    )


def _first(texts: Iterable[str]) -> str:
    return next((text for text in texts if text), "")


def _stand_in(group: Group, ids: tuple[PaperId, ...]) -> str:
    """What a work without a title is called: its id, its key, its first author; never nothing, for a page
    has a heading and a link a text."""
    author = next((f"{entry.authors[0]} {entry.year or ''}" for entry in group.entries if entry.authors), "")
    return _first([ids[0].value if ids else "", _given_key(group), author.rstrip()]) or UNTITLED


def _titles(group: Group) -> list[str]:
    return [
        *(entry.title for entry in group.entries),
        *(note.paper_title for note in group.notes),
        *(note.title for note in group.notes),
    ]


def _ids(named: list[PaperId]) -> tuple[PaperId, ...]:
    """Each identity once, without version, the best scheme first."""
    unique = {paper.key: changed(paper, version=0) for paper in named}
    return tuple(sorted(unique.values(), key=lambda paper: (_PREFERENCE.get(paper.scheme, 99), paper.value)))


def _id(ids: tuple[PaperId, ...], group: Group, numbers: Counter[str]) -> str:
    """The best identity; ``title:<slug>`` or ``key:<key>`` where there is none, made unique."""
    if ids:
        return ids[0].key
    title = _first(note.paper_title for note in group.notes)
    base = f"title:{naming.slug(title)}" if title else f"key:{_given_key(group).casefold()}"
    if base == "key:":
        base = f"title:{naming.slug(_first(_titles(group)))}"
    numbers[base] += 1
    return base if numbers[base] == 1 else f"{base}~{numbers[base]}"  # "~" is in no slug


def _authors(group: Group) -> tuple[str, ...]:
    """The header's, unless it stops at ``et al.`` and the library goes on."""
    lists = [note.authors for note in group.notes] + [entry.authors for entry in group.entries]
    given = [authors for authors in lists if authors]
    whole = [authors for authors in given if authors[-1] != "et al."]
    return (whole or given or [()])[0]


def _year(group: Group, ids: tuple[PaperId, ...]) -> int:
    given = [note.year for note in group.notes] + [entry.year for entry in group.entries]
    return next((year for year in given if year), 0) or next(
        (year for year in map(keys.arxiv_year, ids) if year), 0
    )


def _kind(venue: str) -> str:
    if not venue:
        return "misc"
    return "article" if _JOURNAL.search(venue) else "inproceedings"
