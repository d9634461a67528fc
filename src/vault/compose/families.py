"""Which files each family of pages asks for, and what makes them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

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
    machine,
    papers,
    queue,
    search,
    stats,
    tags,
    unnoted,
)
from vault.compose.addresses import TAG_ROWS, cut
from vault.compose.home import home_page
from vault.compose.month import month_page
from vault.compose.note import note_page
from vault.compose.outline import Outline
from vault.compose.pages import paged_url
from vault.compose.paper import paper_page
from vault.compose.planned import Maker, Planned
from vault.compose.scope import Scope
from vault.records import Date


def pages(scope: Scope, outline: Outline, today: Date) -> Iterator[Planned]:
    yield Planned("/", "the home page", partial(home_page, scope, today), "")
    yield from _notes(scope, outline)
    yield from _papers(scope, outline)
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


def _notes(scope: Scope, outline: Outline) -> Iterator[Planned]:
    for id_, url in scope.addresses.notes.items():
        path, day = outline.notes[id_]
        yield Planned(url, path, partial(note_page, scope, id_), day)


def _papers(scope: Scope, outline: Outline) -> Iterator[Planned]:
    for id_, url in scope.addresses.works.items():
        redirects_on = len(scope.orders.noted.get(id_, ())) == 1
        yield Planned(url, f"paper {id_}", partial(paper_page, scope, id_), None if redirects_on else "")
    ids, years = outline.papers, outline.years
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


def of_graph(scope: Scope) -> Iterator[Planned]:
    yield Planned(graph.URL, "the graph", partial(graph.graph_page, scope), "")
    if graph.has_map(scope):
        yield Planned(graph.DATA, "the graph", partial(graph_data.graph_js, scope))


def of_authors(scope: Scope, noted: bylines.Noted) -> Iterator[Planned]:
    for url, page, make in author_list.planned(scope, noted):
        yield Planned(url, "the authors", make, "" if page == 1 else None)
    for key, url in scope.addresses.authors.items():
        for page in range(1, cut(len(noted[key]), authors.ROWS) + 1):
            yield _part(url, page, f"author {key}", partial(authors.author_page, scope, key, noted, page))


def of_search(scope: Scope, noted: bylines.Noted) -> Iterator[Planned]:
    yield from (Planned(url, search.OWNER, make) for url, make in finding.planned(scope, noted))


def feeds_of_authors(scope: Scope, noted: bylines.Noted) -> Iterator[Planned]:
    if scope.settings.url and scope.settings.author_feeds:
        kept = feeds.kept(scope.reads)
        for key, url in scope.addresses.authors.items():
            subject = feeds.author_subject(scope, key, noted[key])
            for atom, name in ((True, "feed.xml"), (False, "feed.json")):
                make = partial(feeds.feed_of, scope, kept, subject, atom)
                yield Planned(f"{url}{name}", f"author {key}", make)


def of_feeds(scope: Scope) -> Iterator[Planned]:
    if not scope.settings.url:
        return
    kept = feeds.kept(scope.reads)
    for atom, name in ((True, "feed.xml"), (False, "feed.json")):
        yield Planned(f"/{name}", "the feed", partial(feeds.site_feed, scope, kept, atom))
    yield from digest.feeds(scope)
    for path, url in scope.addresses.tags.items():
        for atom, name in ((True, "feed.xml"), (False, "feed.json")):
            yield Planned(f"{url}{name}", f"tag {path}", partial(feeds.tag_feed, scope, path, kept, atom))


def machine_files(
    scope: Scope, outline: Outline, export: machine.Export, planned: list[Planned]
) -> Iterator[Planned]:
    yield Planned("/papers.bib", "the bibliography", partial(machine.papers_bib, scope))
    yield Planned("/papers.json", "the bibliography", partial(machine.papers_json, scope, export))
    yield Planned("/robots.txt", "robots.txt", partial(machine.robots_txt, scope))
    yield from (Planned(*each) for each in cards.files(scope, outline.cards))
    yield from (Planned(*each) for each in search.files(scope, outline.search))
    if scope.settings.url:
        found = tuple((each.url, each.day) for each in planned if each.day is not None)
        yield Planned("/sitemap.xml", "sitemap.xml", partial(machine.sitemap_xml, scope, found))
