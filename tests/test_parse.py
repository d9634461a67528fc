"""Whole notes: titles, dates, papers, what a body tells, and the guard around all of it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.utils import read_fixture_file

from vault import markdown
from vault.parse import guard, piece, split
from vault.parse.lines import atx, definitions, headings, plain, trimmed, with_definitions
from vault.parse.links import broken_link, is_label, sole_link
from vault.parse.names import file_title
from vault.parse.split import LIMIT
from vault.parse.subject import of_lines
from vault.parse.terms import KEPT, terms
from vault.records import Body, Note, Parsed, Piece, Problem, Rendered, Source, decode, encode, place
from vault.records.place import moved

DATA = Path(__file__).parent / "data"
CASES = read_fixture_file(DATA / "parse.md")
QUIET = {"", 0, None}


def parsed(text: str, path: str = "note.md") -> tuple[Parsed, ...]:
    """All notes of a file, at their lines."""
    found = split(Source(path, text, ""))
    return tuple(place(one, part.line) for part in found for one in piece(part))


def note(text: str, path: str = "note.md") -> Note:
    return parsed(text, path)[0].note


def words_of(value: Any) -> str:
    """A field's value in short."""
    if isinstance(value, tuple):
        return " | ".join(words_of(item) for item in value)
    return str(getattr(value, "iso", None) or getattr(value, "key", None) or value)


def shown(one: Parsed) -> str:
    """A note in lines: what is not empty, Problems, the body's words."""
    found = one.note
    lines = [f"{found.kind} {found.line} {found.id}: {found.title}"]
    for name in Note.__struct_fields__[7:]:
        value = getattr(found, name)
        if name in (
            "headings",
            "links",
            "words",
            "terms",
            "math",
            "problems",
            "digest",
            "nickname",
            "extra",
            "lead",
            "inline_tags",
        ):
            continue
        if name.startswith("tldr") or (value in QUIET if not isinstance(value, tuple) else not value):
            continue
        lines.append(f"{name}: {words_of(value)}")
    if found.date:
        lines.insert(1, f"date: {found.date.iso}")
    lines += [f"extra {key}: {text}" for key, text in found.extra]
    lines += [f"! {p.line}:{p.column} {p.code}" for p in found.problems]
    return "\n".join([*lines, f"text: {' '.join(one.text.split())}"])


def case(text: str) -> str:
    """The notes of a fixture; a first line ``path: x.md`` gives the file its name."""
    head, _, rest = text.partition("\n")
    path, body = (head[6:], rest) if head.startswith("path: ") else ("note.md", text)
    return "\n\n".join(shown(one) for one in parsed(body, path))


@pytest.mark.parametrize(("line", "title", "text", "expected"), CASES, ids=[case[1] for case in CASES])
def test_a_note_is_read_as_it_was_meant(line: int, title: str, text: str, expected: str) -> None:
    assert case(text) == expected.rstrip("\n"), f"line {line}: {title}"


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("2025/2025-01-29-segment_anything.md", "segment anything"),
        ("a/20250129 deep-learning.md", "deep learning"),
        ("2106.09685.md", "2106.09685"),
        ("2025-01-29.md", "2025-01-29"),
        ("Ünïcode-name.markdown", "Ünïcode name"),
        ("-.md", "-"),
    ],
)
def test_a_file_name_makes_a_title(path: str, title: str) -> None:
    assert file_title(path) == title


def test_the_title_is_shown_once() -> None:
    for text in ("# One\n\nwords", "---\ntitle: One\n---\n# One\n\nwords", "One\n===\nwords"):
        (found,) = parsed(text)
        assert found.note.title == "One"
        assert "One" not in found.text
        assert not found.note.headings


def test_a_heading_that_differs_from_the_title_stays() -> None:
    (found,) = parsed("---\ntitle: One\n---\n# Two\n\nwords")
    assert [heading.text for heading in found.note.headings] == ["Two"]


def test_lines_are_those_of_the_file() -> None:
    text = "---\ntitle: One\n---\n\n# One\n\nwords\n\n## Method\n\nSee [[Nowhere]].\n"
    found = note(text)
    assert [(heading.text, heading.line) for heading in found.headings] == [("Method", 9)]
    assert [(link.target, link.line) for link in found.links] == [("Nowhere", 11)]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Paper: https://arxiv.org/abs/2106.09685", "arxiv:2106.09685"),
        ("**Paper:** [here](https://arxiv.org/abs/2106.09685v2)", "arxiv:2106.09685"),
        ("- Paper Link: https://arxiv.org/pdf/2106.09685.pdf", "arxiv:2106.09685"),
        ("[Paper](https://arxiv.org/abs/2106.09685)", "arxiv:2106.09685"),
        (
            "- Link to [Paper](https://arxiv.org/abs/2106.09685) and [Code](https://example.org)",
            "arxiv:2106.09685",
        ),
        ("* [Research Paper](https://arxiv.org/abs/2106.09685)", "arxiv:2106.09685"),
        ("Paper :- https://arxiv.org/pdf/2106.09685", "arxiv:2106.09685"),
        ("- Paper https://arxiv.org/pdf/2106.09685.pdf", "arxiv:2106.09685"),
        ("arXiv: 2106.09685", "arxiv:2106.09685"),
        ("DOI: 10.1000/xyz123", "doi:10.1000/xyz123"),
        ("<https://arxiv.org/abs/2106.09685>", "arxiv:2106.09685"),
        ("The paper: it is long", ""),
        ("I read https://arxiv.org/abs/2106.09685 today", ""),
        ("Code: https://arxiv.org/abs/2106.09685", ""),
    ],
)
def test_a_line_near_the_top_names_the_paper(text: str, key: str) -> None:
    found = of_lines(["", text, "", "words"])
    assert (found.key if found else "") == key


def test_further_down_only_a_line_that_says_paper_names_it_and_only_one() -> None:
    below = ["words"] * 9
    assert of_lines([*below, "- Paper: https://arxiv.org/abs/2106.09685"])
    assert not of_lines([*below, "Link: https://arxiv.org/abs/2106.09685"])
    two = [*below, "Paper: https://arxiv.org/abs/2106.09685", "Paper: https://arxiv.org/abs/2106.09686"]
    assert not of_lines(two)


@pytest.mark.parametrize(
    ("line", "link"),
    [
        ("[A title](https://example.org/a)", ("A title", "https://example.org/a")),
        ("**[A [b] title]( http://example.org/a_(b) )** ", ("A [b] title", "http://example.org/a_(b)")),
        ('[A title](<https://example.org/a> "tip")', ("A title", "https://example.org/a")),
        ("[One](https://a.org) [Two](https://b.org)", None),
        ("[![badge](https://a.org/x.svg)](https://a.org)", None),
        ("[top](#top)", None),
        ("See [A title](https://example.org/a)", None),
        ("[](https://example.org/a)", None),
    ],
)
def test_a_line_that_is_one_link(line: str, link: tuple[str, str] | None) -> None:
    assert sole_link(line) == link


def test_a_link_whose_bracket_slipped() -> None:
    assert broken_link("Some long title](https://example.org/a)") == (
        "Some long title",
        "https://example.org/a",
    )
    assert broken_link("A sentence (https://example.org/a)") is None


def test_labels_are_no_titles() -> None:
    assert is_label("PDF") and is_label("Project page") and is_label("[arXiv]")
    assert not is_label("Attention")


# Lines


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("# a\n## b ##\n", [1, 2]),
        ("```\n# a\n```\n# b", [1]),
        ("~~~~\n# a\n~~~\n# b\n~~~~\n# c", [1]),
        ("- x\n  ```py\n# a\n  ```\n# b", [1]),
        ("```\n# open to the end", []),
        ("a\n===\n\nb\n---\n\nc\nd\n---\n", [1, 2]),
        ("**bold line**\n\nx **no** y\n\npara\n**no**\n", [7]),
        ("<!--\n# a\n-->\n# b", [1]),
        ("<!-- # a", []),
        ("#no\n####### no\n    # no\n", []),
        ("``` a`b\n# not code\n", [1]),
    ],
)
def test_headings_outside_code_and_comments(text: str, levels: list[int]) -> None:
    assert [mark.level for mark in headings(text)] == levels


def test_headings_in_plain_words() -> None:
    assert plain("[A *b*](x) `c` {#id}") == "A b c"
    assert atx("## C# ##") == (2, "C#")
    assert atx("##") is None


def test_definitions_travel_with_the_part_that_uses_them() -> None:
    known = definitions("[a]: https://a.org\n[^n]: a note\n    that goes on\n```\n[c]: no\n```\n")
    assert list(known) == ["a", "^n"]
    assert with_definitions("see [x][A] and[^n]", known).endswith(
        "https://a.org\n\n[^n]: a note\n    that goes on\n"
    )
    assert with_definitions("see [x](y)", known) == "see [x](y)"


def test_rules_at_the_end_are_dropped_unless_they_underline() -> None:
    assert trimmed(["a", "", "---", "", "* * *", ""]) == ["a"]
    assert trimmed(["a", "---"]) == ["a", "---"]


# Terms


def test_terms_are_sorted_counted_and_without_small_words() -> None:
    assert terms("The Low-rank update, low RANK and the matrix") == "low 2 matrix 1 rank 2 update 1"
    assert terms("深度学习 and 深度") == "学习 1 度学 1 深度 2"
    assert terms("Ｆｕｌｌｗｉｄｔｈ Größe") == "fullwidth 1 größe 1"
    assert terms("a1b2 x2 3.14") == ""


def test_only_the_most_frequent_terms_are_kept() -> None:
    many = " ".join("abc" + chr(97 + n // 26) + chr(97 + n % 26) for n in range(600))
    assert len(terms(many + " zzz zzz").split()) == 2 * KEPT
    assert "zzz 2" in terms(many + " zzz zzz")


@given(st.text(max_size=200))
def test_terms_do_not_depend_on_case_or_order(text: str) -> None:
    assert terms(" ".join(reversed(text.split()))) == terms(" ".join(text.split()))


# Guard


def test_a_note_over_the_limit_is_a_note_with_an_error() -> None:
    text = "---\nprivate: true\n---\n" + "x" * LIMIT
    (found,) = parsed(text)
    assert [(p.code, p.severity) for p in found.note.problems] == [("note-limit", "error")]
    assert found.note.private
    assert not found.text
    assert [one.note.problems for one in parsed("x" * LIMIT)] == [()]


@pytest.mark.parametrize("error", [AssertionError, IndexError, RecursionError, MemoryError, KeyError])
def test_a_crash_is_a_note_with_its_source(monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    def crash(*_: object) -> None:
        raise error

    monkeypatch.setattr(markdown, "render", crash)
    (found,) = parsed("---\ntitle: One\ndraft: true\n---\n<b>words & more</b>")
    assert [p.code for p in found.note.problems] == ["note-crashed"]
    assert found.note.draft
    assert "&lt;b&gt;words &amp; more" in str(found.body.blocks[0].parts[0])
    entries = parsed("---\nprivate: yes\n---\n# 1 May 2024\n\na\n\n# 2 May 2024\n\nb\n")
    assert [one.note.private for one in entries] == [True] * 3
    assert [one.note.kind for one in entries] == ["log", "entry", "entry"]


def test_a_note_that_cannot_say_who_may_see_it_is_private() -> None:
    (found,) = piece(Piece("note.md", 1, "words", b"\xff"))
    assert found.note.private


# Place and digest


def test_a_piece_placed_elsewhere_moves_all_its_lines() -> None:
    (found,) = parsed(
        "# One\n\n## Two\n\n[[Three]] ![](x.png)\n\ntext[^1]\n\n[^1]: with [[Four]]\n\n$\\oops$\n"
    )
    moved_on = place(found, 11)
    assert [h.line for h in moved_on.note.headings] == [h.line + 10 for h in found.note.headings]
    assert [x.line for x in moved_on.note.links] == [x.line + 10 for x in found.note.links]
    assert [b.line for b in moved_on.body.blocks] == [moved(b.line, 10) for b in found.body.blocks]
    assert [p.line for p in moved_on.note.problems] == [moved(p.line, 10) for p in found.note.problems]
    assert moved_on.note.digest != found.note.digest
    assert place(found, 1) is found


def test_the_digest_names_everything_parsed() -> None:
    base = "---\ntitle: One\n---\nwords\n"
    digests = [
        note(text).digest for text in (base, base.replace("words", "*words*"), base.replace("One", "Two"))
    ]
    assert len(set(digests)) == 3
    assert note(base).digest == digests[0]
    assert note(base, "other.md").digest != digests[0]


def test_what_is_parsed_can_be_stored() -> None:
    (found,) = parsed("---\ntitle: One\nrating: 4\nadded: 2024-05\n---\n$x$ [[y]] [@z] #t\n")
    assert decode(encode(found), Parsed) == found


# Laws

PARTS = st.sampled_from(
    [
        *[
            "---\n",
            "+++\n",
            "title: x\n",
            "tags: [a\n",
            "# ",
            "## ",
            "### 1 May 2024\n",
            "**2 May**\n",
            "\n",
            "\n\n",
        ],
        *[
            "- [ ] ",
            "- [x] ",
            "- ",
            "> ",
            "```\n",
            "~~~",
            "$$",
            "$x$ ",
            "[[a|b]] ",
            "![[c]] ",
            "[@k] ",
            "%%",
            "==",
        ],
        *[
            "[T](https://arxiv.org/abs/2106.09685)",
            "https://arxiv.org/abs/2106.09685v2 ",
            "Paper - ",
            "| a | b |\n|---|\n",
        ],
        *[
            "<div>",
            "<!--",
            "-->",
            "\t",
            "    ",
            "[^1]: ",
            "[^1]",
            "[a]: b\n",
            "===\n",
            "\\",
            "&amp;",
            "é",
            "漢字",
            "🙂",
            "\u2028",
        ],
    ]
)
TEXTS = st.lists(
    PARTS | st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=12), max_size=25
).map("".join)
PATHS = st.sampled_from(["a.md", "2024/x.md", "2024-05-06-y.md", "log 2023.md", "ü/ß.markdown"])


@settings(max_examples=200)
@given(TEXTS, PATHS)
def test_any_text_is_parsed_the_same_way_twice(text: str, path: str) -> None:
    first, second = parsed(text, path), parsed(text, path)
    assert first == second
    assert first
    for found in first:
        assert found.note.title
        assert "note-crashed" not in [p.code for p in found.note.problems]
        assert all(
            isinstance(p, Problem) and 0 <= p.line <= text.count("\n") + 1 for p in found.note.problems
        )


@settings(max_examples=100)
@given(TEXTS)
def test_pieces_are_parts_of_the_text_in_order(text: str) -> None:
    lines = text.split("\n")
    for part in split(Source("a.md", text, "")):
        first = part.text.split("\n")[0]
        assert lines[part.line - 1].removeprefix("\ufeff") == first


LONG = {
    "brackets": "[" * 200_000,
    "links": "[a](http://a" * 20_000,
    "sole links": "[" + "](http://a" * 20_000 + ")",
    "spaces": "# a" + " " * 200_000 + "b",
    "bold spaces": "**1 May 2024**" + " " * 200_000 + "x",
    "hashes": "# " + "#" * 200_000 + "x",
    "braces": "# a " + "{" * 200_000,
    "fences": "    ```x\n" * 20_000,
    "tildes": "".join("~" * (3 + n % 50) + "\n" for n in range(5_000)),
    "comments": "<!--\n" * 20_000,
    "dates": "# 1 May 2024\n\nx\n" * 3_000,
    "definitions": "".join(f"[{n}]: x\n" for n in range(5_000)) + "# 1 May\n\n# 2 May\n[1][1]\n" * 200,
    "tasks": "- [ ] x\n" * 5_000,
}


@pytest.mark.parametrize("kind", list(LONG))
def test_time_outside_markdown_is_linear(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "render", lambda *_: Rendered())
    monkeypatch.setattr(markdown, "outline", lambda *_: ())
    monkeypatch.setattr(markdown, "inline", lambda text: (text, text))
    begin = time.process_time()
    parsed(LONG[kind])
    assert time.process_time() - begin < 3


def test_the_guard_is_the_only_one_that_catches_everything() -> None:
    assert guard.piece is piece
    assert isinstance(parsed("")[0].body, Body)


def test_summaries_without_a_header_are_notes_with_titles_and_some_name_their_paper(corpora: Path) -> None:
    root = corpora / "notes-vlgiitr"
    files = sorted(root.rglob("*.md"))
    found = [note(file.read_text(encoding="utf-8-sig"), file.relative_to(root).as_posix()) for file in files]
    assert len(found) == 76
    assert {one.kind for one in found} == {"note"}
    assert all(one.title and one.title not in ("Summary", "Abstract") for one in found)
    assert sum(bool(one.papers) for one in found) >= 22


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("papers/Dense-Retrieval/README.md", "Dense Retrieval"),
        ("flat_minima/index.md", "flat minima"),
        ("README.md", "README"),
        ("A study of cross-entropy in small models.md", "A study of cross-entropy in small models"),
        ("A-study-of-pruning-for Extreme Scale-models.md", "A study of pruning for Extreme Scale models"),
    ],
)
def test_a_readme_is_called_by_its_folder_and_words_keep_their_hyphens(path: str, title: str) -> None:
    assert file_title(path) == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "[[2310.06452] A study of tuning](https://arxiv.org/abs/2310.06452)\n\nWords.\n",
            "A study of tuning",
        ),
        ("# A study of tuning [[arXiv](https://arxiv.org/abs/2310.06452)]\n\nWords.\n", "A study of tuning"),
        (
            "# A study of tuning [[pdf](https://arxiv.org/pdf/2310.06452)] [[code](https://example.org/c)]\n",
            "A study of tuning",
        ),
        ("# [2310.06452] A study of tuning\n\nWords.\n", "A study of tuning"),
    ],
)
def test_ids_and_labels_around_a_title_are_no_part_of_it(text: str, title: str) -> None:
    found = note(text)
    assert (found.title, [paper.value for paper in found.papers]) == (title, ["2310.06452"])


@pytest.mark.parametrize("heading", ["### 2015", "## 10/5", "## paper list", "## Background"])
def test_a_section_at_the_top_is_no_title(heading: str) -> None:
    assert note(f"{heading}\n\nWords.\n", "survey.md").title == "survey"


@pytest.mark.parametrize(
    "line",
    [
        'Doe, J. et al. "A study of small models." arXiv preprint arXiv:2103.16063 (2021).',
        "- **Published:** arXiv:2103.16063, May 13, 2021",
        "**Venue:** CVPR 2021 (arXiv:2103.16063)",
    ],
)
def test_a_reference_under_the_title_says_which_paper_it_is(line: str) -> None:
    found = note(f"# A study of small models\n\n{line}\n\n## Notes\n\nWords.\n")
    assert [paper.value for paper in found.papers] == ["2103.16063"]


@pytest.mark.parametrize(
    "line",
    [
        'Compare Doe, "A study of large models", arXiv:2103.16063.',
        "A study of small models (arXiv:2103.16063) and its successor (arXiv:2203.17270).",
    ],
)
def test_a_reference_to_another_paper_or_to_two_names_none(line: str) -> None:
    assert note(f"# A study of small models\n\n{line}\n").papers == ()
