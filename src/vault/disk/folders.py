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
    """Remove a folder that is vault's alone, with all that is in it.  Raises OSError."""
    if os.path.islink(folder):
        os.unlink(folder)
    for here, folders, files in os.walk(folder, topdown=False):
        for name in files:
            os.unlink(os.path.join(here, name))
        for name in folders:
            path = os.path.join(here, name)
            os.unlink(path) if os.path.islink(path) else os.rmdir(path)
    with contextlib.suppress(FileNotFoundError):
        os.rmdir(folder)


def graft(fresh: str, standing: str) -> None:
    """Move files to their places in another folder: a folder as a whole where there is none yet.

    Raises OSError.
    """
    with os.scandir(fresh) as listing:
        entries = sorted(listing, key=lambda entry: entry.name)
    for entry in entries:
        target = os.path.join(standing, entry.name)
        if entry.is_dir(follow_symlinks=False) and is_folder(target):
            graft(entry.path, target)
        else:
            os.replace(entry.path, target)


def is_folder(path: str) -> bool:
    return os.path.isdir(path) and not os.path.islink(path)


def made(folder: str) -> list[str]:
    """Make a folder and those above it; the ones that were not there before, outermost first.

    Raises OSError, and then has made none.
    """
    missing: list[str] = []
    while not os.path.isdir(folder):
        missing.insert(0, folder)
        folder = os.path.dirname(folder)
    new: list[str] = []
    try:
        for step in missing:
            os.mkdir(step)
            new.append(step)
    except OSError:
        unmade(new)
        raise
    return new


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
