"""Why the content of a file is otherwise: which of the things that it was made of are, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from vault.compose.watched import LENGTH, LINK, WHOLE
from vault.disk.stage import CONTENT, Made, Staged
from vault.records import Catalog, Note, changed
from vault.records.views import Output
from vault.tuples import NamedTuple

if TYPE_CHECKING:
    from vault.build.traces import Past

MOST = 3
"""Causes that are named; of others it is said how many they are."""

OWN, AROUND = "its own text", "what links to it, is related or stands beside it"
GIVEN = "which notes it lists, or the day"
LISTS = "the lists of the whole vault"


def with_cause(staged: Staged, why: str) -> Staged:
    return changed(staged, reason=f"{CONTENT}: {why}") if staged.reason == CONTENT else staged


class Causes(NamedTuple):
    """Tells them; ``line_of`` says at which line of its file a note begins."""

    past: Past
    catalog: Catalog
    line_of: Callable[[str], int]

    def explained(self, made: Made, output: Output, reads: Iterable[str]) -> Made:
        """What was made of a file, with the causes where its content is why it is written."""
        why = "; ".join(self.told(self.past.causes(output, reads), output))
        staged = [with_cause(one, why) for one in made.staged] if why else made.staged
        return changed(made, staged=staged)

    def told(self, names: Iterable[str], output: Output) -> Iterator[str]:
        """``its own text``, ``b.md``, ``tag rl``, ``and 4 more``."""
        every = list(dict.fromkeys(self.every(sorted(names), output)))
        yield from islice(every, MOST)
        if len(every) > MOST:
            yield f"and {len(every) - MOST} more"

    def every(self, names: list[str], output: Output) -> Iterator[str]:
        """Notes that say something else themselves; where there is none, what is otherwise around them."""
        ids = dict.fromkeys(name.removeprefix(WHOLE) for name in names)
        notes = [(note, self.says_more(id_)) for id_ in ids if (note := self.catalog.notes.get(id_))]
        own = [anew for note, anew in notes if note.path == output.owner]
        if own:
            yield OWN if any(own) else AROUND
        others = [note for note, anew in notes if anew and note.path != output.owner]
        yield from map(self.place, others)
        if not others and not any(own):
            yield from self.around(names, output)

    def says_more(self, note_id: str) -> bool:
        """Whether a note says something else than in the last build, or was not there."""
        past = self.past
        return past.is_other(WHOLE + note_id) or (past.is_new(note_id) and past.is_new(WHOLE + note_id))

    def around(self, names: list[str], output: Output) -> Iterator[str]:
        found = False
        for name in names:
            if note := self.catalog.notes.get(name.removeprefix(LENGTH)):
                found = True
                if note.path != output.owner:
                    yield self.place(note)
            elif self.catalog.tags.get(name.removeprefix(LINK)):
                yield f"tag {name.removeprefix(LINK)}"
            elif self.catalog.works.get(name):
                yield f"paper {name}"
        if names and not found:
            yield GIVEN if names == [""] else LISTS

    def place(self, note: Note) -> str:
        line = self.line_of(note.id)
        return f"{note.path}:{line}" if line > 1 else note.path
