"""The page that says what a template may use, made from the templates and the records themselves."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

from vault.patterns import lazy
from vault.records import Html, Record, Templates, views
from vault.render.blocks import HOOKS, PAGES, blocks_of, extended, parsed
from vault.render.contract import CONTRACT, version
from vault.render.shelf import THEME

BASE, PARTIALS, FEEDS = "base.html", "partials/", "feeds/"
NEEDS = lazy(r"\{#-?\s*vault:\S+ v\d+ - needs: (.*?) #\}")
RECORD = lazy(r"page \((\w+)\)")
WORDS = {"str": "text", "int": "number", "bool": "true or false", "Html": "HTML"}
PLURAL = {"int": "numbers", "str": "texts"}
MANY, MAYBE = lazy(r"tuple\[(.+), \.\.\.\]"), lazy(r"(.+) \| None")
PAIR = lazy(r"tuple\[(.+)\]")

INTRO = """\
# What a template may use

Made by `make reference` from the templates and the records they are given; `vault theme reference` prints it for the theme in use. This is contract
{contract}: a name on this page does not change its meaning or go away before the number does. How to put a file of your own in place of one of these
is in [site.md](site.md).

A template sees `page` (one of the records below), `site`, and what its first line says it needs, and nothing else. No file, clock, network or chance is within reach.

- Everything printed is escaped, but for fields of type HTML, which are safe as they stand.
- A name that is not there is an error with file and line, never an empty place.
- `{{{{ asset("name.svg") }}}}` is the path of a file of `templates/assets/` below the top of the site, with its fingerprint: print it behind `{{{{ site.root }}}}`.
- `given` holds the names of the hooks that print something. The filter `number` writes 1204 as 1,204; beside it there are Jinja's own.
- `_("Search")`, `pgettext("verb", "Copy")` and `ngettext("{{n}} note", "{{n}} notes", number)` say a text in the vault's language, as far as its catalogue has it; further `{{fields}}` are given by name.
- Fields called `href` are ready to print: relative to the page, in the link form of the site.
- `{{% extends "theme/pages/note.html" %}}` and `{{% include "theme/partials/row.html" %}}` reach the theme's own file, whatever stands in its place.
- Cascade layers, weakest first: `reset, tokens, base, layout, prose, components, pages, util, user, print`; `templates/assets/user.css` is put into `user`.
"""


def reference(templates: Templates) -> str:
    """The whole page, in Markdown."""
    parts = (
        INTRO.format(contract=CONTRACT),
        "\n".join(every_page(templates)),
        "\n".join(pages(templates)),
        "\n".join(small(templates)),
        "\n".join(hooks(templates)),
        "\n".join(tokens(templates)),
        "\n".join(records()),
    )
    return "\n".join(parts).rstrip("\n") + "\n"


def every_page(templates: Templates) -> Iterator[str]:
    """``base.html`` with its blocks, and what every page has."""
    yield from ("## Every page: `base.html`", "", f"{blocks_line(templates, BASE)}", "")
    for record in (views.Page, views.Site, views.Head):
        yield from described(record, level=3)


def pages(templates: Templates) -> Iterator[str]:
    yield from ("## Pages", "")
    yield "Each has the blocks of `base.html` too, and the fields of `Page`. A note takes another page template of yours by `layout:` in its header."
    yield ""
    for name in named(templates, PAGES):
        text = templates.theme[name]
        record = getattr(views, found[1], views.Page) if (found := RECORD.search(needs(text))) else views.Page
        yield from (
            f"### `{name}` (v{version(text)})",
            "",
            f"`page` is {kind(record.__name__)}. {prose(record)}".rstrip(),
            "",
        )
        if line := blocks_line(templates, name):
            yield from (line, "")
        yield from fields(record)


def small(templates: Templates) -> Iterator[str]:
    yield from ("## Partials and feeds", "")
    yield "They have no blocks: a block inside an included file cannot be filled from outside. Replace one whole, or wrap the original."
    yield from ("", "| file | version | needs |", "|---|---|---|")
    for name in (*named(templates, PARTIALS), *named(templates, FEEDS)):
        text = templates.theme[name]
        yield f"| `{name}` | {version(text)} | {needs(text)} |"
    yield ""


def hooks(templates: Templates) -> Iterator[str]:
    yield from (
        "## Hooks",
        "",
        "Empty on purpose. A file of that name in `templates/hooks/` is included where the hook hangs, and sees what its place sees.",
    )
    yield from ("", "| hook | hangs in | sees |", "|---|---|---|")
    for name in named(templates, HOOKS):
        asked = f'"{name.removeprefix(HOOKS).removesuffix(".html")}" in given'
        for place, text in sorted(templates.theme.items()):
            if asked in text:
                yield f"| `{name}` | `{place}` | {needs(text)} |"
    yield ""


def tokens(templates: Templates) -> Iterator[str]:
    yield from (
        "## Tokens",
        "",
        "Custom properties, set under `[theme.tokens]` without the dashes, or on `:root` in `user.css`. `vault theme check` says whether colours can be read.",
    )
    yield from ("", "| token | value |", "|---|---|")
    for key, value in templates.options.items():
        if key.startswith("tokens."):
            yield f"| `{key.removeprefix('tokens.')}` | `{value}` |"
    yield ""


def records() -> Iterator[str]:
    """The records that stand in fields, by name."""
    yield from ("## Records", "")
    shown = {views.Page, views.Site, views.Head}
    for name in views.__all__:
        record = getattr(views, name)
        if record not in shown and not issubclass(record, views.Page) and record is not views.Output:
            yield from described(record, level=3)


def described(record: type[Record], level: int) -> Iterator[str]:
    yield from (f"{'#' * level} {record.__name__}", "")
    if text := prose(record):
        yield from (text, "")
    yield from fields(record)


def fields(record: type[Record]) -> Iterator[str]:
    """A table of the record's own fields; nothing for one without any."""
    own = inspect.get_annotations(record)
    if own:
        yield from ("| field | type |", "|---|---|")
        yield from (f"| `{name}` | {kind(str(hint))} |" for name, hint in own.items())
        yield ""


def kind(hint: str) -> str:
    """``tuple[Row, ...]`` as "list of Row", with the record a link to its table."""
    if hint == Html.__name__ or hint in WORDS:
        return WORDS[hint]
    if many := MANY.fullmatch(hint):
        return f"list of {PLURAL.get(many[1]) or kind(many[1])}"
    if maybe := MAYBE.fullmatch(hint):
        return f"{kind(maybe[1])}, or none"
    if pair := PAIR.fullmatch(hint):
        return f"({', '.join(kind(part) for part in pair[1].split(', '))})"
    record = getattr(views, hint, None)
    linked = record is not None and not (issubclass(record, views.Page) and record is not views.Page)
    return f"[{hint}](#{hint.lower()})" if linked else f"`{hint}`"


def prose(record: type[Record]) -> str:
    """The docstring as one paragraph of Markdown; nothing where the record has none of its own."""
    text = record.__dict__.get("__doc__") or ""
    return " ".join(inspect.cleandoc(text).split()).replace("``", "`").replace("<", "&lt;")


def blocks_line(templates: Templates, name: str) -> str:
    """The template's own blocks, in their order."""
    tree = parsed(templates.theme[name])
    parent = extended(tree) if tree else None
    above = blocks_of(templates, THEME + parent) if parent else frozenset()
    own = re.findall(r"\{%-? block (\w+)", templates.theme[name])
    shown = ", ".join(f"`{block}`" for block in dict.fromkeys(own) if block not in above)
    return f"Blocks: {shown}." if shown else ""


def needs(text: str) -> str:
    match = NEEDS.match(text)
    return match[1] if match else ""


def named(templates: Templates, folder: str) -> list[str]:
    return sorted(name for name in templates.theme if name.startswith(folder))
