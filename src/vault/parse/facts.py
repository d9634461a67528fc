"""The header's fields that need dates, addresses and names, as fields of a Note."""

from __future__ import annotations

from typing import Any

from vault import dates, naming
from vault.patterns import lazy
from vault.problems import problem
from vault.records import Date, Field, Header, Problem
from vault.tuples import NamedTuple

_DATES = ("date", "added", "started", "read", "updated")
_URLS = ("code", "pdf", "project", "slides", "video")
_SAME = ("authors", "year", "venue", "status", "priority", "rating", "via", "aliases", "draft", "private")
_SAME_TOO = ("unlisted", "lang", "series", "layout", "redirect_from")
_BIBTEX = lazy(r"@\w+\s*\{\s*([^,\s{}]+)")


class Facts(NamedTuple):
    """Fields of a Note by name; keys whose value could not be read, as written; what is wrong."""

    fields: dict[str, Any]
    unread: list[tuple[str, str]]
    problems: list[Problem]


def facts(header: Header, path: str) -> Facts:
    """Everything the header says but the title, the paper, the tags and the summary."""
    told = Facts({name: getattr(header, name) for name in (*_SAME, *_SAME_TOO)}, [], [])
    given = header.given
    for name in _DATES:
        if name in given and (field := header.first(name)):
            told.fields[name] = date_of(field, path, told)
    for name in _URLS:
        if name in given and (field := header.first(name)):
            told.fields[name] = url_of(field, getattr(header, name), path, told)
    if "slug" in given and (field := header.first("slug")):
        told.fields["slug"] = slug_of(field, path, told)
    bibtex = _BIBTEX.search(header.key)
    told.fields["key"] = bibtex[1] if bibtex else header.key.removeprefix("@")
    told.fields["why"] = header.why
    return told


def date_of(field: Field, path: str, told: Facts) -> Date | None:
    text = field.text.strip("[]\"' ")
    try:
        if date := dates.parse(text):
            return date
        code, why = "field-unreadable", f"The {field.key} {text[:40]!r} is no date"
    except dates.DateError as error:
        code, why = error.code, f"The {field.key} cannot be read: {error}"
    told.unread.append((field.key, field.text))
    told.problems.append(at(field, path, code, why, "Write the day as 2025-01-29, or 2025-01, or 2025"))
    return None


def url_of(field: Field, url: str, path: str, told: Facts) -> str:
    if safe := naming.safe_url(url):
        return safe
    told.unread.append((field.key, field.text))
    told.problems.append(
        at(
            field,
            path,
            "field-unreadable",
            f"The {field.key} {url[:60]!r} is no address",
            "Write an address that begins with https://",
        )
    )
    return ""


def slug_of(field: Field, path: str, told: Facts) -> str:
    slug = naming.slug(field.text)
    if not slug:
        told.problems.append(
            at(
                field,
                path,
                "slug-invalid",
                f"The slug {field.text[:40]!r} has no letter or digit",
                "The file's name is used instead",
            )
        )
    return slug


def at(field: Field, path: str, code: str, message: str, hint: str) -> Problem:
    return problem(code, path, message, hint=hint, line=field.line, column=field.column)


def tags(
    names: tuple[str, ...], path: str, line: int = 0, column: int = 0
) -> tuple[tuple[str, ...], list[Problem]]:
    """Tags that are tags, each once whatever its case; a Problem for any other."""
    kept: dict[str, str] = {}
    wrong: list[Problem] = []
    for name in names:
        if tag := naming.tag_path(name):
            kept.setdefault(tag, name)
        else:
            message = f"The tag {name[:40]!r} has no letter or digit"
            wrong.append(
                problem("tag-invalid", path, message, hint="Write it in words", line=line, column=column)
            )
    return tuple(kept.values()), wrong
