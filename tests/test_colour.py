"""Colours as CSS means them, the contrast of two, and what a stylesheet says of the whole page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.render.colour import Colour, colour, contrast, over
from vault.render.declared import declared

BYTES = st.integers(0, 255)


def eight(text: str, scheme: str = "light", **tokens: str) -> tuple[int, int, int] | None:
    named = {name.replace("_", "-"): value for name, value in tokens.items()}
    found = colour(text, scheme, named)
    return None if found is None else (round(found.r * 255), round(found.g * 255), round(found.b * 255))


# The right sides are what Chromium's canvas gives for the same text.
@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("#06c", (0, 102, 204)),
        ("#0A56A3", (10, 86, 163)),
        ("RebeccaPurple", (102, 51, 153)),
        ("rgb(10 86 163 / 50%)", (10, 86, 163)),
        ("rgba(10,86,163,.5)", (10, 86, 163)),
        ("rgb(100% 0% 50%)", (255, 0, 128)),
        ("hsl(210 60% 40%)", (41, 102, 163)),
        ("hsl(0.6turn, 50%, 20%)", (26, 46, 77)),
        ("hwb(200 20% 30%)", (51, 136, 178)),
        ("oklch(60% 0.1 250)", (79, 132, 186)),
        ("oklch(none none none)", (0, 0, 0)),
        ("color(srgb .2 .4 .6)", (51, 102, 153)),
    ],
)
def test_a_colour_is_what_a_browser_makes_of_it(text: str, wanted: tuple[int, int, int]) -> None:
    found = eight(text)
    assert found is not None
    assert max(abs(a - b) for a, b in zip(found, wanted, strict=True)) <= 1


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "#12",
            "#ggg",
            "color-mix(in srgb, red, blue)",
            "rgb(1 2)",
            "rgb(1 2 3 4 5)",
            "rgb(calc(1) 2 3)",
        ),
        *(
            "CanvasText",
            "currentColor",
            "var(--nowhere)",
            "light-dark(red)",
            "color(display-p3 1 0 0)",
            "rgb(",
        ),
    ],
)
def test_what_cannot_be_told_is_none(text: str) -> None:
    assert colour(text, "light", {}) is None


def test_schemes_and_tokens_are_followed_and_circles_end() -> None:
    both = "light-dark(rgb(1, 2, 3), var(--other, #fff))"
    assert (eight(both), eight(both, "dark"), eight(both, "dark", other="#000")) == (
        (1, 2, 3),
        (255, 255, 255),
        (0, 0, 0),
    )
    assert eight("var(--a)", a="var(--b)", b="var(--a)") is None


@given(BYTES, BYTES, BYTES)
def test_three_spellings_of_one_colour_agree(r: int, g: int, b: int) -> None:
    digits = f"#{r:02x}{g:02x}{b:02x}"
    assert colour(digits, "light", {}) == colour(f"rgb({r} {g} {b})", "dark", {})
    assert colour(digits, "light", {}) == colour(f"rgba({r},{g},{b},100%)", "light", {})


@given(st.tuples(BYTES, BYTES, BYTES), st.tuples(BYTES, BYTES, BYTES))
def test_contrast_is_symmetric_and_between_1_and_21(one: tuple[int, ...], two: tuple[int, ...]) -> None:
    a, b = (Colour(*(part / 255 for part in c)) for c in (one, two))
    assert contrast(a, b) == contrast(b, a)
    assert 1 <= contrast(a, b) <= 21.000001


def test_contrast_as_the_guidelines_give_it() -> None:
    def ratio(one: str, two: str) -> float:
        a, b = colour(one, "light", {}), colour(two, "light", {})
        assert a and b
        return round(contrast(a, b), 2)

    assert ratio("#000", "#fff") == 21
    assert ratio("#777", "#fff") == 4.48
    assert ratio("#767676", "#fff") == 4.54
    assert ratio("#0a56a3", "#fcfcfa") == 7.12
    assert ratio("rgb(0 0 0 / 0)", "#fff") == 1


def test_what_lets_its_ground_through_is_seen_with_it() -> None:
    assert over(Colour(0, 0, 0, 0.5), Colour(1, 1, 1)) == Colour(0.5, 0.5, 0.5)


CSS = """
/* :root { --a: no } */
:root { --a: 1; color: red; --b: light-dark(a, b) }
html.js:root, p { --c: "x; --d: y" !important; }
@layer user { :root[data-theme="dark"] { --a: 2 } }
@media (prefers-color-scheme: dark) {
  html { --a: 3 }
  p { --a: no }
}
@media print { :root { --a: no } }
@media (min-width: 9rem) { :root { --a: no } }
:root p { --a: no }
@supports (color: red) { :root { --e:4 } }
"""


def test_tokens_of_the_whole_page_are_found_with_line_and_scheme() -> None:
    found = [(t.name, t.value, t.line, "".join(s[0] for s in t.schemes)) for t in declared(CSS)]
    assert found == [
        ("a", "1", 3, "ld"),
        ("b", "light-dark(a, b)", 3, "ld"),
        ("c", '"x; --d: y"', 4, "ld"),
        ("a", "2", 5, "d"),
        ("a", "3", 7, "d"),
        ("e", "4", 13, "ld"),
    ]


@given(st.text(alphabet=":root{};-a\"'/*@ \n", max_size=80))
def test_what_is_no_stylesheet_is_read_without_harm(text: str) -> None:
    for token in declared(text):
        assert 1 <= token.line <= text.count("\n") + 1
        assert token.value in text
