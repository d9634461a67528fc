"""Headers: what people write is read as they meant it, or told at its line, and nothing is lost."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.utils import read_fixture_file

from vault.frontmatter import FIELDS, read, split
from vault.frontmatter.authors import authors
from vault.frontmatter.names import known, likely
from vault.frontmatter.values import priority, rating, status, tags, truth, year
from vault.frontmatter.yaml_events import DEPTH, SIZE
from vault.problems import CODES
from vault.records import Header, Problem

DATA = Path(__file__).parent / "data"
CASES = read_fixture_file(DATA / "frontmatter.md")
RAW = ("date", "added", "started", "read", "updated", "paper", "arxiv", "doi")


def shown(header: Header, body: str, line: int, problems: tuple[Problem, ...]) -> str:
    """A header in lines: typed values, raw fields with their place, extra, Problems, the body."""
    lines = [f"{header.kind or 'no header'}"]
    for name in Header.__struct_fields__:
        value = getattr(header, name)
        if name in ("kind", "fields", "extra") or not value:
            continue
        lines.append(f"{name}: {' | '.join(value) if isinstance(value, tuple) else value}")
    lines += [f"{f.name} {f.line}:{f.column} {' | '.join(f.items)}" for f in header.fields if f.name in RAW]
    lines += [f"extra {key}: {text}" for key, text in header.extra]
    lines += [f"! {p.line}:{p.column} {p.code}{' fixable' if p.fixable else ''}" for p in problems]
    return "\n".join([*lines, f"body {line}: {body.strip()}"])


def case(text: str) -> str:
    return shown(*read(text, "note.md"))


@pytest.mark.parametrize(("line", "title", "text", "expected"), CASES, ids=[case[1] for case in CASES])
def test_a_header_is_read_as_it_was_meant(line: int, title: str, text: str, expected: str) -> None:
    assert case(text) == expected.rstrip("\n"), f"line {line}: {title}"


def test_every_spelling_leads_to_its_field() -> None:
    for name, words in FIELDS.items():
        for word in words:
            for spelled in (word, word.upper(), word.replace("_", "-"), word.replace("_", " ").title()):
                assert known(spelled) == name


@pytest.mark.parametrize(
    ("typed", "meant"), [("tilte", "title"), ("ratng", "rating"), ("athors", "authors"), ("venues", "venue")]
)
def test_a_slip_of_one_letter_is_recognised(typed: str, meant: str) -> None:
    assert likely(typed) == meant


@pytest.mark.parametrize("word", ["language", "lead", "notebook", "x", "cover", "weight"])
def test_other_words_are_no_slips(word: str) -> None:
    assert likely(word) == ""


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ada One and Bo Two", ["Ada One", "Bo Two"]),
        ("Ada One, Bo Two", ["Ada One", "Bo Two"]),
        ("Ada One, Bo Two, and Cy Three", ["Ada One", "Bo Two", "Cy Three"]),
        ("One, Ada and Two, Bo", ["Ada One", "Bo Two"]),
        ("One, Ada B. and Two, Bo and others", ["Ada B. One", "Bo Two", "et al."]),
        ("Ada One et al.", ["Ada One", "et al."]),
        ("Ada One, et al", ["Ada One", "et al."]),
        ("One, A., Two, B. C.", ["A. One", "B. C. Two"]),
        ("One, Ada; Two, Bo", ["Ada One", "Bo Two"]),
        ("Ada One*, Bo Two†, Cy Three1", ["Ada One", "Bo Two", "Cy Three"]),
        ("Ada One & Bo Two", ["Ada One", "Bo Two"]),
        ("One, Two and Three", ["One", "Two", "Three"]),
        ("One, Ada and Bo Two", ["Ada One", "Bo Two"]),
        ("Ada One, Jr. and Bo Two", ["Ada One Jr.", "Bo Two"]),
        ("Sandy Andersen and Brandon Rand", ["Sandy Andersen", "Brandon Rand"]),
        ("王一、李二", ["王一", "李二"]),
        ("", []),
    ],
)
def test_one_text_of_authors_in_every_form(text: str, names: list[str]) -> None:
    assert list(authors((text,))) == names


def test_a_list_of_authors_keeps_its_items_and_turns_reversed_names() -> None:
    assert authors(("One, Ada", "Bo Two", "Bo Two", "et al.")) == ("Ada One", "Bo Two", "et al.")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *[
            ("4", 4),
            ("4/5", 4),
            ("8/10", 4),
            ("7/10", 3.5),
            ("4.5", 4.5),
            ("4,5", 4.5),
            ("3½", 3.5),
            ("0", 0),
        ],
        *[("★★★★☆", 4), ("⭐⭐⭐", 3), ("****", 4), ("4 stars", 4), ("90/100", 4.5), ("4.3", 4.5)],
        *[("7", None), ("6/5", None), ("good", None), ("", None), ("4/0", None)],
    ],
)
def test_ratings(text: str, value: float | None) -> None:
    assert rating(text) == value


@pytest.mark.parametrize(
    ("text", "value"), [("1", 1), ("P2", 2), ("p 3", 3), ("High", 1), ("medium", 2), ("low", 3), ("4", None)]
)
def test_priorities(text: str, value: int | None) -> None:
    assert priority(text) == value


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("to-read To Read to_read queued todo unread inbox next later want", "to-read"),
        ("reading in-progress In_Progress started", "reading"),
        ("skimmed", "skimmed"),
        ("read done Finished reviewed", "read"),
        ("dropped abandoned wontread", "dropped"),
    ],
)
def test_status_words(words: str, value: str) -> None:
    spelled = words.replace("To Read", "To-Read").split()
    assert {status(word) for word in spelled} == {value}
    assert status("accepted") is None


def test_small_values() -> None:
    assert year("NeurIPS 2017") == 2017
    assert year("12017") is None
    assert (truth("Yes"), truth("off"), truth("maybe")) == (True, False, None)
    assert tags(("#llm #rl", "deep learning; a/b", "#llm")) == ("llm", "rl", "deep learning", "a/b")


def fields(text: str) -> Header:
    return read(text, "note.md")[0]


def codes(text: str) -> list[str]:
    return [p.code for p in read(text, "note.md")[3]]


@pytest.mark.parametrize(
    "written",
    ["2106.09680", "0704.0001", "no", "on", "12:30", "1e5", "0x10", "2024-01-01", "1_000", ".5", "=", "0o7"],
)
def test_a_scalar_is_the_text_that_was_written(written: str) -> None:
    header = fields(f"---\narxiv: {written}\nother: {written}\n---\n")
    assert header.all("arxiv")[0].text == written
    assert dict(header.extra)["other"] == written
    toml = fields(f'+++\narxiv = "{written}"\n+++\n')
    assert toml.all("arxiv")[0].text == written


def test_a_number_in_toml_keeps_its_digits() -> None:
    assert fields("+++\narxiv = 2106.09680\n+++\n").all("arxiv")[0].text == "2106.09680"


@pytest.mark.parametrize(
    "hide", ["draft: true", "publish: false", "published: no", "status: draft", "draft: perhaps"]
)
def test_a_note_that_is_to_be_hidden_is_hidden(hide: str) -> None:
    assert fields(f"---\ntitle: x\n{hide}\n---\n").draft


@pytest.mark.parametrize(
    "show", ["draft: false", "publish: true", "published: 2024-01-01", "status: published"]
)
def test_a_note_that_is_to_be_shown_is_shown(show: str) -> None:
    assert not fields(f"---\ntitle: x\n{show}\n---\n").draft


def test_private_is_private_even_when_the_word_is_odd() -> None:
    assert fields("---\nprivate: sure\n---\n").private
    assert codes("---\nprivate: sure\n---\n") == ["field-unreadable"]


def bomb(levels: int) -> str:
    first = "a0: &a0 {x: y}\n"
    return first + "".join(
        f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}\n" for n in range(1, levels)
    )


DEEP = {
    "brackets": "a: " + "[" * 30_000,
    "hidden brackets": "a: " + '["]",' * 12_000,
    "braces": "a: " + "{a: " * 15_000,
    "dashes": "- " * 30_000,
    "question marks": "a: b\n" + "? " * 30_000,
    "indentation": "".join(" " * n + "a:\n" for n in range(300)),
    "merges": bomb(12),
    "large": "a: " + "x " * 100_000,
    "anchors": "a: " + "&b " * 10_000,
    "quotes": 'a: "' + "x\n " * 20_000,
    "commas": "a: [" + '"a", ' * 10_000,
    "keys": "".join(f"k{n}: v: w\n" for n in range(5_000)),
    "strays": "a: b\n" + "stray\n" * 10_000,
    "control": "a: \x01\n" * 5_000,
}


@pytest.mark.parametrize("kind", list(DEEP))
def test_no_header_is_too_deep_too_large_or_too_slow(kind: str) -> None:
    for fence in ("---", "+++"):
        begin = time.process_time()
        _, body, _, problems = read(f"{fence}\ntitle: x\n{DEEP[kind]}\n{fence}\nthe body\n", "note.md")
        assert time.process_time() - begin < 2
        assert "the body" in body
        assert all(p.code in CODES for p in problems)


def test_limits_are_told_and_the_fields_still_read() -> None:
    for filling in ("x" * (SIZE + 1), "[" * (DEPTH + 2)):
        header, _, _, problems = read(f"---\ntitle: Kept\nlong: {filling}\n---\n", "note.md")
        assert header.title == "Kept"
        assert "header-limit" in [p.code for p in problems]


def test_twenty_levels_are_read_by_yaml() -> None:
    assert codes("---\na: " + "[" * (DEPTH - 1) + "]" * (DEPTH - 1) + "\n---\n") == []


LINES = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=30)
KEYS = st.sampled_from(
    [*FIELDS, "other", "- item", "  more", "", "#", '"q"', "---", "+++", "<<", "&a", "\ttab"]
)
HEADERS = st.lists(
    st.builds(lambda k, s, v: k + s + v, KEYS, st.sampled_from([":", ": ", " = ", ""]), LINES), max_size=8
)


@settings(max_examples=300)
@given(
    st.sampled_from(["---\n", "+++\n", "\n---\n", ""]), HEADERS, st.sampled_from(["---\n", "+++\n", "\n", ""])
)
def test_reading_never_raises_and_never_loses_a_word(begin: str, lines: list[str], end: str) -> None:
    text = begin + "\n".join(lines) + "\n" + end + "last words\n"
    header, body, line, problems = read(text, "note.md")
    assert "last words" in body
    assert body == "\n".join(text.removeprefix("\ufeff").split("\n")[line - 1 :])
    assert all(1 <= p.line <= text.count("\n") + 1 for p in problems)
    assert read(text, "note.md") == (header, body, line, problems)
    assert "\\x00" not in repr(header)


@settings(max_examples=200)
@given(
    st.text(
        st.characters(codec="utf-8", exclude_characters="\n\r\0", exclude_categories=["Cc", "Zl", "Zp"]),
        max_size=40,
    )
)
def test_a_title_on_one_line_is_read_with_all_its_words(title: str) -> None:
    title = " ".join(title.split())
    header = fields(f"---\ntitle: {title}\ntags: x\n---\n")
    kept = "".join(c for c in header.title if c.isalnum())
    if not any(mark in title for mark in ("#", "\\", "'", '"', "~", "|", ">")) and title.casefold() != "null":
        assert kept == "".join(c for c in title if c.isalnum())


@given(st.text(max_size=200))
def test_cut_puts_every_character_on_one_side(text: str) -> None:
    cut = split(text)
    assert text.endswith(cut.body)
    assert cut.header_text in text
