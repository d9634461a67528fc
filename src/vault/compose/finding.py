"""The search page: a box for browsers that search, and all titles, tags and authors for those that do not."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape
from itertools import groupby
from typing import Final

from vault.compose import author_list, rows, words
from vault.compose.addresses import cut
from vault.compose.bylines import Noted
from vault.compose.head import common, head
from vault.compose.pages import paged_url, pager
from vault.compose.rows import voice
from vault.compose.scope import Scope, Way
from vault.compose.tags import alive
from vault.compose.wholes import Bodies
from vault.records import Html
from vault.records.views import Anchor, SearchPage, Shelf
from vault.tongue import marked
from vault.tuples import NamedTuple
from vault.words import words_of

URL: Final = "/search/"
TITLES: Final = 500
"""Titles on one page."""

LATEST: Final = 10
"""Notes that are shown before anything is asked."""

TAGS: Final = 300
AUTHORS: Final = 300
"""Tags and authors listed."""

DIGITS, OTHERS = "0–9", marked("Other scripts")


class Title(NamedTuple):
    """A note in the list from A to Z."""

    letter: str
    key: str
    note: str


def in_order(scope: Scope) -> tuple[Title, ...]:
    """All notes that may be found, by title."""
    found = (_title(id_, scope.catalog.notes[id_].title) for id_ in scope.orders.listed)
    return tuple(sorted(found, key=lambda title: (_rank(title.letter), title.key, title.note)))


def _title(note_id: str, title: str) -> Title:
    key = " ".join(words_of(title))
    first = key[:1]
    letter = first.upper() if "a" <= first <= "z" else DIGITS if first.isdecimal() else OTHERS
    return Title(letter, key, note_id)


def _rank(letter: str) -> int:
    return {DIGITS: 0, OTHERS: 2}.get(letter, 1)


def pages(scope: Scope) -> int:
    return cut(len(scope.orders.listed), TITLES)


def search_page(scope: Scope, page: int, noted: Noted, _bodies: Bodies) -> SearchPage:
    """A page of the list; the first one has the box, the tags and the authors."""
    url, titles = paged_url(URL, page), scope.once("titles in order", partial(in_order, scope))
    way = scope.way(url)
    turn = pager(scope, way, URL, page, pages(scope), size=TITLES, total=len(titles))
    first = page == 1
    found_tags = _tags(scope, way) if first else ()
    say = scope.tongue.say
    name = say("Search") if first else words.page_of(scope.tongue, say("All notes by title"), page)
    return SearchPage(
        **common(scope, url, "search", "search"),
        head=head(
            scope,
            url,
            name,
            scope.tongue.count(
                "Find words in {n} note of {site}.",
                "Find words in {n} notes of {site}.",
                len(titles),
                site=scope.settings.title,
            ),
            robots="noindex, follow",
            prev=turn.prev if turn else "",
            next_=turn.next if turn else "",
        ),
        title=Html(escape(name)),
        total=len(titles),
        letters=_letters(scope, way, titles),
        shelves=_shelves(scope, way, titles[(page - 1) * TITLES : page * TITLES]),
        tags=found_tags[:TAGS],
        authors=_authors(scope, way, noted) if first else (),
        tags_href=way("/tags/"),
        authors_href=way(author_list.URL),
        unlisted_tags=max(0, len(found_tags) - TAGS),
        unlisted_authors=max(0, len(noted) - AUTHORS) if first else 0,
        pager=turn,
        latest=rows.with_years(rows.rows(scope, way, scope.orders.listed[:LATEST])) if first else (),
    )


def _letters(scope: Scope, way: Way, titles: Sequence[Title]) -> tuple[Anchor, ...]:
    """Each letter that begins a title, and the page on which its titles begin."""
    first = scope.once("letters of titles", partial(_firsts, titles))
    return tuple(
        Anchor(
            author_list.letter_label(scope, letter),
            way(f"{paged_url(URL, at // TITLES + 1)}#{_anchor(letter)}"),
        )
        for letter, at in first.items()
    )


def _firsts(titles: Sequence[Title]) -> dict[str, int]:
    """Each letter, and the place of its first title."""
    first: dict[str, int] = {}
    for at, title in enumerate(titles):
        first.setdefault(title.letter, at)
    return first


def _anchor(letter: str) -> str:
    return {DIGITS: "digits", OTHERS: "others"}.get(letter, f"letter-{letter.lower()}")


def _shelves(scope: Scope, way: Way, titles: Sequence[Title]) -> tuple[Shelf, ...]:
    return tuple(
        Shelf(
            author_list.letter_label(scope, letter),
            _anchor(letter),
            tuple(_link(scope, way, title.note) for title in found),
        )
        for letter, found in groupby(titles, key=lambda title: title.letter)
    )


def _link(scope: Scope, way: Way, note_id: str) -> Anchor:
    note = scope.catalog.notes[note_id]
    year = f"{note.date.year}" if note.date and note.date.year else ""
    return Anchor(note.title, way(scope.addresses.notes[note_id]), year, *voice(scope, note))


def _tags(scope: Scope, way: Way) -> tuple[Anchor, ...]:
    """Tags, the commonest first as far as they are kept, then by name."""
    totals = alive(scope)
    kept = sorted(totals, key=lambda path: (-totals[path], path))
    order = sorted(kept[:TAGS]) + kept[TAGS:]
    return tuple(
        Anchor(
            scope.catalog.tags[path].label, way(scope.addresses.tags[path]), scope.tongue.number(totals[path])
        )
        for path in order
    )


def _authors(scope: Scope, way: Way, noted: Noted) -> tuple[Anchor, ...]:
    """The authors noted most, by family name; each leads to a page, or to the only note."""
    most = sorted(noted, key=lambda key: (-len(noted[key]), key))[:AUTHORS]
    people = sorted(author_list.sort_key(scope.catalog.authors[key].name, key) for key in most)
    return tuple(author_list.anchor(scope, way, person.key, noted) for person in people)


def planned(scope: Scope, noted: Noted) -> list[tuple[str, partial[SearchPage]]]:
    """(address, what makes it) of each page."""
    return [
        (paged_url(URL, page), partial(search_page, scope, page, noted))
        for page in range(1, pages(scope) + 1)
    ]
