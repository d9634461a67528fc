"""Feeds: the newest notes whole, absolute addresses, ids that stay."""

from __future__ import annotations

import re
from typing import Any

from tests.build_catalog import Site, catalog, entry, graph, note
from vault.compose.feeds import KEPT
from vault.records import (
    Block,
    Body,
    CiteItem,
    CiteSlot,
    EmbedSlot,
    FootnoteSlot,
    LinkSlot,
    Resolved,
    Settings,
    changed,
    slot_key,
)

URL = Settings(
    title="papers", url="https://example.org/n/", links="file", author="A. Reader", description="On papers"
)
LORA = note("2025/lora", "LoRA: Low-Rank", "2025-01-14", paper="2106.09685", tags=("efficiency/peft",), tldr="Freeze.", updated="2025-02-01")  # fmt: skip
QLORA = note("2025/qlora", "QLoRA", "2025-01-12", tags=("efficiency",))


def site(*notes: Any, **more: Any) -> Site:
    more.setdefault("settings", URL)
    return Site(catalog(*(notes or (LORA, QLORA))), more.pop("links", None), **more)


def test_there_are_no_feeds_without_an_address() -> None:
    found = site(settings=Settings())
    assert not [path for path in found.outputs if "feed" in path]


def test_the_feed_says_whose_and_when() -> None:
    feed = site().view("feed.xml")
    assert (feed.template, feed.url, feed.title) == ("feeds/atom.xml", "/feed.xml", "papers")
    assert (feed.home, feed.self) == ("https://example.org/n/", "https://example.org/n/feed.xml")
    assert feed.updated == "2025-02-01T00:00:00Z"
    entry_, other = feed.entries
    assert (entry_.title, entry_.published, entry_.updated) == (
        "LoRA: Low-Rank",
        "2025-01-14T00:00:00Z",
        "2025-02-01T00:00:00Z",
    )
    assert entry_.url == "https://example.org/n/2025/01/lora/"
    assert (entry_.summary, entry_.external) == ("Freeze.", "https://arxiv.org/abs/2106.09685")
    assert entry_.tags == ("efficiency/peft",)
    assert other.updated == other.published == "2025-01-12T00:00:00Z"


def test_the_json_feed_holds_the_same_entries() -> None:
    found = site()
    atom, json_feed = found.view("feed.xml"), found.view("feed.json")
    assert json_feed.template == "" and json_feed.self.endswith("/feed.json")
    assert (json_feed.entries, json_feed.id) == (atom.entries, atom.id)


def test_an_id_stays_when_the_site_moves() -> None:
    here = site().view("feed.xml").entries[0].id
    assert here == "tag:example.org,2025:2025/lora"
    deeper = site(settings=changed(URL, url="https://example.org/other/")).view("feed.xml").entries[0].id
    assert deeper == here
    named = [
        site(settings=changed(URL, feed_id="me.org", url=url)).view("feed.xml").entries[0].id
        for url in ("https://a.org/", "https://b.org/")
    ]
    assert named == ["tag:me.org,2025:2025/lora"] * 2


def test_an_id_of_an_entry_holds_no_anchor() -> None:
    odd = note("log#2025-01-14-ü x", "Ü", "2025-01-14", kind="entry")
    assert site(odd).view("feed.xml").entries[0].id == "tag:example.org,2025:log%232025-01-14-%C3%BC%20x"


def test_a_tag_has_a_feed_with_its_children() -> None:
    found = site(LORA, QLORA, note("other", date="2025-03-01"))
    assert [each.title for each in found.view("tags/efficiency/feed.xml").entries] == [
        "LoRA: Low-Rank",
        "QLoRA",
    ]
    feed = found.view("tags/efficiency/peft/feed.json")
    assert [each.title for each in feed.entries] == ["LoRA: Low-Rank"]
    assert (feed.title, feed.home) == (
        "efficiency/peft · papers",
        "https://example.org/n/tags/efficiency/peft/",
    )


def test_only_dated_listed_notes_that_say_something_are_in_a_feed() -> None:
    found = site(
        LORA,
        note("undated"),
        note("stub", date="2025-01-20", status="to-read", words=0),
        note("secret", date="2025-01-20", unlisted=True),
        note("log", date="2025-01-20", kind="log"),
        note("l#item", date="2025-01-20", kind="item"),
    )
    assert [each.title for each in found.view("feed.xml").entries] == ["LoRA: Low-Rank"]


def test_a_feed_ends_after_the_newest_entries() -> None:
    notes = [note(f"n{at:02}", date=f"2025-01-{at:02}") for at in range(1, 13)]
    feed = site(*notes, settings=changed(URL, feed_items=5)).view("feed.xml")
    assert [each.title for each in feed.entries] == ["n12", "n11", "n10", "n09", "n08"]


RICH = Body(
    (
        Block(
            ('<h2 id="\0h-a"><a href="#\0h-a">#</a></h2>', LinkSlot("wiki", "qlora", "", "Q", "[[qlora]]"))
        ),
        Block((FootnoteSlot(1, 1, ("a <em>note</em>",)),)),
        Block((CiteSlot((CiteItem("b"),), "[@b]"), EmbedSlot("qlora", "", "![[qlora]]"))),
    )
)
RESOLVED = graph(
    {
        LORA.id: {
            slot_key("wiki", "qlora", ""): Resolved("note", QLORA.id),
            slot_key("embed", "qlora", ""): Resolved("note", QLORA.id),
            slot_key("cite", "b", ""): Resolved("work", "arxiv:1901.00001"),
        }
    }
)
INNER = Body((Block(('<p id="\0x"><a href="#\0x">x</a></p>', FootnoteSlot(1, 1, ("inner",)))),))


def rich() -> str:
    books = (entry("b", "A book", "1901.00001", authors=("Ann Bee",), year=2019),)
    cat = catalog(LORA, QLORA, library=books)
    found = Site(cat, RESOLVED, bodies={LORA.id: RICH, QLORA.id: INNER}, settings=URL)
    return str(found.view("feed.xml").entries[0].content)


def test_every_address_in_a_feed_is_whole() -> None:
    found = re.findall(r'(?:href|src)="([^"]*)"', rich())
    assert found and all(url.startswith(("https://example.org/n/", "https://arxiv.org/")) for url in found)
    assert "https://example.org/n/2025/01/lora/#h-a" in found
    assert "https://example.org/n/2025/01/qlora/#x" in found
    assert "\0" not in rich()


def test_sidenotes_become_endnotes_and_references_a_list() -> None:
    html = rich()
    assert "<aside" not in html
    assert "<hr><ol><li>a <em>note</em></li></ol>" in html
    assert "<hr><ol><li>inner</li></ol>" in html
    assert html.endswith(
        '<h2>References</h2><ol><li>A. Bee. <a href="https://arxiv.org/abs/1901.00001">A book</a>. 2019.</li></ol>'
    )


def test_what_xml_cannot_say_is_left_out() -> None:
    odd = note("x", "A\x08B\ufffe", "2025-01-01", tags=("t\x0bt",))
    (found,) = site(odd, bodies={"x": Body((Block(("<p>\x1f.\x7f</p>",)),))}).view("feed.xml").entries
    assert (found.title, found.content, found.tags) == ("AB", "<p>.</p>", ("tt",))


def test_an_empty_note_brings_its_abstract() -> None:
    books = (entry("b", "A book", "2106.09685", abstract="All < of it."),)
    found = Site(catalog(LORA, library=books), bodies={LORA.id: Body()}, settings=URL)
    assert found.view("feed.xml").entries[0].content == "<blockquote>All &lt; of it.</blockquote>"


def test_an_empty_feed_has_no_day() -> None:
    feed = site(note("undated")).view("feed.xml")
    assert (feed.entries, feed.updated) == ((), "1970-01-01T00:00:00Z")


def test_a_body_is_read_once_for_all_feeds_and_memory_stays_bounded() -> None:
    found = site()
    for path in [path for path in found.outputs if path.endswith(("feed.xml", "feed.json"))]:
        found.view(path)
    assert sorted(found.asked) == [LORA.id, QLORA.id]
    big = Body((Block(("x" * (KEPT // 2 + 1),)),))
    notes = [note(f"n{at}", date="2025-01-01") for at in range(4)]
    found = site(*notes, bodies={each.id: big for each in notes})
    found.view("feed.xml")
    found.view("feed.json")
    assert len(found.asked) > 4
