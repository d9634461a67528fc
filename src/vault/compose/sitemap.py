"""Every file of the site, planned first, made one at a time when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

from vault import naming
from vault.compose import (
    digest,
    families,
    listing,
    pictures,
    redirects,
    sources,
)
from vault.compose.addresses import Addresses
from vault.compose.planned import Given, Maker, Planned, View, light
from vault.compose.scope import Scope
from vault.compose.settled import Settled
from vault.compose.signatures import Signatures
from vault.compose.watched import Facts
from vault.compose.wholes import Bodies, WatchedBodies, Wholes
from vault.records import (
    AssetNames,
    Attachment,
    Catalog,
    Date,
    Parsed,
    Problem,
    Settings,
    Work,
)
from vault.records.views import Output
from vault.tongue import ENGLISH, Tongue


class SiteMap:
    """The site as a lazy mapping: ``outputs`` in a fixed order, ``view`` makes one of them.

    ``outputs`` are all files but the assets and the attachments; those are ``attachments_used()``.
    ``problems`` were found while addresses were settled.
    """

    def __init__(
        self,
        scope: Scope,
        makers: dict[str, Maker],
        outputs: tuple[Output, ...],
        problems: tuple[Problem, ...],
        facts: Facts | None = None,
    ) -> None:
        self.scope = scope
        self.outputs = outputs
        self.problems = problems
        self._makers = makers
        self._signatures = Signatures()
        self._facts = scope.facts() if facts is None else facts

    def view(self, output: Output, bodies: Bodies) -> View:
        """What a template shows of this file, or its bytes.  ``bodies`` maps a note id to its body and
        is asked only for the notes that the file shows."""
        return self._makers[output.path](bodies)

    def shelve(self, wholes: Wholes) -> None:
        """The notes' texts are these: planning asks for none."""
        self.scope.shelve(wholes)
        self._facts.shelve(wholes.names, wholes.lengths)

    def read(self, output: Output, bodies: Bodies) -> tuple[View, set[str]]:
        """The view, and the names of all that it was made of beside the arguments of its maker."""
        reads = self.scope.reads
        reads.names = set()
        return self._makers[output.path](WatchedBodies(bodies, reads)), reads.names

    def signature(self, output: Output) -> bytes | None:
        """The arguments of a file's maker; None where they cannot be told."""
        return self._signatures(self._makers[output.path])

    def facts(self, names: Iterable[str]) -> dict[str, str]:
        """Digests of what ``read`` names."""
        return self._facts(names)

    def url_of(self, note_id: str) -> str:
        """The root-relative address of a note, or nothing for one that is not published."""
        return self.scope.addresses.notes.get(note_id, "")

    def url_of_work(self, work_id: str) -> str:
        """The root-relative address of a paper's page, or nothing when it has none."""
        return self.scope.addresses.works.get(work_id, "")

    def attachments_used(self) -> tuple[tuple[Output, Attachment], ...]:
        """The files beside the notes that the site carries, each with its place."""
        addresses = self.scope.addresses.files
        return tuple(
            (Output(naming.output_path(addresses[path]), addresses[path], path), file)
            for path, file in self.scope.files.items()
        )


def plan(  # noqa: PLR0917 - the sentence of a build passes what it has
    settled: Settled,
    settings: Settings,
    assets: AssetNames,
    today: Date,
    descriptions: Mapping[str, str],
    bibtex: Callable[[Work], str],
    papers_json: Callable[[Catalog, Mapping[str, str]], bytes],
    *,
    own: tuple[Parsed, ...] = (),
    tag_aliases: Mapping[str, str] | None = None,
    layouts: frozenset[str] = frozenset(),
    papers_csv: Callable[[Catalog, Mapping[str, str]], str] | None = None,
    watched: bool = False,
    speech: Tongue = ENGLISH,
    written: sources.Sources | None = None,
) -> SiteMap:
    """The whole site.  ``descriptions`` maps tag paths to text (``Html`` where it is safe as it
    stands), ``own`` are the texts of pages that the owner writes (``about.md``, ``digest/2025-01.md``),
    ``tag_aliases`` maps old tag paths to new ones, ``layouts`` are the note templates that ``layout:``
    may choose; where it is ``watched``, ``read`` knows what each file is made of, and the notes of
    ``settled`` may be trimmed: ``shelve`` is to tell where they are whole; ``speech`` has the site's own
    words, ``written`` are the files of notes as they were written.
    """
    found, by_path = settled, {file.path: file for file in settled.files}
    known = (found.catalog, found.graph, settings, assets, found.addresses, found.orders)
    scope = Scope(*known, by_path, descriptions, bibtex, layouts, {each.note.id: each for each in own})
    scope = scope.replaced(tongue=speech, texts=written.read if written else scope.texts)
    facts = scope.facts()
    scope = scope.watched() if watched else scope.measured()
    planned = list(light(_planned(scope, found, today)))
    planned += light(families.machine_files(scope, found.outline, papers_json, planned))
    planned += light((*listing.pages(scope, papers_csv), *pictures.files(scope)))
    planned += light(sources.files(scope, written))
    outputs = [Output(naming.output_path(each.url), each.url, each.owner) for each in planned]
    makers = {output.path: each.make for output, each in zip(outputs, planned, strict=True)}
    olds, wrong = redirects.olds(found, tag_aliases or {}, _Taken(outputs, found.addresses))
    outputs += [Output(old.path, old.url, old.owner) for old in olds]
    makers |= {old.path: Given((redirects.redirect_page, scope, old)) for old in olds}
    problems = (*found.problems, *wrong, *digest.problems(scope))
    scope.listen()
    return SiteMap(scope, makers, tuple(outputs), problems, facts)


def _planned(scope: Scope, found: Settled, today: Date) -> Iterator[Planned]:
    """The pages, and what else is made of notes and authors."""
    noted = found.noted
    yield from families.pages(scope, found.outline, today)
    yield from families.of_authors(scope, noted)
    yield from families.of_search(scope, noted)
    yield from families.of_graph(scope)
    yield from families.of_feeds(scope)
    yield from families.feeds_of_authors(scope, noted)


class _Taken:
    """Whether a path is a file of the site, a folder of it, or below a file of it; asked by few vaults."""

    def __init__(self, outputs: list[Output], addresses: Addresses) -> None:
        self._outputs, self._addresses = outputs, addresses

    @cached_property
    def _files(self) -> set[str]:
        paths = [output.path for output in self._outputs]
        paths += [naming.output_path(url) for url in self._addresses.files.values()]
        return {naming.collision_key(path) for path in paths}

    @cached_property
    def _folders(self) -> set[str]:
        return {folder for path in self._files for folder in _above(path)}

    def __call__(self, path: str) -> bool:
        key = naming.collision_key(path)
        return key in self._files or key in self._folders or not self._files.isdisjoint(_above(key))


def _above(path: str) -> list[str]:
    """``a/b/c`` -> ``a``, ``a/b``."""
    parts = path.split("/")
    return ["/".join(parts[:end]) for end in range(1, len(parts))]
