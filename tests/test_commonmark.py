"""The examples of the CommonMark specification 0.31.2 through the whole renderer.

``data/commonmark.json`` holds the examples (their licence stands beside it).  Where this renderer means
something else, the reason stands below and what it makes instead in ``data/commonmark_differences.json``.
"""

from __future__ import annotations

import json
import os
import re
from html import escape
from pathlib import Path

import lxml.html
import pytest

from tests.markdown_kit import faults, render
from vault import naming
from vault.records import ImageSlot, LinkSlot, PaperSlot, Part, Rendered, TagSlot

DATA = Path(__file__).parent / "data"
EXAMPLES = {
    each["example"]: each for each in json.loads((DATA / "commonmark.json").read_text(encoding="utf-8"))
}
DIFFERENCES = DATA / "commonmark_differences.json"

REASONS = {
    "raw HTML is made safe: attributes, ids, classes and tags that run go, tags are closed where they began": (
        21, 31, 148, 149, 150, 151, 152, 153, 154, 155, 156, 157, 158, 160, 164, 169, 170, 171, 172, 173, 174, 175, 176,
        178, 182, 184, 190, 191, 626, 629,
    ),
    "a tag without its end in the same paragraph is dropped": (
        187, 344, 476, 477, 494, 613, 614, 615, 616, 623, 630, 631, 642, 643,
    ),
    "a word in angle brackets that HTML does not know is text, and so may hold a link": (
        163, 201, 491, 524, 536, 617,
    ),
    "an empty address is no link": (200, 485, 486, 487, 567),
    "an address of a scheme other than http, https and mailto is no link": (596, 598, 599, 600, 601),
    "addresses are links without angle brackets too": (602, 608, 611),
    "the gate for addresses spells them in its own way": (202, 500, 502, 526, 538, 597, 603),
    "double brackets are a link to a note, or its embed": (559, 590),
    "code in a known language is coloured; a name keeps only what is safe in a class": (142, 143, 144),
    "an image that is the whole of a link to a file stands before it": (517, 531),
    "an image has an alt attribute": (475,),
    "an image with a title that stands alone is a figure with a caption": (
        572, 573, 576, 577, 584, 585, 586, 588, 589, 591,
    ),
}  # fmt: skip
DIFFERENT = {number: reason for reason, numbers in REASONS.items() for number in numbers}


def html_of(made: Rendered) -> str:
    """The body as the specification would write it: no anchors, no slots, headings of any level alike."""
    html = "".join(filled(part) for block in made.blocks for part in block.parts)
    html = re.sub(r'<a class="h-a".*?</a>', "", html)
    html = re.sub(r' (?:id|tabindex)="[^"]*"', "", html)
    return html.replace(' rel="external noopener"', "").replace(' class="url"', "")


def filled(part: Part) -> str:
    if isinstance(part, LinkSlot) and part.form == "file":
        return f'<a href="{escape(naming.safe_url(part.written))}">{part.label}</a>'
    if isinstance(part, ImageSlot):
        title = f' title="{escape(part.title)}"' if part.title else ""
        return f'<img src="{escape(part.src)}" alt="{escape(part.alt)}"{title}>'
    if isinstance(part, TagSlot):
        return f"#{part.tag_name}"
    if isinstance(part, PaperSlot):
        return f'<a href="{escape(part.href)}">{part.label}</a>'
    return part if isinstance(part, str) else escape(str(getattr(part, "written", part)))


def canonical(html: str) -> str:
    """HTML in one spelling: white space between blocks, heading levels and titles of relative links (slots
    have none) are left out."""
    html = re.sub(
        r'(<a href="(?!https?:)[^"]*") title="[^"]*"', r"\1", re.sub(r"<(/?)h[1-6]\b", r"<\1h", html)
    )
    made: list[str] = []
    spell(lxml.html.fromstring(f"<div>{html}</div>"), made, False)
    return re.sub(
        r"\s*(</?(?:p|ul|ol|li|blockquote|h|pre|hr|div|table|tr|td|br)\b[^>]*>)\s*", r"\1", "".join(made)
    )


def spell(element: lxml.html.HtmlElement, made: list[str], exact: bool) -> None:
    def words(text: str | None, exact: bool) -> None:
        made.append((text or "") if exact else re.sub(r"\s+", " ", text or ""))

    if isinstance(element.tag, str):
        attributes = "".join(f" {name}={value!r}" for name, value in sorted(element.attrib.items()))
        made.append(f"<{element.tag}{attributes}>")
        words(element.text, exact or element.tag == "pre")
        for child in element:
            spell(child, made, exact or element.tag == "pre")
            words(child.tail, exact or element.tag == "pre")
        made.append(f"</{element.tag}>")


@pytest.mark.parametrize("number", sorted(EXAMPLES))
def test_an_example_of_the_specification(number: int) -> None:
    example = EXAMPLES[number]
    made = render(example["markdown"])
    assert faults(made) == []
    same = canonical(html_of(made)) == canonical(example["html"])
    if number in DIFFERENT:
        assert not same, f"this is now as specified, so not: {DIFFERENT[number]}"
        assert html_of(made) == json.loads(DIFFERENCES.read_text(encoding="utf-8"))[str(number)], DIFFERENT[
            number
        ]
    else:
        assert same, html_of(made)


def test_all_examples_are_there_and_few_differ() -> None:
    assert len(EXAMPLES) == 652
    assert len(DIFFERENT) == sum(map(len, REASONS.values())), "each has one reason"
    assert len(DIFFERENT) < 100


if __name__ == "__main__" and os.environ.get("VAULT_GOLDEN") == "write":
    written = {str(number): html_of(render(EXAMPLES[number]["markdown"])) for number in sorted(DIFFERENT)}
    DIFFERENCES.write_text(json.dumps(written, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
