"""Old addresses: what a note was called before, other names of a tag, a paper with one note."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from vault import naming
from vault.compose.head import common, head
from vault.compose.scope import Scope
from vault.compose.wholes import Bodies
from vault.patterns import lazy
from vault.problems import problem
from vault.records import Html, Note, Problem
from vault.records.views import RedirectPage
from vault.tuples import NamedTuple

if TYPE_CHECKING:
    from vault.compose.settled import Settled

CLOSED = ("assets", "data", "files")
"""First parts of addresses where no page may stand."""

_UNFIT = lazy(r'[\x00-\x1f\x7f<>:"\\|?*#]|[. ]$')


class Old(NamedTuple):
    """An old address and where it leads: its path in the output folder, both URLs, who asked for it."""

    path: str
    url: str
    target: str
    title: str
    owner: str


def redirect(scope: Scope, url: str, target: str, title: str) -> RedirectPage:
    """A page at ``url`` that leads on to ``target``."""
    return RedirectPage(
        **common(scope, url, "redirect"),
        head=head(scope, url, title, scope.tongue.say("Moved to {title}.", title=title), canonical=target),
        title=Html(escape(title)),
        href=scope.way(url)(target),
        text=title,
    )


def redirect_page(scope: Scope, old: Old, _bodies: Bodies) -> RedirectPage:
    return redirect(scope, old.url, old.target, old.title)


def olds(
    settled: Settled, aliases: Mapping[str, str], taken: Callable[[str], bool]
) -> tuple[tuple[Old, ...], tuple[Problem, ...]]:
    """Redirects for every ``redirect_from`` of a note and every other name of a tag.

    ``taken`` says whether a path of the output folder is in use; addresses that are, or that cannot
    be one, are left out, those of notes with ``redirect-invalid``.
    """
    found: dict[str, Old] = {}
    problems: list[Problem] = []
    catalog, urls, tag_urls = settled.catalog, settled.addresses.notes, settled.addresses.tags
    asked = ((catalog.notes[id_], each) for id_, some in settled.outline.olds.items() for each in some)
    for note, written in asked:
        path = address(written)
        if not path or taken(path) or naming.collision_key(path) in found:
            problems.append(_refused(note, written, "is in use" if path else "cannot be an address here"))
        else:
            found[naming.collision_key(path)] = Old(path, _url(path), urls[note.id], note.title, note.path)
    for name, tag in sorted(aliases.items()):
        url = naming.tag_url(naming.tag_path(name)) if naming.tag_path(name) else ""
        path = naming.output_path(url) if url else ""
        if path and tag in tag_urls and not taken(path) and naming.collision_key(path) not in found:
            label = catalog.tags[tag].label
            found[naming.collision_key(path)] = Old(path, url, tag_urls[tag], label, f"tag {label}")
    return tuple(found.values()), tuple(problems)


def address(written: str) -> str:
    """The output path of an old address (``/old/name/`` -> ``old/name/index.html``), or nothing.

    A whole URL counts by its path.  Refused: parts that some file system refuses, ``..``, hidden
    ones, and folders that are not for pages.
    """
    path = (
        unicodedata.normalize("NFC", unquote(urlsplit(written.strip()).path))
        if "://" in written
        else (unicodedata.normalize("NFC", unquote(written.strip())))
    )
    parts = [part for part in path.split("/") if part]
    if not parts or parts[0].casefold() in CLOSED:
        return ""
    if any(_UNFIT.search(part) or part.startswith(".") or len(part.encode()) > 200 for part in parts):
        return ""
    if naming.ending(parts[-1]).casefold() in (".html", ".htm") and not path.endswith("/"):
        return "/".join(parts)
    return "/".join((*parts, "index.html"))


def _url(path: str) -> str:
    return f"/{path.removesuffix('index.html')}"


def _refused(note: Note, written: str, why: str) -> Problem:
    message = f"the old address {written} {why}; it does not redirect"
    return problem(
        "redirect-invalid", note.path, message, hint="change or drop it in redirect_from", line=note.line
    )
