"""Which of what pages read may be otherwise than in the last build, where everything was found out anew."""

from __future__ import annotations

from collections.abc import Iterator

from vault import compose
from vault.build.findings import EVERY, Edition, Findings
from vault.build.stored import Known
from vault.compose.watched import LENGTH, WHOLE
from vault.records import Note, Work, changed, differing, pack
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
    known = changed(now.known, settled=encoded(now.settled))
    names = compose.moved(before.known.settled, known.settled)
    names.update(EVERY, texts(before, Before(known, now.edition)))
    return now._replace(moved=frozenset(names))


def encoded(settled: compose.Settled) -> compose.Settled:
    """With notes and works as the last build left them."""
    found = settled.catalog
    notes, works = pack(found.notes, Note), pack(found.works, Work)
    return changed(settled, catalog=changed(found, notes=notes, works=works))


def texts(before: Before, now: Before) -> Iterator[str]:
    """The names of whole notes and of lengths."""
    was, are = named(before), named(now)
    others = differing(before.known.settled.catalog.notes, now.known.settled.catalog.notes)
    for id_ in was.keys() | are.keys():
        if was.get(id_) != are.get(id_) or id_ in others:
            yield f"{WHOLE}{id_}"
        if before.edition.lengths.get(id_) != now.edition.lengths.get(id_):
            yield f"{LENGTH}{id_}"


def named(of: Before) -> Names:
    """Note id -> the key of its piece, where in it it is, at which line that is, whether pages show that."""
    keys, lines, notes = of.edition.keys, of.edition.lines, of.known.settled.catalog.notes
    lined = {found.path for found in of.known.problems if found.code in compose.BANNERS}

    def shown(id_: str) -> bool:
        return bool(lined) and notes[id_].path in lined

    return {id_: (keys[at], n, lines[at], shown(id_)) for id_, (at, n) in of.known.places.items()}
