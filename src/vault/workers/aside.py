"""One thing that another process does meanwhile."""

from __future__ import annotations

import contextlib
import os
import signal
import struct
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from vault.records import decode, encode

T = TypeVar("T")
Q = TypeVar("Q")
LENGTH = struct.Struct("<Q")
"""Before a question: its length in bytes."""
PATIENCE = 10
"""Steps of priority below which a processor is as good as somebody else's."""


class Result(Generic[T]):
    """What another process does, when it is asked for: waits for it, and does it here where that process
    died or there is none (``reading`` -1)."""

    def __init__(self, work: Callable[[], T], kind: type[T], reading: int) -> None:
        self.work, self.kind, self.reading = work, kind, reading
        self.found: T | None = None

    def __call__(self) -> T:
        if self.found is None:
            found = received(self.reading, self.kind) if self.reading >= 0 else None
            self.found = self.work() if found is None else found
        return self.found


@contextlib.contextmanager
def aside(work: Callable[[], T], kind: type[T], *, patient: bool = False) -> Iterator[Result[T]]:
    """Begin ``work()`` in a forked process, where that is possible; ``patient`` lets others go first."""
    if not hasattr(os, "fork"):
        yield Result(work, kind, -1)
        return
    reading, writing = os.pipe()

    def telling() -> None:
        os.close(reading)
        write(writing, encode(work()))

    pid = doing(telling, patient=patient)
    os.close(writing)
    result = Result(work, kind, reading)
    try:
        yield result
    finally:
        os.close(reading)
        end(pid, at_once=result.found is None)


class Asked(Generic[Q, T]):
    """What another process answers when it is asked, once, by this one or by one that was forked since."""

    def __init__(self, kind: type[T], asking: int, reading: int) -> None:
        self.kind, self.asking, self.reading = kind, asking, reading
        self.found: T | None = None

    def ask(self, question: Q) -> None:
        """Whether there is anybody is seen by the answer."""
        data = encode(question)
        with contextlib.suppress(OSError):
            write(self.asking, LENGTH.pack(len(data)))
            write(self.asking, data)

    def __call__(self) -> T | None:
        """Waits for the answer; None where nobody asked, or the other process died or there is none."""
        self.close()
        if self.found is None and self.reading >= 0:
            self.found = received(self.reading, self.kind)
        return self.found

    def close(self) -> None:
        """Nobody will ask any more."""
        if self.asking >= 0:
            os.close(self.asking)
            self.asking = -1


@contextlib.contextmanager
def asked(answer: Callable[[Q], T], question: type[Q], kind: type[T]) -> Iterator[Asked[Q, T]]:
    """A forked process, where that is possible, that waits for a question and ends when it has answered."""
    if not hasattr(os, "fork"):
        yield Asked(kind, -1, -1)
        return
    (listening, asking), (reading, writing) = os.pipe(), os.pipe()

    def answering() -> None:
        os.close(asking)
        os.close(reading)
        found = heard(listening, question)
        if found is not None:
            write(writing, encode(answer(found)))

    pid = doing(answering, patient=False)
    os.close(listening)
    os.close(writing)
    result = Asked[Q, T](kind, asking, reading)
    try:
        yield result
    finally:
        result.close()
        os.close(reading)
        end(pid, at_once=result.found is None)


def doing(work: Callable[[], None], *, patient: bool) -> int:
    """A forked process that does this and ends; its id."""
    pid = os.fork()
    if not pid:
        try:
            if patient:
                os.nice(PATIENCE)
            work()
        finally:
            os._exit(0)
    return pid


def end(pid: int, *, at_once: bool) -> None:
    """Wait for a process; not for one that has told nothing, which nobody waits for any more."""
    if at_once:
        os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def heard(listening: int, kind: type[Q]) -> Q | None:
    """A question; None where nobody asks one to its end.  Who asks may not be the last that could."""
    with os.fdopen(listening, "rb") as file:
        head = file.read(LENGTH.size)
        size = LENGTH.unpack(head)[0] if len(head) == LENGTH.size else -1
        data = file.read(size) if size >= 0 else b""
    return decode(data, kind) if len(data) == size else None


def write(to: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(to, view) :]


def received(reading: int, kind: type[T]) -> T | None:
    """What another process writes; None where it is not whole."""
    data = b"".join(iter(lambda: os.read(reading, 1 << 20), b""))
    try:
        return decode(data, kind)
    except ValueError:
        return None
