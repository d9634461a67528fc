"""``vault search``: ranked full text on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from tests.test_searching import VAULT
from tests.vaults import make
from vault.cli import app
from vault.index.search import distance
from vault.records import VaultError


def run(root: Path, *args: str) -> Result:
    return CliRunner().invoke(app, ["search", "--vault", str(root), *args], catch_exceptions=False)


def found(root: Path, query: str) -> list[str]:
    """The titles that a query finds, the best first."""
    return [hit["title"].partition(":")[0] for hit in json.loads(run(root, query, "--json").stdout)]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make(tmp_path, VAULT)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("lora", ["LoRA"]),
        ("intrinsic", ["LoRA"]),
        ("dimension position", ["Attention"]),
        ('"intrinsic dimension"', ["LoRA"]),
        ('"dimension intrinsic"', []),
        ("intrins*", ["LoRA"]),
        ("dimension -tag:attention", ["LoRA"]),
        ("dimension year:2024", ["Attention"]),
        ("status:read", ["LoRA"]),
        ("author:hu weights", ["LoRA"]),
        ("renyi", ["A survey of surveys"]),
        ("奖励", ["强化学习笔记"]),
        ("奖难", []),
        ("survey", ["A survey of surveys"]),
        ("hacking OR position", ["强化学习笔记", "Attention"]),
        ("canary", []),
    ],
)
def test_words_find_their_notes(root: Path, query: str, titles: list[str]) -> None:
    assert sorted(found(root, query)) == sorted(titles)


def test_a_word_in_the_title_counts_more_than_one_in_the_text(root: Path) -> None:
    (root / "notes/2025-02-01-x.md").write_text(
        "---\ntitle: Elsewhere\n---\nAttention, attention, attention.\n"
    )
    assert found(root, "attention") == ["Attention", "Elsewhere"]


def test_a_slip_is_mended_and_told(root: Path) -> None:
    result = run(root, "intrinsci dimension")
    assert 'nothing has "intrinsci"; looked for "intrinsic"' in result.stderr
    assert "LoRA: Low-Rank Adaptation of Transformers" in result.stdout


def test_a_hit_says_what_it_is_and_quotes_the_text(root: Path) -> None:
    (hit,) = json.loads(run(root, "奖励", "--json").stdout)
    assert set(hit) == {"id", "title", "url", "score", "excerpt"}
    assert hit["id"] == "2024-05-01-rl" and hit["url"] == "/2024/05/rl/" and "奖励函数" in hit["excerpt"]
    text = run(root, "intrinsic").stdout
    assert "2025-01-14  LoRA" in text and "2025-01-14-lora.md:1" in text and "The intrinsic dimension" in text


def test_nothing_found_and_nothing_readable(root: Path) -> None:
    assert json.loads(run(root, "zzzzzz", "--json").stdout) == []
    assert "no notes match" in run(root, "zzzzzz").stderr
    with pytest.raises(VaultError, match="not a number or a range"):
        run(root, "year:soon")


def test_what_sqlite_would_read_as_its_own_language_is_text(root: Path) -> None:
    for query in ("NEAR(a b)", "a^2", "title:x", "*", "x' OR '1", "a%b_c", '"a - b"', "lora*"):
        assert run(root, "--json", "--", query).exit_code == 0


def test_the_limit_holds(root: Path) -> None:
    assert len(json.loads(run(root, "dimension", "--limit", "1", "--json").stdout)) == 1


@given(st.text("abc", max_size=7), st.text("abc", max_size=7))
def test_distance_is_a_distance(one: str, other: str) -> None:
    far = distance(one, other, 9)
    assert far == distance(other, one, 9) and (far == 0) == (one == other)
    assert abs(len(one) - len(other)) <= far <= max(len(one), len(other))
    assert (distance(one, other, 1) <= 1) == (far <= 1)


def test_a_swap_is_one_slip() -> None:
    assert distance("intrinsci", "intrinsic", 2) == 1
    assert distance("transfromer", "transformer", 2) == 1
