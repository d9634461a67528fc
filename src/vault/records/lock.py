"""One paper as the services on the web describe it: an entry of ``papers.lock``."""

from __future__ import annotations

from vault.records.base import Record
from vault.records.paper import PaperId


class Release(Record, frozen=True):
    """A version of a preprint; ``date`` is an ISO day, empty where nobody told it."""

    number: int
    date: str = ""


class Cited(Record, frozen=True):
    """A paper in a list of references: its key (``arxiv:1706.03762``, empty if unknown), its title."""

    key: str = ""
    title: str = ""


class LockEntry(Record, frozen=True):
    """What is known of a paper beyond the notes, as plain text without markup.

    ``ids`` are its identities without versions, the best first.  ``published`` and ``updated`` are ISO days
    of its first and latest appearance, ``year`` that of the venue.  ``versions`` count up and may have
    gaps.  ``kind`` is a BibTeX type or empty.  ``comment`` is the authors' line on arXiv; ``withdrawn``
    says why a paper no longer stands.  ``code`` are addresses; ``sources`` the services that answered,
    ``unanswered`` those that could not be reached and are to be asked again.
    """

    ids: tuple[PaperId, ...]
    title: str = ""
    authors: tuple[str, ...] = ()
    abstract: str = ""
    year: int = 0
    venue: str = ""
    kind: str = ""
    published: str = ""
    updated: str = ""
    versions: tuple[Release, ...] = ()
    comment: str = ""
    withdrawn: str = ""
    references: tuple[Cited, ...] = ()
    code: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The key of the best identity: ``arxiv:2106.09685``."""
        return self.ids[0].key if self.ids else ""
