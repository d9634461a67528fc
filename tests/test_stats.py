"""The statistics: what is counted, and that every chart says its numbers."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.build_catalog import Site, catalog, note
from vault.compose import calendars, counting
from vault.records import Date, Settings
from vault.tongue import ENGLISH


def stats(*notes: Any, **more: Any) -> Any:
    return Site(catalog(*notes), **more).view("stats/")


def chart(page: Any, anchor: str) -> list[tuple[str, int]]:
    return next(
        ([(bar.label, bar.count) for bar in each.bars] for each in page.charts if each.anchor == anchor), []
    )


@given(st.lists(st.integers(1, 40), min_size=1))
def test_the_shades_ascend_from_one_and_the_largest_day_has_the_last(counts: list[int]) -> None:
    found = calendars.bounds(counts)
    assert found[0] == 1 and list(found) == sorted(set(found)) and len(found) <= 4
    assert found[-1] <= max(counts)
    assert [shade for shade, _ in calendars.labels(ENGLISH, found)][-1] == 4


@given(st.integers(1990, 2060))
def test_a_calendar_has_every_day_of_its_year_once(year: int) -> None:
    days = calendars.Days(Counter({date(year, 2, 28): 2}), (1, 2), date(year, 12, 31))
    made = calendars.calendar(ENGLISH, days, year, "", {2: "x"})
    cells = [cell for _, row in made.days for cell in row if cell.level >= 0]
    assert len(cells) == (date(year + 1, 1, 1) - date(year, 1, 1)).days
    assert [cell.text for cell in cells if cell.text] == ["2 notes, 28 February"]
    assert sum(span for _, _, span in made.months) == len(made.days[0][1])
    assert [label for label, _, _ in made.months] == [
        "Jan",
        "Feb",
        "Mar",
        "Apr",
        "May",
        "Jun",
        "Jul",
        "Aug",
        "Sep",
        "Oct",
        "Nov",
        "Dec",
    ]
    assert made.total == 2


def test_a_calendar_ends_with_today_but_for_what_is_dated_ahead() -> None:
    notes = (note("a", date="2026-11-20"), note("b", date="2026-12-01"), note("c", date="2026-03"))
    (year,) = stats(*notes).calendars
    cells = [cell for _, row in year.days for cell in row]
    assert [cell.text for cell in cells if cell.text] == ["1 note, 1 December", "1 note, 20 November"]
    assert sum(cell.level >= 0 for cell in cells) == 324 + 1


def test_years_come_newest_first_and_months_lead_to_the_archive() -> None:
    page = stats(note("a", date="2024-02-03"), note("b", date="2026-01-05"))
    assert [(year.year, year.total) for year in page.calendars] == [("2026", 1), ("2024", 1)]
    assert [href for _, href, _ in page.calendars[1].months if href] == ["../archive/2024/02/index.html"]


def test_papers_per_month_end_with_this_one_and_count_a_paper_once() -> None:
    page = stats(
        note("a", date="2026-11-01", paper="2401.00001"),
        note("b", date="2026-11-02", paper="2401.00001"),
        note("c", date="2025-12-02", paper="2401.00002"),
        note("d", date="2025-11-30", paper="2401.00003"),
    )
    months = chart(page, "months")
    assert (months[0], months[-1], len(months)) == (("December 2025", 1), ("November 2026", 1), 12)


def test_states_ratings_and_venues_are_counted() -> None:
    page = stats(
        note("a", status="read", rating=4.5, paper="2401.00001", venue="NeurIPS 2021 Datasets", year=2021),
        note("b", status="read", rating=2, paper="2401.00002", venue="NeurIPS 2025 Datasets", year=2025),
        note("c", status="dropped"),
        note("l#i", kind="item", status="to-read", log="l"),
    )
    assert chart(page, "status") == [("Read", 2), ("To read", 1), ("Dropped", 1)]
    assert chart(page, "ratings") == [
        ("5 of 5", 0), ("4.5 of 5", 1), ("4 of 5", 0), ("3 of 5", 0), ("2 of 5", 1), ("1 of 5", 0),
    ]  # fmt: skip
    assert chart(page, "venues") == [("NeurIPS Datasets", 2)]


def test_the_way_from_added_to_read_is_measured_where_both_are_known() -> None:
    page = stats(
        note("a", date="2026-01-11", status="read", added="2026-01-01"),
        note("b", date="2026-01-01", status="read", added="2026-01-01", read="2026-03-02"),
        note("c", date="2026-01-01", status="read"),
        note("d", date="2026-01-01", status="to-read", added="2025-01-01", words=0),
    )
    assert dict(chart(page, "waits")) == {
        "the same day": 0, "within a week": 0, "within a month": 1, "within three months": 1, "within a year": 0, "longer": 0,
    }  # fmt: skip
    figures = dict(page.figures)
    assert figures["median days from added to read"] == "35"
    assert (figures["papers waiting"], figures["median days waiting"]) == ("1", "688")


@given(st.lists(st.integers(0, 2000), min_size=1))
def test_every_paper_is_in_one_span_of_time(days: list[int]) -> None:
    assert sum(number for _, number in counting.spans(ENGLISH, days)) == len(days)


def test_an_unpublished_queue_is_not_told_of() -> None:
    waits = note("d", date="2026-01-01", status="to-read", words=0)
    assert (
        dict(stats(waits, settings=Settings(queue_publish=False)).figures)
        .keys()
        .isdisjoint({"papers waiting", "median days waiting"})
    )


def test_published_years_stand_against_years_of_reading() -> None:
    notes = [
        note(f"n{n}", date=f"{2020 + n % 3}-01-01", status="read", paper=f"2401.{n:05}", year=2019 - n)
        for n in range(14)
    ]
    (table,) = (cross for cross in stats(*notes).crosses if cross.anchor == "published")
    assert table.columns == ("2020", "2021", "2022")
    assert [label for label, _, _ in table.rows] == [*map(str, range(2019, 2008, -1)), "to 2008"]
    assert sum(number for _, _, cells in table.rows for number, _ in cells) == 14
    assert max(share for _, _, cells in table.rows for _, share in cells) == 100


def test_many_years_of_reading_are_cut_to_the_newest() -> None:
    pairs = [("a", year) for year in range(2015, 2026)]
    table = counting.cross(ENGLISH, pairs, ("a",), anchor="x", label="", note="", head="")
    assert table and table.columns == ("to 2019", "2020", "2021", "2022", "2023", "2024", "2025")
    assert [number for number, _ in table.rows[0][2]] == [5, 1, 1, 1, 1, 1, 1]


@pytest.mark.parametrize(("numbers", "middle"), [((), None), ((3,), 3), ((1, 9), 5), ((9, 1, 2), 2)])
def test_the_median_is_the_middle(numbers: tuple[int, ...], middle: float | None) -> None:
    assert counting.median(numbers) == middle


def test_an_empty_vault_has_nothing_to_count() -> None:
    page = stats()
    assert (page.total, page.calendars, page.charts, page.crosses) == (0, (), (), ())


def test_today_moves_the_months_and_the_ages() -> None:
    waits = note("d", date="2026-01-01", status="to-read", words=0)
    assert dict(stats(waits, today=Date(2026, 1, 3)).figures)["median days waiting"] == "2"
