"""The room ``records``: values, and how they are written."""

from __future__ import annotations

import gc
import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vault.records import Date, Note, json_of
from vault.records.base import HELD


def test_a_record_is_nothing_the_garbage_collector_looks_at() -> None:
    assert not gc.is_tracked(Date(2025))


rows = st.recursive(
    st.none() | st.integers(-9, 9) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=9,
)


@example([1] * HELD)
@example([{"a": [n]} for n in range(2 * HELD + 1)])
@given(st.lists(rows, max_size=4))
def test_an_array_written_item_by_item_is_the_array(items: list[Any]) -> None:
    def told(value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"

    assert json_of(iter(items)) == told(items)
    assert json_of({"a": 1, "rows": iter(items), "z": []}) == told({"a": 1, "rows": items, "z": []})


@pytest.mark.parametrize(
    ("words", "length"),
    [
        (0, 0),
        (3, 3),
        (7, 10),
        (94, 90),
        (96, 100),
        (100, 100),
        (124, 100),
        (126, 150),
        (812, 800),
        (4999, 5000),
    ],
)
def test_a_length_is_told_in_steps(words: int, length: int) -> None:
    assert Note("a", "a.md", 1, "note", "A", "A", words=words).length == length
