"""What to read next: the notes that wait, open items of reading lists, papers never noted."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from typing import Final

from vault import dates, papers
from vault.compose import filters, jsonld, rows, unnoted, words
from vault.compose.head import common, feeds, head
from vault.compose.scope import Scope, Way
from vault.compose.wholes import Bodies
from vault.records import Date, Html, Note, Work
from vault.records.views import Anchor, Choice, QueueGroup, QueuePage, QueueRow
from vault.tongue import marked_as

OPEN: Final = ("to-read", "reading")
"""What is in the queue."""

PRIORITIES: Final = (
    (1, "next", marked_as("priority", "Next")),
    (2, "soon", marked_as("priority", "Soon")),
    (3, "someday", marked_as("priority", "Someday")),
)


def waiting(scope: Scope) -> tuple[Note, ...]:
    """The notes to read, by priority, then the oldest first, undated last; no items of lists."""
    notes = [note for note in scope.listed() if note.status == "to-read" and note.kind != "item"]
    return _whole(scope, sorted(notes, key=lambda note: (priority(scope, note), *_age_key(note))))


def reading(scope: Scope) -> tuple[Note, ...]:
    """The notes being read, the latest begun first."""
    found = [note for note in scope.listed() if note.status == "reading"]
    begun = [note for note in found if since(note)]
    newest = sorted(begun, key=lambda note: dates.sort_key(since(note)), reverse=True)
    return _whole(scope, (*newest, *(note for note in found if not since(note))))


def from_lists(scope: Scope) -> tuple[Note, ...]:
    """Open items of reading lists, in the order of the files."""
    items = (note for note in scope.bare.values() if note.kind == "item" and note.status == "to-read")
    return _whole(scope, (note for note in items if not note.unlisted))


def dropped(scope: Scope, today: Date) -> tuple[Note, ...]:
    """What was given up in this month."""
    found = [(note, note.updated or note.date) for note in scope.listed() if note.status == "dropped"]
    month = today.year, today.month
    return _whole(scope, (note for note, day in found if day and (day.year, day.month) == month))


def priority(scope: Scope, note: Note) -> int:
    return note.priority or scope.settings.default_priority


def added(note: Note) -> Date | None:
    """The day from which a paper waits."""
    day = note.added or note.date
    return day if day and day.year else None


def since(note: Note) -> Date | None:
    """The day from which it is being read, else from which it waits."""
    begun = note.started if note.status == "reading" else None
    return begun if begun and begun.year else added(note)


def _age_key(note: Note) -> tuple[int, tuple[int, int, int], str]:
    day = added(note)
    return (0 if day else 1, dates.sort_key(day), note.id)


def _whole(scope: Scope, notes: Iterable[Note]) -> tuple[Note, ...]:
    return tuple(scope.catalog.notes[note.id] for note in notes)


def days(day: Date | None, today: Date) -> int | None:
    return dates.days_between(day, today) if day else None


def queue_page(scope: Scope, today: Date, _bodies: Bodies) -> QueuePage:
    url, way, say = "/queue/", scope.way("/queue/"), scope.tongue.say
    next_up = waiting(scope)
    items = from_lists(scope)
    groups = (
        _group(scope, "now", say("Reading now"), (_row(scope, way, note, today) for note in reading(scope))),
        *_by_priority(scope, way, next_up, today),
        _group(scope, "lists", say("From lists"), (_row(scope, way, note, today) for note in items)),
        _group(
            scope,
            "dropped",
            say("Dropped this month"),
            (_row(scope, way, n, today) for n in dropped(scope, today)),
            tight=True,
        ),
        unnoted.group(scope, way),
    )
    listed_rows = [row for group in groups for row in group.rows]
    total = len(next_up) + len(items)
    name = f"{say('Queue')}: {words.papers(scope.tongue, total)}"
    listed = [(note.title, scope.addresses.notes[note.id]) for note in (*next_up, *items)]
    return QueuePage(
        **common(scope, url, "queue", "queue"),
        head=head(
            scope,
            url,
            name,
            say("What to read next, and why."),
            feeds=feeds(scope, url),
            jsonld=jsonld.collection(scope, url, say("Queue"), listed),
        ),
        title=Html(say("Queue")),
        intro=_intro(scope, total, (*next_up, *items), today),
        groups=tuple(group for group in groups if group.rows),
        filters=_filters(scope, listed_rows),
    )


def _filters(scope: Scope, rows_: Sequence[QueueRow]) -> tuple[Choice, ...]:
    return filters.useful(
        filters.statuses(scope, (row.state.word for row in rows_ if row.state)),
        filters.tags(scope, (tuple(tag.text for tag in row.tags) for row in rows_)),
        filters.priorities(scope, (row.priority for row in rows_)),
        filters.ages(scope, (row.days for row in rows_)),
    )


def _by_priority(scope: Scope, way: Way, notes: Sequence[Note], today: Date) -> list[QueueGroup]:
    return [
        _group(
            scope,
            anchor,
            scope.tongue.say_as("priority", label),
            (_row(scope, way, note, today) for note in notes if min(3, priority(scope, note)) == number),
            number,
        )
        for number, anchor, label in PRIORITIES
    ]


def _group(
    scope: Scope, anchor: str, label: str, found: Iterable[QueueRow], rank: int = 0, *, tight: bool = False
) -> QueueGroup:
    listed = tuple(found)
    number = words.papers(scope.tongue, len(listed))
    note = scope.tongue.say("priority {rank}, {papers}", rank=rank, papers=number) if rank else number
    return QueueGroup(anchor, label, note, listed, tight=tight)


def _intro(scope: Scope, total: int, notes: Sequence[Note], today: Date) -> str:
    """``57 papers waiting. The oldest has waited 10 months.``"""
    if not total:
        return ""
    waited = [number for note in notes if (number := days(added(note), today)) is not None]
    longest, tongue = max(waited, default=-1), scope.tongue
    oldest = tongue.say("The oldest has waited {age}.", age=words.age(tongue, longest)) if longest > 0 else ""
    return " ".join(filter(None, (tongue.count("{n} paper waiting.", "{n} papers waiting.", total), oldest)))


def _row(scope: Scope, way: Way, note: Note, today: Date) -> QueueRow:
    work = scope.work_of(note)
    begun = note.status == "reading"
    day = since(note) if begun else note.updated or note.date if note.status == "dropped" else added(note)
    waited = days(day, today)
    log = scope.catalog.notes.get(note.log)
    title = rows.heading(note, work)[0]
    own, why = rows.voice_of_title(scope, note, title), rows.voice(scope, note)
    return QueueRow(
        href=way(scope.addresses.notes[note.id]),
        title=title,
        state=rows.state(scope, note),
        when=rows.when(scope, day),
        since=scope.tongue.say("since") if begun else "",
        age=words.age(scope.tongue, waited) if note.status != "dropped" else "",
        why=note.why,
        why_href="",
        via=note.via or (log.title if log else ""),
        paper=rows.about(scope, note, work),
        tags=rows.tag_anchors(scope, way, note.tags),
        links=_links(scope, note, work),
        priority=0 if note.status == "dropped" else min(3, priority(scope, note)),
        days=waited if note.status != "dropped" and waited is not None else -1,
        lang=own.lang,
        dir=own.dir,
        why_lang=why.lang,
        why_dir=why.dir,
        pages=_pages(note, work),
        minutes=_minutes(_pages(note, work)),
        command=_command(scope, note, work),
    )


def _pages(note: Note, work: Work | None) -> int:
    """The paper's length as the note's ``pages:`` says, else as a library or the lock file knows."""
    own = dict(note.extra).get("pages", "")
    return int(own) if own.isdecimal() and len(own) < 5 else work.pages if work else 0


def _minutes(pages: int) -> int:
    """Three minutes a page, in steps of five."""
    return -(-pages * 3 // 5) * 5


def _command(scope: Scope, note: Note, work: Work | None) -> str:
    """What to type once the paper is begun, or has been read; nothing for one that was given up, or that has
    neither a header nor a box."""
    if note.status not in OPEN or note.kind not in ("note", "item"):
        return ""
    verb = "done" if note.status == "reading" or note.kind == "item" else "start"
    return f"vault queue {verb} {shlex.quote(_handle(scope, note, work))}"


def _handle(scope: Scope, note: Note, work: Work | None) -> str:
    """What the command line calls the note: its paper's id, where no other note in the queue has it, else
    its file."""
    notes = (scope.catalog.notes[id_] for id_ in work.notes) if work else ()
    alone = sum(one.status in OPEN for one in notes) == 1
    paper = next((paper for paper in work.ids if paper.scheme in ("arxiv", "doi")), None) if work else None
    return papers.short(paper) if paper and alone else note.id


def _links(scope: Scope, note: Note, work: Work | None) -> tuple[Anchor, ...]:
    """The PDF, and the paper's page by its id."""
    pdf = rows.pdf_url(note, work)
    ids = work.ids if work else note.papers
    page = next(((paper, url) for paper in ids if (url := rows.abs_url(paper))), None)
    return (
        *((Anchor("PDF", pdf),) if pdf else ()),
        *((Anchor(unnoted.id_text(scope, page[0]), page[1]),) if page else ()),
    )
