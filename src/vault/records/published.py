"""The site in its folder: what vault wrote there, what stands there now, what is to be done."""

from __future__ import annotations

from vault.records.base import Record
from vault.records.report import Report
from vault.records.source import Found


class Manifest(Record, frozen=True):
    """The files that vault owns in an output folder: path -> the digests its bytes may have.

    One digest for each after a whole build; while files take their places also the one that each
    is about to have.  ``notes`` counts the note files behind the site.
    """

    notes: int
    files: dict[str, tuple[str, ...]]


class Seen(Record, frozen=True):
    """A file as it stood when its bytes were known.

    ``settled``: it was older than that moment by enough for an equal stat to mean equal bytes.
    ``key`` names what a page was made of (``view templates tool``, digests; empty where that is unknown).
    """

    found: Found
    digest: str
    settled: bool
    key: str = ""


class Trace(Record, frozen=True):
    """What a file was made of: what its maker was given, and the numbers of the names that it read (four
    bytes each, little-endian: as integers those of a large vault would be most of its memory)."""

    given: bytes
    reads: bytes


class Traces(Record, frozen=True):
    """What every file of a build was made of.  ``stamp`` names what all pages share; ``digests`` are those
    of the values that ``names`` name, in their order; ``files`` are by path."""

    stamp: str
    names: tuple[str, ...]
    digests: tuple[str, ...]
    files: dict[str, Trace]


class Standing(Record, frozen=True):
    """What is in the output folder: regular files at planned or owned paths, anything else that
    stands at them or at a folder above them (path -> "folder", "link", "file" or "device"), and
    the manifest (None: the folder is not ours).  ``empty``: nothing there but dotfiles;
    ``unfinished``: the last build there was killed."""

    files: dict[str, Found]
    other: dict[str, str]
    manifest: Manifest | None
    empty: bool
    unfinished: bool = False


class Plan(Record, frozen=True):
    """What to do with the output folder beside writing: owned files to delete before the first
    write (they stand in the way of one) and after the last, and why nothing may be done."""

    first: tuple[str, ...]
    last: tuple[str, ...]
    refusals: tuple[str, ...]


class Last(Record, frozen=True):
    """The last build that ended well: what it was made from, what it said, how its outputs stood.

    ``signature`` names all inputs by their stat, ``unsettled`` are digests of those too young for that
    (file on disk, digest of its bytes).
    """

    signature: str
    unsettled: tuple[tuple[str, str], ...]
    report: Report
    outputs: tuple[Seen, ...]
