"""Every page kind of the theme before the judges, full, empty and at its edges, from disk."""

from __future__ import annotations

import itertools
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests import sample_views
from tests.browser.conftest import judge, missing
from tests.browser.test_pages import VNU_KNOWN
from vault.records import Settings
from vault.render import assets, engine

pytestmark = pytest.mark.browser

PAGES = {path: view for path, view in sample_views.pages().items() if view.template != "pages/redirect.html"}


@pytest.fixture(scope="session")
def samples_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample pages as files, with the stylesheet and script under the names that samples use."""
    root = tmp_path_factory.mktemp("look")
    theme = sample_views.theme()
    names, files = assets(theme, Settings())
    by = engine(theme)
    wanted = {path: by.page(view) for path, view in sample_views.pages().items()}
    wanted[sample_views.CSS] = files[names.css[1:]]
    wanted[sample_views.SCRIPT] = files[names.script[1:]]
    wanted |= files
    for path, data in wanted.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    return root


def test_the_nu_checker_finds_no_error_in_the_samples(samples_site: Path) -> None:
    if shutil.which("java") is None:
        missing("java")
    jar = judge("vnu-jar/build/dist/vnu.jar")
    command = ["java", "-jar", jar, "--skip-non-html", "--errors-only", "--format", "json"]
    result = subprocess.run(
        [*command, "--filterpattern", VNU_KNOWN, str(samples_site)],
        capture_output=True,
        text=True,
        check=False,
    )
    messages = json.loads(result.stderr)["messages"]
    assert [f"{m.get('url', '')}:{m.get('lastLine', 0)}: {m['message']}" for m in messages] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_no_violation_in_a_sample(samples_site: Path, browser: Any, path: str, scheme: str) -> None:
    script = judge("axe-core/axe.min.js").read_text(encoding="utf-8")
    width = 390 if scheme == "light" else 1366
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto((samples_site / path).as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    page.evaluate(script)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    result = page.evaluate(f"axe.run({{preload: false, runOnly: {json.dumps(tags)}}})")
    page.close()
    assert [(v["id"], [n["html"][:200] for n in v["nodes"][:3]]) for v in result["violations"]] == []


@pytest.mark.parametrize("width", [320, 768, 960, 1152])
def test_no_sample_scrolls_sideways(samples_site: Path, browser: Any, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    wide = {}
    for path in PAGES:
        page.goto((samples_site / path).as_uri())
        wide[path] = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert {path: found for path, found in wide.items() if found > width} == {}


def test_sidenotes_stand_level_with_their_references_and_never_cover_one_another(
    samples_site: Path, browser: Any
) -> None:
    page = browser.new_page(viewport={"width": 1366, "height": 900})
    page.goto((samples_site / "2025/01/draft/index.html").as_uri())
    boxes = [note.bounding_box() for note in page.locator(".sn").all()]
    first = page.locator("#fnref-1").bounding_box()
    text = page.locator(".prose").bounding_box()
    page.close()
    assert abs(boxes[0]["y"] - first["y"]) < 24
    assert all(box["x"] > text["x"] + text["width"] for box in boxes)
    assert all(one["y"] + one["height"] <= two["y"] for one, two in itertools.pairwise(boxes))


def test_the_theme_button_names_its_state_and_remembers_it(samples_site: Path, browser: Any) -> None:
    page = browser.new_page(color_scheme="light")
    page.goto((samples_site / "index.html").as_uri())
    button = page.locator("[data-theme-button]")
    seen = []
    for _ in range(3):
        seen.append(button.inner_text())
        button.click()
    button.click()
    button.click()
    page.reload()
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.close()
    assert seen == ["Theme: auto", "Theme: light", "Theme: dark"]
    assert ground == "rgb(22, 24, 27)"


def test_papers_sort_and_filter_and_say_so(samples_site: Path, browser: Any) -> None:
    page = browser.new_page(viewport={"width": 1366, "height": 900})
    page.goto((samples_site / "papers/index.html").as_uri())
    years = (
        "[...document.querySelectorAll('tbody tr')].filter(r => !r.hidden).map(r => r.cells[2].textContent)"
    )
    page.locator("thead button", has_text="Year").click()
    down = page.evaluate(years)
    page.locator("thead button", has_text="Year").click()
    way_up = page.evaluate(years)
    assert page.locator("th[aria-sort]").get_attribute("aria-sort") == "ascending"
    assert page.locator("p[role=status]").inner_text() == "Sorted by Year, ascending"
    page.locator("#find").fill("LoRA 2022")
    assert page.evaluate(years) == ["2022"]
    assert page.locator("[data-count]").inner_text().startswith("1 of ")
    page.locator("#find").fill("no such words")
    assert page.locator("[data-none]").is_visible()
    page.close()
    assert down[:-1] == sorted(down[:-1], reverse=True)
    assert way_up[:-1] == sorted(way_up[:-1])
    assert down[-1] == way_up[-1] == "", "rows without a value stay last"


def test_bibtex_is_copied_with_script_and_open_to_all_without(samples_site: Path, browser: Any) -> None:
    url = (samples_site / "2025/01/lora/index.html").as_uri()
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(url)
    page.locator("[data-copy]").click()
    page.get_by_text("Copied", exact=True).first.wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == sample_views.BIBTEX
    context.close()
    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(url)
    assert page.locator(".js-only:visible").count() == 0
    page.get_by_role("link", name="BibTeX", exact=True).click()
    assert page.locator("#bib").is_visible()
    plain.close()


def test_print_drops_the_navigation_and_keeps_every_sidenote(samples_site: Path, browser: Any) -> None:
    page = browser.new_page(viewport={"width": 680, "height": 900}, color_scheme="dark")
    page.goto((samples_site / "2025/01/lora/index.html").as_uri())
    page.emulate_media(media="print")
    assert page.locator(".top nav, .tools, .foot, .btns, .toc").locator("visible=true").count() == 0
    assert page.locator(".brand").is_visible()
    assert page.locator(".sn").locator("visible=true").count() == 5
    assert page.locator("#bib").is_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    page.close()
