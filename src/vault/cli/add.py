"""``vault add``: papers into the queue, many at once, each a to-read note."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from vault import disk, edit, papers, settings
from vault.build import Options, survey
from vault.cli import ask
from vault.cli.common import json_option, vault_option
from vault.cli.days import day
from vault.cli.progress import Progress
from vault.cli.terminal import count, print_json, say, show_problems
from vault.cli.wanted import Wish, of_text, of_words
from vault.disk import find_vault
from vault.naming import fold, nickname, slug
from vault.records import Catalog, Date, LockEntry, Note, PaperId, Settings, Vault, VaultError, changed
from vault.tuples import NamedTuple

if TYPE_CHECKING:
    from vault.fetch import Wanted


class Plan(NamedTuple):
    """A paper that is to be added, what a service says of it, and its note: path and text."""

    wish: Wish
    entry: LockEntry | None
    path: str
    text: str


@click.command("add")
@click.argument("what", nargs=-1)
@vault_option
@click.option("--read", "is_read", is_flag=True, help="They have been read already, today.")
@click.option("--priority", type=click.IntRange(1, 3), help="1 is read first.")
@click.option("--tag", "tags", multiple=True, help="A tag; may be repeated.")
@click.option("--why", default="", help="Why they are worth reading, in one line.")
@click.option("--via", default="", help="Who or what recommended them.")
@click.option("--offline", is_flag=True, help="Ask nobody; `vault fetch` completes the notes later.")
@click.option("--dry-run", is_flag=True, help="Show the notes; write nothing.")
@json_option
def command(
    *,
    what: tuple[str, ...],
    folder: str | None,
    is_read: bool,
    priority: int | None,
    tags: tuple[str, ...],
    why: str,
    via: str,
    offline: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Put papers into the queue: a to-read note for each.

    WHAT is an arXiv id or address, a DOI, the address of a paper; - (or a pipe) reads BibTeX, RIS, CSL-JSON
    or a list of ids from standard input. What has a note already is shown, not added twice. With a network
    the notes have title, authors and venue at once; without one `vault fetch` completes them.
    """
    vault = find_vault(folder)
    wishes, unread = wanted(what)
    catalog = survey(vault, Options(today=day(None), drafts=True, private=True)).catalog
    found, _ = settings.read(disk.config_text(vault))
    lock = ask.seen_lock(vault) if offline else ask.read_lock(vault)
    new, known = part(catalog, wishes)
    outcome = ask.Outcome() if offline else asked(vault, found, lock, new, quiet=as_json)
    now = ask.Lock([*outcome.entries, *lock.entries])
    new, more = part(catalog, [told(wish, now) for wish in new])
    common = edit.Draft(
        "", priority=priority or 0, tags=tags, why=why, via=via, status="read" if is_read else "to-read"
    )
    plans = planned(vault, found, new, now, common)
    if not dry_run:
        plans = [plan._replace(path=disk.create(vault, plan.path, plan.text)) for plan in plans]
        if outcome.entries:
            ask.keep(vault, outcome.entries)
    if as_json:
        print_json(document(plans, [*known, *more], unread, outcome))
    else:
        show(plans, [*known, *more], unread, outcome, dry_run=dry_run)
    sys.exit(130 if outcome.stopped else 1 if unread else 0)


def wanted(what: tuple[str, ...]) -> tuple[list[Wish], list[tuple[str, str]]]:
    """What the command line and standard input ask for; (text, reason) of what is no paper."""
    wishes: list[Wish] = []
    unread: list[tuple[str, str]] = []
    piped = not what and not sys.stdin.isatty()
    for text in what or (("-",) if piped else ()):
        if text == "-":
            more, wrong, problems = of_text(disk.foreign(sys.stdin.buffer.read())[0])
            show_problems(problems)
        else:
            more, wrong = of_words([text])
        wishes += more
        unread += wrong
    if not wishes and not unread:
        raise VaultError(
            "there is nothing to add", hint="Name an arXiv id, a DOI or an address; - reads BibTeX."
        )
    return wishes, unread


def part(catalog: Catalog, wishes: list[Wish]) -> tuple[list[Wish], list[tuple[Wish, Note]]]:
    """The papers that have no note yet, each once, and those that have one."""
    titles = {fold(" ".join(note.title.split())): note for note in reversed(catalog.notes.values())}
    new: dict[str, Wish] = {}
    known: list[tuple[Wish, Note]] = []
    taken: set[str] = set()
    for wish in wishes:
        note = noted(catalog, wish.ids) or (None if wish.ids else titles.get(fold(wish.title)))
        names = {paper.key for paper in wish.ids} or {f"title:{fold(wish.title)}"}
        if note:
            known.append((wish, note))
        elif names.isdisjoint(taken):
            new[min(names)] = wish
        taken |= names
    return list(new.values()), known


def noted(catalog: Catalog, ids: tuple[PaperId, ...]) -> Note | None:
    """The newest note on the work that one of these identities names."""
    works = (catalog.works.get(catalog.work_of.get(paper.key, "")) for paper in ids)
    return next((catalog.notes[work.notes[-1]] for work in works if work and work.notes), None)


def asked(vault: Vault, found: Settings, lock: ask.Lock, new: list[Wish], *, quiet: bool) -> ask.Outcome:
    from vault import fetch  # noqa: PLC0415 - httpx takes 60 ms

    open_: list[Wanted] = [
        fetch.Wanted(tuple(changed(paper, version=0) for paper in wish.ids))
        for wish in new
        if lock.get(paper.key for paper in wish.ids) is None
        and any(service.call(paper) for service in fetch.SERVICES.values() for paper in wish.ids)
    ]
    if not open_:
        return ask.Outcome()
    with Progress(quiet=quiet) as progress:
        return ask.ask(vault, found, open_, progress, lambda _entries: None)


def told(wish: Wish, lock: ask.Lock) -> Wish:
    """The paper with all identities that are known of it; a version that was named stays."""
    entry = lock.get(paper.key for paper in wish.ids)
    more = (paper for paper in (entry.ids if entry else ()) if paper.key not in {own.key for own in wish.ids})
    return wish._replace(ids=(*wish.ids, *more))


def planned(vault: Vault, found: Settings, new: list[Wish], lock: ask.Lock, common: edit.Draft) -> list[Plan]:
    plans: list[Plan] = []
    today = day(None)
    for wish in new:
        entry = lock.get(paper.key for paper in wish.ids)
        draft = drafted(wish, entry, common, today)
        name = nickname(draft.title) or (draft.title if wish.title or entry else "")
        wished = path_of(found.new_note, today, name or draft.title)
        path = disk.free_name(vault, wished, frozenset(plan.path for plan in plans))
        plans.append(Plan(wish, entry, path, edit.note(draft)))
    return plans


def drafted(wish: Wish, entry: LockEntry | None, common: edit.Draft, today: Date) -> edit.Draft:
    """What the note says: first what was given, then what a service knows."""
    known = entry or LockEntry(())
    first = next(iter(wish.ids), None)
    return changed(
        common,
        title=wish.title or known.title or (papers.written(changed(first, version=0)) if first else ""),
        ids=wish.ids,
        authors=wish.authors or known.authors,
        year=wish.year or known.year,
        venue=wish.venue or known.venue,
        key=wish.key,
        added=today.iso,
        read=today.iso if common.status == "read" else "",
    )


def path_of(pattern: str, today: Date, title: str) -> str:
    """``2026/2026-11-20-lora.md``."""
    name = slug(title, 60) or "note"
    parts = {"year": f"{today.year:04}", "month": f"{today.month:02}", "day": f"{today.day:02}"}
    return pattern.format(**parts, date=today.iso, slug=name)


def show(
    plans: list[Plan],
    known: list[tuple[Wish, Note]],
    unread: list[tuple[str, str]],
    outcome: ask.Outcome,
    *,
    dry_run: bool,
) -> None:
    for plan in plans:
        say(f"{'would add' if dry_run else 'added'} notes/{plan.path}", bold=True)
        for line in plan.text.rstrip("\n").split("\n"):
            say(f"+ {line}", color="green")
    for wish, note in known:
        say(f"known: {wish.written} is {where(note)} ({note.status or 'no status'})  {note.title}")
    for text, why in unread:
        say(f"{text}: {why}", error=True, color="red")
    unanswered(outcome)
    bare = sum(plan.entry is None and not plan.wish.title for plan in plans)
    later = f"; `vault fetch` completes {bare:,}" if bare else ""
    added = count(len(plans), "note")
    say(f"{'Would add' if dry_run else 'Added'} {added}, {count(len(known), 'paper')} known{later}")


def unanswered(outcome: ask.Outcome) -> None:
    """What no service told: in one line where none of them answered at all."""
    if outcome.trouble and not outcome.entries:
        say(ask.silence(outcome.trouble), error=True, color="yellow")
        return
    for service, why in outcome.trouble.items():
        say(f"{ask.label(service)} gave no answer: {why}", error=True, color="yellow")
    for key, why in outcome.missing:
        say(f"{key}: {why}", error=True, color="yellow")


def where(note: Note) -> str:
    return f"notes/{note.path}" + (f":{note.line}" if note.log else "")


def document(
    plans: list[Plan], known: list[tuple[Wish, Note]], unread: list[tuple[str, str]], outcome: ask.Outcome
) -> dict[str, Any]:
    """The shape of docs/cli.md."""
    return {
        "added": [
            {"path": plan.path, "id": next((paper.key for paper in plan.wish.ids), ""), "text": plan.text}
            for plan in plans
        ],
        "known": [{"what": wish.written, "note": note.id, "path": note.path} for wish, note in known],
        "unread": [{"what": text, "reason": why} for text, why in unread],
        "trouble": dict(outcome.trouble),
        "missing": [{"id": key, "reason": why} for key, why in outcome.missing],
    }
