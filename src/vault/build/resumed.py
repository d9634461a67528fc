"""A survey that goes on from the last one, in a server: where no more than words has changed since."""

from __future__ import annotations

from vault import compose, index, link
from vault.build.around import Around
from vault.build.findings import Edition, Findings, name, pairs, pieces, related_anew
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
        graph = self.known.settled.graph
        return link.Last(graph.related, graph.marks)


def resumed(
    last: Stands | None, kept: index.Kept, beside: Around, settings: Settings, memory: index.Memory
) -> Findings | None:
    """The findings with what the edited notes say now; None where more than words may be otherwise."""
    if last is None or last.edition.name != name(kept, beside, settings):
        return None
    now, keys = pieces(kept), last.edition.keys
    edited = [number for number, at in enumerate(now) if at.key != keys[number]]
    if not kept.gone.keys() >= {keys[number] for number in edited}:
        return None
    edits = [pair for number in edited for pair in pairs(kept.gone[keys[number]], now[number], memory)]
    paths = {old.path for old, _ in edits}
    told = (*last.known.problems, *last.known.settled.problems)
    if any(problem.path in paths for problem in told):  # with their lines
        return None
    memory.renew(one for one in kept.files if one.found.path in paths)
    return after(last, kept, beside, memory, edits)


def after(
    last: Stands, kept: index.Kept, beside: Around, memory: index.Memory, edits: list[tuple[Note, Note]]
) -> Findings:
    """The findings after these edits."""
    settled, places, now = last.known.settled, last.known.places, pieces(kept)
    shelf = index.Shelf(memory, kept.files, settled.catalog.notes, places, {}, own=compose.OWN)
    words, before = link.unmoved(last.edition.words, edits), settled.catalog.notes
    if words is None:
        settled, _ = related_anew(settled, shelf)
        words = link.vocabulary(shelf[id_] for id_ in before)
    edited = {number for number, at in enumerate(now) if at.key != last.edition.keys[number]}
    notes = before | {id_: shelf[id_] for id_, (number, _) in places.items() if number in edited}
    files = {file.path: file for file in beside.files}
    settled = changed(
        settled,
        catalog=changed(settled.catalog, notes=notes),
        files=tuple(files[file.path] for file in settled.files),
    )
    lengths = {id_: note.words for id_, note in notes.items()}
    keys = tuple(at.key for at in now)
    edition = changed(last.edition, keys=keys, words=words, lengths=lengths)
    whole = index.Shelf(memory, kept.files, notes, places, lengths, own=compose.OWN, whole=notes)
    known = changed(last.known, settled=settled)
    return Findings(settled, known.problems, whole, known, edition, None, anew=True)
