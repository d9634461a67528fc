"""The thread that looks: at every hint, and every two seconds without one."""

from __future__ import annotations

import os
import threading
import time
import traceback
from collections.abc import Callable, Iterator

from vault import disk
from vault.build import Look
from vault.records import Vault, VaultError
from vault.serve import pace
from vault.serve.hints import Dirty, Handler, Hints
from vault.tuples import NamedTuple


class Change(NamedTuple):
    """Something to survey: the look, what it shows in words, when it was first hinted at, whether to look
    again where notes have changed since, and the note files that changed, if they are few."""

    looked: Look | VaultError
    words: str
    began: float
    patient: bool = False
    notes: tuple[str, ...] = ()


class Held(NamedTuple):
    """Notes that vanished all at once: what the vault looked like, since when, how many looks agreed."""

    signature: str
    at: float
    agreed: int
    reason: str


class Duties(NamedTuple):
    """What the watcher calls.

    ``look`` gives the vault as it stands; ``publish`` makes it the site, and returns when that is done:
    whether it was, or has to be looked at again; ``hold`` is told why the site stays as it is ("" when
    that is over), ``tell`` what else is to be said; ``tidy`` is for when there is time; ``saved`` is told
    in another thread of a file whose save is over, as far as an event can say.
    """

    look: Callable[[], Look]
    publish: Callable[[Change], bool]
    hold: Callable[[str], None]
    tell: Callable[[str], None]
    tidy: Callable[[], None]
    saved: Callable[[str], None]


class Watcher:
    """The thread, and what it knows: the look that the site was made from."""

    def __init__(self, vault: Vault, duties: Duties) -> None:
        self.vault, self.duties = vault, duties
        self.dirty = Dirty()
        handler = Handler(vault.root, disk.site_folder(vault, None), self.dirty, duties.saved)
        self.hints = Hints(handler, duties.tell)
        self.base: pace.Base | None = None
        self.failed = ""
        self.held: Held | None = None
        self.unheard = 0
        self.again = 0
        self.untidy = 0
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._run, name="vault-watcher", daemon=True)

    def start(self, base: pace.Base | None) -> None:
        """Watch from here on; ``base`` is what the site was made from."""
        self.base = base
        self.untidy = 1  # the first survey, too, leaves something to do when there is time
        self.hints.watch(folders(self.vault, base.looked if base else None))
        self.dirty.mark()  # what changed since that look
        self._thread.start()

    def cease(self) -> None:
        """Have the thread end; what it waits for may be cancelled."""
        self._ends.set()
        self.dirty.mark()

    def stop(self, seconds: float) -> bool:
        """Whether the thread ended in time."""
        self.cease()
        if self._thread.is_alive():
            self._thread.join(seconds)
        self.hints.stop()
        return not self._thread.is_alive()

    def _run(self) -> None:
        while not self._ends.is_set():
            hinted = self.dirty.wait(self.pause())
            if self._ends.is_set():
                return
            try:
                if self.untidy >= pace.UNTIDY or (self.untidy and not hinted):
                    self.untidy = 0
                    self.duties.tidy()
                self.turn(hinted)
            except Exception:  # our own mistake: say so, and go on watching
                if self._ends.is_set():
                    return
                traceback.print_exc()
                self._ends.wait(pace.RESCAN)

    def pause(self) -> float:
        """Seconds until the next look that nothing asks for."""
        if self.untidy:
            return pace.POLL
        return pace.POLL if self.hints.polling or self.unheard > 1 else pace.RESCAN

    def turn(self, hinted: bool) -> None:
        """One look, and what follows from it."""
        began = self.dirty.at if hinted else time.monotonic()
        try:
            looked = self.settled()
        except VaultError as error:
            self.cannot(error, began)
            return
        self.hints.watch(folders(self.vault, looked))
        base = self.base and not self.failed and pace.unchanged(self.base, looked)
        if base:
            self.base = base
            self.release()
        elif not self.lost(looked):
            self.unheard = 0 if hinted else self.unheard + 1
            self.survey(looked, began)

    def survey(self, looked: Look, began: float) -> None:
        """Make it the site; or look again at once, but not for ever, where it changed meanwhile."""
        words, base = pace.account(self.base, looked, self.vault.root), pace.based(looked)
        notes, patient = pace.saved(self.base, looked), self.again < pace.AGAIN
        if self.duties.publish(Change(looked, words, began, patient, notes)):
            self.base, self.failed, self.again = base, "", 0
            self.untidy += 1
            self.calm()
        else:
            self.again += 1
            self._ends.wait(pace.QUIET / 2)
            self.dirty.mark()

    def settled(self) -> Look:
        """A look that shows no save half done, if one comes soon enough.  Raises VaultError."""
        until = time.monotonic() + pace.PATIENCE
        looked = None
        while looked is None or pace.restless(self.base, looked):
            while self.dirty.writing(pace.PATIENCE) and self.waiting(until):
                self.dirty.wait(pace.QUIET)
            if looked is not None:
                self.dirty.wait(pace.QUIET)
            looked = self.duties.look()
            if not self.waiting(until):
                break
        if self.base and self.base.looked.inputs.config != looked.inputs.config:
            return self.duties.look()  # vault.toml was read before its stat: read it as it stands now
        return looked

    def waiting(self, until: float) -> bool:
        return time.monotonic() < until and not self._ends.is_set()

    def cannot(self, error: VaultError, began: float) -> None:
        """The vault cannot be looked at: say so once."""
        if self.failed != error.message:
            self.failed = error.message
            self.duties.publish(Change(error, "", began))

    def lost(self, looked: Look) -> bool:
        """Whether notes vanished in a way that is not believed yet."""
        reason, now = pace.lost(self.base, looked), time.monotonic()
        if not reason:
            self.release()
            return False
        if self.held is None or self.held.reason != reason:
            self.duties.hold(f"{reason}; the pages are kept as they were")
        if self.held is None or self.held.signature != looked.signature:
            self.held = Held(looked.signature, now, 0, reason)
        elif now - self.held.at >= pace.RESCAN * 0.9:
            self.held = Held(looked.signature, now, self.held.agreed + 1, reason)
        believed = self.held.agreed >= pace.AGREED and not looked.scan.missing
        if believed:
            self.held = None
        return not believed

    def release(self) -> None:
        if self.held:
            self.held = None
            self.duties.hold("")

    def calm(self) -> None:
        """Let a burst of events pass: until none came for a moment, or for as long as one may keep us."""
        until = time.monotonic() + pace.BURST
        while (now := time.monotonic()) < until and not self._ends.is_set():
            quiet = now - self.dirty.at
            if quiet >= pace.QUIET:
                return
            self._ends.wait(pace.QUIET - quiet)


def folders(vault: Vault, looked: Look | None = None) -> Iterator[tuple[str, bool]]:
    """What to watch, and whether with all below it; without a look what every vault has."""
    yield vault.notes, True
    if vault.root == vault.notes:
        return
    yield vault.root, False
    yield os.path.join(vault.root, "templates"), True
    yield os.path.join(vault.root, "tags"), True
    yield os.path.join(vault.root, "digest"), True
    for name in looked.settings.library if looked else ():
        folder = os.path.dirname(os.path.join(vault.root, name))
        if folder != vault.root:
            yield folder, False
