"""The compose room: what stands on each page, and what it depends on."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.build_catalog import Site, arxiv, body, catalog, entry, graph, note, own
from vault import references
from vault.compose import words
from vault.compose.jsonld import script
from vault.records import (
    Attachment,
    Backlink,
    Date,
    Heading,
    Html,
    ImageSlot,
    Link,
    Problem,
    Reason,
    Related,
    Resolved,
    Settings,
    changed,
    encode,
    slot_key,
)
from vault.records.views import NotePage, PaperPage, Quote, RedirectPage
from vault.tongue import ENGLISH

LORA = note(
    "2025/2025-01-14-lora",
    "LoRA: Low-Rank Adaptation",
    "2025-01-14",
    paper="2106.09685",
    authors=("Edward J. Hu", "Shen, Yelong", "Phillip Wallis", "Zeyuan Allen-Zhu"),
    year=2021,
    venue="ICLR",
    status="read",
    rating=4,
    tags=("efficiency/peft", "tuning"),
    tldr="Freeze & learn",
)
QLORA = note(
    "2025/2025-01-12-qlora", "QLoRA", "2025-01-12", paper="2305.14314", status="skimmed", tags=("tuning",)
)
DORA = note("dora", "DoRA", "2024-12-30", paper="2402.09353", status="to-read", words=0)
PLAIN = note("plans", "Plans for spring")
URL = Settings(title="papers", url="https://example.org/n/", links="dir", author="A. Reader")


def site(*notes: Any, **more: Any) -> Site:
    return Site(catalog(*(notes or (LORA, QLORA, DORA, PLAIN))), **more)


def everything(found: Site) -> dict[str, bytes]:
    return {path: encode(found.view(path)) for path in found.outputs}


# Which files there are


def test_every_family_of_pages_has_its_address() -> None:
    assert set(site(settings=URL).outputs) == {
        "index.html",
        "2025/01/lora/index.html",
        "2025/01/qlora/index.html",
        "2024/12/dora/index.html",
        "notes/plans/index.html",
        "papers/2106.09685/index.html",
        "papers/2305.14314/index.html",
        "papers/2402.09353/index.html",
        "papers/index.html",
        "tags/index.html",
        "tags/efficiency/index.html",
        "tags/efficiency/peft/index.html",
        "tags/tuning/index.html",
        "archive/index.html",
        "archive/2025/index.html",
        "archive/2025/01/index.html",
        "archive/2024/index.html",
        "archive/2024/12/index.html",
        "queue/index.html",
        "about/index.html",
        *(f"digest/{place}" for place in ("index.html", "2025-01/index.html", "feed.xml", "feed.json")),
        "stats/index.html",
        "keys/index.html",
        "authors/index.html",
        "graph/index.html",
        "404.html",
        *(f"{base}feed.{end}" for base in ("", "tags/efficiency/", "tags/efficiency/peft/", "tags/tuning/") for end in ("xml", "json")),
        *(f"data/cards/{group}.js" for group in ("2024", "2025", "notes")),
        "papers.bib",
        "papers.json",
        *("index.json", "llms.txt", "feeds.opml"),
        "robots.txt",
        "sitemap.xml",
        "search/index.html",
        *(f"data/search{name}.js" for name in ("", "/facts", "/2025", "/2024", "/undated", "/text/2025-0", "/text/2024-0", "/text/undated-0")),
    }  # fmt: skip


def test_an_empty_vault_has_its_fixed_pages_and_they_can_be_made() -> None:
    found = Site(catalog())
    assert found.view("").empty
    assert {path.partition("/")[0] for path in found.outputs} == {
        *("index.html", "papers", "tags", "archive", "queue", "about", "404.html", "digest", "stats", "keys"),
        *("papers.bib", "papers.json", "robots.txt", "index.json", "llms.txt"),
        *("index.html", "papers", "tags", "archive", "queue", "about", "authors", "graph", "404.html"),
        *("papers.bib", "papers.json", "robots.txt"),
        *("index.html", "papers", "tags", "archive", "queue", "about", "404.html"),
        *("papers.bib", "papers.json", "robots.txt", "search", "data"),
    }
    assert len(everything(found)) == len(found.outputs)


def test_making_all_views_twice_gives_the_same_bytes() -> None:
    assert everything(site(settings=URL)) == everything(site(settings=URL))


def test_a_view_asks_only_for_the_bodies_that_it_shows() -> None:
    found = site()
    for path in found.outputs:
        found.asked.clear()
        view = found.view(path)
        assert found.asked == (["2025/2025-01-14-lora"] if path == "2025/01/lora/index.html" else found.asked)
        assert bool(found.asked) == isinstance(view, NotePage)
        assert len(found.asked) <= 1


# What a page depends on


def test_only_home_the_queue_and_the_statistics_know_the_day() -> None:
    one, other = everything(site(settings=URL)), everything(site(settings=URL, today=Date(2027, 3, 1)))
    assert [path for path in one if one[path] != other[path]] == [
        *("index.html", "queue/index.html", "stats/index.html")
    ]


def test_another_note_changes_only_pages_that_show_it() -> None:
    far = note("2020/far", "Far", "2020-05-05", tags=("other",))
    old = note("2019/old", "Old", "2019-05-05")
    before, after = everything(site(LORA, QLORA, old)), everything(site(LORA, QLORA, far, old))
    kept = {path for path in before if before[path] == after[path]}
    assert {
        "2025/01/lora/index.html",
        "tags/tuning/index.html",
        "papers/index.html",
        "queue/index.html",
    } <= kept
    assert {path for path in before if path not in kept} == {
        *("index.html", "2025/01/qlora/index.html", "2019/05/old/index.html"),
        *("tags/index.html", "archive/index.html", "archive/2025/index.html", "archive/2019/index.html"),
        *("archive/2019/05/index.html", "archive/2025/01/index.html", "about/index.html"),
        *("digest/index.html", "digest/2019-05/index.html", "digest/2025-01/index.html", "stats/index.html"),
        *("index.json", "llms.txt"),
        *("archive/2019/05/index.html", "archive/2025/01/index.html", "about/index.html", "graph/index.html"),
        *("search/index.html", "data/search.js", "data/search/facts.js"),
    }


# A note


def test_a_note_page_says_what_it_is_about() -> None:
    page = site().view("2025/01/lora/")
    assert page.template == "pages/note.html"
    assert page.head.title == "LoRA · paper notes"
    assert (page.state.label, page.state.mark, page.rating) == ("Read", "read", "4 of 5")
    names = ("Edward J. Hu", "Yelong Shen", "Phillip Wallis", "Zeyuan Allen-Zhu")
    assert tuple(author.text for author in page.authors) == names
    assert page.when.full == "14 January 2025"
    assert page.tldr == "Freeze &amp; learn"
    assert [(fact.label, fact.text) for fact in page.facts] == [
        ("Venue", "ICLR 2021"),
        ("arXiv", "2106.09685"),
    ]
    assert [(button.text, button.href) for button in page.buttons] == [
        ("arXiv", "https://arxiv.org/abs/2106.09685"),
        ("PDF", "https://arxiv.org/pdf/2106.09685"),
    ]
    assert page.bibtex_href.startswith("data:application/x-bibtex;charset=utf-8,%40misc%7Bkey2106.09685")


def test_links_are_relative_and_in_the_form_of_the_site() -> None:
    assert site().view("2025/01/lora/").tags[0].href == "../../../tags/efficiency/peft/index.html"
    page = site(settings=Settings(links="dir")).view("2025/01/lora/")
    assert page.tags[0].href == "../../../tags/efficiency/peft/"
    assert page.site.css == "../../../assets/vault.1.css"
    assert page.site.home == "../../../"


def test_the_papers_title_stands_above_the_notes_own() -> None:
    mine = note("x", "A slow read", "2025-01-01", paper="1706.03762", paper_title="Attention <all> you need")
    page = site(mine).view("2025/01/x/")
    assert (page.title, page.subtitle) == ("Attention &lt;all&gt; you need", "A slow read")
    short = changed(mine, title="attention", paper_title="Attention: is it?")
    page = site(short).view("2025/01/x/")
    assert (page.title, page.subtitle) == ("Attention: is it?", "")


def test_neighbours_are_the_notes_before_and_after_by_date() -> None:
    found = site()
    lora, qlora = found.view("2025/01/lora/"), found.view("2025/01/qlora/")
    assert (lora.prev.text, lora.prev.note, lora.next) == ("QLoRA", "12 January 2025", None)
    assert (qlora.next.text, qlora.prev) == ("LoRA", None)
    assert found.view("notes/plans/").prev is None


def test_unlisted_notes_have_a_page_and_are_named_nowhere() -> None:
    secret = note(
        "secret", "Marigold", "2025-01-13", paper="2301.00001", tags=("tuning", "odd"), unlisted=True
    )
    links = graph(
        backlinks={LORA.id: (Backlink("secret", "Marigold says", 0, 0),)},
        related={LORA.id: (Related("secret", (Reason("tags", 1),)),)},
    )
    found = Site(catalog(LORA, secret, QLORA), links, settings=URL)
    pages = everything(found)
    assert b"Marigold" in pages["2025/01/secret/index.html"]
    rest = [path for path, data in pages.items() if b"Marigold" in data or b"secret" in data]
    assert rest == ["2025/01/secret/index.html"]
    assert found.view("2025/01/secret/").head.robots == "noindex"
    assert b"tags/odd" not in pages["sitemap.xml"] and b"odd" not in pages["tags/index.html"]


def test_backlinks_show_the_sentence_cut_at_the_mention() -> None:
    link = Backlink(QLORA.id, "It keeps LoRA frozen.", 9, 13, "Method")
    page = Site(catalog(LORA, QLORA), graph(backlinks={LORA.id: (link,)})).view("2025/01/lora/")
    (found,) = page.backlinks
    assert found.quotes == (Quote("It keeps ", "LoRA", " frozen.", "under Method"),)
    assert found.href == "../../../2025/01/qlora/index.html"


def test_a_note_that_mentions_twice_is_named_once() -> None:
    links = (Backlink(QLORA.id, "First.", 0, 5), Backlink(QLORA.id, "", 0, 0, "Setup", embed=True))
    (found,) = Site(catalog(LORA, QLORA), graph(backlinks={LORA.id: links})).view("2025/01/lora/").backlinks
    assert found.quotes == (Quote("", "First", "."), Quote("", "", "", "shown there under Setup"))


def test_a_mention_without_a_place_is_the_whole_sentence() -> None:
    link = Backlink(QLORA.id, "Nowhere in it.", 0, 0)
    (found,) = Site(catalog(LORA, QLORA), graph(backlinks={LORA.id: (link,)})).view("2025/01/lora/").backlinks
    assert found.quotes == (Quote("Nowhere in it.", "", ""),)


def test_related_notes_say_why() -> None:
    reasons = (
        Reason("cites", 2),
        Reason("tags", 1),
        Reason("words", 0, ("rank", "adapter")),
        Reason("links"),
    )
    page = Site(catalog(LORA, QLORA), graph(related={LORA.id: (Related(QLORA.id, reasons),)})).view(
        "2025/01/lora/"
    )
    assert page.related[0].why == "cites the same 2 papers, 1 shared tag, linked"


def test_common_words_are_told_where_little_else_speaks() -> None:
    reasons = (Reason("tags", 2), Reason("words", 0, ("rank", "adapter")))
    found = Site(catalog(LORA, QLORA), graph(related={LORA.id: (Related(QLORA.id, reasons),)}))
    assert found.view("2025/01/lora/").related[0].why == "2 shared tags, both on rank and adapter"


def test_an_empty_note_shows_the_abstract() -> None:
    books = (entry("liu", "DoRA", "2402.09353", abstract="Weights have a length."),)
    found = Site(catalog(DORA, library=books), bodies={"dora": body()})
    assert found.view("2024/12/dora/").abstract == "Weights have a length."
    assert Site(catalog(DORA, library=books)).view("2024/12/dora/").abstract == ""


def test_contents_are_the_two_upper_levels_of_headings() -> None:
    headings = tuple(Heading(level, f"H{level}", f"h-{level}", 1) for level in (3, 4, 5, 3))
    block = Heading(0, "", "^named", 1)
    page = site(changed(LORA, headings=(*headings, block))).view("2025/01/lora/")
    assert [(line.level, line.href) for line in page.contents] == [(2, "#h-3"), (3, "#h-4"), (2, "#h-3")]


def test_only_problems_that_readers_must_know_make_a_banner() -> None:
    told = Problem("x.md", 3, 1, "warning", "yaml-recovered", "the header is not valid YAML")
    quiet = Problem("x.md", 9, 1, "warning", "link-broken", "no such note")
    page = site(changed(LORA, problems=(told, quiet))).view("2025/01/lora/")
    assert page.banner == ("The header is not valid YAML (line 3).",)


def test_own_fields_of_the_author_are_facts_and_their_links_are_safe() -> None:
    extra = (
        ("gpu_hours", "400"),
        ("talk", "https://example.org/t"),
        ("x", "javascript:alert(1)"),
        ("void", " "),
    )
    page = site(changed(LORA, extra=extra, code="javascript:alert(1)")).view("2025/01/lora/")
    own = [(fact.label, fact.text, fact.href) for fact in page.facts[2:]]
    assert own == [
        ("Gpu hours", "400", ""),
        ("Talk", "https://example.org/t", "https://example.org/t"),
        ("X", "javascript:alert(1)", ""),
    ]
    assert "Code" not in [button.text for button in page.buttons]


def test_the_version_that_was_read_is_the_one_that_is_linked() -> None:
    versioned = changed(LORA, papers=(arxiv("2106.09685", 2),))
    page = site(versioned).view("2025/01/lora/")
    assert page.buttons[0].href == "https://arxiv.org/abs/2106.09685v2"
    assert ("Version", "v2") in [(fact.label, fact.text) for fact in page.facts]


@pytest.mark.parametrize(
    ("title", "lang", "wanted"),
    [
        ("שלום", "", "rtl"),
        ("2024: مرحبا", "", "rtl"),
        ("LoRA", "", ""),
        ("LoRA", "fa-IR", "rtl"),
        ("שלום", "en", ""),
    ],
)
def test_direction_follows_the_language_then_the_script(title: str, lang: str, wanted: str) -> None:
    assert site(note("x", title, "2025-01-01", lang=lang)).view("2025/01/x/").dir == wanted


def test_a_log_lists_its_entries_by_day_in_its_own_order_and_they_lead_back() -> None:
    log = note("log", "Reading log", kind="log")
    first = note("log#2025-01-29-lora", "LoRA", "2025-01-29", kind="entry", log="log", line=3)
    second = note("log#2025-01-29-muon", "Muon", "2025-01-29", kind="entry", log="log", line=9)
    third = note("log#2025-01-30-ssm", "SSM", "2025-01-30", kind="entry", log="log", line=12)
    found = site(log, first, second, third)
    groups = found.view("notes/log/").entries
    assert [
        (group.label, group.note, [row.href.split("/")[-2] for row in group.rows]) for group in groups
    ] == [
        ("29 January 2025", "2 entries", ["lora", "muon"]),
        ("30 January 2025", "1 entry", ["ssm"]),
    ]
    assert groups[0].rows[1].title == '<span id="entry-2025-01-29-muon">Muon</span>'
    back = found.view("2025/01/muon/").in_log
    assert (back.text, back.href) == ("Reading log", "../../../notes/log/index.html#entry-2025-01-29-muon")
    assert [anchor.text for anchor in found.view("about/").logs] == ["Reading log"]
    assert "Reading log" not in str(found.view("archive/2025/01/").days)


def test_the_place_of_an_entry_is_an_id_whatever_the_log_is_called() -> None:
    log = note("C# & co", "C#", kind="log")
    part = note("C# & co#2025-01-29-x", "X", "2025-01-29", kind="entry", log="C# & co")
    found = site(log, part)
    assert found.page_of(part.id).in_log.href.endswith("#entry-2025-01-29-x")
    assert 'id="entry-2025-01-29-x"' in found.page_of(log.id).entries[0].rows[0].title


def test_edit_leads_to_the_source() -> None:
    pattern = Settings(edit_url="https://host/edit/{path}#L{line}")
    assert site(settings=pattern).view("notes/plans/").edit == "https://host/edit/plans.md#L1"
    assert (
        site(settings=Settings(edit_url="https://host/edit")).view("notes/plans/").edit
        == "https://host/edit/plans.md"
    )


def test_layout_chooses_a_template_that_exists_and_no_other() -> None:
    talk = note("talk", layout="slides")
    assert site(talk).view("notes/talk/").template == "pages/note.html"
    assert site(talk, layouts=frozenset({"slides"})).view("notes/talk/").template == "pages/slides.html"


# What stands in <head>


def test_reference_managers_find_the_paper_and_never_a_local_file() -> None:
    page = site(changed(LORA, pdf="files/lora.pdf")).view("2025/01/lora/")
    metas = page.head.meta
    assert ("citation_title", "LoRA: Low-Rank Adaptation") in metas
    assert [value for name, value in metas if name == "citation_author"][:2] == [
        "Hu, Edward J.",
        "Shen, Yelong",
    ]
    assert ("citation_pdf_url", "https://arxiv.org/pdf/2106.09685") in metas
    assert ("citation_arxiv_id", "2106.09685") in metas
    assert page.head.cite_as == "https://arxiv.org/abs/2106.09685"


def test_highwire_can_be_switched_off() -> None:
    page = site(settings=Settings(highwire="off")).view("2025/01/lora/")
    assert page.head.meta == () and page.head.cite_as == ""


def test_whole_addresses_appear_only_when_the_site_knows_its_own() -> None:
    page = site(settings=URL).view("2025/01/lora/")
    assert page.head.canonical == "https://example.org/n/2025/01/lora/"
    assert ("og:url", page.head.canonical) in page.head.property
    assert [feed.href for feed in page.head.feeds] == ["../../../feed.xml", "../../../feed.json"]
    bare = site().view("2025/01/lora/")
    assert bare.head.canonical == "" and bare.head.feeds == ()
    assert "og:url" not in dict(bare.head.property)


def test_a_read_paper_is_a_review_and_another_an_article() -> None:
    found = site(settings=URL)
    review = json.loads(found.view("2025/01/lora/").head.jsonld)
    assert review["@type"] == "Review"
    assert review["reviewRating"]["ratingValue"] == 4
    assert review["itemReviewed"]["identifier"] == ["arXiv:2106.09685"]
    assert review["datePublished"] == "2025-01-14"
    waiting = json.loads(found.view("2024/12/dora/").head.jsonld)
    assert waiting["@type"] == "Article" and waiting["about"]["@type"] == "ScholarlyArticle"
    assert "reviewRating" not in json.loads(found.view("2025/01/qlora/").head.jsonld)
    assert "about" not in json.loads(found.view("notes/plans/").head.jsonld)


def test_json_ld_cannot_leave_its_script() -> None:
    evil = "</script><script>alert(1)//\u2028<!--&"
    text = script({"@type": "Thing", "name": evil})
    assert not set(text) & set("<>&\u2028\u2029")
    assert json.loads(text)["name"] == evil
    page = site(changed(LORA, title=evil)).view("2025/01/lora/")
    assert "<" not in page.head.jsonld and "<script" not in page.title


def test_404_stands_on_the_sites_base() -> None:
    page = site(settings=URL).view("404.html")
    assert (page.site.base, page.site.root, page.head.robots) == ("/n/", "./", "noindex")
    assert site().view("404.html").site.base == "/"
    assert site().view("about/").site.base == ""


# Papers


def test_the_page_of_a_paper_with_one_note_leads_to_it() -> None:
    page = site().view("papers/2106.09685/")
    assert isinstance(page, RedirectPage)
    assert page.href == "../../2025/01/lora/index.html"


def test_a_paper_with_several_notes_lists_them_and_links_go_to_it() -> None:
    again = note("again", "LoRA, a year on", "2026-01-02", paper="2106.09685")
    links = graph(work_backlinks={"arxiv:2106.09685": (Backlink(QLORA.id, "See LoRA.", 4, 8),)})
    found = Site(catalog(LORA, again, QLORA), links)
    page = found.view("papers/2106.09685/")
    assert isinstance(page, PaperPage)
    assert [row.title for row in page.notes] == ["LoRA, a year on", "LoRA: Low-Rank Adaptation"]
    assert page.backlinks[0].quotes[0].mark == "LoRA"
    assert [row.title for row in found.view("2025/01/lora/").other_notes] == ["LoRA, a year on"]
    rows = {row.id_text: row.href for row in found.view("papers/").rows}
    assert rows == {
        "2106.09685": "../papers/2106.09685/index.html",
        "2305.14314": "../2025/01/qlora/index.html",
    }


def test_a_paper_of_a_library_has_a_page_without_notes() -> None:
    page = Site(catalog(LORA, library=(entry("k", "Only <here>", "1901.00001", year=2019),))).view(
        "papers/1901.00001/"
    )
    assert (page.title, page.notes, page.bibtex) == ("Only &lt;here&gt;", (), "@misc{k,\n}\n")


def test_the_papers_table_is_by_newest_note_and_the_library_comes_last() -> None:
    books = (entry("a", "Old book", "1901.00001", year=2019), entry("b", "New book", "2001.00001", year=2020))
    page = Site(catalog(LORA, QLORA, DORA, library=books)).view("papers/")
    assert [row.title for row in page.rows] == [
        "LoRA: Low-Rank Adaptation",
        "QLoRA",
        "DoRA",
        "New book",
        "Old book",
    ]
    assert (page.rows[0].authors, page.rows[0].rating) == ("Hu, Shen and 2 more", "4 of 5")
    assert page.years == () and page.total == 5


def test_above_two_hundred_papers_there_are_pages_by_year() -> None:
    notes = [
        note(f"n{at}", f"Paper {at}", "2025-01-01", paper=f"2001.{at:05}", year=2000 + at // 1040)
        for at in range(1050)
    ]
    found = site(*notes)
    first = found.view("papers/")
    assert (first.total, len(first.rows)) == (1050, 200)
    assert [(year.text, year.note) for year in first.years] == [("2001", "10"), ("2000", "1,040")]
    page = found.view("papers/2000/page/6/")
    assert (len(page.rows), page.pager.text) == (40, "Page 6 of 6, 1,001–1,040 of 1,040")
    assert (page.head.robots, page.head.prev) == (
        "noindex, follow",
        "../../../../papers/2000/page/5/index.html",
    )
    shown = [
        row.href
        for path in ("papers/2000/", *(f"papers/2000/page/{at}/" for at in range(2, 7)), "papers/2001/")
        for row in found.view(path).rows
    ]
    assert len(shown) == 1050


# Tags


def test_the_tag_tree_counts_children_and_each_note_once() -> None:
    both = note("both", tags=("efficiency", "efficiency/peft"))
    page = site(LORA, both).view("tags/")
    found = [(node.text, node.own, node.total, [c.text for c in node.children]) for node in page.tree]
    assert found == [("efficiency", 1, 2, ["peft"]), ("tuning", 1, 1, [])]
    assert [anchor.text for anchor in page.by_count] == ["efficiency", "efficiency/peft", "tuning"]


def test_a_tag_page_groups_its_notes_by_year() -> None:
    old = note("old", "Old", "2019-05-05", tags=("tuning",))
    undated = note("never", "Never", tags=("tuning",))
    page = site(LORA, QLORA, old, undated).view("tags/tuning/")
    assert page.head.title == "tuning: 4 notes · paper notes"
    assert [(group.label, group.note, len(group.rows)) for group in page.groups] == [
        ("2025", "2 notes", 2),
        ("2019", "1 note", 1),
        ("Without a date", "1 note", 1),
    ]
    nested = site().view("tags/efficiency/peft/")
    assert [(crumb.text, bool(crumb.href)) for crumb in nested.crumbs] == [
        ("Tags", True),
        ("efficiency", True),
        ("peft", False),
    ]
    assert [child.text for child in site().view("tags/efficiency/").children] == ["peft"]


def test_a_tag_of_many_notes_has_pages_of_a_hundred() -> None:
    found = site(*(note(f"n{at:03}", date=f"{2000 + at // 60}-01-01", tags=("big",)) for at in range(230)))
    pages = [found.view(path) for path in ("tags/big/", "tags/big/page/2/", "tags/big/page/3/")]
    assert [sum(len(group.rows) for group in page.groups) for page in pages] == [100, 100, 30]
    assert pages[1].pager.text == "Page 2 of 3, 101–200 of 230"
    assert pages[1].head.title == "big: 230 notes (page 2) · paper notes"
    assert (pages[0].pager.prev, pages[2].pager.next) == ("", "")
    assert "tags/big/page/4/index.html" not in found.outputs


def test_descriptions_of_tags_are_escaped_unless_they_are_html() -> None:
    found = site(descriptions={"tuning": "<b>x</b>", "efficiency": Html("<b>x</b>")})
    assert found.view("tags/tuning/").description == "&lt;b&gt;x&lt;/b&gt;"
    assert found.view("tags/efficiency/").description == "<b>x</b>"


# The archive


def test_a_month_shows_its_days_and_leads_to_its_neighbours() -> None:
    added = note("later", "Later", "2025-03-01", added="2025-01-03", paper="2501.00001", status="to-read")
    found = site(LORA, QLORA, DORA, added)
    page = found.view("archive/2025/01/")
    assert page.head.title == "January 2025: 2 notes · paper notes"
    assert [row.title for row in page.days] == ["LoRA: Low-Rank Adaptation", "QLoRA"]
    cells = {cell.day: cell.count for week in page.calendar for cell in week}
    assert (cells[14], cells[12], cells[13], len(page.calendar[0])) == (1, 1, 0, 7)
    assert [cell.day for cell in page.calendar[0]] == [0, 0, 1, 2, 3, 4, 5]
    assert page.counts == (("Read", 1), ("Skimmed", 1), ("Added to the queue", 1))
    assert [row.title for row in page.added] == ["Later"]
    assert (page.prev.text, page.prev.note, page.next.text) == ("December 2024", "1", "March 2025")
    assert "archive/2025/02/index.html" not in found.outputs


def test_a_year_shows_three_of_each_month_and_what_has_no_month() -> None:
    days = [note(f"d{at}", date=f"2025-01-0{at}") for at in range(1, 6)]
    page = site(*days, note("sometime", date="2025"), note("before", date="2023-02-02")).view("archive/2025/")
    assert [(group.label, group.note, len(group.rows)) for group in page.months] == [
        ("January", "5 notes", 3)
    ]
    assert [row.title for row in page.whole_year] == ["sometime"]
    assert (page.prev.text, page.next, page.total) == ("2023", None, 6)


def test_the_archive_counts_every_month_and_lists_the_undated() -> None:
    page = site().view("archive/")
    assert [(line.year, line.total, len(line.months)) for line in page.years] == [
        ("2025", 2, 12),
        ("2024", 1, 12),
    ]
    assert (page.years[0].months[0].count, page.years[0].months[1].href) == (2, "")
    assert [row.title for row in page.undated] == ["Plans for spring"]


def test_many_undated_notes_have_pages_of_their_own() -> None:
    found = site(*(note(f"n{at:03}") for at in range(101)))
    index = found.view("archive/")
    assert (index.undated, index.years[-1].year, index.years[-1].total) == ((), "Undated", 101)
    assert len(found.view("archive/undated/").groups[0].rows) == 100
    assert len(found.view("archive/undated/page/2/").groups[0].rows) == 1


def test_a_day_without_a_year_is_undated() -> None:
    half = changed(PLAIN, date=Date(0, 1, 29))
    found = site(half)
    assert [path for path in found.outputs if path.startswith("archive/")] == ["archive/index.html"]
    row = found.view("archive/").undated[0]
    assert (row.when.iso, row.when.short) == ("01-29", "29 Jan")


# Home and about


def test_home_says_what_is_new_and_what_is_next() -> None:
    now = note("mamba", "Mamba", "2026-11-17", status="reading", paper="2312.00752")
    page = site(
        LORA, QLORA, DORA, PLAIN, now, settings=Settings(description="On papers.", author="A. Reader")
    ).view("")
    assert page.lede == "On papers."
    assert page.intro == "5 notes since December 2024 by A. Reader."
    assert [row.title for row in page.reading] == ["Mamba"]
    assert [row.title for row in page.latest] == [
        "LoRA: Low-Rank Adaptation",
        "QLoRA",
        "Plans for spring",
    ]
    shown = [row.when.short for row in (*page.reading, *page.latest) if row.when]
    assert shown == ["17 Nov", "14 Jan 2025", "12 Jan 2025"], "this year goes without saying"
    assert [(line.text, line.note) for line in page.queue] == [("DoRA", "22 months")]
    assert page.queue_more.text == "all 1"
    assert [(tag.text, tag.note) for tag in page.tags] == [("tuning", "2"), ("efficiency", "1")]
    assert (len(page.weeks), page.weeks[-1], sum(page.weeks)) == (26, 1, 1)
    assert page.weeks_label == "Notes per week for 26 weeks, between none and one; one this week."
    assert (page.month.text, page.month_note) == ("November 2026", "One being read.")
    assert not page.empty


def test_home_of_undated_notes_leads_to_all_of_them() -> None:
    few, many = (site(*(note(f"n{at:02}") for at in range(number))).view("") for number in (10, 11))
    assert few.latest_more is None and few.latest[0].when is None
    assert (many.latest_more.text, len(many.latest)) == ("all 11", 10)


def test_weeks_run_from_monday_to_sunday() -> None:
    # 20 November 2026 is a Friday.
    dates = ("2026-11-22", "2026-11-16", "2026-11-15", "2026-11-09", "2026-11-23", "2026-05-25", "2026-05-24")
    weeks = site(*(note(f"n{at}", date=iso) for at, iso in enumerate(dates))).view("").weeks
    assert (weeks[-1], weeks[-2], weeks[0], sum(weeks)) == (2, 2, 1, 5)


def test_about_counts_and_explains() -> None:
    page = site(own=(own("/about", "About", "<p>Me.</p>"),)).view("about/")
    assert page.body == "<p>Me.</p>"
    assert page.counts == (("Notes", "4"), ("Papers", "3"), ("Tags", "3"), ("Words", "≈ 150"))
    assert [state.word for state, _ in page.states] == ["to-read", "reading", "skimmed", "read", "dropped"]


# Redirects, files, machines


def test_old_addresses_lead_on_and_bad_ones_are_told() -> None:
    moved = note(
        "x",
        "X",
        "2025-01-01",
        redirect_from=("/old/x/", "y.html", "https://a.b/c%20d", "../up", "/papers/", "assets/a"),
    )
    found = site(moved, LORA, tag_aliases={"fine tuning": "tuning", "gone": "nothing"}, settings=URL)
    page = found.view("old/x/")
    assert (page.href, page.text) == ("../../2025/01/x/", "X")
    assert page.head.canonical == "https://example.org/n/2025/01/x/"
    assert found.view("y.html").href == "./2025/01/x/"
    assert found.view("c d/").href == "../2025/01/x/"
    assert found.view("tags/fine-tuning/").href == "../../tags/tuning/"
    assert found.codes == ["redirect-invalid"] * 3
    assert "tags/gone/index.html" not in found.outputs
    assert b"old/x" not in found.view("sitemap.xml")


def test_an_old_address_cannot_stand_where_a_folder_or_a_file_is() -> None:
    moved = note("x", "X", "2025-01-01", redirect_from=("/papers.bib/x/", "/tags", "/OLD/", "/old/", "/2025"))
    found = site(moved, LORA)
    assert found.codes == ["redirect-invalid"] * 3
    assert {"OLD/index.html", "2025/index.html"} <= set(found.outputs)


def test_attachments_leave_only_when_a_published_note_uses_them() -> None:
    files = tuple(
        Attachment(path, path, 10, "d", 40, 20) for path in ("img/a b.png", "img/spare.png", "run.html")
    )
    mine = changed(
        PLAIN,
        links=tuple(Link("file", target) for target in ("img/a b.png", "run.html")),
    )
    resolved = {
        PLAIN.id: {slot_key("file", path, ""): Resolved("file", path) for path in ("img/a b.png", "run.html")}
    }
    found = Site(
        catalog(mine),
        graph(resolved),
        attachments=files,
        bodies={PLAIN.id: body(ImageSlot("img/a b.png", "A"))},
    )
    ((output, file),) = found.map.attachments_used()
    assert (output.path, output.url, file.path) == (
        "files/img/a b.png",
        "/files/img/a%20b.png",
        "img/a b.png",
    )
    assert found.codes == ["attachment-refused"]
    html = found.view("notes/plans/").body
    assert '<img src="../../files/img/a%20b.png" alt="A" width="40" height="20" decoding="async">' in html
    wider = Site(catalog(mine), graph(resolved), attachments=files, settings=Settings(attachments=("html",)))
    assert len(wider.map.attachments_used()) == 2


def test_the_sitemap_lists_each_page_that_may_be_found_once() -> None:
    found = site(settings=URL)
    text = found.view("sitemap.xml").decode()
    urls = [
        line.partition("<loc>")[2].partition("</loc>")[0] for line in text.splitlines() if "<loc>" in line
    ]
    assert len(urls) == len(set(urls))
    assert "https://example.org/n/2025/01/lora/" in urls
    assert "<loc>https://example.org/n/2025/01/lora/</loc><lastmod>2025-01-14</lastmod>" in text
    assert not [url for url in urls if "404" in url or "/papers/2" in url or not url.startswith(URL.url)]
    assert (
        found.view("robots.txt") == b"User-agent: *\nAllow: /\nSitemap: https://example.org/n/sitemap.xml\n"
    )


def test_exports_hold_the_papers_that_have_a_page() -> None:
    found = site()
    assert found.view("papers.bib").decode().count("@misc") == 3
    assert found.view("papers.json").decode().splitlines()[0] == "arxiv:2106.09685 /papers/2106.09685/"


def test_the_queue_can_stay_private() -> None:
    found = site(settings=Settings(queue_publish=False))
    home = found.view("")
    assert "queue/index.html" not in found.outputs
    assert home.queue == () and home.queue_more is None
    assert [anchor.text for anchor in home.site.nav] == ["Papers", "Tags", "Archive", "Graph"]


# Words


@pytest.mark.parametrize(
    ("days", "wanted"),
    [(None, ""), (-3, ""), (0, "today"), (1, "1 day"), (12, "12 days"), (60, "60 days"), (61, "2 months"), (310, "10 months"), (729, "23 months"), (730, "2 years"), (4000, "10 years")],
)  # fmt: skip
def test_ages_are_said_in_words(days: int | None, wanted: str) -> None:
    assert words.age(ENGLISH, days) == wanted


@pytest.mark.parametrize(
    ("authors", "line", "key"),
    [
        ((), "", ""),
        (("Edward J. Hu",), "Hu", "Hu"),
        (("Tri Dao", "Albert Gu"), "Dao, Gu", "Dao and Gu"),
        (("A B", "C D", "E F"), "B, D, F", "B et al."),
        (("A B", "C D", "E F", "G H"), "B, D and 2 more", "B et al."),
        (("Laurens van der Maaten",), "van der Maaten", "van der Maaten"),
        (("Hu, Edward J.", "et al."), "Hu et al.", "Hu et al."),
        (("Sammy Davis Jr.",), "Davis", "Davis"),
        (("Kimi Team", "A B"), "Kimi Team, B", "Kimi Team and B"),
        (("OpenAI",), "OpenAI", "OpenAI"),
    ],
)
def test_authors_are_named_by_family(authors: tuple[str, ...], line: str, key: str) -> None:
    assert (words.author_line(ENGLISH, authors), references.names(authors)) == (line, key)


def test_names_turn_both_ways() -> None:
    assert words.last_first("Edward J. Hu") == "Hu, Edward J."
    assert words.full_name("Hu, Edward J.") == "Edward J. Hu"
    assert references.initials("Jean-Luc Godard") == "J. L. Godard"
    assert words.last_first("Plato") == "Plato"


def test_a_year_in_the_venue_is_not_said_twice() -> None:
    assert words.paper_line(ENGLISH, ("A B",), "ICLR 2022", 2022) == "B, ICLR 2022"
    assert words.paper_line(ENGLISH, (), "", 2022) == "2022"


def test_items_of_lists_are_no_undated_notes_of_the_archive() -> None:
    found = site(
        LORA, note("list", "To read", kind="list"), note("list#a", "A", kind="item", log="list")
    ).view("archive/")
    assert (found.total, found.undated) == (1, ())
