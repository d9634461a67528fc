"""The page of a paper: a list of its notes, or what a library says of it; one note has it to itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from vault.compose import citations, facts, jsonld, rows, words
from vault.compose.bylines import byline
from vault.compose.head import common, feeds, head
from vault.compose.mentions import mentioned
from vault.compose.redirects import redirect
from vault.compose.scope import Bodies, Scope
from vault.records import Html, PaperId
from vault.records.views import Fact, PaperPage, RedirectPage


def paper_page(scope: Scope, work_id: str, _bodies: Bodies) -> PaperPage | RedirectPage:
    """A redirect to the only note, else a page of the paper's own."""
    work = scope.catalog.works[work_id]
    url = scope.addresses.works[work_id]
    notes = scope.orders.noted.get(work_id, ())
    if len(notes) == 1:
        note = scope.catalog.notes[notes[0]]
        return redirect(scope, url, scope.addresses.notes[note.id], note.title)
    way = scope.way(url)
    bibtex, bibtex_href = facts.bibtex(scope, work)
    tags = dict.fromkeys(tag for id_ in notes for tag in scope.catalog.notes[id_].tags)
    about = words.paper_line(scope.tongue, work.authors, work.venue, work.year)
    highwire = scope.settings.highwire == "paper"
    return PaperPage(
        **common(scope, url, "paper"),
        head=head(
            scope,
            url,
            _title(scope, work.nickname or work.title, len(notes)),
            ". ".join(filter(None, (work.title, about, work.abstract))),
            kind="article",
            meta=facts.citation_metas(None, work) if highwire else (),
            feeds=feeds(scope, url),
            cite_as=facts.cite_as(work) if highwire else "",
            jsonld=jsonld.scholarly(None, work),
        ),
        title=Html(escape(work.title)),
        authors=byline(scope, way, work.authors),
        facts=(*facts.work_facts(scope, work), *_versions(scope, notes), *citations.latest(scope, work)),
        buttons=facts.buttons(scope, None, work),
        tags=rows.tag_anchors(scope, way, tags),
        abstract=work.abstract,
        notes=rows.rows(scope, way, reversed(notes)),
        backlinks=mentioned(scope, way, scope.graph.work_backlinks.get(work_id, ())),
        bibtex=bibtex,
        bibtex_href=bibtex_href,
        cites=citations.among(scope, way, work.cites),
        cited_by=citations.among(scope, way, work.cited_by),
    )


def _versions(scope: Scope, note_ids: Iterable[str]) -> Iterator[Fact]:
    """Each arXiv version that notes say they read, and when."""
    read: dict[PaperId, list[str]] = {}
    for note in (scope.catalog.notes[id_] for id_ in note_ids):
        for paper in note.papers:
            if paper.scheme == "arxiv" and paper.version:
                day = note.read or note.date
                read.setdefault(paper, []).extend([words.day(scope.tongue, day, short=True)] if day else [])
    for paper, days in sorted(read.items(), key=lambda item: item[0].version):
        text = f"v{paper.version}"
        if days:
            text = scope.tongue.say(
                "{version}, read {days}", version=text, days=words.joined(scope.tongue, days)
            )
        yield Fact(scope.tongue.say("Version"), text, rows.abs_url(paper), True)


def _title(scope: Scope, name: str, notes: int) -> str:
    """Not that of one of its notes, which is named after the paper."""
    return f"{name}: {words.notes(scope.tongue, notes)}" if notes else name
