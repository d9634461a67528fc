"""The tag tree, and a page for each tag: its notes by year, a hundred at a time."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import groupby

from vault.compose import jsonld, rows, words
from vault.compose.addresses import TAG_ROWS, cut
from vault.compose.head import common, feeds, head
from vault.compose.orders import listed
from vault.compose.pages import paged_url, pager
from vault.compose.scope import Scope, Way
from vault.compose.wholes import Bodies
from vault.records import Html, Tag
from vault.records.views import Anchor, Group, TagNode, TagPage, TagsPage

BY_COUNT = 20


def shown(scope: Scope, tag: Tag) -> tuple[str, ...]:
    """The notes that a tag's page lists, newest first."""
    return scope.orders.tagged[tag.path].listed


def total(scope: Scope, tag: Tag) -> int:
    return len(shown(scope, tag))


def alive(scope: Scope) -> dict[str, int]:
    """The tags that lists may show, and how many notes each has, children counted."""
    counted = ((path, total(scope, tag)) for path, tag in scope.catalog.tags.items())
    return {path: number for path, number in counted if number}


def leaf(tag: Tag) -> str:
    """``peft`` of ``efficiency/peft``."""
    return tag.label.rpartition("/")[2]


def tags_page(scope: Scope, _bodies: Bodies) -> TagsPage:
    url, way, name = "/tags/", scope.way("/tags/"), scope.tongue.say("Tags")
    totals = alive(scope)
    roots = [path for path in totals if "/" not in path]
    common_first = sorted(totals, key=lambda path: (-totals[path], path))
    return TagsPage(
        **common(scope, url, "tags", "tags"),
        head=head(
            scope,
            url,
            f"{name}: {scope.tongue.number(len(totals))}",
            scope.tongue.count(
                "{n} tag in {site}.", "{n} tags in {site}.", len(totals), site=scope.settings.title
            ),
            feeds=feeds(scope, url),
            jsonld=jsonld.collection(scope, url, name, _named(scope, common_first)),
        ),
        title=Html(name),
        total=len(totals),
        tree=_nodes(scope, way, roots, totals),
        by_count=tuple(_counted(scope, way, path, totals[path]) for path in common_first[:BY_COUNT]),
    )


def _named(scope: Scope, paths: Iterable[str]) -> list[tuple[str, str]]:
    return [scope.tag_links[path] for path in paths]


def _nodes(scope: Scope, way: Way, paths: Iterable[str], totals: dict[str, int]) -> tuple[TagNode, ...]:
    """Tags with what is below them, alphabetically (at most ten levels, see ``naming.tag_label``)."""
    tags = [scope.catalog.tags[path] for path in paths if totals.get(path)]
    return tuple(
        TagNode(
            text=leaf(tag),
            href=way(scope.addresses.tags[tag.path]),
            own=sum(listed(scope.bare[id_]) for id_ in tag.own),
            total=totals[tag.path],
            children=_nodes(scope, way, tag.children, totals),
        )
        for tag in sorted(tags, key=lambda tag: (leaf(tag).casefold(), tag.path))
    )


def _counted(scope: Scope, way: Way, path: str, number: int, *, short: bool = False) -> Anchor:
    tag = scope.catalog.tags[path]
    return Anchor(
        leaf(tag) if short else tag.label, way(scope.addresses.tags[path]), scope.tongue.number(number)
    )


def tag_page(scope: Scope, path: str, page: int, _bodies: Bodies) -> TagPage:
    tag = scope.catalog.tags[path]
    base = scope.addresses.tags[path]
    url = paged_url(base, page)
    way = scope.way(url)
    ids = shown(scope, tag)
    here = ids[(page - 1) * TAG_ROWS : page * TAG_ROWS]
    turn = pager(scope, way, base, page, cut(len(ids), TAG_ROWS), size=TAG_ROWS, total=len(ids))
    name = leaf(tag)
    label = words.page_of(scope.tongue, f"{name}: {words.notes(scope.tongue, len(ids))}", page)
    description = description_of(scope, path)
    return TagPage(
        **common(scope, url, "tag", "tags"),
        head=head(
            scope,
            url,
            label,
            scope.tongue.count("{n} note tagged {tag}.", "{n} notes tagged {tag}.", len(ids), tag=tag.label),
            robots="noindex, follow" if page > 1 or not ids else "",
            feeds=feeds(scope, url, base, name),
            jsonld=_jsonld(scope, tag, url, here),
            prev=turn.prev if turn else "",
            next_=turn.next if turn else "",
        ),
        title=Html(escape(name)),
        label=tag.label,
        crumbs=_crumbs(scope, way, path),
        total=len(ids),
        description=description,
        children=_children(scope, way, tag),
        together=tuple(
            _counted(scope, way, other, number) for other, number in tag.together if _seen(scope, other)
        ),
        groups=_groups(scope, way, tag, here),
        feeds=tuple(Anchor(feed.title, feed.href) for feed in feeds(scope, url, base, name)),
        pager=turn,
    )


def description_of(scope: Scope, path: str) -> Html:
    """What ``tags/<tag>.md`` says; plain text is escaped, ``Html`` stands as it is."""
    text = scope.descriptions.get(path, "")
    return text if isinstance(text, Html) else Html(escape(text))


def _seen(scope: Scope, path: str) -> bool:
    """Whether a tag has a note that may be listed."""
    tag = scope.catalog.tags.get(path)
    return tag is not None and total(scope, tag) > 0


def _children(scope: Scope, way: Way, tag: Tag) -> tuple[Anchor, ...]:
    numbers = {path: total(scope, scope.catalog.tags[path]) for path in tag.children}
    return tuple(_counted(scope, way, path, number, short=True) for path, number in numbers.items() if number)


def _parents(path: str) -> list[str]:
    """``a/b/c`` -> ``a``, ``a/b``."""
    levels = path.split("/")
    return ["/".join(levels[:end]) for end in range(1, len(levels))]


def _crumbs(scope: Scope, way: Way, path: str) -> tuple[Anchor, ...]:
    """The way down the tree; the last one is this page and has no href."""
    above = [scope.catalog.tags[parent] for parent in _parents(path) if parent in scope.catalog.tags]
    return (
        Anchor(scope.tongue.say("Tags"), way("/tags/")),
        *(Anchor(leaf(tag), way(scope.addresses.tags[tag.path])) for tag in above),
        Anchor(leaf(scope.catalog.tags[path]), ""),
    )


def _groups(scope: Scope, way: Way, tag: Tag, here: tuple[str, ...]) -> tuple[Group, ...]:
    """Rows of this page by year; the note of a group counts the whole year."""
    years = scope.orders.tagged[tag.path].years
    return tuple(
        Group(
            anchor=f"y{year}" if year else "undated",
            label=str(year) if year else scope.tongue.say("Without a date"),
            note=words.notes(scope.tongue, years[year]),
            rows=rows.rows(scope, way, run),
        )
        for year, run in groupby(here, key=lambda id_: _year(scope, id_))
    )


def _year(scope: Scope, note_id: str) -> int:
    date = scope.catalog.notes[note_id].date
    return date.year if date else 0


def _jsonld(scope: Scope, tag: Tag, url: str, here: tuple[str, ...]) -> jsonld.Document:
    listed = [(scope.catalog.notes[id_].title, scope.addresses.notes[id_]) for id_ in here]
    above = [path for path in (*_parents(tag.path), tag.path) if path in scope.catalog.tags]
    trail = [(scope.tongue.say("Tags"), "/tags/"), *_named(scope, above)]
    return {
        **jsonld.collection(scope, url, tag.label, listed),
        "breadcrumb": jsonld.crumbs(scope, trail),
    }
