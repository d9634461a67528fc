"""The day that a command counts from."""

from __future__ import annotations

import datetime
import os

from vault.records import Date, VaultError


def day(given: str | None) -> Date:
    """``--today``, else ``VAULT_TODAY``, else the date in UTC."""
    text = given or os.environ.get("VAULT_TODAY")
    try:
        today = datetime.date.fromisoformat(text) if text else datetime.datetime.now(datetime.UTC).date()
    except ValueError as error:
        raise VaultError(f"{text!r} is not a day", hint="Write it as 2025-01-29.") from error
    return Date(today.year, today.month, today.day)
