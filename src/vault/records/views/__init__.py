"""Everything a template may see: ``page`` (one of these) and ``site``.

Words and URLs, no other record.  ``href`` fields are ready to print: relative to the page, in the
link form of the site.  ``Html`` fields are safe as they stand; every ``str`` is escaped by Jinja.
"""

from vault.records.views.about import AboutPage, MissingPage, RedirectPage
from vault.records.views.archive import ArchivePage, Day, MonthCell, MonthPage, YearLine, YearPage
from vault.records.views.feeds import FeedEntry, FeedPage
from vault.records.views.home import HomePage
from vault.records.views.note import NotePage
from vault.records.views.output import Output
from vault.records.views.page import Feed, Head, Page, Site
from vault.records.views.papers import PaperPage, PaperRow, PapersPage
from vault.records.views.parts import (
    Anchor,
    Contents,
    Fact,
    Group,
    Mentioned,
    Pager,
    Quote,
    Reference,
    RelatedNote,
    Row,
    State,
    When,
)
from vault.records.views.queue import QueueGroup, QueuePage, QueueRow
from vault.records.views.search import SearchPage, Shelf, Writer
from vault.records.views.tags import TagNode, TagPage, TagsPage

__all__ = [
    "AboutPage",
    "Anchor",
    "ArchivePage",
    "Contents",
    "Day",
    "Fact",
    "Feed",
    "FeedEntry",
    "FeedPage",
    "Group",
    "Head",
    "HomePage",
    "Mentioned",
    "MissingPage",
    "MonthCell",
    "MonthPage",
    "NotePage",
    "Output",
    "Page",
    "Pager",
    "PaperPage",
    "PaperRow",
    "PapersPage",
    "QueueGroup",
    "QueuePage",
    "QueueRow",
    "Quote",
    "RedirectPage",
    "Reference",
    "RelatedNote",
    "Row",
    "SearchPage",
    "Shelf",
    "Site",
    "State",
    "TagNode",
    "TagPage",
    "TagsPage",
    "When",
    "Writer",
    "YearLine",
    "YearPage",
]
