"""A note whose words alone have changed, shown before the vault is surveyed.

A survey of 10,000 notes takes seconds, and hardly any save changes more than what one page says.  Such
a note takes its place in the survey that stands, its page is made, and the survey that follows at once
puts right what else it touches.  What is not surely such a note waits for that survey.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vault.index import Bodies
from vault.records import Body, Note, Parsed, changed, slot_key
from vault.tuples import NamedTuple

LARGE = 200_000
"""Bytes of a file above which parsing it would keep the survey waiting."""
_OWN = {
    "line": 0,
    "digest": "",
    "terms": "",
    "words": 0,
    "tldr": "",
    "tldr_html": "",
    "lead": False,
    "headings": (),
    "links": (),
    "math": False,
    "problems": (),
}
"""What a note's own text says, and no other page need know at once."""


class Ahead(NamedTuple):
    """Bodies and texts of notes: of those that are shown ahead theirs, of the others the index's."""

    bodies: Bodies
    parsed: dict[str, Parsed]

    def __call__(self, note_id: str) -> Body:
        found = self.parsed.get(note_id)
        return found.body if found else self.bodies(note_id)

    def text(self, note_id: str) -> str:
        found = self.parsed.get(note_id)
        return found.text if found else self.bodies.text(note_id)


def replaced(
    before: Sequence[Note], now: Sequence[Parsed], standing: dict[str, Note]
) -> dict[str, Parsed] | None:
    """Id -> the note to show for those of one file that changed; None when more than words did.

    ``before`` are its notes as they were parsed, ``standing`` all notes as they are in the site.
    """
    if len(before) != len(now):
        return None
    found: dict[str, Parsed] = {}
    for old, new in zip(before, now, strict=True):
        if old.digest == new.note.digest:
            continue
        shown = standing.get(old.id)
        if shown is None or shown.kind != old.kind or not alike(old, new.note):
            return None
        found[old.id] = changed(new, note=renewed(shown, new.note))
    return found


def alike(old: Note, new: Note) -> bool:
    """Whether they differ in words alone, and lead nowhere that the old one did not."""
    return changed(old, **_OWN) == changed(new, **_OWN) and set(_keys(new)) <= set(_keys(old))


def renewed(shown: Note, new: Note) -> Note:
    """The note as it stands, with the words of the new one."""
    return changed(shown, **{name: getattr(new, name) for name in _OWN})


def _keys(note: Note) -> Iterable[str]:
    return (
        slot_key(link.kind, link.paper.key if link.paper else link.target, link.anchor) for link in note.links
    )
