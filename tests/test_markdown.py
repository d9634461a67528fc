"""The Markdown room: every syntax by example, and the laws that hold for any text."""

from __future__ import annotations

import gc
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.markdown_kit import DATA, HELPERS, fault, faults, filled, render, shown, triples
from vault import markdown
from vault.markdown import code, engine, lexing, lists, sentences, stress, tex, tex_depth
from vault.markdown.beginnings import beginnings
from vault.records import (
    CiteSlot,
    FootnoteSlot,
    Heading,
    ImageSlot,
    Link,
    LinkSlot,
    PaperSlot,
    changed,
    encode,
)
from vault.records.note import Note

CASES = [(path.stem, *triple) for path in sorted(DATA.glob("*.md")) for triple in triples(path)]


@pytest.mark.parametrize(
    ("syntax", "title", "source", "expected"), CASES, ids=lambda c: c[:40] if isinstance(c, str) else ""
)
def test_a_syntax_becomes_what_its_example_says(syntax: str, title: str, source: str, expected: str) -> None:
    assert shown(render(source).blocks).strip("\n") == expected.strip("\n"), f"{syntax}: {title}"


def test_every_example_is_well_formed() -> None:
    assert len(CASES) > 90
    assert [wrong for *_, source, _ in CASES for wrong in faults(render(source))] == []


ITEM = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["", "", "", "", " ", "  ", "\t", "    "]),
        st.sampled_from("--*+"),
        st.sampled_from([" ", " ", " ", "  ", "\t", ""]),
        st.sampled_from(["a", "b *c*", "é", "[ ] d", "1. e", "---", "- f", "a | b", "> g", "", "h:"]),
        st.sampled_from(["", "", "", " ", "  ", "\t"]),
    ),
)
OTHER = st.sampled_from(
    ["", "", "", " ", "word", "    code", "===", "---", ": told", "| a |", "|---|", "```", "1) a"]
)


@settings(max_examples=400)
@given(st.lists(st.one_of(ITEM, ITEM, OTHER), max_size=7), st.sampled_from(["", "\n", "\n\n\n"]))
@example(["- a", "- b ", "", "word"], "")
@example(["+ a", "", "", "+ b"], "\n")
def test_a_plain_list_is_the_list_it_would_be(lines: list[str], end: str) -> None:
    block = engine.parser().block
    opens, text = block.opens, "\n".join(lines) + end
    quick, _ = engine.parsed(text)
    block.opens = {char: [rule for rule in rules if rule is not lists.plain] for char, rules in opens.items()}
    try:
        slow, _ = engine.parsed(text)
    finally:
        block.opens = opens
    assert quick == slow


def test_a_list_of_single_lines_enters_no_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine.parser().block, "opens", {"-": [lists.plain]})
    tokens, _ = engine.parsed("- one\n- two\n\n\nwords\n")
    assert [token.content for token in tokens if token.type == "inline"] == ["one", "two", "words"]
    assert [token.map for token in tokens if token.type == "list_item_open"] == [[0, 1], [1, 4]]


MARKS = st.sampled_from(
    [
        *"*_ab. (![]é—\n",
        "**",
        "*a*",
        "**b c**",
        "_d_",
        "***",
        "~~",
        "==",
        "`x`",
        "[y](z)",
        "\\*",
        "[^*n*]",
        "www.a.b",
    ]
)


@settings(max_examples=400)
@given(st.lists(MARKS, max_size=12).map("".join))
@example("*a* **b**c _d_e *f*")
def test_plain_emphasis_is_the_emphasis_it_would_be(text: str) -> None:
    inline = engine.parser().inline
    table = inline.table
    quick = inline.parse(text, engine.parser(), {}, [])
    inline.table = {
        char: [rule for rule in rules if rule is not stress.plain] for char, rules in table.items()
    }
    try:
        slow = inline.parse(text, engine.parser(), {}, [])
    finally:
        inline.table = table
    told = [[(t.type, t.tag, t.nesting, t.level, t.content) for t in tokens] for tokens in (quick, slow)]
    assert told[0] == told[1]


# Links and where they stand


def test_a_link_tells_its_sentence_and_the_place_of_its_mention() -> None:
    made = render("## Costs\n\nOne. It cuts [[Maps|the map]] in two, e.g. here. Three.\n")
    (link,) = made.links
    assert link == Link(
        "wiki",
        "Maps",
        text="the map",
        sentence="It cuts the map in two, e.g. here.",
        start=8,
        end=15,
        heading="Costs",
        line=3,
        column=14,
    )
    assert link.sentence[link.start : link.end] == "the map"


def test_lines_and_columns_count_in_the_file() -> None:
    text = "> quoted\n> and [[A]]\n\n- item\n\n  deep [b](b.md) [[A]]\n\n| x | y |\n|---|---|\n| [[A\\|a]] | [[A]] |\n"
    places = [(link.line, link.column) for link in render(text, line=7).links]
    assert places == [(8, 7), (12, 8), (12, 18), (16, 3), (16, 14)]


def test_columns_of_equal_links_in_one_line_differ() -> None:
    assert [link.column for link in render("[[A]] [[A]] [[A]]").links] == [1, 7, 13]


@given(st.sampled_from([source for *_, source, _ in CASES]), st.integers(1, 500))
def test_the_first_line_shifts_lines_and_nothing_else(source: str, by: int) -> None:
    here, there = render(source), render(source, line=1 + by)
    assert [changed(link, line=link.line + by) for link in here.links] == list(there.links)
    assert [changed(heading, line=heading.line + by) for heading in here.headings] == list(there.headings)
    assert [block.line + by for block in here.blocks] == [block.line for block in there.blocks]
    assert shown(here.blocks) == shown(there.blocks)


def test_every_slot_has_its_link() -> None:
    made = render(
        "[[A#b]] [c](d.md#e) ![f](g.png) [@h; @i] https://arxiv.org/abs/2106.09685 2305.14314\n\n![[J]]\n"
    )
    assert [(link.kind, link.target, link.anchor) for link in made.links] == [
        ("wiki", "A", "b"),
        ("file", "d.md", "e"),
        ("file", "g.png", ""),
        ("cite", "h", ""),
        ("cite", "i", ""),
        ("paper", "https://arxiv.org/abs/2106.09685", ""),
        ("number", "2305.14314", ""),
        ("embed", "J", ""),
    ]
    kinds = [type(part) for block in made.blocks for part in block.parts if not isinstance(part, str)]
    assert kinds[:6] == [LinkSlot, LinkSlot, ImageSlot, CiteSlot, PaperSlot, PaperSlot]


def test_a_row_of_a_table_is_the_context_of_its_links() -> None:
    (link,) = render("| note | score |\n|---|---|\n| [[Maps]] | 4 of 5 |\n").links
    assert link.sentence == "Maps · 4 of 5"


def test_links_in_raw_html_are_links() -> None:
    made = render('<p>\n<a href="maps.md">M</a> <a href="https://arxiv.org/abs/2106.09685">P</a>\n</p>\n')
    assert [(link.kind, link.text, link.line) for link in made.links] == [("file", "M", 2), ("paper", "P", 2)]


# Sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four.", ["One.", "Two!", "Three?", "Four."]),
        ("See Fig. 3 and Eq. 4, e.g. Hu et al. Next.", ["See Fig. 3 and Eq. 4, e.g. Hu et al. Next."]),
        ("By J. Smith. Then 3.5 more. it goes on.", ["By J. Smith.", "Then 3.5 more. it goes on."]),
        ("一。二！三", ["一。", "二！", "三"]),
        (
            "Wait… What? “Quoted.” (In brackets.) End",
            ["Wait…", "What?", "“Quoted.”", "(In brackets.)", "End"],
        ),
        ("  spaces  around.   Two.  ", ["spaces  around.", "Two."]),
        ("", [""]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences.spans(text)] == expected


@given(st.text(alphabet="aA .!?。e.g\n", max_size=200), st.data())
def test_the_sentence_around_a_mention_holds_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    sentence, low, high = sentences.around(text, sentences.spans(text), start, end)
    assert sentence[low:high] == text[start:end]


@given(st.integers(0, 2000), st.integers(1, 400))
def test_a_long_sentence_is_cut_around_its_mention(before: int, size: int) -> None:
    text = "word " * (before // 5) + "x" * size + " word" * 300
    start = (before // 5) * 5
    sentence, low, high = sentences.around(text, sentences.spans(text), start, start + size)
    assert sentence[low:high] == "x" * min(size, sentences.LONGEST)
    assert len(sentence) <= sentences.LONGEST + 2


# Headings, tags, summaries


def test_headings_tell_depth_anchor_and_line() -> None:
    made = render("# A *b*\n\n## C {#d}\n\n# A b\n")
    assert made.headings == (
        Heading(2, "A b", "h-a-b", 1),
        Heading(3, "C", "h-d", 3),
        Heading(2, "A b", "h-a-b-2", 5),
    )
    assert [(block.level, block.anchor) for block in made.blocks] == [
        (2, "h-a-b"),
        (3, "h-d"),
        (2, "h-a-b-2"),
    ]


def test_a_named_block_is_listed_with_level_0() -> None:
    made = render("Text. ^one\n\n| a |\n|---|\n| b |\n\n^two\n")
    assert [(heading.level, heading.anchor) for heading in made.headings] == [(0, "^one"), (0, "^two")]
    assert [block.anchor for block in made.blocks] == ["^one", "^two"]


def test_tags_are_told_in_order_and_not_from_code() -> None:
    assert render("#a #b/c\n\n```\n#d\n```\n\n`#e` #a\n").tags == ("a", "b/c", "a")


@pytest.mark.parametrize(
    "source",
    [
        "> [!tldr]\n> It *works*.\n\nBody.",
        "> [!abstract] Summary\n> It *works*.\n\nBody.",
        "> [!tldr] It *works*.\n\nBody.",
        "TL;DR: It *works*.\n\nBody.",
        "TL;DR - It *works*.\n\nBody.",
        "**TL;DR:** It *works*.\n\nBody.",
        "**TLDR**: It *works*.\n\nBody.",
        "## TL;DR\n\nIt *works*.\n\n## Body\n",
    ],
)
def test_a_summary_that_opens_the_body_leaves_it(source: str) -> None:
    made = render(source)
    assert (made.tldr, made.tldr_html) == ("It works.", "It <em>works</em>.")
    assert "works" not in shown(made.blocks)
    assert "Body" in shown(made.blocks)
    assert "It works." in made.text


def test_a_later_summary_stays_where_it_is() -> None:
    made = render("Body.\n\n> [!tldr]\n> It works.\n")
    assert made.tldr == "It works."
    assert shown(made.blocks).count("It works.") == 1


def test_links_in_a_summary_count() -> None:
    made = render("TL;DR: see [[Maps]][^1].\n\nBody.\n\n[^1]: A footnote.\n")
    assert [link.target for link in made.links] == ["Maps"]
    assert "A footnote." in shown(made.blocks), "its text is not lost with the reference"


def test_the_lead_is_the_first_sentence_with_its_markup() -> None:
    made = render("## H\n\n![p](p.png)\n\nIt **was $x$ so. Then** more. End.\n")
    assert made.lead == "It was x so."
    assert made.lead_html.startswith("It <strong>was <math>")
    assert made.lead_html.endswith("</math> so.</strong>")


@given(st.text(alphabet="ab. *_`<&[]()$^", max_size=60))
def test_the_lead_is_well_formed(text: str) -> None:
    assert fault(render(text).lead_html) == ""


# One line


@pytest.mark.parametrize(
    ("source", "html", "text"),
    [
        ("LoRA: a < b & c", "LoRA: a &lt; b &amp; c", "LoRA: a < b & c"),
        (
            "*Fast* `x` [link](https://example.org) [[Maps|m]]",
            "<em>Fast</em> <code>x</code> link m",
            "Fast x link m",
        ),
        ("H<sub>2</sub>O <eos> <script>x</script>", "H<sub>2</sub>O &lt;eos&gt; x", "H2O <eos> x"),
        ("a ![alt](x.png) #t [@k]", "a alt #t [@k]", "a alt #t [@k]"),
        ("  two\n lines ", "two lines", "two lines"),
        ("$x<y$", None, "x<y"),
    ],
)
def test_one_line_is_html_without_links(source: str, html: str | None, text: str) -> None:
    made, plain = markdown.inline(source)
    assert plain == text
    assert made == html if html is not None else made.startswith("<math>")


@given(st.text(max_size=80))
@example("<b><i>x</b></i>")
@example('<a href="javascript:x">[a](b)</a>')
def test_one_line_is_always_well_formed(source: str) -> None:
    assert fault(markdown.inline(source)[0]) == ""


# Outline


def test_the_outline_tells_blocks_by_their_lines() -> None:
    text = "# 29th January\n\n[LoRA](https://arxiv.org/abs/2106.09685)\n\n- one\n- two\n\ntext\nmore\n\n```\n# no\n```\n"
    found = [(block.kind, block.start, block.end) for block in markdown.outline(text)]
    assert found == [
        ("heading", 1, 2),
        ("paragraph", 3, 4),
        ("list", 5, 7),
        ("paragraph", 8, 10),
        ("other", 11, 14),
    ]


@pytest.mark.parametrize(
    ("source", "text", "url", "whole"),
    [
        ("[LoRA: *x*](https://a.org/b)", "LoRA: x", "https://a.org/b", True),
        ("### [LoRA](https://a.org/b)", "LoRA", "https://a.org/b", True),
        ("**[LoRA](https://a.org/b)**", "LoRA", "https://a.org/b", True),
        ("Paper - <https://a.org/b>", "", "https://a.org/b", False),
        ("Paper: https://a.org/b", "", "https://a.org/b", False),
        ("[a](b) and [c](d)", "", "", False),
        ("[a](b) goes on", "", "", False),
        ("no link", "", "", False),
    ],
)
def test_the_outline_tells_the_sole_link_of_a_block(source: str, text: str, url: str, whole: bool) -> None:
    (block,) = markdown.outline(source)
    assert (block.link_text, block.link_url, block.whole) == (text, url, whole)


def test_the_outline_tells_items_with_their_first_link() -> None:
    text = "- [ ] [A](https://a.org) - because\n  - [x] see <https://b.org>\n- plain *text*\n"
    (block,) = markdown.outline(text)
    found = [
        (i.start, i.end, i.depth, i.task, i.link_text, i.link_url, i.before, i.after) for i in block.items
    ]
    assert found == [
        (1, 3, 0, " ", "A", "https://a.org", "", "- because"),
        (2, 3, 1, "x", "https://b.org", "https://b.org", "see", ""),
        (3, 4, 0, "", "", "", "plain *text*", ""),
    ]


@given(st.text(alphabet="#-*[]() ax\n>`1.|:", max_size=120))
def test_the_outline_covers_lines_in_order(text: str) -> None:
    ends = 1
    for block in markdown.outline(text):
        assert ends <= block.start < block.end <= text.count("\n") + 2
        ends = block.end


# Any text at all

PIECES = r"""
<div> </div> <b> </b> <a§href="javascript:x"> <a§href=x.md> </a> <p> </p> <img§src=x§onerror=y> <script>
</script> <table> <tr> <td> </table> <details> <summary> </details> <ul> <li> </ul> <!-- --> <![CDATA[
<textarea> <svg> <eos> <style> <select> <template> <plaintext> <sub> </sub> <h1> <pre> <span§data-v="1">
 &#xE000; [[ [[N]] [[N|*l*]] ![[E]] ![[i.png|3]] [t](u.md) [t](https://a.org/b) ![a](i.png) [^1]
^[n] ¶[^1]:§foot¶ [@k] @k #t ==m== ~~s~~ ** * _ ` $x$ $$ ¶$$¶ \( \) \[ \] \begin{align}
\end{align} %%c%% %% ¶>§ ¶>§[!note]§T¶ ¶-§ ¶-§[x]§ ¶1.§ ¶#§ ¶##§h¶ ¶---¶ ¶===¶ ¶|a|b|¶|-|-|¶ | ¶t¶:§d¶
§^id ¶^id¶ ¶```¶ ¶```python¶ ¶§§§§ ¶¶ § word 2106.09685 https://x.org/y \ " ' < > & ] ) }
"""
FRAGMENTS = st.lists(
    st.sampled_from(PIECES.split()).map(lambda piece: piece.replace("§", " ").replace("¶", "\n")), max_size=40
).map("".join)


@settings(max_examples=300)
@given(FRAGMENTS | st.text(max_size=200))
@example("<dl>\n<table><div>\n: d")
@example("<summary><div><li><summary><li>")
@example("> - [ ] <script>\n>")
def test_any_text_is_rendered_well_formed(text: str) -> None:
    made = render(text)
    assert faults(made) == []
    assert render(text) == made
    for link in made.links:
        assert link.sentence[link.start : link.end] == link.text[: link.end - link.start]
        assert link.line >= 1 and link.column >= 1


@settings(max_examples=150)
@given(FRAGMENTS)
def test_anchors_and_footnotes_are_unique_and_lead_somewhere(text: str) -> None:
    html = shown(render(text).blocks)
    ids = re.findall(r'<[^<>]* id="~([^"]*)"', html)
    assert len(ids) == len(set(ids))
    notes = {
        part.number for block in render(text).blocks for part in block.parts if isinstance(part, FootnoteSlot)
    }
    assert {int(number) for number in re.findall(r'href="#~fn-(\d+)"', html)} <= notes


@given(st.text(alphabet="ab <>&\"'", max_size=60))
def test_words_come_back_as_the_same_words(text: str) -> None:
    words = " ".join(["a", *text.replace("<", "(").replace("&", "+").split()])
    assert render(words).text == words


def test_what_no_page_shows_is_no_text_either() -> None:
    text = "<!-- a -->\n\n<div>one <script>two</script> &amp; <style>p{}</style>three</div>\n\nfour <!-- b --> five"
    assert render(text).text.split() == ["one", "&", "three", "four", "five"]


# Raw HTML

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    '<a href="jav&#x09;ascript:alert(1)">x</a>',
    '<a href="&#106;avascript&colon;alert(1)">x</a>',
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<style>@import '//evil.example'</style>",
    "<div style='background:url(//evil.example)'>x</div>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<textarea><p title='</textarea><img src=x onerror=alert(1)>'>",
    "<svg></p><style><a title='</style><img src=x onerror=alert(1)>'>",
    "<table><td background=javascript:alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<object data=javascript:alert(1)></object>",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<b id=x class=y data-v=z style=w>a</b>",
    '[x](javascript:alert(1) "a")',
    "![x](data:text/html,<script>alert(1)</script>)",
    '![x" onerror="alert(1)](x.png)',
    "<https://example.org/\"onmouseover='alert(1)'>",
    "[x]: javascript:alert(1)\n\n[x]",
    '[[x" onclick="alert(1)|<img src=x onerror=alert(1)>]]',
    '#tag"onclick=alert(1)',
    "$\\text{<img src=x onerror=alert(1)>}$",
    "$\\href{javascript:alert(1)}{x}$",
    '$\\nosuch{" onmouseover="alert(1)}$',
    '```x"><script>alert(1)</script>\ny\n```',
    '## x {#a"onclick="alert(1)}',
    "[^1]\n\n[^1]: <script>alert(1)</script>",
    "| <script>alert(1)</script> |\n|---|\n| <img src=x onerror=alert(1)> |",
    "> [!note] <img src=x onerror=alert(1)>",
    '[@x"><script>alert(1)</script>]',
)


@pytest.mark.parametrize(
    "wrapped", ["{}", "- {}", "> {}", "*a {} b*", "<div>\n{}\n</div>", "<details>\n\n{}\n\n</details>"]
)
def test_nothing_an_author_writes_runs(wrapped: str) -> None:
    for payload in HOSTILE:
        made = render(wrapped.replace("{}", payload))
        assert faults(made) == [], payload
        body = "".join(filled(part) for block in made.blocks for part in block.parts)
        for html in (body, made.lead_html, made.tldr_html, markdown.inline(payload)[0]):
            for tag in re.findall(r"<[a-z][^<>]*>", html):
                assert not re.search(
                    r"\s(?:on\w+|srcdoc|action|background|xlink:href)\s*=", re.sub(r'"[^"]*"', '""', tag)
                ), tag
                assert not re.match(
                    r"<(?:script|iframe|svg|form|input|base|meta|object|embed|link|style)\b", tag
                ), tag


def test_raw_html_can_be_shown_as_text_instead() -> None:
    made = render("a <kbd>b</kbd>\n\n<div>c</div>\n\nd")
    assert shown(made.raw) == "<p>a &lt;kbd&gt;b&lt;/kbd&gt;</p>\n<p>&lt;div&gt;c&lt;/div&gt;</p>\n<p>d</p>\n"
    assert render("plain *text* <!-- c -->").raw == ()


def test_an_author_cannot_forge_a_mark() -> None:
    sign = "\ue000"
    text = (
        f'<div data-v="{sign}0{sign}">{sign}1{sign}</div> &#xE000;0&#xE000;\n\n<div>\n\n[[A]] `x`\n\n</div>\n'
    )
    html = shown(render(text).blocks)
    assert html.count("«link form=wiki target=A»") == 1
    assert html.count("<code>x</code>") == 1


# Limits


def test_what_is_nested_too_deep_is_shown_as_text_and_told() -> None:
    made = render(">" * 150 + " bottom")
    assert "bottom" in shown(made.blocks)
    assert [(problem.code, problem.line) for problem in made.problems] == [("note-limit", 1)]
    assert faults(made) == []


@pytest.mark.parametrize(
    "opening",
    [
        "{",
        "\\sqrt{",
        "\\frac{1}{",
        "x^{",
        "\\left(",
        "\\begin{matrix}",
        "\\mathrm ",
        "\\color{red}",
        "\\sqrt[a",
    ],
)
def test_no_formula_overflows_the_stack(opening: str) -> None:
    made, reason = tex.mathml(opening * 20_000, True)
    assert (made, bool(reason)) == ("", True)
    assert tex_depth.depth(opening * 100) >= 99


def test_a_long_formula_is_not_taken_for_a_deep_one() -> None:
    rows = r"a_{ij} &= \sum_{k=1}^{n} \frac{\alpha_k}{\beta_k} x_k + \lambda \|w\|_2^2 \\ " * 100
    made, reason = tex.mathml(rf"\begin{{aligned}} {rows} \end{{aligned}}", True)
    assert reason == "" and made.startswith("<math")


def test_a_formula_that_cannot_be_set_is_told_at_its_line() -> None:
    (problem,) = render("a\n\nb\n$\\nosuch$ c\n").problems
    assert (problem.code, problem.line) == ("math-error", 4)
    assert "\\nosuch" in problem.message


def test_every_language_has_a_lexer() -> None:
    assert [name for name in sorted(code.LANGUAGES) if code.lexer_of(name) is None] == []


SCRAPS = [
    *"abKx_09.,:;!?+-*/%=<>|&^~@#$(){}[]'\"`\\ \n\t",
    *["é", "ſ", "\u2028", "\r\n", "//", "/*", "*/", "--", '"""', "0x1F", "1e-5", "&str", "#!", "<?php", "?>"],
    *["def f(x):\n", "class A:\n", "@property\n", 'f"{x!r}"', "import os", "return ", "if ", "fn main() {\n"],
    *[
        "function(a)",
        "SELECT * FROM t",
        "#include <x>\n",
        "\\begin{a}",
        "<div class='a'>",
        "</div>",
        "a: b\n",
    ],
]


def test_rules_that_cannot_match_are_not_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexing, "ENOUGH", -1)
    chance = random.Random(11)
    tried = 0
    for name in sorted(code.LANGUAGES):
        reader = code.lexer_of(name)
        tried += reader.regular
        for _ in range(20):
            text = "".join(chance.choices(SCRAPS, k=chance.randrange(1, 25)))
            own = [(kind, part) for _, kind, part in reader.lexer.get_tokens_unprocessed(text)]
            assert list(reader.tokens(text)) == own, (name, text)
    assert tried > 40


@pytest.mark.parametrize(
    ("pattern", "flags", "firsts"),
    [
        ("abc", 0, "a"),
        ("a*b", 0, "ab"),
        ("(?:a|[0-2])+?x", 0, "a012"),
        ("[a-b]", re.IGNORECASE, "abAB"),
        (r"(?<=x)\bif", 0, "i"),
        ("(?i:k)x", 0, "kK"),
        (r"\d_", 0, "0123456789"),
    ],
)
def test_what_a_pattern_begins_with_is_read(pattern: str, flags: int, firsts: str) -> None:
    assert beginnings(re.compile(pattern, flags)) == set(firsts)


@pytest.mark.parametrize("pattern", ["a*", "[^a]", ".", r"(a)?\1", "(?i:ſ)", "", "(?!a)"])
def test_a_pattern_that_may_begin_with_anything_is_always_asked(pattern: str) -> None:
    assert len(beginnings(re.compile(pattern))) == 128


@given(st.sampled_from(sorted(code.LANGUAGES)), st.text(alphabet="ab \n\"'#/*(){}<>$=-", max_size=200))
def test_coloured_code_is_the_same_code(name: str, text: str) -> None:
    text = f"{text}\n"
    html = code.coloured(text, name)
    assert fault(html) == ""
    assert set(re.findall(r'<span class="([^"]*)">', html)) <= {"k", "s", "c", "nf", "m"}
    plain = re.sub(r"</?span[^<>]*>", "", html)
    assert plain == text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def test_code_over_the_limit_is_plain() -> None:
    source = "x = 1\n" * (code.MOST // 6 + 1)
    assert "<span" not in shown(render(f"```python\n{source}```\n").blocks)
    assert "<span" not in code.coloured("x = " + "1" * code.LINE + "\n", "python")


@pytest.fixture
def nothing_known() -> Iterator[None]:
    code._known.clear()
    yield
    code._known.clear()


CODED = [
    '```python\ndef f(x):\n    return x < 1 & 2  # "so" &amp; on\n```\n',
    "- a\n\n  ```{.rust title=m.rs}\n  fn main() {}\n  ```\n",
    "Said.[^1]\n\n[^1]: Once.\n\n    ```c++\n    int é = 1; // \\u00e9\n    ```\n",
    '```json\n{"a": [1]}\n```\n\n```python\nx = 1\n```\n',
]


@pytest.mark.usefixtures("nothing_known")
@pytest.mark.parametrize("text", CODED)
def test_code_of_an_earlier_body_needs_no_lexer(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = render(text)
    markdown.recall(encode(before.blocks))
    monkeypatch.setattr(code, "lexer_of", None)
    assert render(text + "\nMore.\n").blocks[: len(before.blocks)] == before.blocks
    with pytest.raises(TypeError):
        render(text + "\n```python\nnew = 1\n```\n")


@pytest.mark.usefixtures("nothing_known")
def test_an_earlier_body_teaches_nothing_wrong() -> None:
    """Not what an author wrote as HTML, and not code that was plain because the note had too much of it."""
    forged = '<pre><code class="language-python"><span class="k">x</span>\n</code></pre>\n\n'
    full = "```c\n" + "int x;\n" * (code.MOST // 7 + 1) + "```\n\n"
    for text in (forged, full + "```python\nx = 1\n```\n"):
        markdown.recall(encode(render(text).blocks))
    assert not code._known
    assert '<span class="m">1</span>' in shown(render("```python\nx = 1\n```\n").blocks)


SHAPES: dict[str, Callable[[int], str]] = {
    "wikilinks": lambda n: "[[" * n,
    "wikilinks with bars": lambda n: "[[a|" * n,
    "embeds": lambda n: "![[" * n,
    "dollars": lambda n: "$" * n,
    "dollars and words": lambda n: "$a " * n,
    "double dollars": lambda n: "$$a\n" * n,
    "double dollars and blanks": lambda n: "$$\n" + "\n" * n + "x $$",
    "round brackets": lambda n: "\\(a " * n + "\\)",
    "square brackets": lambda n: "\\[a\n" * n + "\n\\]",
    "environments": lambda n: "\\begin{align}\n" * n + "\\end{align} x",
    "tags": lambda n: "#a " * n,
    "marks": lambda n: "==a " * n,
    "comments": lambda n: "%%" * n,
    "comments in lines": lambda n: "%%a\n\n" * n,
    "inline footnotes": lambda n: "^[" * n,
    "footnotes": lambda n: (
        "".join(f"[^{i}]" for i in range(n)) + "\n\n" + "".join(f"[^{i}]: x\n" for i in range(n))
    ),
    "chained footnotes": lambda n: "[^0]\n\n" + "".join(f"[^{i}]: x[^{i + 1}]\n" for i in range(n)),
    "citations": lambda n: "[@" * n,
    "citations with spaces": lambda n: ("[" + " " * 1900 + "@") * (n // 500 + 1),
    "citations of marks": lambda n: "[" + "@" * n,
    "callouts": lambda n: "> [!" * n,
    "callout lines": lambda n: "> [!a]\n" * n,
    "wide table": lambda n: "|" + "a|" * n + "\n|" + "-|" * n + "\n|a|\n",
    "table rows": lambda n: "|a|b|\n|-|-|\n" + "|x|\\|y|\n" * n,
    "addresses": lambda n: "https://a.b/(" * n,
    "links": lambda n: "[a](https://b.c/d) " * n,
    "open links": lambda n: "[a](" * n,
    "images": lambda n: "![](a.png) " * n,
    "raw pairs": lambda n: "<b>" * n + "</b>" * n,
    "raw links": lambda n: "<a href=x>" * n,
    "raw blocks": lambda n: "<div>\n\n" * n,
    "reopened formatting": lambda n: "<div>\n" + "".join(f"<b title={i}><p>" for i in range(n)),
    "attributes": lambda n: "<div " + " ".join(f'a{i}=">"' for i in range(n)) + ">",
    "html comments": lambda n: "a <!-- " * n,
    "emphasis": lambda n: "*a **a " * n + "b" + " a** a*" * n,
    "nested lists": lambda n: "".join(" " * (2 * min(i, 120)) + "- a\n" for i in range(n)),
    "quotes": lambda n: "> " * n + "a",
    "mentions in one sentence": lambda n: "word " * n + "[[a]] " * (n // 4),
    "sentences": lambda n: "A b. " * n,
    "block names": lambda n: "a ^b\n\n" * n,
    "numbers": lambda n: "2106.09685 " * n,
    "formula rows": lambda n: "\\begin{align}\n" + "a&=b\\\\\n" * n + "\\end{align}",
    "texts in a formula": lambda n: "$$\n" + "\\text{a $x$}" * n + "\n$$",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_time_is_linear(shape: str) -> None:
    def seconds(n: int) -> float:
        text = SHAPES[shape](n)
        best = 60.0
        gc.disable()  # its share grows with what is alive, here all the other tests' objects
        for _ in range(3):
            start = time.process_time()
            render(text)
            best = min(best, time.process_time() - start)
        gc.enable()
        return best

    # A neighbour on the machine can spoil one measurement; quadratic work spoils every one.
    pairs = ((seconds(1500), seconds(3000)) for _ in range(5))
    assert any(twice < 0.05 or twice / once < 3.5 for once, twice in pairs)


def test_guests_come_only_when_a_text_needs_them() -> None:
    script = (
        "import sys; from vault import markdown; markdown.render('# a *b* [[c]] <b>d</b>\\n\\n```\\ne\\n```');"
        "print([m for m in ('math_core', 'pygments') if m in sys.modules])"
    )
    src = Path(markdown.__file__).parents[2]
    made = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(src)},
    )
    assert made.stdout.strip() == "[]"


# What people wrote


def test_the_corpora_are_rendered_well_formed(corpora: Path) -> None:
    paths = [path for path in sorted(corpora.rglob("*.md")) if path.stat().st_size < 400_000]
    assert len(paths) > 200
    wrong = {}
    for path in paths:
        text = path.read_text(encoding="utf-8", errors="replace")
        if found := faults(render(text)):
            wrong[path.name] = found[0]
        markdown.outline(text)
    assert wrong == {}


def test_words_are_counted_in_prose_alone() -> None:
    assert render("one two\n\n- three `four`\n\n```\nfive six\n```\n\n你好世界\n").words == 4 + 1 + 2


def test_links_fit_the_record_of_a_note() -> None:
    made = markdown.render("[[A]]", "a.md", 1, HELPERS)
    assert Note("a", "a.md", 1, "note", "A", "A", links=made.links).links == made.links


if __name__ == "__main__" and os.environ.get("VAULT_GOLDEN") == "write":
    for path in sorted(DATA.glob("*.md")):
        made = [
            f"{title}\n.\n{source}.\n{shown(render(source).blocks).strip(chr(10))}\n.\n"
            for title, source, _ in triples(path)
        ]
        path.write_text("\n".join(made), encoding="utf-8")


def test_brackets_around_the_text_of_a_link_make_no_wikilink() -> None:
    found = markdown.render("[[link]](http://example.org/a) [[pdf]](paper.pdf) [[Note]](sic)\n", "a.md")
    assert [(link.kind, link.target) for link in found.links if link.kind == "wiki"] == [("wiki", "Note")]
    assert any(link.target == "paper.pdf" for link in found.links)


def test_a_number_with_a_per_cent_sign_before_it_is_no_citation() -> None:
    assert not [link for link in markdown.render("Runs 90%@4GHz.\n", "a.md").links if link.kind == "cite"]


def test_a_preprocessor_line_in_running_text_is_no_tag() -> None:
    assert markdown.render("Write #include and #pragma omp, on #systems.\n", "a.md").tags == ("systems",)
