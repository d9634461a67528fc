"""Every address of the site, settled before any page is made (decisions 12 and 13)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count

from vault import naming
from vault.compose.orders import Orders
from vault.patterns import lazy
from vault.problems import problem
from vault.records import Attachment, Catalog, Note, Problem, Record, Tag, VaultError, Work, digest_of

TAG_ROWS = 100
"""Rows of a tag page; the others stand on ``page/2/`` and so on."""

_UNPORTABLE = lazy(r'[\x00-\x1f\x7f<>:"\\|?*]|^\.|[. ]$')


class Addresses(Record, frozen=True):
    """Root-relative URLs: of notes by id, of paper pages by work id, of tag pages by tag path, of
    published attachments by path, of author pages by the author's key."""

    notes: dict[str, str]
    works: dict[str, str]
    tags: dict[str, str]
    files: dict[str, str]
    authors: dict[str, str] = {}  # noqa: RUF012 - each record gets a new one


class Claims:
    """Who has which address; addresses that differ by case or Unicode form alone are one."""

    def __init__(self) -> None:
        self._owners: dict[str, str] = {}

    def owner(self, url: str) -> str:
        """Who has the address, or nothing."""
        return self._owners.get(naming.collision_key(naming.output_path(url)), "")

    def take(self, url: str, owner: str) -> str:
        """The address for this owner, or nothing when another one has it."""
        key = naming.collision_key(naming.output_path(url))
        return url if self._owners.setdefault(key, owner) is owner else ""


def settle(
    catalog: Catalog, orders: Orders, files: Iterable[Attachment]
) -> tuple[Addresses, tuple[Problem, ...]]:
    """Addresses for everything, and a ``url-collision`` for each derived one that had to give way.

    Raises VaultError when two notes ask for the same address in their ``slug:``.
    """
    claims, problems = Claims(), list[Problem]()
    notes = _notes(catalog, claims, problems)
    works = {
        work.id: _free(claims, _work_urls(work)) for work in catalog.works.values() if paged(work, orders)
    }
    tags = _tags(catalog, claims, problems)
    paths = {file.path: _free(claims, _file_urls(file.path)) for file in files}
    return Addresses(notes, works, tags, paths), tuple(problems)


def paged(work: Work, orders: Orders) -> bool:
    """Whether a work has a page: it has a note that may be listed, or is in a library or the lock file."""
    return work.id in orders.noted or work.library is not None or work.locked


def _free(claims: Claims, urls: Iterator[str]) -> str:
    """The first address that is nobody's, taken."""
    return next(url for url in urls if claims.take(url, url))


# Notes


def _notes(catalog: Catalog, claims: Claims, problems: list[Problem]) -> dict[str, str]:
    by_url: dict[str, Note] = {}
    given = {note.id: _explicit(note, claims, by_url) for note in catalog.notes.values() if note.slug}
    urls = {}
    for note in catalog.notes.values():
        urls[note.id] = given.get(note.id) or _derived(note, claims, by_url, problems)
    return urls


def _explicit(note: Note, claims: Claims, by_url: dict[str, Note]) -> str:
    """The address that a note asks for; nothing where its slug holds no letter or digit."""
    slug = naming.slug(note.slug)
    if not slug:
        return ""
    url = naming.note_url(note.date, slug)
    if url.split("/")[1] in naming.RESERVED:
        raise VaultError(
            f"{_place(note)} asks for the address {url}, which is reserved", hint="change its slug"
        )
    if not claims.take(url, note.id):
        other = by_url[naming.collision_key(url)]
        raise VaultError(
            f"{_place(other)} and {_place(note)} both ask for the address {url}",
            hint="change the slug of one of them",
        )
    by_url[naming.collision_key(url)] = note
    return url


def _derived(note: Note, claims: Claims, by_url: dict[str, Note], problems: list[Problem]) -> str:
    slug = note_slug(note)
    wanted = naming.note_url(note.date, slug)
    if claims.take(wanted, wanted):
        by_url[naming.collision_key(wanted)] = note
        return wanted
    other = by_url.get(naming.collision_key(wanted))
    beside = other is not None and _folder(other) == _folder(note)
    slugs = _alternatives(slug, "" if beside else naming.slug(_folder(note)), _longer(note, slug))
    url = _free(claims, (naming.note_url(note.date, each) for each in slugs))
    if url != naming.note_url(note.date, _longer(note, slug)):
        problems.append(_collision(note, wanted, url, _place(other) if other else claims.owner(wanted)))
    by_url[naming.collision_key(url)] = note
    return url


def note_slug(note: Note) -> str:
    """The last part of a note's address as its file name or title give it; never empty."""
    if note.kind in ("entry", "item"):
        wishes = [note.nickname, note.title]
    else:
        stem = naming.stem(note.id)
        wishes = [naming.strip_date(stem), note.nickname, note.title, stem]
    slugs = (naming.slug(wish) for wish in wishes if wish)
    return next((slug for slug in slugs if slug), f"note-{digest_of(note.id.encode())[:8]}")


def _longer(note: Note, slug: str) -> str:
    """The whole title of an entry or item whose nickname is another's too."""
    whole = naming.slug(note.title) if note.kind in ("entry", "item") else ""
    return whole or slug


def _alternatives(slug: str, folder: str, longer: str) -> Iterator[str]:
    yield slug
    if longer != slug:
        yield longer
    if folder:
        yield naming.slug(f"{slug}-{folder}")
    for number in count(2):
        yield naming.slug(f"{slug}-{number}")


def _folder(note: Note) -> str:
    return note.path.rpartition("/")[0].rpartition("/")[2]


def _place(note: Note) -> str:
    return f"{note.path}:{note.line}" if note.kind in ("entry", "item") else note.path


def _collision(note: Note, wanted: str, url: str, other: str) -> Problem:
    return problem(
        "url-collision",
        note.path,
        f"the address {wanted} belongs to {other}; this note has {url}",
        hint="give it a slug: of its own",
        line=note.line,
    )


# Papers, tags, files


def _work_urls(work: Work) -> Iterator[str]:
    url = naming.paper_url(work.id, work.title)
    yield url
    for number in count(2):
        yield f"{url.rstrip('/')}-{number}/"


def _tags(catalog: Catalog, claims: Claims, problems: list[Problem]) -> dict[str, str]:
    """Parents come before children, so that ``page/2/`` of a tag is taken before a child ``page/2``."""
    urls = {}
    for path, tag in sorted(catalog.tags.items()):
        wanted = naming.tag_url(path)
        owner = claims.owner(wanted)
        urls[path] = url = _free(claims, _tag_urls(wanted))
        for page in range(2, cut(len(tag.all), TAG_ROWS) + 1):
            claims.take(f"{url}page/{page}/", url)
        if url != wanted:
            problems.append(_tag_collision(catalog, tag, wanted, owner, url))
    return urls


def cut(rows: int, size: int) -> int:
    """On how many pages that many rows stand; at least one."""
    return max(1, -(-rows // size))


def _tag_urls(url: str) -> Iterator[str]:
    yield url
    for number in count(2):
        yield f"{url.rstrip('/')}-{number}/"


def _tag_collision(catalog: Catalog, tag: Tag, wanted: str, owner: str, url: str) -> Problem:
    first = catalog.notes[min(tag.all)] if tag.all else None
    return problem(
        "url-collision",
        first.path if first else "",
        f"the tag {tag.label} would have the address {wanted}, which is taken ({owner}); its page is {url}",
        hint="spell the two tags the same, or less alike",
        line=first.line if first else 0,
    )


def _file_urls(path: str) -> Iterator[str]:
    """``/files/`` and the path below notes/; parts that some file system refuses are slugged."""
    whole = "/".join(_portable(part) for part in path.split("/"))
    yield naming.file_url(f"files/{whole}")
    ending = naming.ending(whole)
    for number in count(2):
        yield naming.file_url(f"files/{whole.removesuffix(ending)}-{number}{ending}")


def _portable(part: str) -> str:
    if not _UNPORTABLE.search(part):
        return part
    stem, _, suffix = part.rpartition(".")
    return ".".join(filter(None, (naming.slug(stem), naming.slug(suffix)))) or "file"
