"""A new note says what it was given, whatever YAML or Markdown would see in it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.by_hand import arxiv, doi
from vault import edit, markdown, parse
from vault.records import Note, PaperId, Source

plain = st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Cn", "Co"))
lines = st.text(plain, max_size=60).map(lambda text: " ".join(text.split()))
hard = st.sampled_from(
    (
        "LoRA: Low-Rank Adaptation",
        "[2304.14318] Q&A",
        '"Attention" is all you need',
        "@paper",
        "null",
        "no",
        "2106.09680",
        "- a list",
        "a # comment",
        "{a: b}",
        "*bold* and _thin_ `code`",
        "<script>alert(1)</script>",
        "[[wikilink]] ![[embed]]",
        "f_0 < f_1 > f_2",
        "back\\slash \\alpha",
        "# heading",
        "==mark== %%gone%%",
        "&lt; &amp;",
        "100% of $5 and $6",
        "'single' it''s",
        "| pipe |",
        "1. one",
        "~tilde~",
        "key: value: more",
        "---",
    )
)


def read(text: str) -> Note:
    (piece,) = parse.split(Source("2026/2026-11-20-x.md", text, "d"))
    (parsed,) = parse.piece(piece)
    return parsed.note


@settings(max_examples=200)
@given(
    hard.filter(lambda text: text != "null") | lines.filter(lambda text: any(char.isalnum() for char in text))
)
def test_a_title_is_read_back_as_it_was_given(title: str) -> None:
    """But for ``null``, which means none in every field."""
    note = read(edit.note(edit.Draft(title, (arxiv("2106.09685"),))))
    shown = markdown.inline(edit.as_markdown(title))[1]
    assert note.title == shown
    assert [found.code for found in note.problems] == []
    if "$" not in title:
        assert " ".join(note.title.split()) == title


@settings(max_examples=100)
@given(hard | lines, hard | lines, st.lists(hard, max_size=3))
def test_lines_and_lists_are_read_back_as_they_were_given(why: str, via: str, names: list[str]) -> None:
    """Emptiness words (``null``, ``none``) mean none in these fields, as they would by hand."""
    note = read(edit.note(edit.Draft("T", why=why, via=via, venue=why)))
    assert note.problems == ()
    for given_, found in ((why, note.why), (via, note.via), (why, note.venue)):
        assert found == given_ or given_.casefold().strip("\"'") in (
            "null",
            "~",
            "none",
            "",
            "-",
            "--",
            "?",
            "tbd",
            "n/a",
            "na",
            "nil",
            "无",
            "待确认",
        )


def test_every_field_stands_in_its_line() -> None:
    text = edit.note(
        edit.Draft(
            "LoRA: Low-Rank Adaptation",
            ids=(arxiv("2106.09685", 2), doi("10.1000/a(b)c")),
            authors=("Edward J. Hu", "Łukasz Kaiser", "A, B"),
            year=2022,
            venue="ICLR",
            key="hu2022lora",
            status="to-read",
            priority=1,
            added="2026-11-20",
            tags=("efficiency/peft", "c++", "a, b"),
            why="it is short",
            via="https://example.org/list",
        )
    )
    assert text == (
        '---\ntitle: "LoRA: Low-Rank Adaptation"\narxiv: 2106.09685v2\ndoi: 10.1000/a(b)c\n'
        'authors: [Edward J. Hu, Łukasz Kaiser, "A, B"]\nyear: 2022\nvenue: ICLR\nkey: hu2022lora\nstatus: to-read\n'
        'priority: 1\nadded: 2026-11-20\ntags: [efficiency/peft, c++, "a, b"]\nwhy: it is short\n'
        'via: "https://example.org/list"\n---\n'
    )
    note = read(text)
    assert note.papers == (arxiv("2106.09685", 2), doi("10.1000/a(b)c")) and note.priority == 1


@pytest.mark.parametrize(
    "paper",
    [PaperId("openreview", "nZeVKeeFYf9"), PaperId("acl", "P19-1412"), PaperId("url", "https://a.org/x.pdf")],
)
def test_a_paper_without_arxiv_id_and_doi_is_named_by_its_address(paper: PaperId) -> None:
    assert read(edit.note(edit.Draft("T", ids=(paper,)))).papers == (paper,)


def test_a_long_list_of_authors_is_cut() -> None:
    note = read(
        edit.note(
            edit.Draft(
                "T", authors=tuple(f"Author N{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(50))
            )
        )
    )
    assert len(note.authors) == 31 and note.authors[-1] == "et al."


def test_a_formula_in_a_title_stays_one() -> None:
    note = read(edit.note(edit.Draft("On $\\alpha$-stable laws")))
    assert "<math" in note.title_html
