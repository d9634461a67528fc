"""``vault fetch``: metadata into the lock file, and what has come out since a paper was read."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from vault import disk, papers, settings
from vault.build import Options, survey
from vault.cli import ask
from vault.cli.common import json_option, vault_option
from vault.cli.days import day
from vault.cli.names import one_work
from vault.cli.progress import Progress
from vault.cli.terminal import count, print_json, say
from vault.disk import find_vault
from vault.papers import short
from vault.records import Catalog, Graph, LockEntry, Note, PaperId, Vault, VaultError, Work, changed
from vault.tuples import NamedTuple

if TYPE_CHECKING:
    from vault.fetch import Wanted


class Told(NamedTuple):
    """Something to know of a paper that was noted: where, of what kind (``version``, ``withdrawn``,
    ``published``), in words."""

    path: str
    kind: str
    text: str


@click.command("fetch")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@vault_option
@click.option(
    "--missing",
    "which",
    flag_value="missing",
    default=True,
    help="Papers that the lock file lacks (default).",
)
@click.option(
    "--refresh", "which", flag_value="refresh", help="Papers that the lock file has: new versions, venues."
)
@click.option("--all", "which", flag_value="all", help="Both.")
@click.option("--mentioned", is_flag=True, help="Also papers that notes only mention.")
@click.option("--clean", is_flag=True, help="Ask anew what was answered within the last day.")
@click.option("--dry-run", is_flag=True, help="Ask and show what would change; write nothing.")
@json_option
def command(
    *,
    names: tuple[str, ...],
    folder: str | None,
    which: str,
    mentioned: bool,
    clean: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Fill papers.lock from arXiv, Crossref, OpenAlex and Semantic Scholar.

    NAME is a note, a citation key, an arXiv id or a DOI; without one, all papers of published notes and of
    the library. Shows what changed, and says where a newer version is out, or a paper was published or
    withdrawn. Ctrl-C is safe: what was answered is kept, and the next run goes on from there.
    """
    vault = find_vault(folder)
    lock = ask.read_lock(vault)
    known = survey(vault, Options(today=day(None), drafts=True, private=True))
    catalog = known.catalog
    also = beside(catalog, known.graph) if mentioned else frozenset[str]()
    wanted = named(catalog, lock, names) if names else chosen(catalog, lock, which, also)
    outcome = run(vault, wanted, clean=clean, write=not dry_run, quiet=as_json) if wanted else ask.Outcome()
    refuse_offline(outcome)
    now = ask.Lock([*outcome.entries, *lock.entries])
    changed = [
        (e, found) for e in outcome.entries if (found := ask.changes(lock.get(p.key for p in e.ids), e))
    ]
    told = list(since(catalog, lock, now))
    if as_json:
        print_json(document(lock, outcome, changed, told, dry_run))
    else:
        tell(lock, outcome, changed, told, len(wanted), dry_run)
    sys.exit(130 if outcome.stopped else 1 if outcome.missing or outcome.trouble else 0)


def beside(catalog: Catalog, graph: Graph) -> frozenset[str]:
    """The works that published notes mention and no note is about."""
    return frozenset(
        mention.work
        for mention in graph.mentioned
        if any(is_public(catalog, place.note) for place in mention.places)
    )


def chosen(catalog: Catalog, lock: ask.Lock, which: str, also: frozenset[str]) -> list[Wanted]:
    """The papers of notes that are published and of the library, and those whose ids are ``also`` wanted,
    as far as a service can know them."""
    from vault import fetch  # noqa: PLC0415 - httpx takes 60 ms

    found = []
    for work in catalog.works.values():
        entry = lock.get(paper.key for paper in work.ids)
        wanting = entry is None or bool(entry.unanswered)
        asked = wanting if which == "missing" else entry is not None if which == "refresh" else True
        known = any(service.call(paper) for service in fetch.SERVICES.values() for paper in work.ids)
        if asked and known and (work.id in also or is_shown(catalog, work)):
            found.append(fetch.Wanted(work.ids, entry))
    return found


def is_shown(catalog: Catalog, work: Work) -> bool:
    """Whether a paper stands on the site: nobody is asked about papers of private notes unless by name."""
    listed = work.library is not None or (work.locked and not work.notes)
    return listed or any(is_public(catalog, note) for note in work.notes)


def is_public(catalog: Catalog, note_id: str) -> bool:
    note = catalog.notes[note_id]
    whole = catalog.notes.get(note.log)
    return not any(one.draft or one.private for one in (note, whole) if one)


def named(catalog: Catalog, lock: ask.Lock, names: tuple[str, ...]) -> list[Wanted]:
    from vault import fetch  # noqa: PLC0415 - as above

    found = {}
    for name in names:
        ids = ids_of(catalog, name)
        entry = lock.get(paper.key for paper in ids)
        found[ids[0].key] = fetch.Wanted(ids, entry)
    return list(found.values())


def ids_of(catalog: Catalog, name: str) -> tuple[PaperId, ...]:
    """The identities of the paper that is meant; an id need not be known here.  Raises VaultError."""
    paper = papers.identify(name) or papers.identify_url(name)
    if paper and paper.key not in catalog.work_of:
        return (changed(paper, version=0),)
    work = catalog.works[catalog.work_of[paper.key]] if paper else one_work(catalog, name)
    if not work.ids:
        raise VaultError(f"{name!r} has no paper with an id", hint="Give its note an arxiv: or doi: line.")
    return work.ids


def run(vault: Vault, wanted: list[Wanted], *, clean: bool, write: bool, quiet: bool) -> ask.Outcome:
    found, _ = settings.read(disk.config_text(vault))
    keep = (lambda entries: ask.keep(vault, entries)) if write else (lambda _entries: None)
    with Progress(quiet=quiet) as progress:
        return ask.ask(vault, found, wanted, progress, keep, clean=clean)


def refuse_offline(outcome: ask.Outcome) -> None:
    """Nothing came and somebody could not be reached: say that, not each paper."""
    if outcome.trouble and not outcome.entries and not outcome.stopped:
        raise VaultError(ask.silence(outcome.trouble), hint="papers.lock is as it was. Try again later.")


def since(catalog: Catalog, lock: ask.Lock, now: ask.Lock) -> Iterator[Told]:
    """For each note what has happened to its paper: always where another version was read or the paper no
    longer stands, once where it was published."""
    for note in catalog.notes.values():
        work = catalog.works.get(catalog.work_of_note.get(note.id, ""))
        keys = [paper.key for paper in work.ids] if work else []
        entry = now.get(keys)
        if entry is None:
            continue
        if text := newer(note, entry):
            yield Told(note.path, "version", text)
        if entry.withdrawn:
            yield Told(note.path, "withdrawn", f"withdrawn: {entry.withdrawn}")
        before = lock.get(keys)
        if entry.venue and (before is None or before.venue != entry.venue) and not note.venue:
            yield Told(note.path, "published", published(entry))


def newer(note: Note, entry: LockEntry) -> str:
    """``you read v1; v3 is out (2021-10-16)``."""
    read = next((paper.version for paper in note.papers if paper.scheme == "arxiv" and paper.version), 0)
    last = max(entry.versions, key=lambda release: release.number, default=None)
    if not read or last is None or last.number <= read:
        return ""
    return f"you read v{read}; v{last.number} is out" + (f" ({last.date})" if last.date else "")


def published(entry: LockEntry) -> str:
    doi = next((short(paper) for paper in entry.ids if paper.scheme == "doi"), "")
    return f"published as {entry.venue} {entry.year or ''}".rstrip() + (f" (doi {doi})" if doi else "")


def tell(  # noqa: PLR0917 - all that there is to say
    lock: ask.Lock,
    outcome: ask.Outcome,
    changed: list[tuple[LockEntry, dict[str, tuple[str, str]]]],
    told: list[Told],
    wanted: int,
    dry_run: bool,
) -> None:
    for entry, found in changed:
        show(entry, found, new=lock.get(paper.key for paper in entry.ids) is None)
    for one in told:
        say(f"notes/{one.path}: {one.text}", color="yellow" if one.kind == "withdrawn" else None)
    for key, why in outcome.missing:
        say(f"{key}: {why}", error=True, color="yellow")
    for service, why in outcome.trouble.items():
        say(f"{ask.label(service)} gave no answer: {why}", error=True, color="yellow")
    say(summary(lock, outcome, len(changed), wanted, dry_run))


def show(entry: LockEntry, found: dict[str, tuple[str, str]], *, new: bool) -> None:
    """An entry as a diff: ``+`` for what is new, ``-`` for what it was."""
    say(f"{'+' if new else '~'} {entry.id}  {entry.title}", color="green" if new else None)
    for name, (old, now) in found.items():
        if new and name in ("title", "ids", "kind", "published", "updated"):
            continue
        if old:
            say(f"  - {name}: {old}", color="red")
        if now:
            say(f"  + {name}: {now}", color="green")


def summary(lock: ask.Lock, outcome: ask.Outcome, changed: int, wanted: int, dry_run: bool) -> str:
    """``3 of 5 papers fetched, 2 changed - papers.lock has 120 papers``."""
    if not wanted:
        return (
            f"Nothing to fetch: papers.lock has {count(len(lock.entries), 'paper')}. --refresh asks for news."
        )
    head = f"{len(outcome.entries):,} of {count(wanted, 'paper')} fetched, {changed:,} changed"
    if outcome.stopped:
        return f"{head}; stopped. Run it again to go on from here."
    return f"{head}; nothing was written (--dry-run)" if dry_run else f"{head} in papers.lock"


def document(
    lock: ask.Lock,
    outcome: ask.Outcome,
    changed: list[tuple[LockEntry, dict[str, tuple[str, str]]]],
    told: list[Told],
    dry_run: bool,
) -> dict[str, Any]:
    """The shape of docs/cli.md."""
    rows = [
        {
            "id": entry.id,
            "title": entry.title,
            "new": lock.get(paper.key for paper in entry.ids) is None,
            "changes": {name: {"before": old, "after": now} for name, (old, now) in found.items()},
        }
        for entry, found in changed
    ]
    return {
        "fetched": len(outcome.entries),
        "changed": rows,
        "missing": [{"id": key, "reason": why} for key, why in outcome.missing],
        "trouble": dict(outcome.trouble),
        "told": [one._asdict() for one in told],
        "written": not dry_run and bool(changed),
        "stopped": outcome.stopped,
    }
