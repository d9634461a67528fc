"""What several commands share: the --vault option, and the day."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable
from typing import Any, TypeVar

import click

from vault.records import Date, VaultError

F = TypeVar("F", bound=Callable[..., Any])

json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document and nothing else."
)


def vault_option(function: F) -> F:
    return click.option(
        "--vault",
        "folder",
        metavar="DIR",
        help="The vault's folder (default: the nearest one upward from here).",
    )(function)


def day(given: str | None) -> Date:
    """``--today``, else ``VAULT_TODAY``, else the date in UTC."""
    text = given or os.environ.get("VAULT_TODAY")
    try:
        today = datetime.date.fromisoformat(text) if text else datetime.datetime.now(datetime.UTC).date()
    except ValueError as error:
        raise VaultError(f"{text!r} is not a day", hint="Write it as 2025-01-29.") from error
    return Date(today.year, today.month, today.day)
