"""What kinds of pages a built site has, told from their addresses, so that new kinds are checked as they come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

FORMS = (
    (re.compile(r"(^|/)page/\d+$"), "later page"),
    (re.compile(r"^\d{4}-\d\d$"), "month"),
    (re.compile(r"^\d{4}$"), "year"),
    (re.compile(r"^\d{4}/\d\d$"), "month"),
)
KNOWN = {"papers/all", "queue/mentions", "archive/undated"}
REFRESH = b'http-equiv="refresh"'


def kind_of(path: str) -> str:
    """``tags/rl/deep/index.html`` -> ``tags: one``: the section, and what of it."""
    url = path.removesuffix("index.html").strip("/")
    section, _, rest = url.partition("/")
    if re.fullmatch(r"\d{4}|notes", section):
        return "note"
    if not rest or url in KNOWN:
        return url or "home"
    return f"{section}: {next((name for form, name in FORMS if form.match(rest)), 'one')}"


def pages(site: Path) -> Iterator[tuple[str, Path]]:
    """(Path in the site, file) of every HTML page but those that lead elsewhere, in order."""
    for file in sorted(site.rglob("*.html")):
        if REFRESH not in file.read_bytes()[:1500]:
            yield file.relative_to(site).as_posix(), file


def kinds(site: Path) -> dict[str, str]:
    """Kind -> its largest page, which shows most."""
    found: dict[str, tuple[int, str]] = {}
    for path, file in pages(site):
        found[kind_of(path)] = max(found.get(kind_of(path), (0, "")), (file.stat().st_size, path))
    return {kind: path for kind, (_, path) in sorted(found.items())}
