"""A survey that goes on from the last one, in a server: where no more than words and lines has changed."""

from __future__ import annotations

from vault import index, link
from vault.build.around import Around
from vault.build.findings import Edition, Findings, cuts, related, shelf_of
from vault.build.lines import Layout, layout
from vault.build.recalled import edited, pairs, related_anew, still
from vault.build.stored import Known
from vault.records import Note, Settings, changed
from vault.tuples import NamedTuple


class Stands(NamedTuple):
    """What a server keeps of the findings that its site was made from: ``known`` has whole notes here, which
    may have lost their ``terms`` since."""

    known: Known
    edition: Edition

    def related(self) -> link.Last:
        """The related notes of that site."""
        return related(self.known.settled.graph)


def resumed(
    last: Stands | None, kept: index.Kept, beside: Around, settings: Settings, memory: index.Memory
) -> Findings | None:
    """The findings with what the edited notes say now; None where more than words may be otherwise."""
    edits = edited(last.edition, kept, beside, settings) if last else None
    if last is None or edits is None:
        return None
    pieces = layout(kept.files, last.edition.lines, set(edits))
    known = still(last.known, beside, pieces)
    if known is None:
        return None
    touched = pieces.touched()
    memory.renew(one for one in kept.files if one.found.path in touched)
    given = pairs(edits, kept, memory), pieces
    return after(Stands(known, last.edition), kept, settings, memory, *given)


def after(  # noqa: PLR0917 - what has been found out by then
    last: Stands,
    kept: index.Kept,
    settings: Settings,
    memory: index.Memory,
    edits: list[tuple[Note, Note]],
    pieces: Layout,
) -> Findings:
    """The findings after these edits."""
    known, before = last.known, last.known.settled.catalog.notes
    shelf = shelf_of(memory, kept, settings, known, {})
    words = link.unmoved(last.edition.words, edits)
    if words is None:
        settled, words, _ = related_anew(known.settled, shelf)
        known = changed(known, settled=settled)
    notes = before | {id_: shelf[id_] for id_ in known.standing(pieces.edited | pieces.moved())}
    settled = changed(known.settled, catalog=changed(known.settled.catalog, notes=notes))
    known = changed(known, settled=settled)
    lengths = {id_: note.length for id_, note in notes.items()}
    edition = Edition(last.edition.name, last.edition.planned_by, *cuts(kept), words, lengths)
    whole = shelf_of(memory, kept, settings, known, lengths, whole=notes)
    return Findings(settled, known.problems, whole, known, edition, None, anew=True)
