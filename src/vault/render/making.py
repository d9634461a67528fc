"""The template engine: a view in, the bytes of its file out."""

from __future__ import annotations

from functools import cached_property
from typing import Any, NoReturn

from jinja2 import Environment, StrictUndefined, Template, TemplateNotFound, TemplateSyntaxError, meta

from vault.records import Templates, VaultError, digest_of, encode
from vault.records.views import FeedPage, Page, Picture
from vault.render import picture
from vault.render.assets import static_names
from vault.render.compiled import FORM, Bound, Codes, Kept
from vault.render.feeds import json_feed
from vault.render.policy import policy
from vault.render.scene import Direct, House
from vault.render.shelf import Shelf, find
from vault.render.spoken import spoken
from vault.render.trouble import told
from vault.tongue import of

CONTROL = bytes(c for c in range(32) if c not in b"\t\n\r") + b"\x7f"
"""Forbidden in XML 1.0 and an error in HTML; in UTF-8 these bytes are never part of another character."""
HOOKS = "hooks/"


class Engine:
    """Templates, compiled as they are needed; ``codes`` keeps them for other builds."""

    def __init__(self, templates: Templates, codes: Codes | None = None) -> None:
        self.templates = templates
        self.names = static_names(templates)
        self.codes = codes
        self.environment = environment(templates, self.names, codes, bound=True)
        self.exacting: set[str] = set()
        self.closures: dict[str, str] = {}
        self.named: dict[str, list[str | None]] = {}

    def page(self, view: Page | FeedPage | Picture) -> bytes:
        """The file of one view, in UTF-8; a ``FeedPage`` without a template becomes a JSON feed, a picture
        a PNG.

        Raises VaultError with file and line when a template is wrong.
        """
        if isinstance(view, Picture):
            return picture.png(view, self.templates.assets.get(picture.FONT, b""))
        if isinstance(view, FeedPage):
            return self.render(view.template, page=view) if view.template else json_feed(view)
        return self.render(view.template, page=view, site=view.site)

    def render(self, name: str, **context: Any) -> bytes:
        text = self.quick(name, context)
        if text is None:
            try:
                text = self.template(name).render(context)
            except VaultError:
                raise
            except Exception as error:
                fail(error)
        data = text.encode("utf-8", "replace").translate(None, CONTROL)
        if not text.isascii() and ("\ufffe" in text or "\uffff" in text):
            data = data.replace(b"\xef\xbf\xbe", b"").replace(b"\xef\xbf\xbf", b"")
        return data + b"\n"

    def quick(self, name: str, context: dict[str, Any]) -> str | None:
        """The text, where it takes nothing but attributes that are there; None where Jinja's own rules must
        be asked, which a template that failed once is always."""
        if name not in self.exacting:
            try:
                return self.environment.get_template(name).render(context)
            except Exception:  # whatever it is, it is told when the page is rendered by the rules
                self.exacting.add(name)
        return None

    @cached_property
    def exact(self) -> Environment:
        """The templates by Jinja's own rules."""
        return environment(self.templates, self.names, self.codes)

    def template(self, name: str) -> Template:
        try:
            return self.exact.get_template(name)
        except TemplateNotFound as error:
            if error.name != name:
                raise
            hint = "Use the name of a file under templates/pages/."
            raise VaultError(f"there is no template {name!r}", hint=hint) from error

    def closure(self, template: str) -> str:
        """A digest of everything that template's output depends on beside its view: its own text and
        that of every template it can reach, the names of the asset files, the policy, the catalogues."""
        if template not in self.closures:
            self.closures[template] = digest_of(
                encode(
                    (
                        self.reached(template),
                        self.names,
                        self.environment.globals["policy"],
                        self.templates.words,
                    )
                )
            )
        return self.closures[template]

    def reached(self, template: str) -> list[tuple[str, str, str]]:
        """(name, file, text) of the template and all it refers to, by name; all there are where a name
        is computed."""
        seen: dict[str, tuple[str, str, str]] = {}
        waiting = [template]
        while waiting:
            name = waiting.pop()
            found = find(self.templates, name)
            if name in seen or found is None:
                continue
            seen[name] = (name, found.file, found.text)
            for other in self.references(name, found.text):
                waiting.extend(self.environment.list_templates() if other is None else [other])
        return [seen[name] for name in sorted(seen)]

    def references(self, name: str, text: str) -> list[str | None]:
        """The templates that this one names; None for a computed name."""
        if name not in self.named:
            try:
                tree = self.environment.parse(text, name, name)
            except TemplateSyntaxError:  # told when the page is rendered
                self.named[name] = []
            else:
                self.named[name] = list(meta.find_referenced_templates(tree))
        return self.named[name]


def engine(templates: Templates, codes: Codes | None = None) -> Engine:
    """An engine for these templates.  Nothing is compiled before a page asks for it."""
    return Engine(templates, codes)


def environment(
    templates: Templates, names: dict[str, str], codes: Codes | None = None, *, bound: bool = False
) -> Environment:
    """Jinja, strict: everything escaped, nothing undefined, nothing random, nothing from disk; where it is
    ``bound`` an attribute that is not there is an AttributeError."""
    made = House(
        loader=Shelf(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=Kept(codes, FORM if bound else "exact") if codes else None,
    )
    made.template_class = Direct
    if bound:
        made.code_generator_class = Bound
    del made.filters["random"], made.globals["lipsum"]
    made.filters["number"] = of(templates.words).number
    made.globals.update(spoken(of(templates.words)))
    made.globals["asset"] = lambda name: asset(names, name)
    made.globals["policy"] = policy(templates)
    made.globals["given"] = frozenset(hooks(templates))
    return made


def hooks(templates: Templates) -> list[str]:
    """The hooks that print something: ``note_after_body`` of ``hooks/note_after_body.html``."""
    both = {**templates.theme, **templates.overrides}
    return [
        name.removeprefix(HOOKS).removesuffix(".html")
        for name, text in both.items()
        if name.startswith(HOOKS) and text.strip()
    ]


def asset(names: dict[str, str], name: str) -> str:
    """The path of a file of ``assets/`` below the site's root; print it behind ``site.root``."""
    if name not in names:
        raise LookupError(f"there is no file assets/{name}")
    return names[name]


def fail(error: Exception) -> NoReturn:
    mistake = told(error)
    if mistake is None:
        raise error
    raise mistake from error
