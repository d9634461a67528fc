"""Reading lists: the file is a note, and each paper on it an item of the queue."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.utils import read_fixture_file

from tests.test_parse import parsed, shown
from vault.records import Note

DATA = Path(__file__).parent / "data"
CASES = read_fixture_file(DATA / "reading-list.md")


def case(text: str) -> str:
    return "\n\n".join(shown(one) for one in parsed(text, "queue.md"))


@pytest.mark.parametrize(("line", "title", "text", "expected"), CASES, ids=[case[1] for case in CASES])
def test_a_list_is_read_as_it_was_meant(line: int, title: str, text: str, expected: str) -> None:
    assert case(text) == expected.rstrip("\n"), f"line {line}: {title}"


def notes(text: str) -> list[Note]:
    return [one.note for one in parsed(text, "queue.md")]


PAPER = "[A](https://arxiv.org/abs/2106.09685)"


@pytest.mark.parametrize(
    ("text", "is_list"),
    [
        (f"- [ ] {PAPER}\n" * 3, True),
        (f"1. [ ] {PAPER}\n" * 3, True),
        (f"- [ ] {PAPER}\n" * 2, False),
        (f"- {PAPER}\n" * 3, False),
        (f"- [ ] {PAPER}\n- [ ] {PAPER}\n- [x] milk\n", True),
        (f"- [ ] {PAPER}\n- [ ] bread\n- [x] milk\n", False),
        (f"---\ntype: reading-list\n---\n- {PAPER}\n", True),
        (f"---\ntype: note\n---\n{f'- [ ] {PAPER}' * 3}", False),
        ("---\ntype: Reading list\n---\n", True),
    ],
)
def test_what_is_a_reading_list(text: str, is_list: bool) -> None:
    assert (notes(text)[0].kind == "list") is is_list


def test_a_box_says_whether_it_is_read() -> None:
    found = notes(f"- [ ] {PAPER}\n- [x] {PAPER}\n- [X] {PAPER}\n")
    assert [one.status for one in found] == ["", "to-read", "read", "read"]


def test_a_private_list_has_private_items() -> None:
    found = notes("---\nprivate: true\n---\n" + f"- [ ] {PAPER}\n" * 3)
    assert [one.private for one in found] == [True] * 4


@given(st.lists(st.sampled_from(["- [ ] ", "- [x] "]), min_size=3, max_size=8), st.integers(0, 5))
def test_as_many_items_as_boxes_each_at_its_line(boxes: list[str], blank: int) -> None:
    text = "\n" * blank + "".join(
        f"{box}[T{n}](https://arxiv.org/abs/2106.0{1000 + n}) - why {n}\n" for n, box in enumerate(boxes)
    )
    _, *items = notes(text)
    assert [one.title for one in items] == [f"T{n}" for n in range(len(boxes))]
    assert [one.line for one in items] == [blank + 1 + n for n in range(len(boxes))]
    assert [one.why for one in items] == [f"why {n}" for n in range(len(boxes))]
    assert [one.status == "read" for one in items] == ["x" in box for box in boxes]
