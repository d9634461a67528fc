"""The queue: what to read next, in the order of decisions 27, with age and reason."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.build_catalog import Site, catalog, entry, graph, note
from tests.by_hand import arxiv, doi
from tests.vaults import built, write
from vault.catalog import lengths
from vault.records import Backlink, Date, Mention, PaperId, Settings, changed


def waiting(id_: str, date: str = "", **fields: Any) -> Any:
    return note(id_, date=date, status="to-read", words=0, **fields)


def queue(*notes: Any, **more: Any) -> Any:
    mentioned = more.pop("mentioned", ())
    library = more.pop("library", ())
    return Site(catalog(*notes, library=library), graph(mentioned=mentioned), **more).view("queue/")


def order(page: Any) -> list[tuple[str, list[str]]]:
    return [(group.anchor, [str(row.title) for row in group.rows]) for group in page.groups]


def test_groups_stand_in_order_and_empty_ones_are_left_out() -> None:
    page = queue(
        note("listed", "list", kind="list"),
        waiting("p2", priority=2),
        waiting("p1", priority=1),
        waiting("p3"),
        note("now", date="2026-11-01", status="reading"),
        note("gone", date="2026-11-02", status="dropped"),
        waiting("list#item", kind="item", log="listed"),
        note("done", date="2026-11-03", status="read"),
        mentioned=(Mention("arxiv:1901.00001", "Said", (Backlink("done", "As said.", 3, 7),)),),
    )
    assert order(page) == [
        ("now", ["now"]),
        ("next", ["p1"]),
        ("soon", ["p2"]),
        ("someday", ["p3"]),
        ("lists", ["list#item"]),
        ("dropped", ["gone"]),
        ("mentioned", ["Said"]),
    ]
    assert [group.note for group in page.groups[:3]] == [
        "1 paper",
        "priority 1, 1 paper",
        "priority 2, 1 paper",
    ]
    assert [group.tight for group in page.groups] == [False] * 5 + [True] * 2


def test_within_a_priority_the_oldest_comes_first_and_the_undated_last() -> None:
    page = queue(
        waiting("undated"),
        waiting("new", "2026-10-01"),
        waiting("old", "2026-11-01", added="2024-01-01"),
        waiting("older", "2023-05-05"),
    )
    assert order(page) == [("someday", ["older", "old", "new", "undated"])]


def test_the_default_priority_is_the_vaults() -> None:
    assert order(queue(waiting("x"), settings=Settings(default_priority=1))) == [("next", ["x"])]


def test_what_is_being_read_comes_with_the_latest_begun_first() -> None:
    page = queue(
        note("a", date="2026-01-01", status="reading", started="2026-11-17"),
        note("b", date="2026-11-19", status="reading"),
        note("c", status="reading"),
    )
    assert order(page) == [("now", ["b", "a", "c"])]
    rows = page.groups[0].rows
    assert [(row.since, row.age) for row in rows] == [("since", "1 day"), ("since", "3 days"), ("since", "")]


def test_a_row_says_why_and_how_to_begin() -> None:
    paper = waiting(
        "2025-01-12-dora",
        "2025-01-12",
        paper="2402.09353",
        why="Does it explain the gap?",
        via="a talk",
        authors=("S. Liu", "C. Wang", "H. Yin", "P. M."),
        year=2024,
        venue="ICML",
        tags=("peft",),
    )
    (row,) = queue(paper).groups[0].rows
    assert (row.why, row.why_href, row.via) == ("Does it explain the gap?", "", "a talk")
    assert (row.age, row.when.text, row.state.label) == ("22 months", "12 Jan 2025", "To read")
    assert row.paper == "Liu, Wang and 2 more, ICML 2024"
    assert row.href == "../2025/01/dora/index.html"
    assert [(link.text, link.href) for link in row.links] == [
        ("PDF", "https://arxiv.org/pdf/2402.09353"),
        ("2402.09353", "https://arxiv.org/abs/2402.09353"),
    ]


def test_the_intro_counts_what_waits_and_says_how_long() -> None:
    assert (
        queue(waiting("a", "2026-01-14"), waiting("b")).intro
        == "2 papers waiting. The oldest has waited 10 months."
    )
    assert queue(waiting("a", "2026-11-20")).intro == "1 paper waiting."
    assert queue(waiting("a", "2027-01-01")).intro == "1 paper waiting."
    assert queue(note("read", status="read")).intro == ""


def test_items_of_lists_name_their_list() -> None:
    items = [waiting(f"list#{name}", kind="item", log="list", line=at) for at, name in enumerate("ba")]
    page = queue(note("list", "To read soon", kind="list"), *items)
    assert order(page) == [("lists", ["list#b", "list#a"])]
    assert [row.via for row in page.groups[0].rows] == ["To read soon"] * 2


def test_dropped_notes_show_in_the_month_they_were_dropped() -> None:
    old = note("old", date="2025-01-01", status="dropped", updated="2026-11-03")
    gone = note("gone", date="2026-10-31", status="dropped")
    assert order(queue(old, gone)) == [("dropped", ["old"])]


def test_unlisted_notes_wait_unseen() -> None:
    assert queue(waiting("a", unlisted=True), waiting("l#b", kind="item", unlisted=True)).groups == ()


def mention(number: int, places: int = 1, title: str = "") -> Mention:
    found = tuple(Backlink(f"n{at}", f"Sentence {at} on it.", 0, 0) for at in range(places))
    return Mention(f"arxiv:1901.{number:05}", title, found)


def test_a_mention_brings_its_sentence() -> None:
    notes = [note(f"n{at}", f"Note {at}") for at in range(2)]
    page = queue(*notes, mentioned=(mention(7, 2),))
    (row,) = page.groups[0].rows
    assert (row.title, row.age, row.href) == ("arXiv:1901.00007", "2 notes", "")
    assert (row.why, row.via, row.why_href) == ("Sentence 0 on it.", "Note 0", "../notes/n0/index.html")
    assert row.links[0].href == "https://arxiv.org/abs/1901.00007"


def test_a_mention_in_unlisted_notes_names_none_of_them() -> None:
    secret = changed(note("n0", "Secret"), unlisted=True)
    (row,) = queue(secret, note("n1", "Open"), mentioned=(mention(7, 2),)).groups[0].rows
    assert (row.why, row.via, row.age) == ("Sentence 1 on it.", "Open", "1 note")


def test_a_mention_may_be_of_a_library_or_of_no_known_scheme() -> None:
    book = entry("k", "Known", "1901.00001", authors=("A B",), year=2019)
    odd = Mention("title:something", "", ())
    rows = queue(library=(book,), mentioned=(Mention("arxiv:1901.00001", "Known", ()), odd)).groups[0].rows
    assert [row.href for row in rows] == ["../papers/1901.00001/index.html", ""]
    assert (rows[0].paper, rows[0].links[0].text) == ("B, 2019", "1901.00001")
    assert (rows[1].title, rows[1].links) == ("title:something", ())


def test_mentions_beyond_twenty_have_pages_of_a_hundred() -> None:
    found = Site(catalog(note("n0")), graph(mentioned=tuple(mention(at) for at in range(145))))
    (group,) = found.view("queue/").groups
    assert (len(group.rows), group.note, group.more.text) == (20, "145 papers", "125 more papers")
    first, second = found.view("queue/mentions/"), found.view("queue/mentions/page/2/")
    assert [len(page.groups[0].rows) for page in (first, second)] == [100, 25]
    assert first.groups[0].rows[0].title == "arXiv:1901.00020"
    assert second.pager.text == "Page 2 of 2, 101–125 of 125"
    assert second.pager.prev == "../../../../queue/mentions/index.html"
    assert (
        "queue/mentions/index.html" not in Site(catalog(note("n0")), graph(mentioned=(mention(1),))).outputs
    )


def test_other_papers_lead_to_their_own_place() -> None:
    paper = PaperId("openreview", "abc")
    (row,) = queue(changed(waiting("x"), papers=(paper,))).groups[0].rows
    assert [link.text for link in row.links] == ["PDF", "OpenReview"]


def test_the_page_lists_what_waits_for_machines() -> None:
    page = queue(waiting("a", "2026-01-01"), settings=Settings(url="https://x.org/", links="dir"))
    listed = json.loads(page.head.jsonld)["mainEntity"]["itemListElement"]
    assert listed == [{"@type": "ListItem", "position": 1, "name": "a", "url": "https://x.org/2026/01/a/"}]
    assert page.head.title == "Queue: 1 paper · paper notes"


def test_a_day_later_every_age_is_a_day_more() -> None:
    rows = [
        queue(waiting("a", "2026-11-01"), today=Date(2026, 11, at)).groups[0].rows[0].age for at in (20, 21)
    ]
    assert rows == ["19 days", "20 days"]


def test_a_row_says_how_long_the_paper_is_where_someone_says_so(tmp_path: Path) -> None:
    """Header, library, authors on arXiv, in this order; three minutes a page, in steps of five."""
    head = "---\nstatus: to-read\narxiv: {}\ntitle: {}\n{}---\n"
    write(tmp_path, "notes/a.md", head.format("1706.03762", "A", ""))
    write(tmp_path, "notes/b.md", head.format("1706.03762", "B", "pages: 20\n"))
    write(tmp_path, "notes/c.md", head.format("2106.09685", "C", ""))
    write(tmp_path, "notes/d.md", head.format("2312.00752", "D", ""))
    write(tmp_path, "library.bib", "@inproceedings{a, title={A}, eprint={1706.03762}, pages={5998--6008}}\n")
    lock = 'format = 1\n["arxiv:2106.09685"]\ntitle = "C"\ncomment = "1 page, no figures"\n'
    write(tmp_path, "papers.lock", lock)
    built(tmp_path)
    told = re.findall(r"<span>([^<]*, about[^<]*)</span>", (tmp_path / "site/queue/index.html").read_text())
    assert told == ["11 pages, about 35 min", "20 pages, about 60 min", "1 page, about 5 min"]


@pytest.mark.parametrize(
    ("fields", "pages"),
    [
        ({"pages": "1\u201314"}, 14),
        ({"pages": "7"}, 0),
        ({"pages": "20-3"}, 0),
        ({"pages": "e1-e7"}, 0),
        ({"pages": "1--9", "numpages": "12"}, 12),
        ({"pages": "1--99999"}, 0),
    ],
)
def test_pages_of_a_library(fields: dict[str, str], pages: int) -> None:
    assert lengths.of_fields(tuple(fields.items())) == pages


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("9 pages, 5 figures, 21 pages appendix", 9),
        ("ICLR 2022; 13pp", 13),
        ("\u5171 8 \u9875", 8),
        ("NeurIPS 2023", 0),
        ("webpages at v2.pages", 0),
        ("0 pages", 0),
    ],
)
def test_pages_of_a_comment(text: str, pages: int) -> None:
    assert lengths.of_comment(text) == pages


def test_a_row_has_the_command_that_acts_on_it() -> None:
    lora = (arxiv("2106.09685"),)
    page = queue(
        note("now", date="2026-11-01", status="reading", papers=(arxiv("2405.21060"),)),
        waiting("2026/once", papers=lora),
        waiting("2026/twice more", papers=lora),
        waiting("plain"),
        note("log", kind="log"),
        waiting("log#x", kind="entry", log="log", papers=(doi("10.1/x"),)),
        note("list", kind="list"),
        waiting("list#y", kind="item", log="list"),
        waiting("seen", papers=(doi("10.5555/seen"),)),
        note("seen-once", status="read", papers=(doi("10.5555/seen"),)),
        note("gone", date="2026-11-02", status="dropped"),
        mentioned=(Mention("arxiv:1901.00001", "Said", (Backlink("now", "As said.", 3, 7),)),),
    )
    assert {str(row.title): row.command for group in page.groups for row in group.rows} == {
        "now": "vault queue done 2405.21060",
        "once": "vault queue start 2026/once",
        "twice more": "vault queue start '2026/twice more'",
        "plain": "vault queue start plain",
        "log#x": "",
        "list#y": "vault queue done 'list#y'",
        "seen": "vault queue start 10.5555/seen",
        "gone": "",
        "Said": "vault add 1901.00001",
    }
