"""Patterns that wait until they are asked."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from vault import patterns


def test_a_pattern_is_compiled_when_it_is_first_asked() -> None:
    found = patterns.lazy(r"(\w+)-(\d+)")
    assert "match" not in vars(found)
    match = found.match("note-12")
    assert match is not None
    assert match.groups() == ("note", "12")
    assert found.groups == 2
    assert vars(found)["match"] == re.compile(r"(\w+)-(\d+)").match


def test_a_mistake_in_it_shows_then() -> None:
    found = patterns.lazy("(")
    with pytest.raises(re.error):
        found.search("x")


def test_what_it_has_not_it_has_not() -> None:
    with pytest.raises(AttributeError):
        patterns.lazy("x").scanner("x")  # type: ignore[attr-defined]


def test_patterns_of_a_library_wait_too_and_only_while_it_is_loaded() -> None:
    before = re.compile
    with patterns.later():
        made = re.compile(r"(a)(b)?", re.IGNORECASE)
        with patterns.later():
            assert re.compile("x").match("x"), "it can be asked at once"
    assert re.compile is before
    assert not isinstance(made, re.Pattern)
    assert made.sub(r"\1", "AB ab") == "A a"


def test_a_header_is_read_without_the_patterns_of_a_reader_that_is_not_used() -> None:
    said = (
        "import sys; from vault.frontmatter import read\n"
        "reader = sys.modules['yaml.reader'].Reader\n"
        "print('search' in vars(reader.NON_PRINTABLE), bool(reader.NON_PRINTABLE.search(chr(1))))\n"
    )
    told = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["False", "True"]
