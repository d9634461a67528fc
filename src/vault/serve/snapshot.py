"""A good survey as answers: which files there are, and how a page is made of one when it is asked for."""

from __future__ import annotations

from vault import render
from vault.build import Look, Survey
from vault.compose import Bodies, SiteMap
from vault.compose.planned import Maker
from vault.patterns import lazy
from vault.records import Attachment, Catalog, Problem, Templates, digest_of, encode
from vault.records.views import Output
from vault.serve.policy import policy
from vault.tuples import NamedTuple

MISSING = "404.html"
_BASE = lazy(rb'<base href="[^"]*">')
OLDER = 8
"""Assets of earlier sites that are still answered for."""


class Known(NamedTuple):
    """What of a survey answers are made from; the rest is for the next build, and goes."""

    catalog: Catalog
    sitemap: SiteMap
    templates: Templates
    assets: dict[str, bytes]
    problems: tuple[Problem, ...]


class Snapshot(NamedTuple):
    """The site of one moment.  ``outputs``, ``files`` and ``assets`` are by the path of the file that a
    build would write; ``assets`` has some of sites before it too, for pages that are loading now.
    ``theme`` names the templates, ``styles`` are the paths of the stylesheets, ``notes`` maps addresses
    to note ids, ``marks`` the path of an attachment to when it changed (ns); ``looked`` is what it was made
    from."""

    survey: Known
    engine: render.Engine
    theme: str
    policy: str
    outputs: dict[str, Output]
    files: dict[str, Attachment]
    assets: dict[str, bytes]
    styles: tuple[str, ...]
    notes: dict[str, str]
    marks: dict[str, int]
    looked: Look

    def knows(self, path: str) -> bool:
        return path in self.outputs or path in self.files or path in self.assets


class Made(NamedTuple):
    """A file of the site as a build would write it (but for the base address of the not-found page);
    ``key`` names all it was made of."""

    key: str
    data: bytes


def older(before: dict[str, bytes], now: dict[str, bytes]) -> dict[str, bytes]:
    """The newest of the assets that are no more: more than one survey may end while a page loads."""
    gone = [path for path in before if path not in now]
    return {path: before[path] for path in gone[-OLDER:]}


def taken(known: Survey, looked: Look, before: Snapshot | None) -> Snapshot:
    """The survey as a snapshot; templates that are as before are not compiled again."""
    files = {output.path: file for output, file in known.sitemap.attachments_used()}
    times = {found.path: found.mtime_ns for found in looked.scan.attachments}
    same = before is not None and before.survey.templates == known.templates
    names = known.sitemap.scope.assets
    return Snapshot(
        survey=Known(known.catalog, known.sitemap, known.templates, known.assets, known.problems),
        engine=before.engine if before and same else render.engine(known.templates),
        theme=before.theme if before and same else digest_of(encode(known.templates)),
        policy=before.policy if before and same else policy(known.templates),
        outputs={output.path: output for output in known.sitemap.outputs},
        files=files,
        assets={**(older(before.assets, known.assets) if before else {}), **known.assets},
        styles=tuple(name.lstrip("/") for name in (names.css, names.user_css) if name),
        notes={url: id_ for id_, url in known.sitemap.scope.addresses.notes.items()},
        marks={path: times.get(file.path, 0) for path, file in files.items()},
        looked=looked,
    )


def made(snapshot: Snapshot, path: str, bodies: Bodies, last: Made | None, make: Maker | None = None) -> Made:
    """One of the outputs, of the site's own view or of that which ``make`` gives; it is rendered only when
    ``last`` was made of something else.

    Raises VaultError when its template is wrong.
    """
    view = make(bodies) if make else snapshot.survey.sitemap.view(snapshot.outputs[path], bodies)
    if isinstance(view, bytes):
        return Made(digest_of(view), view)
    key = f"{digest_of(encode(view))} {snapshot.theme}"
    if last and last.key == key:
        return last
    data = snapshot.engine.page(view)
    return Made(key, _BASE.sub(b'<base href="/">', data, count=1) if path == MISSING else data)


def kinds(snapshot: Snapshot) -> list[str]:
    """One path for each kind of page that has a template, as far as addresses tell kinds apart."""
    first: dict[str, str] = {}
    for output in snapshot.outputs.values():
        if output.path.endswith((".html", ".xml")):
            first.setdefault(_shape(output.url), output.path)
    return list(first.values())


def _shape(url: str) -> str:
    """``/2025/01/lora/`` and ``/2024/12/qlora/`` have one shape; ``/tags/`` and ``/tags/rl/`` two."""
    top, *parts = url[1:].split("/")
    return "/".join(
        ["0" if top.isdigit() else top, *(part if "." in part else part and "*" for part in parts)]
    )
