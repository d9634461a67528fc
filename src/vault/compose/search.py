"""What the site's search loads: titles and tags, then facts, full text by year, and texts to quote from.

``data/search.js`` names the files there are.  In a vault of up to 1,500 notes it holds the titles, too;
in a larger one they stand in ``data/search/titles-2025.js`` and so on.  ``data/search/facts.js`` (or
``facts-2025.js``) has what else ``vault list`` looks at of the same notes: authors, claims, venues.
``data/search/2025.js`` is the index of all words of a year (a year of more than 400 notes has several),
``data/search/text/2025-3.js`` the plain text of some thirty notes, for excerpts and phrases.  A note that
changes changes its own parts; the names carry no digest, so that no page changes with them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, Final

from vault import searching
from vault.compose.divided import Divided, Part, texts
from vault.compose.rows import language
from vault.compose.scope import Scope
from vault.compose.wholes import Bodies
from vault.records import Note, Work
from vault.searching import Field
from vault.tuples import NamedTuple
from vault.words import STOP, full_tokens

CLAIM: Final = 300
QUOTED: Final = 60_000
"""Characters of a claim, and of the text of one note, that are kept to show."""

TITLE_FIELDS: Final = (Field("title"), Field("tags"))
FACT_FIELDS: Final = (Field("authors"), Field("say"))
FULL_FIELDS: Final = (Field("text", full_tokens), Field("abstract", full_tokens))

OWNER: Final = "the search"

File = tuple[str, str, Callable[[Bodies], bytes]]


class Title(NamedTuple):
    """What the search shows of a note at once.

    ``at`` is its address within its month (``lora`` for ``2025/01/lora``), else after a slash the whole.
    """

    at: str
    title: str
    date: str
    status: str
    rating: float
    tags: tuple[str, ...]
    kind: str
    lang: str


class Facts(NamedTuple):
    """What else it knows of a note before it has read it.

    ``others`` are titles by which the note may be asked for, too; ``papers`` are identities
    (``arxiv:2106.09685``), ``own`` the author's own header fields.  A claim that is only the body's first
    sentence is left to the full text.
    """

    others: tuple[str, ...]
    authors: tuple[str, ...]
    venue: str
    papers: tuple[str, ...]
    say: str
    own: tuple[tuple[str, str], ...]


def files(scope: Scope, found: Divided) -> Iterator[File]:
    """(address, who asks for it, what makes it) of each file."""
    small = scope.orders.listed if not found.titles else ()
    facts = {name.replace("/titles-", "/facts-"): ids for name, ids in found.titles.items()}
    facts = facts or {"search/facts": small}
    told = {"titles": [*found.titles], "facts": [*facts], "full": [*found.full]}
    yield _file("search", partial(start, scope, told, small))
    made = (titles_of, found.titles), (facts_of, facts), (full_of, found.full), (texts_of, found.texts)
    for make, parts in made:
        for name, ids in parts.items():
            yield _file(name, partial(make, scope, name, ids))


def _file(name: str, make: Callable[[Bodies], bytes]) -> File:
    return f"/data/{name}.js", OWNER, make


# What stands in them


def start(scope: Scope, told: dict[str, list[str]], ids: Sequence[str], _bodies: Bodies) -> bytes:
    """The names of all files, and the titles where they are few."""
    data: dict[str, Any] = {**told, "stop": " ".join(sorted(STOP))}
    return searching.script("search", data if told["titles"] else {**data, **titles(scope, ids)})


def titles_of(scope: Scope, name: str, ids: Sequence[str], _bodies: Bodies) -> bytes:
    return searching.script(name, titles(scope, ids))


def titles(scope: Scope, ids: Sequence[str]) -> dict[str, Any]:
    """What lists show of each note, column by column, and the index of it by the place in that list."""
    notes = [scope.catalog.notes[id_] for id_ in ids]
    texts = ((" ".join((note.title, *others_of(scope, note))), " ".join(note.tags)) for note in notes)
    rows = columns(Title, [title(scope, note) for note in notes])
    return {"rows": rows, "index": searching.index(TITLE_FIELDS, texts)}


def facts_of(scope: Scope, name: str, ids: Sequence[str], _bodies: Bodies) -> bytes:
    """What lists do not show at once, and the index of it, as ``titles``."""
    rows = [facts(scope, scope.catalog.notes[id_]) for id_ in ids]
    texts = ((" ".join(row.authors), row.say) for row in rows)
    data = {"rows": columns(Facts, rows), "index": searching.index(FACT_FIELDS, texts)}
    return searching.script(name, data)


def columns(record: type[Title] | type[Facts], rows: Sequence[tuple[Any, ...]]) -> dict[str, list[Any]]:
    """Field -> its value in each row: a third smaller, compressed, than row by row."""
    return {name: [row[at] for row in rows] for at, name in enumerate(record._fields)}


def title(scope: Scope, note: Note) -> Title:
    date = note.date.iso if note.date and note.date.year else ""
    return Title(
        at=within(_url(scope, note.id), date),
        title=note.title,
        date=date,
        status=note.status,
        rating=note.rating,
        tags=note.tags,
        kind=note.kind,
        lang=language(note, scope),
    )


def within(url: str, date: str) -> str:
    """``at`` of a title: what its address has that its date does not say."""
    month = "/".join(date.split("-")[:2]) if date else "notes"
    slug = url.removeprefix(month + "/")
    return slug if slug != url and "/" not in slug else "/" + url


def facts(scope: Scope, note: Note) -> Facts:
    work = scope.work_of(note)
    return Facts(
        others=other_titles(note, work),
        authors=work.authors if work and work.authors else note.authors,
        venue=" | ".join(dict.fromkeys(filter(None, (note.venue, work.venue if work else "")))),
        papers=tuple(paper.key for paper in (work.ids if work else note.papers)),
        say="" if note.lead else note.tldr[:CLAIM],
        own=tuple((name.casefold(), value) for name, value in note.extra if value.strip()),
    )


def others_of(scope: Scope, note: Note) -> tuple[str, ...]:
    return other_titles(note, scope.work_of(note))


def other_titles(note: Note, work: Work | None) -> tuple[str, ...]:
    """Every title by which a note may be asked for and that its own does not begin with."""
    wanted = (note.paper_title, work.title if work else "", note.nickname)
    return tuple(dict.fromkeys(other for other in wanted if other and not note.title.startswith(other)))


def full_of(scope: Scope, name: str, ids: tuple[str, ...], bodies: Bodies) -> bytes:
    """The index of all words, by address; ``texts`` are the files in which each note's text stands."""
    documents = ((bodies.text(id_), abstract(scope, id_)) for id_ in ids)
    urls = [_url(scope, id_) for id_ in ids]
    place = {id_: part.name for part in texts(Part(name, ids)) for id_ in part.notes}
    where = [place[id_].removeprefix("search/text/") for id_ in ids]
    data = {"urls": urls, "texts": where, "index": searching.index(FULL_FIELDS, documents)}
    return searching.script(name, data)


def texts_of(scope: Scope, name: str, ids: tuple[str, ...], bodies: Bodies) -> bytes:
    """Address -> the note's text and the paper's abstract."""
    found = {_url(scope, id_): (bodies.text(id_)[:QUOTED], abstract(scope, id_)) for id_ in ids}
    return searching.script(name, found)


def _url(scope: Scope, id_: str) -> str:
    return scope.addresses.notes[id_].strip("/")


def abstract(scope: Scope, id_: str) -> str:
    work = scope.work_of(scope.catalog.notes[id_])
    return work.abstract if work else ""
