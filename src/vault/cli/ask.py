"""What ``fetch`` and ``add`` share: the lock file on disk, a line to the services, what changed."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from vault import disk, lockfile
from vault.records import LockEntry, Settings, Vault, VaultError
from vault.tuples import NamedTuple

if TYPE_CHECKING:
    from vault.fetch import Desk, Wanted

Progress = Callable[[str, int, int], None]
Keep = Callable[[tuple[LockEntry, ...]], None]
SAME_FIELDS = ("title", "venue", "kind", "published", "updated", "withdrawn", "comment")


class Lock:
    """The entries of ``papers.lock`` by each of their identities."""

    def __init__(self, entries: Iterable[LockEntry]) -> None:
        self.entries = tuple(entries)
        self.by_key = {paper.key: entry for entry in reversed(self.entries) for paper in entry.ids}

    def get(self, keys: Iterable[str]) -> LockEntry | None:
        return next((self.by_key[key] for key in keys if key in self.by_key), None)


class Outcome(NamedTuple):
    """Everything a run brought: see ``fetch.Fetched``."""

    entries: tuple[LockEntry, ...] = ()
    missing: tuple[tuple[str, str], ...] = ()
    trouble: dict[str, str] = {}  # noqa: RUF012 - never changed
    stopped: bool = False


def file_of(vault: Vault) -> str:
    return os.path.join(vault.root, lockfile.NAME)


def read_lock(vault: Vault) -> Lock:
    """The lock file as it stands.  Raises VaultError where it must not be written over."""
    text = disk.text_of(file_of(vault))
    if line := lockfile.conflicted(text):
        hint = "Keep one side and delete the marks, or delete the file, then run `vault fetch` again."
        raise VaultError(f"papers.lock:{line}: a merge left its conflict here", hint=hint)
    entries, problems = lockfile.read(text, lockfile.NAME)
    if not entries and any("form that this vault" in found.message for found in problems):
        raise VaultError(f"papers.lock: {problems[0].message}", hint=problems[0].hint)
    return Lock(entries)


def seen_lock(vault: Vault) -> Lock:
    """What can be read of the lock file, whatever is wrong with it: for those who do not write it."""
    return Lock(lockfile.read(disk.text_of(file_of(vault)), lockfile.NAME)[0])


def keep(vault: Vault, fresh: tuple[LockEntry, ...]) -> None:
    """Put these entries into the lock file as it stands by now; each takes the place of all that share
    an identity with it.  Nothing is written where nothing changes."""
    if not fresh:
        return
    with disk.cache_folder(vault) as (cache, _), disk.locked(cache, wait=30.0):
        lock = read_lock(vault)
        new = {paper.key for entry in fresh for paper in entry.ids}
        kept = [entry for entry in lock.entries if new.isdisjoint(paper.key for paper in entry.ids)]
        text = lockfile.write([*kept, *fresh])
        if text != disk.text_of(file_of(vault)):
            disk.replace(file_of(vault), text)


def ask(
    vault: Vault,
    settings: Settings,
    wanted: Sequence[Wanted],
    progress: Progress,
    keep: Keep,
    *,
    clean: bool = False,
) -> Outcome:
    """Ask the services; ``keep`` is called after every few papers, so that a stop loses nothing."""
    from vault import fetch  # noqa: PLC0415 - httpx takes 60 ms

    entries: list[LockEntry] = []
    missing: list[tuple[str, str]] = []
    trouble: dict[str, str] = {}
    try:
        with desk(vault, settings, clean=clean) as found:
            for part in fetch.fetch(found, wanted, progress):
                keep(part.entries)
                entries += part.entries
                missing += part.missing
                trouble |= part.trouble
    except KeyboardInterrupt:
        return Outcome(tuple(entries), tuple(missing), trouble, True)
    return Outcome(tuple(entries), tuple(missing), trouble)


@contextlib.contextmanager
def desk(vault: Vault, settings: Settings, *, clean: bool) -> Iterator[Desk]:
    """The services as one run sees them; what they say is remembered in ``.vault/`` for a day."""
    from vault import fetch  # noqa: PLC0415 - as above

    with disk.cache_folder(vault) as (cache, _):
        pace, places = fetch.Pace(cache), fetch.places(settings)
        store = fetch.Store(cache, fresh=clean)
        try:
            with fetch.Client(places, pace, settings.fetch_mailto) as client:
                yield fetch.Desk(client, store, settings, fetch.keys_of(os.environ))
        finally:
            store.close()


def label(service: str) -> str:
    from vault import fetch  # noqa: PLC0415 - as above

    return fetch.SERVICES[service].label


def silence(trouble: dict[str, str]) -> str:
    """That no service answered, in one line."""
    if set(trouble.values()) == {"it cannot be reached"}:
        names = ", ".join(map(label, trouble))
        return f"no service can be reached ({names}): there seems to be no network"
    why = "; ".join(f"{label(name)}: {text}" for name, text in trouble.items())
    return f"no service answered ({why})"


def changes(before: LockEntry | None, now: LockEntry) -> dict[str, tuple[str, str]]:
    """Field -> what it was and what it is, in words; empty where nothing changed."""
    old = before or LockEntry(())
    pairs = {name: (getattr(old, name), getattr(now, name)) for name in SAME_FIELDS}
    pairs |= {
        "year": (str(old.year or ""), str(now.year or "")),
        "authors": (shown(old.authors), shown(now.authors)),
        "ids": (", ".join(p.key for p in old.ids), ", ".join(p.key for p in now.ids)),
        "versions": (shown_versions(old), shown_versions(now)),
        "abstract": (amount(old.abstract.split(), "word"), amount(now.abstract.split(), "word")),
        "references": (amount(old.references, "paper"), amount(now.references, "paper")),
        "code": (", ".join(old.code), ", ".join(now.code)),
    }
    found = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    for name in ("abstract", "references", "authors"):
        if name not in found and getattr(old, name) != getattr(now, name):
            found[name] = (f"other {name}", pairs[name][1])
    return found


def shown(authors: tuple[str, ...]) -> str:
    """Up to three names, then how many more."""
    head = ", ".join(authors[:3])
    return head if len(authors) <= 3 else f"{head} and {len(authors) - 3} more"


def shown_versions(entry: LockEntry) -> str:
    return ", ".join(f"v{release.number} {release.date}".strip() for release in entry.versions)


def amount(items: Sequence[object], word: str) -> str:
    return f"{len(items):,} {word}{'' if len(items) == 1 else 's'}" if items else ""
