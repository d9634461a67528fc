"""vault.toml: everything optional, every mistake told at its line, the default standing for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.records import Settings
from vault.settings import SETTINGS, TABLES, read

WHOLE = """
title = "Notes of  mine"
author = "Ada One"
description = "What I read."
lang = "de"
licence = "CC BY 4.0"

[site]
url = "https://example.org/notes"
html = "text"
edit_url = "https://example.org/edit/{path}"
highwire = "off"
attachments = [".CBZ", "*.dat"]

[notes]
ignore = ["templates/*"]
inline_tags = false

new = "{year}/{month}/{slug}.md"

[log]
year = 2024

[queue]
publish = false
default_priority = 2

[feed]
id = "example.org"
items = 20

[theme]
paper = "letter"
tokens = { "--c-link" = "#036" }

[library]
files = "mine.bib"

[serve]
port = 8001
editor = "idea://open?file={path}&line={line}"

[fetch]
mailto = "ada@example.org"
arxiv = "https://a.example.org"
crossref = "https://b.example.org/c"
openalex = "http://127.0.0.1:8080"
semantic_scholar = "https://d.example.org/"
"""


def test_an_empty_file_is_all_defaults() -> None:
    assert read("") == (Settings(), ())


def test_every_setting_reaches_its_field() -> None:
    settings, problems = read(WHOLE)
    assert problems == ()
    assert settings == Settings(
        title="Notes of mine",
        author="Ada One",
        description="What I read.",
        lang="de",
        licence="CC BY 4.0",
        url="https://example.org/notes/",
        links="dir",
        html="text",
        edit_url="https://example.org/edit/{path}",
        highwire="off",
        attachments=("cbz", "dat"),
        ignore=("templates/*",),
        inline_tags=False,
        log_year=2024,
        queue_publish=False,
        default_priority=2,
        feed_id="example.org",
        feed_items=20,
        paper="letter",
        tokens=(("--c-link", "#036"),),
        library=("mine.bib",),
        serve_port=8001,
        serve_editor="idea://open?file={path}&line={line}",
        new_note="{year}/{month}/{slug}.md",
        fetch_mailto="ada@example.org",
        fetch_arxiv="https://a.example.org/",
        fetch_crossref="https://b.example.org/c/",
        fetch_openalex="http://127.0.0.1:8080/",
        fetch_semantic_scholar="https://d.example.org/",
    )


def test_every_table_and_field_is_on_the_map() -> None:
    assert {name.split(".")[0] for name in SETTINGS if "." in name} == set(TABLES)
    assert {setting.field for setting in SETTINGS.values()} == set(Settings.__struct_fields__) - {
        "drafts",
        "private",
    }


def test_links_follow_the_address_unless_given() -> None:
    assert read("")[0].links == "file"
    assert read('[site]\nurl = "https://a.org/"')[0].links == "dir"
    assert read('[site]\nurl = "https://a.org/"\nlinks = "file"')[0].links == "file"


@pytest.mark.parametrize(
    ("text", "place", "word"),
    [
        ('tittle = "x"', (1, 1), "title"),
        ('\nurl = "https://a.org"', (2, 1), "[site]"),
        ("[quue]\npublish = true", (1, 2), "queue"),
        ("[site]\n\nauthor = 'x'", (3, 1), "before the first"),
        ("[site]\n  foo-bar = 1", (2, 3), "documentation"),
    ],
)
def test_an_unknown_key_is_a_warning_that_helps(text: str, place: tuple[int, int], word: str) -> None:
    settings, (problem,) = read(text)
    assert settings == Settings()
    assert (problem.code, problem.severity) == ("config-unknown", "warning")
    assert (problem.line, problem.column) == place
    assert word in problem.hint


@pytest.mark.parametrize(
    "text",
    [
        "title = 3",
        "[site]\nurl = 'example.org'",
        "[site]\nurl = 'https://example.org/?a=b'",
        "[site]\nlinks = 'folder'",
        "[log]\nyear = '2024'",
        "[log]\nyear = 12024",
        "[queue]\ndefault_priority = true",
        "[feed]\nitems = 0",
        "[notes]\nignore = [1]",
        "[notes]\nnew = '../{slug}.md'",
        "[notes]\nnew = '{date}.md'",
        "[notes]\nnew = '{slug}/{.__class__}.md'",
        "[notes]\nnew = '{slug}.txt'",
        "[fetch]\nmailto = 'nobody'",
        "[theme]\ntokens = 'red'",
        "lang = 'Deutsch!'",
        "site = 'https://a.org'",
    ],
)
def test_a_value_that_cannot_be_used_leaves_the_default(text: str) -> None:
    settings, (problem,) = read(text)
    assert settings == Settings()
    assert (problem.code, problem.severity) == ("config-invalid", "error")
    assert problem.line == text.count("\n") + 1
    assert problem.hint


def test_a_broken_file_is_one_error_at_its_place_and_all_defaults() -> None:
    settings, (problem,) = read('title = "a"\n[site\n')
    assert settings == Settings()
    assert (problem.code, problem.line, problem.column) == ("config-invalid", 2, 6)


@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from([*SETTINGS, "=", "[", "]", "\n", "1", "'x'", "true"])).map("".join)
)
def test_reading_never_raises(text: str) -> None:
    settings, problems = read(text)
    assert isinstance(settings, Settings)
    assert read(text) == (settings, problems)
