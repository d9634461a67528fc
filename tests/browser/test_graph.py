"""The map in a browser: complete without script, worked by keyboard and pointer with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import mistakes
from tests.browser.conftest import judge

pytestmark = pytest.mark.browser

AXE = "axe.run({runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']})"
PICTURE = "document.querySelector('[data-g-box] canvas').toDataURL()"
SHIFTS = """new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(one => sum += one.value)).observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done(sum), 400);
})"""
"""The layout shifts (CLS) since the page began to load."""


@pytest.fixture
def page(demo: Path, browser: Any) -> Iterator[Any]:
    """The graph page from disk; its console says nothing."""
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    told = mistakes(opened, "error", "warning")
    opened.goto((demo / "graph/index.html").as_uri())
    opened.wait_for_timeout(200)
    yield opened
    opened.close()
    assert told == []


def test_the_canvas_takes_the_drawing_s_place_without_moving_anything(page: Any) -> None:
    assert len(page.evaluate(PICTURE)) > 20_000
    assert not page.locator("[data-g-box] svg").is_visible()
    page.reload()  # what a browser does at its very first page is not the map's
    page.wait_for_timeout(200)
    assert page.evaluate(SHIFTS) == 0


def test_a_row_of_the_list_in_focus_changes_the_map_and_enter_opens_it(page: Any) -> None:
    before = page.evaluate(PICTURE)
    row = page.locator("[data-g-list] a").nth(1)
    href = row.get_attribute("href")
    row.focus()
    page.wait_for_timeout(100)
    assert page.evaluate(PICTURE) != before
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{href.removeprefix('../')}")


def test_finding_and_the_legend_narrow_the_list(page: Any) -> None:
    rows = page.locator("[data-g-list] a")
    every = rows.count()
    page.get_by_label("Find a note").fill("lora")
    found = rows.count()
    assert 0 < found < every
    assert all("lora" in text.lower() for text in rows.all_inner_texts())
    page.get_by_label("Find a note").press("Escape")
    assert rows.count() == every
    page.locator("[data-g-clusters] input").first.uncheck()
    assert rows.count() < every
    page.get_by_label("Find a note").fill("no such words")
    assert "No note here" in page.locator("[data-g-list]").inner_text()


def test_a_click_on_a_dot_opens_its_note(page: Any) -> None:
    spot = page.evaluate(
        """() => { const d = VG, b = document.querySelector('[data-g-box]').getBoundingClientRect();
        const z = Math.min(b.width / d.w, b.height / d.h), c = d.c[0];
        return [b.x + (b.width - d.w * z) / 2 + (c[2] + d.p[0] / 10) * z,
                b.y + (b.height - d.h * z) / 2 + (c[3] + d.p[1] / 10) * z]; }"""
    )
    page.mouse.move(*spot)
    wanted = page.evaluate("document.querySelector('.gd').getAttribute('href')")
    page.mouse.click(*spot)
    page.wait_for_url(f"**/{wanted.removeprefix('../')}")


def test_zoom_and_drag_keep_the_map_within_reach(page: Any) -> None:
    before = page.evaluate(PICTURE)
    for _ in range(8):
        page.get_by_label("Zoom in").click()
    box = page.locator("[data-g-box] canvas").bounding_box()
    page.mouse.move(box["x"] + 300, box["y"] + 300)
    page.mouse.down()
    page.mouse.move(box["x"] + 5000, box["y"] + 4000, steps=4)
    page.mouse.up()
    page.wait_for_timeout(100)
    assert page.evaluate(PICTURE) != before
    page.get_by_role("button", name="Whole map").click()
    page.mouse.move(5, 5)
    page.wait_for_timeout(100)
    assert page.evaluate(PICTURE) == before


def test_without_script_every_note_is_a_link_in_the_drawing(demo: Path, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto((demo / "graph/index.html").as_uri())
    dots = page.locator("svg .gd")
    assert dots.count() > 90
    assert all(title for title in dots.locator("title").all_text_contents())
    assert dots.first.is_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_phone_with_the_map_open(demo_url: str, browser: Any, scheme: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    page.goto(demo_url + "graph/index.html")
    page.locator("summary", has_text="Show map").click()
    page.wait_for_timeout(200)
    assert page.locator("[data-g-box] canvas").is_visible()
    page.evaluate(judge("axe-core/axe.min.js").read_text(encoding="utf-8"))
    violations = page.evaluate(AXE)["violations"]
    page.close()
    assert [(v["id"], [n["html"][:200] for n in v["nodes"][:3]]) for v in violations] == []
