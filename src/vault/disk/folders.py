"""Folders of the site: made when a file needs them, removed when none does."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterable, Iterator

from vault.records import VaultError


def claim(folder: str) -> int:
    """A descriptor that holds the folder against other builds until it is closed.  Raises VaultError (75)."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(fd)
        hint = "Wait until it is done."
        raise VaultError(f"another vault is writing {folder}", hint=hint, exit_code=75) from error
    except OSError:
        pass  # a file system without locks
    return fd


def clear(folder: str) -> None:
    """Remove a folder of ours and the plain files in it.  Raises OSError when it holds anything else."""
    try:
        names = os.listdir(folder)
    except FileNotFoundError:
        return
    for name in names:
        os.unlink(os.path.join(folder, name))
    os.rmdir(folder)


def made(folders: Iterable[str]) -> list[str]:
    """Make these folders and those above them; the ones that were not there before, outermost first.

    Raises OSError, and then has made none.
    """
    new: list[str] = []
    done: set[str] = set()
    try:
        for folder in folders:
            for step in _steps(folder, done):
                done.add(step)
                if not os.path.isdir(step):
                    os.mkdir(step)
                    new.append(step)
    except OSError:
        unmade(new)
        raise
    return new


def _steps(folder: str, done: set[str]) -> Iterator[str]:
    """The folder and those above it that are not done yet, outermost first."""
    above = os.path.dirname(folder)
    if above not in done and above != folder and not os.path.isdir(above):
        yield from _steps(above, done)
    if folder not in done:
        yield folder


def unmade(folders: list[str]) -> None:
    """Remove folders that are empty, innermost first."""
    for folder in reversed(folders):
        with contextlib.suppress(OSError):
            os.rmdir(folder)
    folders.clear()


def prune(out: str, path: str) -> None:
    """Delete a file of the site, and the folders above it that this leaves empty.  Raises OSError."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        os.unlink(os.path.join(out, path))
    while path := path.rpartition("/")[0]:
        try:
            os.rmdir(os.path.join(out, path))
        except FileNotFoundError:
            continue
        except OSError:
            return


def writable(out: str, paths: Iterable[str]) -> Iterator[str]:
    """The folders of these paths that are there and cannot be written."""
    for folder in sorted({os.path.join(out, path.rpartition("/")[0]) for path in paths}):
        if os.path.isdir(folder) and not os.access(folder, os.W_OK | os.X_OK):
            yield folder
