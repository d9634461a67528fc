"""What the file system says of a file, as a record."""

from __future__ import annotations

import os

from vault.records import Found


def found(path: str, file: str, s: os.stat_result) -> Found:
    """The file at ``file``, known as ``path``, as its stat describes it."""
    return Found(path, file, s.st_size, s.st_mtime_ns, s.st_ctime_ns, s.st_ino)


def is_as_seen(found: Found, s: os.stat_result) -> bool:
    """Whether a file at the same place has the stat that it had."""
    return (
        found.mtime_ns == s.st_mtime_ns
        and found.size == s.st_size
        and found.ctime_ns == s.st_ctime_ns
        and found.inode == s.st_ino
    )
