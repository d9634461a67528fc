"""Every file of the site, planned first, made one at a time when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property, partial

from vault import naming
from vault.compose import (
    about,
    archive,
    author_list,
    authors,
    bylines,
    cards,
    digest,
    feeds,
    finding,
    graph,
    graph_data,
    keys,
    listing,
    machine,
    papers,
    pictures,
    queue,
    redirects,
    search,
    sources,
    stats,
    tags,
    unnoted,
)
from vault.compose.addresses import TAG_ROWS, Addresses, cut
from vault.compose.home import home_page
from vault.compose.month import month_page
from vault.compose.note import note_page
from vault.compose.pages import paged_url
from vault.compose.paper import paper_page
from vault.compose.planned import Maker, Planned, View
from vault.compose.scope import Bodies, Scope, WatchedBodies, Wholes
from vault.compose.settled import Settled
from vault.compose.signatures import Signatures
from vault.compose.watched import Facts
from vault.records import (
    AssetNames,
    Attachment,
    Catalog,
    Date,
    Note,
    Parsed,
    Problem,
    Settings,
    Work,
)
from vault.records.views import Output
from vault.tongue import ENGLISH, Tongue


class SiteMap:
    """The site as a lazy mapping: ``outputs`` in a fixed order, ``view`` makes one of them.

    ``outputs`` are all files but the assets and the attachments; those are ``attachments_used()``.
    ``problems`` were found while addresses were settled.
    """

    def __init__(
        self,
        scope: Scope,
        makers: dict[str, Maker],
        outputs: tuple[Output, ...],
        problems: tuple[Problem, ...],
        facts: Facts | None = None,
    ) -> None:
        self.scope = scope
        self.outputs = outputs
        self.problems = problems
        self._makers = makers
        self._signatures = Signatures()
        self._facts = scope.facts() if facts is None else facts

    def view(self, output: Output, bodies: Bodies) -> View:
        """What a template shows of this file, or its bytes.  ``bodies`` maps a note id to its body and
        is asked only for the notes that the file shows."""
        return self._makers[output.path](bodies)

    def read(self, output: Output, bodies: Bodies) -> tuple[View, set[str]]:
        """The view, and the names of all that it was made of beside the arguments of its maker."""
        reads = self.scope.reads
        reads.names = set()
        return self._makers[output.path](WatchedBodies(bodies, reads)), reads.names

    def signature(self, output: Output) -> bytes | None:
        """The arguments of a file's maker; None where they cannot be told."""
        return self._signatures(self._makers[output.path])

    def facts(self, names: Iterable[str]) -> dict[str, str]:
        """Digests of what ``read`` names."""
        return self._facts(names)

    def url_of(self, note_id: str) -> str:
        """The root-relative address of a note, or nothing for one that is not published."""
        return self.scope.addresses.notes.get(note_id, "")

    def url_of_work(self, work_id: str) -> str:
        """The root-relative address of a paper's page, or nothing when it has none."""
        return self.scope.addresses.works.get(work_id, "")

    def attachments_used(self) -> tuple[tuple[Output, Attachment], ...]:
        """The files beside the notes that the site carries, each with its place."""
        addresses = self.scope.addresses.files
        return tuple(
            (Output(naming.output_path(addresses[path]), addresses[path], path), file)
            for path, file in self.scope.files.items()
        )


def plan(  # noqa: PLR0917 - the sentence of a build passes what it has
    settled: Settled,
    settings: Settings,
    assets: AssetNames,
    today: Date,
    descriptions: Mapping[str, str],
    bibtex: Callable[[Work], str],
    papers_json: Callable[[Catalog, Mapping[str, str]], str],
    *,
    own: tuple[Parsed, ...] = (),
    tag_aliases: Mapping[str, str] | None = None,
    layouts: frozenset[str] = frozenset(),
    papers_csv: Callable[[Catalog, Mapping[str, str]], str] | None = None,
    wholes: Wholes | None = None,
    speech: Tongue = ENGLISH,
    written: sources.Sources | None = None,
) -> SiteMap:
    """The whole site.  ``descriptions`` maps tag paths to text (``Html`` where it is safe as it
    stands), ``own`` are the texts of pages that the owner writes (``about.md``, ``digest/2025-01.md``),
    ``tag_aliases`` maps old tag paths to new ones, ``layouts`` are the note templates that ``layout:``
    may choose; ``wholes`` lets ``read`` know
    what each file is made of, and the notes of ``settled`` may be trimmed then; ``speech`` has the site's
    own words, ``written`` are the files of notes as they were written.
    """
    found, by_path = settled, {file.path: file for file in settled.files}
    known = (found.catalog, found.graph, settings, assets, found.addresses, found.orders)
    scope = Scope(*known, by_path, descriptions, bibtex, layouts, {each.note.id: each for each in own})
    scope = replace(scope, tongue=speech, texts=written.read if written else scope.texts)
    facts = scope.facts(wholes)
    scope = scope if wholes is None else scope.watched(wholes)
    planned = [*_pages(scope, today), *_authors(scope, found.noted), *_finding(scope, found.noted)]
    planned += [*_graph(scope), *_feeds(scope), *_author_feeds(scope, found.noted)]
    planned += _machine(scope, papers_json, planned)
    planned += [*listing.pages(scope, papers_csv), *pictures.files(scope), *sources.files(scope, written)]
    outputs = [Output(naming.output_path(each.url), each.url, each.owner) for each in planned]
    makers = {output.path: each.make for output, each in zip(outputs, planned, strict=True)}
    at, taken = found.addresses, _Taken(outputs, found.addresses)
    olds, wrong = redirects.olds(found.catalog, at.notes, at.tags, tag_aliases or {}, taken)
    outputs += [Output(old.path, old.url, old.owner) for old in olds]
    makers |= {old.path: partial(redirects.redirect_page, scope, old) for old in olds}
    problems = (*found.problems, *wrong, *digest.problems(scope))
    return SiteMap(scope, makers, tuple(outputs), problems, facts)


def _pages(scope: Scope, today: Date) -> Iterator[Planned]:
    yield Planned("/", "the home page", partial(home_page, scope, today), "")
    yield from _notes(scope)
    yield from _papers(scope)
    yield from _tags(scope)
    yield from _archive(scope)
    if scope.settings.queue_publish:
        yield Planned("/queue/", "the queue", partial(queue.queue_page, scope, today), "")
        for page in range(1, unnoted.mention_pages(scope) + 1):
            yield _part(unnoted.MENTIONS_URL, page, "the queue", partial(unnoted.mentions_page, scope, page))
    yield Planned("/about/", "the about page", partial(about.about_page, scope), "")
    yield from digest.pages(scope)
    yield from stats.pages(scope, today)
    yield from keys.pages(scope)
    yield Planned("/404.html", "the not-found page", partial(about.missing_page, scope))


def _part(url: str, page: int, owner: str, make: Maker) -> Planned:
    """A page of a long list; only the first is to be found by search engines."""
    return Planned(paged_url(url, page), owner, make, "" if page == 1 else None)


def _notes(scope: Scope) -> Iterator[Planned]:
    for id_, url in scope.addresses.notes.items():
        note = scope.catalog.notes[id_]
        yield Planned(url, note.path, partial(note_page, scope, id_), None if note.unlisted else _day(note))


def _day(note: Note) -> str:
    day = note.updated or note.date
    return day.iso if day and day.year else ""


def _papers(scope: Scope) -> Iterator[Planned]:
    for id_, url in scope.addresses.works.items():
        redirects_on = len(scope.orders.noted.get(id_, ())) == 1
        yield Planned(url, f"paper {id_}", partial(paper_page, scope, id_), None if redirects_on else "")
    ids = papers.in_order(scope)
    years = papers.by_year(scope.catalog, ids)
    for table in papers.tables(years, len(ids)):
        make = partial(papers.papers_page, scope, table, ids, years)
        yield Planned(table.url, "the papers table", make, "" if table.page == 1 else None)


def _tags(scope: Scope) -> Iterator[Planned]:
    yield Planned("/tags/", "the tags page", partial(tags.tags_page, scope), "")
    for path, url in scope.addresses.tags.items():
        number = tags.total(scope, scope.catalog.tags[path])
        for page in range(1, cut(number, TAG_ROWS) + 1):
            found = _part(url, page, f"tag {path}", partial(tags.tag_page, scope, path, page))
            yield found if number else found._replace(day=None)


def _archive(scope: Scope) -> Iterator[Planned]:
    owner = "the archive"
    yield Planned("/archive/", owner, partial(archive.archive_page, scope), "")
    for year in scope.orders.years:
        yield Planned(naming.year_url(year), owner, partial(archive.year_page, scope, year), "")
    for month in scope.orders.months:
        yield Planned(naming.month_url(*month), owner, partial(month_page, scope, month), "")
    if archive.many_undated(scope):
        for page in range(1, cut(len(scope.orders.undated), archive.UNDATED_ROWS) + 1):
            yield _part(archive.UNDATED_URL, page, owner, partial(archive.undated_page, scope, page))


def _graph(scope: Scope) -> Iterator[Planned]:
    yield Planned(graph.URL, "the graph", partial(graph.graph_page, scope), "")
    if graph.has_map(scope):
        yield Planned(graph.DATA, "the graph", partial(graph_data.graph_js, scope))


def _authors(scope: Scope, noted: bylines.Noted) -> Iterator[Planned]:
    for url, page, make in author_list.planned(scope, noted):
        yield Planned(url, "the authors", make, "" if page == 1 else None)
    for key, url in scope.addresses.authors.items():
        for page in range(1, cut(len(noted[key]), authors.ROWS) + 1):
            yield _part(url, page, f"author {key}", partial(authors.author_page, scope, key, noted, page))


def _finding(scope: Scope, noted: bylines.Noted) -> Iterator[Planned]:
    yield from (Planned(url, search.OWNER, make) for url, make in finding.planned(scope, noted))


def _author_feeds(scope: Scope, noted: bylines.Noted) -> Iterator[Planned]:
    if scope.settings.url and scope.settings.author_feeds:
        kept = feeds.kept(scope.reads)
        for key, url in scope.addresses.authors.items():
            subject = feeds.author_subject(scope, key, noted[key])
            for atom, name in ((True, "feed.xml"), (False, "feed.json")):
                make = partial(feeds.feed_of, scope, kept, subject, atom)
                yield Planned(f"{url}{name}", f"author {key}", make)


def _feeds(scope: Scope) -> Iterator[Planned]:
    if not scope.settings.url:
        return
    kept = feeds.kept(scope.reads)
    for atom, name in ((True, "feed.xml"), (False, "feed.json")):
        yield Planned(f"/{name}", "the feed", partial(feeds.site_feed, scope, kept, atom))
    yield from digest.feeds(scope)
    for path, url in scope.addresses.tags.items():
        for atom, name in ((True, "feed.xml"), (False, "feed.json")):
            yield Planned(f"{url}{name}", f"tag {path}", partial(feeds.tag_feed, scope, path, kept, atom))


def _machine(scope: Scope, export: machine.Export, planned: list[Planned]) -> Iterator[Planned]:
    works = machine.by_key(scope.catalog.works[id_] for id_ in scope.addresses.works)
    yield Planned("/papers.bib", "the bibliography", partial(machine.papers_bib, scope, works))
    yield Planned("/papers.json", "the bibliography", partial(machine.papers_json, scope, export))
    yield Planned("/robots.txt", "robots.txt", partial(machine.robots_txt, scope))
    yield from (Planned(*each) for each in cards.files(scope))
    yield from (Planned(*each) for each in search.files(scope))
    if scope.settings.url:
        found = tuple((each.url, each.day) for each in planned if each.day is not None)
        yield Planned("/sitemap.xml", "sitemap.xml", partial(machine.sitemap_xml, scope, found))


class _Taken:
    """Whether a path is a file of the site, a folder of it, or below a file of it; asked by few vaults."""

    def __init__(self, outputs: list[Output], addresses: Addresses) -> None:
        self._outputs, self._addresses = outputs, addresses

    @cached_property
    def _files(self) -> set[str]:
        paths = [output.path for output in self._outputs]
        paths += [naming.output_path(url) for url in self._addresses.files.values()]
        return {naming.collision_key(path) for path in paths}

    @cached_property
    def _folders(self) -> set[str]:
        return {folder for path in self._files for folder in _above(path)}

    def __call__(self, path: str) -> bool:
        key = naming.collision_key(path)
        return key in self._files or key in self._folders or not self._files.isdisjoint(_above(key))


def _above(path: str) -> list[str]:
    """``a/b/c`` -> ``a``, ``a/b``."""
    parts = path.split("/")
    return ["/".join(parts[:end]) for end in range(1, len(parts))]
