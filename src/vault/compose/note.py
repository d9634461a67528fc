"""The page of a note, of an entry of a log, and of a log or a reading list as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any
from urllib.parse import quote

from vault.compose import citations, facts, rows, sources, words
from vault.compose.body import filled
from vault.compose.bylines import byline
from vault.compose.head import common
from vault.compose.mentions import mentioned
from vault.compose.note_head import note_head
from vault.compose.orders import listed
from vault.compose.own import numbered
from vault.compose.scope import Scope, Way
from vault.compose.series import series
from vault.compose.wholes import Bodies
from vault.records import Html, Note, Reason, Work
from vault.records.views import Anchor, Contents, Group, NotePage, RelatedNote, Row
from vault.tongue import Tongue

BANNERS = frozenset(("yaml-recovered", "yaml-refused", "header-limit", "note-limit", "note-crashed"))
"""Problems that readers of the page should know of; the others are the author's business."""

WORDS_A_MINUTE = 230


def note_page(scope: Scope, note_id: str, bodies: Bodies) -> NotePage:
    note = scope.whole[note_id]
    work = scope.work_of(note)
    url = scope.addresses.notes[note_id]
    way = scope.way(url)
    body, references = filled(scope, note, bodies, way)
    title, subtitle = rows.heading(note, work)
    earlier, later = neighbours(scope, way, note_id)
    template = note.layout if note.layout in scope.layouts else "note"
    return NotePage(
        **common(scope, url, template),
        **_of_paper(scope, way, note, work),
        **_around(scope, way, note),
        head=note_head(scope, note, work, url, (earlier, later)),
        title=title,
        subtitle=subtitle,
        state=rows.state(scope, note),
        rating=words.rating(scope.tongue, note.rating),
        when=rows.when(scope, note.date),
        minutes=minutes(note),
        tags=rows.tag_anchors(scope, way, note.tags),
        banner=tuple(_banner(note)),
        tldr=Html("") if note.lead else rows.say(note),
        contents=_contents(note),
        body=body,
        references=references,
        numbered=numbered(scope),
        prev=earlier,
        next=later,
        math=note.math,
        lang=rows.language(note, scope),
        dir=rows.direction(note, scope),
        draft=note.draft,
        abstract=work.abstract if work and not body.strip() else "",
        paper_first=bool(subtitle) and title != rows.title_html(note),
    )


def _of_paper(scope: Scope, way: Way, note: Note, work: Work | None) -> dict[str, Any]:
    """What the page tells of the paper, as keywords for its record."""
    bibtex, bibtex_href = facts.bibtex(scope, work)
    return {
        "authors": byline(scope, way, (work.authors if work else ()) or note.authors),
        "facts": facts.note_facts(scope, note, work),
        "buttons": facts.buttons(scope, note, work),
        "other_notes": _others(scope, way, note, work),
        "bibtex": bibtex,
        "bibtex_href": bibtex_href,
        "cites": citations.among(scope, way, work.cites if work else ()),
        "cited_by": citations.among(scope, way, work.cited_by if work else ()),
    }


def _around(scope: Scope, way: Way, note: Note) -> dict[str, Any]:
    """What stands around the text, as keywords for the page's record: other notes, days, its file."""
    return {
        "backlinks": mentioned(scope, way, scope.graph.backlinks.get(note.id, ())),
        "related": tuple(_related(scope, way, note.id)),
        "entries": tuple(_parts(scope, way, note)),
        "in_log": _in_log(scope, way, note),
        "series": series(scope, way, note),
        "created": rows.when(scope, note.date),
        "updated": rows.when(scope, note.updated),
        "source": sources.href(scope, note),
        "edit": _edit(scope, note),
    }


def minutes(note: Note) -> int:
    """Minutes to read it; nothing below a hundred words."""
    return max(1, round(note.words / WORDS_A_MINUTE)) if note.words >= 100 else 0


def _banner(note: Note) -> Iterator[str]:
    for found in note.problems:
        if found.code in BANNERS:
            line = f" (line {found.line})" if found.line else ""
            yield f"{words.capital(found.message)}{line}."


def _contents(note: Note) -> tuple[Contents, ...]:
    """Headings of the two upper levels that the note has."""
    levels = sorted({heading.level for heading in note.headings if heading.level})[:2]
    top = levels[0] if levels else 0
    return tuple(
        Contents(2 if heading.level == top else 3, heading.text, f"#{heading.anchor}")
        for heading in note.headings
        if heading.level in levels and heading.anchor
    )


# Its neighbours


def neighbours(scope: Scope, way: Way, note_id: str) -> tuple[Anchor | None, Anchor | None]:
    """The note before and the note after by date, with their days."""
    before, after = scope.orders.beside.get(note_id, ("", ""))
    earlier, later = (_neighbour(scope, way, id_) if id_ else None for id_ in (before, after))
    return earlier, later


def _neighbour(scope: Scope, way: Way, note_id: str) -> Anchor:
    note = scope.catalog.notes[note_id]
    day = rows.when(scope, note.date)
    own = rows.voice(scope, note)
    return Anchor(rows.short_title(note), way(scope.addresses.notes[note_id]), day.full if day else "", *own)


def _related(scope: Scope, way: Way, note_id: str) -> Iterator[RelatedNote]:
    for related in scope.graph.related.get(note_id, ()):
        if scope.visible(related.note):
            note = scope.catalog.notes[related.note]
            title = rows.title_html(note)
            why = ", ".join(_why(scope.tongue, reason) for reason in _telling(related.reasons))
            yield RelatedNote(way(scope.addresses.notes[note.id]), title, why, *rows.voice(scope, note))


def _telling(reasons: tuple[Reason, ...]) -> Iterator[Reason]:
    """The reasons worth printing: common words only where little else speaks for the two."""
    strong = sum(reason.kind != "words" for reason in reasons)
    return (reason for reason in reasons if reason.kind != "words" or strong < 2)


def _why(tongue: Tongue, reason: Reason) -> str:
    if reason.kind == "paper":
        return tongue.say("on the same paper")
    if reason.kind == "links":
        return tongue.say("linked")
    if reason.kind == "tags":
        return tongue.count("{n} shared tag", "{n} shared tags", reason.count)
    if reason.kind == "words" and reason.words:
        return tongue.say("both on {words}", words=words.joined(tongue, reason.words))
    if reason.kind == "words":
        return tongue.say("similar words")
    return tongue.count("cites the same paper", "cites the same {n} papers", reason.count)


def _others(scope: Scope, way: Way, note: Note, work: Work | None) -> tuple[Row, ...]:
    """Other notes on the same paper, by their own titles."""
    ids = scope.orders.noted.get(work.id, ()) if work else ()
    return rows.rows(scope, way, (id_ for id_ in ids if id_ != note.id))


# Logs and lists


def part_anchor(note: Note) -> str:
    """The id of an entry's row on the page of its log."""
    return f"entry-{note.id.rpartition('#')[2]}"


def _parts(scope: Scope, way: Way, note: Note) -> Iterator[Group]:
    """The entries of a log by day, the items of a list in one group, in the order of the file."""
    parts = [scope.catalog.notes[id_] for id_ in scope.orders.parts.get(note.id, ())]
    for at, (day, run) in enumerate(groupby(parts, key=lambda part: part.date)):
        found = list(run)
        label = rows.when(scope, day)
        undated = scope.tongue.say("Items") if note.kind == "list" else scope.tongue.say("Without a date")
        yield Group(
            anchor=f"day-{at + 1}",
            label=label.full if label else undated,
            note=_number(scope.tongue, note, len(found)),
            rows=tuple(rows.row(scope, way, part.id, anchor=part_anchor(part)) for part in found),
        )


def _number(tongue: Tongue, note: Note, parts: int) -> str:
    if note.kind == "list":
        return tongue.count("{n} item", "{n} items", parts)
    return words.entries(tongue, parts)


def _in_log(scope: Scope, way: Way, note: Note) -> Anchor | None:
    log = scope.catalog.notes.get(note.log)
    if log is None:
        return None
    place = f"#{part_anchor(note)}" if listed(note) else ""
    return Anchor(log.title, way(scope.addresses.notes[log.id] + place))


# Its edges


def _edit(scope: Scope, note: Note) -> str:
    """``edit_url`` with ``{path}`` and ``{line}`` filled in; the path at its end where it has neither."""
    pattern = scope.settings.edit_url
    if not pattern:
        return ""
    path = quote(note.path)
    if "{path}" not in pattern:
        return f"{pattern.rstrip('/')}/{path}"
    return pattern.replace("{path}", path).replace("{line}", str(note.line))
