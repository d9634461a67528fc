"""THE SENTENCE: how notes become a site, from top to bottom.

The whole of it runs every time.  Only ``parse`` is remembered (by content), only bytes that differ
are written, and when no input and no output has changed there is nothing new to say.
"""

from __future__ import annotations

import contextlib
import os
import time
from functools import partial

from vault import disk, index, plan
from vault.build import sealed
from vault.build.around import Look
from vault.build.early import Begun, Early, begun
from vault.build.fill import fill
from vault.build.job import Job, Mark, Options, Progress, processes, silent, uncollected
from vault.build.survey import Survey, in_order, understand
from vault.problems import problem
from vault.records import (
    Last,
    Problem,
    Report,
    Scan,
    Seen,
    Traces,
    Vault,
    VaultError,
    changed,
)
from vault.records.views import Output


def build(
    vault: Vault,
    options: Options | None = None,
    progress: Progress | None = None,
    mark: Mark | None = None,
    held: list[object] | None = None,
) -> Report:
    """The site of a vault, published.  Raises VaultError, and then the site is as it was.  ``mark`` lets the
    build be sealed; ``held`` as in ``Job``."""
    started, options = time.monotonic(), options or Options()
    out = disk.site_folder(vault, options.out)
    with uncollected(), disk.cache_folder(vault) as (cache, temporary), disk.locked(cache) as clock:
        job = Job(vault, options, out, out, clock, progress or silent, None if temporary else mark, held)
        report = index.with_memory(cache, partial(sentence, job), clean=options.clean)
        if options.verify:
            report = changed(report, differences=differences(job))
    if temporary:
        report = changed(report, problems=(*report.problems, no_cache()))
    return changed(report, seconds=time.monotonic() - started)


def sentence(job: Job, memory: index.Memory) -> Report:
    """The whole story, told with others at hand who begin before it is known what they are for."""
    with begun(job, memory) as at_hand:
        return story(job, memory, at_hand)


def story(job: Job, memory: index.Memory, at_hand: Begun) -> Report:
    """What is there, what it means, where it goes, and what of that is new."""
    looked, last = at_hand.looked, at_hand.last
    if last and (standing_still := unchanged(last, looked)):
        return nothing_new(job, memory, last, looked, standing_still)
    refuse_loss(job, looked.scan)
    young = disk.unsettled((*looked.scan.found, *looked.scan.attachments, *looked.inputs.all), looked.at_ns)

    early = Early(job, at_hand, memory)
    known = understand(job, looked, memory, early)
    outputs = planned(known)
    paths = [output.path for output in outputs]
    standing = early.standing(paths)
    changes = plan.between(outputs, standing)
    refuse(job, () if early.stood(paths) else plan.collisions(outputs))
    refuse(job, changes.refusals)

    with disk.Stage(job.target, standing, early.before, looked.at_ns) as stage:
        past = fill(stage, job, known, memory, at_hand.helper)
        with past.ending(processes(job)) as ended:
            outcome = disk.publish(stage, changes, len(looked.scan.found))
            traces = ended()

    report = reported(job, known, outcome)
    last = Last(looked.signature, young, report, tuple(outcome.seen.values()))
    keep(memory, last, known, traces)
    leave_seal(job, memory, looked, last)
    if job.held is not None:
        job.held.extend((looked, early, known, changes, traces, outcome, last))
    return changed(report, files=outcome.files) if job.options.explain else report


def unchanged(last: Last, looked: Look) -> dict[str, Seen] | None:
    """The outputs as they stand, when inputs and outputs are those of the last build."""
    if last.signature != looked.signature or not disk.still(last.unsettled):
        return None
    return disk.unchanged(last.outputs, looked.at_ns)


def nothing_new(job: Job, memory: index.Memory, last: Last, looked: Look, outputs: dict[str, Seen]) -> Report:
    """The last report again, with nothing done."""
    seen = tuple(outputs.values())
    found = (*looked.scan.found, *looked.scan.attachments, *looked.inputs.all)
    young = {file.file for file in found if not file.settled(looked.at_ns)}
    now = changed(last, outputs=seen, unsettled=tuple(each for each in last.unsettled if each[0] in young))
    if now != last:
        keep(memory, now)
    leave_seal(job, memory, looked, now)
    return idle(last.report)


def idle(report: Report) -> Report:
    """What a build says that has nothing to do after this one."""
    return changed(report, parsed=0, written=0, deleted=0, kept=report.written + report.kept)


def leave_seal(job: Job, memory: index.Memory, looked: Look, last: Last) -> None:
    """Where the index is one on disk, that the next build reads."""
    if memory.folder is not None:
        sealed.leave(memory.folder, job, looked, last, idle(last.report))


def refuse_loss(job: Job, scan: Scan) -> None:
    """A folder that is gone or nearly empty is no wish to unpublish everything."""
    reason = plan.loss(disk.notes_of(job.target), len(scan.found), missing=scan.missing)
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


def reported(job: Job, known: Survey, outcome: disk.Outcome) -> Report:
    """The build in numbers; the files of logs and lists are no notes of their own."""
    actions = [file.action for file in outcome.files]
    return Report(
        notes=known.findings.settled.outline.count,
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


def keep(memory: index.Memory, last: Last, known: Survey | None = None, traces: Traces | None = None) -> None:
    """Remember what was done.  The site is published by now: an index that fails is only forgotten."""
    from vault.build import findings, tables  # noqa: PLC0415 - 0.1 s of libraries, there when it is needed

    with contextlib.suppress(index.DamagedError, index.UnusableError):
        if known:
            if not known.findings.tabulated:
                tables.tabulate(known.findings, memory)
            findings.keep(known.findings, memory)
        memory.save("last", last)
        if traces:
            memory.save("traces", traces)
        memory.commit()


def differences(job: Job) -> tuple[str, ...]:
    """The files of the site that a clean build, made beside it, has otherwise."""
    import tempfile  # noqa: PLC0415 - 5 ms, for --verify alone

    with tempfile.TemporaryDirectory(prefix="vault-") as folder:
        beside = job._replace(target=os.path.join(os.path.realpath(folder), "site"))
        index.with_memory(None, partial(sentence, beside))
        return disk.differences(job.target, beside.target)


def no_cache() -> Problem:
    message = "the folder cannot be written, so this build remembers nothing for the next one"
    return problem("cache-unusable", ".vault", message, hint="Make it writable, and builds are faster.")
