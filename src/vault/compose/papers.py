"""The papers table: all of them, or the newest notes' and then a page for each year of publication."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from vault import papers
from vault.compose import filters, jsonld, rows, words
from vault.compose.addresses import Addresses, cut
from vault.compose.head import common, feeds, head
from vault.compose.orders import Orders
from vault.compose.pages import paged_url, pager
from vault.compose.scope import Scope, Way
from vault.compose.wholes import Bodies
from vault.records import Catalog, Html, Note, Work
from vault.records.views import Anchor, Choice, PaperRow, PapersPage
from vault.references import venue_name
from vault.tuples import NamedTuple

TABLE_ROWS = 200
EXPORTS = (("BibTeX", "bib"), ("CSV", "csv"), ("JSON", "json"))


class Table(NamedTuple):
    """One page of the table: the works of a year (``None``: of all years), which page of them."""

    year: int | None
    page: int
    url: str


def in_order(catalog: Catalog, orders: Orders, addresses: Addresses) -> tuple[str, ...]:
    """Works that have a page: those noted last first, then those only in a library, newest first."""
    place = {id_: at for at, id_ in enumerate(orders.listed)}
    works = [catalog.works[id_] for id_ in addresses.works]

    def key(work: Work) -> tuple[int, int, str, str]:
        notes = orders.noted.get(work.id, ())
        newest = min((place[id_] for id_ in notes), default=len(place))
        return newest, 0 if notes else -work.year, work.title.casefold(), work.id

    return tuple(work.id for work in sorted(works, key=key))


def by_year(catalog: Catalog, ids: Sequence[str]) -> dict[int, tuple[str, ...]]:
    """Works by year of publication, newest year first, 0 (unknown) last."""
    years: dict[int, list[str]] = {}
    for id_ in ids:
        years.setdefault(catalog.works[id_].year, []).append(id_)
    return {year: tuple(years[year]) for year in sorted(years, reverse=True)}


def tables(years: dict[int, tuple[str, ...]], total: int) -> Iterator[Table]:
    """The pages of the table: one up to 200 works, above that also pages by year."""
    yield Table(None, 1, "/papers/")
    if total > TABLE_ROWS:
        for year, ids in years.items():
            for page in range(1, cut(len(ids), TABLE_ROWS) + 1):
                yield Table(year, page, paged_url(_year_url(year), page))


def _year_url(year: int) -> str:
    return f"/papers/{year:04}/" if year else "/papers/undated/"


def papers_page(
    scope: Scope, table: Table, ids: Sequence[str], years: dict[int, tuple[str, ...]], _bodies: Bodies
) -> PapersPage:
    """A page of the table; ``ids`` are all works in order, ``years`` the same by year."""
    url, way = table.url, scope.way(table.url)
    mine = ids if table.year is None else years[table.year]
    start = (table.page - 1) * TABLE_ROWS
    shown = mine[start : start + TABLE_ROWS]
    pages = cut(len(mine), TABLE_ROWS) if table.year is not None else 1
    name = _name(scope, table)
    turn = pager(scope, way, _year_url(table.year or 0), table.page, pages, size=TABLE_ROWS, total=len(mine))
    listed_rows = tuple(paper_row(scope, way, id_) for id_ in shown)
    listed = [(scope.catalog.works[id_].title, scope.addresses.works[id_]) for id_ in shown]
    return PapersPage(
        **common(scope, url, "papers", "papers"),
        head=head(
            scope,
            url,
            words.page_of(scope.tongue, name, table.page),
            scope.tongue.count(
                "{n} paper in {site}.", "{n} papers in {site}.", len(mine), site=scope.settings.title
            ),
            robots="noindex, follow" if table.page > 1 else "",
            feeds=feeds(scope, url),
            jsonld=jsonld.collection(scope, url, name, listed),
            prev=turn.prev if turn else "",
            next_=turn.next if turn else "",
        ),
        title=Html(escape(name)),
        total=len(mine),
        rows=listed_rows,
        exports=tuple(Anchor(name, way(f"/papers.{end}")) for name, end in EXPORTS),
        years=_years(scope, way, years) if len(ids) > TABLE_ROWS else (),
        pager=turn,
        filters=_filters(scope, listed_rows),
        authors=way("/authors/"),
    )


def _name(scope: Scope, table: Table) -> str:
    if table.year is None:
        return scope.tongue.say("Papers")
    if not table.year:
        return scope.tongue.say("Papers without a year")
    return scope.tongue.say("Papers of {year}", year=table.year)


def _filters(scope: Scope, rows_: Sequence[PaperRow]) -> tuple[Choice, ...]:
    return filters.useful(
        filters.statuses(scope, (row.state.word for row in rows_ if row.state)),
        filters.tags(scope, (row.tags for row in rows_)),
        filters.years(scope, (row.year for row in rows_)),
    )


def _years(scope: Scope, way: Way, years: dict[int, tuple[str, ...]]) -> tuple[Anchor, ...]:
    return tuple(
        Anchor(
            str(year) if year else scope.tongue.say("no year"),
            way(_year_url(year)),
            scope.tongue.number(len(ids)),
        )
        for year, ids in years.items()
    )


def paper_row(scope: Scope, way: Way, work_id: str) -> PaperRow:
    """A work by its newest note."""
    work = scope.catalog.works[work_id]
    notes = scope.orders.noted.get(work_id, ())
    note = scope.catalog.notes[notes[-1]] if notes else None
    paper, title = next((paper for paper in work.ids if rows.abs_url(paper)), None), _title(work, note)
    own = rows.voice_of_title(scope, note, title) if note else rows.SITES
    return PaperRow(
        href=way(scope.lead(work_id)),
        title=title,
        authors=words.author_line(scope.tongue, work.authors),
        venue=venue_name(work.venue) if work.year else work.venue,
        year=str(work.year) if work.year else "",
        state=rows.state(scope, note) if note else None,
        rating=words.rating(scope.tongue, note.rating) if note else "",
        when=rows.when(scope, note.date) if note else None,
        id_text=_identity(scope, work),
        id_href=rows.abs_url(paper) if paper else "",
        say=rows.say(note) if note else Html(""),
        tags=_tags(scope, notes),
        lang=own.lang,
        dir=own.dir,
    )


def _tags(scope: Scope, notes: Sequence[str]) -> tuple[str, ...]:
    """Labels of the tags that its notes have, each once."""
    found = (rows.tag_path(label) for id_ in notes for label in scope.catalog.notes[id_].tags)
    return tuple(link[0] for path in dict.fromkeys(found) if (link := scope.tag_links.get(path)))


def _title(work: Work, note: Note | None) -> Html:
    return rows.heading(note, work)[0] if note else Html(escape(work.title))


def _identity(scope: Scope, work: Work) -> str:
    """``2106.09685`` of arXiv, else the name of where the paper is."""
    paper = next((paper for paper in work.ids if rows.abs_url(paper)), None)
    if paper is None:
        return ""
    return papers.short(paper) if paper.scheme == "arxiv" else rows.scheme_name(scope, paper)
