"""One record per person: names that are the same, names that ``authors.yml`` makes the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from vault import people
from vault.catalog.works import Works
from vault.problems import problem
from vault.records import Author, KnownAuthor, Note, Problem, Work
from vault.tuples import NamedTuple

MANY = 20
"""Names with initials up to which each is told by itself."""


class Authors(NamedTuple):
    authors: dict[str, Author]
    author_of: dict[str, str]


class Byline(NamedTuple):
    """Who wrote what: the names as they stand there, the id of the work, or of the note."""

    names: tuple[str, ...]
    work: str
    note: str


def unite(
    works: Works, notes: Iterable[Note], owner: str, known: Iterable[KnownAuthor], problems: list[Problem]
) -> Authors:
    """The people of these works, and of notes about no paper, by key.

    ``owner`` is the vault's own author, who writes notes and is not a subject of them.
    """
    entries, aliases = _declared(known, problems)
    found: dict[str, str] = {}
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    wrote: dict[str, tuple[list[str], list[str]]] = {}
    own = people.key(owner)
    for line in _bylines(works, notes):
        keys = {name: _key(name, found, aliases) for name in line.names}
        for name, key in keys.items():
            if key and not (line.note and key == own):
                spelled[key][people.full(name)] += 1
        for key in dict.fromkeys(keys.values()):
            if key and not (line.note and key == own):
                mine = wrote.setdefault(key, ([], []))
                mine[bool(line.note)].append(line.note or line.work)
    authors = {key: _author(key, spelled[key], *wrote[key], entries.get(key)) for key in sorted(wrote)}
    return Authors(authors, {name: key for name, key in found.items() if key in authors})


def _bylines(works: Works, notes: Iterable[Note]) -> Iterator[Byline]:
    for work in works.works.values():
        yield Byline(work.authors, work.id, "")
    for note in notes:
        if note.id not in works.work_of_note:
            yield Byline(note.authors, "", note.id)


def _key(name: str, found: dict[str, str], aliases: Mapping[str, str]) -> str:
    """The key of a name as written, remembered in ``found``; nothing for ``et al.``."""
    if name not in found:
        key = "" if name.strip().casefold() in people.OTHERS else people.key(name)
        found[name] = aliases.get(key, key)
    return found[name]


def _author(
    key: str, spelled: Counter[str], works: list[str], notes: list[str], known: KnownAuthor | None
) -> Author:
    """The commonest spelling is the name, the longest of several, unless ``authors.yml`` gives it."""
    best = min(spelled, key=lambda name: (-spelled[name], -len(name), name))
    name = people.full(known.name) if known else best
    return Author(
        key=key,
        name=name,
        spellings=tuple(sorted(other for other in spelled if other != name)),
        works=tuple(works),
        notes=tuple(notes),
        orcid=known.orcid if known else "",
        homepage=known.homepage if known else "",
    )


# authors.yml


def _declared(
    known: Iterable[KnownAuthor], problems: list[Problem]
) -> tuple[dict[str, KnownAuthor], dict[str, str]]:
    """Entries by key, and alias -> key of its entry; what is claimed twice goes to the first."""
    ordered = list(known)
    entries: dict[str, KnownAuthor] = {}
    for one in ordered:
        key = people.key(one.name)
        if key and entries.setdefault(key, one) is not one:
            problems.append(_claimed(one, one.name, entries[key]))
    aliases: dict[str, str] = {}
    for key, one in entries.items():
        for alias in one.aliases:
            other = people.key(alias)
            if not other or other == key:
                continue
            holder = entries.get(other) or entries[aliases.setdefault(other, key)]
            if holder is not one:
                problems.append(_claimed(one, alias, holder))
    return entries, aliases


def _claimed(one: KnownAuthor, name: str, holder: KnownAuthor) -> Problem:
    return problem(
        "authors-invalid",
        one.path,
        f'"{name}" belongs to {holder.name} already (line {holder.line})',
        hint="give each name to one person; the first entry counts",
        line=one.line,
    )


# Suggestions


def suspects(
    authors: Mapping[str, Author],
    works: Mapping[str, Work],
    notes: Mapping[str, Note],
    known: Iterable[KnownAuthor] = (),
) -> list[Problem]:
    """A hint for each name with initials that fits exactly one full name.  Those who stand on one paper
    together are two people, and a name with an entry of its own in ``authors.yml`` is settled."""
    settled = {people.key(one.name) for one in known}
    full: dict[str, list[str]] = defaultdict(list)
    for author in authors.values():
        if not people.initials_only(author.name):
            for form in dict.fromkeys(people.short_forms(author.name)):
                full[form].append(author.key)
    found = []
    for author in authors.values():
        asked = author.key not in settled and people.initials_only(author.name)
        fits = full.get(author.key, ()) if asked else ()
        if len(fits) != 1 or not set(author.works).isdisjoint(authors[fits[0]].works):
            continue
        if place := _place(author, works, notes):
            found.append((place, author.name, authors[fits[0]].name))
    if len(found) <= MANY:
        return [_suspect(place, short, name) for place, short, name in found]
    place, short, name = found[0]
    return [_suspect(place, short, name, len(found) - 1)]


def _place(author: Author, works: Mapping[str, Work], notes: Mapping[str, Note]) -> tuple[str, int] | None:
    """Where the name stands first: a note, else a library entry."""
    ids = [*(id_ for work in author.works for id_ in works[work].notes), *author.notes]
    if ids:
        first = min((notes[id_] for id_ in ids), key=lambda note: (note.path, note.line))
        return first.path, first.line
    library = next((entry for work in author.works if (entry := works[work].library)), None)
    return (library.path, library.line) if library else None


def _suspect(place: tuple[str, int], short: str, name: str, more: int = 0) -> Problem:
    rest = f", and {more} other names with initials fit one full name each" if more else ""
    return problem(
        "author-initials",
        place[0],
        f'"{short}" may be {name}{rest}',
        hint=f'write "{name}: [{short}]" in authors.yml if so, "{short}:" if not',
        line=place[1],
    )
