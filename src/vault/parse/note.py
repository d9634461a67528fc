"""A whole note: its header, its title, its body -> one Parsed."""

from __future__ import annotations

import html
from typing import Any

from vault import dates, frontmatter, naming
from vault.parse.body import body_problems, render
from vault.parse.facts import facts, tags
from vault.parse.names import file_title, note_id, titled
from vault.parse.subject import best, cited, of_header, of_lines
from vault.parse.terms import terms
from vault.parse.title import Found, find_title
from vault.records import (
    Body,
    Date,
    Header,
    Note,
    PaperId,
    Parsed,
    Piece,
    Problem,
    Rendered,
    changed,
    digest_of,
    encode,
)
from vault.records.note import Kind
from vault.tuples import NamedTuple


class Title(NamedTuple):
    html: str
    text: str
    of_file: bool = False


class Opened(NamedTuple):
    """A text as ``frontmatter.read`` gives it: ``line`` is the file's line on which the body begins."""

    header: Header
    body: str
    line: int
    problems: tuple[Problem, ...]


def opened(piece: Piece) -> Opened:
    return Opened(*frontmatter.read(piece.text, piece.path))


def whole(piece: Piece, kind: Kind = "note") -> Parsed:
    """The note that a piece is from its first line to its last."""
    return of_text(piece.path, kind, opened(piece))


def of_text(path: str, kind: Kind, text: Opened) -> Parsed:
    """The note of a header and a body."""
    header, body, line, problems = text
    lines = body.split("\n")
    found = find_title(lines, header.title, links=kind == "note")
    about = of_header(header, path)
    told = facts(header, path)
    named = [*about.papers, *papers_of_body(lines, found, about.papers)] if kind == "note" else about.papers
    title = title_of(header, found, about.title, path)
    rendered = render("\n".join(found.without(lines)) if found else body, path, line)
    fields: dict[str, Any] = {
        **told.fields,
        "date": told.fields.get("date") or (date_of_path(path) if kind == "note" else None),
        "papers": best(list(named)),
        "paper_title": about.title,
        "unnamed": title.of_file,
        "tldr": header.tldr,
        "extra": (*header.extra, *told.unread, *about.unread),
        "problems": (*problems, *about.problems, *told.problems),
    }
    field = header.first("tags")
    place = (field.line, field.column) if field else (0, 0)
    return assembled(
        Note(note_id(path), path, 1, kind, title.text, title.html), fields, header.tags, place, rendered
    )


def papers_of_body(lines: list[str], found: Found | None, named: tuple[PaperId, ...]) -> list[PaperId]:
    """The paper of the linked title, or of a line that says so, beside those that the header names.

    Where the header names one, a heading may add an identity of another kind (its DOI), never a
    second paper; a link to a page that is no known paper counts only where nothing else is named.
    """
    paper = found.paper if found else None
    known = {one.scheme for one in named}
    if paper and found and paper.scheme not in known:
        alone = not named and not found.keep
        if alone or (paper.scheme != "url" and not (found.keep and named)):
            return [paper]
    if named:
        return []
    rest = found.rest(lines) if found else lines
    said = of_lines(rest) or cited(rest, found.source if found and not found.keep else "")
    return [said] if said else []


def title_of(header: Header, found: Found | None, paper: str, path: str) -> Title:
    """The header's title, the first heading or linked title, the paper's, the file's name."""
    for source in (header.title, found.source if found else "", paper):
        if source and (made := Title(*titled(source))).text:
            return made
    name = file_title(path)
    return Title(html.escape(name, quote=False), name, of_file=True)


def date_of_path(path: str) -> Date | None:
    """The date in a file's name, else in its folders."""
    return dates.from_filename(path.rpartition("/")[2]) or dates.from_folder(path)


def assembled(
    note: Note, fields: dict[str, Any], own_tags: tuple[str, ...], place: tuple[int, int], rendered: Rendered
) -> Parsed:
    """The note with everything that its rendered body tells, and its digest.

    ``own_tags`` are those of the header (at ``place``) or of the log; the body's ``#tags`` follow.
    """
    kept, wrong = tags((*own_tags, *rendered.tags), note.path, *place)
    body = Body(rendered.blocks, rendered.raw)
    tldr_html, tldr = titled(fields.pop("tldr", "") or "")
    if not tldr:
        tldr_html, tldr = rendered.tldr_html, rendered.tldr
    lead = not tldr and bool(rendered.lead)
    own = {naming.fold(tag) for tag in tags(own_tags, note.path)[0]}
    problems = (*fields.pop("problems", ()), *wrong, *rendered.problems, *body_problems(rendered, note.path))
    made = changed(
        note,
        **fields,
        nickname=naming.nickname(note.title),
        tags=kept,
        tldr=rendered.lead if lead else tldr,
        tldr_html=rendered.lead_html if lead else tldr_html,
        lead=lead,
        inline_tags=tuple(tag for tag in kept if naming.fold(tag) not in own),
        headings=rendered.headings,
        links=rendered.links,
        words=rendered.words,
        terms=terms(f"{note.title}\n{rendered.text}"),
        math=rendered.math,
        problems=tuple(sorted(problems, key=order)),
    )
    return sealed(made, body, rendered.text)


def order(problem: Problem) -> tuple[int, int, str, str]:
    return problem.line, problem.column, problem.code, problem.message


def sealed(note: Note, body: Body, text: str) -> Parsed:
    """A Parsed whose note names its whole content by a digest."""
    digest = digest_of(encode((changed(note, digest=""), body)))
    return Parsed(changed(note, digest=digest), body, text)
