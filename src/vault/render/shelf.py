"""Where a template comes from: an override first, then the theme; ``theme/`` is always the theme."""

from __future__ import annotations

from collections.abc import Callable

from jinja2 import BaseLoader, Environment, TemplateNotFound

from vault.records import Templates
from vault.tuples import NamedTuple

THEME = "theme/"


class Found(NamedTuple):
    """A template's text, and its file as messages name it: ``templates/base.html``, ``theme/base.html``."""

    text: str
    file: str


def find(templates: Templates, name: str) -> Found | None:
    """The template of that name, or None."""
    if name in templates.overrides:
        return Found(templates.overrides[name], f"templates/{name}")
    name = name.removeprefix(THEME)
    return Found(templates.theme[name], THEME + name) if name in templates.theme else None


class Shelf(BaseLoader):
    """Templates that are in memory already; each knows its file, so that errors can name it."""

    def __init__(self, templates: Templates) -> None:
        self.templates = templates

    def get_source(self, _: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        found = find(self.templates, template)
        if found is None:
            raise TemplateNotFound(template)
        return found.text, found.file, lambda: True

    def list_templates(self) -> list[str]:
        return sorted({*self.templates.theme, *self.templates.overrides})
