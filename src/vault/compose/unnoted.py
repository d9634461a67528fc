"""Papers that notes mention and none is about: at the end of the queue, and on pages of their own."""

from __future__ import annotations

import shlex
from html import escape
from typing import Final

from vault import papers
from vault.compose import rows, words
from vault.compose.addresses import cut
from vault.compose.head import common, head
from vault.compose.pages import paged_url, pager
from vault.compose.quoting import spoken
from vault.compose.scope import Scope, Way
from vault.compose.wholes import Bodies
from vault.records import Html, Mention, PaperId, Work
from vault.records.views import Anchor, QueueGroup, QueuePage, QueueRow

MENTIONS: Final = 20
"""Papers never noted that the queue itself shows; the others have pages."""

MENTION_ROWS: Final = 100
MENTIONS_URL: Final = "/queue/mentions/"


def mention_pages(scope: Scope) -> int:
    """How many pages the mentions need that the queue itself does not show."""
    rest = len(scope.graph.mentioned) - MENTIONS
    return cut(rest, MENTION_ROWS) if rest > 0 else 0


def group(scope: Scope, way: Way) -> QueueGroup:
    found = scope.graph.mentioned
    listed = tuple(mention_row(scope, way, mention) for mention in found[:MENTIONS])
    rest = len(found) - MENTIONS
    said = scope.tongue.count("{n} more paper", "{n} more papers", rest)
    more = Anchor(said, way(MENTIONS_URL)) if rest > 0 else None
    number = words.papers(scope.tongue, len(found))
    return QueueGroup("mentioned", scope.tongue.say("Mentioned, not noted"), number, listed, more, tight=True)


def mentions_page(scope: Scope, page: int, _bodies: Bodies) -> QueuePage:
    """A hundred of the papers that the queue leaves out."""
    url = paged_url(MENTIONS_URL, page)
    way = scope.way(url)
    rest = scope.graph.mentioned[MENTIONS:]
    shown = rest[(page - 1) * MENTION_ROWS : page * MENTION_ROWS]
    pages = mention_pages(scope)
    turn = pager(scope, way, MENTIONS_URL, page, pages, size=MENTION_ROWS, total=len(rest))
    tongue, title = scope.tongue, scope.tongue.say("Mentioned, not noted")
    listed = tuple(mention_row(scope, way, mention) for mention in shown)
    return QueuePage(
        **common(scope, url, "queue", "queue"),
        head=head(
            scope,
            url,
            words.page_of(tongue, title, page),
            tongue.say("Papers that notes mention and no note is about."),
            robots="noindex, follow" if page > 1 else "",
            prev=turn.prev if turn else "",
            next_=turn.next if turn else "",
        ),
        title=Html(escape(title)),
        intro=tongue.count(
            "{n} paper that notes mention less often than those in the queue.",
            "{n} papers that notes mention less often than those in the queue.",
            len(rest),
        ),
        groups=(QueueGroup("mentioned", tongue.say("By mentions"), "", listed, tight=True),),
        pager=turn,
    )


def mention_row(scope: Scope, way: Way, mention: Mention) -> QueueRow:
    """A paper that waits for a note; its why is the sentence that mentions it."""
    work = scope.catalog.works.get(mention.work)
    paper = identity(mention.work, work)
    place = next((place for place in mention.places if scope.visible(place.note)), None)
    source = scope.catalog.notes[place.note] if place else None
    notes = len({each.note for each in mention.places if scope.visible(each.note)})
    title = mention.title or (papers.label(paper) if paper else mention.work)
    url = rows.abs_url(paper) if paper else ""
    why = rows.voice(scope, source) if source else rows.SITES
    page = scope.addresses.works.get(mention.work, "")
    return QueueRow(
        href=way(page) if page else "",
        title=Html(escape(title)),
        state=None,
        when=None,
        since="",
        age=words.notes(scope.tongue, notes),
        why=spoken(scope, place.note, place.sentence) if place else "",
        why_href=way(scope.addresses.notes[source.id]) if source else "",
        via=rows.short_title(source) if source else "",
        paper=words.paper_line(scope.tongue, work.authors, work.venue, work.year) if work else "",
        tags=(),
        links=(Anchor(id_text(scope, paper), url),) if paper and url else (),
        why_lang=why.lang,
        why_dir=why.dir,
        command=_command(paper),
    )


def _command(paper: PaperId | None) -> str:
    """What to type for a note on a paper that has none."""
    if paper is None:
        return ""
    named = papers.short(paper) if paper.scheme in ("arxiv", "doi") else papers.abs_url(paper)
    return f"vault add {shlex.quote(named)}"


def identity(key: str, work: Work | None) -> PaperId | None:
    """The paper of a mention: the best identity of its work, or what its key says."""
    if work and work.ids:
        return work.ids[0]
    scheme, colon, value = key.partition(":")
    return PaperId(scheme, value) if colon and scheme in rows.SCHEMES else None


def id_text(scope: Scope, paper: PaperId) -> str:
    return papers.short(paper) if paper.scheme == "arxiv" else rows.scheme_name(scope, paper)
