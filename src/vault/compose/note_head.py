"""What the head of a note's page says of it."""

from __future__ import annotations

from vault.compose import facts, jsonld, pictures, rows, sources
from vault.compose.head import Pairs, feeds, head
from vault.compose.scope import Scope
from vault.records import Note, Work
from vault.records.views import Anchor, Head


def note_head(
    scope: Scope, note: Note, work: Work | None, url: str, beside: tuple[Anchor | None, Anchor | None]
) -> Head:
    """``beside`` are the note before and the note after."""
    earlier, later = beside
    highwire = work is not None and scope.settings.highwire == "paper"
    pictured, card = pictures.metas(scope, note, url)
    return head(
        scope,
        url,
        rows.short_title(note),
        describe(scope, note, work),
        kind="article",
        robots="noindex" if note.unlisted else "",
        meta=(*(facts.citation_metas(note, work) if work and highwire else ()), *card),
        extra=(*_article(scope, note), *pictured),
        feeds=(*feeds(scope, url), *sources.alternate(scope, note)),
        cite_as=facts.cite_as(work) if work and highwire else "",
        jsonld=jsonld.article(scope, note, work, url),
        prev=earlier.href if earlier else "",
        next_=later.href if later else "",
    )


def describe(scope: Scope, note: Note, work: Work | None) -> str:
    """One line that says what a note is about."""
    if note.tldr:
        return note.tldr
    about = rows.about(scope, note, work)
    title = rows.plain_title(note, work)
    if work is None:
        return title
    return scope.tongue.say("Notes on {title}", title=title) + (f" ({about})" if about else "")


def _article(scope: Scope, note: Note) -> Pairs:
    date = note.date.iso if note.date and note.date.year else ""
    updated = note.updated.iso if note.updated and note.updated.year else ""
    return (
        ("article:published_time", date),
        ("article:modified_time", updated),
        ("article:author", scope.settings.author),
        *(("article:tag", tag) for tag in note.tags),
    )
