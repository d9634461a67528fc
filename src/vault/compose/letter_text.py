"""A month's letter as Markdown to paste: plain links, no syntax of a vault's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from vault.compose import month, rows, words
from vault.compose.archive import Month, month_label
from vault.compose.filling import NOWHERE
from vault.compose.letter import address, best, groups, letter_id, linked
from vault.compose.scope import Scope
from vault.patterns import lazy
from vault.records import slot_key

_COMMENT: Final = lazy(r"%%.*?%%|<!--.*?-->", re.DOTALL)
_WIKI: Final = lazy(r"!?\[\[([^\[\]|#\n]*)(?:#([^\[\]|\n]*))?(?:\|([^\[\]\n]*))?\]\]")


def markdown(scope: Scope, each: Month, intro: str) -> str:
    """The letter; ``intro`` is the Markdown of its introduction.  A note's link is its page where the site
    knows where it stands, else the paper's."""
    return "\n\n".join(filter(None, _parts(scope, each, intro))) + "\n"


def _parts(scope: Scope, each: Month, intro: str) -> Iterator[str]:
    yield f"# {month_label(scope, each)}"
    yield month.said(scope, each)
    yield _portable(scope, letter_id(each), intro)
    chosen, say = best(scope, each), scope.tongue.say
    if chosen:
        yield f"## {say('Best of the month')}"
        yield _list(scope, chosen)
    for path, ids in groups(scope, each):
        label, _ = scope.tag_links.get(path, (say("Without a tag"), ""))
        yield f"## {label}"
        yield _list(scope, ids, told=chosen)
    if found := linked(scope, each):
        yield f"## {say('Most linked')}"
        counted = ((_named(scope, id_), words.links(scope.tongue, number)) for id_, number in found)
        yield "\n".join(f"- {named}: {number}" for named, number in counted)
    if added := scope.orders.added.get(each, ()):
        yield f"## {say('Added to the queue')}"
        yield _list(scope, added)


def _list(scope: Scope, ids: Iterable[str], told: tuple[str, ...] = ()) -> str:
    """An item each; those ``told`` above stand by their names alone."""
    return "\n".join(f"- {_named(scope, id_)}" if id_ in told else _item(scope, id_) for id_ in ids)


def _named(scope: Scope, id_: str) -> str:
    return _link(scope, id_, rows.short_title(scope.catalog.notes[id_]))


def _item(scope: Scope, id_: str) -> str:
    note = scope.catalog.notes[id_]
    about, rated = rows.about(scope, note, scope.work_of(note)), words.rating(scope.tongue, note.rating)
    small = ", ".join(filter(None, (about, rated)))
    head = _link(scope, id_, note.title) + (f" ({small})" if small else "")
    return f"- {head}: {' '.join(note.tldr.split())}" if note.tldr else f"- {head}"


def _link(scope: Scope, id_: str, text: str) -> str:
    label = re.sub(r"([\\\[\]])", r"\\\1", " ".join(text.split()))
    url = address(scope, id_)
    return f"[{label}]({url.replace('(', '%28').replace(')', '%29')})" if url else label


def _portable(scope: Scope, own: str, text: str) -> str:
    """The text without comments, wikilinks as plain ones."""
    table = scope.graph.resolved.get(own, {})

    def plain(found: re.Match[str]) -> str:
        target, anchor, label = (part or "" for part in found.groups())
        kind = "embed" if found[0].startswith("!") else "wiki"
        where = table.get(slot_key(kind, target, anchor), NOWHERE)
        text = label or target or anchor
        return _link(scope, where.target, text) if where.kind == "note" else text

    return _WIKI.sub(plain, _COMMENT.sub("", text)).strip()
