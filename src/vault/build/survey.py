"""All that is known of a vault before its first page is made."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from vault import disk, index, settings
from vault.build import sealed
from vault.build.around import Look
from vault.build.given import MadeOf, given, site
from vault.build.job import Job, Options, Progress, processes, silent, today, uncollected
from vault.records import (
    Catalog,
    Graph,
    Parsed,
    Piece,
    Problem,
    Settings,
    Source,
    Templates,
    Vault,
    VaultError,
    changed,
    digest_of,
    encode,
)
from vault.tuples import NamedTuple

if TYPE_CHECKING:
    from vault.build.early import Early
    from vault.build.findings import Edition, Findings
    from vault.build.near import Asked
    from vault.build.resumed import Stands
    from vault.build.stored import Known
    from vault.compose import SiteMap, Sources
    from vault.query import Query

T = TypeVar("T")


class Survey(NamedTuple):
    """All that is known of a vault before its first page is made.

    ``parsed`` counts pieces parsed anew; ``shelf`` has the notes' texts; ``findings`` are what the next build
    is to remember of it.
    """

    catalog: Catalog
    graph: Graph
    sitemap: SiteMap
    templates: Templates
    assets: dict[str, bytes]
    problems: tuple[Problem, ...]
    parsed: int
    shelf: index.Shelf
    findings: Findings


class Served(NamedTuple):
    """That a server asks; ``last`` is what the site that stands was made from."""

    last: Stands | None


def understand(
    job: Job,
    looked: Look,
    memory: index.Memory,
    early: Early | None = None,
    served: Served | None = None,
) -> Survey:
    """From the notes' text to every page's address; of what is below, ``parse`` is remembered, and what a
    build found where no more than words has changed since (``findings``).

    ``early`` is what a build can do beside the parsing of few notes; its pages shall be asked what they
    were made of.  What is ``served`` goes on from the last survey."""
    wanted, watched = looked.settings, early is not None
    kept = memory.refile(looked.scan.found, parser(job, early), looked.at_ns, processes(job), job.progress)
    from vault import render  # noqa: PLC0415 - after the parsing, beside which it is loaded

    by = (early and early.given) or given(job, looked, memory)
    memory.commit()
    known = found_out(job, MadeOf(kept, by.beside, wanted, memory, by.planned_by), early, served)
    sitemap = early.site(known.settled) if early else None
    if sitemap is None:
        sitemap = site(by, wanted, known.settled, watched=watched, written=written(job, looked, kept))
    if watched:
        sitemap.shelve(known.shelf)
    told = (*looked.problems, *looked.scan.problems, *kept.problems, *by.beside.problems, *by.doubts)
    loose = (*render.stale(by.templates), *render.unknown_tokens(by.templates, wanted))
    problems = in_order((*told, *known.problems, *sitemap.problems, *loose))
    catalog, graph, assets = known.settled.catalog, known.settled.graph, by.assets[1]
    return Survey(catalog, graph, sitemap, by.templates, assets, problems, kept.parsed, known.shelf, known)


def found_out(job: Job, of: MadeOf, early: Early | None, served: Served | None) -> Findings:
    """What is true of the notes: as the last build or survey left it, where that holds; else anew."""
    known = None
    if early and not of.settings.sources:  # which are made of more than words: of how they are written
        from vault.build.recalled import recalled  # noqa: PLC0415 - as in given

        known = recalled(*of)
    elif served:
        from vault.build.resumed import resumed  # noqa: PLC0415 - for servers alone

        known = resumed(served.last, *of[:-1])
    return found_anew(job, of, early, served) if known is None else known


def found_anew(job: Job, of: MadeOf, early: Early | None, served: Served | None) -> Findings:
    """What is true of the notes, found out: for a first build of many notes in a process of its own.  A later
    one holds what was known before beside it, and would wait for what another process hands over."""
    from vault.build import compared, findings  # noqa: PLC0415 - as in given

    if early is None:
        last = served.last.related() if served and served.last else None
        return findings.made(*of, trimmed=False, served=served is not None, last=last)
    before = early.left() or findings.prepare(of.memory)
    of.memory.drop("known", "edition")
    if processes(job) > 1 and len(of.kept.files) >= findings.MANY:
        found = found_by_many(of, before)
    else:
        found = findings.made(*of, trimmed=True)
    return compared.since(compared.Before(*before), found) if before else found


def found_by_many(of: MadeOf, before: tuple[Known, Edition] | None) -> Findings:
    """The same, while another process compares the notes."""
    from vault.build import findings, near  # noqa: PLC0415 - as in given

    last = findings.related(before[0].settled.graph) if before else None
    with near.comparing(last) as others:
        made = findings.made(*of, trimmed=True, others=others) if before else found_first(of, others)
        return findings.completed(made, others(), last)


def found_first(of: MadeOf, others: Asked) -> Findings:
    """What a first build finds out; the tables of all notes are written while others still compare these,
    and committed, since those who make pages read the index without a lock."""
    from vault.build import apart, tables  # noqa: PLC0415 - as in given

    found = apart.made_apart(*of, others)
    tables.tabulate(found, of.memory)
    of.memory.commit()
    return found._replace(tabulated=True)


def written(job: Job, looked: Look, kept: index.Kept) -> Sources | None:
    """The notes' files as they were written, for a site that offers them."""
    from vault.compose import Sources  # noqa: PLC0415 - as in given

    if not looked.settings.sources:
        return None
    files = {found.path: found for found in looked.scan.found}

    def read(path: str) -> str:
        source = disk.read(job.vault, files[path]).source
        return source.text if source else ""

    return Sources({one.found.path: one.digest for one in kept.files}, read)


def parser(job: Job, early: Early | None = None) -> index.Parser:
    """``parse``, which takes as long to load, once it is needed."""

    def load() -> None:
        from vault import parse as _  # noqa: F401, PLC0415

    def split(source: Source) -> tuple[Piece, ...]:
        from vault import parse  # noqa: PLC0415

        return parse.split(source)

    def piece(one: Piece) -> tuple[Parsed, ...]:
        from vault import parse  # noqa: PLC0415

        return parse.piece(one)

    def recall(body: bytes) -> None:
        from vault import parse  # noqa: PLC0415

        parse.recall(body)

    helper = early.helper if early else None
    return index.Parser(partial(disk.read, job.vault), split, piece, early, recall, load, helper)


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


def live(
    vault: Vault, options: Options, looked: Look, memory: index.Memory, last: Stands | None = None
) -> Survey:
    """What is to be known to answer for any page of the vault; nothing is written.  ``last`` is what the site
    that stands was made from.  Raises VaultError."""
    return understand(live_job(vault, options, looked.at_ns), looked, memory, served=Served(last))


def live_job(vault: Vault, options: Options, clock: int, progress: Progress | None = None) -> Job:
    out = disk.site_folder(vault, options.out)
    return Job(vault, options, out, out, clock, progress or silent)


def parse_all(job: Job, memory: index.Memory) -> None:
    """Parse what the index does not know yet, and store it: the long part of a first build."""
    looked = look(job)
    memory.refile(looked.scan.found, parser(job), looked.at_ns, processes(job), job.progress)
    memory.commit()


def look(job: Job) -> Look:
    """Names and stats of everything a site is made of, and their common name.

    ``at_ns`` is before all of them, by this machine's clock and the file system's.
    """
    at_ns = min(time.time_ns(), job.clock)
    found, problems = settings.read(disk.config_text(job.vault))
    wanted = as_asked(found, job.options)
    state = sealed.state(job, wanted)
    scan = disk.scan(job.vault, wanted.ignore, job.out)
    inputs = disk.inputs(job.vault, wanted, overrides=not job.options.no_overrides)
    made_of = (index.tool_stamp(), job.vault, job.out, job.options.today or today(), wanted, scan, inputs)
    return Look(wanted, scan, inputs, problems, digest_of(encode(made_of)), at_ns, state)


def as_asked(found: Settings, options: Options) -> Settings:
    """The settings as the command line bends them."""
    links = "file" if options.portable else found.links
    return changed(found, links=links, drafts=found.drafts or options.drafts, private=options.private)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each once, by path and line."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda p: (p.path, p.line, p.column, p.code, p.message)))
