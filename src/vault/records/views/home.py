"""The first page."""

from __future__ import annotations

from vault.records.views.page import Page
from vault.records.views.parts import Anchor, Row


class HomePage(Page, frozen=True, kw_only=True):
    """``lede`` is the h1 (a long one stands below the title instead), ``intro`` the sentence below it.
    ``weeks`` are counts, oldest first, and ``weeks_label`` says them in words; ``month`` is the newest
    digest, ``month_note`` what it holds, ``month_more`` leads to all of them.  ``note`` of a queue line is
    its age, of a tag its count, and both are plain text."""

    lede: str
    intro: str
    reading: tuple[Row, ...]
    latest: tuple[Row, ...]
    latest_more: Anchor | None
    queue: tuple[Anchor, ...]
    queue_more: Anchor | None
    tags: tuple[Anchor, ...]
    tags_more: Anchor | None
    weeks: tuple[int, ...]
    weeks_label: str
    month: Anchor | None
    month_note: str
    empty: bool
    month_more: Anchor | None = None
