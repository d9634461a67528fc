"""Many tasks over forked processes.

Tasks are numbers in a pipe, and each process takes the next few when it is done with the last: a
slow one holds nobody up.  A child leaves its results in a file without a name.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import struct
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TypeVar

from vault.records import decode, encode
from vault.workers.aside import write

T = TypeVar("T")
HEAD = struct.Struct("<II")
"""Before each result: the number of its task, its length in bytes."""
TASK = struct.Struct("<I")
PIPE = 4096
"""Numbers that surely fit into a pipe, which holds 16 of Linux's pages or more."""
PAUSE = 0.01
"""Seconds between two looks at what others have done."""


def share(
    count: int,
    jobs: int,
    work: Callable[[int], T],
    kind: type[T],
    *,
    begin: Callable[[], None] = lambda: None,
    here: bool = True,
    late: bool = False,
) -> Iterator[tuple[int, T]]:
    """(number, ``work(number)``) of every number below ``count``, as they get done.

    ``begin`` is called first in each child.  Not ``here``: children alone work, so that what it takes never
    comes into this process.  ``late``: results are not held beside the work; they wait in files, those of
    this process too, until all is done.
    """
    if min(jobs, count) < 1 + here or not hasattr(os, "fork"):
        yield from ((number, work(number)) for number in range(count))
        return
    size = -(-count // PIPE)
    queue = queued(range(0, count, size))
    numbers = partial(taken, queue, size, count)
    left = set(range(count))
    with crew(jobs - here, queue, numbers, work, begin) as children:
        if late:
            children.append(Child(0, results()))
            for number in numbers() if here else ():
                save(children[-1].file, number, encode(work(number)))
        elif here:
            for number in numbers():
                yield number, work(number)
                left.discard(number)
                yield from told(news(children), kind, left)
        else:
            yield from told(watched(children), kind, left)
        for child in children:
            child.wait()
        yield from told(news(children), kind, left)
        yield from ((number, work(number)) for number in sorted(left))


@contextlib.contextmanager
def crew(
    size: int,
    queue: int,
    numbers: Callable[[], Iterator[int]],
    work: Callable[[int], T],
    begin: Callable[[], None],
) -> Iterator[list[Child]]:
    """Children at work on what is in a queue; none is left, nor the queue."""
    children: list[Child] = []
    try:
        gc.freeze()  # children that collect garbage would copy every page they look at
        for _ in range(size):
            children.append(forked(numbers, work, begin))
        yield children
    finally:
        os.close(queue)
        for child in children:
            child.end()
        gc.unfreeze()


def told(found: Iterable[tuple[int, bytes]], kind: type[T], left: set[int]) -> Iterator[tuple[int, T]]:
    """Results as what they are, which are not left to be done then."""
    for number, data in found:
        yield number, decode(data, kind)
        left.discard(number)


def news(children: list[Child]) -> Iterator[tuple[int, bytes]]:
    """What has been done since this was last asked."""
    return (one for child in children for one in child.inbox.new())


def watched(children: list[Child]) -> Iterator[tuple[int, bytes]]:
    """What is done, while anybody works."""
    while sum(child.works() for child in children):
        time.sleep(PAUSE)
        yield from news(children)


def queued(numbers: range) -> int:
    """The reading end of a pipe that holds these numbers and will get no more."""
    reading, writing = os.pipe()
    os.write(writing, b"".join(map(TASK.pack, numbers)))
    os.close(writing)
    return reading


def taken(queue: int, size: int, count: int) -> Iterator[int]:
    """The numbers this process is to do: a read of a pipe takes what no other process gets."""
    while task := os.read(queue, TASK.size):
        (first,) = TASK.unpack(task)
        yield from range(first, min(first + size, count))


def results() -> int:
    """A descriptor of a new file without a name."""
    import tempfile  # noqa: PLC0415 - 8 ms, for large builds only

    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())


def forked(
    numbers: Callable[[], Iterator[int]], work: Callable[[int], T], begin: Callable[[], None]
) -> Child:
    """A process that works, and leaves the results in a file."""
    file = results()
    parent, pid = os.getpid(), os.fork()
    if pid:
        return Child(pid, file)
    status = 1
    try:
        begin()
        for number in numbers():
            if os.getppid() != parent:
                break
            save(file, number, encode(work(number)))
        else:
            status = 0
    finally:
        os._exit(status)


def save(file: int, number: int, data: bytes) -> None:
    write(file, HEAD.pack(number, len(data)))
    write(file, data)


class Child:
    """A process (0: none, or none any more) and the file of its results."""

    def __init__(self, pid: int, file: int) -> None:
        self.pid, self.file, self.inbox = pid, file, Inbox(file)

    def works(self) -> bool:
        """Whether it has not ended yet."""
        if self.pid and os.waitpid(self.pid, os.WNOHANG)[0]:
            self.pid = 0
        return self.pid != 0

    def wait(self) -> None:
        if self.pid:
            os.waitpid(self.pid, 0)
            self.pid = 0

    def end(self) -> None:
        """Stop it, where it still works, and forget the results."""
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            self.wait()
        os.close(self.file)


class Inbox:
    """The results of a child, read while it goes on writing them; one that is not whole yet waits."""

    def __init__(self, file: int) -> None:
        self.file, self.read = file, 0

    def new(self) -> Iterator[tuple[int, bytes]]:
        size = os.fstat(self.file).st_size
        while self.read + HEAD.size <= size:
            number, length = HEAD.unpack(os.pread(self.file, HEAD.size, self.read))
            if self.read + HEAD.size + length > size:
                return
            data = os.pread(self.file, length, self.read + HEAD.size)
            self.read += HEAD.size + length
            yield number, data
