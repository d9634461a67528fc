"""Why the content of a file is otherwise: which of the things that it was made of are, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from vault.compose.watched import LENGTH, LINK, WHOLE
from vault.disk.stage import CONTENT, Made, Staged
from vault.records import Catalog, Note, changed
from vault.records.views import Output

if TYPE_CHECKING:
    from vault.build.traces import Past
    from vault.compose import SiteMap

MOST = 3
"""Causes that are named; of others it is said how many they are."""

OWN, AROUND = "its own text", "what links to it, is related or stands beside it"
GIVEN = "which notes it lists, or the day"
LISTS = "the lists of the whole vault"


def explained(past: Past, sitemap: SiteMap, made: Made, output: Output, reads: Iterable[str]) -> Made:
    """What was made of a file, with the causes where its content is why it is written."""
    why = "; ".join(causes(past.causes(output, reads), past, sitemap, output))
    staged = [with_cause(one, why) for one in made.staged] if why else made.staged
    return changed(made, staged=staged)


def with_cause(staged: Staged, why: str) -> Staged:
    return changed(staged, reason=f"{CONTENT}: {why}") if staged.reason == CONTENT else staged


def causes(names: Iterable[str], past: Past, sitemap: SiteMap, output: Output) -> Iterator[str]:
    """``its own text``, ``b.md``, ``tag rl``, ``and 4 more``."""
    every = list(dict.fromkeys(_told(sorted(names), past, sitemap.scope.catalog, output)))
    yield from islice(every, MOST)
    if len(every) > MOST:
        yield f"and {len(every) - MOST} more"


def _told(names: list[str], past: Past, catalog: Catalog, output: Output) -> Iterator[str]:
    """Notes that say something else themselves; where there is none, what is otherwise around them."""
    ids = dict.fromkeys(name.removeprefix(WHOLE) for name in names)
    notes = [(note, says_more(past, id_)) for id_ in ids if (note := dict.get(catalog.notes, id_))]
    own = [anew for note, anew in notes if note.path == output.owner]
    if own:
        yield OWN if any(own) else AROUND
    others = [note for note, anew in notes if anew and note.path != output.owner]
    yield from map(_of, others)
    if not others and not any(own):
        yield from _around(names, catalog, output)


def says_more(past: Past, note_id: str) -> bool:
    """Whether a note says something else than in the last build, or was not there."""
    return past.is_other(WHOLE + note_id) or (past.is_new(note_id) and past.is_new(WHOLE + note_id))


def _around(names: list[str], catalog: Catalog, output: Output) -> Iterator[str]:
    found = False
    for name in names:
        if note := dict.get(catalog.notes, name.removeprefix(LENGTH)):
            found = True
            if note.path != output.owner:
                yield _of(note)
        elif dict.get(catalog.tags, name.removeprefix(LINK)):
            yield f"tag {name.removeprefix(LINK)}"
        elif dict.get(catalog.works, name):
            yield f"paper {name}"
    if names and not found:
        yield GIVEN if names == [""] else LISTS


def _of(note: Note) -> str:
    return f"{note.path}:{note.line}" if note.line > 1 else note.path
