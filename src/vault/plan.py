"""Outputs against what stands in the output folder: what to delete, and whether to touch it at all.

Pure: the facts come as a ``Standing``, and nothing is done here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from vault.naming import collision_key
from vault.records import Plan, Standing
from vault.records.views import Output

ENOUGH = 20
"""So many notes may vanish at once, or half of them, before it looks like an accident."""


def between(outputs: Iterable[Output], standing: Standing) -> Plan:
    """The plan for these outputs.  With refusals nothing may be written at all."""
    planned = {output.path: output for output in outputs}
    owned = standing.manifest.files if standing.manifest else {}
    gone = sorted(owned.keys() - planned.keys())
    first = ahead(gone, planned) if gone else ()
    last = tuple(sorted(set(gone) - set(first)))
    return Plan(first, last, tuple(refusals(planned, standing)))


def ahead(gone: Iterable[str], planned: Iterable[str]) -> tuple[str, ...]:
    """The old files that must go before the new ones come."""
    files = {collision_key(path) for path in planned}
    folders = {folder for key in files for folder in above(key)}
    return tuple(path for path in gone if in_the_way(collision_key(path), files, folders))


def in_the_way(key: str, files: set[str], folders: set[str]) -> bool:
    """Whether an old file must go before the new ones come: the same name in other letters, a file
    where a folder is needed, or something in a folder where a file is."""
    return key in files or key in folders or any(folder in files for folder in above(key))


def refusals(planned: dict[str, Output], standing: Standing) -> Iterator[str]:
    """Every reason to leave the folder as it is, in plain sentences."""
    if standing.manifest is None and not standing.empty:
        yield "it is not empty, and vault did not make it (there is no .vault-manifest.json)"
        return
    yield from strangers(planned, standing)


def strangers(planned: dict[str, Output], standing: Standing) -> Iterator[str]:
    """Files of someone else where ours would go."""
    owned = standing.manifest.files if standing.manifest else {}
    new = sorted(planned.keys() - owned.keys())
    inodes = {standing.files[path].inode for path in owned if path in standing.files} if new else set()
    for path in new:
        found = standing.files.get(path)
        if found and found.inode not in inodes:
            yield f"{path} is not vault's own file, and the site needs its place"
    for path, kind in sorted(standing.other.items()):
        if stands_firm(path, kind, planned, owned):
            yield f"{path} is a {kind}, and the site needs its place"


def stands_firm(path: str, kind: str, planned: Collection[str], owned: Collection[str]) -> bool:
    """Whether what is no file of ours keeps a planned one out.  An owned file gives way to a folder,
    a folder of owned files to a file, and a link that took the place of an owned file to the file."""
    if path not in planned and not any(name.startswith(path + "/") for name in planned):
        return False
    if path in planned:
        ours = path in owned if kind == "link" else any(name.startswith(path + "/") for name in owned)
        return kind == "device" or not ours
    return kind != "file" or path not in owned


def collisions(outputs: Iterable[Output]) -> tuple[str, ...]:
    """Outputs that could not stand side by side on every file system: equal when case and composition
    are ignored, or one a file where another needs a folder."""
    found: list[str] = []
    owners: dict[str, Output] = {}
    for output in outputs:
        other = owners.setdefault(collision_key(output.path), output)
        if other is not output:
            found.append(f"{other.owner} and {output.owner} would both be {output.path}")
    parents = {key.rpartition("/")[0] for key in owners}
    for folder in sorted(owners.keys() & {step for each in parents for step in (each, *above(each))}):
        blocked = (owners[key].owner for key in sorted(owners) if key.startswith(f"{folder}/"))
        found += (f"{owners[folder].owner} would be a file where {owner} needs a folder" for owner in blocked)
    return tuple(found)


def above(path: str) -> Iterator[str]:
    """``a/b/c`` -> ``a``, ``a/b``."""
    at = path.find("/")
    while at >= 0:
        yield path[:at]
        at = path.find("/", at + 1)


def loss(before: int, now: int, *, missing: bool) -> str:
    """Why the notes look lost rather than deleted; nothing when they do not.

    ``before`` is the number of note files behind the site that stands.
    """
    if not before:
        return ""
    if missing:
        return f"the notes folder is not there, and the site was made of {before} notes"
    if not now:
        return f"there are no notes, and the site was made of {before}"
    if before - now > ENOUGH and now < before / 2:
        return f"there are only {now} notes left of {before}"
    return ""
