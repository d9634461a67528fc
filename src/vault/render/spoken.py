"""What templates say their words with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from vault.tongue import Tongue


def spoken(tongue: Tongue) -> dict[str, Callable[..., str]]:
    """``_(text)``, ``pgettext(context, text)`` and ``ngettext(one, many, number)``, each with its fields by
    name; a field that is HTML stands as it is, and all else is escaped."""

    def say(text: str, **fields: Any) -> str:
        return filled(tongue.say(text), fields)

    def say_as(context: str, text: str, **fields: Any) -> str:
        return filled(tongue.say_as(context, text), fields)

    return {"_": say, "pgettext": say_as, "ngettext": tongue.count}


def filled(text: str, fields: dict[str, Any]) -> str:
    if any(hasattr(value, "__html__") for value in fields.values()):
        return Markup(text).format_map(fields)
    return text.format_map(fields) if fields else text
