"""The page of a paper: a list of its notes, or what a library says of it; one note has it to itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from vault.compose import citations, facts, jsonld, rows, words
from vault.compose.bylines import byline
from vault.compose.head import common, feeds, head
from vault.compose.mentions import mentioned
from vault.compose.redirects import redirect
from vault.compose.scope import Scope
from vault.compose.wholes import Bodies
from vault.records import Html, Work, changed
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
        facts=(
            *facts.work_facts(scope, work),
            *_versions(scope, work, notes),
            *facts.link(scope.tongue.say("Code"), work.code),
        ),
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


def _versions(scope: Scope, work: Work, note_ids: Iterable[str]) -> Iterator[Fact]:
    """Each arXiv version that is known to be out or that notes say they read: its day, and when it was
    read.  arXiv dates the first and the latest alone, so that those between may be missing."""
    read = _read(scope, note_ids)
    days = {release.number: release.date for release in work.releases}
    paper = next((paper for paper in work.ids if paper.scheme == "arxiv"), None)
    for number in sorted({*read, *days}) if paper else ():
        text = f"v{number}"
        if days.get(number):
            text += f" ({words.day(scope.tongue, facts.of_iso(days[number]))})"
        if read.get(number):
            when = words.joined(scope.tongue, read[number])
            text = scope.tongue.say("{version}, read {days}", version=text, days=when)
        url = rows.abs_url(changed(paper, version=number))
        yield Fact(scope.tongue.say("Version"), text, url, True)


def _read(scope: Scope, note_ids: Iterable[str]) -> dict[int, list[str]]:
    """Version -> the days on which notes say they read it."""
    read: dict[int, list[str]] = {}
    for note in (scope.catalog.notes[id_] for id_ in note_ids):
        for paper in note.papers:
            if paper.scheme == "arxiv" and paper.version:
                day = note.read or note.date
                read.setdefault(paper.version, []).extend(
                    [words.day(scope.tongue, day, short=True)] if day else []
                )
    return read


def _title(scope: Scope, name: str, notes: int) -> str:
    """Not that of one of its notes, which is named after the paper."""
    return f"{name}: {words.notes(scope.tongue, notes)}" if notes else name
