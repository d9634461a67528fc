"""What stands about a paper and its note in the header: facts, buttons, the metas of reference managers."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from vault import papers
from vault.compose import rows, words
from vault.compose.head import Pairs
from vault.compose.rows import abs_url, best_url, pdf_url, plain_title, scheme_name, when
from vault.compose.scope import Scope
from vault.records import Date, Note, Release, Work, changed
from vault.records.views import Anchor, Fact
from vault.references import named as people
from vault.references import venue_line
from vault.tongue import marked, marked_as

IDENTIFIED = ("arxiv", "doi", "openreview", "acl", "biorxiv")
"""Schemes whose value is a name that people know; the others are mere addresses."""


def work_facts(scope: Scope, work: Work | None, venue: str = "", year: int = 0) -> Iterator[Fact]:
    """Venue and identities of a paper; ``venue`` and ``year`` where the work has none."""
    say = scope.tongue.say
    if work and work.withdrawn:
        yield Fact(say("Withdrawn"), work.withdrawn)
    line = venue_line((work.venue if work else "") or venue, (work.year if work else 0) or year)
    if line and work and work.published_as:
        url = cite_as(work) if work.doi else ""
        yield Fact(say("Published as"), line, url, bool(url))
    elif line:
        yield Fact(say("Published") if line.isdigit() else say("Venue"), line)
    for paper in work.ids if work else ():
        if paper.scheme in IDENTIFIED and (url := abs_url(paper)):
            yield Fact(scheme_name(scope, paper), papers.short(paper), url, True)


def note_facts(scope: Scope, note: Note, work: Work | None) -> tuple[Fact, ...]:
    """Facts of a note: the paper's, what belongs to it, days, and the author's own fields."""
    return (
        *work_facts(scope, work, note.venue, note.year),
        *_version(scope, note, work),
        *_links(scope, note, work),
        *_days(scope, note),
        *_lines(scope, note),
        *(_own(name, value) for name, value in note.extra if value.strip()),
    )


def _version(scope: Scope, note: Note, work: Work | None) -> Iterator[Fact]:
    """The version that was read, and the one that has come out since."""
    read = next((paper for paper in note.papers if paper.scheme == "arxiv" and paper.version), None)
    if read is None or work is None:
        return
    last = max(work.releases, key=lambda release: release.number, default=None)
    if last is None or last.number <= read.version:
        yield Fact(scope.tongue.say("Version"), f"v{read.version}", abs_url(read), True)
    else:
        url = abs_url(changed(read, version=last.number))
        said = scope.tongue.say("read v{read}, v{new} is out", read=read.version, new=last.number)
        yield Fact(scope.tongue.say("Version"), said + released(scope, last), url, True)


def released(scope: Scope, last: Release) -> str:
    """`` (16 October 2021)``."""
    return f" ({words.day(scope.tongue, of_iso(last.date))})" if last.date else ""


def of_iso(iso: str) -> Date:
    return Date(*map(int, iso.split("-")))


def _links(scope: Scope, note: Note, work: Work | None) -> Iterator[Fact]:
    fields = (
        (marked("Code"), code(note, work)),
        (marked("Project"), note.project),
        (marked("Slides"), note.slides),
        (marked("Video"), note.video),
    )
    for label, written in fields:
        yield from link(scope.tongue.say(label), written)


def code(note: Note | None, work: Work | None) -> str:
    """The address of a paper's code: the note's, else the lock file's."""
    return (note.code if note else "") or (work.code if work else "")


def link(label: str, written: str) -> Iterator[Fact]:
    """An address as ``microsoft/LoRA``; nothing where it is none."""
    if url := rows.web(written):
        yield Fact(label, _host_and_path(url), url, True)


def _host_and_path(url: str) -> str:
    """``microsoft/LoRA`` on the code hosts, else the host."""
    parts = urlsplit(url)
    host = parts.netloc.removeprefix("www.")
    path = parts.path.strip("/")
    return path if host in ("github.com", "gitlab.com", "codeberg.org") and path else host


def _days(scope: Scope, note: Note) -> Iterator[Fact]:
    fields = (
        (marked_as("day", "Added"), note.added),
        (marked_as("day", "Started"), note.started),
        (marked_as("day", "Read"), note.read),
        (marked_as("day", "Updated"), note.updated),
    )
    for label, day in fields:
        if day and not _same(label, day, note):
            yield Fact(scope.tongue.say_as("day", label), "", when=when(scope, day))


def _same(label: str, day: Date, note: Note) -> bool:
    """Whether the day is the note's own, which stands above the title already."""
    return label in ("Read", "Added") and day == note.date


def _lines(scope: Scope, note: Note) -> Iterator[Fact]:
    for label, text in (
        (marked("Series"), note.series),
        (marked("Via"), note.via),
        (marked("Why"), note.why),
    ):
        if text:
            url = _address(text)
            yield Fact(scope.tongue.say(label), text, url, bool(url))


def _own(name: str, value: str) -> Fact:
    url = _address(value)
    return Fact(words.capital(name.replace("_", " ").replace("-", " ")), value, url, bool(url))


def _address(value: str) -> str:
    return rows.web(value) if value.startswith(("http://", "https://")) else ""


def buttons(scope: Scope, note: Note | None, work: Work | None) -> tuple[Anchor, ...]:
    """The paper's pages, its PDF, its code."""
    found = {scheme_name(scope, paper): abs_url(paper) for paper in reversed(rows.as_read(note, work))}
    pages = [Anchor(name, url) for name, url in reversed(found.items()) if url]
    if not pages and work and (url := best_url(work)):
        pages = [Anchor(scope.tongue.say("Paper"), url)]
    pdf = pdf_url(note, work)
    more = (("PDF", pdf), (scope.tongue.say("Code"), rows.web(code(note, work))))
    return (*pages, *(Anchor(label, url) for label, url in more if url))


def citation_metas(note: Note | None, work: Work) -> Pairs:
    """Highwire tags, so that reference managers save the paper; the PDF is never a local copy."""
    named, _ = people(work.authors or (note.authors if note else ()))
    year = work.year or (note.year if note else 0)
    venue = work.venue or (note.venue if note else "")
    article = work.kind in ("article", "journal")
    pairs = (
        ("citation_title", plain_title(note, work) if note else work.title),
        *(("citation_author", words.last_first(name)) for name in named[: words.AUTHORS]),
        ("citation_publication_date", str(year) if year else ""),
        ("citation_journal_title" if article else "citation_conference_title", venue),
        ("citation_arxiv_id", work.arxiv),
        ("citation_doi", work.doi),
        ("citation_pdf_url", pdf_url(None, work)),
    )
    return tuple(pair for pair in pairs if pair[1])


def cite_as(work: Work) -> str:
    """The address that citations should use: the DOI, else the best page."""
    return f"https://doi.org/{quote(work.doi, safe='/:()._-;')}" if work.doi else best_url(work)


def bibtex(scope: Scope, work: Work | None) -> tuple[str, str]:
    """The entry of a paper, and the same as a ``data:`` URL to save."""
    text = scope.bibtex(work) if work else ""
    return text, f"data:application/x-bibtex;charset=utf-8,{quote(text)}" if text else ""
