"""Where is the vault, and where does its site go?"""

from __future__ import annotations

import contextlib
import os

from vault.records import Vault, VaultError

CONFIG, NOTES, CACHE, SITE = "vault.toml", "notes", ".vault", "site"
_ABOUT_A_PROJECT = frozenset(
    [
        *("authors", "changelog", "code-of-conduct", "contributing"),
        *("history", "licence", "license", "readme", "security", "support", "todo"),
    ]
)
"""Files that stand at the top of a project and are no notes."""
_NO_NOTES = frozenset(
    [
        *("_site", "bench", "build", "digest", "dist", "doc", "docs", "node_modules", "notes", "public"),
        *("scripts", "site", "src", "tags", "templates", "test", "tests"),
    ]
)
"""Folders beside ``notes/`` that hold something else."""


def find_vault(folder: str | None = None) -> Vault:
    """The vault in this folder, or (None) the nearest one upward from the current folder.

    A vault has a ``vault.toml`` or a ``notes/`` folder.  A named folder with neither is itself the
    notes folder; so is the current one when it holds Markdown and no vault is found above it, and a
    vault without ``vault.toml`` that has other notes beside ``notes/``.
    Raises VaultError when there is none.
    """
    if folder is not None:
        return _named(folder)
    here = os.path.realpath(os.getcwd())
    found = _upward(here)
    if found:
        return _vault(found)
    if any(name.lower().endswith((".md", ".markdown")) for name in os.listdir(here)):
        return Vault(here, here)
    raise VaultError(
        "there is no vault here: no vault.toml and no notes/ folder, here or above",
        hint="Run `vault init` to make one, or name its folder with --vault.",
    )


def _named(folder: str) -> Vault:
    root = os.path.realpath(folder) if folder else ""
    if not root or not os.path.isdir(root):
        raise VaultError(f"there is no folder {folder!r}", hint="--vault takes the folder that holds notes/.")
    return _vault(root) if _is_vault(root) else Vault(root, root)


def _is_vault(folder: str) -> bool:
    return os.path.isfile(os.path.join(folder, CONFIG)) or os.path.isdir(os.path.join(folder, NOTES))


def _upward(folder: str) -> str:
    while not _is_vault(folder):
        parent = os.path.dirname(folder)
        if parent == folder:
            return ""
        folder = parent
    return folder


def _vault(root: str) -> Vault:
    notes = os.path.realpath(os.path.join(root, NOTES))
    if not is_inside(notes, root):
        raise VaultError(
            f"{os.path.join(root, NOTES)} is a link out of the vault",
            hint=f"Name the folder it leads to: --vault {notes}",
        )
    return Vault(root, root if _is_among_others(root) else notes)


def _is_among_others(root: str) -> bool:
    """Whether ``notes/`` is one folder of notes among others: no config, and notes that stand beside it."""
    if os.path.isfile(os.path.join(root, CONFIG)):
        return False
    with os.scandir(root) as listing:
        entries = sorted(listing, key=lambda entry: entry.name)
    if any(entry.is_file() and _is_note(entry.name) for entry in entries):
        return True
    folders = [entry.path for entry in entries if entry.is_dir(follow_symlinks=False)]
    return any(_holds_notes(folder) for folder in folders if _may_hold(os.path.basename(folder)))


def _may_hold(folder: str) -> bool:
    return folder[:1] != "." and folder.lower() not in _NO_NOTES


def _holds_notes(folder: str) -> bool:
    with contextlib.suppress(OSError):
        return any(_is_note(name) for name in os.listdir(folder))
    return False


def _is_note(name: str) -> bool:
    stem, ending = os.path.splitext(name.lower())
    return ending in (".md", ".markdown") and stem.replace("_", "-") not in _ABOUT_A_PROJECT


def site_folder(vault: Vault, out: str | None) -> str:
    """The output folder, absolute, its last part not resolved (a link there is refused).

    Raises VaultError for a folder that a site may never replace.
    """
    if out == "":
        raise VaultError("--out is empty", hint="Name the folder that the site goes to, such as site.")
    path = os.path.abspath(out) if out is not None else os.path.join(vault.root, SITE)
    real = os.path.realpath(path)
    reason = _never(vault, path, real)
    if reason:
        raise VaultError(f"the site cannot go to {path}: {reason}", hint="Choose an empty folder with --out.")
    return os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path))


def _never(vault: Vault, path: str, real: str) -> str:
    if os.path.islink(path):
        return "it is a link"
    if os.path.lexists(path) and not os.path.isdir(path):
        return "it is not a folder"
    if is_inside(os.path.realpath(os.path.expanduser("~")), real):
        return "it is your home folder, or holds it"
    if is_inside(vault.root, real) or is_inside(vault.notes, real):
        return "it holds the vault"
    if any(is_inside(real, os.path.join(vault.root, name)) for name in (CACHE, ".git", "templates")):
        return "that folder is for something else"
    return ""


def is_inside(path: str, folder: str) -> bool:
    """The path is the folder or lies in it (both absolute and resolved)."""
    return path == folder or path.startswith(folder.rstrip("/") + "/")
