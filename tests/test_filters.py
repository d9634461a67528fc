"""Filters of the queue and of the papers table: menus that have something to choose between."""

from __future__ import annotations

from tests.build_catalog import Site, catalog, note
from vault.compose import filters
from vault.records.views import Choice

SCOPE = Site(catalog(note("x", "X", "2025-01-01"))).map.scope


def named(choices: tuple[Choice, ...]) -> dict[str, list[str]]:
    return {choice.name: [value for value, _ in choice.options] for choice in choices}


def test_the_queue_offers_what_its_rows_have() -> None:
    page = Site(
        catalog(
            note("now", date="2026-11-01", status="reading", tags=("rl",)),
            note("old", date="2024-01-01", status="to-read", words=0, priority=1, tags=("rl/deep", "Eval")),
            note("new", date="2026-11-10", status="to-read", words=0, priority=2),
        )
    ).view("queue/")
    assert named(page.filters) == {
        "status": ["to-read", "reading"],
        "tag": ["eval", "rl", "rl/deep"],
        "priority": ["1", "2", "3"],
        "age": ["-31", "31", "183", "365"],
    }
    assert dict(page.filters[1].options) == {"eval": "eval (1)", "rl": "rl (2)", "rl/deep": "rl/deep (1)"}
    rows = {str(row.title): (row.priority, row.days) for group in page.groups for row in group.rows}
    assert rows == {"now": (3, 19), "old": (1, 1054), "new": (2, 10)}


def test_a_menu_with_one_option_is_left_out() -> None:
    page = Site(catalog(note("only", date="2026-11-19", status="to-read", words=0))).view("queue/")
    assert page.filters == ()


def test_the_papers_table_offers_years_states_and_tags() -> None:
    page = Site(
        catalog(
            note("a", date="2026-01-01", paper="2106.09685", year=2021, status="read", tags=("x",)),
            note("b", date="2026-01-02", paper="1706.03762", year=2017, status="skimmed", tags=("x/y", "x")),
            note("c", date="2026-01-03", paper="1901.00001", status="read"),
        )
    ).view("papers/")
    assert named(page.filters) == {
        "status": ["skimmed", "read"],
        "tag": ["x", "x/y"],
        "year": ["2021", "2017"],
    }
    assert dict(page.filters[1].options)["x"] == "x (2)", "a row counts once for a tag and its child"
    assert {row.id_text: row.tags for row in page.rows}["1706.03762"] == ("x/y", "x")


def test_spellings_of_a_tag_are_one_option() -> None:
    assert filters.tags(SCOPE, [("RL/a",), ("rl/b",), ("rl",)]).options == (
        ("RL", "RL (3)"),
        ("RL/a", "RL/a (1)"),
        ("rl/b", "rl/b (1)"),
    )


def test_an_age_that_all_or_none_have_is_no_choice() -> None:
    assert filters.ages(SCOPE, [1, 2]).options == ()
    assert filters.ages(SCOPE, [-1, 400]).options == ()
    assert [value for value, _ in filters.ages(SCOPE, [10, 40]).options] == ["-31", "31"]
