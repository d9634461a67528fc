"""Links: where they lead, who links back, what was never noted."""

from __future__ import annotations

import random
import time
from typing import Any

import pytest

from tests.by_hand import (
    ARXIV,
    arxiv,
    codes,
    connect,
    doi,
    entry,
    heading,
    note,
    paper_link,
    wiki,
)
from vault.link import connect as connect_room
from vault.link import slot_key
from vault.records import Attachment, Graph, Link, Note, PaperId, Resolved, Settings, changed, encode

LORA = arxiv(ARXIV)


def file(path: str) -> Attachment:
    return Attachment(path, path, 1, "d")


def lead(link: Link, *notes: Note, name: str = "from", **fields: Any) -> Resolved | None:
    """Where a link of the note ``name`` leads, among these notes."""
    _, graph = connect(note(name, links=(link,)), *notes, **fields)
    key = slot_key(link.kind, link.paper.key if link.paper else link.target, link.anchor)
    return graph.resolved.get(name, {}).get(key)


def told(link: Link, *notes: Note, name: str = "from", **fields: Any) -> list[tuple[str, str, str]]:
    _, graph = connect(note(name, links=(link,)), *notes, **fields)
    return [(p.code, p.message, p.hint) for p in graph.problems]


# --- names -------------------------------------------------------------------------------------

TARGET = {
    "title": "LoRA: Low-Rank Adaptation",
    "nickname": "LoRA",
    "aliases": ("low rank updates",),
    "key": "hu2022",
    "papers": (LORA,),
    "path": "peft/low-rank.md",
}


@pytest.mark.parametrize(
    "target",
    [
        "peft/low-rank",
        "peft/low-rank.md",
        "/peft/low-rank",
        "low-rank",
        "low-rank.md",
        "LoRA: Low-Rank Adaptation",
        "low rank updates",
        "LoRA",
        "hu2022",
        "@hu2022",
        "2106.09685",
        "arXiv:2106.09685v2",
        "https://arxiv.org/abs/2106.09685",
        "LOW-RANK",
        "lora: low-rank  adaptation",
        "Low Rank Updates",
        "lora",
        "HU2022",
    ],
)
def test_every_name_of_a_note_leads_to_it(target: str) -> None:
    other = note("peft/low-rank", **TARGET)
    assert lead(wiki(target), other) == Resolved("note", "peft/low-rank")
    assert not [found for found in told(wiki(target), other) if found[0] != "date-missing"]


def test_names_are_compared_in_nfc() -> None:
    assert lead(wiki("Cafe\u0301"), note("x", "Caf\u00e9")) == Resolved("note", "x")


def test_exact_names_go_before_folded_ones_of_any_kind() -> None:
    assert lead(wiki("Adam"), note("adam"), note("x", "Adam")) == Resolved("note", "x")
    assert lead(wiki("adam"), note("adam"), note("x", "Adam")) == Resolved("note", "adam")


def test_kinds_of_names_have_an_order() -> None:
    path, title = note("adam", "One"), note("b", "adam")
    alias, nick = note("c", aliases=("adam",)), note("d", nickname="adam")
    assert lead(wiki("adam"), nick, alias, title, path) == Resolved("note", "adam")
    assert lead(wiki("adam"), nick, alias, title) == Resolved("note", "b")
    assert lead(wiki("adam"), nick, alias) == Resolved("note", "c")


def test_a_whole_path_goes_before_a_tail() -> None:
    assert lead(wiki("x"), note("x"), note("deep/x"), name="deep/from") == Resolved("note", "x")
    assert lead(wiki("a/x"), note("b/a/x"), note("a/x"), name="b/from") == Resolved("note", "a/x")


def test_relative_wikilinks_start_in_the_folder() -> None:
    assert lead(wiki("../x"), note("x"), note("a/x"), name="a/from") == Resolved("note", "x")
    assert lead(wiki("./x"), note("x"), note("a/x"), name="a/from") == Resolved("note", "a/x")


def test_entries_are_found_by_title_nickname_and_paper() -> None:
    log = note("log", kind="log", path="log.md")
    one = note("2025-01-29-lora", "LoRA: Low-Rank", nickname="LoRA", log="log", papers=(LORA,))
    for target in ("LoRA: Low-Rank", "lora", ARXIV):
        assert lead(wiki(target), log, one) == Resolved("note", one.id)
    assert lead(wiki("log"), log, one) == Resolved("note", "log")
    assert lead(wiki("log", "2025-01-29-lora"), log, one) == Resolved("note", one.id)
    assert lead(wiki("log", "LoRA: Low-Rank"), log, one) == Resolved("note", one.id)


def test_items_of_lists_are_found_by_title_and_only_in_need() -> None:
    head, item = note("list", kind="list"), note("i", "LoRA", log="list", kind="item")
    assert lead(wiki("LoRA"), head, item) == Resolved("note", item.id)
    assert lead(wiki("LoRA"), head, item, note("z", "LoRA")) == Resolved("note", "z")


# --- several hits ------------------------------------------------------------------------------


def test_the_nearest_folder_wins_without_a_word() -> None:
    notes = [note("x/setup"), note("a/b/setup"), note("a/setup")]
    assert lead(wiki("setup"), *notes, name="a/b/c/from") == Resolved("note", "a/b/setup")
    assert lead(wiki("setup"), *notes, name="a/q/from") == Resolved("note", "a/setup")
    assert not [t for t in told(wiki("setup"), *notes, name="a/q/from") if t[0] == "link-ambiguous"]


def test_of_as_near_ones_the_shallowest_wins() -> None:
    notes = [note("a/b/c/setup"), note("a/b/setup"), note("b/setup/deep/setup")]
    assert lead(wiki("setup"), *notes) == Resolved("note", "a/b/setup")
    assert lead(wiki("setup"), *notes, name="a/from") == Resolved("note", "a/b/setup")
    assert not told(wiki("setup"), *notes)


def test_as_near_ones_are_told_and_the_first_is_taken() -> None:
    notes = [note(f"{folder}/setup") for folder in "gfedcba"]
    assert lead(wiki("setup"), *notes) == Resolved("note", "a/setup")
    ((code, message, hint),) = told(wiki("setup"), *notes)
    assert code == "link-ambiguous"
    assert "7 notes: a/setup, b/setup, c/setup, d/setup, e/setup and 2 more" in message
    assert "[[a/setup]]" in hint


def test_a_note_does_not_mean_itself_while_there_is_another() -> None:
    twin = note("far/away/x", "Adam")
    _, graph = connect(note("here", "Adam", links=(wiki("Adam"),)), twin)
    assert graph.resolved["here"][slot_key("wiki", "Adam")] == Resolved("note", "far/away/x")
    assert not graph.problems


def test_several_notes_on_one_work_are_not_ambiguous() -> None:
    notes = [note("a", "LoRA", papers=(LORA,)), note("b", "LoRA", papers=(LORA,))]
    assert lead(wiki("LoRA"), *notes) == Resolved("work", f"arxiv:{ARXIV}")
    assert lead(Link("embed", "LoRA"), *notes) == Resolved("note", "a")
    assert lead(wiki("LoRA", "Method"), *notes) == Resolved("note", "a")
    assert "link-ambiguous" not in [code for code, *_ in told(wiki("LoRA"), *notes)]


# --- anchors -----------------------------------------------------------------------------------

HEADS = (
    heading("Method: What's new?", "h-method-what-s-new"),
    heading("Results", "h-results"),
    heading("", "^b1", 0),
)


@pytest.mark.parametrize(
    ("anchor", "found"),
    [
        ("Method: What's new?", "h-method-what-s-new"),
        ("method: what's new?", "h-method-what-s-new"),
        ("Method Whats new", "h-method-what-s-new"),
        ("h-results", "h-results"),
        ("results", "h-results"),
        ("Method: What's new?#Results", "h-results"),
        ("^b1", "^b1"),
    ],
)
def test_headings_are_found_by_text_slug_or_anchor(anchor: str, found: str) -> None:
    assert lead(wiki("x", anchor), note("x", headings=HEADS)) == Resolved("note", "x", found)


def test_the_title_is_an_anchor_at_the_top() -> None:
    for anchor in ("A Title: here", "a-title-here", "h-a-title-here"):
        assert lead(wiki("x", anchor), note("x", "A Title: here", headings=HEADS)) == Resolved("note", "x")
        assert not told(wiki("x", anchor), note("x", "A Title: here"))


def test_an_anchor_in_an_entry_reaches_the_whole_log() -> None:
    head = note("log", kind="log", headings=HEADS)
    one = note("one", log="log", links=(wiki("", "Results"), wiki("", "Two"), wiki("", "Nope")))
    _, graph = connect(head, one, note("two", "Two", log="log", line=9))
    assert graph.resolved["log#one"] == {
        slot_key("wiki", "", "Results"): Resolved("note", "log", "h-results"),
        slot_key("wiki", "", "Two"): Resolved("note", "log#two"),
        slot_key("wiki", "", "Nope"): Resolved("note", "log#one"),
    }
    assert codes(graph.problems) == ["anchor-missing"]


def test_a_missing_block_is_told() -> None:
    assert [code for code, *_ in told(wiki("x", "^b2"), note("x", headings=HEADS))] == ["anchor-missing"]


def test_a_missing_heading_is_told_with_the_closest() -> None:
    assert lead(wiki("x", "Resluts"), note("x", headings=HEADS)) == Resolved("note", "x")
    assert told(wiki("x", "Resluts"), note("x", headings=HEADS)) == [
        ("anchor-missing", '"x" has no heading or block "Resluts"', 'did you mean "Results"?')
    ]


def test_a_link_to_ones_own_heading() -> None:
    own = note("x", headings=HEADS, links=(wiki("", "Results"),))
    _, graph = connect(own)
    assert graph.resolved["x"][slot_key("wiki", "", "Results")] == Resolved("note", "x", "h-results")
    assert not graph.backlinks


# --- files -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "target",
    [
        "../b/my%20note.md",
        "../b/my note",
        "/b/my%20note.md",
        "b/my%20note.md",
        "my%20note.md",
        "../B/My%20Note.md",
        "../b/my%20note.md?x=1",
    ],
)
def test_relative_addresses_lead_to_notes(target: str) -> None:
    assert lead(Link("file", target), note("b/my note"), name="a/from") == Resolved("note", "b/my note")


def test_an_address_means_the_file_not_a_tail_of_a_path() -> None:
    notes = [note("a/x"), note("b/a/x")]
    assert lead(Link("file", "a/x.md"), *notes, name="b/from") == Resolved("note", "b/a/x")
    assert lead(Link("file", "../a/x.md"), *notes, name="b/from") == Resolved("note", "a/x")


def test_a_folder_means_its_index() -> None:
    assert lead(Link("file", "b/"), note("b/index"), note("b/x")) == Resolved("note", "b/index")


def test_a_log_is_linked_by_its_file() -> None:
    assert lead(Link("file", "log.md"), note("log", kind="log"), note("e", log="log")) == Resolved(
        "note", "log"
    )


@pytest.mark.parametrize(
    ("kind", "target", "found"),
    [
        ("file", "img/a.pdf", "sub/img/a.pdf"),
        ("file", "../img/a%20b.pdf", "img/a b.pdf"),
        ("file", "a%20b.pdf", "img/a b.pdf"),
        ("embed", "fig.PNG", "sub/deep/fig.png"),
        ("wiki", "a b.pdf", "img/a b.pdf"),
    ],
)
def test_attachments_by_path_then_by_name(kind: Any, target: str, found: str) -> None:
    shelf = [file("img/a b.pdf"), file("sub/img/a.pdf"), file("img/fig.png"), file("sub/deep/fig.png")]
    assert lead(Link(kind, target), name="sub/from", attachments=shelf) == Resolved("file", found)


def test_no_path_leads_out_of_the_notes() -> None:
    assert lead(Link("file", "../../etc/passwd.md"), note("etc/passwd2"), name="a/from") == Resolved(
        "missing", "../../etc/passwd"
    )


# --- nowhere -----------------------------------------------------------------------------------


def test_a_link_to_nowhere_is_told_with_the_closest_name() -> None:
    assert lead(wiki("Lorra"), note("x", "LoRA")) == Resolved("missing", "Lorra")
    assert told(wiki("Lorra", line=4, column=2), note("x", "LoRA")) == [
        ("link-broken", 'the link to "Lorra" leads to no note', 'did you mean "LoRA"?')
    ]
    _, graph = connect(note("from", links=(wiki("Zzz", line=4, column=2),)), note("x", "LoRA"))
    assert [(p.line, p.column, p.hint) for p in graph.problems] == [(4, 2, "")]


def test_a_title_and_its_file_name_are_one_suggestion() -> None:
    ((_, _, hint),) = told(
        wiki("Graph Nots"), note("graph-nets", "Graph Nets"), note("graph-notes", "Graph Notes!")
    )
    assert hint == 'did you mean "Graph Notes!" or "Graph Nets"?'


def test_one_written_link_is_told_once_a_note() -> None:
    _, graph = connect(note("from", links=(wiki("Zzz"), wiki("Zzz"), wiki("Yyy"))))
    assert codes(graph.problems) == ["link-broken"] * 2


def test_a_missing_file_is_told_as_one() -> None:
    assert [code for code, *_ in told(Link("embed", "fig.png"))] == ["image-missing"]
    assert [code for code, *_ in told(Link("file", "a.pdf"))] == ["image-missing"]
    assert [code for code, *_ in told(Link("file", "a.md"))] == ["link-broken"]
    assert [code for code, *_ in told(wiki("GPT-4.5"))] == ["link-broken"]


@pytest.mark.parametrize(
    "link",
    [
        wiki("Secret Plan"),
        wiki("secret"),
        wiki("a/SECRET.md"),
        Link("file", "a/secret.md"),
        Link("embed", "Secret Plan"),
        Link("cite", "spy2020"),
    ],
)
def test_links_to_hidden_notes_show_as_text_without_a_problem(link: Link) -> None:
    hidden = note("a/secret", "Secret Plan", draft=True, key="spy2020")
    assert lead(link, hidden) in (Resolved("hidden"), None)
    assert lead(link, hidden) == Resolved("hidden")
    assert not told(link, hidden)


def test_a_published_note_goes_before_a_hidden_one() -> None:
    assert lead(wiki("Plan"), note("a", "Plan", draft=True), note("b", "Plan")) == Resolved("note", "b")


def test_links_to_the_web_are_left_alone() -> None:
    assert lead(Link("web", "https://example.org/")) is None


# --- papers and citations ----------------------------------------------------------------------


def test_a_paper_link_leads_to_my_note() -> None:
    target = note("lora", papers=(LORA,))
    assert lead(paper_link(arxiv(ARXIV, 2)), target) == Resolved("note", "lora")
    assert lead(Link("number", ARXIV, paper=LORA), target) == Resolved("note", "lora")


def test_a_paper_with_several_notes_leads_to_its_page() -> None:
    notes = [note("a", papers=(LORA,)), note("b", papers=(LORA, doi("10.1000/x")))]
    assert lead(paper_link(doi("10.1000/x")), *notes) == Resolved("work", f"arxiv:{ARXIV}")


def test_a_paper_without_a_note_stays_external() -> None:
    library = (entry("k", "T", fields=(("eprint", ARXIV),)),)
    assert lead(paper_link(LORA)) is None
    assert lead(paper_link(LORA), library=library) is None


def test_a_paper_that_only_a_list_names_leads_to_its_item() -> None:
    item, head = note("i", log="list", kind="item", papers=(LORA,)), note("list", kind="list")
    assert lead(paper_link(LORA), head, item) == Resolved("note", item.id)
    assert lead(paper_link(LORA), head, item, note("z", papers=(LORA,))) == Resolved("note", "z")


def test_a_file_name_is_a_name_without_its_date_too() -> None:
    assert lead(wiki("lora"), note("2025/2025-01-29-lora", "Low rank")) == Resolved(
        "note", "2025/2025-01-29-lora"
    )
    assert lead(Link("number", ARXIV, paper=LORA)) is None


def test_a_notes_own_paper_stays_external_and_is_no_backlink() -> None:
    _, graph = connect(note("lora", papers=(LORA,), links=(paper_link(LORA),)))
    assert changed(graph, marks={}) == Graph({}, {}, {}, {}, {}, ())


def test_citations_lead_to_works() -> None:
    library = (entry("Vaswani2017", "Attention", fields=(("eprint", "1706.03762"),)),)
    for key in ("Vaswani2017", "vaswani2017", "arxiv:1706.03762"):
        assert lead(Link("cite", key), library=library) == Resolved("work", "arxiv:1706.03762")
    assert lead(Link("cite", "mine"), note("x", key="mine")) == Resolved("work", "key:mine")


def says_at(key: str) -> Link:
    return Link("cite", key, text=f"@{key}")


def test_an_unknown_name_in_a_sentence_is_a_handle_unless_it_looks_like_a_key() -> None:
    library = (entry("vaswani2017", "Attention"),)
    for books in ((), library):
        assert not told(says_at("somebody"), library=books) and not told(says_at("user42"), library=books)
        assert lead(says_at("somebody"), library=books) == Resolved("hidden")
        for key in ("hu2022lora", "DBLP:conf/x"):
            assert [found[0] for found in told(says_at(key), library=books)] == ["cite-unknown"]
        assert [found[0] for found in told(Link("cite", "somebody", text="[@somebody]"), library=books)]
    near = (entry("resnet-paper", "Residual Nets"),)
    assert [found[2] for found in told(says_at("resnet-papr"), library=near)] == [
        'did you mean "resnet-paper"?'
    ]


def test_a_citation_finds_its_work_by_short_key_id_and_name() -> None:
    named = note("x", "LoRA: Low Rank", papers=(LORA,), authors=("Ed Hu",), nickname="LoRA", aliases=("low",))
    for key in (
        "hu2021lora-2106.09685",
        "hu2021lora",
        "HU2021LORA",
        ARXIV,
        f"arXiv:{ARXIV}v2",
        "LoRA",
        "lora",
        "low",
    ):
        assert lead(Link("cite", key), named) == Resolved("work", f"arxiv:{ARXIV}"), key
    assert lead(Link("cite", "Plan"), note("plans", "Plan")) == Resolved("note", "plans")


def test_a_short_key_of_two_works_is_told_with_both() -> None:
    both = tuple(
        note(n, "LoRA", papers=(arxiv(i),), authors=("Ed Hu",))
        for n, i in (("x", ARXIV), ("y", "2101.00001"))
    )
    ((code, text, hint),) = told(Link("cite", "hu2021lora"), *both)
    assert (
        code == "link-ambiguous"
        and "hu2021lora-2101.00001, hu2021lora-2106.09685" in text
        and "@hu2021lora-2" in hint
    )


def test_a_paper_of_the_library_is_cited_by_its_nickname_in_brackets() -> None:
    books = (entry("hu2021", "LoRA: Low Rank"), entry("k2", "SAM: One"), entry("k3", "SAM: Two"))
    for key in ("LoRA", "lora", "LoRA: Low Rank"):
        assert lead(Link("cite", key, text=f"[@{key}]"), library=books) == Resolved("work", "key:hu2021")
    assert lead(says_at("lora"), library=books) == Resolved("hidden")
    cite = Link("cite", "SAM", text="[@SAM]")
    assert lead(cite, library=books) == Resolved("work", "key:k2")
    assert [found[0] for found in told(cite, library=books)] == ["link-ambiguous"]
    own = note("x", "My LoRA", nickname="LoRA")
    assert lead(Link("cite", "LoRA", text="[@LoRA]"), own, library=books) == Resolved("note", "x")


def test_a_handle_before_a_citation_does_not_hide_it() -> None:
    links = (says_at("lora"), Link("cite", "lora", text="[@lora]"))
    _, graph = connect(note("a", links=links), library=(entry("hu2021", "LoRA: Low Rank"),))
    assert graph.resolved["a"] == {slot_key("cite", "lora"): Resolved("work", "key:hu2021")}


def test_an_id_that_is_cited_is_a_work_and_waits_in_the_queue() -> None:
    cite = Link("cite", ARXIV, text=f"[@{ARXIV}]", sentence="See it.")
    _, graph = connect(note("a", links=(cite,)))
    assert graph.resolved["a"] == {slot_key("cite", ARXIV): Resolved("work", f"arxiv:{ARXIV}")}
    assert [m.work for m in graph.mentioned] == [f"arxiv:{ARXIV}"] and not graph.problems


def test_an_unknown_citation_key_is_told_with_the_closest() -> None:
    library = (entry("vaswani2017", "Attention"),)
    assert lead(Link("cite", "vaswani2018"), library=library) == Resolved("missing", "vaswani2018")
    assert told(Link("cite", "vaswani2018"), library=library) == [
        (
            "cite-unknown",
            'no note and no library entry has the citation key "vaswani2018"',
            'did you mean "vaswani2017"?',
        )
    ]


# --- backlinks ---------------------------------------------------------------------------------


def says(target: str, sentence: str, kind: Any = "wiki", **fields: Any) -> Link:
    start = sentence.find(target)
    return Link(
        kind, target, sentence=sentence, start=start, end=start + len(target), heading="Method", **fields
    )


def test_backlinks_have_their_sentence_and_come_oldest_first() -> None:
    _, graph = connect(
        note("x"),
        note("late", date="2025-02-01", links=(says("x", "Late says x."),)),
        note("none", links=(says("x", "Undated x."),)),
        note("early", date="2024-02-01", links=(says("x", "First x."), says("x", "Then x again."))),
    )
    assert [(b.note, b.sentence) for b in graph.backlinks["x"]] == [
        ("early", "First x."),
        ("early", "Then x again."),
        ("late", "Late says x."),
        ("none", "Undated x."),
    ]
    first = graph.backlinks["x"][0]
    assert first.sentence[first.start : first.end] == "x" and first.heading == "Method"


def test_mentions_in_one_sentence_are_one_row() -> None:
    _, graph = connect(
        note("x", nickname="ex"),
        note("a", links=(says("x", "See x, and ex again."), says("ex", "See x, and ex again."))),
    )
    assert [(b.start, b.end) for b in graph.backlinks["x"]] == [(4, 5)]


def test_embeds_and_citations_link_back() -> None:
    _, graph = connect(
        note("x", papers=(LORA,), key="hu2022"),
        note("a", links=(says("x", "", "embed"),)),
        note("b", links=(says("hu2022", "As hu2022 shows.", "cite"),)),
    )
    assert [(b.note, b.embed) for b in graph.backlinks["x"]] == [("a", True), ("b", False)]
    assert graph.work_backlinks == {f"arxiv:{ARXIV}": graph.backlinks["x"]}


def test_a_mention_of_a_work_counts_for_each_of_its_notes() -> None:
    _, graph = connect(
        note("a", papers=(LORA,)),
        note("b", papers=(LORA,), links=(wiki("a"),)),
        note("c", links=(paper_link(LORA, sentence="A paper."),)),
    )
    assert [b.note for b in graph.backlinks["a"]] == ["b", "c"]
    assert [b.note for b in graph.backlinks["b"]] == ["c"]
    assert [b.note for b in graph.work_backlinks[f"arxiv:{ARXIV}"]] == ["c"]
    assert graph.cited == {"c": (f"arxiv:{ARXIV}",)}


def test_a_link_to_oneself_is_no_backlink() -> None:
    _, graph = connect(note("x", links=(wiki("x"),)))
    assert not graph.backlinks


def test_unlisted_notes_are_quoted_nowhere() -> None:
    _, graph = connect(
        note("x"), note("u", unlisted=True, links=(says("x", "Not shown x."), paper_link(LORA)))
    )
    assert not graph.backlinks and not graph.mentioned
    assert graph.resolved["u"][slot_key("wiki", "x")] == Resolved("note", "x")


def test_cited_works_stand_in_order_of_first_mention() -> None:
    _, graph = connect(
        note("x", papers=(LORA,)),
        note(
            "a",
            links=(
                paper_link(arxiv("1706.03762")),
                wiki("x"),
                paper_link(LORA),
                paper_link(arxiv("1706.03762")),
            ),
        ),
    )
    assert graph.cited == {"a": ("arxiv:1706.03762", f"arxiv:{ARXIV}")}


def test_a_naked_number_counts_only_where_the_vault_has_a_note() -> None:
    number = Link("number", ARXIV, paper=LORA, sentence="See 2106.09685.")
    _, graph = connect(note("a", links=(number,)))
    assert changed(graph, marks={}) == Graph({}, {}, {}, {}, {}, ())
    _, graph = connect(note("a", links=(number,)), note("x", papers=(LORA,)))
    assert graph.cited == {"a": (f"arxiv:{ARXIV}",)} and [b.note for b in graph.backlinks["x"]] == ["a"]


# --- mentioned, never noted --------------------------------------------------------------------


def test_papers_never_noted_by_how_many_notes_mention_them() -> None:
    _, graph = connect(
        note(
            "a",
            date="2024-01-01",
            links=(paper_link(arxiv("1706.03762"), "Attention"), paper_link(arxiv("1412.6980"), "1412.6980")),
        ),
        note(
            "b",
            date="2023-01-01",
            links=(paper_link(arxiv("1706.03762"), "https://arxiv.org/abs/1706.03762"),),
        ),
        note(
            "c",
            date="2022-01-01",
            links=(
                paper_link(doi("10.1000/q"), "paper", sentence="1"),
                paper_link(doi("10.1000/q"), "Q: A Title", sentence="2"),
            ),
        ),
        note("lora", papers=(LORA,)),
        note("d", links=(paper_link(LORA), Link("number", "1", paper=arxiv("2001.00001")))),
    )
    assert [(m.work, m.title, [p.note for p in m.places]) for m in graph.mentioned] == [
        ("arxiv:1706.03762", "Attention", ["b", "a"]),
        ("doi:10.1000/q", "Q: A Title", ["c", "c"]),
        ("arxiv:1412.6980", "arXiv:1412.6980", ["a"]),
    ]


def test_what_waits_in_a_list_is_no_mention_and_library_papers_are() -> None:
    library = (entry("k", "In the Library", fields=(("eprint", "1706.03762"),)),)
    _, graph = connect(
        note("list", kind="list"),
        note("i", log="list", kind="item", papers=(LORA,)),
        note("a", links=(paper_link(LORA), paper_link(arxiv("1706.03762"), "att"))),
        library=library,
    )
    assert [(m.work, m.title) for m in graph.mentioned] == [("arxiv:1706.03762", "In the Library")]


def test_of_bare_addresses_only_a_pdf_is_a_paper() -> None:
    _, graph = connect(
        note(
            "a",
            links=(
                paper_link(PaperId("url", "https://example.org/blog")),
                paper_link(PaperId("url", "https://example.org/a.pdf")),
            ),
        ),
    )
    assert [m.work for m in graph.mentioned] == ["url:https://example.org/a.pdf"]


# --- laws --------------------------------------------------------------------------------------


def many(count: int, rng: random.Random) -> list[Note]:
    return [
        note(
            f"f{i % 13}/n{i}",
            f"Title {i}",
            papers=(arxiv(f"2101.{i:05}"),) if i % 3 else (),
            links=tuple(
                rng.choice(
                    (
                        wiki(f"n{rng.randrange(count)}", sentence=f"S{i}"),
                        wiki(f"Title {rng.randrange(count)}", sentence=f"T{i}"),
                        wiki(f"gone {rng.randrange(count)}"),
                        Link("file", f"../f{rng.randrange(13)}/n{rng.randrange(count)}.md"),
                        paper_link(arxiv(f"2101.{rng.randrange(2 * count):05}"), sentence="P"),
                    )
                )
                for _ in range(6)
            ),
        )
        for i in range(count)
    ]


def test_order_of_notes_and_attachments_does_not_matter() -> None:
    notes = many(60, random.Random(5))
    shelf = [file(f"f{i}/a.png") for i in range(9)]
    first, one = connect(*notes, attachments=shelf)
    _, other = connect(*reversed(notes), attachments=reversed(shelf))
    assert encode(one) == encode(other)
    again = connect_room(changed(first, notes=dict(first.notes)), tuple(shelf), Settings())
    assert encode(again) == encode(one)


def test_every_note_that_is_linked_knows_it() -> None:
    gathered, graph = connect(*many(60, random.Random(6)))
    for source, table in graph.resolved.items():
        for found in table.values():
            if found.kind == "note" and found.target != source:
                assert source in {row.note for row in graph.backlinks[found.target]}
    for target, rows in graph.backlinks.items():
        assert target in gathered.notes
        assert target not in {row.note for row in rows}


def test_time_grows_with_the_links_not_with_their_square() -> None:
    def seconds(count: int) -> float:
        notes = many(count, random.Random(count))
        start = time.process_time()
        connect(*notes)
        return time.process_time() - start

    small = min(seconds(400) for _ in range(2))
    assert seconds(3200) < 8 * 3 * small


def test_a_crowd_of_one_name_takes_no_quadratic_time() -> None:
    notes = [
        note(f"d{i % 50}/n{i}", "Untitled", links=(wiki("Untitled"), wiki(f"no {i}"))) for i in range(4000)
    ]
    start = time.process_time()
    _, graph = connect(*notes)
    assert time.process_time() - start < 6
    assert codes(graph.problems).count("link-ambiguous") == 4000
