"""The form that narrows a long list down."""

from __future__ import annotations

from vault.records.base import Record


class Choice(Record, frozen=True):
    """One menu of the form: its name in the address, its label, (value, words) of its options.

    A row answers to it by the attribute ``data-<name>``: ``status`` and ``year`` by equality, ``tags``
    (the menu is ``tag``; labels, a line each) with their children, ``age`` in days by the value: at
    least so many, below zero fewer than so many.
    """

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
