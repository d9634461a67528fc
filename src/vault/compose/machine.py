"""Files for machines: sitemap, robots, bibliography."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

from vault.compose.scope import Scope
from vault.compose.wholes import Bodies
from vault.records import Catalog, Work

Export = Callable[[Catalog, Mapping[str, str]], bytes]
"""Catalog and addresses (of works and notes, by their ids) -> a file."""


def sitemap_xml(scope: Scope, pages: tuple[tuple[str, str], ...], _bodies: Bodies) -> bytes:
    """Every page that may be found, once, by its whole address (sitemaps.org); with the day it was
    last changed where the note says so.  ``pages`` are (root-relative URL, ISO day or nothing)."""
    lines = [
        f"<url><loc>{escape(scope.absolute(url))}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>"
        for url, day in pages
    ]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    inner = "\n".join(lines)
    xmlns = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'{head}<urlset xmlns="{xmlns}">\n{inner}\n</urlset>\n'.encode()


def robots_txt(scope: Scope, _bodies: Bodies) -> bytes:
    where = f"Sitemap: {scope.absolute('/sitemap.xml')}\n" if scope.settings.url else ""
    return f"User-agent: *\nAllow: /\n{where}".encode()


def papers_bib(scope: Scope, _bodies: Bodies) -> bytes:
    """The entries of all papers that have a page, by citation key."""
    works = sorted((scope.catalog.works[id_] for id_ in scope.addresses.works), key=by_key)
    entries = (scope.bibtex(work).strip() for work in works)
    text = b"\n\n".join(entry.encode() for entry in entries if entry)
    return text + b"\n" if text else b""


def papers_json(scope: Scope, export: Export, _bodies: Bodies) -> bytes:
    """All papers as JSON; the exporter gets the addresses of notes and of papers by their ids."""
    paged = {id_: scope.catalog.works[id_] for id_ in scope.catalog.works if id_ in scope.addresses.works}
    urls = {**scope.addresses.works, **scope.addresses.notes}
    return export(scope.catalog_of(paged), urls)


def by_key(work: Work) -> tuple[str, str]:
    """The place of a work in the exported bibliography."""
    return work.key.casefold(), work.id
