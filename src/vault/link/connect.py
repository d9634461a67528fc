"""The story of the graph, top to bottom."""

from __future__ import annotations

from vault import dates
from vault.link import again, backlinks, mentions, related, resolve
from vault.link.matter import Matter, matter
from vault.link.vectors import Vocabulary
from vault.link.vocabulary import vocabulary
from vault.records import Attachment, Catalog, Graph, Note, Settings, changed


def connect(
    catalog: Catalog,
    attachments: tuple[Attachment, ...],
    settings: Settings,
    pages: tuple[Note, ...] = (),
    last: again.Last | None = None,
) -> Graph:
    """The graph of a catalog: what ``linked`` finds, and what is related; ``last`` saves comparing notes
    again."""
    graph = linked(catalog, attachments, settings, pages)
    found = matter(graph, catalog.notes.values(), catalog.work_of_note)
    return relate(graph, found, last, vocabulary(found))


def linked(
    catalog: Catalog,
    attachments: tuple[Attachment, ...],
    settings: Settings,
    pages: tuple[Note, ...] = (),
) -> Graph:
    """The graph but for related notes.  ``pages`` are the vault's own: their links lead somewhere, and are
    mentions of nothing.  Every part of it is a function of the catalog and the names of the attachments
    alone, in an order that does not depend on theirs."""
    del settings  # no setting changes where a link leads
    sources = oldest_first(catalog)
    found = resolve.everything(catalog, attachments, pages)
    cited = backlinks.cited(catalog, found.hits)
    rows = backlinks.collect(catalog, sources, found.hits)
    return Graph(
        resolved=found.resolved,
        backlinks=rows.notes,
        work_backlinks=rows.works,
        cited=cited,
        related={},
        mentioned=mentions.never_noted(catalog, sources, found.hits),
        problems=found.problems,
    )


def relate(graph: Graph, of: Matter, last: again.Last | None, words: Vocabulary) -> Graph:
    """The graph with what is related; ``words`` are those of all notes that are compared."""
    return changed(graph, **compare(of, last, words)._asdict())


def compare(of: Matter, last: again.Last | None, words: Vocabulary) -> again.Last:
    """What is related, and for what marks; ``last`` saves comparing notes again."""
    now = related.subject(of, words)
    marks = again.marks(now)
    return again.Last(again.renewed(now, marks, last), marks)


def oldest_first(catalog: Catalog) -> tuple[Note, ...]:
    """The notes whose mentions are shown: listed ones, by date, undated last, then in path order."""
    listed = [note for note in catalog.notes.values() if not note.unlisted]
    dated = [note for note in listed if note.date and note.date.year]
    undated = [note for note in listed if not (note.date and note.date.year)]
    return (*sorted(dated, key=lambda note: dates.sort_key(note.date)), *undated)
