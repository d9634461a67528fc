"""Notes that were saved since the survey that stands, on their own pages before the next one is over.

A survey of 10,000 notes takes seconds, and a reader waits for one page.  A note is parsed by itself and
laid over the site that stands: its page says at once what its file says.  What else it touches (lists,
backlinks, related notes, counts) is put right by the survey that follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from vault import naming
from vault.catalog.gather import without_inline_tags
from vault.catalog.status import with_defaults
from vault.compose.addresses import note_slug
from vault.compose.rows import tag_path
from vault.compose.scope import Scope, tag_links
from vault.index import Bodies
from vault.link.attachments import Shelf
from vault.link.resolve import Resolver
from vault.records import (
    Attachment,
    Body,
    Found,
    Note,
    Parsed,
    Resolved,
    Settings,
    Tag,
    changed,
    slot_key,
)
from vault.tuples import NamedTuple

LARGE = 200_000
"""Bytes of a file above which parsing it would keep readers waiting."""


class Overlay(NamedTuple):
    """The vault with these notes as they are now: what their pages are made from, the notes as they were
    parsed, the page of each."""

    scope: Scope
    parsed: dict[str, Parsed]
    pages: dict[str, str]


class Ahead(NamedTuple):
    """Bodies and texts of notes: of those that are shown ahead theirs, of the others the index's."""

    bodies: Bodies
    parsed: Mapping[str, Parsed]

    def __call__(self, note_id: str) -> Body:
        found = self.parsed.get(note_id)
        return found.body if found else self.bodies(note_id)

    def text(self, note_id: str) -> str:
        found = self.parsed.get(note_id)
        return found.text if found else self.bodies.text(note_id)


class Ground:
    """What notes are laid over: the scope of the site that stands, the files beside its notes, and whose
    file of the site is whose."""

    def __init__(self, scope: Scope, beside: Iterable[Found], taken: Mapping[str, object]) -> None:
        self.scope, self.beside, self.taken = scope, beside, taken

    @cached_property
    def resolver(self) -> Resolver:
        """Where links lead; its indexes take 0.15 s at 10,000 notes, so they are made when there is time,
        or for a link that the site has not."""
        beside = (Attachment(found.path, found.file, found.size, "") for found in self.beside)
        return Resolver(self.scope.catalog, Shelf(beside))


def laid(
    ground: Ground, overlay: Overlay | None, before: Sequence[Note], now: Sequence[Parsed], *, alone: bool
) -> Overlay | None:
    """The overlay with the notes of one file (of which there is one where it is ``alone``), which were
    ``before`` in the site that stands; None where nothing of them can be shown."""
    old = {note.id: note for note in before}
    if len({each.note.id for each in now}) < len(now):
        return None
    shown: dict[str, Parsed] = {}
    known = overlay.parsed if overlay else {}
    for each in now:
        id_ = each.note.id
        note = placed(ground, old.get(id_), each.note, alone=alone, again=id_ in known)
        if note is not None:
            shown[note.id] = changed(each, note=note)
    if not shown:
        return None
    scope = over(ground, overlay.scope if overlay else ground.scope, shown)
    parsed = {**known, **shown}
    return Overlay(scope, parsed, {naming.output_path(scope.addresses.notes[id_]): id_ for id_ in parsed})


def placed(ground: Ground, was: Note | None, now: Note, *, alone: bool, again: bool) -> Note | None:
    """The note as its page is to show it; None for one that is as it was (unless it was otherwise in
    between: ``again``), or waits for the survey."""
    settings, stands = ground.scope.settings, ground.scope.catalog.notes.get(now.id)
    if now.private or (now.draft and not settings.drafts):
        return None
    if was is None:
        new = stands is None and alone and now.kind == "note" and not now.slug
        return completed(now, settings) if new else None
    if stands is None or stands.kind != now.kind or (was.digest == now.digest and not again):
        return None
    return completed(renewed(stands, was, now), settings)


def renewed(stands: Note, was: Note, now: Note) -> Note:
    """The note of the site with what its file says otherwise now (the vault may say more of it)."""
    own = {"status": now.status, "priority": now.priority}
    fields = {name: getattr(now, name) for name in Note.__struct_fields__}
    return changed(
        stands, **own | {name: value for name, value in fields.items() if value != getattr(was, name)}
    )


def completed(note: Note, settings: Settings) -> Note:
    """The note with what every note has."""
    note = with_defaults(note, settings.default_priority)
    return note if settings.inline_tags else without_inline_tags(note)


def over(ground: Ground, scope: Scope, shown: Mapping[str, Parsed]) -> Scope:
    """The scope with these notes, with tags of theirs that are new, with their links, and with addresses
    for those that have none."""
    notes = {**scope.catalog.notes, **{id_: each.note for id_, each in shown.items()}}
    tags = scope.catalog.tags | dict(new_tags(scope, shown.values()))
    resolved = scope.graph.resolved | {id_: links(ground, each.note) for id_, each in shown.items()}
    addresses = changed(
        scope.addresses,
        notes={**scope.addresses.notes, **dict(new_urls(ground, scope, shown))},
        tags={**{path: naming.tag_url(path) for path in tags}, **scope.addresses.tags},
    )
    catalog = changed(scope.catalog, notes=notes, tags=tags)
    graph = changed(scope.graph, resolved=resolved)
    lengths = {**scope.lengths, **{id_: each.note.length for id_, each in shown.items()}}
    ways = tag_links(catalog, addresses)
    known = scope.replaced(catalog=catalog, graph=graph, addresses=addresses, tag_links=ways)
    return known.replaced(whole=notes, bare=notes, lengths=lengths)


def new_tags(scope: Scope, shown: Iterable[Parsed]) -> Iterator[tuple[str, Tag]]:
    """Tags that no note had."""
    for each in shown:
        for tag in each.note.tags:
            if (path := tag_path(tag)) and path not in scope.catalog.tags:
                yield path, Tag(path, tag, (each.note.id,), (each.note.id,))


def links(ground: Ground, note: Note) -> dict[str, Resolved]:
    """Where the links of a note lead."""
    table = dict(ground.scope.graph.resolved.get(note.id, {}))
    for link in note.links:
        key = slot_key(link.kind, link.paper.key if link.paper else link.target, link.anchor)
        if link.kind != "web" and key not in table and (found := ground.resolver.resolve(note, link)):
            table[key] = found
    return table


def new_urls(ground: Ground, scope: Scope, shown: Mapping[str, Parsed]) -> Iterator[tuple[str, str]]:
    """Addresses of notes that have none.  Raises LookupError where it is another's."""
    for id_, each in shown.items():
        if id_ not in scope.addresses.notes:
            url = naming.note_url(each.note.date, note_slug(each.note))
            if naming.output_path(url) in ground.taken:
                raise LookupError(url)
            yield id_, url
