"""The check for duplicates on a labelled set (bench/duplicates.py)."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.catalog.duplicates import _far, alike, read

BENCH = Path(__file__).parents[1] / "bench"


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("duplicates_bench", BENCH / "duplicates.py")
    assert spec and spec.loader
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_precision_and_recall_on_the_labelled_set(bench: ModuleType, corpora: Path) -> None:
    rows = list(bench.pairs(corpora))
    assert len(rows) >= 300 and sum(not row.same for row in rows) >= 200
    precision, recall = bench.score(rows, bench.checks()["vault"])
    assert precision >= 0.97 and recall >= 0.93
    for name, check in bench.checks().items():
        if name != "vault":
            assert bench.score(rows, check)[0] < precision


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Segment Anything", "Segment Anything 2"),
        ("Attention Is All You Need", "Attention Is Not All You Need"),
        ("Scaling Laws for Neural Language Models", "Beyond Scaling Laws for Neural Language Models"),
        ("Deep Nets v2", "Deep Nets v3"),
        ("Tracking with Labels", "Tracking without Labels"),
        ("GPT-3", "GPT-4"),
        ("Part I: Theory of Everything", "Part II: Theory of Everything"),
        ("Learning in C", "Learning in C++"),
    ],
)
def test_digits_and_negations_make_another_paper(one: str, other: str) -> None:
    assert not alike(read(one), read(other))


def test_a_remark_in_brackets_makes_none() -> None:
    assert alike(read("Deep Nets of Everything (extended abstract)"), read("Deep nets of everything."))


WORDS = (
    "graph",
    "graphs",
    "neural",
    "neurel",
    "deep",
    "net",
    "nets",
    "of",
    "the",
    "optimisation",
    "optimization",
    "v2",
)
TITLES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map(" ".join)


@given(TITLES, TITLES)
def test_titles_that_are_far_apart_are_not_alike(one: str, other: str) -> None:
    """So those that are need not be looked at."""
    mine, yours = read(one), read(other)
    if _far(frozenset(mine.words.split()), frozenset(yours.words.split())):
        assert not alike(mine, yours)
