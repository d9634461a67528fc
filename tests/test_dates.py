"""Dates as people write them, and the refusals."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vault import dates
from vault.problems import CODES
from vault.records import Date


def iso(date: Date | None) -> str:
    return date.iso if date else ""


def told(read: object, text: str) -> str:
    """What a reader says of a text: the ISO form, ``""`` for no date, or the code of its refusal."""
    try:
        return iso(read(text))  # type: ignore[operator]
    except dates.DateError as error:
        return error.code


# Every form, with what it is as a header value; as a heading it says the same.
FORMS = [
    ("2025-01-29", "2025-01-29"),
    ("2025-1-9", "2025-01-09"),
    ("2025/1/9", "2025-01-09"),
    ("2025.01.09", "2025-01-09"),
    ("2025–01–29", "2025-01-29"),
    ("２０２５-01-29", "2025-01-29"),
    ("20250129", "2025-01-29"),
    ("202501291030", "2025-01-29"),
    ("2024-02-29", "2024-02-29"),
    ("2000-02-29", "2000-02-29"),
    ("2026-01", "2026-01"),
    ("2026/1", "2026-01"),
    ("2026.01", "2026-01"),
    ("01/2026", "2026-01"),
    ("12-2024", "2024-12"),
    ("2025", "2025"),
    ("(2025)", "2025"),
    ("2025年", "2025"),
    ("2025年12月", "2025-12"),
    ("2025 年 12 月", "2025-12"),
    ("2025年12月3日", "2025-12-03"),
    ("2025年12月3日 星期三", "2025-12-03"),
    ("2025年12月3日（水）", "2025-12-03"),
    ("2025년 12월 3일", "2025-12-03"),
    ("12月3日", "--12-03"),
    ("--12-03", "--12-03"),
    ("29th January 2025", "2025-01-29"),
    ("29 January 2025", "2025-01-29"),
    ("29 january 2025", "2025-01-29"),
    ("the 29th of January, 2025", "2025-01-29"),
    ("1st of March 2024", "2024-03-01"),
    ("2nd Feb 2024", "2024-02-02"),
    ("3rd Sept. 2024", "2024-09-03"),
    ("22th of April", "--04-22"),
    ("21th of June 2024", "2024-06-21"),
    ("29 January", "--01-29"),
    ("29th January", "--01-29"),
    ("31st of Dec", "--12-31"),
    ("29 February", "--02-29"),
    ("29-Jan-2025", "2025-01-29"),
    ("29Jan2025", "2025-01-29"),
    ("29 Jan '25", "2025-01-29"),
    ("29-Jan-25", "2025-01-29"),
    ("29. January 2025", "2025-01-29"),
    ("January 29, 2025", "2025-01-29"),
    ("January 29 2025", "2025-01-29"),
    ("Jan. 29th, 2025", "2025-01-29"),
    ("JAN 29, 2025.", "2025-01-29"),
    ("January the 29th, 2025", "2025-01-29"),
    ("January 29", "--01-29"),
    ("May 4", "--05-04"),
    ("July 2020", "2020-07"),
    ("_July 2020_", "2020-07"),
    ("**July 2020**:", "2020-07"),
    ("July, 2020", "2020-07"),
    ("July of 2020", "2020-07"),
    ("Jul-2020", "2020-07"),
    ("NOV-24", "2024-11"),
    ("nov-99", "1999-11"),
    ("Nov '24", "2024-11"),
    ("2025 January 29", "2025-01-29"),
    ("2025-Jan-29", "2025-01-29"),
    ("2025 Jan", "2025-01"),
    ("**2025-01-29**", "2025-01-29"),
    ("`2025-01-29`", "2025-01-29"),
    ("[2025-01-29]", "2025-01-29"),
    ("<2025-01-29 Wed>", "2025-01-29"),
    ("# 2025-01-29 #", "2025-01-29"),
    ("Date: 2025-01-29", "2025-01-29"),
    ("Mon, 29 Jan 2025", "2025-01-29"),
    ("Wednesday 29 January 2025", "2025-01-29"),
    ("Wednesday, January 29, 2025", "2025-01-29"),
    ("29 January 2025 (Wed)", "2025-01-29"),
    ("January 29 (Wed), 2025", "2025-01-29"),
    ("2025-01-29, Wed.", "2025-01-29"),
    ("2025-01-29T10:00:00Z", "2025-01-29"),
    ("2025-01-29T23:59:59.999-12:00", "2025-01-29"),
    ("2025-01-29t24:00", "2025-01-29"),
    ("2025-01-29 10:00", "2025-01-29"),
    ("2025-01-29 10:00:00 +0100", "2025-01-29"),
    ("2025-01-29, 10:00 PM", "2025-01-29"),
    ("29 January 2025 at 10am", "2025-01-29"),
    ("20250129T100000Z", "2025-01-29"),
    ("Wed, 29 Jan 2025 10:00:00 +0000 (UTC)", "2025-01-29"),
    ("Wed Jan 29 10:00:00 2025 +0100", "2025-01-29"),
    ("2025-W05", "2025-01-27"),
    ("2025-W05-3", "2025-01-29"),
    ("13/02/2024", "2024-02-13"),
    ("02/13/2024", "2024-02-13"),
    ("13-02-2024", "2024-02-13"),
    ("02/02/2024", "2024-02-02"),
    ("1.2.2024", "2024-02-01"),
    ("3rd of Februry 2024", "2024-02-03"),
    ("Septmber 2024", "2024-09"),
    # a span is its start
    ("January 1 - January 7", "--01-01"),
    ("January 1 – 7, 2024", "2024-01-01"),
    ("January 1-7", "--01-01"),
    ("1st - 7th of January", "--01-01"),
    ("29-31 January 2025", "2025-01-29"),
    ("29 and 30 January 2025", "2025-01-29"),
    ("January 29 - February 4, 2024", "2024-01-29"),
    ("Jan 29–Feb 4 2024", "2024-01-29"),
    ("January 29, 2024 - February 4, 2024", "2024-01-29"),
    ("January 29, 2024 to February 4", "2024-01-29"),
    ("December 29 - January 4, 2025", "2024-12-29"),
    ("December 29 - January 4", "--12-29"),
    ("December 29, 2024 - January 4, 2025", "2024-12-29"),
    ("2024-01-01 - 2024-01-07", "2024-01-01"),
    ("2024-01-01 to 2024-01-07", "2024-01-01"),
    ("2024-01-01/2024-01-07", "2024-01-01"),
    ("Jan - Mar 2024", "2024-01"),
    ("November 2023 - January 2024", "2023-11"),
    ("2025年1月1日~1月7日", "2025-01-01"),
    ("1月1日-7日", "--01-01"),
    # refused
    ("01/02/2024", "date-ambiguous"),
    ("1-2-2024", "date-ambiguous"),
    ("2024-02-30", "date-invalid"),
    ("2023-02-29", "date-invalid"),
    ("1900-02-29", "date-invalid"),
    ("2024-13-01", "date-invalid"),
    ("2024-00-10", "date-invalid"),
    ("2024-01-00", "date-invalid"),
    ("20240231", "date-invalid"),
    ("30 February", "date-invalid"),
    ("31st of April 2024", "date-invalid"),
    ("32nd of January", "date-invalid"),
    ("0th of May", "date-invalid"),
    ("February 30, 2024", "date-invalid"),
    ("29 February 2023", "date-invalid"),
    ("31/04/2024", "date-invalid"),
    ("00/00/2024", "date-invalid"),
    ("2024年2月30日", "date-invalid"),
    ("2025-W60", "date-invalid"),
    ("30 February - 3 March", "date-invalid"),
    # no dates at all
    ("", ""),
    ("May", ""),
    ("March", ""),
    ("Wednesday", ""),
    ("May 68", ""),
    ("10:00", ""),
    ("3.14", ""),
    ("1/2", ""),
    ("24/7", ""),
    ("12", ""),
    ("2.0", ""),
    ("2106.09685", ""),
    ("2501.12345", ""),
    ("2005.14165", ""),
    ("arXiv:2501.12345", ""),
    ("12345678", ""),
    ("99999999", ""),
    ("2024-2025", ""),
    ("March to May", ""),
    ("7 January - 1 January", ""),
    ("today", ""),
    ("January 29, 2025 and later", ""),
    ("Best papers of 2024", ""),
    ("v2024.01.15", ""),
    ("1.2.3", ""),
    ("192.168.0.1", ""),
    ("Marching 4 2024", ""),
    ("x" * 5000, ""),
    ("1 " * 5000, ""),
]


def test_the_table_is_large_enough_to_speak_of_every_form() -> None:
    assert len({text for text, _ in FORMS}) == len(FORMS) >= 80


@pytest.mark.parametrize(("text", "expected"), FORMS)
def test_a_header_value_is_read_as_meant_or_refused(text: str, expected: str) -> None:
    assert told(dates.parse, text) == expected


@pytest.mark.parametrize(("text", "expected"), FORMS)
def test_a_heading_that_is_a_date_is_read_like_a_header_value(text: str, expected: str) -> None:
    assert told(dates.heading, text) == expected


@pytest.mark.parametrize(
    ("text", "in_header"),
    [
        ("2020-21", "date-invalid"),
        ("2024-13", "date-invalid"),
        ("1024", "1024"),
        ("0000", "date-invalid"),
        ("0800-12-25", "0800-12-25"),
        ("25/01/29", "date-ambiguous"),
        ("29.01.25", "2025-01-29"),
        ("13/2024", "date-invalid"),
        ("2150-01", "2150-01"),
    ],
)
def test_numbers_that_only_might_be_dates_are_dates_in_a_header_alone(text: str, in_header: str) -> None:
    assert told(dates.parse, text) == in_header
    assert told(dates.heading, text) == ""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2024-02-30", "there is no 30 February 2024"),
        ("32nd of January", "there is no 32 January"),
        ("2024-13-01", "there is no month 13"),
        ("0000-01-01", "there is no year 0000"),
        ("2024-W60", "there is no week 60 in 2024"),
        ("01/02/2024", "this may be 1 February or 2 January 2024"),
    ],
)
def test_a_refusal_says_what_is_wrong_in_plain_words(text: str, message: str) -> None:
    with pytest.raises(dates.DateError) as error:
        dates.parse(text)
    assert str(error.value) == message
    assert error.value.code in CODES


DAYS = st.dates(min_value=datetime.date(1, 1, 1)).map(lambda d: Date(d.year, d.month, d.day))
ANY = st.one_of(
    DAYS,
    DAYS.map(lambda d: Date(d.year, d.month)),
    DAYS.map(lambda d: Date(d.year)),
    DAYS.map(lambda d: Date(0, d.month, d.day)),
)


@given(ANY)
def test_parse_reads_back_every_iso_form(date: Date) -> None:
    assert dates.parse(date.iso) == date


@given(ANY)
@example(Date(0, 2, 29))
def test_what_the_site_shows_is_read_back_as_the_same_date(date: Date) -> None:
    if date.year >= 1000 or not date.year:
        assert dates.parse(dates.full(date)) == date
        assert dates.parse(dates.text(date)) == date


@given(
    DAYS.filter(lambda d: d.year >= 1000),
    st.sampled_from(["st", "nd", "rd", "th", ""]),
    st.sampled_from(["", " of"]),
)
def test_a_day_is_the_same_whatever_its_ordinal(date: Date, ordinal: str, word: str) -> None:
    assert dates.heading(f"{date.day}{ordinal}{word} {dates.month_name(date.month)} {date.year}") == date


@given(st.one_of(st.text(max_size=120), st.text("0129-/.年月日 janfebTthst:ofto~,'", max_size=20)))
@example("²2-²1")
@example("2025-01-29T")
@example("9999-W53")
def test_no_text_crashes_and_every_date_is_in_the_calendar(text: str) -> None:
    for read in (dates.parse, dates.heading):
        try:
            date = read(text)
        except dates.DateError:
            continue
        assert date is None or dates.with_year(date, date.year or 2024) is not None
    for found in (dates.loose(text), dates.from_filename(text), dates.from_folder(text)):
        assert found is None or dates.parse(found.iso) == found
    assert dates.year_in(text) == 0 or str(dates.year_in(text)) in text


@given(st.text(max_size=60))
def test_a_heading_that_is_a_date_is_the_same_date_as_a_header(text: str) -> None:
    try:
        date = dates.heading(text)
    except dates.DateError:
        return
    assert date is None or dates.parse(text) == date


# ---- a date in a longer heading --------------------------------------------------------------------

LOOSE = [
    ("Week of January 1 - January 7", "--01-01"),
    ("Week 5: January 29 - February 4, 2024", "2024-01-29"),
    ("NOV-24 Things I've Read", "2024-11"),
    ("29th January: a reading group", "--01-29"),
    ("29 January - a reading group", "--01-29"),
    ("2025-01-29 LoRA", "2025-01-29"),
    ("2025-01-29: LoRA", "2025-01-29"),
    ("Updated on 2026.06.29", "2026-06-29"),
    ("Reading group, 5 March 2024", "2024-03-05"),
    ("Reading group (5 March 2024)", "2024-03-05"),
    ("Papers of July 2020", "2020-07"),
    ("2025年12月3日论文", "2025-12-03"),
    ("论文2025年12月", "2025-12"),
    ("2025-01-29", "2025-01-29"),
    ("May 10 things", ""),
    ("Best papers of 2024", ""),
    ("2024 in review", ""),
    ("In May 2024 we met", ""),
    ("Attention", ""),
    ("Notes on 2005.14165", ""),
    ("Released 2024-02-30", ""),
    ("Sometime 01/02/2024", ""),
    ("", ""),
    ("   ", ""),
]


@pytest.mark.parametrize(("text", "expected"), LOOSE)
def test_a_longer_heading_may_open_or_end_with_a_date(text: str, expected: str) -> None:
    assert iso(dates.loose(text)) == expected


# ---- file names and folders ------------------------------------------------------------------------

NAMES = [
    ("2025-01-29-lora.md", "2025-01-29"),
    ("2025-01-29.md", "2025-01-29"),
    ("2025_01_29 lora.markdown", "2025-01-29"),
    ("2025-1-9-lora.md", "2025-01-09"),
    ("2025.01.29.md", "2025-01-29"),
    ("2025-01-29T1030 lora.md", "2025-01-29"),
    ("20250129.md", "2025-01-29"),
    ("20250129-lora.md", "2025-01-29"),
    ("202501291000 lora.md", "2025-01-29"),
    ("20250129100000.md", "2025-01-29"),
    ("2025-01 notes", "2025-01"),
    ("2025-01.md", "2025-01"),
    ("2025.md", "2025"),
    ("papers/2025/2025-01-29.md", "2025-01-29"),
    ("lora-2025-01-29.md", "2025-01-29"),
    ("lora 20250129.md", "2025-01-29"),
    ("January 29, 2025.md", "2025-01-29"),
    ("29_January_2025.md", "2025-01-29"),
    ("NOV-24.md", "2024-11"),
    ("2025年12月.md", "2025-12"),
    ("2025-W05.md", "2025-01-27"),
    ("2106.09685.md", ""),
    ("2501.12345", ""),
    ("2501.12345v2.md", ""),
    ("2005.14165.md", ""),
    ("2001.08361-scaling.md", ""),
    ("1901.02860.md", ""),
    ("2012.1234.md", ""),
    ("2024-02-30-lora.md", ""),
    ("2024-13-01-lora.md", ""),
    ("01-02-2024.md", ""),
    ("29 January.md", ""),
    ("1024.md", ""),
    ("lora.md", ""),
    ("2025 ideas.md", ""),
    ("2025 10 things.md", ""),
    ("papers_2025_01.md", ""),
    ("12345678.md", ""),
    ("00.0.md", ""),
    ("", ""),
]


@pytest.mark.parametrize(("name", "expected"), NAMES)
def test_a_file_name_gives_its_date_and_an_arxiv_id_none(name: str, expected: str) -> None:
    assert iso(dates.from_filename(name)) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("2025/01/x.md", "2025-01"),
        ("2025/01/29/x.md", "2025-01-29"),
        ("2025/x.md", "2025"),
        ("log/2025/01-January/x.md", "2025-01"),
        ("2025/January/3rd/x.md", "2025-01-03"),
        ("2025/2025-01/x.md", "2025-01"),
        ("2025-01/x.md", "2025-01"),
        ("2025-01-29/x.md", "2025-01-29"),
        ("20250129/x.md", "2025-01-29"),
        ("2025-papers/x.md", "2025"),
        ("2025/03 Diffusion/x.md", "2025"),
        ("2025/13/x.md", "2025"),
        ("2025/02/30/x.md", "2025-02"),
        ("2025/00/x.md", "2025"),
        ("papers/lora/x.md", ""),
        ("01/29/x.md", ""),
        ("2005.14165/x.md", ""),
        ("2025-01-29.md", ""),
        ("x.md", ""),
        ("", ""),
    ],
)
def test_folders_give_a_date_level_by_level(path: str, expected: str) -> None:
    assert iso(dates.from_folder(path)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Research papers: 2023", 2023),
        ("papers_2025_01.md", 2025),
        ("2025-01-29-lora", 2025),
        ("20250129", 2025),
        ("log2025.md", 2025),
        ("Research papers: 2025 (1/4)", 2025),
        ("2025, once more 2025", 2025),
        ("2024 and 2025", 0),
        ("2019-2020", 0),
        ("2005.14165", 0),
        ("arXiv:2012.12345v1", 0),
        ("$2000", 0),
        ("12025", 0),
        ("20251", 0),
        ("1,999 things", 0),
        ("3024", 0),
        ("1850", 0),
        ("no year", 0),
    ],
)
def test_a_lone_plausible_year_is_found(text: str, expected: int) -> None:
    assert dates.year_in(text) == expected


# ---- what a date says ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "short", "text", "full"),
    [
        (Date(2025, 1, 14), "14 Jan", "14 Jan 2025", "14 January 2025"),
        (Date(2025, 9), "Sep", "Sep 2025", "September 2025"),
        (Date(2025), "2025", "2025", "2025"),
        (Date(0, 1, 4), "4 Jan", "4 Jan", "4 January"),
    ],
)  # fmt: skip
def test_dates_are_shown_in_three_lengths(date: Date, short: str, text: str, full: str) -> None:
    assert (dates.short(date), dates.text(date), dates.full(date)) == (short, text, full)


@given(st.lists(DAYS))
def test_sort_keys_put_days_in_calendar_order(days: list[Date]) -> None:
    assert [d.iso for d in sorted(days, key=dates.sort_key)] == sorted(d.iso for d in days)


def test_less_precise_dates_come_before_their_days_and_no_date_first() -> None:
    written = [Date(2025, 2), Date(2025, 1, 1), Date(2025, 1), Date(2025), Date(2024, 12, 31), None]
    assert sorted(written, key=dates.sort_key) == list(reversed(written))


@pytest.mark.parametrize(
    ("a", "b", "days"),
    [
        (Date(2025, 1, 1), Date(2025, 1, 29), 28),
        (Date(2025, 1, 29), Date(2025, 1, 1), -28),
        (Date(2024, 2, 28), Date(2024, 3, 1), 2),
        (Date(2025, 1), Date(2025, 1, 29), 28),
        (Date(2024), Date(2025), 366),
        (Date(0, 1, 29), Date(2025, 1, 29), None),
        (Date(2025, 1, 29), Date(0, 1, 29), None),
    ],
)
def test_days_between_count_from_the_first_day_of_what_is_not_given(
    a: Date, b: Date, days: int | None
) -> None:
    assert dates.days_between(a, b) == days


def test_a_day_without_a_year_takes_one_unless_it_has_no_such_day() -> None:
    assert dates.with_year(Date(0, 2, 29), 2024) == Date(2024, 2, 29)
    with pytest.raises(dates.DateError, match="there is no 29 February 2023"):
        dates.with_year(Date(0, 2, 29), 2023)


def test_month_names() -> None:
    assert [dates.month_name(n) for n in (1, 5, 12)] == ["January", "May", "December"]


# ---- public material -------------------------------------------------------------------------------


def test_every_day_heading_of_a_public_log_is_a_date(corpora: Path) -> None:
    unread, read = [], 0
    for path in sorted((corpora / "log-autonomous-agents").rglob("*.md")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("#### ") and re.match(r"#### +[0-9]", line):
                read += 1
                if not dates.heading(line[5:]):
                    unread.append(line)
    assert read > 590
    assert unread == []


def test_every_bold_date_of_a_public_table_is_a_date(corpora: Path) -> None:
    text = (corpora / "tables-cv-arxiv-daily" / "README.md").read_text(encoding="utf-8")
    cells = re.findall(r"^\|(\*\*[^|]*\*\*)\|", text, re.MULTILINE)
    assert len(cells) > 5000
    assert [cell for cell in cells if not dates.parse(cell)] == []
