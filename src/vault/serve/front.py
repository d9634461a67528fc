"""What is shown ahead of the survey: which files were looked at since, and what became of their pages."""

from __future__ import annotations

import os
import stat
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial

from vault.build import glance
from vault.compose.note import note_page
from vault.compose.planned import Maker
from vault.disk import stats
from vault.disk.names import is_note, is_passed_over, matcher, nfc, unusable
from vault.index import At, Bodies
from vault.records import Found, Note, Parsed, Vault
from vault.records.views import Output
from vault.serve.ahead import LARGE, Ahead, Ground, Overlay, laid
from vault.serve.memory import Draft
from vault.serve.snapshot import Snapshot
from vault.tuples import NamedTuple


class Glance(NamedTuple):
    """A note file as it was seen, and what it says; of one that was cut, the pieces that say what they say in
    the site that stands, and have done so ever since."""

    found: Found
    parsed: tuple[Parsed, ...]
    same: frozenset[str]


class Front:
    """The overlay of the site that stands.  One thread at a time."""

    def __init__(self, vault: Vault) -> None:
        self.vault = vault
        self.glances: dict[str, Glance] = {}
        self.overlay: Overlay | None = None
        self._ground: Ground | None = None
        self._cold = True

    def warm(self, snapshot: Snapshot) -> None:
        """Load what parses notes, by parsing the one that was saved last: the first save is to be as quick as
        those that follow."""
        found = (one for one in snapshot.looked.scan.found if one.size <= LARGE)
        last = max(found, key=lambda one: one.mtime_ns, default=None)
        if self._cold and last is not None:
            self._cold = False
            glance(self.vault, last)

    def look(self, snapshot: Snapshot, file: str, memory: Draft) -> Iterator[str]:
        """Look at a file; the pages to be made anew for it."""
        found = seen(self.vault, snapshot, file)
        before = self.glances.get(found.path) if found else None
        if found is None or not found.size or (before and before.found == found):
            return iter(())
        if found.size > LARGE and found.path not in memory.cuts:
            return iter(())
        return self.lay(snapshot, self.glanced(found, memory, before), memory)

    def glanced(self, found: Found, memory: Draft, before: Glance | None) -> Glance:
        """What a file says otherwise than the site that stands; of a log, in the days that were touched."""
        stands = frozenset(at.key for at in memory.cuts.get(found.path, ()))
        same = before.same if before else stands
        keys, parsed = glance(self.vault, found, same, LARGE)
        self.glances[found.path] = one = Glance(found, parsed, same & keys)
        return one

    def renew(self, snapshot: Snapshot, memory: Draft) -> list[str]:
        """Begin anew over another site: with what was saved since the look that it was made from."""
        self.overlay = self._ground = None
        known = {one.path: one for one in snapshot.looked.scan.found if one.path in self.glances}
        self.glances = {
            path: one
            for path, one in self.glances.items()
            if one.found != known.get(path) and seen(self.vault, snapshot, one.found.file) == one.found
        }
        for path, one in list(self.glances.items()):
            if path in memory.cuts or one.same:
                self.glanced(one.found, memory, None)
        pages = (self.lay(snapshot, one, memory) for one in self.glances.values())
        return [page for found in pages for page in found]

    def lay(self, snapshot: Snapshot, one: Glance, memory: Draft) -> Iterator[str]:
        """Lay the notes of a file over the site; their pages."""
        path, parsed = one.found.path, one.parsed
        cut = memory.cuts.get(path, ())
        before = [note for note in memory.standing if note.path == path and not stays(note, cut, one.same)]
        alone = not cut and len(parsed) == 1
        overlay = laid(self.ground(snapshot), self.overlay, before, parsed, alone=alone)
        if overlay is None:
            return iter(())
        self.overlay, ids = overlay, {each.note.id for each in parsed}
        for page, id_ in overlay.pages.items():
            if page not in snapshot.outputs:
                url = overlay.scope.addresses.notes[id_]
                snapshot.outputs[page] = Output(page, url, overlay.scope.catalog.notes[id_].path)
        return (page for page, id_ in overlay.pages.items() if id_ in ids)

    def ground(self, snapshot: Snapshot) -> Ground:
        """What is laid over."""
        if self._ground is None:
            beside = snapshot.looked.scan.attachments
            self._ground = Ground(snapshot.survey.sitemap.scope, beside, snapshot.outputs)
        return self._ground

    def bodies(self, bodies: Bodies) -> Ahead:
        return Ahead(bodies, self.overlay.parsed if self.overlay else {})

    def maker(self, page: str) -> Maker | None:
        """What makes the view of a page that is shown ahead."""
        if self.overlay is None or page not in self.overlay.pages:
            return None
        return partial(note_page, self.overlay.scope, self.overlay.pages[page])


def stays(note: Note, cut: Sequence[At], same: Collection[str]) -> bool:
    """Whether a note of the site that stands is in one of these pieces of its file, which was cut."""
    at = bisect_right(cut, note.line, key=lambda piece: piece.line) - 1
    return at >= 0 and cut[at].key in same


def seen(vault: Vault, snapshot: Snapshot, file: str) -> Found | None:
    """The note file at a path as it stands, when the scan would take it for one."""
    inside = os.path.relpath(file, vault.notes)
    path = nfc(inside.replace(os.sep, "/"))
    if path.startswith("../") or not is_note(path) or any(map(odd, inside.split(os.sep))):
        return None
    if ignored(path, snapshot.looked.settings.ignore):
        return None
    try:
        found = os.lstat(file)
    except OSError:
        return None
    return stats.found(path, file, found) if stat.S_ISREG(found.st_mode) else None


def odd(name: str) -> bool:
    return is_passed_over(name) or bool(unusable(name))


def ignored(path: str, globs: Iterable[str]) -> bool:
    """Whether the path or a folder above it is to be ignored."""
    match, parts = matcher(tuple(globs)), path.split("/")
    return any(match("/".join(parts[:end])) for end in range(1, len(parts) + 1))
