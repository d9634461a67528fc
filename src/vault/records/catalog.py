"""The vault as a whole, before any link is resolved: works, tags, notes in order."""

from __future__ import annotations

import msgspec

from vault.records.author import Author
from vault.records.base import Record
from vault.records.library import LibraryEntry
from vault.records.lock import Release
from vault.records.note import Note
from vault.records.paper import PaperId
from vault.records.problem import Problem


class Work(Record, frozen=True):
    """One paper: every version, every spelling of its identity, every note on it.

    ``id`` is the best identity's key (arXiv, DOI, then others), ``title:<slug>`` where a note names
    a paper by title alone.  ``notes`` are note ids, oldest first; ``key`` the citation key used in
    exports, unique in the vault.  ``versions`` are the arXiv versions that notes name.  A work that notes
    only mention has none of ``notes``, ``library`` and ``locked``, and no page on the site.  ``pages`` is the
    paper's length, 0 unknown.

    ``locked``: the lock file knows it.  From there come ``releases`` (versions of the preprint that are
    out, counting up), ``published_as`` (venue of a preprint's published form, where no note and no library
    names one), ``withdrawn`` (why it no longer stands), ``code`` (its address), and the works of this
    vault that it ``cites`` and is ``cited_by``, by id.
    """

    id: str
    ids: tuple[PaperId, ...]
    title: str
    authors: tuple[str, ...] = ()
    year: int = 0
    venue: str = ""
    abstract: str = ""
    key: str = ""
    kind: str = "misc"
    versions: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    library: LibraryEntry | None = None
    nickname: str = ""
    locked: bool = False
    releases: tuple[Release, ...] = ()
    published_as: str = ""
    withdrawn: str = ""
    code: str = ""
    cites: tuple[str, ...] = ()
    cited_by: tuple[str, ...] = ()
    pages: int = 0

    @property
    def known(self) -> bool:
        """Whether it has a note or stands in a library or the lock file; else notes only mention it."""
        return bool(self.notes) or self.library is not None or self.locked

    @property
    def arxiv(self) -> str:
        """The arXiv id without version, or nothing."""
        return next((p.value for p in self.ids if p.scheme == "arxiv"), "")

    @property
    def doi(self) -> str:
        return next((p.value for p in self.ids if p.scheme == "doi"), "")


class Tag(Record, frozen=True):
    """A tag: ``path`` is casefolded with ``/`` levels (its identity), ``label`` the commonest
    spelling of the whole path.  ``own`` are ids of notes that carry it, ``all`` those of its
    children too, each once; both newest first.  ``together`` are other tags often seen beside it
    with their counts."""

    path: str
    label: str
    own: tuple[str, ...]
    all: tuple[str, ...]
    children: tuple[str, ...] = ()
    together: tuple[tuple[str, int], ...] = ()


class Catalog(Record, frozen=True):
    """Published notes (drafts and private ones have left) with all they name, in fixed order.

    ``notes`` by id, in path and line order; ``works`` by work id; ``work_of`` maps a paper key
    (``arxiv:…``) to its work's id, ``work_of_note`` a note id to its work's; ``tags`` by path;
    ``dated`` note ids, newest first, undated last; ``hidden`` the ids, paths and titles of notes
    that left, so that links to them show as text; ``authors`` by key, ``author_of`` maps each name as
    works and notes spell it to its author's key.
    """

    notes: dict[str, Note]
    works: dict[str, Work]
    work_of: dict[str, str]
    work_of_note: dict[str, str]
    tags: dict[str, Tag]
    dated: tuple[str, ...]
    hidden: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()
    authors: dict[str, Author] = msgspec.field(default_factory=dict)
    author_of: dict[str, str] = msgspec.field(default_factory=dict)
