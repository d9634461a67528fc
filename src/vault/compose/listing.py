"""The site told to programs: ``index.json``, ``llms.txt``, ``feeds.opml``.

Addresses are whole where the site knows where it stands, else relative to its top.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from functools import partial
from html import escape
from typing import Any, Final

from vault.compose import feeds, rows, words
from vault.compose.planned import Planned
from vault.compose.scope import Scope
from vault.compose.tags import alive
from vault.compose.wholes import Bodies
from vault.records import Catalog, Note, changed, json_of
from vault.records.views import Anchor
from vault.tongue import ENGLISH

VERSION: Final = 1
"""Of the shape of ``index.json``; it changes when a field is renamed, removed or means something else."""

NEWEST: Final = 100
"""Notes that ``llms.txt`` names."""

Export = Callable[[Catalog, Mapping[str, str]], str]


def pages(scope: Scope, papers_csv: Export | None) -> Iterator[Planned]:
    yield Planned("/index.json", "index.json", partial(index_json, scope))
    yield Planned("/llms.txt", "llms.txt", partial(llms_txt, scope))
    if papers_csv:
        yield Planned("/papers.csv", "the bibliography", partial(csv_file, scope, papers_csv))
    if scope.settings.url:
        yield Planned("/feeds.opml", "the feeds", partial(feeds_opml, scope))


def anchors(scope: Scope, here: str) -> tuple[Anchor, ...]:
    """The files for programs, for a page that names them."""
    way, say = scope.way(here), scope.tongue.say
    feeds = (Anchor("feeds.opml", way("/feeds.opml"), say("all feeds")),) if scope.settings.url else ()
    return (
        Anchor("index.json", way("/index.json"), say("every note")),
        Anchor("papers.json", way("/papers.json"), say("every paper")),
        Anchor("llms.txt", way("/llms.txt"), say("where to begin")),
        *feeds,
    )


def _address(scope: Scope, url: str) -> str:
    return scope.absolute(url) or scope.way("/")(url).removeprefix("./")


def csv_file(scope: Scope, export: Export, _bodies: Bodies) -> bytes:
    """The papers that have a page, as ``papers.json`` has them."""
    paged = {id_: work for id_, work in scope.catalog.works.items() if id_ in scope.addresses.works}
    urls = {id_: _address(scope, url) for id_, url in scope.addresses.works.items()}
    return export(changed(scope.catalog_of(paged), notes=scope.bare), urls).encode()


# index.json


def index_json(scope: Scope, _bodies: Bodies) -> bytes:
    """Every listed note, newest first, and every tag; the shape is that of docs/site.md."""
    settings, totals, lengths = scope.settings, alive(scope), dict(scope.lengths.items())
    shown = {id_: note for id_, note in scope.catalog.notes.items() if not note.unlisted}
    document = {
        "version": VERSION,
        "title": settings.title,
        "description": settings.description,
        "author": settings.author,
        "language": settings.lang,
        "url": scope.absolute("/"),
        "notes": (_note(scope, shown, id_, lengths[id_]) for id_ in scope.orders.listed),
        "tags": [
            {
                "tag": scope.catalog.tags[path].label,
                "url": _address(scope, scope.addresses.tags[path]),
                "notes": totals[path],
            }
            for path in totals
        ],
    }
    return json_of(document)


def _note(scope: Scope, shown: Mapping[str, Note], id_: str, words: int) -> dict[str, Any]:
    note, links = shown[id_], scope.graph.resolved.get(id_, {}).values()
    back = scope.graph.backlinks.get(id_, ())
    return {
        "id": note.id,
        "url": _address(scope, scope.addresses.notes[note.id]),
        "title": note.title,
        "date": _iso(note.date),
        "updated": _iso(note.updated),
        "status": note.status,
        "rating": note.rating or None,
        "tags": list(note.tags),
        "paper": scope.catalog.work_of_note.get(note.id, ""),
        "summary": note.tldr,
        "words": words,
        "links": _once(shown, (found.target for found in links if found.kind == "note"), id_),
        "backlinks": _once(shown, (found.note for found in back), id_),
    }


def _iso(day: Any) -> str:
    return day.iso if day and day.year else ""


def _once(shown: Container[str], ids: Iterator[str], own: str) -> list[str]:
    return [id_ for id_ in dict.fromkeys(ids) if id_ != own and id_ in shown]


# llms.txt


def llms_txt(scope: Scope, _bodies: Bodies) -> bytes:
    """What a language model should know to find its way (llmstxt.org): what this is, the files that have
    everything, the newest notes with what they claim.  In English, whatever the site speaks."""
    settings = scope.settings
    said = f"\n> {_line(settings.description)}\n" if settings.description else ""
    number = sum(note.kind != "item" for note in scope.listed())
    author = f" by {_line(settings.author)}" if settings.author else ""
    intro = (
        f"{words.notes(ENGLISH, number)} on {words.papers(ENGLISH, len(scope.addresses.works))}{author}. "
        "Every page is whole without JavaScript. A note says when it was written, whether the paper was read "
        "or skimmed, and what its author thinks of it; it is about the paper and is not the paper."
    )
    if settings.licence:
        intro += f" The notes: {_line(settings.licence)}."
    parts = [
        f"# {_line(settings.title)}\n{said}\n{intro}\n",
        _everything(scope),
        _newest(scope),
        _places(scope),
    ]
    return "\n".join(filter(None, parts)).encode("utf-8", "replace")


def _everything(scope: Scope) -> str:
    files = [
        ("index.json", "/index.json", "every note: date, status, rating, tags, summary, links both ways"),
        ("papers.json", "/papers.json", "every paper: identities, authors, venue, its notes"),
        ("papers.bib", "/papers.bib", "the same as BibTeX"),
    ]
    if scope.settings.url:
        files.append(("feed.json", "/feed.json", f"the newest {scope.settings.feed_items} notes whole"))
    return _section(scope, "Everything", files)


def _newest(scope: Scope) -> str:
    notes = [scope.catalog.notes[id_] for id_ in scope.orders.timeline[:NEWEST]]
    lines = [
        (rows.plain_title(note, scope.work_of(note)), scope.addresses.notes[note.id], note.tldr)
        for note in notes
    ]
    return _section(scope, "Notes, newest first", lines) if lines else ""


def _places(scope: Scope) -> str:
    queue = [("Queue", "/queue/", "what waits to be read, and why")] if scope.settings.queue_publish else []
    return _section(
        scope,
        "Optional",
        [
            ("Tags", "/tags/", "the tree of subjects"),
            ("Digest", "/digest/", "a letter for each month"),
            ("Archive", "/archive/", "by year and month"),
            *queue,
            ("About", "/about/", "who writes this, and what the marks mean"),
        ],
    )


def _section(scope: Scope, title: str, lines: list[tuple[str, str, str]]) -> str:
    items = (
        f"- [{_label(name)}]({_target(_address(scope, url))}){f': {_line(said)}' if said else ''}"
        for name, url, said in lines
    )
    return f"## {title}\n\n" + "\n".join(items) + "\n"


def _line(text: str) -> str:
    return " ".join(text.split())


def _label(text: str) -> str:
    return _line(text).replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def _target(url: str) -> str:
    return url.replace("(", "%28").replace(")", "%29").replace(" ", "%20")


# feeds.opml


def feeds_opml(scope: Scope, _bodies: Bodies) -> bytes:
    """All feeds as one file for a feed reader (OPML 2.0): the site, the digest, a group of tags."""
    title = scope.settings.title
    tags = "\n".join(
        _outline(scope, f"{scope.catalog.tags[path].label} · {title}", scope.addresses.tags[path])
        for path in alive(scope)
    )
    group = f'<outline text="{_xml(scope.tongue.say("Tags"))}">\n{tags}\n</outline>\n' if tags else ""
    head = f"<head><title>{_xml(title)}</title></head>"
    digest = f"{scope.tongue.say('Digest')} · {title}"
    own = f"{_outline(scope, title, '/')}\n{_outline(scope, digest, '/digest/')}\n"
    opml = f'<opml version="2.0">\n{head}\n<body>\n{own}{group}</body>\n</opml>\n'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{opml}'.encode("utf-8", "replace")


def _outline(scope: Scope, text: str, url: str) -> str:
    label, feed, page = (_xml(each) for each in (text, scope.absolute(f"{url}feed.xml"), scope.absolute(url)))
    return f'<outline type="rss" text="{label}" title="{label}" xmlUrl="{feed}" htmlUrl="{page}"/>'


def _xml(text: str) -> str:
    return escape(feeds.clean(_line(text)))
