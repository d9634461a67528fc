"""The site that is served: the last good survey, what has gone wrong since, its pages as they are asked for.

``rebuild`` runs in one thread, ``make`` and ``glance`` in another, where the index lets two read it; what
stands is changed and made pages of one at a time.  ``state`` is replaced whole, and read by any.
"""

from __future__ import annotations

import contextlib
import threading
import traceback
from collections.abc import Callable, Iterable
from urllib.parse import quote

from vault import compose, heap
from vault.build import Look, Options, live
from vault.build.resumed import Stands
from vault.compose.planned import Maker
from vault.index import Bodies, DamagedError, UnusableError
from vault.naming import output_path
from vault.records import Vault, VaultError
from vault.serve import garbage
from vault.serve.front import Front
from vault.serve.memory import MovedError, Reader, opened
from vault.serve.pages import Page, Pages, attachments, page
from vault.serve.snapshot import Snapshot, kinds, made, taken
from vault.serve.state import RefusedError, State, after, crash, refuse_config
from vault.serve.trouble import Teller, Trouble

MOST_MOVED = 100
"""Addresses of notes that moved that are still known."""


class Site:
    """``token`` is that of the event stream (empty: pages get no live script), ``watched`` gives the
    paths of the pages that are open in a browser."""

    def __init__(
        self,
        vault: Vault,
        options: Options,
        folder: str | None,
        token: str = "",
        watched: Callable[[], Iterable[str]] = tuple,
    ) -> None:
        self.vault, self.options, self.token, self.watched = vault, options, token, watched
        self.state, self.pages = State(), Pages()
        self._attempts = self._uncollected = 0
        self._looked: Look | None = None
        self._gone: dict[str, str] = {}
        self._last: Stands | None = None
        self._front, self._stands = Front(vault), threading.RLock()
        self._folder, self._memory = folder, opened(folder)
        self._reader = Reader(folder) if folder is not None and self._memory.folder else None

    @property
    def apart(self) -> bool:
        """Whether pages may be made in another thread than surveys: not with an index in memory."""
        return self._reader is not None

    def close(self) -> None:
        with self._stands:
            self._memory.close()
            if self._reader:
                self._reader.close()

    def rebuild(self, looked: Look | VaultError, *, patient: bool = False) -> State:
        """Survey the vault anew; the new state, which has the old snapshot when the survey is refused.

        Raises MovedError, when ``patient``, for a vault that is not as it was looked at any more.
        """
        self._attempts += 1
        self._uncollected += 1
        self._memory.patient = patient
        with garbage.uncollected():
            return self.surveyed(looked)

    def surveyed(self, looked: Look | VaultError) -> State:
        self._looked = looked if isinstance(looked, Look) else self._looked
        teller = self.teller()
        try:
            if isinstance(looked, VaultError):
                raise looked
            self.accept(looked, teller)
        except RefusedError as error:
            self.refused(error.troubles)
        except VaultError as error:
            self.refused((teller.error(error),))
        except MovedError:
            self.undo()
            raise
        except Exception as error:
            if isinstance(error, DamagedError | UnusableError) and self._folder is not None:
                self.forget()
                return self.surveyed(looked)
            traceback.print_exc()
            self.refused((crash(error),))
        return self.state

    def forget(self) -> None:
        """Go on with an index in memory: the one on disk cannot be trusted or used."""
        with self._stands:
            self._memory.close()
            self._folder, self._memory, self._reader, self._last = None, opened(None), None, None

    def accept(self, looked: Look, teller: Teller) -> None:
        """Make the survey of this look the site.  Raises VaultError or RefusedError when it cannot be."""
        before = self.state.snapshot
        known = live(self.vault, self.options, looked, self._memory, self._last)
        refuse_config(known.problems, before, teller)
        snapshot = taken(known, looked, before)
        pages = self.probe(snapshot, teller, all_kinds=before is None or before.theme != snapshot.theme)
        state = after(self.state, snapshot, teller, self._attempts)
        with self._stands:
            self._memory.accept(known.catalog)
            self._last = Stands(known.findings.known, known.findings.edition)
            if self._reader:
                self._reader.follow(self._memory)
            self.pages.keep(snapshot.outputs)
            for path, page_ in pages.items():
                self.pages.put(path, page_)
            self.state = state
            self.remember_moves(before, snapshot)
            with contextlib.suppress(VaultError, DamagedError, UnusableError, LookupError):
                self.shown(snapshot, self._front.renew(snapshot, self._memory))

    def refused(self, troubles: tuple[Trouble, ...]) -> None:
        self.undo()
        self.state = self.state._replace(failures=troubles)

    def undo(self) -> None:
        """Remember what the site that stands was made of, and no more."""
        try:
            self._memory.refuse()
        except (DamagedError, UnusableError):
            self.forget()

    def probe(self, snapshot: Snapshot, teller: Teller, *, all_kinds: bool) -> dict[str, Page]:
        """Make the open pages, and with new templates one of each kind, so that a template's mistake is
        known before the site is replaced.  Raises RefusedError with all that were found."""
        pages = dict[str, Page]()
        paths = [path for path in dict.fromkeys(self.watched()) if path in snapshot.outputs]
        troubles, bodies = dict[str, Trouble](), Bodies(self._memory, snapshot.survey.catalog.notes)
        for path in dict.fromkeys([*paths, *kinds(snapshot)]) if all_kinds else paths:
            try:
                pages[path] = self.drawn(snapshot, path, self._attempts, bodies)
            except VaultError as error:  # one line's mistake sounds different on each kind of page
                trouble = teller.error(error)
                troubles.setdefault(trouble.place or trouble.message, trouble)
        if troubles:
            raise RefusedError(troubles.values())
        return pages

    def remember_moves(self, before: Snapshot | None, now: Snapshot) -> None:
        """Which note stood at an address that is no more."""
        for url in before.notes.keys() - now.notes.keys() if before else ():
            self._gone[output_path(url)] = before.notes[url] if before else ""
        while len(self._gone) > MOST_MOVED:
            del self._gone[next(iter(self._gone))]

    def moved(self, path: str) -> str:
        """Where the note is now whose page was this file; "" when it is not known, or still there."""
        snapshot = self.state.snapshot
        if snapshot is None or path in snapshot.outputs or path not in self._gone:
            return ""
        return quote(snapshot.survey.sitemap.url_of(self._gone[path]), safe="/%:@!$&'()*+,;=~")

    def glance(self, file: str) -> bool:
        """Show the note in this file as it is now, on its own page, before the survey that is to follow:
        whether there was something to show.  In the thread that makes pages."""
        with self._stands:
            snapshot = self.state.snapshot
            if snapshot is None or self.state.failures:
                return False
            with contextlib.suppress(VaultError, DamagedError, UnusableError, LookupError):
                return self.shown(snapshot, self._front.look(snapshot, file, self._memory))
            return False

    def shown(self, snapshot: Snapshot, paths: Iterable[str]) -> bool:
        """Make the pages of notes that are shown ahead."""
        for path in (found := list(paths)):
            self.render(snapshot, path, self.state.generation)
        return bool(found)

    def prepare(self) -> None:
        """Use a quiet moment: free what is not needed, make what the next save may need."""
        snapshot = self.state.snapshot
        if snapshot is not None:
            with self._stands:
                ground = self._front.ground(snapshot)
            _ = ground.resolver
            self._front.warm(snapshot)
        if self._uncollected >= garbage.MOST:
            self._uncollected = 0
            garbage.collect()
        heap.trim()

    def hold(self, notice: str) -> State:
        """Say why the site stays as it is."""
        self.state = self.state._replace(notice=notice)
        return self.state

    def teller(self) -> Teller:
        editor = self._looked.settings.serve_editor if self._looked else ""
        return Teller(self.vault, editor, self._looked)

    # Pages

    def ready(self, path: str) -> Page | None:
        """The page as it is in the state that stands, when that is known already."""
        found = self.pages.get(path)
        return found if found and found.generation == self.state.generation else None

    def make(self, path: str) -> Page | None:
        """The page in the state that stands; None when there is none.

        One whose template is wrong is what it was before, with its troubles.  Raises RefusedError when it
        never was.
        """
        with self._stands:
            return self.made(self.state, path)

    def made(self, state: State, path: str) -> Page | None:
        snapshot = state.snapshot
        if snapshot is None or path not in snapshot.outputs:
            return None
        try:
            return self.ready(path) or self.render(snapshot, path, state.generation)
        except VaultError as error:
            trouble = self.teller().error(error)
        except (DamagedError, UnusableError, LookupError) as error:
            trouble = crash(error)
        last = self.pages.get(path)
        if last is None:
            raise RefusedError([trouble])
        last = last._replace(troubles=(trouble,), generation=state.generation)
        self.pages.put(path, last)
        return last

    def render(self, snapshot: Snapshot, path: str, generation: int) -> Page:
        """The page of the site that stands, with what is shown ahead.  Raises VaultError when its template
        is wrong."""
        bodies = self._front.bodies(Bodies(self._reader or self._memory, snapshot.survey.catalog.notes))
        result = self.drawn(snapshot, path, generation, bodies, self._front.maker(path))
        self.pages.put(path, result)
        return result

    def drawn(
        self,
        snapshot: Snapshot,
        path: str,
        generation: int,
        bodies: compose.Bodies,
        make: Maker | None = None,
    ) -> Page:
        """The page of a snapshot; the last one, where that was made of the same."""
        last = self.pages.get(path)
        now = made(snapshot, path, bodies, last.made if last else None, make)
        if last and last.made is now and last.shown == attachments(now.data, snapshot):
            return last._replace(generation=generation, troubles=(), policy=last.policy and snapshot.policy)
        return page(now, path, snapshot, self.token, generation)
