"""A note's text -> its header, typed as far as this floor can, and its body."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from vault.frontmatter import values
from vault.frontmatter.authors import authors
from vault.frontmatter.cut import Cut, split, unclosed
from vault.frontmatter.entry import Entry, Slip
from vault.frontmatter.fields import Sorted, sort
from vault.frontmatter.recover import read_pelican, read_yaml
from vault.frontmatter.toml_head import read_toml
from vault.problems import problem
from vault.records import Field, Header, Problem, changed

_READERS: dict[str, Callable[[str, int], tuple[list[Entry], list[Slip]]]] = {
    "yaml": read_yaml,
    "toml": read_toml,
    "pelican": read_pelican,
}
_TEXTS = ("title", "venue", "why", "via", "key", "slug", "type", "tldr", "lang", "series", "layout")
_URLS = ("code", "pdf", "project", "slides", "video")
_TYPED: dict[str, tuple[Callable[[str], Any], str]] = {
    "year": (values.year, "a year, such as 2017"),
    "priority": (values.priority, "1, 2, 3, high, medium or low"),
    "rating": (values.rating, "1 to 5, half steps allowed, or a fraction such as 4/5"),
    "draft": (values.truth, "true or false"),
    "publish": (values.truth, "true or false"),
    "private": (values.truth, "true or false"),
    "unlisted": (values.truth, "true or false"),
}
_SECRET = {"draft": ("draft", True), "private": ("private", True), "publish": ("draft", True)}
"""What an unreadable value of a field that hides a note means: it stays hidden."""
_STATES: dict[str, tuple[str, Any]] = {
    "draft": ("draft", True),
    "skip": ("draft", True),
    "private": ("private", True),
    "hidden": ("unlisted", True),
    "published": ("draft", False),
}
"""Values of ``status`` that other generators give it (Pelican): they say who may see the note."""


def read(text: str, path: str) -> tuple[Header, str, int, tuple[Problem, ...]]:
    """The header, the body, the file's line on which the body begins, and what is wrong.

    Without a header the body is the whole text.  Never raises.
    """
    cut = split(text)
    if not cut.kind:
        return Header(), cut.body, 1, open_fence(text, path)
    entries, slips = _READERS[cut.kind](cut.header_text, cut.header_line)
    told = sort(entries)
    header, more = typed(told, cut)
    found = sorted([*slips, *told.slips, *more], key=lambda slip: (slip.line, slip.column, slip.code))
    problems = tuple(
        problem(s.code, path, s.message, hint=s.hint, line=s.line, column=s.column, fixable=s.fixable)
        for s in found
    )
    return header, cut.body, cut.body_line, problems


def open_fence(text: str, path: str) -> tuple[Problem, ...]:
    line = unclosed(text)
    if not line:
        return ()
    message = "The header that begins here has no closing line; it is shown as text"
    return (
        problem(
            "header-unclosed", path, message, hint="Close it with a line of --- or +++", line=line, column=1
        ),
    )


def typed(told: Sorted, cut: Cut) -> tuple[Header, list[Slip]]:
    """The header with every value that needs no other room."""
    found: dict[str, Any] = {}
    extra, slips = list(told.extra), []
    for field in told.fields:
        name = field.name
        if name in _TEXTS:
            found[name] = field.text
        elif name in _URLS:
            found[name] = url_of(field)
        elif name == "status":
            slips += status(field, found, extra)
        elif name in _TYPED:
            slips += value(field, found, extra)
    found |= lists(told.fields)
    kept = [field for field in told.fields if field.name != "publish"]
    return changed(Header(cut.kind), fields=tuple(kept), extra=tuple(extra), **found), slips


def lists(fields: list[Field]) -> dict[str, tuple[str, ...]]:
    """The fields that hold several values, all their spellings together."""
    items: dict[str, list[str]] = {}
    for field in fields:
        items.setdefault(field.name, []).extend(field.items)
    return {
        "authors": authors(tuple(items.get("authors", ()))),
        "tags": values.tags(tuple(items.get("tags", ()))),
        "aliases": values.names(tuple(items.get("aliases", ()))),
        "redirect_from": values.names(tuple(items.get("redirect_from", ()))),
    }


def value(field: Field, found: dict[str, Any], extra: list[tuple[str, str]]) -> list[Slip]:
    """Puts a typed value in its place, or keeps the text and tells what is wanted."""
    read_as, wanted = _TYPED[field.name]
    result = read_as(field.text)
    if result is None:
        extra.append((field.key, field.text))
        found |= dict([_SECRET[field.name]]) if field.name in _SECRET else {}
        return [unreadable(field, wanted)]
    if field.name in _SECRET:
        name, hidden = _SECRET[field.name]
        found[name] = found.get(name, False) or (result is hidden if name == field.name else not result)
    else:
        found[field.name] = result
    return []


def status(field: Field, found: dict[str, Any], extra: list[tuple[str, str]]) -> list[Slip]:
    word = field.text.casefold()
    state = values.status(field.text)
    if state is not None:
        found["status"] = state
    elif word in _STATES:
        name, hidden = _STATES[word]
        found[name] = hidden or found.get(name, False)
    else:
        extra.append((field.key, field.text))
        return [unreadable(field, "to-read, reading, skimmed, read or dropped")]
    return []


def unreadable(field: Field, wanted: str) -> Slip:
    shown = field.text if len(field.text) <= 40 else field.text[:37] + "..."
    return Slip(
        "field-unreadable",
        field.line,
        field.column,
        f"The {field.key} {shown!r} cannot be read",
        f"Write {wanted}",
    )


def url_of(field: Field) -> str:
    """A URL as written; ``github: owner/name`` is a repository there."""
    url = values.address(field.text)
    if field.key.casefold() == "github" and url.count("/") == 1 and ":" not in url and " " not in url:
        return f"https://github.com/{url}"
    return url
