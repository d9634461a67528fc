"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

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
