"""Notes, links and entries made by hand, for rooms that come after ``parse``."""

from __future__ import annotations

from typing import Any

from vault import catalog, link, papers
from vault.records import Catalog, Date, Graph, Heading, LibraryEntry, Link, Note, PaperId, Settings

ARXIV = "2106.09685"


def day(text: str) -> Date:
    return Date(*map(int, text.split("-")))


def arxiv(value: str, version: int = 0) -> PaperId:
    return PaperId("arxiv", value, version)


def doi(value: str) -> PaperId:
    return PaperId("doi", value)


def note(name: str, title: str = "", **fields: Any) -> Note:
    """A note at ``<name>.md``; an entry or item when ``log`` is given, with ``name`` after the ``#``."""
    log = fields.get("log", "")
    path = fields.pop("path", f"{log or name}.md")
    if isinstance(fields.get("date"), str):
        fields["date"] = day(fields["date"])
    title = title or name.rpartition("/")[2]
    return Note(
        id=f"{log}#{name}" if log else name,
        path=path,
        line=fields.pop("line", 1),
        kind=fields.pop("kind", "entry" if log else "note"),
        title=title,
        title_html=title,
        **fields,
    )


def wiki(target: str, anchor: str = "", **fields: Any) -> Link:
    return Link("wiki", target, anchor, text=target, **fields)


def paper_link(paper: PaperId, text: str = "", **fields: Any) -> Link:
    return Link("paper", papers.abs_url(paper), text=text, paper=paper, **fields)


def heading(text: str, anchor: str, level: int = 2) -> Heading:
    return Heading(level, text, anchor, 1)


def entry(key: str, title: str = "", **fields: Any) -> LibraryEntry:
    known: dict[str, Any] = {
        "kind": "article",
        "authors": (),
        "year": 0,
        "venue": "",
        "papers": (),
        "url": "",
        "abstract": "",
        "fields": (),
        "path": "library.bib",
        "line": 1,
    }
    return LibraryEntry(key=key, title=title, **{**known, **fields})


def gather(*notes: Note, library: tuple[LibraryEntry, ...] = (), **settings: Any) -> Catalog:
    return catalog.gather(notes, library, Settings(**settings))


def connect(
    *notes: Note, library: tuple[LibraryEntry, ...] = (), attachments: Any = ()
) -> tuple[Catalog, Graph]:
    gathered = gather(*notes, library=library)
    return gathered, link.connect(gathered, tuple(attachments), Settings())


def codes(problems: Any) -> list[str]:
    return [found.code for found in problems]
