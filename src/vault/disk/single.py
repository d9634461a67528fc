"""One file beside the site, written whole or not at all."""

from __future__ import annotations

import os
import tempfile

from vault.records import VaultError


def write_whole(path: str, data: bytes, *, replace: bool = False) -> bool:
    """Write a file through a temporary one in its folder, on disk before it has its name; whether it changed.

    An existing file with the same bytes is left as it is.  Raises VaultError where it cannot be written, and
    for an existing one with other bytes unless ``replace``.
    """
    path = os.path.abspath(path)
    try:
        if _same(path, data):
            return False
        if os.path.lexists(path) and not replace:
            raise VaultError(
                f"{path} exists already", hint="Choose another name, or use --force to replace it."
            )
        _write(os.path.realpath(path), data)
    except OSError as error:
        hint = "Choose another place."
        raise VaultError(f"{path} cannot be written: {error.strerror}", hint=hint) from error
    return True


def _same(path: str, data: bytes) -> bool:
    try:
        with open(path, "rb") as file:
            return file.read() == data
    except (FileNotFoundError, IsADirectoryError):
        return False


def _write(path: str, data: bytes) -> None:
    handle, part = tempfile.mkstemp(dir=os.path.dirname(path), prefix=".vault-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        mode = os.stat(path).st_mode if os.path.exists(path) else 0o666 & ~_umask()
        os.chmod(part, mode & 0o777)
        os.replace(part, path)
    except BaseException:
        os.unlink(part)
        raise


def _umask() -> int:
    """What the process takes from new files' rights; it can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
