"""A file of the site to come: what a family of pages tells the sitemap."""

from __future__ import annotations

from collections.abc import Callable

from vault.compose.scope import Bodies
from vault.records.views import FeedPage, Page, Picture
from vault.tuples import NamedTuple

View = Page | FeedPage | Picture | bytes
Maker = Callable[[Bodies], View]


class Planned(NamedTuple):
    """A file to come: its address, who asks for it, what makes it; ``day`` is when it was last
    changed as far as notes say (empty: they do not), None keeps it out of sitemap.xml."""

    url: str
    owner: str
    make: Maker
    day: str | None = None
