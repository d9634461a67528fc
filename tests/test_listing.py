"""What the site tells programs: index.json, llms.txt, feeds.opml, papers.csv."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.build_catalog import Site, catalog, graph, note
from vault.exporters import papers_csv
from vault.exporters.papers_csv import guarded
from vault.records import Backlink, Resolved, Settings, changed

URL = Settings(
    title="papers", url="https://example.org/n/", links="dir", author="A. Reader", description="On papers."
)
LORA = note(
    "2025/lora",
    "LoRA",
    "2025-01-14",
    paper="2106.09685",
    status="read",
    rating=4,
    tags=("peft",),
    tldr="Thin.",
)
QLORA = note("qlora", "QLoRA [4 bits]", "2025-01-12", tags=("peft",))
SECRET = note("secret", "Secret", "2025-01-13", unlisted=True)
LINKS = graph(
    {
        "2025/lora": {
            "a": Resolved("note", "qlora"),
            "b": Resolved("note", "secret"),
            "c": Resolved("work", "x"),
        }
    },
    {"2025/lora": (Backlink("qlora", "", 0, 0), Backlink("qlora", "", 0, 0), Backlink("secret", "", 0, 0))},
)


def site(*notes: Any, **more: Any) -> Site:
    return Site(catalog(*(notes or (LORA, QLORA, SECRET))), LINKS, papers_csv=papers_csv, **more)


def index(found: Site) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(found.view("index.json"))
    return made


def test_the_index_has_every_listed_note_with_its_links_both_ways() -> None:
    made = index(site(settings=URL))
    assert made["version"] == 1 and made["url"] == "https://example.org/n/"
    assert [each["id"] for each in made["notes"]] == ["2025/lora", "qlora"]
    assert made["notes"][0] == {
        "id": "2025/lora",
        "url": "https://example.org/n/2025/01/lora/",
        "title": "LoRA",
        "date": "2025-01-14",
        "updated": "",
        "status": "read",
        "rating": 4,
        "tags": ["peft"],
        "paper": "arxiv:2106.09685",
        "summary": "Thin.",
        "words": 50,
        "links": ["qlora"],
        "backlinks": ["qlora"],
    }
    assert made["tags"] == [{"tag": "peft", "url": "https://example.org/n/tags/peft/", "notes": 2}]


def test_without_an_address_of_its_own_the_index_is_relative() -> None:
    assert index(site())["notes"][0]["url"] == "2025/01/lora/index.html"


def test_llms_txt_has_a_title_a_summary_and_links_that_markdown_can_read() -> None:
    text = site(settings=URL).view("llms.txt").decode()
    assert text.startswith("# papers\n\n> On papers.\n\n2 notes on 1 paper by A. Reader.")
    assert "- [LoRA](https://example.org/n/2025/01/lora/): Thin.\n" in text
    assert "- [QLoRA \\[4 bits\\]](https://example.org/n/2025/01/qlora/)\n" in text
    assert "Secret" not in text
    assert [line for line in text.splitlines() if line.startswith("## ")] == [
        "## Everything",
        "## Notes, newest first",
        "## Optional",
    ]


def test_llms_txt_keeps_to_one_line_what_is_one() -> None:
    split = changed(LORA, tldr="One\n## Two", paper_title="A\nB")
    assert "- [A B](2025/01/lora/index.html): One ## Two\n" in site(split).view("llms.txt").decode()


def test_every_feed_of_the_site_stands_in_the_opml() -> None:
    found = site(settings=changed(URL, title="a & b"))
    tree = ET.fromstring(found.view("feeds.opml"))
    feeds = [
        each.get("xmlUrl", "").removeprefix(URL.url) for each in tree.iter("outline") if each.get("xmlUrl")
    ]
    assert sorted(feeds) == sorted(path for path in found.outputs if path.endswith("feed.xml"))
    assert "feeds.opml" not in site().outputs


def test_the_csv_has_a_line_a_paper_with_its_newest_note() -> None:
    formula = note("f", "=HYPERLINK(1)", "2025-02-01", paper="2402.00001", authors=("@x", "B, C"))
    lines = list(csv.reader(io.StringIO(site(LORA, formula).view("papers.csv").decode())))
    assert lines[0][:4] == ["id", "key", "title", "authors"]
    assert [line[2:4] for line in lines[1:]] == [["LoRA", ""], ["'=HYPERLINK(1)", "'@x; C B"]]
    assert lines[1][-5:] == ["read", "4", "2025-01-14", "peft", "papers/2106.09685/index.html"]


@given(st.text())
def test_no_cell_begins_like_a_formula_or_holds_a_control(text: str) -> None:
    cell = guarded(text)
    assert not cell.strip().startswith(("=", "+", "-", "@"))
    assert not any(char < " " or char == "\x7f" for char in cell)
    assert guarded(cell) == cell
