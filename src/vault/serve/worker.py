"""A thread that does one thing at a time: one surveys the vault, one makes pages."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import TypeVar

T = TypeVar("T")
Job = Callable[[], None]


class Worker:
    """Does what it is asked in the order it was asked.

    The thread is a daemon: a long survey never keeps the process from ending.
    """

    def __init__(self, name: str = "vault-worker") -> None:
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._lock, self._over = threading.Lock(), False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def ask(self, use: Callable[[], T]) -> Future[T]:
        """The result of ``use``, to come; it is cancelled when nothing is done any more."""
        future: Future[T] = Future()

        def job() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                result = use()
            except BaseException as error:  # it is the asker's
                future.set_exception(error)
            else:
                future.set_result(result)

        with self._lock:
            if self._over:
                future.cancel()
            else:
                self._jobs.put(job)
        return future

    def stop(self, seconds: float) -> bool:
        """Let it finish what was asked; whether it did so in time."""
        with self._lock:
            self._over = True
            self._jobs.put(None)
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while job := self._jobs.get():
            job()
