"""When is a look at the vault worth a survey?  Pure: two looks in, a decision out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from vault import disk, plan
from vault.build import Look
from vault.records import Found
from vault.tuples import NamedTuple

QUIET = 0.05
"""Seconds without an event after which a burst is over."""
PATIENCE = 0.3
"""Seconds that an empty, growing or vanished file is given to be whole again."""
BURST = 1.0
"""The longest that a burst without a pause keeps a survey waiting."""
RESCAN = 2.0
"""Seconds between two looks that no event asked for."""
POLL = 0.5
"""The same where events do not come."""
AGAIN = 5
"""Surveys in a row that may be given up because the vault changed under them."""
UNTIDY = 8
"""Surveys in a row after which memory is tidied although there is no time."""
AGREED = 2
"""Rescans that must agree before notes that vanished all at once are believed to be gone."""

Young = tuple[tuple[str, str], ...]


class Base(NamedTuple):
    """The look that the site was made from, and the digests of files too young for their stat to tell."""

    looked: Look
    young: Young


def based(looked: Look) -> Base:
    return Base(looked, disk.unsettled(files(looked), looked.at_ns))


def files(looked: Look) -> Iterator[Found]:
    yield from looked.scan.found
    yield from looked.scan.attachments
    yield from looked.inputs.all


def unchanged(base: Base, looked: Look) -> Base | None:
    """None when something has changed; else the base with no more digests than are needed still."""
    if base.looked.signature != looked.signature or not disk.still(base.young):
        return None
    if not base.young:
        return base
    racy = {found.file for found in files(looked) if not found.settled(looked.at_ns)}
    return Base(base.looked, tuple(pair for pair in base.young if pair[0] in racy))


def only_note(base: Base | None, looked: Look) -> Found | None:
    """The note file that is all that has changed, if there is one."""
    if base is None:
        return None
    before = base.looked
    if (before.settings, before.inputs, before.scan.attachments) != (
        looked.settings,
        looked.inputs,
        looked.scan.attachments,
    ):
        return None
    came = [now for old, now in zip(before.scan.found, looked.scan.found, strict=False) if old != now]
    same_files = len(before.scan.found) == len(looked.scan.found)
    alike = len(came) == 1 and any(old.path == came[0].path for old in before.scan.found)
    return came[0] if same_files and alike else None


def restless(base: Base | None, looked: Look) -> bool:
    """Whether a file that was there is gone or empty, a new one is empty, or one is still being written:
    a save that is not over."""
    if base is None:
        return False
    before = {found.file: found for found in sources(base.looked)}
    now = {found.file: found for found in sources(looked)}
    came = [found for file, found in now.items() if before.get(file) != found]
    return before.keys() - now.keys() != set() or any(not f.size for f in came) or any(map(moving, came))


def sources(looked: Look) -> Iterator[Found]:
    """Notes, settings, templates: what is written in one go.  (Attachments may take minutes to copy.)"""
    yield from looked.scan.found
    yield from looked.inputs.all


def moving(found: Found) -> bool:
    """Whether the file is not as the look saw it a moment ago."""
    try:
        now = os.stat(found.file)
    except OSError:
        return True
    return (now.st_size, now.st_mtime_ns) != (found.size, found.mtime_ns)


def lost(base: Base | None, looked: Look) -> str:
    """Why the notes look lost rather than deleted; nothing when they do not."""
    if base is None:
        return ""
    return plan.loss(len(base.looked.scan.found), len(looked.scan.found), missing=looked.scan.missing)


def account(base: Base | None, looked: Look, root: str) -> str:
    """``changed notes/x.md``, ``removed notes/x.md and 3 more``: what is not as it was."""
    if base is None:
        return ""
    before = {found.file: found for found in files(base.looked)}
    now = {found.file: found for found in files(looked)}
    told = [
        (file, "new" if file not in before else "changed") for file in now if before.get(file) != now[file]
    ]
    told += [(file, "removed") for file in before if file not in now]
    if not told:
        told = [(pair[0], "changed") for pair in base.young if not disk.still([pair])]
    return sentence(sorted(told), root)


def sentence(told: Iterable[tuple[str, str]], root: str) -> str:
    (file, what), *others = [*told] or [("", "")]
    if not file:
        return "a new day"
    name = os.path.relpath(file, root) if file.startswith(root + os.sep) else file
    return f"{what} {name}" + (f" and {len(others)} more" if others else "")
