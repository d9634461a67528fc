"""Whose turn is it?  The time between two requests to a host, kept by all runs together."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
from collections.abc import Iterator

from vault.fetch.limits import Clock

FILE = "pace.json"


class Pace:
    """The last request to each host, in a file of the cache folder (None: in memory alone)."""

    def __init__(self, folder: str | None, clock: Clock | None = None) -> None:
        self.clock = clock or Clock()
        self.file = os.path.join(folder, FILE) if folder else ""
        self.last: dict[str, float] = {}

    def turn(self, host: str, interval: float) -> None:
        """Wait until ``interval`` seconds have passed since the last request to this host, of any run;
        another run that asks at the same time waits for this one's turn first."""
        with self.held():
            past = self.clock.now() - self.last.get(host, 0.0)
            # A clock that was set back must not make anybody wait for longer than the interval.
            wait = min(interval - past, interval) if past >= 0 else interval
            if wait > 0:
                self.clock.sleep(wait)
            self.last[host] = self.clock.now()

    def done(self, host: str) -> None:
        """The answer is here: the interval counts from now."""
        with self.held():
            self.last[host] = self.clock.now()

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """The file's content in ``last`` while nobody else may look; stored afterwards."""
        try:
            fd = os.open(self.file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
        except OSError:
            yield
            return
        try:
            with contextlib.suppress(OSError):
                fcntl.flock(fd, fcntl.LOCK_EX)
            self.last |= times(os.pread(fd, 10_000, 0))
            yield
            data = json.dumps({host: round(at, 3) for host, at in sorted(self.last.items())}).encode()
            with contextlib.suppress(OSError):
                os.ftruncate(fd, 0)
                os.pwrite(fd, data, 0)
        finally:
            os.close(fd)


def times(data: bytes) -> dict[str, float]:
    """Host -> seconds since 1970; nothing of a file that holds something else."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {host: float(at) for host, at in found.items() if isinstance(at, int | float) and at == at}  # noqa: PLR0124
