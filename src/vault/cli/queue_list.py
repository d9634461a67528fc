"""The queue as the terminal shows it: in the order of the site's page, with age and reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vault.build import Survey
from vault.cli.terminal import count, say
from vault.compose import queue, words
from vault.compose.rows import best_url
from vault.compose.unnoted import identity
from vault.records import Date, Mention, Note
from vault.tongue import ENGLISH

if TYPE_CHECKING:
    from vault.compose.scope import Scope

LABELS = {1: "Next", 2: "Soon", 3: "Someday"}


def documents(found: Survey, today: Date) -> list[dict[str, Any]]:
    """All that ``--json`` prints: notes in their order, then the papers that notes only mention."""
    scope = found.sitemap.scope
    rows = [note_document(scope, note, today) for note in in_order(scope)]
    return [*rows, *(mention_document(found, mention) for mention in found.graph.mentioned)]


def in_order(scope: Scope) -> tuple[Note, ...]:
    """What is being read, what waits, open items of lists: their places here are the numbers they go by."""
    return (*queue.reading(scope), *queue.waiting(scope), *queue.from_lists(scope))


def show(found: Survey, today: Date) -> None:
    scope, group = found.sitemap.scope, ""
    notes = in_order(scope)
    for number, note in enumerate(notes, 1):
        label = label_of(scope, note)
        if label != group:
            say(label, bold=True)
            group = label
        waited = words.age(ENGLISH, queue.days(queue.since(note), today))
        say(f"{number:4}  {waited:>10}  {note.title}")
        if note.why:
            say(f"{'':18}{note.why}")
    say(last_line(notes, len(found.graph.mentioned)))


def label_of(scope: Scope, note: Note) -> str:
    if note.status == "reading":
        return "Reading now"
    return "From lists" if note.kind == "item" else LABELS[min(3, queue.priority(scope, note))]


def last_line(notes: tuple[Note, ...], mentions: int) -> str:
    """``9 papers waiting, 2 being read; 14 more are mentioned and have no note``."""
    reading = sum(note.status == "reading" for note in notes)
    waiting = count(len(notes) - reading, "paper")
    more = (
        f"; {mentions:,} more {'is mentioned and has' if mentions == 1 else 'are mentioned and have'} no note"
    )
    return f"{waiting} waiting, {reading} being read{more if mentions else ''}"


def note_document(scope: Scope, note: Note, today: Date) -> dict[str, Any]:
    """A note that waits or is being read, in the shape of docs/cli.md."""
    work = scope.work_of(note)
    added = queue.added(note)
    return {
        "title": note.title,
        "paper": work.id if work else None,
        "note": note.id,
        "status": note.status,
        "priority": queue.priority(scope, note),
        "added": added.iso if added else None,
        "age_days": queue.days(added, today),
        "why": note.why,
        "via": note.via,
        "source": "list" if note.kind == "item" else "note",
    }


def mention_document(found: Survey, mention: Mention) -> dict[str, Any]:
    """A paper without a note; its why is the sentence that mentions it, its via the note of that sentence."""
    paper = identity(mention.work, found.catalog.works.get(mention.work))
    place = next(iter(mention.places), None)
    return {
        "title": mention.title,
        "paper": paper.key if paper else mention.work,
        "note": None,
        "status": None,
        "priority": None,
        "added": None,
        "age_days": None,
        "why": place.sentence if place else "",
        "via": place.note if place else "",
        "source": "mention",
    }


def show_next(found: Survey) -> None:
    """The first paper that waits: title, why, where its note and the paper are."""
    scope = found.sitemap.scope
    waiting = (*queue.waiting(scope), *queue.from_lists(scope))
    if not waiting:
        say("Nothing waits. `vault add` puts papers into the queue.")
        return
    note = waiting[0]
    work = scope.work_of(note)
    say(note.title, bold=True)
    url = best_url(work) if work else ""
    for line in filter(None, (note.why, f"notes/{note.path}:{note.line}", url)):
        say(line)
