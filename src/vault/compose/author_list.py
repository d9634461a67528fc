"""All authors from A to Z; a long list has a page for each letter."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import partial
from html import escape
from itertools import groupby
from typing import Final

from vault import naming, people
from vault.compose import jsonld, words
from vault.compose.addresses import cut
from vault.compose.bylines import Noted
from vault.compose.head import common, head
from vault.compose.pages import paged_url, pager
from vault.compose.scope import Scope, Way
from vault.compose.wholes import Bodies
from vault.records import Html
from vault.records.views import Anchor, AuthorsPage, Initial
from vault.tongue import marked
from vault.tuples import NamedTuple

ROWS: Final = 500
"""Names on one page; above that there is a page for each letter."""

COMMON: Final = 20
SCRIPTS: Final = {"CJK": marked("Han"), "HIRAGANA": marked("Kana"), "KATAKANA": marked("Kana")}
OTHERS: Final = (
    *(marked("Cyrillic"), marked("Greek"), marked("Arabic"), marked("Hebrew"), marked("Hangul")),
    *(marked("Armenian"), marked("Georgian"), marked("Devanagari"), marked("Thai")),
)
"""Names of scripts as Unicode has them, for the catalogue; rarer ones are called so in every language."""
URL: Final = "/authors/"


class Sorted(NamedTuple):
    """An author's place in the list: their letter, then family and given name."""

    group: tuple[int, str]
    family: str
    given: str
    key: str


class Letter(NamedTuple):
    """A letter (or script) with its authors' keys in order."""

    label: str
    keys: tuple[str, ...]

    @property
    def url(self) -> str:
        return f"{URL}letter/{naming.slug(self.label) or 'other'}/"


def letters(scope: Scope, notes: Noted) -> tuple[Letter, ...]:
    """The authors who have a note by the first letter of their family name."""
    ordered = sorted(sort_key(scope.catalog.authors[key].name, key) for key in notes)
    return tuple(
        Letter(label, tuple(each.key for each in run))
        for (_, label), run in groupby(ordered, key=lambda each: each.group)
    )


def sort_key(name: str, key: str) -> Sorted:
    given, family, suffix = people.split(name)
    return Sorted(_letter(family), plain(family), plain(f"{given} {suffix}"), key)


def plain(name: str) -> str:
    """The name as it is sorted: without marks on letters, case folded."""
    if name.isascii():
        return name.casefold()
    kept = (c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return "".join(_latin(c) for c in kept).casefold()


def _latin(char: str) -> str:
    """``L`` of a Latin letter that no decomposition takes apart (``Ł``); any other character itself."""
    named = unicodedata.name(char, "").split() if not char.isascii() and char.isalpha() else []
    at = named.index("LETTER") + 1 if named[:1] == ["LATIN"] and "LETTER" in named else len(named)
    return named[at] if at < len(named) and len(named[at]) <= 2 else char


def _letter(family: str) -> tuple[int, str]:
    """Latin letters first, then other scripts by name, then what is no letter."""
    first = next((char for char in plain(family) if char.isalnum()), "")
    if first.isascii():
        return (0, first.upper()) if first.isalpha() else (2, marked("Other"))
    script = unicodedata.name(first, "OTHER").split()[0].partition("-")[0]
    return 1, SCRIPTS.get(script, script.capitalize())


class Part(NamedTuple):
    """A page of the list: of which letter (None: of all), and which of its pages."""

    letter: Letter | None
    page: int


def planned(scope: Scope, notes: Noted) -> Iterator[tuple[str, int, partial[AuthorsPage]]]:
    """(URL, page, maker) of the list and its parts."""
    found = letters(scope, notes)
    yield URL, 1, partial(authors_page, scope, notes, found, Part(None, 1))
    if len(notes) > ROWS:
        for letter in found:
            for page in range(1, cut(len(letter.keys), ROWS) + 1):
                make = partial(authors_page, scope, notes, found, Part(letter, page))
                yield paged_url(letter.url, page), page, make


def authors_page(
    scope: Scope, notes: Noted, found: Sequence[Letter], part: Part, _bodies: Bodies
) -> AuthorsPage:
    """The whole list, or a part of it."""
    letter, page = part
    base = letter.url if letter else URL
    url = paged_url(base, page)
    way = scope.way(url)
    number = len(letter.keys) if letter else len(notes)
    turn = pager(scope, way, base, page, cut(number, ROWS), size=ROWS, total=number) if letter else None
    long = len(notes) > ROWS
    say = scope.tongue.say
    label = letter_label(scope, letter.label) if letter else say("Authors")
    name = f"{say('Authors')}: {label}" if letter else label
    most = sorted(scope.addresses.authors, key=lambda key: (-len(notes[key]), key))[:COMMON]
    return AuthorsPage(
        **common(scope, url, "authors", "papers"),
        head=head(
            scope,
            url,
            words.page_of(scope.tongue, name, page),
            scope.tongue.count(
                "{n} author of papers in {site}.",
                "{n} authors of papers in {site}.",
                number,
                site=scope.settings.title,
            ),
            robots="noindex, follow" if page > 1 else "",
            jsonld=jsonld.collection(scope, url, name, _named(scope, most)),
            prev=turn.prev if turn else "",
            next_=turn.next if turn else "",
        ),
        title=Html(escape(label)),
        crumbs=(Anchor(say("Authors"), way(URL)), Anchor(label, "")) if letter else (),
        total=number,
        intro="" if letter or not notes else _intro(scope, notes),
        letters=tuple(
            Anchor(letter_label(scope, each.label), way(each.url), scope.tongue.number(len(each.keys)))
            for each in found
        )
        if long
        else (),
        groups=tuple(_groups(scope, way, notes, found, part)),
        common=() if letter else tuple(anchor(scope, way, key, notes) for key in most),
        pager=turn,
    )


def _letter_anchor(scope: Scope, way: Way, letter: Letter) -> Anchor:
    return Anchor(letter_label(scope, letter.label), way(letter.url), scope.tongue.number(len(letter.keys)))


def letter_label(scope: Scope, label: str) -> str:
    """A letter as it is; the names of scripts, and of what is no letter, in words."""
    return label if len(label) == 1 else scope.tongue.say(label)


def _named(scope: Scope, keys: Sequence[str]) -> list[tuple[str, str]]:
    return [(scope.catalog.authors[key].name, scope.addresses.authors[key]) for key in keys]


def _intro(scope: Scope, notes: Noted) -> str:
    paged, least = len(scope.addresses.authors), scope.settings.author_notes
    tongue = scope.tongue
    few = tongue.count("{few} note", "{few} notes", least, few=words.spelled(tongue, least))
    fields = {
        "several": words.capital(words.spelled(tongue, paged)),
        "enough": tongue.say("a note") if least == 1 else few,
    }
    if paged < len(notes):
        several = tongue.count(
            "{several} of them has a page, with {enough} or more; the others lead to their note.",
            "{several} of them have a page, with {enough} or more; the others lead to their note.",
            paged,
            **fields,
        )
    else:
        several = tongue.count(
            "{several} of them has a page, with {enough} or more.",
            "{several} of them have a page, with {enough} or more.",
            paged,
            **fields,
        )
    who = tongue.say("Who wrote the papers behind the notes.")
    return f"{who} {several}"


def _groups(scope: Scope, way: Way, notes: Noted, found: Sequence[Letter], part: Part) -> Iterator[Initial]:
    letter, page = part
    if letter is None and len(notes) > ROWS:
        return
    for each in (letter,) if letter else found:
        keys = each.keys[(page - 1) * ROWS : page * ROWS]
        anchors = tuple(anchor(scope, way, key, notes, last_first=True) for key in keys)
        yield Initial(f"l-{naming.slug(each.label) or 'other'}", letter_label(scope, each.label), anchors)


def anchor(scope: Scope, way: Way, key: str, notes: Noted, *, last_first: bool = False) -> Anchor:
    """An author with a link to their page, else to their newest note."""
    name = scope.catalog.authors[key].name
    url = scope.addresses.authors.get(key) or scope.addresses.notes[notes[key][0]]
    number = scope.tongue.number(len(notes[key])) if len(notes[key]) > 1 else ""
    return Anchor(words.last_first(name) if last_first else name, way(url), number)
