"""The keyboard map as a page; the keys themselves are vault.js's."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from vault.compose.head import common, feeds, head
from vault.compose.planned import Planned
from vault.compose.scope import Scope
from vault.compose.wholes import Bodies
from vault.records import Html, changed
from vault.records.views import Key, KeysPage
from vault.tongue import marked, marked_as

URL: Final = "/keys/"

ALWAYS: Final = (
    Key(("Ctrl", "K"), marked("search (Cmd K on a Mac)"), together=True),
    Key(("Tab",), marked("the next link or control, in reading order")),
    Key(("Enter",), marked("open it")),
    Key(("Escape",), marked("close a card, a dialog or a menu; clear a filter")),
)
ANYWHERE: Final = (
    Key(("/",), marked("search")),
    Key(("?",), marked("this list")),
    Key(("[",), marked("the note, month or page before")),
    Key(("]",), marked("the one after")),
)
GO: Final = (
    ("h", marked("home"), ""),
    ("p", marked("papers"), ""),
    ("q", marked("queue"), "queue"),
    ("t", marked("tags"), ""),
    ("a", marked("archive"), ""),
    ("d", marked("digest"), ""),
    ("g", marked("graph"), ""),
    ("s", marked("statistics"), ""),
)
LISTS: Final = (
    Key(("j",), marked("the next row")),
    Key(("k",), marked("the row before")),
    Key(("o",), marked("open the paper"), marked("also on a note")),
    Key(("y",), marked("copy the row’s command"), marked("in the queue")),
    Key(("c",), marked("copy BibTeX"), marked("on a note")),
    Key(("e",), marked("edit"), marked("on a note, where the site links its source")),
)


def pages(scope: Scope) -> Iterator[Planned]:
    yield Planned(URL, "the keys page", partial(keys_page, scope), "")


def keys_page(scope: Scope, _bodies: Bodies) -> KeysPage:
    queue = scope.settings.queue_publish
    go = tuple(Key(("g", key), place) for key, place, needs in GO if queue or needs != "queue")
    say = scope.tongue.say
    return KeysPage(
        **common(scope, URL, "keys", "keys"),
        head=head(
            scope,
            URL,
            say("Keys"),
            say("What the keyboard does here, and how to turn it off."),
            feeds=feeds(scope, URL),
        ),
        title=Html(say("Keys")),
        groups=(
            ("always", say("Always"), _said(scope, ALWAYS)),
            ("anywhere", say("Single keys"), _said(scope, ANYWHERE)),
            ("go", say("Go to"), _said(scope, go)),
            ("lists", say("In lists and notes"), _said(scope, LISTS)),
        ),
    )


def _said(scope: Scope, keys: tuple[Key, ...]) -> tuple[Key, ...]:
    say = scope.tongue.say
    return tuple(
        changed(
            key,
            keys=tuple(say_as_key(scope, name) for name in key.keys),
            does=say(key.does),
            where=say(key.where) if key.where else "",
        )
        for key in keys
    )


def say_as_key(scope: Scope, name: str) -> str:
    """What is printed on a key: ``Strg`` for ``Ctrl``."""
    return scope.tongue.say_as("key", name)


_PRINTED: Final = (
    *(marked_as("key", "Ctrl"), marked_as("key", "Tab"), marked_as("key", "Enter")),
    marked_as("key", "Escape"),
)
"""The keys that are called otherwise elsewhere."""
