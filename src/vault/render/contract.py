"""What binds a vault's own templates to the theme, and where an override has come loose.

The first line of a template names its contract: ``{# vault:row v1 - needs: row #}``.  The number goes
up when what the template is given, its blocks or its classes change for those who replaced it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, meta, nodes

from vault.nearest import nearest
from vault.patterns import lazy
from vault.problems import problem
from vault.records import Problem, Templates
from vault.render.shelf import THEME, find

CONTRACT = 1
"""The version of the theme as a whole: its blocks, hooks, tokens, the records and the classes."""
LINE = lazy(r"\{#-?\s*vault:\S+ v(\d+)")
PAGES, HOOKS = "pages/", "hooks/"


def stale(templates: Templates) -> tuple[Problem, ...]:
    """A Problem for each of the vault's own templates that does not do what its author meant: made for
    another version, filling a block that is not there, or used by nothing."""
    return (*old_theme(templates), *versions(templates), *lost_blocks(templates), *unused(templates))


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


# Blocks


def lost_blocks(templates: Templates) -> Iterator[Problem]:
    """Each block of an override that nothing above it has, so that what it says is shown nowhere."""
    for name, text in sorted(templates.overrides.items()):
        tree = parsed(text)
        parent = extended(tree) if tree else None
        if tree is None or parent is None:
            continue
        known = blocks_of(templates, parent)
        for block in tree.body:
            if isinstance(block, nodes.Block) and block.name not in known:
                near = nearest(block.name, sorted(known), 0.5)
                hint = f"Did you mean {near}?" if near else "The blocks are listed in docs/templates.md."
                message = f"{parent} has no block {block.name}"
                yield problem("template-block", f"templates/{name}", message, hint=hint, line=block.lineno)


def blocks_of(templates: Templates, name: str) -> frozenset[str]:
    """The blocks of a template and of all it extends; empty when it cannot be read."""
    known: set[str] = set()
    seen: set[str] = set()
    at: str | None = name
    while at is not None and at not in seen:
        seen.add(at)
        found = find(templates, at)
        tree = parsed(found.text) if found else None
        known |= {block.name for block in tree.find_all(nodes.Block)} if tree else set()
        at = extended(tree) if tree else None
    return frozenset(known)


def parsed(text: str) -> nodes.Template | None:
    """None for a template that is wrong: that is told when a page is made of it."""
    try:
        return SYNTAX.parse(text)
    except TemplateSyntaxError:
        return None


def extended(tree: nodes.Template) -> str | None:
    """The name of the template that this one extends, where it is written out."""
    found: Any = tree.find(nodes.Extends)
    name = found.template if found else None
    return str(name.value) if isinstance(name, nodes.Const) else None


# Files that nothing asks for


def unused(templates: Templates) -> Iterator[Problem]:
    """Each file under templates/ that no template asks for: most often a name with a slip in it."""
    strange = [name for name in sorted(templates.overrides) if name not in templates.theme]
    strange = [name for name in strange if not name.startswith(PAGES)]
    if not strange:
        return
    asked = referred(templates)
    if None in asked:
        return
    for name in strange:
        if name not in asked:
            near = nearest(name, sorted(templates.theme))
            hint = f"Did you mean {near}?" if near else "Include it in another, or delete it."
            what = "there is no such hook" if name.startswith(HOOKS) else "no template asks for this file"
            yield problem("template-unused", f"templates/{name}", what, hint=hint)


def referred(templates: Templates) -> set[str | None]:
    """The names that templates extend, include or import; None when one is computed."""
    found: set[str | None] = set()
    for text in (*templates.theme.values(), *templates.overrides.values()):
        tree = parsed(text)
        found |= set(meta.find_referenced_templates(tree)) if tree else set()
    return found | {name.removeprefix(THEME) for name in found if name}


SYNTAX = Environment(autoescape=True)
