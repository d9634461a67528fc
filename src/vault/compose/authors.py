"""The page of an author: notes by year, papers, co-authors, tags."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby
from typing import Final
from urllib.parse import urlsplit

from vault.compose import author_list, jsonld, rows, words
from vault.compose.addresses import TAG_ROWS, cut
from vault.compose.bylines import Noted
from vault.compose.head import common, feeds, head
from vault.compose.orders import listed
from vault.compose.pages import paged_url, pager
from vault.compose.scope import Scope, Way
from vault.compose.wholes import Bodies
from vault.records import Author, Catalog, Html
from vault.records.views import Anchor, AuthorPage, Fact, Group
from vault.references import venue_line

ROWS: Final = TAG_ROWS
PAPERS: Final = 100
TOGETHER: Final = 12
TAGS: Final = 12

CROWD: Final = 50
"""A paper of more hands than that makes nobody co-authors of the others: it bounds the work."""


def author_page(scope: Scope, key: str, notes: Noted, page: int, _bodies: Bodies) -> AuthorPage:
    author, ids = scope.catalog.authors[key], notes[key]
    base = scope.addresses.authors[key]
    url = paged_url(base, page)
    way = scope.way(url)
    turn = pager(scope, way, base, page, cut(len(ids), ROWS), size=ROWS, total=len(ids))
    own = feeds(scope, url, base, author.name) if scope.settings.author_feeds else ()
    here, tongue = ids[(page - 1) * ROWS : page * ROWS], scope.tongue
    return AuthorPage(
        **common(scope, url, "author", "papers"),
        head=head(
            scope,
            url,
            words.page_of(tongue, f"{author.name}: {words.notes(tongue, len(ids))}", page),
            tongue.count(
                "{n} note on papers by {author}.",
                "{n} notes on papers by {author}.",
                len(ids),
                author=author.name,
            ),
            kind="profile",
            robots="noindex, follow" if page > 1 else "",
            feeds=own or feeds(scope, url),
            jsonld=profile(scope, author, url),
            prev=turn.prev if turn else "",
            next_=turn.next if turn else "",
        ),
        title=Html(escape(author.name)),
        crumbs=(Anchor(tongue.say("Authors"), way(author_list.URL)), Anchor(author.name, "")),
        total=len(ids),
        aliases=words.joined(tongue, author.spellings),
        facts=tuple(_facts(scope, author)),
        groups=tuple(_years(scope, way, ids, here)),
        papers=_papers(scope, way, author) if page == 1 else (),
        papers_note=_papers_note(scope, author),
        together=tuple(_together(scope, way, author)),
        tags=tuple(_tags(scope, way, ids)),
        feeds=tuple(Anchor(feed.title, feed.href) for feed in own),
        pager=turn,
    )


def profile(scope: Scope, author: Author, url: str) -> jsonld.Document:
    """A ``ProfilePage`` about a ``Person``."""
    trail = [
        (scope.tongue.say("Authors"), author_list.URL),
        (author.name, scope.addresses.authors[author.key]),
    ]
    same = [f"https://orcid.org/{author.orcid}"] if author.orcid else []
    return {
        "@type": "ProfilePage",
        "@id": scope.absolute(url),
        "isPartOf": {"@type": "WebSite", "@id": scope.absolute("/"), "name": scope.settings.title},
        "mainEntity": {
            "@type": "Person",
            "name": author.name,
            "alternateName": list(author.spellings),
            "url": rows.web(author.homepage),
            "sameAs": same,
        },
        "breadcrumb": jsonld.crumbs(scope, trail),
    }


def _facts(scope: Scope, author: Author) -> Iterator[Fact]:
    if author.orcid:
        yield Fact("ORCID", author.orcid, f"https://orcid.org/{author.orcid}", True)
    if url := rows.web(author.homepage):
        yield Fact(scope.tongue.say("Homepage"), urlsplit(url).netloc.removeprefix("www."), url, True)


def _years(scope: Scope, way: Way, ids: Iterable[str], here: Iterable[str]) -> Iterator[Group]:
    """The rows of this page by year; the note of a group counts the whole year."""
    totals = Counter(_year(scope, id_) for id_ in ids)
    for year, run in groupby(here, key=lambda id_: _year(scope, id_)):
        yield Group(
            anchor=f"y{year}" if year else "undated",
            label=str(year) if year else scope.tongue.say("Without a date"),
            note=words.notes(scope.tongue, totals[year]),
            rows=rows.rows(scope, way, run),
        )


def _year(scope: Scope, note_id: str) -> int:
    date = scope.catalog.notes[note_id].date
    return date.year if date else 0


def shown_works(scope: Scope, author: Author) -> list[str]:
    """The works of an author that may be named, newest publication first."""
    works = [scope.catalog.works[id_] for id_ in author.works if id_ in scope.addresses.works]
    return [work.id for work in sorted(works, key=lambda work: (-work.year, work.title.casefold(), work.id))]


def _papers(scope: Scope, way: Way, author: Author) -> tuple[Anchor, ...]:
    works = [scope.catalog.works[id_] for id_ in shown_works(scope, author)[:PAPERS]]
    return tuple(
        Anchor(work.title, way(scope.lead(work.id)), venue_line(work.venue, work.year)) for work in works
    )


def _papers_note(scope: Scope, author: Author) -> str:
    number = len(shown_works(scope, author))
    if number <= PAPERS:
        return words.papers(scope.tongue, number)
    return scope.tongue.count(
        "{n} paper, the newest {most}", "{n} papers, the newest {most}", number, most=PAPERS
    )


def _together(scope: Scope, way: Way, author: Author) -> Iterator[Anchor]:
    """Co-authors by the number of papers that they share here; those without a page by name alone."""
    counts = Counter(
        key for id_ in author.works if id_ in scope.addresses.works for key in _hands(scope.catalog, id_)
    )
    del counts[author.key]
    for key, number in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:TOGETHER]:
        url = scope.addresses.authors.get(key)
        name = scope.catalog.authors[key].name
        yield Anchor(name, way(url) if url else "", scope.tongue.number(number))


def _hands(catalog: Catalog, work_id: str) -> tuple[str, ...]:
    names = catalog.works[work_id].authors
    if len(names) > CROWD:
        return ()
    return tuple(dict.fromkeys(key for name in names if (key := catalog.author_of.get(name))))


def _tags(scope: Scope, way: Way, ids: Iterable[str]) -> Iterator[Anchor]:
    """The tags of the notes, the commonest first."""
    found = (scope.catalog.notes[id_] for id_ in ids)
    counts = Counter(
        path for note in found if listed(note) for path in dict.fromkeys(map(rows.tag_path, note.tags))
    )
    for path, number in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:TAGS]:
        if link := scope.tag_links.get(path):
            yield Anchor(link[0], way(link[1]), scope.tongue.number(number))
