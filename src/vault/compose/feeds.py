"""Feeds of the site and of each tag: the newest notes whole, every address absolute."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final
from urllib.parse import quote, urlsplit

from vault.compose import rows
from vault.compose.body import for_feed
from vault.compose.scope import Scope
from vault.compose.watched import Once, Reads
from vault.compose.wholes import Bodies
from vault.patterns import lazy
from vault.records import Date, Note
from vault.records.views import FeedEntry, FeedPage
from vault.tuples import NamedTuple

TEMPLATE: Final = "feeds/atom.xml"
NEVER: Final = "1970-01-01T00:00:00Z"

KEPT: Final = 500_000
"""Characters of finished entries that wait for the next feed that needs them."""

_FORBIDDEN = lazy("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
"""What XML 1.0 cannot say."""


def kept(reads: Reads) -> Once:
    """Finished entries that the next feeds will need: both formats, and a note's several tags."""
    return Once(reads, KEPT, lambda entry: len(entry.content))


class Subject(NamedTuple):
    """What a feed is of: the page it belongs to, its title and description, its notes."""

    base: str
    title: str
    description: str
    notes: Sequence[str]


def site_feed(scope: Scope, kept: Once, atom: bool, bodies: Bodies) -> FeedPage:
    settings = scope.settings
    subject = Subject("/", settings.title, settings.description, scope.orders.timeline)
    return feed_of(scope, kept, subject, atom, bodies)


def tag_feed(scope: Scope, path: str, kept: Once, atom: bool, bodies: Bodies) -> FeedPage:
    """Notes of a tag and of the tags below it."""
    tag, notes = scope.catalog.tags[path], scope.orders.tagged[path].timeline
    title = f"{tag.label} · {scope.settings.title}"
    said = scope.tongue.say("Notes tagged {tag}.", tag=tag.label)
    subject = Subject(scope.addresses.tags[path], title, said, notes)
    return feed_of(scope, kept, subject, atom, bodies)


def author_subject(scope: Scope, key: str, notes: Sequence[str]) -> Subject:
    """Notes on an author's papers."""
    name = scope.catalog.authors[key].name
    dated = [id_ for id_ in notes if id_ in scope.orders.beside]
    title = f"{name} · {scope.settings.title}"
    said = scope.tongue.say("Notes on papers by {author}.", author=name)
    return Subject(scope.addresses.authors[key], title, said, dated)


def feed_of(scope: Scope, kept: Once, subject: Subject, atom: bool, bodies: Bodies) -> FeedPage:
    shown = subject.notes[: scope.settings.feed_items]
    entries = tuple(_entry(scope, kept, id_, bodies) for id_ in shown)
    url = f"{subject.base}feed.{'xml' if atom else 'json'}"
    return FeedPage(
        template=TEMPLATE if atom else "",
        url=url,
        id=scope.absolute(f"{subject.base}feed.xml"),
        title=clean(subject.title),
        description=clean(subject.description),
        home=scope.absolute(subject.base),
        self=scope.absolute(url),
        author=clean(scope.settings.author),
        lang=scope.settings.lang,
        updated=max((entry.updated for entry in entries), default=NEVER),
        entries=entries,
    )


def _entry(scope: Scope, kept: Once, note_id: str, bodies: Bodies) -> FeedEntry:
    """The entry of a note; the two formats and the feeds of its tags ask for it one after the other."""
    return kept(note_id, lambda: _made(scope, scope.catalog.notes[note_id], bodies))


def _made(scope: Scope, note: Note, bodies: Bodies) -> FeedEntry:
    work = scope.work_of(note)
    published = moment(note.date)
    content = for_feed(scope, note.id, bodies)
    abstract = f"<blockquote>{escape(work.abstract)}</blockquote>" if work and work.abstract else ""
    return FeedEntry(
        id=entry_id(scope, note),
        url=scope.absolute(scope.addresses.notes[note.id]),
        title=clean(rows.plain_title(note, work)),
        published=published,
        updated=max(published, moment(note.updated, "")),
        summary=clean(note.tldr),
        content=clean(content if content.strip() else abstract),
        authors=(clean(scope.settings.author),) if scope.settings.author else (),
        tags=tuple(clean(tag) for tag in note.tags),
        external=rows.best_url(work) if work else "",
        lang=rows.language(note, scope),
    )


def entry_id(scope: Scope, note: Note) -> str:
    """``tag:notes.example.org,2025:2025/lora`` (RFC 4151): it stays when the site moves to another
    path, and when ``feed.id`` is set, to another host."""
    authority = scope.settings.feed_id or (urlsplit(scope.settings.url).hostname or "")
    year = note.date.year if note.date else 0
    return f"tag:{authority},{year:04}:{quote(note.id, safe='/:@!$&()*+,;=-._~')}"


def moment(day: Date | None, never: str = NEVER) -> str:
    """A day at 00:00 UTC; a month or year counts from its first day."""
    return f"{day.year:04}-{day.month or 1:02}-{day.day or 1:02}T00:00:00Z" if day and day.year else never


def clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)
