"""What comes through the door: files found, texts read, pieces cut."""

from __future__ import annotations

from vault.records.base import Record

TICK_NS = 2_000_000_000
"""The coarsest clock of a file system (FAT): two changes nearer than that may leave equal stats."""
FINE_NS = 100_000_000
"""Ten times the slowest tick of a system clock: for times with digits below a millisecond, which no
file system has whose own clock is coarse."""


class Found(Record, frozen=True):
    """A file seen by the scan, not read yet.

    ``path`` is relative to the notes folder, POSIX, in NFC; ``file`` is the path to open, as the
    disk spells it.  The other fields are its stat: bytes, nanoseconds, inode.
    """

    path: str
    file: str
    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int

    def settled(self, looked_ns: int) -> bool:
        """Older than the look at it by a tick, so that any later change shows in its stat (the rule of
        Git's index for "racy" entries)."""
        return is_settled(self.mtime_ns, self.ctime_ns, looked_ns)


def is_settled(mtime_ns: int, ctime_ns: int, looked_ns: int) -> bool:
    """Whether these times are older than the look by a tick of the clock that they were taken from."""
    fine = mtime_ns % 1_000_000 and ctime_ns % 1_000_000
    return max(mtime_ns, ctime_ns) < looked_ns - (min(FINE_NS, TICK_NS) if fine else TICK_NS)


class Source(Record, frozen=True):
    """One note file as text: BOM dropped, line ends LF, NUL replaced.  ``digest`` names the text."""

    path: str
    text: str
    digest: str


class Piece(Record, frozen=True):
    """The unit that is parsed and remembered: a whole note, or one dated section of a log.

    ``line`` is where the piece starts in its file (1 for a whole note); lines inside whatever is
    parsed from it count from 1 and are shifted afterwards, so it is no part of the memo key.
    ``context`` is what the piece inherits from above it in the same file, as encoded by
    ``parse.split`` (empty for a whole note).
    """

    path: str
    line: int
    text: str
    context: bytes = b""


class Attachment(Record, frozen=True):
    """A file beside the notes that a note may show or link: bytes size, digest, pixel size or 0."""

    path: str
    file: str
    size: int
    digest: str
    width: int = 0
    height: int = 0
