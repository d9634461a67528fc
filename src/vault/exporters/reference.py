"""A work as one line of a reference list, in pieces that a page puts together."""

from __future__ import annotations

from typing import NamedTuple

from vault.exporters import names
from vault.records import Work

NAMED = 3
"""Authors named before ``et al.``"""


class Reference(NamedTuple):
    """``A. Aghajanyan, L. Zettlemoyer``, the title, ``ACL``, ``2021``; each plain text, maybe empty."""

    authors: str
    title: str
    venue: str
    year: str


def reference(work: Work) -> Reference:
    """The pieces of a work's reference.  The year is left out where the venue ends with it."""
    year = str(work.year) if work.year else ""
    return Reference(
        authors=_authors(work.authors),
        title=work.title,
        venue=work.venue,
        year="" if year and work.venue.split()[-1:] == [year] else year,
    )


def _authors(written: tuple[str, ...]) -> str:
    """Up to three names; of more the first alone and ``et al.``"""
    people = [names.initials(name) for name in written if name != names.OTHERS]
    if len(people) > NAMED or (people and len(people) < len(written)):
        return f"{people[0]} {names.OTHERS}"
    return ", ".join(people)
