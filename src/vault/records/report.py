"""What a build did, and what the door in and the door out exchange with it."""

from __future__ import annotations

from vault.records.base import Record
from vault.records.problem import Problem
from vault.records.source import Found


class Vault(Record, frozen=True):
    """Where things are on disk (absolute paths as text): the vault's root, its notes folder."""

    root: str
    notes: str


class Scan(Record, frozen=True):
    """The notes folder as it stands: note files and the files beside them, both sorted by path."""

    found: tuple[Found, ...]
    attachments: tuple[Found, ...]
    problems: tuple[Problem, ...] = ()
    missing: bool = False


class Templates(Record, frozen=True):
    """Theme and overrides as read: name (``pages/note.html``) -> text; assets name -> bytes.  ``words``
    are the catalogues of the vault's language as (name, text), the last word last; English has none."""

    theme: dict[str, str]
    overrides: dict[str, str]
    assets: dict[str, bytes]
    user_assets: dict[str, bytes]
    options: dict[str, str]
    words: tuple[tuple[str, str], ...] = ()


class AssetNames(Record, frozen=True):
    """Root-relative addresses of the fingerprinted files (``/assets/vault.3f9a1c2e.css``), and whether notes
    have ``pictures``."""

    css: str
    script: str
    user_css: str = ""
    pictures: bool = False


class Written(Record, frozen=True):
    """One file of the site after the build: its path, what became of it (written, kept, deleted), why."""

    path: str
    action: str
    reason: str = ""


class Report(Record, frozen=True):
    """Counts of one build.  ``notes`` and ``papers`` count records, ``pages`` HTML pages, ``parsed``
    pieces parsed anew, ``written`` ``kept`` ``deleted`` files; ``seconds`` is wall time; ``differences`` are
    the files in which ``--verify`` found another content than a clean build's."""

    notes: int
    papers: int
    pages: int
    parsed: int
    written: int
    kept: int
    deleted: int
    seconds: float
    problems: tuple[Problem, ...]
    files: tuple[Written, ...] = ()
    out: str = ""
    differences: tuple[str, ...] = ()
