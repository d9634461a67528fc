"""What a page was made of: every way to ask a watched mapping is noted, and facts change with values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.compose.watched import ALL as STAR
from vault.compose.watched import DeafDict, Facts, Once, Reads, Watched, WatchedDict


@dataclass(frozen=True)
class Vault:
    notes: dict[str, int]
    months: dict[tuple[int, int], str]
    order: tuple[str, ...]


FIELDS = ("notes", "months", "order")
ONE: list[Callable[[Any], Any]] = [lambda d: d["a"], lambda d: d.get("a"), lambda d: "a" in d]
LOOKS: list[Callable[[Any], Any]] = [
    list,
    len,
    dict,
    sorted,
    bool,
    max,
    lambda d: d.keys(),
    lambda d: d.values(),
    lambda d: d.items(),
    lambda d: {**d},
    lambda d: d | {},
    lambda d: {} | d,
    lambda d: d.copy(),
    lambda d: d == {},
    lambda d: [*reversed(list(d))],
]


def watched(reads: Reads, *, listens: bool = True) -> Any:
    found = Watched(Vault({"a": 1, "b": 2}, {(2025, 1): "x"}, ("a",)), "vault", FIELDS, reads)
    if listens:
        found.listen()
    return found


@pytest.mark.parametrize("ask", [*ONE, *LOOKS])
def test_nothing_is_noted_before_it_is_to_listen(ask: Callable[[Any], Any]) -> None:
    reads = Reads()
    vault = watched(reads, listens=False)
    ask(vault.notes)
    assert reads.names == set()
    vault.listen()
    assert type(vault.notes) is type(vault.months) is WatchedDict
    assert isinstance(vault.notes, DeafDict)


@pytest.mark.parametrize("ask", ONE)
def test_asking_for_a_key_is_noted(ask: Callable[[Any], Any]) -> None:
    reads = Reads()
    ask(watched(reads).notes)
    assert reads.names == {"a"}


@pytest.mark.parametrize("ask", LOOKS)
def test_looking_at_all_of_a_mapping_is_noted(ask: Callable[[Any], Any]) -> None:
    reads = Reads()
    ask(watched(reads).notes)
    assert f"{STAR}vault.notes" in reads.names


def test_what_is_not_there_is_noted_as_well() -> None:
    reads = Reads()
    assert watched(reads).notes.get("c") is None
    assert watched(reads).months.get((2025, 2)) is None
    assert reads.names == {"c", "(2025, 2)"}


def test_a_field_that_is_no_mapping_is_noted_whole() -> None:
    reads = Reads()
    assert watched(reads).order == ("a",)
    assert reads.names == {f"{STAR}vault.order"}


def test_who_gets_a_shared_result_has_read_what_it_was_made_of() -> None:
    reads = Reads()
    vault, once = watched(reads), Once(reads, 10)
    for _ in range(2):
        reads.names = {"before"}
        assert once("sum", lambda: vault.notes["a"] + vault.notes["b"]) == 3
        assert reads.names == {"before", "a", "b"}


def test_what_is_shared_stays_bounded_and_right() -> None:
    once = Once(Reads(), 10, len)
    for number in range(100):
        assert once(number % 7, lambda number=number: "x" * (number % 7)) == "x" * (number % 7)
        assert sum(len(value) for value, _ in once.made.values()) <= 10 + 6


@given(
    before=st.dictionaries(st.sampled_from("abc"), st.integers(0, 2)),
    after=st.dictionaries(st.sampled_from("abc"), st.integers(0, 2)),
)
def test_facts_differ_just_where_values_do(before: dict[str, int], after: dict[str, int]) -> None:
    names = ["a", "b", "c", f"{STAR}vault.notes", f"{STAR}vault.order"]
    old, new = (
        Facts({"vault": (Vault(found, {}, tuple(found)), FIELDS)})(names) for found in (before, after)
    )
    for key in "abc":
        assert (old[key] == new[key]) == (before.get(key) == after.get(key))
    assert (old[f"{STAR}vault.notes"] == new[f"{STAR}vault.notes"]) == (
        list(before.items()) == list(after.items())
    )
    assert (old[f"{STAR}vault.order"] == new[f"{STAR}vault.order"]) == (tuple(before) == tuple(after))


def test_keys_of_other_kinds_have_facts() -> None:
    facts = Facts({"vault": (Vault({}, {(2025, 1): "x"}, ()), FIELDS)})
    assert facts(["(2025, 1)"])["(2025, 1)"] != facts(["(2025, 2)"])["(2025, 2)"] == ""


def test_a_watched_mapping_is_a_mapping() -> None:
    assert isinstance(WatchedDict({"a": 1}, "x", Reads()), dict)
