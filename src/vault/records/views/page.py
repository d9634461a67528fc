"""What every page has: its head, the site around it."""

from __future__ import annotations

from vault.records.base import Html, Record
from vault.records.views.parts import Anchor


class Feed(Record, frozen=True):
    title: str
    href: str
    type: str


class Head(Record, frozen=True):
    """What goes between <head> and </head> beside the fixed part.

    ``meta`` are (name, content), ``property`` (property, content) pairs; ``jsonld`` one safe script
    body or nothing.
    """

    title: str
    description: str
    canonical: str = ""
    robots: str = ""
    meta: tuple[tuple[str, str], ...] = ()
    property: tuple[tuple[str, str], ...] = ()
    feeds: tuple[Feed, ...] = ()
    cite_as: str = ""
    jsonld: Html = Html("")
    prev: str = ""
    next: str = ""


class Site(Record, frozen=True):
    """What every page may print of the site.  Hrefs are relative to the page being rendered.

    ``root`` is the way to the top (``../../``); ``here`` names the current section of ``nav``
    (papers, queue, tags, archive, graph or nothing); ``links`` is the form of its links,
    "dir" or "file"; ``search`` leads to the search page.  ``dir`` is ``rtl`` for a language that is
    written so, else empty; ``words`` is the language of the site's own words where it is not ``lang``.
    """

    title: str
    author: str
    description: str
    lang: str
    licence: str
    root: str
    home: str
    nav: tuple[Anchor, ...]
    here: str
    css: str
    script: str
    user_css: str
    footer: tuple[Anchor, ...]
    base: str = ""
    paper: str = "A4"
    links: str = "dir"
    search: str = ""
    dir: str = ""
    words: str = ""


class Page(Record, frozen=True, kw_only=True):
    """The part every page has.  ``template`` is its file under ``templates/``."""

    template: str
    url: str
    head: Head
    site: Site
    title: Html
