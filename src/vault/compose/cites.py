"""Citations and the reference list they make: numbered by first citation, with ways back."""

from __future__ import annotations

from html import escape
from typing import Final

from vault import references
from vault.compose.filling import NOWHERE, Filling, Frame, missing
from vault.compose.rows import best_url, short_title
from vault.patterns import lazy
from vault.records import CiteItem, CiteSlot, Html, Resolved, slot_key
from vault.records.views import Anchor, Reference

_LETTER: Final = lazy("\0([0-9]+)\0")
"""Where the letter of a reference goes once all of the page is known; NUL is in no note."""


def cite(fill: Filling, frame: Frame, slot: CiteSlot) -> str:
    """``[@key, p. 3; @other]`` -> ``[1, p. 3] [2]``; ``@key`` -> ``Hu et al. [1]``.

    In author-year style ``(Hu et al., 2022, p. 3; Smith, 2020)`` and ``Hu et al. (2022)``.
    """
    if fill.style.cited and not slot.narrative:
        return f"({'; '.join(_item(fill, frame, item, False) for item in slot.items)})"
    return " ".join(_item(fill, frame, item, slot.narrative) for item in slot.items)


def _item(fill: Filling, frame: Frame, item: CiteItem, narrative: bool) -> str:
    found = frame.resolved.get(slot_key("cite", item.key, ""), NOWHERE)
    before = f"{escape(item.prefix.strip())} " if item.prefix.strip() else ""
    locator = item.locator.strip()
    after = f", {escape(locator)}" if locator else ""
    subject = _subject(fill, found)
    if subject is None:
        label = f"@{escape(item.key)}"
        if found.kind != "hidden":
            label = missing(label, f"Nothing here has the citation key “{item.key}”")
        return f"{before}{label}{after}"
    number, place = _place(fill, subject)
    href = f"{frame.away}#ref-{number}" if frame.away else f"#ref-{number}"
    id_ = "" if frame.away else f' id="cite-{number}-{place}"'
    if fill.style.cited and subject[0] == "work":
        form = fill.style.narrative if narrative else fill.style.cited
        known = references.fields(fill.scope.catalog.works[subject[1]], f"\0{number}\0", locator)
        return (
            f'{before}<a class="cite"{id_} href="{escape(href)}">{escape(references.fill(form, known))}</a>'
        )
    if narrative or fill.style.cited:
        before += f"{escape(_named(fill, subject))} "
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
    return references.fields(fill.scope.catalog.works[id_])["names"]


def listed(fill: Filling, html: str) -> tuple[str, tuple[Reference, ...]]:
    """The page as filled, with its letters (2022a) in place, and the list of what it cites."""
    letters = _letters(fill)
    rows = [
        (subject, _reference(fill, number, subject, places, letters.get(number, "")))
        for subject, (number, places) in fill.cited.items()
    ]
    if fill.style.ordered:
        rows.sort(key=lambda row: _order(fill, row[0]))
    if "\0" in html:
        html = _LETTER.sub(lambda found: letters.get(int(found[1]), ""), html)
    return html, tuple(reference for _, reference in rows)


def _letters(fill: Filling) -> dict[int, str]:
    """Number of a reference -> its letter, where several would read the same in the text."""
    works = fill.scope.catalog.works
    alike: dict[tuple[str, int], list[int]] = {}
    for (kind, id_), (number, _) in sorted(fill.cited.items(), key=lambda row: _order(fill, row[0])):
        if kind == "work" and fill.style.cited:
            alike.setdefault(references.clash(works[id_]), []).append(number)
    groups = (numbers for numbers in alike.values() if len(numbers) > 1)
    return {number: references.letter(place) for numbers in groups for place, number in enumerate(numbers)}


def _order(fill: Filling, subject: tuple[str, str]) -> tuple[str, int, str, str]:
    kind, id_ = subject
    if kind == "work":
        return references.sort_key(fill.scope.catalog.works[id_])
    return fill.scope.catalog.notes[id_].title.casefold(), 0, "", id_


def _reference(fill: Filling, number: int, subject: tuple[str, str], places: int, letter: str) -> Reference:
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
    before, title, after = (
        Html(escape(text)) for text in references.pieces(work, scope.settings.cite_style, letter)
    )
    return Reference(f"ref-{number}", before, best_url(work), True, back, mine, title, after)


def plain(reference: Reference) -> str:
    """A reference as HTML in one piece, for feeds."""
    title = reference.title or reference.text
    linked = f'<a href="{escape(reference.href)}">{title}</a>' if reference.href else title
    return f"{reference.text} {linked}{reference.after}".strip() if reference.title else linked
