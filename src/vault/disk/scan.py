"""The notes folder as it stands: names and stats, nothing opened."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from operator import attrgetter

from vault.disk import stats
from vault.disk.find import CACHE, SITE, is_inside
from vault.disk.names import is_note, is_passed_over, matcher, nfc, shown, unusable
from vault.problems import problem
from vault.records import Problem, Scan, Vault
from vault.tuples import NamedTuple

KINDS = {stat.S_IFDIR: "a folder", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket"}


class _Item(NamedTuple):
    """An entry that can be a note or hold some: its path (NFC), the path to open, its stat."""

    path: str
    file: str
    stat: os.stat_result


def scan(vault: Vault, ignore: tuple[str, ...] = (), out: str = "") -> Scan:
    """All note files and the files beside them, in the order of their paths.

    Dotfiles, editors' files, ``ignore`` globs, the output folder and the cache are passed over
    in silence; what looks like a note and cannot be one is told (``file-skipped``).
    """
    if not os.path.isdir(vault.notes):
        return Scan((), (), (), missing=True)
    problems: list[Problem] = []
    items = sorted(_Walk(vault, ignore, out, problems).files())
    found = tuple(stats.found(*item) for item in items if is_note(item.path))
    beside = tuple(stats.found(*item) for item in items if not is_note(item.path))
    return Scan(found, beside, tuple(sorted(problems, key=lambda p: (p.path, p.message))))


def in_order(listing: Iterable[os.DirEntry[str]]) -> list[os.DirEntry[str]]:
    """By name in NFC; of two that are equal then the one in NFC first."""
    entries = list(listing)
    if all(entry.name.isascii() for entry in entries):
        return sorted(entries, key=attrgetter("name"))
    return sorted(entries, key=lambda entry: (nfc(entry.name), nfc(entry.name) != entry.name))


class _Walk:
    """One walk over a notes folder; ``shut`` are never entered, ``linked`` are folders that links led to."""

    def __init__(self, vault: Vault, ignore: tuple[str, ...], out: str, problems: list[Problem]) -> None:
        self.vault, self.problems = vault, problems
        self.ignored = matcher(ignore)
        self.shut = (out or os.path.join(vault.root, SITE), os.path.join(vault.root, CACHE))
        self.linked: list[str] = []

    def files(self) -> Iterator[_Item]:
        """Every regular file, folder by folder, in no particular order."""
        folders = [("", self.vault.notes)]
        while folders:
            prefix, folder = folders.pop()
            for path, entry in self.entries(prefix, folder):
                item = self.item(path, entry)
                if item is None:
                    continue
                if stat.S_ISDIR(item.stat.st_mode):
                    if item.file not in self.shut:
                        folders.append((path + "/", item.file))
                else:
                    yield item

    def entries(self, prefix: str, folder: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
        """Usable entries of a folder with their paths; of two names equal in NFC the NFC one."""
        try:
            with os.scandir(folder) as listing:
                entries = in_order(listing)
        except OSError as error:
            self.tell("file-unreadable", prefix or ".", f"the folder cannot be read: {error.strerror}")
            return
        last = ""
        for entry in entries:
            path = prefix + nfc(entry.name)
            if is_passed_over(entry.name) or self.ignored(path):
                continue
            reason = unusable(entry.name)
            if not reason and path == last:
                reason = "another file has the same name in other code points (NFC and NFD)"
            if reason:
                self.skip(prefix + shown(entry.name), reason, "Rename it.")
                continue
            last = path
            yield path, entry

    def item(self, path: str, entry: os.DirEntry[str]) -> _Item | None:
        """The entry as a regular file or folder; None, and told where it matters, when it is neither."""
        try:
            if entry.is_symlink():
                return self.through(path, entry.path)
            found = entry.stat(follow_symlinks=False)
        except FileNotFoundError:
            return None
        except OSError as error:
            self.tell("file-unreadable", path, f"the file cannot be read: {error.strerror}")
            return None
        if stat.S_ISREG(found.st_mode) or (stat.S_ISDIR(found.st_mode) and not is_note(path)):
            return _Item(path, entry.path, found)
        if is_note(path):
            kind = KINDS.get(stat.S_IFMT(found.st_mode), "a device")
            self.skip(path, f"it is {kind}, not a file", "A note is a regular file.")
        return None

    def through(self, path: str, link: str) -> _Item | None:
        """What a symbolic link leads to, when that is a file, or a new folder, of this vault."""
        real = os.path.realpath(link)
        reason = self.unfollowed(real)
        if not reason:
            found = os.stat(real)
            if stat.S_ISREG(found.st_mode):
                return _Item(path, real, found)
            if stat.S_ISDIR(found.st_mode) and not is_note(path):
                self.linked.append(real)
                return _Item(path, real, found)
            reason = "it is a link to what is no regular file"
        self.skip(path, reason, "Put the file itself in the notes folder.")
        return None

    def unfollowed(self, real: str) -> str:
        """Why a link to this path is not followed; nothing when it is."""
        root, notes = self.vault.root, self.vault.notes
        if not os.path.exists(real):
            return "it is a link to nothing"
        if not is_inside(real, root):
            return "it is a link out of the vault"
        hidden = any(part.startswith(".") for part in real[len(root) :].split("/"))
        if hidden or is_inside(real, self.shut[0]):
            return "it is a link to files that are not published"
        if not os.path.isdir(real):
            return ""
        if is_inside(notes, real):
            return "it is a link that leads round in a circle"
        if any(is_inside(real, other) or is_inside(other, real) for other in (notes, *self.linked)):
            return "it is a link to a folder that is read already"
        return ""

    def skip(self, path: str, reason: str, hint: str) -> None:
        self.tell("file-skipped", path, f"skipped: {reason}", hint)

    def tell(self, code: str, path: str, message: str, hint: str = "") -> None:
        self.problems.append(problem(code, path, message, hint=hint))
