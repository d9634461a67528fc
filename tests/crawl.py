"""A crawler for built sites: every internal link and anchor of every page must lead somewhere."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from lxml import html


def broken_links(site: Path) -> list[str]:
    """``page: href`` for each internal link whose file or anchor is missing, in page order."""
    pages = {path: ids_and_links(path) for path in sorted(site.rglob("*.html"))}
    return [
        f"{path.relative_to(site)}: {href}"
        for path, (_, hrefs) in pages.items()
        for href in hrefs
        if not leads_somewhere(site, path, href, pages)
    ]


def ids_and_links(path: Path) -> tuple[set[str], list[str]]:
    tree = html.document_fromstring(path.read_bytes())
    base = tree.xpath("string(//base/@href)")
    if base:
        return set(tree.xpath("//@id")), []
    wanted = tree.xpath("//a/@href | //link[not(@rel='canonical')]/@href | //img/@src | //script/@src")
    return set(map(str, tree.xpath("//@id"))), list(map(str, wanted))


def leads_somewhere(site: Path, page: Path, href: str, pages: dict[Path, tuple[set[str], list[str]]]) -> bool:
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        return True
    target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    if not target.is_relative_to(site.resolve()) and target != page:
        return False
    if target.is_dir():
        target = target / "index.html"
    if not target.is_file():
        return False
    relative = site / target.relative_to(site.resolve()) if target != page else page
    fragment = unquote(parts.fragment)
    return not fragment or relative not in pages or fragment in pages[relative][0]


LEADS = "//a/@href | //link[not(@rel='canonical')]/@href | //*/@src | //form/@action | //object/@data"
"""Everything in a page that a browser may follow or fetch."""

Leads = Callable[[str], bool]
"""Whether there is something at an address without fragment."""


def astray(site: Path, top: str, leads: Leads) -> list[str]:
    """``page: href (why)`` for each address of each page that, followed from a site at ``top`` (a URL that
    ends in a slash), leads out of it, to nothing, to a missing place in a page, or begins at the root.
    The page for lost readers is one for hosts alone."""
    found, ids, there = list[str](), dict[str, set[str]](), functools.cache(leads)
    wanted: list[tuple[str, str, str]] = []
    for path in sorted(site.rglob("*.html")):
        if top.startswith("file:") and path.name == "404.html":
            continue
        name = path.relative_to(site).as_posix()
        tree = html.document_fromstring(path.read_bytes())
        url = top + (name if top.startswith("file:") else name.removesuffix("index.html"))
        ids[url] = {str(each) for each in tree.xpath("//@id")}
        base = urljoin(url, tree.xpath("string(//base/@href)"))
        hrefs = [str(each) for each in tree.xpath(LEADS)] + refreshes(tree)
        found += [f"{name}: {href} (from the root)" for href in hrefs if href.startswith("/") and base == url]
        wanted += [(name, href, urljoin(base, href)) for href in hrefs if not urlsplit(href).scheme]
    for name, href, url in wanted:
        target, fragment = urldefrag(url)
        if not target.startswith(top):
            found.append(f"{name}: {href} (out of the site)")
        elif not there(target):
            found.append(f"{name}: {href} (nothing there)")
        elif fragment and target in ids and unquote(fragment) not in ids[target]:
            found.append(f"{name}: {href} (no such place)")
    return found


def refreshes(tree: html.HtmlElement) -> list[str]:
    told = tree.xpath("//meta[@http-equiv='refresh']/@content")
    return [str(each).partition("url=")[2] for each in told]


def on_disk(url: str) -> bool:
    """A file, not a folder: a browser shows a folder as a listing."""
    return Path(unquote(urlsplit(url).path)).is_file()
