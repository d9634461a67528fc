"""Papers in one line, whatever is unknown of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault import references
from vault.records import Work

LORA = Work(
    id="arxiv:2106.09685",
    ids=(),
    title="LoRA: Low-Rank Adaptation",
    authors=("Edward J. Hu", "Yelong Shen"),
    year=2022,
    venue="ICLR 2022",
)


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("numeric", "E. J. Hu, Y. Shen. LoRA: Low-Rank Adaptation. ICLR 2022. arXiv:2106.09685"),
        ("author-year", "E. J. Hu, Y. Shen (2022). LoRA: Low-Rank Adaptation. ICLR. arXiv:2106.09685"),
    ],
)
def test_a_reference_in_both_styles(style: str, text: str) -> None:
    assert references.line(LORA, style, "arXiv:2106.09685") == text


@pytest.mark.parametrize(
    ("fields", "numeric", "by_author"),
    [
        ({}, "w.", "(n.d.). w."),
        ({"title": "Why?"}, "Why?", "(n.d.). Why?"),
        ({"title": "Why?", "year": 2020}, "Why? 2020.", "(2020). Why?"),
        ({"authors": ("A B", "et al.")}, "A. B et al. w.", "A. B et al. (n.d.). w."),
        ({"authors": ("et al.",), "venue": "Proc."}, "w. Proc.", "(n.d.). w. Proc."),
    ],
)
def test_what_is_unknown_is_left_out(fields: dict[str, object], numeric: str, by_author: str) -> None:
    work = Work(**{"id": "w", "ids": (), "title": "", **fields})  # type: ignore[arg-type]
    assert references.line(work, "numeric") == numeric
    assert references.line(work, "author-year") == by_author


@given(
    st.builds(
        Work,
        id=st.just("w"),
        ids=st.just(()),
        title=st.text(max_size=20),
        authors=st.lists(st.text(max_size=12), max_size=6).map(tuple),
        year=st.sampled_from([0, 1999]),
        venue=st.text(max_size=10),
    ),
    st.sampled_from(sorted(references.STYLES)),
)
def test_no_field_makes_it_fail_or_leaves_its_name(work: Work, style: str) -> None:
    text = references.line(work, style)
    assert text and "{authors}" not in text and "{venue}" not in text
    assert references.sort_key(work) == references.sort_key(work)


def test_letters_go_on_after_z() -> None:
    assert [references.letter(number) for number in (0, 25, 26, 27)] == ["a", "z", "aa", "ab"]
