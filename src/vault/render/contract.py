"""What binds a vault's own templates to the theme, and where an override has come loose.

The first line of a template names its contract: ``{# vault:row v1 - needs: row #}``.  The number goes
up when what the template is given, its blocks or its classes change for those who replaced it.
"""

from __future__ import annotations

from collections.abc import Iterator

from vault.patterns import lazy
from vault.problems import problem
from vault.records import Problem, Templates

CONTRACT = 1
"""The version of the theme as a whole: its blocks, hooks, tokens, the records and the classes."""
LINE = lazy(r"\{#-?\s*vault:\S+ v(\d+)")


def stale(templates: Templates) -> tuple[Problem, ...]:
    """A Problem for each of the vault's own templates that does not do what its author meant: made for
    another version, filling a block that is not there, or used by nothing."""
    told = (*old_theme(templates), *versions(templates))
    if not templates.overrides:
        return told
    from vault.render.blocks import lost_blocks, unused  # noqa: PLC0415 - Jinja is slow to load

    return (*told, *lost_blocks(templates), *unused(templates))


def old_theme(templates: Templates) -> Iterator[Problem]:
    made_for = templates.options.get("contract", str(CONTRACT))
    if made_for != str(CONTRACT):
        message = f"the theme is made for contract {made_for}, vault has {CONTRACT}"
        hint = f"Compare it with the shipped theme, mend it, and write contract = {CONTRACT}."
        yield problem("template-stale", "templates/theme.toml", message, hint=hint)


def versions(templates: Templates) -> Iterator[Problem]:
    """Each override that was made for another version of its template than this theme's."""
    for name, text in sorted(templates.overrides.items()):
        theirs, ours = version(text), version(templates.theme.get(name, ""))
        if theirs and ours and theirs != ours:
            message = f"made for version {theirs} of the theme's {name}, which is at version {ours}"
            hint = f"See `vault theme diff {name}`, mend it, and write v{ours} in its first line."
            yield problem("template-stale", f"templates/{name}", message, hint=hint, line=1)


def version(text: str) -> int:
    """The contract version of a template, 0 where it names none."""
    match = LINE.match(text)
    return int(match[1]) if match else 0
