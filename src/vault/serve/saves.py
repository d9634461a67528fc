"""Which saves wait to be shown ahead of the survey: not so many that a storm keeps readers waiting."""

from __future__ import annotations

import threading

WAITING = 8
"""Files that may wait at once."""
MOST = 60
"""Files that are shown between two surveys; a checkout of thousands is the survey's."""


class Saves:
    """Each file once, and not too many.  Used by any thread."""

    def __init__(self) -> None:
        self._lock = threading.Condition()
        self._waiting: set[str] = set()
        self._begun = self._open = 0

    def add(self, file: str) -> bool:
        """Whether this one is to be looked at: it is not waiting already, and there is room."""
        with self._lock:
            if file in self._waiting or len(self._waiting) >= WAITING or self._begun >= MOST:
                return False
            self._waiting.add(file)
            return True

    def begin(self, file: str) -> None:
        """It is looked at now: a save from here on is another one."""
        with self._lock:
            self._waiting.discard(file)
            self._begun += 1
            self._open += 1

    def end(self) -> None:
        """It has been looked at."""
        with self._lock:
            self._open -= 1
            self._lock.notify_all()

    def wait(self, seconds: float) -> None:
        """Let those that wait be shown, for so long."""
        with self._lock:
            self._lock.wait_for(lambda: not self._waiting and not self._open, seconds)

    def over(self) -> None:
        """A survey has ended."""
        with self._lock:
            self._begun = 0
