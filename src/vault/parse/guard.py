"""The one guard: whatever a note holds, and whatever goes wrong, there is a note of it."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

from vault import frontmatter
from vault.parse import log, reading_list
from vault.parse.context import context_of
from vault.parse.names import note_id
from vault.parse.note import sealed, whole
from vault.parse.split import LIMIT, over_limit
from vault.problems import problem
from vault.records import Block, Body, Note, Parsed, Piece, Source, changed
from vault.records.note import Kind

SHOWN = 200_000
"""Characters of a note's source that its error page shows."""


def piece(piece: Piece) -> tuple[Parsed, ...]:
    """The notes of a piece, in its order, lines counted from the piece's first.  Never raises."""
    return guarded(piece, parsed)


def page(source: Source) -> Parsed:
    """A page of the vault's own (``about.md``): header and body as a note has them, no paper and no day
    of its name.  Never raises."""
    found = Piece(source.path, 1, source.text)
    (made,) = guarded(found, lambda piece: (whole(piece, "page"),))
    return Parsed(changed(made.note, id=f"/{made.note.id}", kind="page"), made.body, made.text)


def guarded(piece: Piece, make: Callable[[Piece], tuple[Parsed, ...]]) -> tuple[Parsed, ...]:
    if over_limit(piece.text):
        message = f"The file is larger than {LIMIT // 1_000_000} MB and was not read"
        return (stub(piece, "note-limit", message, "Cut it into several files", ""),)
    try:
        return make(piece)
    except Exception as error:  # every note under one guard: whatever a rendered note raises
        message = f"The note could not be read ({type(error).__name__}); its source is shown"
        return (stub(piece, "note-crashed", message, "Please report it with this note", piece.text),)


def parsed(piece: Piece) -> tuple[Parsed, ...]:
    context = context_of(piece.context)
    if context is None:
        return reading_list.listed(piece) or (whole(piece),)
    if context.kind == "log":
        return (whole(piece, "log"),)
    return log.entries(piece, context)


def stub(piece: Piece, code: str, message: str, hint: str, source: str) -> Parsed:
    """A note that shows what is wrong, and its source where there is one."""
    told = problem(code, piece.path, message, hint=hint, line=1)
    name = note_id(piece.path)
    title = name.rpartition("/")[2] or "untitled"
    shown = html.escape(source[:SHOWN].replace("\0", "\ufffd"), quote=False)
    body = Body((Block((f'<pre tabindex="0">{shown}</pre>',)),)) if source else Body()
    fields = hiding(piece)
    kind: Kind = "entry" if fields.get("log") else "log" if piece.context else "note"
    note = Note(
        f"{name}#crashed" if fields.get("log") else name,
        piece.path,
        1,
        kind,
        title,
        html.escape(title, quote=False),
        problems=(told,),
        **fields,
    )
    return sealed(note, body, source)


def hiding(piece: Piece) -> dict[str, Any]:
    """What decides who may see a note, read again by itself; hidden where even that cannot be read."""
    try:
        context = context_of(piece.context)
        if context and context.kind != "log":
            names = ("log", "draft", "private", "unlisted")
            return {name: getattr(context, name) for name in names}
        header = frontmatter.read(piece.text, piece.path)[0]
        return {name: getattr(header, name) for name in ("draft", "private", "unlisted")}
    except Exception:  # the guard's own guard
        return {"private": True}
