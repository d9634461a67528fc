"""The digest as a feed: each letter whole, every address absolute."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from html import escape
from urllib.parse import urlsplit

from vault.compose import month, own, rows, words
from vault.compose.archive import Month, month_label
from vault.compose.feeds import NEVER, TEMPLATE, clean, moment
from vault.compose.letter import address, best, digest_url, groups, letter_id, linked
from vault.compose.scope import Scope
from vault.compose.wholes import BodyOf
from vault.records.views import FeedEntry, FeedPage


def digest_feed(scope: Scope, atom: bool, bodies: BodyOf) -> FeedPage:
    months = sorted(scope.orders.letters, reverse=True)[: scope.settings.feed_items]
    entries = tuple(scope.once(("letter", each), partial(_entry, scope, each, bodies)) for each in months)
    url = f"/digest/feed.{'xml' if atom else 'json'}"
    return FeedPage(
        template=TEMPLATE if atom else "",
        url=url,
        id=scope.absolute("/digest/feed.xml"),
        title=clean(f"{scope.tongue.say('Digest')} · {scope.settings.title}"),
        description=scope.tongue.say(
            "A letter for each month: what was read, and what of it was worth the time."
        ),
        home=scope.absolute("/digest/"),
        self=scope.absolute(url),
        author=clean(scope.settings.author),
        lang=scope.settings.lang,
        updated=max((entry.updated for entry in entries), default=NEVER),
        entries=entries,
    )


def _entry(scope: Scope, each: Month, bodies: BodyOf) -> FeedEntry:
    """A letter; its day is that of its newest note, since no letter knows when its month is over."""
    ids = scope.orders.letters[each]
    authority = scope.settings.feed_id or (urlsplit(scope.settings.url).hostname or "")
    said = scope.own.get(letter_id(each))
    day = moment(scope.catalog.notes[ids[0]].date)
    return FeedEntry(
        id=f"tag:{authority},{each[0]:04}:{letter_id(each)[1:]}",
        url=scope.absolute(digest_url(each)),
        title=month_label(scope, each),
        published=day,
        updated=max(day, *(moment(scope.catalog.notes[id_].updated, "") for id_ in ids)),
        summary=clean((said.note.tldr if said else "") or month.said(scope, each)),
        content=clean("".join(html(scope, each, bodies))),
        authors=(clean(scope.settings.author),) if scope.settings.author else (),
        tags=(),
    )


def html(scope: Scope, each: Month, bodies: BodyOf) -> Iterator[str]:
    """The letter as plain HTML, fit for a mail too."""
    yield f"<p>{escape(month.said(scope, each))}</p>"
    yield own.for_feed(scope, letter_id(each), bodies, digest_url(each))
    chosen = best(scope, each)
    if chosen:
        yield f"{_heading(scope, 'Best of the month')}{_list(scope, chosen)}"
    for path, ids in groups(scope, each):
        label, _ = scope.tag_links.get(path, (scope.tongue.say("Without a tag"), ""))
        yield f"<h2>{escape(label)}</h2>{_list(scope, ids, told=chosen)}"
    if found := linked(scope, each):
        items = (
            f"<li>{_named(scope, id_)}: {words.links(scope.tongue, number)}</li>" for id_, number in found
        )
        yield f"{_heading(scope, 'Most linked')}<ul>{''.join(items)}</ul>"
    if added := scope.orders.added.get(each, ()):
        yield f"{_heading(scope, 'Added to the queue')}{_list(scope, added)}"


def _heading(scope: Scope, text: str) -> str:
    return f"<h2>{escape(scope.tongue.say(text))}</h2>"


def _list(scope: Scope, ids: Iterable[str], told: tuple[str, ...] = ()) -> str:
    """An item each; those ``told`` above stand by their names alone."""
    items = (f"<li>{_named(scope, id_)}</li>" if id_ in told else _item(scope, id_) for id_ in ids)
    return f"<ul>{''.join(items)}</ul>"


def _named(scope: Scope, id_: str) -> str:
    return _link(scope, id_, escape(rows.short_title(scope.catalog.notes[id_])))


def _link(scope: Scope, id_: str, label: str) -> str:
    url = address(scope, id_)
    return f'<a href="{escape(url)}">{label}</a>' if url else label


def _item(scope: Scope, id_: str) -> str:
    note = scope.catalog.notes[id_]
    paper, say = rows.about(scope, note, scope.work_of(note)), rows.say(note)
    link = _link(scope, id_, rows.title_html(note))
    small = f" <small>{escape(paper)}</small>" if paper else ""
    return f"<li>{link}{small}{f'<br>{say}' if say else ''}</li>"
