"""The room ``records``: values, and how they are written."""

from __future__ import annotations

import gc
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from vault.records import Date, json_of


def test_a_record_is_nothing_the_garbage_collector_looks_at() -> None:
    assert not gc.is_tracked(Date(2025))


rows = st.recursive(
    st.none() | st.integers(-9, 9) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=9,
)


@given(st.lists(rows, max_size=4))
def test_an_array_written_item_by_item_is_the_array(items: list[Any]) -> None:
    def told(value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"

    assert json_of(iter(items)) == told(items)
    assert json_of({"a": 1, "rows": iter(items), "z": []}) == told({"a": 1, "rows": items, "z": []})
