"""Links of a body: to notes and files as written, to papers, to tags."""

from __future__ import annotations

from html import escape

from vault import papers
from vault.compose.filling import NOWHERE, Filling, Frame, external, missing, no_file, no_note
from vault.compose.media import file_link
from vault.compose.rows import abs_url, folded, scheme_name, short_title, tag_path, web
from vault.records import LinkSlot, Note, PaperId, PaperSlot, Resolved, TagSlot, slot_key


def link(fill: Filling, frame: Frame, slot: LinkSlot) -> str:
    """``[[Note#Heading|words]]``, or a relative link to a file of the vault."""
    found = frame.resolved.get(slot_key(slot.form, slot.target, slot.anchor), NOWHERE)
    label = frame.text(slot.label)
    notes = fill.scope.catalog.notes
    if found.kind == "note" and found.target in notes:
        label = label or _name(notes[found.target], slot)
        return card(fill.note_href(frame, found.target, found.anchor), label)
    if found.kind == "file" and found.target in fill.scope.addresses.files:
        name = label or escape(found.target.rpartition("/")[2])
        return file_link(fill, found.target, name, found.anchor)
    label = label or escape(slot.target or slot.anchor)
    if found.kind == "work":
        url = fill.scope.lead(found.target)
        return card(fill.way(url), label) if url else _elsewhere(fill, found, label)
    if found.kind == "hidden":
        return label
    if found.kind == "file":
        return no_file(fill.scope, label, found.target, found)
    return missing(
        label,
        no_note(fill.scope, slot.target)
        if slot.target
        else fill.scope.tongue.say("There is no such heading"),
    )


def card(href: str, label: str, said: str = "") -> str:
    """A link that has a preview card: it leads to a note, or to the page of a paper.  ``said`` are the
    attributes of its language."""
    return f'<a class="card" href="{escape(href)}"{said}>{label}</a>'


def _name(note: Note, slot: LinkSlot) -> str:
    """What stands for a link without words: the target as written where it is a name of the note."""
    names = (note.title, note.nickname, *note.aliases)
    wanted = folded(slot.target)
    written = bool(wanted) and any(name == slot.target or folded(name) == wanted for name in names)
    name = slot.target if written else short_title(note)
    if not slot.anchor or slot.anchor.startswith("^"):
        return escape(name)
    return escape(f"{name}, {slot.anchor}" if slot.target else slot.anchor)


def _elsewhere(fill: Filling, found: Resolved, label: str) -> str:
    work = fill.scope.catalog.works.get(found.target)
    url = next((each for each in map(abs_url, work.ids) if each), "") if work else ""
    return external(url, label) if url else label


def paper(fill: Filling, frame: Frame, slot: PaperSlot) -> str:
    """A link or id of a paper: to my note or the paper's page here, with the paper itself beside it; else
    to the paper."""
    url = web(slot.href) or abs_url(slot.paper)
    label = frame.text(slot.label) or escape(papers.label(slot.paper))
    found = frame.resolved.get(slot_key("number" if slot.naked else "paper", slot.paper.key, ""), NOWHERE)
    shelf = "" if slot.naked else _page(fill, slot.paper)
    target = "" if _own(fill, frame, found) else _lead(fill, frame, found) or shelf
    if not target:
        return label if slot.naked or not url else external(url, label)
    name = f"{scheme_name(fill.scope, slot.paper)} {papers.short(slot.paper)}"
    beside = f' <a class="ext" href="{escape(url)}" rel="external noopener" aria-label="{escape(name)}">'
    return card(target, label) + (f"{beside}{scheme_name(fill.scope, slot.paper)}</a>" if url else "")


def _page(fill: Filling, paper: PaperId) -> str:
    """The way to the page of a paper that a library or the lock file knows and no note is about."""
    work = fill.scope.catalog.work_of.get(paper.key, "")
    url = "" if fill.scope.orders.noted.get(work) else fill.scope.addresses.works.get(work, "")
    return fill.way(url) if url else ""


def _lead(fill: Filling, frame: Frame, found: Resolved) -> str:
    if found.kind == "note" and found.target in fill.scope.addresses.notes:
        return fill.note_href(frame, found.target, found.anchor)
    url = fill.scope.lead(found.target) if found.kind == "work" else ""
    return fill.way(url) if url else ""


def _own(fill: Filling, frame: Frame, found: Resolved) -> bool:
    """Whether a paper is the one that the note itself is about (decisions 14)."""
    works = fill.scope.catalog.work_of_note
    own = works.get(frame.note.id)
    return bool(own) and own == (works.get(found.target) if found.kind == "note" else found.target)


def tag(fill: Filling, _frame: Frame, slot: TagSlot) -> str:
    """``#topic`` as written, leading to its page."""
    _, url = fill.scope.tag_links.get(tag_path(slot.tag_name), ("", ""))
    label = f"#{escape(slot.tag_name)}"
    return f'<a class="tag" href="{escape(fill.way(url))}">{label}</a>' if url else label
