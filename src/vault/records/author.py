"""People: who the vault's papers are by, and what ``authors.yml`` says of them."""

from __future__ import annotations

from vault.records.base import Record


class KnownAuthor(Record, frozen=True):
    """One entry of ``authors.yml``: a name, its other spellings, and where it stands.

    ``orcid`` is sixteen digits in fours, checked; ``homepage`` as written.
    """

    name: str
    aliases: tuple[str, ...] = ()
    orcid: str = ""
    homepage: str = ""
    path: str = "authors.yml"
    line: int = 0


class Author(Record, frozen=True):
    """One person, or a team.

    ``key`` is ``people.key`` of the name; ``name`` is printed, ``spellings`` are the others that the
    vault uses; ``works`` are the ids of the works they wrote, in the catalog's order, ``notes`` those of
    notes about no paper that name them in their header, in path order.
    """

    key: str
    name: str
    spellings: tuple[str, ...] = ()
    works: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    orcid: str = ""
    homepage: str = ""
