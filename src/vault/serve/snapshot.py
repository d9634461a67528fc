"""A good survey as answers: which files there are, and how a page is made of one when it is asked for."""

from __future__ import annotations

from vault import render
from vault.build import Look, Survey
from vault.compose import Bodies
from vault.patterns import lazy
from vault.records import Attachment, digest_of, encode
from vault.records.views import Output
from vault.serve.policy import policy
from vault.tuples import NamedTuple

MISSING = "404.html"
_BASE = lazy(rb'<base href="[^"]*">')


class Snapshot(NamedTuple):
    """The site of one moment.  ``outputs``, ``files`` and ``assets`` are by the path of the file that a
    build would write; ``assets`` has those of the site before it too, for pages that are loading now.
    ``theme`` names the templates, ``styles`` are the paths of the stylesheets, ``notes`` maps addresses
    to note ids, ``marks`` the path of an attachment to when it changed (ns)."""

    survey: Survey
    engine: render.Engine
    theme: str
    policy: str
    outputs: dict[str, Output]
    files: dict[str, Attachment]
    assets: dict[str, bytes]
    styles: tuple[str, ...]
    notes: dict[str, str]
    marks: dict[str, int]

    def knows(self, path: str) -> bool:
        return path in self.outputs or path in self.files or path in self.assets


class Made(NamedTuple):
    """A file of the site as a build would write it (but for the base address of the not-found page);
    ``key`` names all it was made of."""

    key: str
    data: bytes


def taken(known: Survey, looked: Look, before: Snapshot | None) -> Snapshot:
    """The survey as a snapshot; templates that are as before are not compiled again."""
    files = {output.path: file for output, file in known.sitemap.attachments_used()}
    times = {found.path: found.mtime_ns for found in looked.scan.attachments}
    same = before is not None and before.survey.templates == known.templates
    names = known.sitemap.scope.assets
    return Snapshot(
        survey=known,
        engine=before.engine if before and same else render.engine(known.templates),
        theme=before.theme if before and same else digest_of(encode(known.templates)),
        policy=before.policy if before and same else policy(known.templates),
        outputs={output.path: output for output in known.sitemap.outputs},
        files=files,
        assets={**(before.survey.assets if before else {}), **known.assets},
        styles=tuple(name.lstrip("/") for name in (names.css, names.user_css) if name),
        notes={url: id_ for id_, url in known.sitemap.scope.addresses.notes.items()},
        marks={path: times.get(file.path, 0) for path, file in files.items()},
    )


def made(snapshot: Snapshot, path: str, bodies: Bodies, last: Made | None) -> Made:
    """One of the outputs; it is rendered only when ``last`` was made of something else.

    Raises VaultError when its template is wrong.
    """
    view = snapshot.survey.sitemap.view(snapshot.outputs[path], bodies)
    if isinstance(view, bytes):
        return Made(digest_of(view), view)
    key = f"{digest_of(encode(view))} {snapshot.theme}"
    if last and last.key == key:
        return last
    data = snapshot.engine.page(view)
    return Made(key, _BASE.sub(b'<base href="/">', data, count=1) if path == MISSING else data)


def kinds(snapshot: Snapshot) -> list[str]:
    """One path for each kind of page, as far as addresses tell kinds apart."""
    first: dict[str, str] = {}
    for output in snapshot.outputs.values():
        first.setdefault(_shape(output.url), output.path)
    return list(first.values())


def _shape(url: str) -> str:
    """``/2025/01/lora/`` and ``/2024/12/qlora/`` have one shape; ``/tags/`` and ``/tags/rl/`` two."""
    top, *parts = url[1:].split("/")
    return "/".join(
        ["0" if top.isdigit() else top, *(part if "." in part else part and "*" for part in parts)]
    )
