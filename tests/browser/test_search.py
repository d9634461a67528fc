"""The search as its readers use it: by keyboard, from a disk, over HTTP, below a path, on a phone."""

from __future__ import annotations

import functools
import http.server
import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import mistakes
from tests.browser.conftest import QuietHandler, judge

pytestmark = pytest.mark.browser

WHOLE = "() => document.querySelector('{} .rows[data-whole=yes]')"
TAGS = "['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']"


@pytest.fixture(scope="session")
def below(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo over HTTP below ``/some/where/``."""
    top = tmp_path_factory.mktemp("below")
    shutil.copytree(demo, top / "some" / "where")
    handler = functools.partial(QuietHandler, directory=str(top))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/some/where/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(params=["disk", "host", "path"])
def top(request: pytest.FixtureRequest, demo: Path, demo_url: str, below: str) -> str:
    """The demo's first page, each way that a site can be opened."""
    return {"disk": demo.as_uri() + "/", "host": demo_url, "path": below}[request.param]


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    page = browser.new_page(viewport={"width": 1100, "height": 800})
    errors = mistakes(page)
    yield page
    page.close()
    assert errors == []


def some_note(demo: Path) -> str:
    return next(iter(sorted(demo.glob("20??/??/lora*/index.html")))).relative_to(demo).as_posix()


def ask(page: Any, text: str, where: str = "dialog") -> list[str]:
    """Type into the box that has the focus; the titles found once everything has been read."""
    page.keyboard.type(text)
    page.wait_for_function(WHOLE.format(where))
    if where == "main":  # the question goes into the address; what asks meanwhile may never hear an answer
        page.wait_for_url(re.compile(r"[?&]q="))
    page.wait_for_timeout(200)
    titles: list[str] = page.locator(f"{where} .rows[data-whole] .title").all_inner_texts()
    return titles


def test_a_note_is_found_by_the_keyboard_alone(page: Any, demo: Path, top: str) -> None:
    page.goto(top + some_note(demo))
    page.locator(".brand").focus()
    page.keyboard.press("Control+k")
    page.wait_for_selector("dialog[open]")
    titles = ask(page, "low-rank adaptation")
    assert titles[0].startswith("LoRA")
    assert "Low" in page.locator("dialog mark").all_inner_texts()
    assert page.locator("dialog [role=status]").inner_text() == f"{len(titles)} notes"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.textContent") == titles[0]
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0
    assert page.evaluate("document.activeElement.className") == "brand"
    page.keyboard.press("/")
    page.wait_for_selector("dialog[open]")
    page.keyboard.press("Enter")
    page.wait_for_function(f"() => document.querySelector('h1')?.textContent.includes({titles[0][:20]!r})")


def test_the_page_keeps_the_question_in_its_address(page: Any, top: str) -> None:
    page.goto(top + "search/index.html")
    page.wait_for_function("() => document.querySelectorAll('select[data-field=status] option').length > 2")
    assert page.evaluate("document.activeElement.id") == "q"
    titles = ask(page, '"state space"', "main")
    assert titles and page.locator("main mark").count() > 1
    assert not page.locator("#titles").is_visible()
    page.wait_for_function("() => location.search.startsWith('?q=')")
    address = page.url
    page.goto(top + "index.html")
    page.goto(address)
    page.wait_for_function(WHOLE.format("main"))
    page.wait_for_timeout(200)
    assert page.locator("main .rows:not([hidden]) .title").all_inner_texts() == titles


def test_menus_write_into_the_query_and_read_it(page: Any, demo: Path) -> None:
    page.goto((demo / "search/index.html").as_uri())
    page.wait_for_function("() => document.querySelectorAll('select[data-field=status] option').length > 2")
    page.select_option("select[data-field=status]", "reading")
    assert page.input_value("#q") == "status:reading"
    assert (
        page.locator("main .rows:not([hidden]) .st").all_inner_texts()
        == ["Reading"] * page.locator("main .rows:not([hidden]) > li").count()
    )
    page.fill("#q", "status:read lora")
    assert page.input_value("select[data-field=status]") == "read"
    page.select_option("select[data-field=status]", "")
    assert page.input_value("#q") == "lora"


def test_a_tag_is_searched_from_its_page(page: Any, demo: Path) -> None:
    page.goto((demo / "tags/efficiency/peft/index.html").as_uri())
    page.get_by_role("searchbox", name="Search in peft").fill("lora")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/index.html?q=*")
    page.wait_for_function(WHOLE.format("main"))
    assert page.input_value("#q") == "lora tag:efficiency/peft"
    assert page.locator("main .rows:not([hidden]) > li").count() > 2


def test_a_lost_address_leads_to_the_search(page: Any, demo_url: str) -> None:
    page.goto(demo_url + "2025/01/flash-atention/")
    link = page.get_by_role("link", name="Search: flash atention")
    link.click()
    page.wait_for_function(WHOLE.format("main"))
    assert page.input_value("#q") == "flash atention"
    assert "attention" in page.locator("main .told").nth(1).inner_text()


def test_a_slip_is_named_and_a_mistake_explained(page: Any, demo: Path) -> None:
    page.goto((demo / "search/index.html").as_uri())
    page.locator("#q").focus()
    assert ask(page, "transfromer", "main")
    page.get_by_role("button", name="transformer", exact=True).click()
    assert page.input_value("#q") == "transformer"
    page.fill("#q", "year:soon")
    assert "not a number or a range" in page.locator("main [role=status]").inner_text()
    page.fill("#q", "attzzzz")
    page.wait_for_function(WHOLE.format("main"))
    page.wait_for_timeout(300)
    assert page.locator("main [role=status]").inner_text() == "No notes match “attzzzz”."
    page.get_by_role("button", name="tag:attention").click()
    assert page.locator("main .rows:not([hidden]) > li").count() > 2


def test_nothing_is_loaded_before_it_is_wanted(page: Any, demo: Path, demo_url: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(demo_url, wait_until="networkidle")
    assert not [url for url in asked if "search" in url]
    page.locator("[data-search]").hover()
    page.wait_for_function("() => window.vaultSearch?.search.rows.length > 9")
    page.wait_for_function("() => window.vaultSearch.search.told")
    early = [url for url in asked if "data/search/" in url and "/facts" not in url]
    assert not early, "full text waits for the first word"
    page.locator("[data-search]").click()
    page.wait_for_selector("dialog[open]")
    assert ask(page, "gradient")
    assert all(url.startswith((demo_url, "data:")) for url in asked)


def test_a_part_that_is_missing_is_told(page: Any, demo: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(demo, site)
    sorted((site / "data/search").glob("20*.js"))[0].unlink()
    page.goto((site / "search/index.html").as_uri())
    page.fill("#q", "attention")
    page.wait_for_function(
        "() => document.querySelector('main [role=status]').textContent.includes('could not be loaded')"
    )
    assert page.locator("main .rows:not([hidden]) > li").count() > 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1366])
def test_axe_finds_no_violation_while_searching(demo: Path, browser: Any, width: int, scheme: str) -> None:
    script = judge("axe-core/axe.min.js").read_text(encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    for path, where in (("index.html", "dialog"), ("search/index.html", "main")):
        page.goto((demo / path).as_uri())
        page.keyboard.press("Control+k")
        page.wait_for_selector("dialog[open]" if where == "dialog" else "#q:focus")
        assert ask(page, "atention heads", where)
        page.evaluate(script)
        result = page.evaluate(f"axe.run({{preload: false, runOnly: {TAGS}}})")
        assert [(v["id"], [n["html"][:200] for n in v["nodes"][:3]]) for v in result["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("document.querySelector('dialog')?.scrollWidth ?? 0") <= width
    page.close()
