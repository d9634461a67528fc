"""Sample views of the people pages, full and empty."""

from __future__ import annotations

from tests.sample_views import STATES, frame, to, when
from vault.records import Html
from vault.records.views import Anchor, AuthorPage, AuthorsPage, Fact, Group, Initial, Page, Pager, Row


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


def pages() -> tuple[Page, ...]:
    letters = (Anchor("H", "letter/h/index.html", "612"),)
    return (
        authors(),
        author(),
        authors("/authors/empty/", total=0, intro="", groups=(), common=()),
        authors("/authors/letter/h/", crumbs=(Anchor("Authors", "../../index.html"), Anchor("H", "")), letters=letters, intro=""),
        author("/authors/bare/", aliases="", facts=(), papers=(), together=(), tags=(), feeds=(), pager=None),
    )  # fmt: skip
