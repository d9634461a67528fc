"""Dated logs: cut at their dates, every linked title an entry, every line in some entry."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.utils import read_fixture_file

from tests.test_parse import parsed, shown
from vault import papers
from vault.parse import piece, split
from vault.parse.context import Context, context_of
from vault.parse.lines import is_rule
from vault.records import Parsed, Piece, Source

DATA = Path(__file__).parent / "data"
CASES = read_fixture_file(DATA / "log.md")


def case(text: str) -> str:
    head, _, rest = text.partition("\n")
    path, body = (head[6:], rest) if head.startswith("path: ") else ("log.md", text)
    return "\n\n".join(shown(one) for one in parsed(body, path))


@pytest.mark.parametrize(("line", "title", "text", "expected"), CASES, ids=[case[1] for case in CASES])
def test_a_log_is_read_as_it_was_meant(line: int, title: str, text: str, expected: str) -> None:
    assert case(text) == expected.rstrip("\n"), f"line {line}: {title}"


def pieces(text: str, path: str = "log.md") -> tuple[Piece, ...]:
    return split(Source(path, text, ""))


def entries(text: str, path: str = "log.md") -> list[Parsed]:
    return [one for one in parsed(text, path) if one.note.kind == "entry"]


# What is a log

TWO = "# 1 May 2024\n\na\n\n# 2 May 2024\n\nb\n"


@pytest.mark.parametrize(
    ("text", "is_log"),
    [
        (TWO, True),
        ("---\ntags: [x]\n---\n" + TWO, True),
        ("---\ntype: log\n---\nwords\n", True),
        ("---\ntype: Reading Log\n---\n# 1 May 2024\n", True),
        ("# 1 May 2024\n\na\n", False),
        ("---\narxiv: 2106.09685\n---\n" + TWO, False),
        ("---\narxiv: 2106.09685\ntype: log\n---\n" + TWO, True),
        ("---\ntype: note\n---\n" + TWO, False),
        ("# 2017\n\na\n\n# 2018\n\nb\n", False),
        ("# 1. One\n\n# 2. Two\n", False),
        ("```\n" + TWO + "```\n", False),
        ("<!--\n" + TWO + "-->\n", False),
        ("**1 May 2024**\n\na\n\n**2 May 2024**\n\nb\n", True),
        ("1 May 2024\n==========\n\na\n\n2 May 2024\n---\n\nb\n", True),
        ("## Week of January 1 - January 7\n\na\n\n## Week of January 8 - January 14\n\nb\n", True),
        ("## 2024-05-01: one\n\na\n\n## 2024-05-02: two\n\nb\n", True),
        ("## NOV-24 things\n\na\n\n## DEC-24 things\n\nb\n", True),
        ("# 2025年12月\n\na\n\n# 2025年11月\n\nb\n", True),
        ("# 30 February 2024\n\na\n\n# 31 February 2024\n\nb\n", True),
        ("## Results of 1 May\n\na\n\n## Results of 2 May\n\nb\n", False),
    ],
)
def test_what_is_a_log(text: str, is_log: bool) -> None:
    assert (pieces(text)[0].context != b"") is is_log


@pytest.mark.parametrize(
    ("path", "text", "iso"),
    [
        ("log.md", "# 29th January\n\na\n\n# 30th January\n\nb", ["--01-29", "--01-30"]),
        ("2025.md", "# 29th January\n\na\n\n# 30th January\n\nb", ["2025-01-29", "2025-01-30"]),
        ("2025/log.md", "# 29th January\n\na\n\n# 30th January\n\nb", ["2025-01-29", "2025-01-30"]),
        (
            "log.md",
            "---\ntitle: Log of 2024\n---\n# 1 May\n\na\n\n# 2 May\n\nb",
            ["2024-05-01", "2024-05-02"],
        ),
        ("log.md", "# Reading 2024\n\n## 1 May\n\na\n\n## 2 May\n\nb", ["2024-05-01", "2024-05-02"]),
        ("2020.md", "# 2023\n## 1 May\n\na\n\n# 2024\n## 2 May\n\nb", ["2023-05-01", "2024-05-02"]),
        ("2020.md", "# 30 December 2023\n\na\n\n# 1 May\n\nb", ["2023-12-30", "2023-05-01"]),
        (
            "log.md",
            "## 29th January\n\na\n\n## 18th March 2025\n\nb\n\n### 19th March\n\nc",
            ["--01-29", "2025-03-18", "2025-03-19"],
        ),
        ("log.md", "# January 2024\n\n## 1 January\n\na\n\n# February 2024\n\nb", ["2024-01-01", "2024-02"]),
        ("2023.md", "# 29 February\n\na\n\n# 1 March\n\nb", ["--02-29", "2023-03-01"]),
    ],
)
def test_years_come_from_the_nearest_place_that_names_one(path: str, text: str, iso: list[str]) -> None:
    assert [one.note.date.iso for one in entries(text, path) if one.note.date] == iso


# Entries


def titles(text: str) -> list[tuple[str, str]]:
    body = f"---\ntype: log\n---\n# 1 May 2024\n\n{text}\n"
    return [(one.note.title, one.note.papers[0].value if one.note.papers else "") for one in entries(body)]


ID = "2106.09685"
URL = f"https://arxiv.org/abs/{ID}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"[LoRA]({URL})\n\n- a", [("LoRA", ID)]),
        (f"**[LoRA]({URL})**\n- a", [("LoRA", ID)]),
        (f"## [LoRA]({URL})\n\na", [("LoRA", ID)]),
        (f"### [LoRA]({URL}) (ICLR 2022)\n\na", [("LoRA", ID)]),
        (f"[LoRA]({URL})\nand more words", [("LoRA", ID)]),
        (f"[LoRA\nagain]({URL})\n\na", [("LoRA again", ID)]),
        (f"[LoRA][l]\n\na\n\n[l]: {URL}", [("LoRA", ID)]),
        (f"LoRA: low rank\nPaper - {URL}\n\na", [("LoRA: low rank", ID)]),
        (f"**LoRA: low rank**\n\nPaper: [arXiv]({URL})\n\na", [("LoRA: low rank", ID)]),
        (f"## LoRA: low rank\n\nPaper - <{URL}>\n\na", [("LoRA: low rank", ID)]),
        (f"## LoRA: low rank\n\nSome words.\n\npaper: {URL}", [("LoRA: low rank", ID)]),
        (f"LoRA: low rank - {URL}\n\na", [("LoRA: low rank", ID)]),
        (f"{URL}\n\na", [(f"arXiv:{ID}", ID)]),
        (f"[]({URL})\n\na", [(f"arXiv:{ID}", ID)]),
        ("[LoRA: low rank]()\n\na", [("LoRA: low rank", "")]),
        (f"LoRA: low-rank](http://arxiv.org/abs/{ID}v1)\n\na", [("LoRA: low-rank", ID)]),
        (
            f"[LoRA]({URL})\n---\n[A post](https://example.org/post)\n---\n",
            [("LoRA", ID), ("A post", "https://example.org/post")],
        ),
        (
            f"- [LoRA]({URL}): good\n- [BERT](https://arxiv.org/abs/1810.04805)",
            [("LoRA", ID), ("BERT", "1810.04805")],
        ),
        (f"- LoRA - {URL}\n- b", [("LoRA", ID)]),
        (f"Words first.\n\n- [LoRA]({URL})", [("1 May 2024", "")]),
        (f"[LoRA]({URL})\n\n- [BERT](https://arxiv.org/abs/1810.04805)", [("LoRA", ID)]),
        (
            f"[LoRA]({URL})\n\n[Code](https://example.org/code)\n\n[PDF](https://example.org/a.pdf)",
            [("LoRA", ID)],
        ),
        (f"[LoRA]({URL})\n\nI liked this.\n\nPaper: https://arxiv.org/abs/1810.04805", [("LoRA", ID)]),
        (f"> [LoRA]({URL})", [("1 May 2024", "")]),
        (f"```\n[LoRA]({URL})\n```", [("1 May 2024", "")]),
        (f"See [LoRA]({URL}) for more.", [("1 May 2024", "")]),
        ("[LoRA](https://arxiv.org/abs/2106.09685v1v1)", [("LoRA", "")]),
        ("---\n\n***", []),
        ("<div id='top'></div>", []),
    ],
)
def test_what_opens_an_entry(text: str, found: list[tuple[str, str]]) -> None:
    assert titles(text) == found


def test_a_checkbox_says_whether_it_was_read() -> None:
    body = f"---\ntype: log\n---\n# 1 May 2024\n\n- [ ] [A]({URL})\n- [x] [B](https://arxiv.org/abs/1810.04805)\n"
    assert [one.note.status for one in entries(body)] == ["to-read", "read"]


def test_entries_take_over_what_the_log_says_and_nothing_of_its_paper() -> None:
    body = f"---\ntype: log\ntags: [daily]\nprivate: true\nlang: de\n---\n# 1 May 2024\n\n[A]({URL})\n\n#own words\n"
    (found,) = entries(body)
    assert found.note.tags == ("daily", "own")
    assert (found.note.private, found.note.lang, found.note.log) == (True, "de", "log")


def test_the_log_itself_is_what_stands_before_its_first_date() -> None:
    first = parsed("# My log\n\nHello.\n\n## 1 May 2024\n\na\n\n## 2 May 2024\n\nb\n")[0]
    assert (first.note.kind, first.note.title, first.text.strip()) == ("log", "My log", "Hello.")


def test_a_higher_heading_ends_the_dated_part() -> None:
    found = entries("# Log\n\n## 1 May 2024\n\na\n\n## 2 May 2024\n\nb\n\n# Appendix\n\nc\n\n## More\n\nd\n")
    assert [(one.note.title, one.note.date and one.note.date.iso) for one in found] == [
        ("1 May 2024", "2024-05-01"),
        ("2 May 2024", "2024-05-02"),
        ("Appendix", None),
    ]


def test_an_impossible_day_is_told_at_its_line() -> None:
    found = entries("# 1 May 2024\n\na\n\n# 30 February 2024\n\nb\n\nc\n")
    assert [(p.code, p.line) for one in found for p in one.note.problems] == [("date-invalid", 5)]


# One change, one piece

DAYS = [
    f"## {day} May\n\n[Paper {day}](https://arxiv.org/abs/2106.0968{day})\n\n- words\n" for day in range(1, 9)
]
LOG = "---\ntags: [daily]\n---\n# Log 2024\n\n" + "\n".join(DAYS)


def keys(text: str) -> list[tuple[str, bytes]]:
    return [(part.text, part.context) for part in pieces(text)]


def test_a_change_in_one_section_changes_one_piece() -> None:
    before = keys(LOG)
    for changed in (
        LOG.replace("- words", "- words\n- more words", 1),
        LOG.replace("Paper 4", "Paper four"),
        LOG.replace("## 8 May", "## 9 May"),
    ):
        assert sum(a != b for a, b in zip(before, keys(changed), strict=True)) == 1


def test_a_section_more_is_a_piece_more() -> None:
    before, after = keys(LOG), keys(LOG + "\n## 10 May\n\nnew\n")
    assert len(after) == len(before) + 1
    assert [part for part in after if part not in before] == [after[-1]] or after[-2][0].strip() == before[
        -1
    ][0].strip()


def test_every_piece_says_where_it_stands() -> None:
    for part in pieces(LOG)[1:]:
        assert LOG.split("\n")[part.line - 1] == part.text.split("\n")[0]
        context = context_of(part.context)
        assert isinstance(context, Context)
        assert (context.year, context.tags, context.log) == (2024, ("daily",), "log")


# Nothing is lost

WORD = st.text("abcdefgh", min_size=3, max_size=8)
LINE = st.one_of(
    WORD.map(lambda w: f"{w} words\n"),
    WORD.map(lambda w: f"- {w}\n"),
    WORD.map(lambda w: f"  - {w}\n"),
    WORD.map(lambda w: f"- [ ] {w}\n"),
    WORD.map(lambda w: f"## {w}\n"),
    WORD.map(lambda w: f"> {w}\n"),
    WORD.map(lambda w: f"```\n{w}\n```\n"),
    st.tuples(WORD, st.integers(1000, 9999)).map(lambda p: f"[{p[0]}](https://arxiv.org/abs/2106.0{p[1]})\n"),
    st.tuples(WORD, st.integers(1000, 9999)).map(
        lambda p: f"- [{p[0]}](https://arxiv.org/abs/2106.0{p[1]}) rest\n"
    ),
    st.tuples(WORD, st.integers(1000, 9999)).map(
        lambda p: f"### [{p[0]}](https://arxiv.org/abs/2106.0{p[1]}) rest\n"
    ),
    WORD.map(lambda w: f"{w}: {w} - https://arxiv.org/abs/2106.09685\n"),
    WORD.map(lambda w: f"[{w}](https://example.org/{w})\n"),
    st.sampled_from(["---\n", "\n", "\n\n", "Paper - https://arxiv.org/abs/2106.09685\n"]),
)
SECTIONS = st.lists(st.lists(LINE | st.just("\n"), max_size=8).map("".join), min_size=2, max_size=4)


@settings(max_examples=200)
@given(SECTIONS)
def test_every_line_under_a_date_is_in_some_entry(sections: list[str]) -> None:
    text = "".join(f"# {day} May 2024\n\n{section}\n" for day, section in enumerate(sections, 1))
    kept = " ".join(f"{one.note.title} {one.text}" for one in entries(text))
    for section in sections:
        for line in section.split("\n"):
            if is_rule(line) or line.startswith(("Paper - ", "```")):
                continue
            bare = re.sub(r"\]\([^)]*\)|https?://\S+", " ", line)
            for word in re.findall(r"[a-z]+", bare):
                assert word in kept, (word, line)


# Real logs


def test_a_small_real_log(samples: Path) -> None:
    found = entries((samples / "dated-log.md").read_text(encoding="utf-8"), "2025/log.md")
    assert [one.note.date.iso for one in found if one.note.date] == [
        *["2025-01-26", "2025-01-29", "2025-01-30", "2025-01-31"],
        "2025-03-18",
    ]
    assert all(one.note.papers and one.note.words for one in found)
    assert found[1].note.nickname == "LoRA"


@pytest.mark.parametrize("name", ["README.md", "resources/Autonomous_Agents_Research_Papers_2023.md"])
def test_the_papers_of_a_long_real_log_are_entries(corpora: Path, name: str) -> None:
    text = (corpora / "log-autonomous-agents" / name).read_text(encoding="utf-8").replace("\r\n", "\n")
    wanted = {
        p.key
        for url in re.findall(r"https?://[^\s)>\]]+", text)
        if (p := papers.identify_url(url)) and p.scheme == "arxiv"
    }
    notes = [one.note for part in pieces(text, name) for one in piece(part)]
    found = {paper.key for one in notes if one.kind == "entry" and one.date for paper in one.papers}
    assert len(wanted & found) >= 0.95 * len(wanted)
    assert sum(one.date is None for one in notes if one.kind == "entry") <= 1


def test_links_behind_a_title_in_a_list_say_which_paper_it_is() -> None:
    text = (
        "# 2017-11\n\n- First study [[link](https://arxiv.org/abs/1710.09553)] [[notes](first.md)]\n"
        "- Second study [[link]](http://arxiv.org/abs/1607.02173)\n"
        "- [Third study](https://example.org/third.html) [[arXiv](https://arxiv.org/abs/1801.06146)]\n\n"
        "# 2017-10\n\n- [Fourth study](fourth.md)[[arXiv](https://arxiv.org/abs/1409.3215)]\n- A talk [[notes](talk.md)]\n"
    )
    found = [(one.note.title, [paper.key for paper in one.note.papers][:1]) for one in entries(text)]
    assert ("First study", ["arxiv:1710.09553"]) in found
    assert ("Second study", ["arxiv:1607.02173"]) in found
    assert ("Third study", ["arxiv:1801.06146"]) in found
    assert ("Fourth study", ["arxiv:1409.3215"]) in found
    assert "A talk" not in [title for title, _ in found]


def test_a_hosted_note_is_no_paper_and_any_other_page_is_one() -> None:
    hosted = "https://github.com/me/notes/blob/main/2024/first.md"
    text = f"# 2017-11-02\n\n[First study]({hosted}#top)\n\nWords.\n\n[A post](https://example.org/post)\n\nWords.\n\n# 2017-11-01\n"
    found = {one.note.title: [paper.key for paper in one.note.papers] for one in entries(text)}
    assert found["First study"] == [] and found["A post"] == ["url:https://example.org/post"]
