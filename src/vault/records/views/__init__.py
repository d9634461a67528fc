"""Everything a template may see: ``page`` (one of these) and ``site``.

Words and URLs, no other record.  ``href`` fields are ready to print: relative to the page, in the
link form of the site.  ``Html`` fields are safe as they stand; every ``str`` is escaped by Jinja.
"""

from vault.records.views.about import AboutPage, MissingPage, RedirectPage
from vault.records.views.archive import ArchivePage, Day, MonthCell, MonthPage, YearLine, YearPage
from vault.records.views.authors import AuthorPage, AuthorsPage, Initial
from vault.records.views.digest import DigestPage, DigestsPage, Letter
from vault.records.views.feeds import FeedEntry, FeedPage
from vault.records.views.filters import Choice
from vault.records.views.graph import Bridge, Bubble, ClusterRow, Dot, GraphPage, Hub, Line, Map
from vault.records.views.home import HomePage
from vault.records.views.keys import Key, KeysPage
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
    Series,
    State,
    When,
)
from vault.records.views.picture import Picture
from vault.records.views.queue import QueueGroup, QueuePage, QueueRow
from vault.records.views.search import SearchPage, Shelf
from vault.records.views.stats import Bar, Chart, Cross, DayCell, StatsPage, YearCalendar
from vault.records.views.tags import TagNode, TagPage, TagsPage

__all__ = [
    "AboutPage",
    "Anchor",
    "ArchivePage",
    "AuthorPage",
    "AuthorsPage",
    "Bar",
    "Bridge",
    "Bubble",
    "Chart",
    "Choice",
    "ClusterRow",
    "Contents",
    "Cross",
    "Day",
    "DayCell",
    "DigestPage",
    "DigestsPage",
    "Dot",
    "Fact",
    "Feed",
    "FeedEntry",
    "FeedPage",
    "GraphPage",
    "Group",
    "Head",
    "HomePage",
    "Hub",
    "Initial",
    "Key",
    "KeysPage",
    "Letter",
    "Line",
    "Map",
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
    "Picture",
    "QueueGroup",
    "QueuePage",
    "QueueRow",
    "Quote",
    "RedirectPage",
    "Reference",
    "RelatedNote",
    "Row",
    "SearchPage",
    "Series",
    "Shelf",
    "Site",
    "State",
    "StatsPage",
    "TagNode",
    "TagPage",
    "TagsPage",
    "When",
    "YearCalendar",
    "YearLine",
    "YearPage",
]
