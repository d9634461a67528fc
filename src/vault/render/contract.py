"""The first line of a template names its contract: ``{# vault:row v1 - needs: row #}``."""

from __future__ import annotations

import re

from vault.problems import problem
from vault.records import Problem, Templates

LINE = re.compile(r"\{#-?\s*vault:\S+ v(\d+)")


def stale(templates: Templates) -> tuple[Problem, ...]:
    """A Problem for each override that was made for another version of its template than this theme's."""
    found = []
    for name, text in sorted(templates.overrides.items()):
        theirs, ours = version(text), version(templates.theme.get(name, ""))
        if theirs and ours and theirs != ours:
            message = f"made for version {theirs} of the theme's {name}, which is at version {ours}"
            hint = f"Compare it with the theme's file, mend it, and write v{ours} in its first line."
            found.append(problem("template-stale", f"templates/{name}", message, hint=hint, line=1))
    return tuple(found)


def version(text: str) -> int:
    """The contract version of a template, 0 where it names none."""
    match = LINE.match(text)
    return int(match[1]) if match else 0
