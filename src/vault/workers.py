"""Many tasks over forked processes where that pays.  The results are those of one process.

Tasks are numbers in a pipe, and each process takes the next few when it is done with the last: a
slow one holds nobody up.  A child leaves its results in a file without a name.  What a child that
died was at is done again here, so an error shows once, and in the process that can tell it.
"""

from __future__ import annotations

import gc
import os
import signal
import struct
from collections.abc import Callable, Iterator
from typing import TypeVar

from vault.records import decode, encode

T = TypeVar("T")
HEAD = struct.Struct("<II")
"""Before each result: the number of its task, its length in bytes."""
TASK = struct.Struct("<I")
PIPE = 4096
"""Numbers that surely fit into a pipe, which holds 16 of Linux's pages or more."""


def share(
    count: int,
    jobs: int,
    work: Callable[[int], T],
    kind: type[T],
    *,
    begin: Callable[[], None] = lambda: None,
    size: int = 1,
) -> Iterator[tuple[int, T]]:
    """(number, ``work(number)``) of every number below ``count``, as they get done.

    ``size`` is how many in a row one process takes at a time; ``begin`` is called first in each child.
    """
    if jobs < 2 or count < 2 or not hasattr(os, "fork"):
        yield from ((number, work(number)) for number in range(count))
        return
    size = max(size, -(-count // PIPE))
    queue = queued(range(0, count, size))
    children: list[tuple[int, int]] = []
    left = set(range(count))
    try:
        gc.freeze()  # children that collect garbage would copy every page they look at
        children = [child(queue, size, count, work, begin) for _ in range(jobs - 1)]
        inboxes = [Inbox(file) for _, file in children]
        for number in taken(queue, size, count):
            yield number, work(number)
            left.discard(number)
            for done, data in (one for inbox in inboxes for one in inbox.new()):
                yield done, decode(data, kind)
                left.discard(done)
        for place, inbox in enumerate(inboxes):
            os.waitpid(children[place][0], 0)
            children[place] = (0, inbox.file)
            for done, data in inbox.new():
                yield done, decode(data, kind)
                left.discard(done)
        yield from ((number, work(number)) for number in sorted(left))
    finally:
        os.close(queue)
        for pid, file in children:
            if pid:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
            os.close(file)
        gc.unfreeze()


def beside(
    work: Callable[[], T],
    kind: type[T],
    meanwhile: Callable[[], object] = lambda: None,
    *,
    begin: Callable[[], None] = lambda: None,
) -> T:
    """``work()``, done in a forked process (it begins with ``begin``) while this one does ``meanwhile``;
    here, where that is impossible or the process died."""
    if not hasattr(os, "fork"):
        return work()
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            os.close(reading)
            begin()
            view = memoryview(encode(work()))
            while view:
                view = view[os.write(writing, view) :]
        finally:
            os._exit(0)
    os.close(writing)
    try:
        meanwhile()
        data = b"".join(iter(lambda: os.read(reading, 1 << 20), b""))
    finally:
        os.close(reading)
        os.waitpid(pid, 0)
    try:
        return decode(data, kind)
    except ValueError:
        return work()


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


def child(
    queue: int, size: int, count: int, work: Callable[[int], T], begin: Callable[[], None]
) -> tuple[int, int]:
    """A forked process that works, and a descriptor of the file that it leaves the results in."""
    import tempfile  # noqa: PLC0415 - 8 ms, for large builds only

    with tempfile.TemporaryFile() as file:
        left = os.dup(file.fileno())
    parent, pid = os.getpid(), os.fork()
    if pid:
        return pid, left
    status = 1
    try:
        begin()
        for number in taken(queue, size, count):
            if os.getppid() != parent:
                break
            save(left, number, encode(work(number)))
        else:
            status = 0
    finally:
        os._exit(status)


def save(file: int, number: int, data: bytes) -> None:
    view = memoryview(HEAD.pack(number, len(data)) + data)
    while view:
        view = view[os.write(file, view) :]


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
