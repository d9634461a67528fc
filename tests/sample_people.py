"""Sample views of the people pages and of the graph, full and empty."""

from __future__ import annotations

from tests.sample_views import STATES, frame, to, when
from vault.records import Html
from vault.records.views import (
    Anchor,
    AuthorPage,
    AuthorsPage,
    Bridge,
    Bubble,
    ClusterRow,
    Dot,
    Fact,
    GraphPage,
    Group,
    Hub,
    Initial,
    Line,
    Map,
    Page,
    Pager,
    Row,
)


def people(url: str) -> tuple[Anchor, ...]:
    return (
        Anchor("Hu, Edward J.", to(url, "/authors/edward-j-hu/"), "3"),
        Anchor("Hägele, Alexander", to(url, "/2025/01/lora/")),
    )


def authors(url: str = "/authors/", /, **more: object) -> AuthorsPage:
    fields: dict[str, object] = {
        **frame(url, "authors", "Authors", "papers"),
        "crumbs": (),
        "total": 2,
        "intro": "Who wrote the papers behind the notes.",
        "letters": (),
        "groups": (Initial("l-h", "H", people(url)), Initial("l-han", "Han", (Anchor("王小明", to(url, "/2025/01/lora/")),))),
        "common": people(url)[:1],
        "pager": None,
    }  # fmt: skip
    return AuthorsPage(**{**fields, **more})  # type: ignore[arg-type]


def author(url: str = "/authors/edward-j-hu/", /, **more: object) -> AuthorPage:
    row = Row(to(url, "/2025/01/lora/"), Html("LoRA"), when("2025-01-14"), STATES["read"], "4 of 5", Html("Thin."), "Hu", ())  # fmt: skip
    fields: dict[str, object] = {
        **frame(url, "author", "Edward J. Hu", "papers"),
        "crumbs": (Anchor("Authors", to(url, "/authors/")), Anchor("Edward J. Hu", "")),
        "total": 3,
        "aliases": "E. Hu & “Ed” Hu",
        "facts": (Fact("ORCID", "0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097", True),),
        "groups": (Group("y2025", "2025", "1 note", (row,)),),
        "papers": (Anchor("LoRA: <Low-Rank> Adaptation", to(url, "/2025/01/lora/"), "ICLR 2022"),),
        "papers_note": "1 paper",
        "together": (Anchor("Yelong Shen", "", "1"),),
        "tags": (Anchor("efficiency/peft", to(url, "/tags/efficiency/peft/"), "1"),),
        "feeds": (Anchor("Edward J. Hu (Atom)", "feed.xml"),),
        "pager": Pager("Page 1 of 2, 1–100 of 150", "", "page/2/index.html"),
    }
    return AuthorPage(**{**fields, **more})  # type: ignore[arg-type]


def drawn(url: str) -> Map:
    lora = to(url, "/2025/01/lora/")
    shapes = ("circle", "ring", "M50 48.8l1.2 1.2-1.2 1.2-1.2-1.2z", "M59 59l2 2m0-2l-2 2")
    dots = tuple(
        Dot(f"{40 + 10 * n}", "50.5", "3.1", shape, lora, "LoRA & “friends” <1>")
        for n, shape in enumerate(shapes)
    )
    tag = Bubble(
        "50",
        "50",
        "40",
        1,
        "efficiency",
        "4",
        to(url, "/tags/efficiency/"),
        "efficiency: 4 notes",
        "101",
        "LoRA",
        "M40 50.5L50 50.5",
        dots,
    )
    rest = Bubble("150", "50", "20", 0, "no tag", "0", "", "no tag: 0 notes", "81")
    statuses = tuple((word, word) for word in ("read", "to-read", "reading", "skimmed", "dropped", "none"))
    return Map(800, 120, "Map of 4 notes in 2 clusters", (Line("M50 50Q100 60 150 50", "2"),), (tag, rest), statuses, True)  # fmt: skip


def graph(url: str = "/graph/", /, **more: object) -> GraphPage:
    tag, none = Anchor("efficiency", to(url, "/tags/efficiency/")), Anchor("no tag", "")
    lora = to(url, "/2025/01/lora/")
    fields: dict[str, object] = {
        **frame(url, "graph", "Graph", "graph"),
        "intro": "4 notes and 1 link between them.",
        "map": drawn(url),
        "data": to(url, "/data/graph.js"),
        "hubs": (Hub(lora, Html("LoRA"), 1200, 3, tag), Hub(lora, Html("QLoRA"), 1, 0, none)),
        "clusters": (
            ClusterRow(tag, 1, 4, 1, 0, Anchor("LoRA <1>", lora)),
            ClusterRow(none, 0, 1, 0, 0, None),
        ),
        "bridges": (Bridge(lora, Html("LoRA"), 3, (tag, none)),),
        "orphans": (Anchor("DoRA & co", lora),),
        "orphans_note": "1 note",
    }
    return GraphPage(**{**fields, **more})  # type: ignore[arg-type]


def pages() -> tuple[Page, ...]:
    letters = (Anchor("H", "letter/h/index.html", "612"),)
    return (
        authors(),
        author(),
        authors("/authors/empty/", total=0, intro="", groups=(), common=()),
        authors("/authors/letter/h/", crumbs=(Anchor("Authors", "../../index.html"), Anchor("H", "")), letters=letters, intro=""),
        graph(),
        graph("/graph/plain/", map=None, data=""),
        graph("/graph/empty/", intro="", map=None, data="", hubs=(), clusters=(), bridges=(), orphans=()),
        author("/authors/bare/", aliases="", facts=(), papers=(), together=(), tags=(), feeds=(), pager=None),
    )  # fmt: skip
