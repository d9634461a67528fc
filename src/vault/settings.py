"""``vault.toml`` -> Settings.

Everything is optional.  A key that is not known and a value that cannot be used are Problems; the
default stands for them, and the build goes on.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from typing import Any

from vault.nearest import nearest
from vault.problems import problem
from vault.records import Problem, Settings, changed
from vault.tuples import NamedTuple


class UnusableError(ValueError):
    """A value that cannot be used; the text says what is wanted."""


class Setting(NamedTuple):
    """Where a key of ``vault.toml`` goes in Settings, and how its value is read."""

    field: str
    read: Callable[[Any], Any]


def read(text: str, path: str = "vault.toml") -> tuple[Settings, tuple[Problem, ...]]:
    """The settings of a configuration text; never raises."""
    try:
        table = tomllib.loads(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    except (ValueError, RecursionError) as error:
        return Settings(), (broken(path, str(error)),)
    reader = Reader(text, path)
    reader.table((), table)
    found = reader.found
    found.setdefault("links", "dir" if found.get("url") else "file")
    return changed(Settings(), **found), tuple(reader.problems)


class Reader:
    """Walks the tables of one configuration; ``found`` are Settings fields, ``problems`` the rest."""

    def __init__(self, text: str, path: str) -> None:
        self.places, self.path = places(text), path
        self.found: dict[str, Any] = {}
        self.problems: list[Problem] = []

    def table(self, at: tuple[str, ...], table: dict[str, Any]) -> None:
        for key, value in table.items():
            here = (*at, key)
            name = ".".join(here)
            if setting := SETTINGS.get(name):
                self.value(name, setting, value)
            elif name in TABLES and isinstance(value, dict):
                self.table(here, value)
            elif name in TABLES:
                self.tell(
                    "config-invalid", name, f"{name} cannot be used", f"Write [{name}] and its settings below"
                )
            else:
                self.tell("config-unknown", name, f"vault.toml has no setting {name}", meant(name, key))

    def value(self, name: str, setting: Setting, value: Any) -> None:
        try:
            self.found[setting.field] = setting.read(value)
        except UnusableError as error:
            self.tell(
                "config-invalid",
                name,
                f"{name} cannot be used",
                f"It must be {error}; until then the default stands",
            )

    def tell(self, code: str, name: str, message: str, hint: str) -> None:
        line, column = self.places.get(name, (0, 0))
        self.problems.append(problem(code, self.path, message, hint=hint, line=line, column=column))


def places(text: str) -> dict[str, tuple[int, int]]:
    """Dotted key -> line and column (from 1) where it stands; enough for keys in plain tables."""
    found: dict[str, tuple[int, int]] = {}
    table = ""
    for number, line in enumerate(text.split("\n"), 1):
        if head := re.match(r"[ \t]*\[+[ \t]*([\w.-]+)[ \t]*\]", line):
            table = head[1] + "."
            found.setdefault(head[1], (number, head.start(1) + 1))
        elif pair := re.match(r"[ \t]*[\"']?([\w.-]+)[\"']?[ \t]*=", line):
            found.setdefault(table + pair[1], (number, pair.start(1) + 1))
    return found


def broken(path: str, error: str) -> Problem:
    at = re.search(r" ?\(at line (\d+), column (\d+)\)", error)
    line, column = (int(at[1]), int(at[2])) if at else (0, 0)
    why = error.replace(at[0], "") if at else error
    message = f"vault.toml is not valid TOML ({why}); all defaults stand"
    return problem("config-invalid", path, message, hint="Mend this line", line=line, column=column)


def meant(name: str, key: str) -> str:
    """What an unknown key was probably meant to be."""
    last = key.rpartition(".")[2]
    if other := next((known for known in SETTINGS if known.rpartition(".")[2] == last), ""):
        table = other.rpartition(".")[0]
        return f"Write {last} under [{table}]" if table else f"Write {last} before the first [table]"
    near = nearest(name, [*TABLES, *SETTINGS], 0.75)
    return f"Did you mean {near}?" if near else "Delete it, or look it up in the documentation of vault.toml"


def text(value: Any) -> str:
    if not isinstance(value, str):
        raise UnusableError("a text in quotes")
    return " ".join(value.replace("\0", "\ufffd").split())


def truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise UnusableError("true or false")
    return value


def number(low: int, high: int) -> Callable[[Any], int]:
    def read_number(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise UnusableError(f"a whole number from {low} to {high}")
        return value

    return read_number


def choice(*words: str) -> Callable[[Any], str]:
    def read_choice(value: Any) -> str:
        if value not in words:
            raise UnusableError(" or ".join(f'"{word}"' for word in words))
        return str(value)

    return read_choice


def address(value: Any) -> str:
    """An absolute URL that ends with ``/``, or nothing."""
    url = text(value)
    if url and not re.fullmatch(r"https?://[^\s/?#]+[^\s?#]*", url):
        raise UnusableError('an address such as "https://example.org/notes/"')
    return url if not url or url.endswith("/") else url + "/"


def edit_address(value: Any) -> str:
    url = text(value)
    if url and not re.match(r"https?://[^\s/]", url):
        raise UnusableError('an address such as "https://github.com/me/notes/edit/main/notes/{path}"')
    return url


def texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise UnusableError("a list of texts")
    return tuple(text(item) for item in value)


def endings(value: Any) -> tuple[str, ...]:
    """File name endings in lower case, without the dot."""
    return tuple(item.casefold().lstrip("*.") for item in texts(value))


def text_pairs(value: Any) -> tuple[tuple[str, str], ...]:
    """A table of texts as pairs, sorted by key."""
    if not isinstance(value, dict) or not all(isinstance(v, str | int | float) for v in value.values()):
        raise UnusableError("a table of texts")
    return tuple(sorted((key, text(str(item))) for key, item in value.items()))


def language(value: Any) -> str:
    tag = text(value)
    if not re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,5}", tag):
        raise UnusableError('a language tag such as "en" or "pt-BR"')
    return tag


def editor(value: Any) -> str:
    """The address that opens a file in an editor; of a scheme that runs nothing in the browser."""
    url = text(value)
    runs = url.startswith(("javascript:", "data:", "vbscript:", "file:", "blob:"))
    if runs or not re.match(r"[a-z][a-z0-9+.-]*:/", url) or "{path}" not in url:
        raise UnusableError('an address such as "vscode://file/{path}:{line}:{col}"')
    return url


def note_path(value: Any) -> str:
    """Where a new note goes, below the notes folder."""
    pattern = text(value)
    names = set(re.findall(r"\{(\w*)\}", pattern))
    safe = not pattern.startswith("/") and ".." not in pattern.split("/") and "\\" not in pattern
    rest = re.sub(r"\{(\w+)\}", "", pattern)
    if not safe or "{slug}" not in pattern or "{" in rest or not pattern.endswith(".md") or names - PARTS:
        raise UnusableError(
            'a path such as "{year}/{date}-{slug}.md", with {slug} and of year, month, day, date'
        )
    return pattern


def mailto(value: Any) -> str:
    address = text(value)
    if address and not re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", address, re.ASCII):
        raise UnusableError('a mail address such as "me@example.org"')
    return address


PARTS = {"year", "month", "day", "date", "slug"}
"""What the path of a new note may be made of."""

SETTINGS: dict[str, Setting] = {
    "title": Setting("title", text),
    "author": Setting("author", text),
    "description": Setting("description", text),
    "lang": Setting("lang", language),
    "licence": Setting("licence", text),
    "license": Setting("licence", text),
    "site.url": Setting("url", address),
    "site.links": Setting("links", choice("dir", "file")),
    "site.html": Setting("html", choice("safe", "text")),
    "site.edit_url": Setting("edit_url", edit_address),
    "site.highwire": Setting("highwire", choice("paper", "off")),
    "site.images": Setting("images", truth),
    "site.sources": Setting("sources", truth),
    "site.attachments": Setting("attachments", endings),
    "notes.ignore": Setting("ignore", texts),
    "notes.inline_tags": Setting("inline_tags", truth),
    "log.year": Setting("log_year", number(1900, 2099)),
    "queue.publish": Setting("queue_publish", truth),
    "queue.default_priority": Setting("default_priority", number(1, 3)),
    "feed.id": Setting("feed_id", text),
    "feed.items": Setting("feed_items", number(1, 1000)),
    "authors.notes": Setting("author_notes", number(1, 1000)),
    "authors.feeds": Setting("author_feeds", truth),
    "theme.tokens": Setting("tokens", text_pairs),
    "theme.paper": Setting("paper", choice("A4", "A5", "letter")),
    "library.files": Setting("library", texts),
    "cite.style": Setting("cite_style", choice("numeric", "author-year")),
    "serve.port": Setting("serve_port", number(1, 65_535)),
    "serve.editor": Setting("serve_editor", editor),
    "notes.new": Setting("new_note", note_path),
    "fetch.mailto": Setting("fetch_mailto", mailto),
    "fetch.arxiv": Setting("fetch_arxiv", address),
    "fetch.crossref": Setting("fetch_crossref", address),
    "fetch.openalex": Setting("fetch_openalex", address),
    "fetch.semantic_scholar": Setting("fetch_semantic_scholar", address),
}
"""Every setting by its place in the file."""

TABLES = ("site", "notes", "log", "queue", "feed", "authors", "theme", "library", "cite", "serve", "fetch")
