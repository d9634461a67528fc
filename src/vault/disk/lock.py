"""One build at a time, and a place for what is remembered."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator

from vault.disk.find import CACHE
from vault.records import Vault, VaultError

WAIT = 2.0
"""Seconds that a second build waits for the first."""


@contextlib.contextmanager
def cache_folder(vault: Vault) -> Iterator[tuple[str, bool]]:
    """``.vault/`` of the vault, or (True) a temporary folder when that cannot be written."""
    folder = os.path.join(vault.root, CACHE)
    if _usable(folder):
        yield folder, False
        return
    import shutil  # noqa: PLC0415 - both take 5 ms, and hardly any vault needs them
    import tempfile  # noqa: PLC0415

    folder = tempfile.mkdtemp(prefix="vault-")
    try:
        yield folder, True
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _usable(folder: str) -> bool:
    """Whether the folder is there, ours to write, and shut to Git."""
    try:
        if os.path.islink(folder):
            return False
        os.makedirs(folder, exist_ok=True)
        ignore = os.path.join(folder, ".gitignore")
        if not os.path.exists(ignore):
            with open(ignore, "x", encoding="ascii") as file:
                file.write("*\n")
    except OSError:
        return False
    return os.access(folder, os.W_OK)


@contextlib.contextmanager
def locked(folder: str, wait: float = WAIT) -> Iterator[int]:
    """Hold the lock of a cache folder; the kernel frees it when this process ends, however it ends.

    Gives the time of the file system's own clock (ns), which may not be this machine's.  Raises
    VaultError, with exit code 75 and the process that holds it when one does.
    """
    file = os.path.join(folder, "lock")
    try:
        fd = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
    except OSError as error:
        raise VaultError(f"{file} cannot be opened: {error.strerror}", hint="Delete it.") from error
    try:
        _take(fd, time.monotonic() + wait)
        os.ftruncate(fd, 0)
        os.pwrite(fd, b"%d\n" % os.getpid(), 0)
        yield os.fstat(fd).st_mtime_ns
    finally:
        os.close(fd)


def _take(fd: int, until: float) -> None:
    while True:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError as error:
            if time.monotonic() >= until:
                other = os.pread(fd, 20, 0).decode("ascii", "replace").strip() or "unknown"
                raise VaultError(
                    f"another vault is at work in this vault (process {other})",
                    hint="Wait until it is done, or stop it.",
                    exit_code=75,
                ) from error
            time.sleep(0.05)
        except OSError:
            return  # a file system without locks
