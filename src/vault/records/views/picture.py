"""The picture of a note, for where its address is shared."""

from __future__ import annotations

from vault.records.base import Record


class Picture(Record, frozen=True):
    """What it says, in letters that its font has; lines may be empty."""

    site: str
    title: str
    say: str
    paper: str
    date: str
