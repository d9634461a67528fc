"""Sentences that are quoted elsewhere: a citation in them is said by author and year, as a number would
belong to a list that is not there."""

from __future__ import annotations

import re
from typing import Final

from vault import references
from vault.citing import item
from vault.compose.filling import NOWHERE
from vault.compose.rows import short_title
from vault.compose.scope import Scope
from vault.compose.words import in_references
from vault.patterns import lazy
from vault.records import CiteItem, slot_key

_CITED: Final = lazy(
    r"\[([^\[\]]*@[^\[\]]*)\](?![\[(])|(?<![\w.+/@\\%-])@([^\W_](?:[\w:.#$%&\-+?<>~/]*[\w/])?)"
)
_STYLE: Final = references.STYLES["author-year"]


def spoken(scope: Scope, note_id: str, text: str) -> str:
    """A piece of a note's plain text; a key that leads to nothing that may be named stays as written."""
    if "@" not in text:
        return text
    return _CITED.sub(lambda found: _bracketed(scope, note_id, found) or found[0], text)


def _bracketed(scope: Scope, note_id: str, found: re.Match[str]) -> str:
    if found[2]:
        return _said(scope, note_id, CiteItem(found[2]), _STYLE.narrative)
    items = [item(part.strip()) for part in found[1].split(";")]
    told = [_said(scope, note_id, each, _STYLE.cited) if each else "" for each in items]
    return f"({'; '.join(told)})" if all(told) else ""


def _said(scope: Scope, note_id: str, cited: CiteItem, form: str) -> str:
    """``see Hu et al., 2022, p. 3``, or nothing."""
    to = scope.graph.resolved.get(note_id, {}).get(slot_key("cite", cited.key), NOWHERE)
    note = scope.catalog.notes.get(to.target) if to.kind == "note" else None
    work = scope.work_of(note) if note else scope.catalog.works.get(to.target) if to.kind == "work" else None
    if work is None:
        named = ", ".join(filter(None, (short_title(note), cited.locator))) if note else ""
    else:
        known = references.fields(work, "", cited.locator.strip(), in_references(scope.tongue))
        named = references.fill(form, known)
    return " ".join(filter(None, (cited.prefix.strip(), named))) if named else ""
