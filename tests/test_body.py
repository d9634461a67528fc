"""Bodies: every slot becomes HTML, and nothing else changes."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.build_catalog import Site, arxiv, body, catalog, entry, graph, note
from vault.compose.media import sides
from vault.records import (
    Attachment,
    Block,
    Body,
    CiteItem,
    CiteSlot,
    EmbedSlot,
    FootnoteSlot,
    ImageSlot,
    Link,
    LinkSlot,
    PaperSlot,
    Part,
    QuerySlot,
    Resolved,
    Settings,
    TagSlot,
    changed,
    slot_key,
)

HOME = note("home", "Home", "2025-01-01", tags=("rl",))
LORA = note("lora", "LoRA: Low-Rank Adaptation", "2025-01-14", paper="2106.09685", authors=("Edward J. Hu", "Yelong Shen"), year=2021, venue="ICLR", aliases=("the adapter",))  # fmt: skip
FILES = (Attachment("img/a.png", "img/a.png", 1, "d", 400, 200), Attachment("x.svg", "x.svg", 1, "d"), Attachment("t.pdf", "t.pdf", 1, "d"), Attachment("v.mp4", "v.mp4", 1, "d"), Attachment("s.mp3", "s.mp3", 1, "d"))  # fmt: skip
LINKS = tuple(Link("file", file.path) for file in FILES)


def page(
    *parts: Part, resolved: dict[str, Resolved] | None = None, notes: Any = (HOME, LORA), **more: Any
) -> Any:
    """The page of the first note, whose body is these parts."""
    mine = changed(notes[0], links=(*notes[0].links, *LINKS))
    links = {slot_key("file", file.path): Resolved("file", file.path) for file in FILES} | (resolved or {})
    bodies = {mine.id: body(*parts)} | more.pop("bodies", {})
    others = more.pop("others", {})
    library = more.pop("library", ())
    found = Site(
        catalog(mine, *notes[1:], library=library),
        graph({mine.id: links} | others),
        bodies=bodies,
        attachments=FILES,
        **more,
    )
    return found.page_of(mine.id)


def filled(*parts: Part, **more: Any) -> str:
    return str(page(*parts, **more).body)


def wiki(target: str, anchor: str = "", label: str = "") -> LinkSlot:
    return LinkSlot("wiki", target, anchor, label, f"[[{target}]]")


def to(
    target: str, anchor: str = "", kind: Any = "note", key: str = "", where: str = "wiki"
) -> dict[str, Resolved]:
    return {slot_key(where, key or target, anchor): Resolved(kind, target, "h-method" if anchor else "")}


HREF = "../../../2025/01/lora/index.html"


# Fragments


def test_fragments_lose_their_marks_and_nothing_else() -> None:
    text = '<h2 id="\0h-a"><a href="#\0h-a">#</a>A</h2>'
    assert filled(text, "<p>plain</p>") == '<h2 id="h-a"><a href="#h-a">#</a>A</h2><p>plain</p>'


def test_raw_html_is_shown_as_the_site_wants_it() -> None:
    both = Body((Block(("<p><kbd>K</kbd></p>",)),), (Block(("<p>&lt;kbd&gt;</p>",)),))
    plain = body("<p>same</p>")
    for html, wanted in (("safe", "<p><kbd>K</kbd></p>"), ("text", "<p>&lt;kbd&gt;</p>")):
        assert (
            Site(catalog(HOME), bodies={"home": both}, settings=Settings(html=html)).page_of("home").body
            == wanted
        )
        assert (
            Site(catalog(HOME), bodies={"home": plain}, settings=Settings(html=html)).page_of("home").body
            == "<p>same</p>"
        )


@settings(max_examples=40)
@given(st.lists(st.text('ab<>&"\0 ', max_size=12), max_size=6))
def test_a_body_without_slots_is_its_fragments(parts: list[str]) -> None:
    assert filled(*parts) == "".join(parts).replace("\0", "")


# Links


@pytest.mark.parametrize(
    ("slot", "label"),
    [
        (wiki("lora", label="<em>it</em>"), "<em>it</em>"),
        (wiki("lora"), "lora"),
        (wiki("the adapter"), "the adapter"),
        (wiki("2025/lora.md"), "LoRA"),
        (wiki("lora", "Method"), "lora, Method"),
        (wiki("lora", "^block"), "lora"),
    ],
)
def test_a_link_to_a_note_is_a_card_with_its_words(slot: LinkSlot, label: str) -> None:
    resolved = {slot_key("wiki", slot.target, slot.anchor): Resolved("note", "lora")}
    assert filled(slot, resolved=resolved) == f'<a class="card" href="{HREF}">{label}</a>'


def test_a_link_may_lead_to_a_heading() -> None:
    assert (
        filled(wiki("lora", "Method", "m"), resolved=to("lora", "Method"))
        == f'<a class="card" href="{HREF}#h-method">m</a>'
    )


def test_a_link_on_its_own_page_is_a_mere_anchor() -> None:
    resolved = {slot_key("wiki", "", "Method"): Resolved("note", "home", "h-method")}
    assert filled(wiki("", "Method"), resolved=resolved) == '<a class="card" href="#h-method">Method</a>'


def test_a_block_of_ones_own_is_called_by_the_note() -> None:
    resolved = {slot_key("wiki", "", "^b"): Resolved("note", "home", "^b")}
    assert filled(wiki("", "^b"), resolved=resolved) == '<a class="card" href="#%5Eb">Home</a>'


def test_a_link_to_a_file_of_notes_works_like_a_name() -> None:
    slot = LinkSlot("file", "../lora.md", "", "see", "[see](../lora.md)")
    assert (
        filled(slot, resolved=to("lora", key="../lora.md", where="file"))
        == f'<a class="card" href="{HREF}">see</a>'
    )


def test_a_broken_link_is_red_and_says_why() -> None:
    wanted = (
        '<span class="missing" title="There is no note called “a&lt;b&gt;&quot;”">a&lt;b&gt;&quot;</span>'
    )
    assert filled(wiki('a<b>"')) == wanted
    assert filled(wiki('a<b>"'), resolved=to('a<b>"', kind="missing")) == wanted


def test_a_link_to_a_hidden_note_is_its_words() -> None:
    assert filled(wiki("draft", label="this"), resolved=to("draft", kind="hidden")) == "this"
    assert filled(wiki("draft & co"), resolved=to("draft & co", kind="hidden")) == "draft &amp; co"


def test_a_link_to_a_work_leads_to_its_only_note_else_to_its_page() -> None:
    resolved = {slot_key("wiki", "hu2021", ""): Resolved("work", "arxiv:2106.09685")}
    assert filled(wiki("hu2021", label="x"), resolved=resolved) == f'<a class="card" href="{HREF}">x</a>'
    again = note("again", "Again", "2025-02-02", paper="2106.09685")
    html = filled(wiki("hu2021", label="x"), resolved=resolved, notes=(HOME, LORA, again))
    assert html == '<a class="card" href="../../../papers/2106.09685/index.html">x</a>'


@pytest.mark.parametrize(
    ("path", "html"),
    [
        ("t.pdf", '<a href="../../../files/t.pdf">t.pdf</a>'),
        ("x.svg", '<a href="../../../files/x.svg" download>x.svg</a>'),
    ],
)
def test_a_link_to_an_attachment_leads_to_the_file_and_an_svg_is_saved(path: str, html: str) -> None:
    assert filled(wiki(path), resolved=to(path, kind="file")) == html


def test_a_link_may_lead_into_a_file() -> None:
    found = {slot_key("wiki", "t.pdf", "page=3"): Resolved("file", "t.pdf", "page=3")}
    assert (
        filled(wiki("t.pdf", "page=3", "x"), resolved=found) == '<a href="../../../files/t.pdf#page=3">x</a>'
    )


# Papers


def mention(number: str, label: str = "", naked: bool = False, href: str = "") -> PaperSlot:
    return PaperSlot(arxiv(number), label, href, naked)


def paper_at(number: str, target: str, kind: Any = "note") -> dict[str, Resolved]:
    return {slot_key("paper", f"arxiv:{number}"): Resolved(kind, target)}


EXT = ' <a class="ext" href="https://arxiv.org/abs/2106.09685" rel="external noopener" aria-label="arXiv 2106.09685">arXiv</a>'


@pytest.mark.parametrize("naked", [False, True])
@pytest.mark.parametrize(("target", "kind"), [("lora", "note"), ("arxiv:2106.09685", "work")])
def test_a_paper_with_a_note_leads_to_it_and_the_paper_stands_beside(
    naked: bool, target: str, kind: str
) -> None:
    html = filled(mention("2106.09685", "LoRA", naked), resolved=paper_at("2106.09685", target, kind))
    assert html == f'<a class="card" href="{HREF}">LoRA</a>{EXT}'


def test_a_paper_without_a_note_is_a_link_to_the_paper() -> None:
    slot = mention("1901.00001", "<i>P</i>", href="https://arxiv.org/pdf/1901.00001")
    assert filled(slot) == '<a href="https://arxiv.org/pdf/1901.00001" rel="external noopener"><i>P</i></a>'
    assert ">arXiv:1901.00001</a>" in filled(mention("1901.00001"))


def test_a_paper_of_the_library_leads_to_its_page_and_the_paper_is_beside_it() -> None:
    books = (entry("one", "One", "1901.00001"),)
    html = page(mention("1901.00001", "P"), library=books).body
    assert '<a class="card" href="../../../papers/1901.00001/index.html">P</a> ' in html
    beside = 'rel="external noopener" aria-label="arXiv 1901.00001">arXiv</a>'
    assert f'<a class="ext" href="https://arxiv.org/abs/1901.00001" {beside}' in html
    naked = page(mention("1901.00001", "1901.00001", naked=True), library=books).body
    assert naked == page("1901.00001", library=books).body, "a number is an id only where there is a note"


def test_a_naked_number_without_a_note_is_text() -> None:
    assert filled(mention("1901.00001", "1901.00001", naked=True)) == "1901.00001"


def test_the_notes_own_paper_stays_an_external_link() -> None:
    for kind, target in (("work", "arxiv:2106.09685"), ("note", "lora")):
        html = filled(
            mention("2106.09685", "it"), resolved=paper_at("2106.09685", target, kind), notes=(LORA, HOME)
        )
        assert html == '<a href="https://arxiv.org/abs/2106.09685" rel="external noopener">it</a>'


def test_a_paper_never_leads_to_a_dangerous_address() -> None:
    slot = PaperSlot(arxiv("1901.00001"), "x", "javascript:alert(1)")
    assert "javascript" not in filled(slot)


# Citations


def cited(key: str, target: str = "arxiv:2106.09685", kind: Any = "work") -> dict[str, Resolved]:
    return {slot_key("cite", key, ""): Resolved(kind, target)}


BOOKS = (
    entry(
        "houlsby2019",
        "Adapters?",
        "1902.00751",
        authors=("Neil Houlsby", "A B", "C D", "E F", "G H"),
        year=2019,
    ),
)


def test_citations_are_numbered_by_first_use_and_lead_back() -> None:
    resolved = cited("hu") | cited("houlsby", "arxiv:1902.00751")
    found = page(
        CiteSlot((CiteItem("houlsby"),), "[@houlsby]"),
        CiteSlot((CiteItem("hu", "see", "p. 3"), CiteItem("houlsby")), "[see @hu, p. 3; @houlsby]"),
        resolved=resolved,
        library=BOOKS,
    )
    assert found.body == (
        '<a class="cite" id="cite-1-1" href="#ref-1" aria-label="Reference 1">[1]</a>'
        'see <a class="cite" id="cite-2-1" href="#ref-2" aria-label="Reference 2, p. 3">[2, p. 3]</a> '
        '<a class="cite" id="cite-1-2" href="#ref-1" aria-label="Reference 1">[1]</a>'
    )
    first, second = found.references
    assert (first.anchor, first.text, first.title, first.after) == (
        "ref-1",
        "N. Houlsby et al.",
        "Adapters?",
        " 2019.",
    )
    assert [place.href for place in first.places] == ["#cite-1-1", "#cite-1-2"]
    assert (second.text, second.title, second.after) == (
        "E. J. Hu, Y. Shen.",
        "LoRA: Low-Rank Adaptation",
        ". ICLR 2021.",
    )
    assert (second.href, second.external) == ("https://arxiv.org/abs/2106.09685", True)
    assert (second.note.text, second.note.href) == ("note", HREF)
    assert first.note.text == "in the library"


def test_every_citation_has_a_place_that_its_reference_names() -> None:
    slots = [CiteSlot((CiteItem("hu"), CiteItem("houlsby")), "x")] * 3
    found = page(*slots, resolved=cited("hu") | cited("houlsby", "arxiv:1902.00751"), library=BOOKS)
    ids = re.findall(r'id="([^"]+)"', found.body)
    places = [place.href[1:] for reference in found.references for place in reference.places]
    assert sorted(ids) == sorted(places) and len(set(ids)) == len(ids)
    assert set(re.findall(r'href="#(ref-\d+)"', found.body)) == {
        reference.anchor for reference in found.references
    }


def test_a_narrative_citation_names_the_authors() -> None:
    html = filled(CiteSlot((CiteItem("hu"),), "@hu", narrative=True), resolved=cited("hu"))
    assert html.startswith('Hu and Shen <a class="cite"')


def test_in_author_year_style_the_text_names_them_and_the_list_goes_by_name() -> None:
    twins = tuple(
        entry(f"lee{n}", title, f"2001.0000{n}", authors=("Ann Lee",), year=2020)
        for n, title in ((1, "Zeta"), (2, "Alpha"))
    )
    resolved = cited("hu") | cited("z", "arxiv:2001.00001") | cited("a", "arxiv:2001.00002")
    found = page(
        CiteSlot((CiteItem("z", "see", "p. 3"), CiteItem("hu")), "[see @z, p. 3; @hu]"),
        CiteSlot((CiteItem("a"),), "@a", narrative=True),
        resolved=resolved,
        library=twins,
        settings=Settings(cite_style="author-year"),
    )
    assert re.sub("<[^>]+>", "", found.body) == "(see Lee, 2020b, p. 3; Hu and Shen, 2021)Lee (2020a)"
    assert [(r.anchor, r.text + " " + r.title + r.after) for r in found.references] == [
        ("ref-2", "E. J. Hu, Y. Shen (2021). LoRA: Low-Rank Adaptation. ICLR."),
        ("ref-3", "A. Lee (2020a). Alpha."),
        ("ref-1", "A. Lee (2020b). Zeta."),
    ]
    assert "\0" not in found.body and not found.numbered


def test_a_key_nobody_has_is_red_and_a_hidden_one_plain() -> None:
    found = page(CiteSlot((CiteItem("<x>"),), "[@<x>]"))
    assert (
        found.body
        == '<span class="missing" title="Nothing here has the citation key “&lt;x&gt;”">@&lt;x&gt;</span>'
    )
    assert found.references == ()
    assert filled(CiteSlot((CiteItem("x"),), "[@x]"), resolved=cited("x", "", "hidden")) == "@x"


def test_a_note_without_a_paper_can_be_cited() -> None:
    found = page(
        CiteSlot((CiteItem("plans"),), "[@plans]"),
        resolved=cited("plans", "plans", "note"),
        notes=(HOME, note("plans", "Plans")),
    )
    (reference,) = found.references
    assert (reference.text, reference.href, reference.external) == (
        "Plans",
        "../../../notes/plans/index.html",
        False,
    )


# Embeds


def embed(target: str, anchor: str = "") -> EmbedSlot:
    return EmbedSlot(target, anchor, f"![[{target}]]")


def shown(target: str, anchor: str = "", found: str = "") -> dict[str, Resolved]:
    return {slot_key("embed", target, anchor): Resolved("note", target, found)}


def test_an_embed_shows_the_body_with_ids_of_its_own() -> None:
    inner = body('<h2 id="\0h-a"><a href="#\0h-a">#</a></h2>')
    html = filled(embed("lora"), embed("lora"), resolved=shown("lora"), bodies={"lora": inner})
    assert html.count('<div class="embed">') == 2
    assert '<h2 id="e1-h-a"><a href="#e1-h-a">' in html and 'id="e2-h-a"' in html
    assert f'<p class="from"><a class="card" href="{HREF}">LoRA</a></p>' in html


SECTIONED = Body(
    (
        Block(('<h2 id="\0h-a">A</h2>',), 2, "h-a"),
        Block(('<p>one<a href="#\0fnref-1"></a></p>',)),
        Block(('<h3 id="\0h-b">B</h3>',), 3, "h-b"),
        Block(("<p>two</p>",), 0, "^two"),
        Block((FootnoteSlot(1, 1, ("note",)),)),
        Block(('<h2 id="\0h-c">C</h2>',), 2, "h-c"),
        Block(("<p>three</p>",)),
    )
)


@pytest.mark.parametrize(
    ("anchor", "found", "words"),
    [("A", "h-a", ["A", "one", "B", "two", "note"]), ("B", "h-b", ["B", "two", "note"]), ("C", "h-c", ["C", "three"]), ("^two", "^two", ["two", "note"])],
)  # fmt: skip
def test_an_embed_may_be_one_section_or_one_block(anchor: str, found: str, words: list[str]) -> None:
    html = filled(embed("lora", anchor), resolved=shown("lora", anchor, found), bodies={"lora": SECTIONED})
    text = re.sub(r"<p class=.from.*|<[^>]+>", " ", html.replace(">1</a>", "></a>"))
    assert text.split() == words


def test_links_to_what_was_not_embedded_lead_to_the_notes_page() -> None:
    inner = body('<p><a href="#\0h-a">up</a><a href="#\0h-b">b</a></p>', '<p id="\0h-b"></p>')
    html = filled(embed("lora"), resolved=shown("lora"), bodies={"lora": inner})
    assert f'<a href="{HREF}#h-a">up</a>' in html
    assert '<a href="#e1-h-b">b</a>' in html


def test_an_embedded_place_that_is_not_there_is_a_link() -> None:
    html = filled(embed("lora", "Gone"), resolved=shown("lora", "Gone"))
    assert html == f'<p><a class="card" href="{HREF}">LoRA</a></p>'


def test_embedded_equations_have_no_number() -> None:
    inner = body('<div class="eq"><math></math><span>(3)</span></div>')
    assert "<span>(3)" not in filled(embed("lora"), resolved=shown("lora"), bodies={"lora": inner})
    assert "<span>(3)" in filled('<div class="eq"><math></math><span>(3)</span></div>')


def chain(length: int, ring: bool = False) -> Site:
    """Notes n0, n1, ... each of which embeds the next; the last one the first in a ring."""
    targets = [*range(1, length), *([0] if ring else [])]
    links = [(Link("embed", f"n{target}", line=7),) for target in targets] + [()]
    notes = [note(f"n{at}", links=links[at]) for at in range(length)]
    resolved = {f"n{at}": shown(f"n{target}") for at, target in enumerate(targets)}
    bodies = {f"n{at}": body(f"<p>text {at}.</p>", embed(f"n{target}")) for at, target in enumerate(targets)}
    return Site(catalog(*notes), graph(resolved), bodies=bodies)


def test_embeds_nest_five_deep_and_the_sixth_is_a_link() -> None:
    found = chain(8)
    html = found.page_of("n0").body
    assert [f"text {at}." in html for at in range(8)] == [True] * 6 + [False] * 2
    assert html.count("<div") == html.count("</div>") == 5
    assert found.codes == ["embed-deep", "embed-deep"]
    assert chain(6).codes == []


def test_a_ring_of_embeds_is_told_and_ends_in_a_link() -> None:
    found = chain(3, ring=True)
    assert found.codes == ["embed-cycle"]
    (problem,) = found.map.problems
    assert (problem.path, problem.line) == ("n2.md", 7)
    assert "n0 > n1 > n2 > n0" in problem.message
    for at in range(3):
        html = found.page_of(f"n{at}").body
        assert [html.count(f"text {other}.") for other in range(3)] == [1, 1, 1]


def test_a_note_that_embeds_itself_is_a_ring() -> None:
    found = chain(1, ring=True)
    assert found.codes == ["embed-cycle"] and "<div" not in found.page_of("n0").body


def test_a_page_of_many_embeds_ends() -> None:
    wide = [note(f"n{at}") for at in range(4)]
    resolved = {f"n{at}": shown(f"n{at + 1}") for at in range(3)}
    bodies = {f"n{at}": body("<p>x</p>", *[embed(f"n{at + 1}")] * 30) for at in range(3)}
    html = Site(catalog(*wide), graph(resolved), bodies=bodies).page_of("n0").body
    assert html.count('class="embed"') == 200


def test_an_embed_of_nothing_is_red() -> None:
    assert 'class="missing"' in filled(embed("nowhere"))
    hidden = {slot_key("embed", "secret", ""): Resolved("hidden")}
    assert filled(embed("secret"), resolved=hidden) == "<p>secret</p>"


# Images and files


def test_an_image_says_its_size_and_waits_its_turn() -> None:
    html = filled(ImageSlot("img/a.png", 'a "plot"', "T", 300), ImageSlot("img/a.png", "b"))
    assert html.startswith(
        '<img src="../../../files/img/a.png" alt="a &quot;plot&quot;" title="T" width="300" height="150" decoding="async">'
    )
    assert html.count('loading="lazy"') == 1, "the first image of a page is fetched at once"


def test_a_figure_opens_its_file_unless_it_could_run_scripts() -> None:
    opened = filled(ImageSlot("img/a.png", "plot", apart=True))
    assert opened.startswith('<a href="../../../files/img/a.png"><img ') and opened.endswith("></a>")
    assert "<a " not in filled(ImageSlot("x.svg", "drawn", apart=True))
    assert "<a " not in filled(ImageSlot("img/a.png", "", apart=True)), "a link needs a name"


def test_what_is_no_image_is_played_or_linked() -> None:
    assert '<video controls preload="metadata" src="../../../files/v.mp4"' in filled(
        ImageSlot("v.mp4", "film")
    )
    assert "<audio controls" in filled(ImageSlot("s.mp3", ""))
    assert filled(ImageSlot("t.pdf", "")) == '<a href="../../../files/t.pdf">t.pdf</a>'
    assert "<img" in filled(ImageSlot("x.svg", "drawn"))


def test_a_file_that_is_not_published_says_so() -> None:
    bad = {
        slot_key("file", "x.exe"): Resolved("file", "x.exe"),
        slot_key("wiki", "x.exe"): Resolved("file", "x.exe"),
    }
    why = 'title="The file “x.exe” is of a type that is not published"'
    assert why in filled(ImageSlot("x.exe", ""), resolved=bad)
    assert why in filled(wiki("x.exe"), resolved=bad)


def test_an_image_that_is_not_there_is_red() -> None:
    assert (
        filled(ImageSlot("no.png", ""))
        == '<span class="missing" title="There is no file “no.png”">no.png</span>'
    )


@given(st.integers(0, 500), st.integers(0, 500), st.integers(1, 500), st.integers(1, 500))
def test_an_image_keeps_its_proportion(width: int, height: int, own_width: int, own_height: int) -> None:
    wide, high = sides(width, height, own_width, own_height)
    assert width in (0, wide) and height in (0, high)
    if not (width and height):
        assert abs(wide * own_height - high * own_width) <= max(own_width, own_height)


# Sidenotes, tags, queries


def test_sidenotes_stand_level_with_their_reference_and_below_the_one_before() -> None:
    html = filled(
        FootnoteSlot(1, 1, ("one",)),
        FootnoteSlot(2, 2, ("see ", wiki("lora")), long=True),
        resolved=to("lora"),
    )
    assert html == (
        '<aside id="fn-1" class="sn" role="note" style="--ref: --r1; --a: --n1">'
        '<a href="#fnref-1" role="doc-backlink" aria-label="Note 1, back to text">1</a>one</aside>'
        '<aside id="fn-2" class="sn long" role="note" style="--ref: --r2; --prev: --n1; --a: --n2">'
        '<a href="#fnref-2" role="doc-backlink" aria-label="Note 2, back to text">2</a>'
        f'see <a class="card" href="{HREF}">lora</a>'
        ' <a href="#fnref-2-2" role="doc-backlink" aria-label="Note 2, back to text, place 2">↩</a></aside>'
    )


def test_tags_lead_to_their_page_by_any_spelling() -> None:
    assert filled(TagSlot("RL")) == '<a class="tag" href="../../../tags/rl/index.html">#RL</a>'
    assert filled(TagSlot("unknown")) == "#unknown"


def test_a_query_lists_what_it_finds_with_dates_and_never_its_own_note() -> None:
    html = filled(QuerySlot("year:2025"))
    assert html == (
        f'<ul class="query"><li><a class="card" href="{HREF}">LoRA: Low-Rank Adaptation</a>'
        ' <time datetime="2025-01-14">14 Jan 2025</time></li></ul>'
    )
    assert filled(QuerySlot("tag:nothing")) == '<p class="none">No note answers this query.</p>'


def test_a_query_never_finds_unlisted_notes() -> None:
    assert filled(QuerySlot("year:2025"), notes=(HOME, changed(LORA, unlisted=True))).startswith(
        '<p class="none">'
    )


def test_a_query_that_cannot_be_read_says_so() -> None:
    html = filled(QuerySlot("status:<b>"))
    assert html.startswith('<p class="missing">') and "&lt;b&gt;" in html
