"""A file of the site, planned."""

from __future__ import annotations

from vault.records.base import Record


class Output(Record, frozen=True):
    """One file of the site, planned: its path in the output folder (POSIX), its address
    (root-relative), and who asked for it, for collision messages."""

    path: str
    url: str
    owner: str
