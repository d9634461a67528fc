"""Believable views of the digest, the statistics and the keys, full and empty."""

from __future__ import annotations

from tests.sample_views import CHINESE, frame, month, note, references, row, rows, tag, to
from vault.records import Html, changed
from vault.records.views import (
    Anchor,
    Bar,
    Chart,
    Cross,
    DayCell,
    DigestPage,
    DigestsPage,
    Group,
    Key,
    KeysPage,
    Letter,
    Page,
    Series,
    State,
    StatsPage,
    YearCalendar,
)


def digests(url: str = "/digest/", /, **more: object) -> DigestsPage:
    fields: dict[str, object] = {
        **frame(url, "digests", "Digest", "digest"),
        "total": 2,
        "years": (
            ("2025", "y2025", (Letter(to(url, "/digest/2025-01/"), "January 2025", "2025-01", Html("A month of <em>small</em> ranks."), "Nine read", 9),)),
            ("2024", "y2024", (Letter(to(url, "/digest/2024-12/"), "December 2024", "2024-12", Html(""), "", 1, "de"),)),
        ),
        "feeds": (Anchor("Digest (Atom)", to(url, "/digest/feed.xml")),),
    }  # fmt: skip
    return DigestsPage(**{**fields, **more})  # type: ignore[arg-type]


def digest(url: str = "/digest/2025-01/", /, **more: object) -> DigestPage:
    fields: dict[str, object] = {
        **frame(url, "digest", "January 2025", "digest"),
        "crumbs": (Anchor("Digest", to(url, "/digest/")), Anchor("January 2025", "")),
        "total": 13,
        "subtitle": Html("Small ranks"),
        "counted": "Nine read, four skimmed.",
        "intro": Html('<p>I set out to reread the adapter papers <a class="cite" id="cite-1-1" href="#ref-1">[1]</a> <a id="cite-1-2" href="#ref-1">[1]</a>.</p>'),
        "references": references(url)[:1],
        "best": rows(url, "qlora"),
        "groups": (Group("group-1", "efficiency", "2 notes", rows(url, "lora", "qlora"), to(url, "/tags/efficiency/")), Group("group-2", "Without a tag", "1 note", rows(url, "flash"))),
        "linked": (Anchor("LoRA", to(url, "/2025/01/lora/"), "6 links"), Anchor(CHINESE, to(url, "/2025/01/long/"), "1 link")),
        "added": (row(url, "grokking"),),
        "more": Anchor("12 more", to(url, "/archive/2025/01/")),
        "calendar": month().calendar,
        "counts": (("Read", 9), ("Skimmed", 4)),
        "archive": Anchor("January 2025 in the archive", to(url, "/archive/2025/01/")),
        "prev": Anchor("December 2024", to(url, "/digest/2024-12/"), "10"),
        "next": None,
        "feeds": (Anchor("Digest (Atom)", to(url, "/digest/feed.xml")),),
    }  # fmt: skip
    return DigestPage(**{**fields, **more})  # type: ignore[arg-type]


def stats(url: str = "/stats/", /, **more: object) -> StatsPage:
    cells = (DayCell(-1), DayCell(0), DayCell(2, "1 note, 14 January"), DayCell(4, "3 notes, 21 January"))
    year = YearCalendar(
        "2025",
        to(url, "/archive/2025/"),
        4,
        (("Jan", to(url, "/archive/2025/01/"), 3), ("Feb", "", 1)),
        tuple((day, cells) for day in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")),
    )
    read = State("read", "read", "Read")
    fields: dict[str, object] = {
        **frame(url, "stats", "Reading, counted", "stats"),
        "figures": (("notes in all", "342"), ("papers waiting", "57")),
        "calendars": (year, changed(year, year="2024")),
        "levels": ((2, "1"), (4, "2 or more")),
        "charts": (
            Chart("months", "Papers per month", "the last twelve months", "Month", "papers", (Bar("January 2025", 9, 100, to(url, "/archive/2025/01/")), Bar("February 2025", 0, 0))),
            Chart("status", "Status", "", "Status", "notes", (Bar("Read", 1204, 100, state=read),)),
        ),
        "crosses": (Cross("topics", "Tags by year", "notes with the tag", "Tag", ("2024", "2025"), (("efficiency", tag(url, "efficiency").href, ((4, 40), (10, 100))), (CHINESE, "", ((0, 0), (1, 10))))),),
        "total": 342,
    }  # fmt: skip
    return StatsPage(**{**fields, **more})  # type: ignore[arg-type]


def keys(url: str = "/keys/") -> KeysPage:
    made = (
        Key(("Ctrl", "K"), "search", together=True),
        Key(("g", "h"), "home"),
        Key(("c",), "copy", "on a note"),
    )
    return KeysPage(**frame(url, "keys", "Keys", "keys"), groups=(("always", "Always", made),))  # type: ignore[arg-type]


def pages() -> dict[str, Page]:
    """Output path -> view, each kind full and, where it can be, empty."""
    listed: tuple[Page, ...] = (
        digests(), digest(), stats(), keys(),
        digests("/digest/empty/", total=0, years=(), feeds=()),
        digest("/digest/2024-12/", intro=Html(""), subtitle=Html(""), counted="", references=(), best=(), linked=(), added=(), more=None, calendar=(), prev=None, feeds=()),
        stats("/stats/empty/", total=0, figures=(), calendars=(), charts=(), crosses=(), levels=()),
        note("/2025/01/series/", series=Series("Adapters", "2 of 3", (Anchor("LoRA", "x", "1"), Anchor("Here", "", "2")))),
        stats("/stats/one/", calendars=stats().calendars[:1]),
    )  # fmt: skip
    return {page.url[1:] + "index.html": page for page in listed}
