"""Compiled templates of earlier builds, in the user's own cache folder.

They are code, so they never stand in a vault, which may come from somebody else: only a folder that belongs
to this user and that nobody else can write is used.  Losing it costs the time to compile them again.
"""

from __future__ import annotations

import contextlib
import os
import zlib

MOST = 400
"""Files that are kept; beyond them the folder begins anew."""


class Codes:
    """Bytes by name; what cannot be read is not there, what cannot be written is lost."""

    def __init__(self) -> None:
        self.folder = _folder()

    def get(self, name: str) -> bytes | None:
        if not self.folder:
            return None
        with contextlib.suppress(OSError), open(os.path.join(self.folder, name), "rb") as file:
            data = file.read()
            if zlib.crc32(data[4:]).to_bytes(4, "big") == data[:4]:
                return data[4:]
        return None

    def put(self, name: str, data: bytes) -> None:
        if not self.folder:
            return
        with contextlib.suppress(OSError):
            self._sweep()
            temporary = os.path.join(self.folder, f".{name}.{os.getpid()}")
            with open(temporary, "xb") as file:
                file.write(zlib.crc32(data).to_bytes(4, "big") + data)
            os.replace(temporary, os.path.join(self.folder, name))

    def _sweep(self) -> None:
        names = os.listdir(self.folder)
        for name in names if len(names) >= MOST else ():
            with contextlib.suppress(FileNotFoundError):
                os.unlink(os.path.join(self.folder, name))


def _folder() -> str:
    """``$XDG_CACHE_HOME/vault/templates``, made if need be; nothing where it is not this user's alone."""
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    folder = os.path.join(base, "vault", "templates")
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        found = os.stat(folder, follow_symlinks=False)
    except OSError:
        return ""
    return folder if found.st_uid == os.getuid() and not found.st_mode & 0o022 else ""
