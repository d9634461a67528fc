"""One note's header, changed as what became of its paper: the lines that change are shown, then written."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final

from vault import disk, edit
from vault.build import Survey
from vault.cli.queue_list import in_order
from vault.cli.terminal import say
from vault.compose.queue import OPEN
from vault.link import closest, notes_named
from vault.records import Date, Note, Vault, VaultError
from vault.records.note import Status
from vault.tuples import NamedTuple


class Act(NamedTuple):
    """What a command makes of a note: its status, and the field that keeps the day of it."""

    status: Status
    day: str


ACTS: Final = {
    "start": Act("reading", "started"),
    "done": Act("read", "read"),
    "skim": Act("skimmed", "read"),
    "drop": Act("dropped", "updated"),
}


def one_note(found: Survey, name: str) -> Note:
    """The note of a number in the queue or of a name; of several, the one that is in the queue.  Raises
    VaultError where there is none, or more than one."""
    listed = in_order(found.sitemap.scope)
    if name.isascii() and name.isdecimal() and 0 < int(name) <= len(listed):
        return listed[int(name) - 1]
    hits = notes_named(found.catalog, name)
    hits = tuple(note for note in hits if note.status in OPEN) or hits
    if len(hits) == 1:
        return hits[0]
    if hits:
        places = ", ".join(note.id for note in hits[:5]) + (" and more" if len(hits) > 5 else "")
        raise VaultError(
            f"{name!r} is the name of {len(hits)} notes", hint=f"Name one by its file: {places}."
        )
    guess = closest(found.catalog, name)
    hint = f"{guess[:1].upper()}{guess[1:]}" if guess else "`vault queue` shows what there is."
    raise VaultError(f"no note is called {name!r}", hint=hint)


def fields(note: Note, command: str, today: Date) -> dict[str, str]:
    """What the header is to say; a day that it gives already stays, but for the last change."""
    act = ACTS[command]
    keep = act.day != "updated" and getattr(note, act.day) is not None
    return {"status": act.status} | ({} if keep else {act.day: today.iso})


def written(vault: Vault, note: Note, wanted: dict[str, str], *, dry_run: bool) -> None:
    """Show what changes in the note's file, and change it.  Raises VaultError where that would change more,
    and where the file is another one than a moment ago."""
    file = file_of(vault, note)
    before = disk.text_of(file)
    edited = changed(note, before, wanted)
    if edited.why:
        where = f"notes/{note.path}" + (f":{edited.line}" if edited.line else "")
        raise VaultError(f"{where} was not changed: {edited.why}", hint="Change it in the editor.")
    show(note, before, edited.text, dry_run=dry_run)
    if dry_run or edited.text == before:
        return
    if disk.text_of(file) != before:
        raise VaultError(f"notes/{note.path} was saved meanwhile", hint="Nothing was changed; try again.")
    disk.replace(file, edited.text)


def changed(note: Note, text: str, wanted: dict[str, str]) -> edit.Edited:
    """The file's text with what is wanted; an item of a list can be ticked, and that is all."""
    if note.kind == "note":
        return edit.with_fields(text, note.path, wanted)
    if note.kind == "item" and wanted.get("status") == "read" and "rating" not in wanted:
        return edit.ticked(text, note.line)
    if note.kind == "item":
        why = "an item of a reading list is open or done, and `vault queue done` ticks it"
        return edit.Edited("", why, note.line)
    return edit.Edited("", "an entry of a log has no header of its own", note.line)


def file_of(vault: Vault, note: Note) -> str:
    """The note's file as the disk spells it."""
    file = os.path.join(vault.notes, note.path)
    if os.path.lexists(file):
        return file
    return next((found.file for found in disk.scan(vault).found if found.path == note.path), file)


def show(note: Note, before: str, after: str, *, dry_run: bool) -> None:
    """The lines that change, each with its number."""
    if before == after:
        say(f"notes/{note.path} says so already")
        return
    say(f"{'would change' if dry_run else 'changed'} notes/{note.path}", bold=True)
    for sign, number, line in differences(re.split("\r\n|\r|\n", before), re.split("\r\n|\r|\n", after)):
        say(f"{sign} {number:>4}  {line}", color="green" if sign == "+" else "red")


def differences(old: list[str], new: list[str]) -> Iterator[tuple[str, int, str]]:
    """Sign, number and text of every line that goes or comes."""
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield from (("-", at + 1, old[at]) for at in range(a, b))
            yield from (("+", at + 1, new[at]) for at in range(c, d))
