"""A note file's text, read as carefully as a file that is not ours must be."""

from __future__ import annotations

import os
import stat

from vault.disk import stats
from vault.disk.find import is_inside
from vault.problems import problem
from vault.records import Found, Problem, Source, Vault, digest_of
from vault.tuples import NamedTuple

MOST_BYTES = 64_000_000
"""Of a longer file only so much is read: it is far over the limit of a note, which parse reports."""
TRIES = 3


class Read(NamedTuple):
    """What came of reading: the text (None: no note this time), the file's stat at that moment
    (None: it changed all the while, or is gone), and what was wrong with it."""

    source: Source | None
    found: Found | None
    problems: tuple[Problem, ...] = ()


def read(vault: Vault, found: Found) -> Read:
    """The note file as text.  Never raises: a file that cannot be read is a Problem, one that is
    gone since the scan is no note."""
    try:
        data, now = read_bytes(vault, found)
    except FileNotFoundError:
        return Read(None, None)
    except OSError as error:
        message = f"the file cannot be read: {error.strerror or error}"
        hint = "It is left out of the site until it can be read."
        return Read(None, None, (problem("file-unreadable", found.path, message, hint=hint),))
    try:
        text = decoded(data)
    except UnicodeDecodeError as error:
        return Read(None, now, (_not_utf8(found.path, data, error),))
    return Read(Source(found.path, text, digest_of(text.encode("utf-8"))), now)


def read_bytes(vault: Vault, found: Found) -> tuple[bytes, Found | None]:
    """The bytes, and the stat they belong to; read again while someone writes, up to three times
    (then None for the stat: look again next time).  Raises OSError."""
    data = b""
    for _ in range(TRIES):
        fd = opened(vault, found.file)
        try:
            before = os.fstat(fd)
            with open(fd, "rb", closefd=False) as file:
                data = file.read(MOST_BYTES)
            after = os.fstat(fd)
        finally:
            os.close(fd)
        whole = len(data) == min(after.st_size, MOST_BYTES)
        if whole and same(before, after):
            return data, stats.found(found.path, found.file, after)
    return data, None


def opened(vault: Vault, file: str) -> int:
    """A descriptor of a regular file inside the vault, by a path without a link at its end.

    Raises OSError, also when a folder on the way has become a link out of the vault.
    """
    fd = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            raise OSError(None, "it is no regular file")
        if not is_inside(_real(fd, file), vault.root):
            raise OSError(None, "it lies outside the vault")
    except OSError:
        os.close(fd)
        raise
    return fd


def _real(fd: int, file: str) -> str:
    """Where an open file lies: asked from the kernel where it can tell, else from its path."""
    try:
        return os.readlink(f"/proc/self/fd/{fd}").removesuffix(" (deleted)")
    except OSError:
        return os.path.realpath(file)


def same(before: os.stat_result, after: os.stat_result) -> bool:
    """Whether nothing was written between two looks at an open file."""
    return stats.found("", "", before) == stats.found("", "", after)


def decoded(data: bytes) -> str:
    """UTF-8 to text: BOM dropped, line ends LF, NUL replaced.  Raises UnicodeDecodeError."""
    text = data.decode("utf-8").removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\0", "\ufffd") if "\0" in text else text


def foreign(data: bytes) -> tuple[str, str]:
    """A text that other programs wrote, as ``decoded`` gives one, and what it was read as where it is not
    UTF-8: UTF-16 by its mark, else Latin-1."""
    try:
        return decoded(data), ""
    except UnicodeDecodeError:
        wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
        text = data.decode("utf-16", "replace") if wide else data.decode("latin-1")
        return decoded(text.encode("utf-8", "replace")), "UTF-16" if wide else "Latin-1"


def _not_utf8(path: str, data: bytes, error: UnicodeDecodeError) -> Problem:
    line = data.count(b"\n", 0, error.start) + 1
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    what = "UTF-16" if wide else f"not UTF-8 (byte {error.start} is 0x{data[error.start]:02x})"
    hint = "Save it as UTF-8; it is left out of the site until then."
    return problem("encoding-invalid", path, f"the file is {what}", hint=hint, line=line)
