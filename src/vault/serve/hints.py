"""Events of the file system, as hints: something may have changed, look again.

Nothing is believed of what they say.  Where they do not come at all (limits, network drives) looking
more often takes their place.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import threading
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from vault.disk.names import is_passed_over

SILENT = ("opened", "closed_no_write")
"""What reading a file causes: heeding it, every look would ask for another."""
OVER = ("closed", "moved")
"""What ends a save of a file."""
MOST_WRITTEN = 1_000
LIMITS = {errno.ENOSPC: "fs.inotify.max_user_watches", errno.EMFILE: "fs.inotify.max_user_instances"}
TOLD = (
    "cannot watch {folder}: the limit {limit} is reached; looking twice a second instead (raise it with: "
    "sudo sysctl {limit}={more})"
)
MORE = {errno.ENOSPC: 524_288, errno.EMFILE: 1_024}


class Dirty:
    """A flag that a thread can wait for, and when it was last raised (seconds, monotonic); ``written`` are
    files that someone has written to and not closed yet, and when."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self.at = 0.0
        self.written: dict[str, float] = {}

    def mark(self) -> None:
        self.at = time.monotonic()
        self._event.set()

    def writing(self, seconds: float) -> bool:
        """Whether a file was written to so lately, and not closed."""
        late = time.monotonic() - seconds
        for path, at in list(self.written.items()):
            if at <= late:
                self.written.pop(path, None)
        return bool(self.written)

    def note(self, path: str, kind: str) -> None:
        """An event of a file, and that something may have changed."""
        if kind != "modified":
            self.written.pop(path, None)
        elif len(self.written) < MOST_WRITTEN:
            self.written[path] = time.monotonic()
        self.mark()

    def wait(self, seconds: float) -> bool:
        """Whether it was raised within so many seconds; it is down again afterwards."""
        raised = self._event.wait(seconds)
        self._event.clear()
        return raised


class Handler(FileSystemEventHandler):
    """Raises the flag for everything that could be a save, and names the file of one that is over."""

    def __init__(self, root: str, shut: str, dirty: Dirty, saved: Callable[[str], None]) -> None:
        self.root, self.shut, self.dirty, self.saved = root, shut, dirty, saved

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in SILENT or (event.is_directory and event.event_type == "modified"):
            return
        paths = [os.fsdecode(path) for path in (event.src_path, event.dest_path) if path]
        for path in filter(self.counts, paths):
            self.dirty.note(path, event.event_type)
            if event.event_type in OVER:
                self.saved(path)

    def counts(self, path: str) -> bool:
        """Whether a path can be one of the vault's files: not hidden, not an editor's, not of the site."""
        if path == self.shut or path.startswith(self.shut + os.sep):
            return False
        parts = path.removeprefix(self.root).split(os.sep)
        return not any(is_passed_over(part) for part in parts if part)


class Hints:
    """Watches folders.  ``polling`` is set where that does not work; ``tell`` is told why."""

    def __init__(self, handler: Handler, tell: Callable[[str], None]) -> None:
        self.handler, self.tell = handler, tell
        self.polling = False
        self._observer: Any = None
        self._watched: dict[str, tuple[tuple[int, int], Any]] = {}

    def watch(self, folders: Iterable[tuple[str, bool]]) -> None:
        """See to it that these folders (and, where True, all below) are watched, as they are now: one
        that came later or was replaced is watched anew."""
        if self.polling:
            return
        try:
            for folder, deep in folders:
                self._watch(folder, deep)
        except OSError as error:
            self.give_up(error)

    def _watch(self, folder: str, deep: bool) -> None:
        before, now = self._watched.get(folder), identity(folder)
        if before and before[0] == now:
            return
        if before:
            with contextlib.suppress(KeyError, OSError):
                self._observer.unschedule(before[1])
            del self._watched[folder]
        if now is None:
            return
        if self._observer is None:
            self._observer = started()
        try:
            self._watched[folder] = (now, self._observer.schedule(self.handler, folder, recursive=deep))
        except FileNotFoundError:
            return
        if deep and unwatched(folder):
            raise OSError(errno.ENOSPC, "folders below are not watched", folder)

    def give_up(self, error: OSError) -> None:
        """Poll from now on."""
        self.polling = True
        self.stop()
        code = error.errno or 0
        folder = error.filename or self.handler.root
        if code in LIMITS:
            self.tell(TOLD.format(folder=folder, limit=LIMITS[code], more=MORE[code]))
        else:
            self.tell(f"cannot watch {folder} ({error.strerror or error}); looking twice a second instead")

    def stop(self) -> None:
        if self._observer is not None:
            self._observer.stop()
            self._observer.join(1)
        self._observer, self._watched = None, {}


def started() -> Any:
    """An observer at work.  What watchdog says of its own races is no news: the rescan finds what it lost.

    Raises OSError at a limit of the system.
    """
    warnings.filterwarnings("ignore", category=RuntimeWarning, module=r"watchdog\.")
    logging.getLogger("watchdog").setLevel(logging.CRITICAL + 1)
    observer = Observer()
    observer.start()
    return observer


def identity(folder: str) -> tuple[int, int] | None:
    """What tells a folder from another one of its name; None when there is none."""
    try:
        found = os.stat(folder)
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if os.path.isdir(folder) else None


def unwatched(folder: str) -> bool:
    """Whether the kernel watches fewer folders for this process than there are below this one: what
    watchdog could not add to a tree it passes over in silence.  False where that cannot be told."""
    watches = sum(1 for _ in kernel_watches())
    return bool(watches) and watches < sum(1 for _ in os.walk(folder))


def kernel_watches() -> Iterator[str]:
    """One line for each inotify watch of this process (Linux, proc(5))."""
    for fd in _names("/proc/self/fdinfo"):
        with contextlib.suppress(OSError), open(f"/proc/self/fdinfo/{fd}", encoding="ascii") as file:
            yield from (line for line in file if line.startswith("inotify "))


def _names(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []
