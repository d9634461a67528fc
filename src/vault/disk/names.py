"""Names as the disk spells them: which are notes, which are nobody's, how they are told."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from vault.patterns import lazy

NOTE_ENDINGS = (".md", ".markdown")
_SCRATCH = lazy(r".*~|#.*#|4913|.*\.(?:sw[a-px-z]|tmp|bak|orig|part|crdownload)", re.IGNORECASE | re.DOTALL)
"""What editors and browsers leave beside a file while they save it: Emacs, Vim, nano, Kate, downloads."""

_FILLED = frozenset(("_site", "node_modules"))
"""What Jekyll and npm write."""


def is_note(name: str) -> bool:
    return name.lower().endswith(NOTE_ENDINGS)


def is_passed_over(name: str) -> bool:
    """Dotfiles, folders that tools fill, and the backup, swap and probe files of editors: never notes,
    never told."""
    if name.endswith(NOTE_ENDINGS) and name[0] not in ".#":
        return False  # nearly all there are; the pattern costs as much as all else that is asked of a name
    return name.startswith(".") or name in _FILLED or _SCRATCH.fullmatch(name) is not None


def nfc(name: str) -> str:
    return name if name.isascii() else unicodedata.normalize("NFC", name)


def unusable(name: str) -> str:
    """Why a name cannot be one of a note or of its address; nothing when it can."""
    if name.isascii() and name.isprintable():
        return ""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return "its name is not UTF-8"
    if any(unicodedata.category(char) in {"Cc", "Zl", "Zp"} for char in name):
        return "its name has control characters"
    return ""


def shown(path: str) -> str:
    r"""The path as text that can be printed and stored: bytes that are not UTF-8 as ``\xe9``."""
    text = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(
        c if unicodedata.category(c) not in {"Cc", "Zl", "Zp"} else f"\\x{ord(c):02x}" for c in text
    )


def matcher(globs: tuple[str, ...]) -> Callable[[str], bool]:
    """Whether a path (POSIX, relative) is meant by one of the globs.

    As in .gitignore: without a slash a glob is a name at any depth, with one it is a path from the
    notes folder; ``*`` stays inside a level, ``**`` spans levels; a folder stands for all inside it.
    """
    if not globs:
        return lambda _path: False
    pattern = re.compile("|".join(_regex(glob) for glob in globs), re.DOTALL)
    return lambda path: pattern.fullmatch(path) is not None


def _regex(glob: str) -> str:
    glob = nfc(glob).rstrip("/")
    anchored = "" if "/" in glob else "(?:.*/)?"
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", glob.lstrip("/"))
    wild = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return f"{anchored}{''.join(wild.get(part, re.escape(part)) for part in parts)}(?:/.*)?"
