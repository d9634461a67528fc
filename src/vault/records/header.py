"""A note's header, as far as it can be read without knowing what a date or a paper is."""

from __future__ import annotations

from vault.records.base import Record
from vault.records.note import Status


class Field(Record, frozen=True):
    """One known field as written: its name (``paper``), the key it was given by (``url``), its value
    as one line of text, the list of it (one item where it was no list), where the value stands."""

    name: str
    key: str
    text: str
    items: tuple[str, ...]
    line: int
    column: int


class Header(Record, frozen=True):
    """The header of a note.

    ``fields`` are the known fields that have a value, in the order of ``frontmatter.names`` and then
    of the file; a field can stand there several times (``paper`` and ``url``).  What needs a floor-2
    room of its own is typed by ``parse`` from them: ``date``, ``added``, ``started``, ``read``,
    ``updated`` (calendar dates), ``paper``, ``arxiv``, ``doi`` (identities).  The other attributes
    are typed here and named as in ``Note``.  ``authors`` may end in ``et al.``.  ``extra`` holds every
    other key as written, with its value as text; ``kind`` is yaml, toml, pelican or empty.
    """

    kind: str = ""
    type: str = ""
    fields: tuple[Field, ...] = ()
    title: str = ""
    authors: tuple[str, ...] = ()
    year: int = 0
    venue: str = ""
    tags: tuple[str, ...] = ()
    status: Status = ""
    priority: int = 0
    rating: float = 0
    why: str = ""
    via: str = ""
    code: str = ""
    pdf: str = ""
    project: str = ""
    slides: str = ""
    video: str = ""
    key: str = ""
    aliases: tuple[str, ...] = ()
    slug: str = ""
    draft: bool = False
    private: bool = False
    unlisted: bool = False
    tldr: str = ""
    lang: str = ""
    series: str = ""
    layout: str = ""
    redirect_from: tuple[str, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()

    @property
    def given(self) -> tuple[str, ...]:
        """The names of the fields that have a value, each once."""
        return tuple(dict.fromkeys(field.name for field in self.fields))

    def all(self, name: str) -> tuple[Field, ...]:
        """Every way in which a field was given, the preferred spelling first."""
        return tuple(field for field in self.fields if field.name == name)

    def first(self, name: str) -> Field | None:
        """The field by its preferred spelling, if it was given."""
        return next((field for field in self.fields if field.name == name), None)
