"""Small catalogs by hand, so that the compose room is tested without the rooms beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from vault import naming
from vault.compose import SiteMap, plan, settled
from vault.records import (
    AssetNames,
    Attachment,
    Backlink,
    Block,
    Body,
    Catalog,
    Date,
    Graph,
    LibraryEntry,
    Mention,
    Note,
    PaperId,
    Parsed,
    Part,
    Related,
    Resolved,
    Settings,
    Tag,
    Work,
    changed,
)
from vault.records.views import Output

TODAY = Date(2026, 11, 20)
ASSETS = AssetNames("/assets/vault.1.css", "/assets/vault.1.js")


def day(iso: str) -> Date:
    return Date(*map(int, iso.split("-")))


def arxiv(number: str, version: int = 0) -> PaperId:
    return PaperId("arxiv", number, version)


def note(id_: str, title: str = "", date: str = "", **fields: Any) -> Note:
    """A note of that id; dates as ISO text, ``paper`` an arXiv id, ``words`` 50 unless told."""
    path = id_.partition("#")[0] + ".md"
    for name in ("added", "started", "read", "updated"):
        if name in fields:
            fields[name] = day(fields[name])
    if paper := fields.pop("paper", ""):
        fields["papers"] = (arxiv(paper),)
    title = title or id_.rpartition("/")[2]
    fields.setdefault("nickname", naming.nickname(title))
    fields.setdefault("kind", "note")
    fields.setdefault("words", 50)
    return Note(
        id=id_,
        path=path,
        line=fields.pop("line", 1),
        title=title,
        title_html="",
        date=day(date) if date else None,
        **fields,
    )


def entry(key: str, title: str, arxiv_id: str = "", **fields: Any) -> LibraryEntry:
    values: dict[str, Any] = {
        "key": key,
        "kind": "article",
        "title": title,
        "authors": (),
        "year": 0,
        "venue": "",
        "papers": (arxiv(arxiv_id),) if arxiv_id else (),
        "url": "",
        "abstract": "",
        "fields": (),
        "path": "library.bib",
        "line": 1,
    }
    return LibraryEntry(**(values | fields))


def catalog(*notes: Note, library: Iterable[LibraryEntry] = (), **fields: Any) -> Catalog:
    """The catalog of these notes in this order; works by arXiv id, tags with their parents."""
    newest = sorted(notes, key=_newest, reverse=True)
    works = _works(notes, tuple(library))
    values: dict[str, Any] = {
        "notes": {each.id: each for each in notes},
        "works": works,
        "work_of": {paper.key: id_ for id_, work in works.items() for paper in work.ids},
        "work_of_note": {each: id_ for id_, work in works.items() for each in work.notes},
        "tags": _tags(newest),
        "dated": tuple(each.id for each in newest),
    }
    return Catalog(**(values | fields))


def _newest(each: Note) -> tuple[int, int, int]:
    return (each.date.year, each.date.month, each.date.day) if each.date else (0, 0, 0)


def _works(notes: tuple[Note, ...], library: tuple[LibraryEntry, ...]) -> dict[str, Work]:
    ids = {each.papers[0].key: each.papers[0] for each in (*notes, *library) if each.papers}
    return {key: _work(key, paper, notes, library) for key, paper in sorted(ids.items())}


def _work(key: str, paper: PaperId, notes: tuple[Note, ...], library: tuple[LibraryEntry, ...]) -> Work:
    mine = sorted((each for each in notes if each.papers and each.papers[0].key == key), key=_newest)
    books = [each for each in library if each.papers and each.papers[0].key == key]
    titles = [each.title for each in books] + [each.paper_title or each.title for each in mine]
    sources: list[Any] = [*mine, *books]
    return Work(
        id=key,
        ids=(PaperId(paper.scheme, paper.value),),
        title=titles[0],
        authors=next((each.authors for each in sources if each.authors), ()),
        year=next((each.year for each in sources if each.year), 0),
        venue=next((each.venue for each in sources if each.venue), ""),
        abstract=books[0].abstract if books else "",
        key=books[0].key if books else f"key{paper.value}",
        notes=tuple(each.id for each in mine),
        library=books[0] if books else None,
        nickname=naming.nickname(titles[0]),
    )


def _tags(notes: list[Note]) -> dict[str, Tag]:
    own: dict[str, list[str]] = {}
    every: dict[str, list[str]] = {}
    for each in notes:
        paths = [naming.tag_path(label) for label in each.tags]
        for path in paths:
            own.setdefault(path, []).append(each.id)
        levels = [path.split("/")[:end] for path in paths for end in range(1, path.count("/") + 2)]
        for path in dict.fromkeys("/".join(level) for level in levels):
            every.setdefault(path, []).append(each.id)
    children = {path: [p for p in every if p.rpartition("/")[0] == path] for path in every}
    return {
        path: Tag(path, path, tuple(own.get(path, ())), tuple(every[path]), tuple(sorted(children[path])))
        for path in sorted(every)
    }


def own(id_: str, title: str, text: str, **fields: Any) -> Parsed:
    """A page that the owner wrote: ``/about``, ``/digest/2025-01``."""
    made = changed(note(id_, title, **fields), kind="page", path=f"{id_[1:]}.md")
    return Parsed(made, body(text), text)


def graph(
    resolved: Mapping[str, Mapping[str, Resolved]] | None = None,
    backlinks: Mapping[str, tuple[Backlink, ...]] | None = None,
    related: Mapping[str, tuple[Related, ...]] | None = None,
    mentioned: tuple[Mention, ...] = (),
    work_backlinks: Mapping[str, tuple[Backlink, ...]] | None = None,
) -> Graph:
    return Graph(
        {id_: dict(found) for id_, found in (resolved or {}).items()},
        dict(backlinks or {}),
        dict(work_backlinks or {}),
        {},
        dict(related or {}),
        mentioned,
    )


def body(*parts: Part) -> Body:
    """A body of one block a part."""
    return Body(tuple(Block((part,)) for part in parts))


class Site:
    """A planned site whose pages are asked for by their file."""

    def __init__(
        self,
        cat: Catalog,
        links: Graph | None = None,
        *,
        bodies: Mapping[str, Body] | None = None,
        settings: Settings | None = None,
        attachments: tuple[Attachment, ...] = (),
        today: Date = TODAY,
        descriptions: Mapping[str, str] | None = None,
        bibtex: Callable[[Work], str] = lambda work: f"@misc{{{work.key},\n}}\n",
        papers_csv: Callable[[Catalog, Mapping[str, str]], str] | None = None,
        **more: Any,
    ) -> None:
        self.asked: list[str] = []
        self.bodies = dict(bodies or {})
        chosen, connected = settings or Settings(), links or graph()
        self.map: SiteMap = plan(
            settled(cat, connected, chosen, attachments, more.get("own", ())),
            chosen,
            ASSETS,
            today,
            descriptions or {},
            bibtex,
            lambda cat, urls: "\n".join(f"{work} {urls[work]}" for work in cat.works).encode(),
            papers_csv=papers_csv,
            **more,
        )
        self.outputs: dict[str, Output] = {output.path: output for output in self.map.outputs}

    def body(self, id_: str) -> Body:
        self.asked.append(id_)
        return self.bodies.get(id_, body("<p>Text.</p>"))

    __call__ = body

    def text(self, id_: str) -> str:
        """The plain text of a note."""
        return f"Text of {id_}."

    def view(self, path: str) -> Any:
        """The view of a file (``queue/`` for ``queue/index.html``)."""
        name = f"{path}index.html" if not path or path.endswith("/") else path
        return self.map.view(self.outputs[name], self)

    def page_of(self, id_: str) -> Any:
        return self.view(self.map.url_of(id_).strip("/") + "/")

    @property
    def codes(self) -> list[str]:
        return [problem.code for problem in self.map.problems]
