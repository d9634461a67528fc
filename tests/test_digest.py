"""The digest: a month as a letter, its list, its feed; and the pages that the owner writes."""

from __future__ import annotations

import json
from typing import Any

from tests.build_catalog import Site, body, catalog, graph, note, own
from vault.records import Backlink, Date, LinkSlot, Parsed, Resolved, Settings, changed

URL = Settings(title="papers", url="https://example.org/n/", links="dir", author="A. Reader")


def letter(*notes: Any, **more: Any) -> Any:
    return Site(catalog(*notes), **more).view("digest/2025-01/")


def day(number: int, name: str = "", **fields: Any) -> Any:
    name = name or f"n{number}"
    return note(name, date=f"2025-01-{number:02}", **{"status": "read", **fields})


def titles(rows: Any) -> list[str]:
    return [str(row.title) for row in rows]


def test_a_month_has_a_letter_when_a_note_of_it_says_something() -> None:
    waits = note("waits", date="2024-12-01", status="to-read", words=0, paper="2401.00001")
    bare = note("bare", date="2023")
    found = Site(catalog(day(1), waits, bare))
    assert [path for path in found.outputs if path.startswith("digest/2")] == ["digest/2025-01/index.html"]
    assert [letters for _, _, letters in found.view("digest/").years] == [
        (found.view("digest/").years[0][2][0],)
    ]


def test_notes_stand_under_the_tag_that_most_of_the_month_has() -> None:
    page = letter(
        day(1, "a", tags=("rl", "eval/statistics")),
        day(2, "b", tags=("eval",)),
        day(3, "c", tags=("eval/x", "eval/y")),
        day(4, "d"),
        day(5, "e", tags=("zoo",)),
    )
    assert [(group.label, titles(group.rows), group.note) for group in page.groups] == [
        ("eval", ["c", "b", "a"], "3 notes"),
        ("zoo", ["e"], "1 note"),
        ("Without a tag", ["d"], "1 note"),
    ]
    assert [group.anchor for group in page.groups] == ["group-1", "group-2", "group-3"]


def test_the_best_are_those_rated_five_else_the_three_rated_best() -> None:
    rated = [day(n, rating=float(r), tldr=f"claim {n}") for n, r in enumerate((3, 5, 4, 5, 2), 1)]
    assert titles(letter(*rated).best) == ["n4", "n2"]
    lower = [changed(each, rating=min(each.rating, 4.5)) for each in rated]
    assert titles(letter(*lower).best) == ["n4", "n2", "n3"]
    assert letter(*rated[:3]).best == ()


def test_what_is_among_the_best_makes_its_claim_once() -> None:
    notes = [day(n, rating=5.0 if n == 1 else 3, tldr=f"claim {n}") for n in range(1, 6)]
    page = letter(*notes)
    assert [str(row.say) for row in page.best] == ["claim 1"]
    assert [str(row.say) for row in page.groups[0].rows] == ["claim 5", "claim 4", "claim 3", "claim 2", ""]


def test_the_most_linked_count_notes_not_links_and_no_unlisted_one() -> None:
    notes = (day(1), day(2), note("x"), note("y"), note("z", unlisted=True))
    links = graph(backlinks={
        "n1": (Backlink("x", "", 0, 0), Backlink("x", "", 0, 0), Backlink("z", "", 0, 0)),
        "n2": (Backlink("x", "", 0, 0), Backlink("y", "", 0, 0)),
    })  # fmt: skip
    page = Site(catalog(*notes), links).view("digest/2025-01/")
    assert [(link.text, link.note) for link in page.linked] == [("n2", "2 links"), ("n1", "1 link")]


def test_a_letter_counts_in_words_and_leads_to_its_neighbours() -> None:
    queued = note("q", date="2025-01-09", status="to-read", words=0, added="2025-01-09")
    page = letter(day(1), day(2, status="skimmed"), queued, note("old", date="2024-11-02"))
    assert page.counted == "One read, one skimmed, one added to the queue."
    assert titles(page.added) == ["q"]
    assert (page.prev.text, page.next) == ("November 2024", None)
    assert page.archive.href == "../../archive/2025/01/index.html"


def test_a_long_queue_is_cut_and_the_archive_has_the_rest() -> None:
    queued = [
        note(f"q{n:02}", date="2025-01-09", status="to-read", words=0, added="2025-01-09") for n in range(35)
    ]
    page = letter(day(1), *queued)
    assert (len(page.added), page.more.text) == (30, "5 more")


def intro(text: str = "<p>Small ranks.</p>", **fields: Any) -> Parsed:
    return own("/digest/2025-01", fields.pop("title", "2025-01"), text, tldr="Small ranks.", **fields)


def test_an_introduction_is_filled_as_a_note_is() -> None:
    target = day(1, "lora")
    page = own("/digest/2025-01", "2025-01", "")
    linked = changed(page, body=body("<p>See ", LinkSlot("wiki", "lora", "", "", "lora"), ".</p>"))
    links = graph({"/digest/2025-01": {"wiki\x1flora\x1f": Resolved("note", "lora")}})
    shown = Site(catalog(target), links, own=(linked,)).view("digest/2025-01/")
    assert shown.intro == '<p>See <a class="card" href="../../2025/01/lora/index.html">lora</a>.</p>'


def test_an_introduction_may_name_itself_and_stands_in_the_list() -> None:
    found = Site(catalog(day(1)), own=(intro(title="A month of small ranks"),))
    assert found.view("digest/2025-01/").subtitle == "A month of small ranks"
    assert found.view("digest/").years[0][2][0].say == "Small ranks."
    assert Site(catalog(day(1)), own=(intro(title="January 2025"),)).view("digest/2025-01/").subtitle == ""


def test_an_introduction_of_no_month_is_told() -> None:
    found = Site(catalog(day(1)), own=(own("/digest/2024-01", "x", ""), own("/about", "About", ""), intro()))
    assert found.codes == ["digest-empty"]
    assert found.map.problems[0].path == "digest/2024-01.md"


def test_a_month_without_words_is_told_by_its_best_notes() -> None:
    notes = [day(n, f"Name{n}: of something", rating=5.0 if n == 2 else 3.0) for n in range(1, 6)]
    (line,) = Site(catalog(*notes)).view("digest/").years[0][2]
    assert line.say == "Name2 and 4 more"


def test_the_feed_has_each_letter_whole_with_whole_addresses() -> None:
    notes = (day(1, "a", tldr="A <claim>", tags=("eval",), updated="2025-03-02"), day(2, "b", rating=4.0))
    found = Site(catalog(*notes), settings=URL, own=(intro(),))
    (entry,) = found.view("digest/feed.xml").entries
    assert (entry.id, entry.url) == (
        "tag:example.org,2025:digest/2025-01",
        "https://example.org/n/digest/2025-01/",
    )
    assert (entry.published, entry.updated) == ("2025-01-02T00:00:00Z", "2025-03-02T00:00:00Z")
    assert "<p>Small ranks.</p>" in entry.content
    assert '<a href="https://example.org/n/2025/01/a/">a</a><br>A &lt;claim&gt;' in entry.content
    assert 'href="../' not in entry.content
    assert found.view("digest/feed.json").entries == (entry,)


def test_the_page_is_an_article_for_machines() -> None:
    page = letter(day(1), settings=URL)
    told = json.loads(page.head.jsonld)
    assert (told["@type"], told["headline"]) == ("Article", "Digest of January 2025")
    assert [each["url"] for each in told["mentions"]] == ["https://example.org/n/2025/01/n1/"]
    assert ("og:type", "article") in page.head.property


def test_a_letter_does_not_depend_on_the_day() -> None:
    one, other = (Site(catalog(day(1)), today=Date(2025, 2, n)).view("digest/2025-01/") for n in (1, 9))
    assert one == other


def test_about_takes_the_title_that_its_text_has() -> None:
    assert Site(catalog(), own=(own("/about", "Who I am", "<p>Me.</p>"),)).view("about/").title == "Who I am"
    assert Site(catalog(), own=(own("/about", "about", "<p>Me.</p>"),)).view("about/").title == "About"


def test_a_month_of_the_archive_leads_to_its_letter_if_it_has_one() -> None:
    waits = note("waits", date="2024-12-01", status="to-read", words=0, paper="2401.00001")
    found = Site(catalog(day(1), waits))
    assert found.view("archive/2025/01/").digest.href == "../../../digest/2025-01/index.html"
    assert found.view("archive/2024/12/").digest is None


# Series


def run(number: int, name: str = "Diffusion") -> Any:
    return [day(n, f"s{n}", series=name if n % 2 else name.upper()) for n in range(1, number + 1)]


def test_a_series_stands_on_each_of_its_notes_oldest_first() -> None:
    found = Site(catalog(*run(3), day(9, "alone", series="Other")))
    box = found.page_of("s2").series
    assert (box.label, box.place) == ("DIFFUSION", "2 of 3")
    assert [(part.note, part.text, part.href) for part in box.parts] == [
        ("1", "s1", "../../../2025/01/s1/index.html"),
        ("2", "s2", ""),
        ("3", "s3", "../../../2025/01/s3/index.html"),
    ]
    assert found.page_of("alone").series is None


def test_of_a_long_series_the_ends_and_the_neighbours_are_shown() -> None:
    box = Site(catalog(*run(20))).page_of("s10").series
    assert [part.note for part in box.parts] == ["1", "7", "8", "9", "10", "11", "12", "13", "20"]
