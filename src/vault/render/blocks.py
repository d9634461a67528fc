"""The blocks that templates fill and the files that they name, as Jinja reads them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, meta, nodes

from vault.nearest import nearest
from vault.problems import problem
from vault.records import Problem, Templates
from vault.render.shelf import THEME, find

PAGES, HOOKS = "pages/", "hooks/"


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
