"""A text -> ``Rendered``; a line -> HTML."""

from __future__ import annotations

from typing import Final

from markdown_it.token import Token

from vault.markdown import (
    callouts,
    citations,
    code,
    flat,
    footnotes,
    headings,
    layout,
    links,
    math,
    papers,
    raw_html,
    sanitise,
    summary,
    tables,
    tags,
    wikilinks,
)
from vault.markdown.engine import NESTING, TOO_DEEP, parsed, parser
from vault.markdown.helpers import ALONE, Helpers
from vault.markdown.inlines import is_plain
from vault.markdown.prepare import Preparer
from vault.markdown.sheet import Group, Sheet
from vault.markdown.text import Raw, escape
from vault.markdown.writer import BlockRule, InlineRule, Writer
from vault.records import Block, Heading, Part, Rendered
from vault.tuples import NamedTuple

INLINE_RULES: Final[dict[str, InlineRule]] = {
    "softbreak": layout.line_end,
    "hardbreak": layout.line_break,
    "code_inline": code.write_inline,
    "link_open": links.write_open,
    "link_close": links.write_close,
    "html_open": raw_html.write_open,
    "html_close": raw_html.write_close,
    "html_inline": raw_html.write_inline,
    "html_lost": raw_html.write_lost,
    "image": layout.image,
    "wikilink": wikilinks.write_link,
    "embed": wikilinks.write_embed,
    "citation": citations.write,
    "tag": tags.write,
    "footnote_ref": footnotes.write_reference,
    "math_inline": math.write_inline,
    "math_display": math.write_display,
    "papers": papers.write,
}

BLOCK_RULES: Final[dict[str, BlockRule | str]] = {
    **layout.TAGS,
    "paragraph_open": layout.paragraph,
    "heading_open": headings.write,
    "ordered_list_open": layout.ordered,
    "list_item_open": layout.item,
    "block_name": layout.lone_name,
    "dt_open": layout.term,
    "callout_open": callouts.write_open,
    "callout_close": callouts.write_close,
    "fence": code.write_fence,
    "code_block": code.write_indented,
    "math_block": math.write_block,
    "table": tables.write,
    "html_block": raw_html.write_block,
    "footnote_reference_open": footnotes.write_definition,
}


class Draft(NamedTuple):
    """A block before all footnotes are counted; ``notes`` are those first cited in it: number, parts,
    words."""

    parts: list[Part]
    level: int
    anchor: str
    line: int
    notes: list[tuple[int, list[Part], int]]


def render(text: str, path: str = "", line: int = 1, helpers: Helpers = ALONE) -> Rendered:
    """The body of a note.  ``line`` is the file line of the text's first; ``path`` is for Problems."""
    sheet = Sheet(text, path, line, helpers)
    sheet.tokens, env = parsed(text)
    Preparer(sheet, parser(), env).prepare()
    w = Writer(sheet, False, INLINE_RULES, BLOCK_RULES)
    blocks = write(w)
    raw = write(Writer(sheet, True, INLINE_RULES, BLOCK_RULES)) if sheet.raw else ()
    if TOO_DEEP in env:
        message = f"more than {NESTING} quotes or lists stand inside each other"
        sheet.tell("note-limit", message, hint="the deepest are shown as text", line=line + env[TOO_DEEP])
    told = sheet.summary
    lead, lead_html = summary.lead(sheet, told.last)
    return Rendered(
        blocks=blocks,
        raw=raw,
        headings=tuple(w.headings),
        links=tuple(w.links),
        tags=tuple(w.tags),
        tldr=told.text,
        tldr_html=told.html,
        lead=lead,
        lead_html=lead_html,
        text="\n".join([text for text in w.texts if text]),
        words=w.word_count,
        math=w.math,
        problems=tuple(dict.fromkeys(sheet.problems)),
    )


def write(w: Writer) -> tuple[Block, ...]:
    """All blocks of a sheet."""
    taken = w.sheet.summary
    drafts: list[Draft] = []
    sign = sanitise.sign_for(w.sheet.text) if w.sheet.raw and not w.as_text else ""
    for group in w.sheet.groups:
        if w.sheet.tokens[group.start].type == "block_name":
            named(w, drafts, w.sheet.tokens[group.start].meta["block"])
            continue
        w.muted = taken.first <= group.start < taken.last
        draft = one(w, group, sign)
        if not w.muted and (
            draft.notes or any(not isinstance(part, str) or part.strip() for part in draft.parts)
        ):
            drafts.append(draft)
    w.muted = False
    return tuple(finished(w, draft) for draft in drafts)


def one(w: Writer, group: Group, sign: str) -> Draft:
    """One block, its raw HTML sanitised, and the footnotes it is the first to cite."""
    w.level, w.anchor = 0, ""
    first = w.sheet.tokens[group.start]
    line = w.sheet.line + (first.map[0] if first.map else w.row)
    kept = w.apart()
    w.span(w.sheet.tokens, group.start, group.end)
    parts = w.resume(kept)
    if any(isinstance(part, Raw) for part in parts):
        parts = safe(w, parts, sign)
    notes = [(number, safe(w, made, sign), words) for number, made, words in footnotes.write_waiting(w)]
    if w.anchor.startswith("^"):
        w.headings.append(Heading(0, "", w.anchor, line))
    return Draft(parts, w.level, w.anchor, line, notes)


def safe(w: Writer, parts: list[Part], sign: str) -> list[Part]:
    """Parts without raw HTML; where no mark is left to tell ours from the author's, his is text."""
    if not any(isinstance(part, Raw) for part in parts):
        return parts
    if sign:
        return sanitise.sanitised(w, parts, sign)
    return [escape(part) if isinstance(part, Raw) else part for part in parts]


def named(w: Writer, drafts: list[Draft], anchor: str) -> None:
    """Give the last block the name that stands on a line of its own behind it."""
    if drafts and not drafts[-1].anchor:
        last = drafts[-1]
        parts: list[Part] = [f'<span id="\0{anchor}"></span>', *last.parts]
        if len(parts) > 1 and isinstance(parts[1], str):
            parts[0:2] = [f"{parts[0]}{parts[1]}"]
        drafts[-1] = last._replace(parts=parts, anchor=anchor)
        w.headings.append(Heading(0, "", anchor, last.line))


def finished(w: Writer, draft: Draft) -> Block:
    notes = [footnotes.slot(w, *note) for note in draft.notes]
    return Block((*draft.parts, *notes), draft.level, draft.anchor, draft.line)


def inline(text: str) -> tuple[str, str]:
    """One line of Markdown (a title, a summary) as safe HTML without links and slots, and as plain text."""
    text = " ".join(text.split())
    if is_plain(text):
        return escape(text), text
    tokens: list[Token] = []
    md = parser()
    md.inline.parse(text.replace("\0", "\ufffd"), md, {}, tokens)
    return flat.html(tokens).strip(), flat.plain(tokens).strip()
