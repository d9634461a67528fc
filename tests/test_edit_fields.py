"""A field of a header is changed by its line, and nothing else of the file by a byte."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from vault import edit, frontmatter

WORDS = ("to-read", "reading", "skimmed", "read", "dropped")
ENDS = st.sampled_from(("\n", "\r\n", "\r"))
HEADER = st.lists(
    st.sampled_from(
        (
            "title: 'LoRA: Low-Rank Adaptation'",
            "# a comment: status: read",
            "arxiv: 2106.09685   # the second version",
            "tags: [peft, 'a # b']",
            "aliases:",
            "  - one  ",
            "why: >",
            "  a folded",
            "  reason",
            "",
            "unknown_field:   {a: 1}",
            "rating: 4",
            "started: 2025-01-02",
            "note: \u00e4\u4e2d\u05d0\U0001f600\u2028x",
        )
    ),
    max_size=8,
    unique=True,
)
STATUS = st.sampled_from(
    (
        "",
        "status: to-read",
        "status:   'to-read'   # since spring",
        'status: "Reading"',
        "state:\ttodo",
        "Status: in progress",
        "status:",
        "status:  # not yet",
        "status: null",
        "status: whatever",
    )
)
BODY = st.sampled_from(("", "Text.", "# Heading\n\nstatus: read\n", "\n\n---\n\nstatus: x\n---\n", "  \n"))


def lines(text: str) -> list[str]:
    return re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", text)


def changes(before: str, after: str) -> list[tuple[list[str], list[str]]]:
    old, new = lines(before), lines(after)
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(old[a:b], new[c:d]) for kind, a, b, c, d in codes if kind != "equal"]


def shown(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


@settings(max_examples=400)
@given(
    rows=HEADER,
    status=STATUS,
    at=st.integers(0, 8),
    body=BODY,
    end=ENDS,
    bom=st.booleans(),
    word=st.sampled_from(WORDS),
)
def test_only_the_line_of_the_status_changes(
    *, rows: list[str], status: str, at: int, body: str, end: str, bom: bool, word: str
) -> None:
    if status and (at >= len(rows) or not rows[at].startswith("  ")):
        rows = [*rows[:at], status, *rows[at:]]
    plain = "\n".join(["---", *rows, "---", body])
    before = ("\ufeff" if bom else "") + plain.replace("\n", end)
    edited = edit.with_fields(before, "a.md", {"status": word})
    header, text, _, _ = frontmatter.read(shown(before), "a.md")
    if edited.why:
        assert not edited.text
        assume(False)
    now, same, _, _ = frontmatter.read(shown(edited.text), "a.md")
    assert now.status == word
    assert same == text
    assert [f.text for f in now.fields if f.name != "status"] == [
        f.text for f in header.fields if f.name != "status"
    ]
    for old, new in changes(before, edited.text):
        assert len(old) <= 1
        assert len(new) == 1 or (not header.kind and len(new) == 3)
        assert all(re.match(r"\ufeff?(status|state)\b|---", line, re.IGNORECASE) for line in (*old, *new))
        assert all(line.endswith(end) for line in new)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("---\nstatus: to-read # soon\n---\nx", "---\nstatus: read # soon\n---\nx"),
        ("---\r\nstatus: 'to-read'\r\n---\r\n", "---\r\nstatus: read\r\n---\r\n"),
        ("\ufeff---\ntitle: A\n---\nx\n", "\ufeff---\ntitle: A\nstatus: read\n---\nx\n"),
        ("---\n---\n", "---\nstatus: read\n---\n"),
        ("# A\n\nwords\n", "---\nstatus: read\n---\n# A\n\nwords\n"),
        ("", "---\nstatus: read\n---\n"),
        (
            "+++\ntitle = 'A'\n[extra]\nx = 1\n+++\nb\n",
            "+++\nstatus = \"read\"\ntitle = 'A'\n[extra]\nx = 1\n+++\nb\n",
        ),
        ("+++\nstatus = 'todo' # x\n+++\n", '+++\nstatus = "read" # x\n+++\n'),
        ("Title: A\nStatus: todo\n\nb\n", "Title: A\nStatus: read\n\nb\n"),
        ("Title: A\nStatus: todo", "Title: A\nStatus: read"),
        ("Title: A\nTags: b", "Title: A\nstatus: read\nTags: b"),
        ("---\nstatus:\ntitle: A\n---\n", "---\nstatus: read\ntitle: A\n---\n"),
        ("---\nstatus: no such word\n---\n", "---\nstatus: read\n---\n"),
        ("---\nstatus: to-read\nstate: mine\n---\n", "---\nstatus: read\nstate: mine\n---\n"),
    ],
)
def test_a_status_is_written_where_it_belongs(before: str, after: str) -> None:
    assert edit.with_fields(before, "a.md", {"status": "read"}) == edit.Edited(after)


def test_a_day_and_a_rating_get_lines_below_the_status() -> None:
    edited = edit.with_fields(
        "---\nstatus: reading\nrating: 3\n---\n",
        "a.md",
        {"status": "read", "read": "2026-11-20", "rating": "4.5"},
    )
    assert edited.text == "---\nstatus: read\nread: 2026-11-20\nrating: 4.5\n---\n"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("---\ntitle: LoRA: Low-Rank\nstatus: to-read\n---\n", "its header cannot be read whole"),
        ("---\ntitle: [unclosed\nstatus: to-read\n---\n", "its header cannot be read whole"),
        ("---\ntitle: A\nstatus: to-read\n", "its header cannot be read whole"),
        ("+++\ntitle = [\n+++\n", "its header cannot be read whole"),
        ("---\nstatus: &a to-read\n---\n", "its header cannot be read whole"),
        (
            "---\n{title: A, status: to-read}\n---\n",
            "'status' does not stand on a line of its own in the header",
        ),
        ("---\nstatus: >\n  to-read\n---\n", "'status' does not stand on a line of its own in the header"),
        ("---\nstatus: draft\n---\n", "'status' cannot be written into this header without changing more"),
        (
            "+++\n[extra]\nstatus = 'todo'\n+++\n",
            "'status' does not stand on a line of its own in the header",
        ),
    ],
)
def test_what_cannot_be_changed_by_a_line_is_refused(text: str, why: str) -> None:
    edited = edit.with_fields(text, "a.md", {"status": "read"})
    assert (edited.text, edited.why) == ("", why)
    assert edited.line


def test_a_box_is_ticked_and_no_other() -> None:
    text = "\ufeff# L\r\n\r\n- [ ] a\r\n  * [ ] b [ ]\r\n- c\r\n"
    assert edit.ticked(text, 4).text == text.replace("* [ ]", "* [x]")
    assert edit.ticked(text, 5).text == text.replace("- c", "- [x] c")
    done = edit.ticked(text, 4).text
    assert edit.ticked(done, 4).text == done
    assert [edit.ticked(text, line).why for line in (0, 1, 2, 9)] == ["no item of a list begins here"] * 4
