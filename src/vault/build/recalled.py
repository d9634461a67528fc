"""What the last build found out about its notes, where they say what they said but for words and lines."""

from __future__ import annotations

from vault import compose, index, link
from vault.build.around import Around
from vault.build.findings import EVERY, FOUND, Edition, Findings, cuts, name, related, shelf_of, whole
from vault.build.lines import Layout, layout, shifted
from vault.build.stored import Known, Rest, packs
from vault.compose.watched import ALL, LENGTH, WHOLE
from vault.records import Note, Settings, changed, decode, differing

Edits = dict[int, bytes]
"""Number of a piece -> its notes before, as encoded."""


def recalled(
    kept: index.Kept, beside: Around, settings: Settings, memory: index.Memory, planned_by: str
) -> Findings | None:
    """What the last build found, where it holds; None where it may not."""
    last = memory.load("edition", Edition)
    edits = edited(last, kept, beside, settings)
    if last is None or edits is None:
        return None
    before, pieces = memory.opened("known", Rest, whole(memory)), layout(kept.files, last.lines, set(edits))
    known = before and still(before, beside, pieces)
    if before is None or known is None:
        return None
    shelf = shelf_of(memory, kept, settings, known, last.lengths)
    ids = known.standing(pieces.edited)
    shelf.lengths = {**last.lengths, **{id_: shelf[id_].length for id_ in ids}}
    words, elsewhere = link.unmoved(last.words, pairs(edits, kept, memory)), frozenset[str]()
    if words is None:
        settled, words, elsewhere = related_anew(known.settled, shelf)
        known = changed(known, settled=settled)
    placed = known.standing(pieces.moved())
    moved = elsewhere.union(each for id_ in ids for each in (f"{WHOLE}{id_}", f"{LENGTH}{id_}", *EVERY))
    moved |= {f"{WHOLE}{id_}" for id_ in placed if shelf.is_lined(id_)}
    edition = Edition(last.name, planned_by, *cuts(kept), words, shelf.lengths)
    told = moved if planned_by == last.planned_by else None
    anew = bool(elsewhere) or known.told() != before.told()
    alike = told is not None
    return Findings(known.settled, known.problems, shelf, known, edition, told, anew, placed, alike)


def edited(last: Edition | None, kept: index.Kept, beside: Around, settings: Settings) -> Edits | None:
    """The pieces that have other words; None where more than words and lines may be otherwise."""
    if last is None or last.name != name(kept, beside, settings):
        return None
    now, _ = cuts(kept)
    keys = {number: last.keys[number] for number, key in enumerate(now) if key != last.keys[number]}
    if not kept.gone.keys() >= set(keys.values()):
        return None
    return {number: kept.gone[key] for number, key in keys.items()}


def still(known: Known, beside: Around, pieces: Layout) -> Known | None:
    """What is known, with problems at their lines and the files beside the notes as they are now; None where
    a problem may be another."""
    own, of_pages = shifted(known.problems, pieces), shifted(known.settled.problems, pieces)
    if own is None or of_pages is None:
        return None
    files = {file.path: file for file in beside.files}
    files_now = tuple(files[file.path] for file in known.settled.files)
    if (own, of_pages, files_now) == (known.problems, known.settled.problems, known.settled.files):
        return known  # the same object, of which there may be a plan already
    return changed(known, settled=changed(known.settled, files=files_now, problems=of_pages), problems=own)


def related_anew(
    settled: compose.Settled, shelf: index.Shelf
) -> tuple[compose.Settled, link.Vocabulary, frozenset[str]]:
    """With the related notes of the words as they are now; these; the names of what is otherwise for it."""
    found, before = settled.catalog, settled.graph
    notes = (shelf[id_] for id_ in found.notes)
    matter = link.matter(before, notes, found.work_of_note)
    words = link.vocabulary(matter)
    graph = link.relate(before, matter, related(before), words)
    new = packs(graph, FOUND)
    ids = differing(new["related"], before.related)
    names = frozenset((*ids, f"{ALL}graph.related")) if ids else frozenset[str]()
    return changed(settled, graph=changed(graph, **new)), words, names


def pairs(edits: Edits, kept: index.Kept, memory: index.Memory) -> list[tuple[Note, Note]]:
    """The notes of these pieces before and now."""
    pieces = [at for one in kept.files for at in one.pieces]
    both = [(decode(old, tuple[Note, ...]), memory.notes_at(pieces[n])) for n, old in edits.items()]
    return [pair for old, new in both for pair in zip(old, new, strict=True)]
