"""All that is known of a vault before its first page is made."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from vault import disk, index, lockfile, settings
from vault.build.job import Job, Options, Progress, processes, silent, today, uncollected
from vault.records import (
    Catalog,
    Found,
    Graph,
    Html,
    KnownAuthor,
    LibraryEntry,
    Parsed,
    Problem,
    Scan,
    Settings,
    Templates,
    Vault,
    VaultError,
    changed,
    digest_of,
    encode,
)

if TYPE_CHECKING:
    from vault.compose import SiteMap
    from vault.query import Query

T = TypeVar("T")


class Look(NamedTuple):
    """The vault as it stands, with nothing but ``vault.toml`` read; ``signature`` names it all by stat."""

    settings: Settings
    scan: Scan
    inputs: disk.Inputs
    problems: tuple[Problem, ...]
    signature: str
    at_ns: int


class Survey(NamedTuple):
    """All that is known of a vault before its first page is made; ``parsed`` counts pieces parsed anew."""

    catalog: Catalog
    graph: Graph
    sitemap: SiteMap
    templates: Templates
    assets: dict[str, bytes]
    problems: tuple[Problem, ...]
    parsed: int


def understand(job: Job, looked: Look, memory: index.Memory, *, watched: bool = False) -> Survey:
    """From the notes' text to every page's address; of what is below, only ``parse`` is remembered.

    ``watched``: the pages that are made of it shall be asked what they were made of."""
    from vault import catalog, compose, exporters, link, parse, render  # noqa: PLC0415 - 0.1 s of libraries

    wanted, vault = looked.settings, job.vault
    parser = index.Parser(partial(disk.read, vault), parse.split, parse.piece, parse.place)
    notes = memory.remember(looked.scan.found, parser, looked.at_ns, processes(job), job.progress)
    files = memory.attachments(looked.scan.attachments, partial(disk.measure, vault), looked.at_ns)
    library, unread = read_library(looked, memory)
    lock = memory.lock(disk.lock_text(looked.inputs), lockfile.NAME, lockfile.read)
    own, unreadable = own_pages(looked)
    memory.commit()

    people, misread = read_authors(looked.inputs)
    gathered = catalog.gather(notes.notes, library, wanted, lock=lock.entries, known=people)
    graph = link.connect(gathered, files, wanted, tuple(page.note for page in own))
    templates = disk.templates(looked.inputs)
    names, assets = render.assets(templates, wanted)
    texts, aliases = tag_texts(looked.inputs)
    site = compose.plan(
        gathered,
        graph,
        wanted,
        files,
        names,
        job.options.today or today(),
        texts,
        exporters.bibtex,
        exporters.papers_json,
        own=own,
        papers_csv=exporters.papers_csv,
        tag_aliases=aliases,
        layouts=layouts(templates),
        watched=watched,
    )
    both = (*notes.notes, *(page.note for page in own))
    found = (problem for note in both for problem in note.problems)
    told = (*looked.problems, *looked.scan.problems, *notes.problems, *found)
    beside = (*unread, *unreadable, *misread, *lock.problems)
    loose = (*render.stale(templates), *render.unknown_tokens(templates, wanted))
    later = (*gathered.problems, *graph.problems, *site.problems, *loose)
    return Survey(gathered, graph, site, templates, assets, in_order((*told, *beside, *later)), notes.parsed)


def survey(vault: Vault, options: Options | None = None) -> Survey:
    """What a build would know of the vault, without making the site.  Raises VaultError."""
    return consult(vault, options or Options(), lambda _memory, known: known)


def search(
    vault: Vault, query: Query, limit: int, options: Options | None = None
) -> tuple[Survey, index.Found]:
    """The notes whose words answer a query.  Raises VaultError."""

    def find(memory: index.Memory, known: Survey) -> tuple[Survey, index.Found]:
        rows = {id_: memory.text_row(note) for id_, note in known.catalog.notes.items()}
        return known, index.Text(memory.db, known.catalog, rows).search(query, limit)

    return consult(vault, options or Options(), find)


def consult(vault: Vault, options: Options, use: Callable[[index.Memory, Survey], T]) -> T:
    """What ``use`` makes of the vault's index and survey; no site is made.  Raises VaultError."""
    out = disk.site_folder(vault, options.out)
    with contextlib.ExitStack() as held:
        held.enter_context(uncollected())
        cache, _ = held.enter_context(disk.cache_folder(vault))
        clock, folder = 0, None
        with contextlib.suppress(VaultError):  # a build is running: work without the index
            clock, folder = held.enter_context(disk.locked(cache, wait=0)), cache
        job = Job(vault, options, out, out, clock, silent)
        return index.with_memory(folder, lambda memory: use(memory, understand(job, look(job), memory)))


def look_live(vault: Vault, options: Options, clock: int) -> Look:
    """The vault as it stands, for a server: links are those of a host.  ``clock`` as in Job."""
    looked = look(live_job(vault, options, clock))
    return looked._replace(settings=changed(looked.settings, links="dir"))


def live(vault: Vault, options: Options, looked: Look, memory: index.Memory) -> Survey:
    """What is to be known to answer for any page of the vault; nothing is written.  Raises VaultError."""
    return understand(live_job(vault, options, looked.at_ns), looked, memory)


def live_job(vault: Vault, options: Options, clock: int, progress: Progress | None = None) -> Job:
    out = disk.site_folder(vault, options.out)
    return Job(vault, options, out, out, clock, progress or silent)


def glance(vault: Vault, found: Found) -> tuple[Parsed, ...]:
    """The notes of one file as it stands now, parsed by themselves; none when it cannot be read."""
    from vault import parse  # noqa: PLC0415 - as in understand

    source = disk.read(vault, found)[0]
    pieces = parse.split(source) if source else ()
    return tuple(parse.place(one, piece.line) for piece in pieces for one in parse.piece(piece))


def parse_all(job: Job, memory: index.Memory) -> None:
    """Parse what the index does not know yet, and store it: the long part of a first build."""
    from vault import parse  # noqa: PLC0415 - as in understand

    looked = look(job)
    parser = index.Parser(partial(disk.read, job.vault), parse.split, parse.piece, parse.place)
    memory.remember(looked.scan.found, parser, looked.at_ns, processes(job), job.progress)
    memory.commit()


def look(job: Job) -> Look:
    """Names and stats of everything a site is made of, and their common name.

    ``at_ns`` is before all of them, by this machine's clock and the file system's.
    """
    at_ns = min(time.time_ns(), job.clock)
    found, problems = settings.read(disk.config_text(job.vault))
    wanted = as_asked(found, job.options)
    scan = disk.scan(job.vault, wanted.ignore, job.out)
    inputs = disk.inputs(job.vault, wanted, overrides=not job.options.no_overrides)
    made_of = (index.tool_stamp(), job.vault, job.out, job.options.today or today(), wanted, scan, inputs)
    return Look(wanted, scan, inputs, problems, digest_of(encode(made_of)), at_ns)


def as_asked(found: Settings, options: Options) -> Settings:
    """The settings as the command line bends them."""
    links = "file" if options.portable else found.links
    return changed(found, links=links, drafts=found.drafts or options.drafts, private=options.private)


def read_library(looked: Look, memory: index.Memory) -> tuple[tuple[LibraryEntry, ...], tuple[Problem, ...]]:
    """All entries of the bibliographies, in their order; each file is remembered by its text."""
    from vault import bibliography  # noqa: PLC0415 - as in understand

    texts, problems = disk.libraries(looked.inputs, looked.settings)
    read = memory.libraries(texts, bibliography.read)
    entries = tuple(entry for found in read for entry in found.entries)
    return entries, (*problems, *(wrong for found in read for wrong in found.problems))


def read_authors(inputs: disk.Inputs) -> tuple[tuple[KnownAuthor, ...], tuple[Problem, ...]]:
    """What ``authors.yml`` says of people."""
    from vault import frontmatter  # noqa: PLC0415 - as in understand

    texts, problems = disk.authors(inputs)
    read = [frontmatter.known_authors(text, path) for path, text in texts]
    people = tuple(one for found, _ in read for one in found)
    return people, (*problems, *(wrong for _, told in read for wrong in told))


def own_pages(looked: Look) -> tuple[tuple[Parsed, ...], tuple[Problem, ...]]:
    """``about.md`` and the introductions of the digest, without drafts and private ones."""
    from vault import parse  # noqa: PLC0415 - as in understand

    sources, problems = disk.pages(looked.inputs)
    found = (parse.page(source) for source in sources)
    drafts = looked.settings.drafts
    shown = (page for page in found if not (page.note.private or (page.note.draft and not drafts)))
    return tuple(shown), problems


def tag_texts(inputs: disk.Inputs) -> tuple[dict[str, str], dict[str, str]]:
    """Tag path -> what ``tags/<tag>.md`` says, as one paragraph of safe HTML; old name -> tag path, for
    the ``aliases`` of its header."""
    from vault import frontmatter, markdown  # noqa: PLC0415 - as in understand

    texts, aliases = dict[str, str](), dict[str, str]()
    for path, text in disk.tag_descriptions(inputs).items():
        header, body, _, _ = frontmatter.read(text, f"tags/{path}.md")
        texts[path] = Html(markdown.inline(" ".join(body.split()))[0])
        aliases |= dict.fromkeys(header.aliases, path)
    return texts, aliases


def layouts(templates: Templates) -> frozenset[str]:
    """Page templates of the vault's own, which a note may choose by ``layout:``."""
    names = templates.overrides.keys() - templates.theme.keys()
    pages = (name.removeprefix("pages/") for name in names if name.startswith("pages/"))
    return frozenset(name.removesuffix(".html") for name in pages)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each once, by path and line."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda p: (p.path, p.line, p.column, p.code, p.message)))
