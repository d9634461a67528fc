"""Citations and the reference list they make: numbered by first citation, with ways back."""

from __future__ import annotations

from html import escape

from vault.compose import words
from vault.compose.filling import NOWHERE, Filling, Frame, missing
from vault.compose.rows import best_url, short_title
from vault.records import CiteItem, CiteSlot, Html, Resolved, Work, slot_key
from vault.records.views import Anchor, Reference


def cite(fill: Filling, frame: Frame, slot: CiteSlot) -> str:
    """``[@key, p. 3; @other]`` -> ``[1, p. 3] [2]``; ``@key`` -> ``Hu et al. [1]``."""
    return " ".join(_item(fill, frame, item, slot.narrative) for item in slot.items)


def _item(fill: Filling, frame: Frame, item: CiteItem, narrative: bool) -> str:
    found = frame.resolved.get(slot_key("cite", item.key, ""), NOWHERE)
    before = f"{escape(item.prefix.strip())} " if item.prefix.strip() else ""
    after = f", {escape(item.locator.strip())}" if item.locator.strip() else ""
    subject = _subject(fill, found)
    if subject is None:
        label = f"@{escape(item.key)}"
        if found.kind != "hidden":
            label = missing(label, f"Nothing here has the citation key “{item.key}”")
        return f"{before}{label}{after}"
    if narrative:
        before += f"{escape(_named(fill, subject))} "
    number, place = _place(fill, subject)
    href = f"{frame.away}#ref-{number}" if frame.away else f"#ref-{number}"
    id_ = "" if frame.away else f' id="cite-{number}-{place}"'
    link = f'<a class="cite"{id_} href="{escape(href)}" aria-label="Reference {number}{after}">'
    return f"{before}{link}[{number}{after}]</a>"


def _subject(fill: Filling, found: Resolved) -> tuple[str, str] | None:
    """What a key stands for: ``("work", id)``, or ``("note", id)`` for a note about no paper."""
    catalog = fill.scope.catalog
    if found.kind == "note" and found.target in catalog.notes:
        work = catalog.work_of_note.get(found.target, "")
        return ("work", work) if work in catalog.works else ("note", found.target)
    if found.kind == "work" and found.target in catalog.works:
        return "work", found.target
    return None


def _place(fill: Filling, subject: tuple[str, str]) -> tuple[int, int]:
    """The number of a reference, and the how-manieth citation of it this one is."""
    number, places = fill.cited.get(subject, (len(fill.cited) + 1, 0))
    fill.cited[subject] = number, places + 1
    return number, places + 1


def _named(fill: Filling, subject: tuple[str, str]) -> str:
    kind, id_ = subject
    if kind == "note":
        return short_title(fill.scope.catalog.notes[id_])
    work = fill.scope.catalog.works[id_]
    return words.author_key(work.authors) or work.nickname or work.title


def references(fill: Filling) -> tuple[Reference, ...]:
    """The list for what was cited while the page was filled."""
    return tuple(
        _reference(fill, number, subject, places) for subject, (number, places) in fill.cited.items()
    )


def _reference(fill: Filling, number: int, subject: tuple[str, str], places: int) -> Reference:
    kind, id_ = subject
    scope = fill.scope
    back = tuple(
        Anchor(f"Back to citation {place} of reference {number}", f"#cite-{number}-{place}")
        for place in range(1, places + 1)
    )
    if kind == "note":
        note = scope.catalog.notes[id_]
        href = fill.way(scope.addresses.notes[id_])
        return Reference(f"ref-{number}", Html(note.title_html or escape(note.title)), href, False, back)
    work = scope.catalog.works[id_]
    lead = scope.lead(id_)
    mine = Anchor("note" if id_ in scope.orders.noted else "in the library", fill.way(lead)) if lead else None
    authors, title, after = formatted(work)
    return Reference(f"ref-{number}", authors, best_url(work), True, back, mine, title, after)


def formatted(work: Work) -> tuple[Html, Html, Html]:
    """``E. J. Hu, Y. Shen.``, the title, ``. ICLR 2022.``"""
    authors = _ended(words.reference_authors(work.authors))
    title = work.title or work.id
    venue = _ended(words.venue_line(work.venue, work.year))
    stop = "" if title.endswith((".", "?", "!")) else "."
    return Html(escape(authors)), Html(escape(title)), Html(escape(f"{stop} {venue}".rstrip()))


def _ended(text: str) -> str:
    return text if not text or text.endswith(".") else f"{text}."


def plain(reference: Reference) -> str:
    """A reference as HTML in one piece, for feeds."""
    title = reference.title or reference.text
    linked = f'<a href="{escape(reference.href)}">{title}</a>' if reference.href else title
    return f"{reference.text} {linked}{reference.after}".strip() if reference.title else linked
