"""The digest: a month as a letter, whole in itself, and the list of all months."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from html import escape
from itertools import groupby
from typing import Final

from vault import dates
from vault.compose import head as page_head
from vault.compose import jsonld, month, own, rows, words
from vault.compose.archive import Month, month_label
from vault.compose.digest_feed import digest_feed
from vault.compose.head import common, head
from vault.compose.letter import BEST, best, digest_url, groups, letter_id, linked
from vault.compose.planned import Planned
from vault.compose.scope import Scope, Way
from vault.compose.wholes import Bodies
from vault.naming import month_url
from vault.problems import problem
from vault.records import Html, Note, Problem, changed
from vault.records.views import Anchor, DigestPage, DigestsPage, Feed, Group, Letter

URL: Final = "/digest/"
ADDED: Final = 30
"""Papers added to the queue that a letter lists; the month's archive has all."""


def pages(scope: Scope) -> Iterator[Planned]:
    """The list, and a letter for each month with a note that says something."""
    yield Planned(URL, "the digest", partial(digests_page, scope), "" if scope.orders.letters else None)
    for each, ids in scope.orders.letters.items():
        day = scope.catalog.notes[ids[0]].date
        make = partial(digest_page, scope, each)
        yield Planned(digest_url(each), "the digest", make, day.iso if day else "")


def feeds(scope: Scope) -> Iterator[Planned]:
    for atom, name in ((True, "feed.xml"), (False, "feed.json")):
        yield Planned(f"{URL}{name}", "the digest", partial(digest_feed, scope, atom))


def problems(scope: Scope) -> tuple[Problem, ...]:
    """``digest-empty`` for each introduction that no month shows."""
    shown = {letter_id(each) for each in scope.orders.letters}
    return tuple(
        problem(
            "digest-empty",
            each.note.path,
            "no month of the digest shows this text: it has no notes, or the name is no month",
            hint="name the file as digest/2025-01.md, after a month with a note that says something",
        )
        for id_, each in scope.own.items()
        if id_ != own.ABOUT and id_ not in shown
    )


def latest(scope: Scope, way: Way) -> Anchor | None:
    """The newest letter."""
    letters = scope.orders.letters
    return Anchor(month_label(scope, max(letters)), way(digest_url(max(letters)))) if letters else None


def digests_page(scope: Scope, _bodies: Bodies) -> DigestsPage:
    way, name = scope.way(URL), scope.tongue.say("Digest")
    months = sorted(scope.orders.letters, reverse=True)
    listed = [(month_label(scope, each), digest_url(each)) for each in months]
    return DigestsPage(
        **common(scope, URL, "digests", "digest"),
        head=head(
            scope,
            URL,
            name,
            scope.tongue.count(
                "{n} month of reading, a letter each.", "{n} months of reading, a letter each.", len(months)
            ),
            feeds=_feeds(scope, URL),
            jsonld=jsonld.collection(scope, URL, name, listed),
        ),
        title=Html(escape(name)),
        total=len(months),
        years=tuple(
            (str(year), f"y{year}", tuple(_letter(scope, way, each) for each in run))
            for year, run in groupby(months, key=lambda each: each[0])
        ),
        feeds=_follow(scope, URL),
    )


def _letter(scope: Scope, way: Way, each: Month) -> Letter:
    said = scope.own.get(letter_id(each))
    return Letter(
        href=way(digest_url(each)),
        label=month_label(scope, each),
        iso=f"{each[0]:04}-{each[1]:02}",
        say=rows.say(said.note) if said and said.note.tldr else _titles(scope, each),
        note=month.said(scope, each).removesuffix("."),
        total=len(scope.orders.letters[each]),
        lang=rows.language(said.note, scope) if said and said.note.tldr else "",
    )


def _titles(scope: Scope, each: Month) -> Html:
    """What a month without an introduction is told by: its best notes, by their short names."""
    ids = best(scope, each) or scope.orders.letters[each][:BEST]
    names = [escape(rows.short_title(scope.catalog.notes[id_])) for id_ in ids]
    rest = len(scope.orders.letters[each]) - len(names)
    return Html(words.joined(scope.tongue, [*names, more(scope, rest)] if rest else names))


def more(scope: Scope, number: int) -> str:
    return scope.tongue.count("{n} more", "{n} more", number)


def digest_page(scope: Scope, each: Month, bodies: Bodies) -> DigestPage:
    url = digest_url(each)
    way, label, ids = scope.way(url), month_label(scope, each), scope.orders.letters[each]
    intro, references = own.filled(scope, letter_id(each), bodies, way)
    said = scope.own.get(letter_id(each))
    earlier, later = _beside(scope, each)
    added = scope.orders.added.get(each, ())
    return DigestPage(
        **common(scope, url, "digest", "digest"),
        head=head(
            scope,
            url,
            scope.tongue.say("Digest of {month}", month=label),
            (said.note.tldr if said else "")
            or scope.tongue.say("Read in {month}: {titles}.", month=label, titles=_names(scope, ids)),
            kind="article",
            extra=(("article:published_time", _day(scope, ids)), ("article:author", scope.settings.author)),
            feeds=_feeds(scope, url),
            jsonld=_article(scope, url, each),
            prev=way(digest_url(earlier)) if earlier else "",
            next_=way(digest_url(later)) if later else "",
        ),
        title=Html(escape(label)),
        crumbs=(Anchor(scope.tongue.say("Digest"), way(URL)), Anchor(label, "")),
        total=len(ids),
        subtitle=_subtitle(said.note) if said else Html(""),
        counted=month.said(scope, each),
        intro=intro,
        references=references,
        numbered=own.numbered(scope),
        best=rows.rows(scope, way, best(scope, each)),
        groups=tuple(_groups(scope, way, each)),
        linked=_linked(scope, way, each),
        added=rows.rows(scope, way, added[:ADDED]),
        more=_more(scope, way, each, len(added)),
        calendar=month.calendar(scope, each, ids),
        counts=month.counts(scope, each),
        archive=Anchor(scope.tongue.say("{month} in the archive", month=label), way(month_url(*each))),
        prev=_anchor(scope, way, earlier),
        next=_anchor(scope, way, later),
        feeds=_follow(scope, url),
        lang=rows.language(said.note, scope) if said else "",
    )


def _subtitle(note: Note) -> Html:
    """The title that an introduction gives itself, where it is more than the name of its month."""
    named = note.title != note.path.rpartition("/")[2].removesuffix(".md") and not dates.heading(note.title)
    return rows.title_html(note) if named else Html("")


def _beside(scope: Scope, each: Month) -> tuple[Month | None, Month | None]:
    months = sorted(scope.orders.letters)
    at = months.index(each)
    return months[at - 1] if at else None, months[at + 1] if at + 1 < len(months) else None


def _anchor(scope: Scope, way: Way, each: Month | None) -> Anchor | None:
    if each is None:
        return None
    return Anchor(
        month_label(scope, each),
        way(digest_url(each)),
        scope.tongue.number(len(scope.orders.letters[each])),
    )


def _groups(scope: Scope, way: Way, each: Month) -> Iterator[Group]:
    """Rows by tag; what stands among the best already says here only that it is there."""
    shown = best(scope, each)
    for at, (path, ids) in enumerate(groups(scope, each), 1):
        label, url = scope.tag_links.get(path, ("", ""))
        listed = ((id_, rows.row(scope, way, id_)) for id_ in ids)
        yield Group(
            anchor=f"group-{at}",
            label=label or scope.tongue.say("Without a tag"),
            note=words.notes(scope.tongue, len(ids)),
            rows=tuple(changed(row, say=Html("")) if id_ in shown else row for id_, row in listed),
            href=way(url) if url else "",
        )


def _linked(scope: Scope, way: Way, each: Month) -> tuple[Anchor, ...]:
    return tuple(
        Anchor(
            rows.short_title(scope.catalog.notes[id_]),
            way(scope.addresses.notes[id_]),
            words.links(scope.tongue, number),
            *rows.voice(scope, scope.catalog.notes[id_]),
        )
        for id_, number in linked(scope, each)
    )


def _more(scope: Scope, way: Way, each: Month, number: int) -> Anchor | None:
    return Anchor(more(scope, number - ADDED), way(month_url(*each))) if number > ADDED else None


def _names(scope: Scope, ids: tuple[str, ...]) -> str:
    names = [rows.short_title(scope.catalog.notes[id_]) for id_ in ids[:6]]
    return words.joined(scope.tongue, [*names, more(scope, len(ids) - 6)] if len(ids) > 6 else names)


def _day(scope: Scope, ids: tuple[str, ...]) -> str:
    day = scope.catalog.notes[ids[0]].date
    return day.iso if day else ""


def _article(scope: Scope, url: str, each: Month) -> jsonld.Document:
    ids = scope.orders.letters[each]
    tags = Counter(path for path, found in groups(scope, each) for _ in found if path)
    return {
        "@type": "Article",
        "@id": scope.absolute(url),
        "url": scope.absolute(url),
        "headline": scope.tongue.say("Digest of {month}", month=month_label(scope, each)),
        "author": jsonld.person(scope.settings.author),
        "datePublished": _day(scope, ids),
        "inLanguage": scope.settings.lang,
        "keywords": [scope.tag_links[path][0] for path in tags if path in scope.tag_links],
        "mentions": [
            {
                "@type": "CreativeWork",
                "name": scope.catalog.notes[id_].title,
                "url": scope.absolute(scope.addresses.notes[id_]),
            }
            for id_ in ids[:100]
        ],
        "isPartOf": {"@type": "WebSite", "@id": scope.absolute("/"), "name": scope.settings.title},
    }


def _feeds(scope: Scope, url: str) -> tuple[Feed, ...]:
    return (*page_head.feeds(scope, url, URL, scope.tongue.say("Digest")), *page_head.feeds(scope, url))


def _follow(scope: Scope, url: str) -> tuple[Anchor, ...]:
    return tuple(
        Anchor(feed.title, feed.href) for feed in page_head.feeds(scope, url, URL, scope.tongue.say("Digest"))
    )
