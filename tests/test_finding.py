"""The search page as readers without JavaScript see it: titles from A to Z, tags, authors."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.build_catalog import Site, catalog, note
from tests.vaults import make
from vault.build import survey
from vault.compose import finding
from vault.disk import find_vault

NOTES = (
    note("a", "attention", "2025-01-02", authors=("Ann Bee", "Edward J. Hu", "et al."), tags=("x/y",)),
    note("b", "Émile", "2024-01-02", authors=("Ann Bee",), tags=("x/y", "z")),
    note("c", "8-bit optimizers", "2023-01-02", authors=("Ann Bee",)),
    note("d", "注意力", authors=("Ann Bee",)),
    note("e", "Zebra", "2023-05-05", authors=("Zoe van der Berg",)),
    note("f", "“Attention” again", "2022-01-02"),
    note("g", "Hidden", "2022-01-02", unlisted=True, authors=("Nobody Seen",), tags=("dark",)),
)


def test_titles_stand_under_their_letters() -> None:
    page = Site(catalog(*NOTES)).view("search/")
    assert [(shelf.label, [link.text for link in shelf.titles]) for shelf in page.shelves] == [
        ("0–9", ["8-bit optimizers"]),
        ("A", ["attention", "“Attention” again"]),
        ("E", ["Émile"]),
        ("Z", ["Zebra"]),
        ("Other scripts", ["注意力"]),
    ]
    assert page.letters[1].href.endswith("search/index.html#letter-a")
    assert page.total == 6 and page.pager is None and page.head.robots == "noindex, follow"


def test_the_latest_notes_stand_there_before_anything_is_asked() -> None:
    page = Site(catalog(*NOTES)).view("search/")
    assert [str(row.title) for row in page.latest] == [
        "attention", "Émile", "Zebra", "8-bit optimizers", "“Attention” again", "注意力",
    ]  # fmt: skip
    assert page.latest[0].when.short == "2 Jan 2025", "as in what the search finds"


def test_tags_are_listed_with_their_notes() -> None:
    page = Site(catalog(*NOTES)).view("search/")
    assert [(tag.text, tag.note) for tag in page.tags] == [("x", "2"), ("x/y", "2"), ("z", "1")]


def test_authors_lead_to_their_page_or_their_only_note(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = "---\ntitle: {}\nauthors: [{}]\n---\nText.\n"
    notes = {"a": "Ann Bee, Edward J. Hu", "b": "Ann Bee, Zoe Adler", "c": "Ann Bee"}
    root = make(tmp_path, {f"notes/2025-01-01-{n}.md": head.format(n, who) for n, who in notes.items()})
    site = survey(find_vault(str(root))).sitemap
    (output,) = [output for output in site.outputs if output.url == "/search/"]
    assert [(author.text, author.note) for author in site.view(output, None).authors] == [
        ("Zoe Adler", ""),
        ("Ann Bee", "3"),
        ("Edward J. Hu", ""),
    ]
    assert site.view(output, None).authors[0].href.endswith("/2025/01/b/index.html")
    assert "/authors/ann-bee/" in site.view(output, None).authors[1].href
    monkeypatch.setattr(finding, "AUTHORS", 1)
    page = site.view(output, None)
    assert [author.text for author in page.authors] == ["Ann Bee"] and page.unlisted_authors == 2


def test_a_long_list_is_cut_into_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "TITLES", 4)
    monkeypatch.setattr(finding, "TAGS", 1)
    site = Site(catalog(*NOTES))
    first, second = site.view("search/"), site.view("search/page/2/")
    assert [len(shelf.titles) for shelf in first.shelves] == [1, 2, 1]
    assert [shelf.label for shelf in second.shelves] == ["Z", "Other scripts"]
    assert first.letters[-1].href.endswith("page/2/index.html#others")
    assert [tag.text for tag in first.tags] == ["x"] and first.unlisted_tags == 2
    assert second.authors == () and second.tags == () and second.latest == ()


def test_a_tag_that_only_unlisted_notes_have_is_not_to_be_found() -> None:
    site = Site(catalog(*NOTES))
    assert site.view("tags/dark/").head.robots == "noindex, follow"
    assert site.view("tags/z/").head.robots == ""


def test_an_empty_vault_has_a_search_page() -> None:
    page = Site(catalog()).view("search/")
    assert (page.total, page.shelves, page.letters) == (0, (), ())
