"""THE SENTENCE: how notes become a site, from top to bottom.

The whole of it runs every time.  Only ``parse`` is remembered (by content), only bytes that differ
are written, and when no input and no output has changed there is nothing new to say.
"""

from __future__ import annotations

import contextlib
import datetime
import os
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from vault import disk, index, lockfile, plan, settings
from vault.problems import problem
from vault.records import (
    Body,
    Catalog,
    Date,
    Graph,
    Html,
    Last,
    LibraryEntry,
    Problem,
    Record,
    Report,
    Scan,
    Seen,
    Settings,
    Templates,
    Vault,
    VaultError,
    changed,
    digest_of,
    encode,
)
from vault.records.views import Output

if TYPE_CHECKING:
    from vault.compose import SiteMap

Progress = Callable[[str, int, int], None]
"""Told the stage, how many are done, how many there are."""


class Options(Record, frozen=True, kw_only=True):
    """What the command line may say.  ``jobs`` 0 is one process a core, ``today`` None the day in UTC.

    ``private`` keeps private notes, for reports alone: ``build`` never sets it.
    """

    out: str | None = None
    clean: bool = False
    strict: bool = False
    explain: bool = False
    verify: bool = False
    portable: bool = False
    drafts: bool = False
    private: bool = False
    jobs: int = 0
    today: Date | None = None
    allow_empty: bool = False
    no_overrides: bool = False


class Job(NamedTuple):
    """One run of the sentence: the site goes to ``target``; ``out`` (the same, but for ``--verify``) is
    never scanned.  ``clock`` is the file system's time (ns) when it began."""

    vault: Vault
    options: Options
    out: str
    target: str
    clock: int
    progress: Progress


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


def build(vault: Vault, options: Options | None = None, progress: Progress | None = None) -> Report:
    """The site of a vault, published.  Raises VaultError, and then the site is as it was."""
    started, options = time.monotonic(), options or Options()
    out = disk.site_folder(vault, options.out)
    with disk.cache_folder(vault) as (cache, temporary), disk.locked(cache) as clock:
        job = Job(vault, options, out, out, clock, progress or silent)
        report = index.with_memory(cache, partial(sentence, job), clean=options.clean)
        if options.verify:
            report = changed(report, differences=differences(job))
    if temporary:
        report = changed(report, problems=(*report.problems, no_cache()))
    return changed(report, seconds=time.monotonic() - started)


def sentence(job: Job, memory: index.Memory) -> Report:
    """The whole story: what is there, what it means, where it goes, and what of that is new."""
    looked = look(job)
    last = memory.last()
    if last and (standing_still := unchanged(last, looked)):
        return nothing_new(memory, last, standing_still)
    refuse_loss(job, looked.scan)
    young = disk.unsettled((*looked.scan.found, *looked.scan.attachments, *looked.inputs.all), looked.at_ns)

    known = understand(job, looked, memory)
    outputs = planned(known)
    standing = disk.standing(job.target, (output.path for output in outputs))
    changes = plan.between(outputs, standing)
    refuse(job, plan.collisions(outputs) or changes.refusals)

    before = {seen.found.path: seen for seen in last.outputs} if last else {}
    with disk.Stage(job.target, standing, before, looked.at_ns) as stage:
        fill(stage, job, known, memory)
        outcome = stage.publish(changes, len(looked.scan.found))

    report = reported(job, known, outcome)
    keep(memory, Last(looked.signature, young, report, tuple(outcome.seen.values())), known)
    return changed(report, files=outcome.files) if job.options.explain else report


def understand(job: Job, looked: Look, memory: index.Memory) -> Survey:
    """From the notes' text to every page's address; of what is below, only ``parse`` is remembered."""
    from vault import catalog, compose, exporters, link, parse, render  # noqa: PLC0415 - 0.1 s of libraries

    wanted, vault = looked.settings, job.vault
    parser = index.Parser(partial(disk.read, vault), parse.split, parse.piece, parse.place)
    notes = memory.remember(looked.scan.found, parser, looked.at_ns, processes(job), job.progress)
    files = memory.attachments(looked.scan.attachments, partial(disk.measure, vault), looked.at_ns)
    library, unread = read_library(looked.inputs, memory)
    lock = memory.lock(disk.lock_text(looked.inputs), lockfile.NAME, lockfile.read)
    memory.commit()

    gathered = catalog.gather(notes.notes, library, wanted, lock=lock.entries)
    graph = link.connect(gathered, files, wanted)
    templates = disk.templates(looked.inputs)
    names, assets = render.assets(templates, wanted)
    site = compose.plan(
        gathered,
        graph,
        wanted,
        files,
        names,
        job.options.today or today(),
        descriptions(looked.inputs),
        exporters.bibtex,
        exporters.papers_json,
        layouts=layouts(templates),
        papers_csv=exporters.papers_csv,
    )
    own = (found for note in notes.notes for found in note.problems)
    told = (*looked.problems, *looked.scan.problems, *notes.problems, *own, *unread, *lock.problems)
    later = (*gathered.problems, *graph.problems, *site.problems, *render.stale(templates))
    return Survey(gathered, graph, site, templates, assets, in_order((*told, *later)), notes.parsed)


def survey(vault: Vault, options: Options | None = None) -> Survey:
    """What a build would know of the vault, without making the site.  Raises VaultError."""
    options = options or Options()
    out = disk.site_folder(vault, options.out)
    with contextlib.ExitStack() as held:
        cache, _ = held.enter_context(disk.cache_folder(vault))
        clock, folder = 0, None
        with contextlib.suppress(VaultError):  # a build is running: work without the index
            clock, folder = held.enter_context(disk.locked(cache, wait=0)), cache
        job = Job(vault, options, out, out, clock, silent)
        return index.with_memory(folder, lambda memory: understand(job, look(job), memory))


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


def unchanged(last: Last, looked: Look) -> dict[str, Seen] | None:
    """The outputs as they stand, when inputs and outputs are those of the last build."""
    if last.signature != looked.signature or not disk.still(last.unsettled):
        return None
    return disk.unchanged(last.outputs, looked.at_ns)


def nothing_new(memory: index.Memory, last: Last, outputs: dict[str, Seen]) -> Report:
    """The last report again, with nothing done."""
    seen = tuple(outputs.values())
    if seen != last.outputs:
        keep(memory, changed(last, outputs=seen))
    report = last.report
    return changed(report, parsed=0, written=0, deleted=0, kept=report.written + report.kept)


def refuse_loss(job: Job, scan: Scan) -> None:
    """A folder that is gone or nearly empty is no wish to unpublish everything."""
    manifest = disk.owned(job.target)
    reason = plan.loss(manifest.notes if manifest else 0, len(scan.found), missing=scan.missing)
    if reason and not job.options.allow_empty:
        hint = "If they are meant to be gone, build with --allow-empty."
        raise VaultError(f"{reason}; the site is left as it is", hint=hint)


def refuse(job: Job, reasons: tuple[str, ...]) -> None:
    if reasons:
        more = f" (and {len(reasons) - 1} more)" if len(reasons) > 1 else ""
        hint = "Move it away, rename the note, or choose another folder with --out."
        raise VaultError(f"the site cannot be written to {job.target}: {reasons[0]}{more}", hint=hint)


def planned(known: Survey) -> tuple[Output, ...]:
    """Every file of the site."""
    assets = (Output(path, "/" + path, "the theme") for path in known.assets)
    files = (output for output, _ in known.sitemap.attachments_used())
    return (*known.sitemap.outputs, *assets, *files)


def fill(stage: disk.Stage, job: Job, known: Survey, memory: index.Memory) -> None:
    """Make every file of the site, one at a time, and put it on the stage."""
    from vault import render  # noqa: PLC0415 - as in understand

    engine, outputs = render.engine(known.templates), known.sitemap.outputs
    theme, tool = digest_of(encode(known.templates)), index.tool_stamp()

    def body(note_id: str) -> Body:
        return memory.body(known.catalog.notes[note_id])

    for number, output in enumerate(outputs):
        job.progress("writing", number, len(outputs))
        view = known.sitemap.view(output, body)
        if isinstance(view, bytes):
            stage.put(output.path, view)
        elif not stage.has(output.path, key := f"{digest_of(encode(view))} {theme} {tool}"):
            stage.put(output.path, engine.page(view), key)
    for path, data in known.assets.items():
        stage.put(path, data)
    for output, file in known.sitemap.attachments_used():
        stage.copy(output.path, job.vault, memory.whole(file, partial(disk.digest, job.vault)))


def reported(job: Job, known: Survey, outcome: disk.Outcome) -> Report:
    """The build in numbers; the files of logs and lists are no notes of their own."""
    actions = [file.action for file in outcome.files]
    return Report(
        notes=sum(note.kind not in ("log", "list") for note in known.catalog.notes.values()),
        papers=len(known.catalog.works),
        pages=sum(output.path.endswith(".html") for output in known.sitemap.outputs),
        parsed=known.parsed,
        written=actions.count("written"),
        kept=actions.count("kept"),
        deleted=actions.count("deleted"),
        seconds=0,
        problems=in_order((*known.problems, *outcome.problems)),
        out=job.target,
    )


def keep(memory: index.Memory, last: Last, known: Survey | None = None) -> None:
    """Remember what was done.  The site is published by now: an index that fails is only forgotten."""
    with contextlib.suppress(index.DamagedError, index.UnusableError):
        if known:
            memory.tabulate(known.catalog, known.graph, known.sitemap.url_of)
        memory.keep(last)
        memory.commit()


def differences(job: Job) -> tuple[str, ...]:
    """The files of the site that a clean build, made beside it, has otherwise."""
    with tempfile.TemporaryDirectory(prefix="vault-") as folder:
        beside = job._replace(target=os.path.join(os.path.realpath(folder), "site"))
        index.with_memory(None, partial(sentence, beside))
        return disk.differences(job.target, beside.target)


def read_library(
    inputs: disk.Inputs, memory: index.Memory
) -> tuple[tuple[LibraryEntry, ...], tuple[Problem, ...]]:
    """All entries of the ``.bib`` files, in their order; each file is remembered by its text."""
    from vault import bibliography  # noqa: PLC0415 - as in understand

    texts, problems = disk.libraries(inputs)
    read = memory.libraries(texts, bibliography.read)
    entries = tuple(entry for found in read for entry in found.entries)
    return entries, (*problems, *(wrong for found in read for wrong in found.problems))


def descriptions(inputs: disk.Inputs) -> dict[str, str]:
    """Tag path -> what ``tags/<tag>.md`` says, as one paragraph of safe HTML."""
    from vault import markdown  # noqa: PLC0415 - as in understand

    texts = disk.tag_descriptions(inputs)
    return {path: Html(markdown.inline(" ".join(text.split()))[0]) for path, text in texts.items()}


def layouts(templates: Templates) -> frozenset[str]:
    """Page templates of the vault's own, which a note may choose by ``layout:``."""
    names = templates.overrides.keys() - templates.theme.keys()
    pages = (name.removeprefix("pages/") for name in names if name.startswith("pages/"))
    return frozenset(name.removesuffix(".html") for name in pages)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each once, by path and line."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda p: (p.path, p.line, p.column, p.code, p.message)))


def processes(job: Job) -> int:
    return job.options.jobs or len(os.sched_getaffinity(0))


def today() -> Date:
    """``VAULT_TODAY``, else the day in UTC."""
    given = os.environ.get("VAULT_TODAY")
    now = datetime.date.fromisoformat(given) if given else datetime.datetime.now(datetime.UTC).date()
    return Date(now.year, now.month, now.day)


def no_cache() -> Problem:
    message = "the folder cannot be written, so this build remembers nothing for the next one"
    return problem("cache-unusable", ".vault", message, hint="Make it writable, and builds are faster.")


def silent(_stage: str, _done: int, _total: int) -> None:
    """No progress."""
