"""Files of the author's that vault writes when asked to: whole, on the disk, and never over another."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

from vault.disk.find import is_inside
from vault.records import Vault, VaultError


def create(vault: Vault, path: str, text: str) -> str:
    """Make a new note at a path below the notes folder, or beside it when that name is taken
    (``lora-2.md``); the path it has.  It is on the disk when this returns.  Raises VaultError."""
    stem, dot, ending = path.rpartition(".")
    for number in range(1, 1_000):
        name = path if number == 1 else f"{stem}-{number}{dot}{ending}"
        file = os.path.join(vault.notes, name)
        with told(file):
            folder = made_folder(vault, os.path.dirname(file))
            with waiting(folder, os.path.basename(file), text) as temporary:
                try:
                    placed(temporary, file)
                except FileExistsError:
                    continue
            synced(folder)
        return name
    raise VaultError(f"{path} and a thousand names like it are taken", hint="Give it another title.")


def placed(temporary: str, file: str) -> None:
    """Give a file its name, which no other file has.  Raises FileExistsError and OSError."""
    try:
        os.link(temporary, file, follow_symlinks=False)
    except FileExistsError:
        raise
    except OSError:  # a file system without links: claim the name, then take it
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666))
        os.replace(temporary, file)


def free_name(vault: Vault, path: str, taken: frozenset[str] = frozenset()) -> str:
    """The path that ``create`` would give, were those in ``taken`` there already."""
    stem, dot, ending = path.rpartition(".")
    names = (path if number == 1 else f"{stem}-{number}{dot}{ending}" for number in range(1, 1_000))
    free = (n for n in names if n not in taken and not os.path.lexists(os.path.join(vault.notes, n)))
    return next(free, path)


def replace(file: str, text: str) -> None:
    """Put a text in the place of a file's, at once: whoever looks sees the old one or the new one whole.
    It is on the disk when this returns.  Raises VaultError."""
    file = os.path.realpath(file)
    folder = os.path.dirname(file)
    with told(file):
        with waiting(folder, os.path.basename(file), text) as temporary:
            with contextlib.suppress(FileNotFoundError):
                os.chmod(temporary, os.stat(file).st_mode & 0o777)
            os.replace(temporary, file)
        synced(folder)


def write_whole(path: str, text: str, *, force: bool = False) -> bool:
    """Write a file wherever it is to be, at once, as ``replace`` does; whether it changed.  Raises VaultError
    where it cannot be written, and for an existing one that says something else unless ``force``."""
    path = os.path.abspath(path)
    with told(path):
        if says(path, text.encode("utf-8")):
            return False
    if force:
        replace(path, text)
        return True
    folder, name = os.path.split(path)
    with told(path):
        with waiting(folder, name, text) as temporary:
            try:
                placed(temporary, path)
            except FileExistsError:
                hint = "Choose another name, or use --force to replace it."
                raise VaultError(f"{path} exists already", hint=hint) from None
        synced(folder)
    return True


def says(file: str, data: bytes) -> bool:
    """Whether a file is there with these bytes."""
    if not os.path.isfile(file):
        return False
    with open(file, "rb") as opened:
        return opened.read() == data


def text_of(file: str) -> str:
    """The text of a file; nothing when there is none.  Raises VaultError."""
    try:
        with open(file, "rb") as opened:
            return opened.read().decode("utf-8")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        raise VaultError(f"{file} is not UTF-8", hint="Save it as UTF-8.") from error
    except OSError as error:
        raise VaultError(f"{file} cannot be read: {error.strerror}") from error


def made_folder(vault: Vault, folder: str) -> str:
    """The folder, made if need be, with those above it; never one that a link leads out of the vault to."""
    above = folder
    while not os.path.lexists(above):
        above = os.path.dirname(above)
    if not is_inside(os.path.realpath(above), vault.root):
        raise VaultError(f"{above} lies outside the vault", hint="Remove the link.")
    missing = []
    while folder != above:
        missing.append(folder)
        folder = os.path.dirname(folder)
    for step in reversed(missing):
        with contextlib.suppress(FileExistsError):
            os.mkdir(step)
        synced(os.path.dirname(step))
    return missing[0] if missing else folder


@contextlib.contextmanager
def waiting(folder: str, name: str, text: str) -> Iterator[str]:
    """A hidden file beside the place where the text is to be, with the text on the disk; gone afterwards."""
    temporary = os.path.join(folder, f".{name[:100]}.{os.urandom(4).hex()}.tmp")
    fd = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
    try:
        with open(fd, "wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        yield temporary
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(temporary)


def synced(folder: str) -> None:
    """The folder's list of names is on the disk."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        with contextlib.suppress(OSError):  # some file systems cannot sync a folder
            os.fsync(fd)
    finally:
        os.close(fd)


@contextlib.contextmanager
def told(file: str) -> Iterator[None]:
    """An OSError as one sentence about this file."""
    try:
        yield
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        hint = "Nothing was changed; make room or mend the rights, then try again."
        raise VaultError(f"{file} cannot be written: {why}", hint=hint) from error
