"""What an entry takes from the volume that its ``crossref`` names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from vault.bibliography.fields import venue_of
from vault.records import LibraryEntry, changed

_NAMES: Final = (
    "crossref xref url doi eprint archiveprefix eprinttype arxivid pdf file link ee otherids biburl "
    "bibsource keywords note annote abstract pages language"
)
_OWN: Final = frozenset(_NAMES.split())
"""Fields that say something of the volume alone: its DOI is not that of the papers in it."""


def inherited(entries: Iterable[LibraryEntry]) -> list[LibraryEntry]:
    """The entries, each with what its volume says and it does not itself; the title of the volume is
    where the paper appeared.  One step, as in BibTeX."""
    found = list(entries)
    named = {entry.key.casefold(): entry for entry in found if entry.key}
    return [_with(entry, named) for entry in found]


def _with(entry: LibraryEntry, named: dict[str, LibraryEntry]) -> LibraryEntry:
    fields = dict(entry.fields)
    volume = named.get(fields.get("crossref", "").casefold())
    if volume is None or volume is entry:
        return entry
    theirs = {name: value for name, value in volume.fields if name not in _OWN}
    if volume.title:
        theirs.setdefault("booktitle", volume.title)
    fields = {**theirs, **fields}
    return changed(
        entry,
        year=entry.year or volume.year,
        venue=entry.venue or venue_of(fields),
        fields=tuple(fields.items()),
    )
