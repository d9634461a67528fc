"""A file of the site to come: what a family of pages tells the sitemap."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from vault.compose.wholes import Bodies
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


class Given(tuple[Any, ...]):
    """A function and what it is given, as one object: a ``partial`` is three, and a large site has tens of
    thousands of them."""

    __slots__ = ()

    def __call__(self, bodies: Bodies, /) -> View:
        view: View = self[0](*self[1:], bodies)
        return view


def light(planned: Iterable[Planned]) -> Iterator[Planned]:
    """The same with makers that take less memory."""
    for each in planned:
        make = each.make
        if isinstance(make, partial) and not make.keywords:
            yield Planned(each.url, each.owner, Given((make.func, *make.args)), each.day)
        else:
            yield each
