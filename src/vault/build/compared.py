"""Which of what pages read may be otherwise than in the last build, where everything was found out anew."""

from __future__ import annotations

from collections.abc import Iterator

from vault import compose
from vault.build.findings import EVERY, Edition, Findings
from vault.build.stored import Known
from vault.compose.watched import LENGTH, WHOLE
from vault.tuples import NamedTuple

Names = dict[str, tuple[str, int, int, bool]]


class Before(NamedTuple):
    """What the last build left."""

    known: Known
    edition: Edition


def since(before: Before, now: Findings) -> Findings:
    """The findings with the names of what may be otherwise; as they are where what stands around the notes
    is.  A name too many costs a look, one too few would be wrong."""
    if before.edition.planned_by != now.edition.planned_by:
        return now
    names = compose.moved(before.known.settled, now.settled)
    names.update(EVERY, texts(before, Before(now.known, now.edition)))
    return now._replace(moved=frozenset(names))


def texts(before: Before, now: Before) -> Iterator[str]:
    """The names of whole notes and of lengths."""
    was, are = named(before), named(now)
    old, new = before.known.settled.catalog.notes, now.known.settled.catalog.notes
    for id_ in was.keys() | are.keys():
        if was.get(id_) != are.get(id_) or old.get(id_) != new.get(id_):
            yield f"{WHOLE}{id_}"
        if before.edition.lengths.get(id_) != now.edition.lengths.get(id_):
            yield f"{LENGTH}{id_}"


def named(of: Before) -> Names:
    """Note id -> the key of its piece, where in it it is, at which line that is, whether pages show that."""
    keys, lines, notes = of.edition.keys, of.edition.lines, of.known.settled.catalog.notes
    lined = {found.path for found in of.known.problems if found.code in compose.BANNERS}
    places = of.known.places.items()
    return {id_: (keys[at], n, lines[at], notes[id_].path in lined) for id_, (at, n) in places}
