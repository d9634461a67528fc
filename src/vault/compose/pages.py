"""Long lists cut into pages."""

from __future__ import annotations

from vault.compose.scope import Scope, Way
from vault.records.views import Pager


def paged_url(url: str, page: int) -> str:
    """The address of a page of a list; the first one is the list's own."""
    return f"{url}page/{page}/" if page > 1 else url


def pager(scope: Scope, way: Way, url: str, page: int, pages: int, *, size: int, total: int) -> Pager | None:
    """``Page 2 of 4, 101–200 of 342`` with the ways back and on; nothing for a single page."""
    if pages < 2:
        return None
    number = scope.tongue.number
    first, last = (page - 1) * size + 1, min(page * size, total)
    return Pager(
        text=scope.tongue.say(
            "Page {page} of {pages}, {first}–{last} of {total}",
            page=number(page),
            pages=number(pages),
            first=number(first),
            last=number(last),
            total=number(total),
        ),
        prev=way(paged_url(url, page - 1)) if page > 1 else "",
        next=way(paged_url(url, page + 1)) if page < pages else "",
    )
