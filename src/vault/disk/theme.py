"""The theme's files as they are shipped, and the vault's own copies of them.

A copy's original is kept whole beside it, in ``templates/.shipped/``, which builds pass over: a hash
could say that the theme has changed since, not what.
"""

from __future__ import annotations

import contextlib
import os

from vault.disk.find import is_inside
from vault.disk.inputs import THEME_MARK, Inputs
from vault.records import Found, Vault, VaultError

FOLDER, ORIGINALS = "templates", ".shipped"


def is_theme(vault: Vault) -> bool:
    """Whether the vault's ``templates/`` is a theme of its own, and not a folder of overrides."""
    return os.path.isfile(os.path.join(vault.root, FOLDER, THEME_MARK))


def shipped(inputs: Inputs) -> dict[str, bytes]:
    """Name below ``templates/`` -> bytes of each file of the theme that a vault may have its own of."""
    return {found.path: whole(found) for found in inputs.theme if found.path != THEME_MARK}


def own(inputs: Inputs) -> dict[str, bytes]:
    """The same of the vault's own files."""
    return {found.path: whole(found) for found in inputs.own}


def originals(vault: Vault) -> dict[str, bytes]:
    """Name -> the theme's file as it was when it was copied."""
    top, made = os.path.join(vault.root, FOLDER, ORIGINALS), {}
    for folder, _, names in os.walk(top):
        for name in names:
            path = os.path.join(folder, name)
            if os.path.isfile(path):
                with open(path, "rb") as file:
                    made[os.path.relpath(path, top).replace(os.sep, "/")] = file.read()
    return dict(sorted(made.items()))


def eject(vault: Vault, name: str, data: bytes) -> str:
    """Write the vault's own copy of a theme's file, and its original; the path of the copy.

    Raises VaultError where a file of that name stands: it is never overwritten.
    """
    path = place(vault, name)
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError as error:
        raise standing_copy(name) from error
    except OSError as error:
        raise VaultError(f"cannot write {path}: {error.strerror}") from error
    based_on(vault, name, data)
    return path


def based_on(vault: Vault, name: str, data: bytes) -> None:
    """Record which file of the theme the vault's own one is made from.  Raises VaultError."""
    path = place(vault, f"{ORIGINALS}/{name}")
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path + ".new", "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(path + ".new", path)
    except OSError as error:
        with contextlib.suppress(OSError):
            os.unlink(path + ".new")
        raise VaultError(f"cannot write {path}: {error.strerror}") from error


def place(vault: Vault, name: str) -> str:
    """The path of a file below ``templates/``.  Raises VaultError when a link leads out of the vault."""
    path = os.path.join(vault.root, FOLDER, *name.split("/"))
    if not is_inside(os.path.realpath(path), os.path.realpath(vault.root)):
        raise VaultError(f"{path} leads out of the vault", hint="Make templates/ a folder of its own.")
    return path


def standing_copy(name: str) -> VaultError:
    hint = "It is left as it is. See what the theme has now with `vault theme diff`, or move it away first."
    return VaultError(f"there is a templates/{name} already", hint=hint)


def whole(found: Found) -> bytes:
    try:
        with open(found.file, "rb") as file:
            return file.read()
    except OSError as error:
        raise VaultError(f"{found.file} cannot be read: {error.strerror}") from error
