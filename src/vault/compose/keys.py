"""The keyboard map as a page; the keys themselves are vault.js's."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from vault.compose.head import common, feeds, head
from vault.compose.planned import Planned
from vault.compose.scope import Bodies, Scope
from vault.records import Html
from vault.records.views import Key, KeysPage

URL: Final = "/keys/"

ALWAYS: Final = (
    Key(("Ctrl", "K"), "search (Cmd K on a Mac)", together=True),
    Key(("Tab",), "the next link or control, in reading order"),
    Key(("Enter",), "open it"),
    Key(("Escape",), "close a card, a dialog or a menu; clear a filter"),
)
ANYWHERE: Final = (
    Key(("/",), "search"),
    Key(("?",), "this list"),
    Key(("[",), "the note, month or page before"),
    Key(("]",), "the one after"),
)
GO: Final = (
    ("h", "home", ""),
    ("p", "papers", ""),
    ("q", "queue", "queue"),
    ("t", "tags", ""),
    ("a", "archive", ""),
    ("d", "digest", ""),
    ("g", "graph", ""),
    ("s", "statistics", ""),
)
LISTS: Final = (
    Key(("j",), "the next row"),
    Key(("k",), "the row before"),
    Key(("o",), "open the paper", "also on a note"),
    Key(("y",), "copy the row’s command", "in the queue"),
    Key(("c",), "copy BibTeX", "on a note"),
    Key(("e",), "edit", "on a note, where the site links its source"),
)


def pages(scope: Scope) -> Iterator[Planned]:
    yield Planned(URL, "the keys page", partial(keys_page, scope), "")


def keys_page(scope: Scope, _bodies: Bodies) -> KeysPage:
    queue = scope.settings.queue_publish
    go = tuple(Key(("g", key), place) for key, place, needs in GO if queue or needs != "queue")
    return KeysPage(
        **common(scope, URL, "keys", "keys"),
        head=head(
            scope,
            URL,
            "Keys",
            "What the keyboard does here, and how to turn it off.",
            feeds=feeds(scope, URL),
        ),
        title=Html("Keys"),
        groups=(
            ("always", "Always", ALWAYS),
            ("anywhere", "Single keys", ANYWHERE),
            ("go", "Go to", go),
            ("lists", "In lists and notes", LISTS),
        ),
    )
