"""What is shown ahead of the survey: which files were looked at since, and what became of their pages."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from vault.build import glance
from vault.compose.note import note_page
from vault.compose.planned import Maker
from vault.disk import stats
from vault.disk.names import is_note, is_passed_over, matcher, nfc, unusable
from vault.index import Bodies
from vault.records import Found, Note, Parsed, Vault
from vault.records.views import Output
from vault.serve.ahead import LARGE, Ahead, Ground, Overlay, laid
from vault.serve.snapshot import Snapshot
from vault.tuples import NamedTuple


class Glance(NamedTuple):
    """A note file as it was seen, and what it says."""

    found: Found
    parsed: tuple[Parsed, ...]


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

    def look(self, snapshot: Snapshot, file: str, standing: Sequence[Note]) -> Iterator[str]:
        """Look at a file; the pages to be made anew for it."""
        found = seen(self.vault, snapshot, file)
        before = self.glances.get(found.path) if found else None
        if found is None or not 0 < found.size <= LARGE or (before and before.found == found):
            return iter(())
        parsed = glance(self.vault, found)
        self.glances[found.path] = Glance(found, parsed)
        return self.lay(snapshot, found.path, parsed, standing)

    def renew(self, snapshot: Snapshot, standing: Sequence[Note]) -> list[str]:
        """Begin anew over another site: with what was saved since the look that it was made from."""
        self.overlay = self._ground = None
        known = {one.path: one for one in snapshot.looked.scan.found if one.path in self.glances}
        since = {
            path: one
            for path, one in self.glances.items()
            if one.found != known.get(path) and seen(self.vault, snapshot, one.found.file) == one.found
        }
        self.glances = since
        pages = (self.lay(snapshot, path, one.parsed, standing) for path, one in since.items())
        return [page for found in pages for page in found]

    def lay(
        self, snapshot: Snapshot, path: str, parsed: tuple[Parsed, ...], standing: Sequence[Note]
    ) -> Iterator[str]:
        """Lay the notes of a file over the site; their pages."""
        before = [note for note in standing if note.path == path]
        overlay = laid(self.ground(snapshot), self.overlay, before, parsed)
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
