"""The query language: one grammar for the command line and for query blocks."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.build_catalog import note
from vault.query import matches, parse, problems_in
from vault.records import Block, Body, FootnoteSlot, PaperId, QuerySlot, Work, changed

LORA = note(
    "lora",
    "LoRA: Low-Rank Adaptation of Transformers",
    "2025-01-14",
    paper="2106.09685",
    authors=("Edward J. Hu", "Christopher Ré"),
    venue="ICLR",
    tags=("Efficiency/PEFT", "reinforcement learning"),
    status="read",
    rating=4,
    tldr="Freeze the weights.",
    extra=(("Lab", "Microsoft Research"),),
)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "lora",
        "LORA",
        "low-rank",
        "low rank",
        "freeze",
        "re",
        "Ré",
        "hu edward",
        "transform*",
        '"low rank adaptation"',
        '"rank adapt*"',
        "peft",
        "tag:efficiency",
        "tag:efficiency/peft",
        "tag:EFFICIENCY",
        "tags:eff*",
        'tag:"reinforcement learning"',
        "tag:reinforcement-learning",
        "tag:#efficiency",
        "status:read",
        "status:READ",
        "kind:note",
        "year:2025",
        "year:2024..2025",
        "year:2025..",
        "year:..2025",
        "year:>2024",
        "year:<=2025",
        "rating:4",
        "rating:>=4",
        "rating:3.5..5",
        "rating:*",
        "author:hu",
        "authors:re",
        "title:rank",
        "venue:iclr",
        "venue:*",
        "paper:2106.09685",
        "paper:arXiv:2106.09685v3",
        "arxiv:2106.*",
        "paper:*",
        "lab:microsoft",
        'lab:"microsoft research"',
        "-tag:survey",
        "-survey",
        "-year:2024",
        "tag:survey OR tag:efficiency",
        "tag:survey OR lora year:2025",
        "lora AND rank",
    ],
)
def test_a_note_answers(text: str) -> None:
    query = parse(text)
    assert query.error == ""
    assert matches(LORA, query)


@pytest.mark.parametrize(
    "text",
    [
        "lor",
        "survey",
        '"rank low"',
        '"transformers edward"',
        "tag:peft",
        "tag:eff",
        "status:to-read",
        "kind:entry",
        "year:2024",
        "year:>2025",
        "rating:>4",
        "rating:<4",
        "author:h",
        "title:hu",
        "venue:icml",
        "paper:2106.0968",
        "lab:google",
        "nolab:microsoft",
        "-lora",
        "-tag:efficiency",
        "lora tag:survey OR tag:survey",
    ],
)
def test_a_note_does_not_answer(text: str) -> None:
    query = parse(text)
    assert query.error == ""
    assert not matches(LORA, query)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ('"open', "never closed"),
        ('tag:"open', "never closed"),
        ("status:begun", "no status is called “begun”"),
        ("kind:thing", "no kind is called"),
        ("year:soon", "not a number or a range"),
        ("rating:..", "not a number or a range"),
        ("rating:>=", "not a number or a range"),
        ("year:2024...2025", "not a number or a range"),
        ("OR lora", "nothing before it"),
        ("lora OR", "nothing after it"),
        ("a OR OR b", "nothing before it"),
        ("!!!", "no letter or digit"),
        ("tag:/", "names no tag"),
        ("(a OR b) c", "brackets"),
    ],
)
def test_a_query_that_cannot_be_read_says_why_and_what_to_write(text: str, error: str) -> None:
    query = parse(text)
    assert error in query.error and query.hint
    assert not matches(LORA, query)


def test_an_unrated_note_has_no_rating_to_compare() -> None:
    unrated = changed(LORA, rating=0)
    assert not matches(unrated, parse("rating:<=3"))
    assert matches(unrated, parse("-rating:*"))


def test_an_undated_note_is_of_no_year() -> None:
    assert not matches(changed(LORA, date=None), parse("year:*"))


def test_the_work_lends_what_the_note_does_not_say() -> None:
    bare = changed(LORA, authors=(), venue="", papers=())
    work = Work("doi:10.1/x", (PaperId("doi", "10.1/X"),), "Adapters", ("Ann Bee",), venue="Nature")
    for text in ("author:bee", "bee", "venue:nature", "title:adapters", "paper:10.1/x", "paper:doi:10.1/x"):
        assert matches(bare, parse(text), work) and not matches(bare, parse(text))


@pytest.mark.parametrize("text", ["学習", "強化", "title:学", "강화"])
def test_words_of_scripts_without_spaces_are_found(text: str) -> None:
    assert matches(changed(LORA, title="強化学習 강화 x"), parse(text))


def test_queries_of_a_body_are_checked_without_showing_it() -> None:
    inner = FootnoteSlot(1, 1, (QuerySlot("status:x", 9),))
    body = Body((Block(("<p>", QuerySlot("tag:rl", 3), QuerySlot('"open', 5))), Block((inner,))))
    found = problems_in(body, "a.md")
    assert [(problem.code, problem.path, problem.line) for problem in found] == [
        ("query-invalid", "a.md", 5),
        ("query-invalid", "a.md", 9),
    ]


terms = st.sampled_from(
    ["lora", "survey", "tag:efficiency", "year:2024", "rating:>=4", '"low rank"', "author:x"]
)


@given(terms)
def test_a_minus_turns_a_term_round(term: str) -> None:
    assert matches(LORA, parse(term)) is not matches(LORA, parse(f"-{term}"))


@given(st.lists(terms, min_size=1, max_size=5))
def test_terms_narrow_and_alternatives_widen(found: list[str]) -> None:
    each = [matches(LORA, parse(term)) for term in found]
    assert matches(LORA, parse(" ".join(found))) is all(each)
    assert matches(LORA, parse(" OR ".join(found))) is any(each)


@settings(max_examples=200)
@given(st.text(st.sampled_from('ab:"-*()# OR.><=/\n\t0é学'), max_size=30) | st.text(max_size=20))
def test_any_text_is_a_query_or_says_why_not(text: str) -> None:
    query = parse(text)
    assert bool(query.error) == bool(query.hint)
    assert matches(LORA, query) in (True, False)


@pytest.mark.parametrize(
    "text", ['"' * 200_000, "a:" * 100_000, "-" * 200_000, "a-" * 100_000, "x" * 200_000]
)
def test_a_long_query_takes_linear_time(text: str) -> None:
    begun = time.process_time()
    parse(text)
    assert time.process_time() - begun < 1
