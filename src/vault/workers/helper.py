"""Another process that does several things, one after another, as it is asked to."""

from __future__ import annotations

import contextlib
import os
import select
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from vault.records import Record, decode, encode
from vault.tuples import NamedTuple
from vault.workers.aside import LENGTH, doing, end, write

T = TypeVar("T")


class Task(NamedTuple):
    """What can be asked for: ``work`` takes a value of ``kind``, and gives one that can be encoded."""

    kind: Any
    work: Callable[[Any], Any]


class Request(Record, frozen=True):
    """The name of a task, and what it takes, encoded."""

    name: str
    value: bytes


class Helper:
    """Answers come in the order of the questions; there are none from a process that died, or where there
    is none (``reading`` -1), and whoever asked does it then."""

    def __init__(self, asking: int, reading: int) -> None:
        self.asking, self.reading = asking, reading
        self.asked = self.heard = 0
        self.told: dict[int, bytes] = {}

    def ask(self, name: str, value: Any = None) -> int:
        """Ask for a task; the number by which its answer is heard.  Where it is long, the answers to those of
        before are heard first: one that waits to be heard would keep the other process from hearing more."""
        data = encode(Request(name, encode(value)))
        while len(data) > SMALL and self.heard < self.asked:
            self.hear()
        with contextlib.suppress(OSError):
            write(self.asking, LENGTH.pack(len(data)) + data)
        self.asked += 1
        return self.asked - 1

    def answer(self, number: int, kind: type[T]) -> T | None:
        """Waits for it; None where there is none."""
        while self.heard <= number:
            self.hear()
        try:
            return decode(self.told[number], kind)
        except ValueError:
            return None

    def is_near(self, number: int) -> bool:
        """Whether it is there or on its way, or the other process has ended."""
        while self.heard < number and self.is_telling():
            self.hear()
        return self.heard > number or (self.heard == number and self.is_telling())

    def is_telling(self) -> bool:
        return self.reading >= 0 and bool(select.select([self.reading], [], [], 0)[0])

    def hear(self) -> None:
        self.told[self.heard] = framed(self.reading) if self.reading >= 0 else b""
        self.heard += 1


SMALL = 1000
"""Bytes of a question that surely fit into the pipe beside others."""


@contextlib.contextmanager
def helper(tasks: Mapping[str, Task], *, patient: bool = False) -> Iterator[Helper]:
    """A forked process, where that is possible, that does what it is asked to, one after another; it lets
    others go first where it is ``patient``."""
    if not hasattr(os, "fork"):
        yield Helper(-1, -1)
        return
    (listening, asking), (reading, writing) = os.pipe(), os.pipe()

    def helping() -> None:
        os.close(asking)
        os.close(reading)
        while data := framed(listening):
            request = decode(data, Request)
            task = tasks[request.name]
            told = encode(task.work(decode(request.value, task.kind)))
            write(writing, LENGTH.pack(len(told)) + told)

    pid = doing(helping, patient=patient)
    os.close(listening)
    os.close(writing)
    try:
        yield Helper(asking, reading)
    finally:
        os.close(asking)
        os.close(reading)
        end(pid, at_once=True)


def framed(reading: int) -> bytes:
    """What comes next, behind its length; nothing where it is not whole."""
    head = taken(reading, LENGTH.size)
    size = LENGTH.unpack(head)[0] if len(head) == LENGTH.size else 0
    data = taken(reading, size)
    return data if len(data) == size else b""


def taken(reading: int, size: int) -> bytes:
    """So many bytes; fewer where there are no more."""
    found = bytearray()
    while len(found) < size and (part := os.read(reading, size - len(found))):
        found += part
    return bytes(found)
