"""A crawler for built sites: every internal link and anchor of every page must lead somewhere."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

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
