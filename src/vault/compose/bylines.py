"""Authors as links: who has a page, where it is, and a paper's names with the ways there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import Final

from vault import naming, people
from vault.compose.orders import Orders, listed
from vault.compose.scope import Scope, Way
from vault.problems import problem
from vault.records import Author, Catalog, Problem, digest_of
from vault.records.views import Anchor

RESERVED: Final = frozenset(("letter", "page"))
"""Parts of addresses below ``/authors/`` that are no names."""

Noted = dict[str, tuple[str, ...]]
"""Author's key -> the listed notes on their papers, newest first."""


def noted(catalog: Catalog, orders: Orders) -> Noted:
    """The notes of every author who has one."""
    place = {id_: at for at, id_ in enumerate(orders.listed)}
    found = {}
    for author in catalog.authors.values():
        ids = [id_ for work in author.works for id_ in orders.noted.get(work, ())]
        ids += [id_ for id_ in author.notes if listed(catalog.notes[id_])]
        if ids:
            found[author.key] = tuple(sorted(ids, key=place.__getitem__))
    return found


def settle(catalog: Catalog, notes: Noted, least: int) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """The address of each author with at least so many notes, and a ``url-collision`` for each whose
    name makes the address of another's."""
    taken: dict[str, str] = {}
    urls, problems = {}, []
    for key, ids in notes.items():
        if len(ids) < least:
            continue
        author = catalog.authors[key]
        wanted = author_slug(author)
        slug = next(each for each in _numbered(wanted) if naming.collision_key(each) not in taken)
        if slug != wanted and wanted not in RESERVED:
            problems.append(_collision(catalog, author, ids, taken[naming.collision_key(wanted)], slug))
        taken[naming.collision_key(slug)] = author.name
        urls[key] = f"/authors/{slug}/"
    return urls, tuple(problems)


def author_slug(author: Author) -> str:
    """``edward-j-hu``; never empty."""
    return naming.slug(author.name) or f"author-{digest_of(author.key.encode())[:8]}"


def _numbered(slug: str) -> Iterator[str]:
    if slug not in RESERVED:
        yield slug
    for number in count(2):
        yield naming.slug(f"{slug}-{number}")


def _collision(catalog: Catalog, author: Author, ids: Sequence[str], other: str, slug: str) -> Problem:
    first = min((catalog.notes[id_] for id_ in ids), key=lambda note: (note.path, note.line))
    return problem(
        "url-collision",
        first.path,
        f"the author {author.name} would have the address of {other}; their page is /authors/{slug}/",
        hint="if they are one person, say so in authors.yml",
        line=first.line,
    )


def byline(scope: Scope, way: Way, names: Iterable[str]) -> tuple[Anchor, ...]:
    """The names as a paper gives them, given name first; those who have a page lead there."""
    return tuple(Anchor(people.full(name), _href(scope, way, name)) for name in names)


def _href(scope: Scope, way: Way, name: str) -> str:
    url = scope.addresses.authors.get(scope.catalog.author_of.get(name, ""), "")
    return way(url) if url else ""
