"""What only a browser can show: a save reaches the open page, and the reader stays where they were."""

from __future__ import annotations

import contextlib
import functools
import http.server
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import mistakes
from tests.browser.conftest import QuietHandler
from tests.serving import Served, served
from tests.vaults import make, write

pytestmark = pytest.mark.browser

FILE, PAGE = "notes/attention.md", "/2025/01/attention/"
LONG = "\n\n".join(f"Paragraph {n}, long enough to fill some of the window." for n in range(80))
DETAILS = "\n\n<details><summary>More</summary>\n\nhidden words\n\n</details>\n"


def note(text: str) -> str:
    return f"---\ntitle: Attention\ndate: 2025-01-02\ntags: [rank]\n---\n{text}\n\n{LONG}{DETAILS}"


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Served]:
    root = make(tmp_path / "v")
    write(root, FILE, note("First."))
    with served(root) as one:
        yield one


@pytest.fixture
def root(running: Served) -> Path:
    return Path(running.serving.vault.root)


@pytest.fixture
def page(browser: Any, running: Served) -> Iterator[Any]:
    """A page whose console says nothing: no error, no refused resource."""
    context = browser.new_context(viewport={"width": 900, "height": 600})
    opened = context.new_page()
    told = mistakes(opened, "error", "warning")
    yield opened
    context.close()
    assert [text for text in told if "ERR_CONNECTION" not in text and "status of 500" not in text] == []


def go(page: Any, running: Served, address: str = PAGE) -> None:
    page.goto(f"http://localhost:{running.port}{address}")
    running.until(
        lambda: any(path in running.serving.streams.paths() for path in [address[1:] + "index.html"])
    )


def until(page: Any, script: str, wanted: Any = True) -> None:
    """Wait for the value of an expression, also while another page comes: what is asked then may never hear an
    answer, so each question has a limit.  (Playwright's own way needs eval, which the policy forbids.)"""
    from playwright.sync_api import Error

    end, found = time.monotonic() + 5, None
    while found != wanted or found is None:
        assert time.monotonic() < end, (script, found)
        with contextlib.suppress(Error):
            found = page.locator("html").evaluate(script, timeout=1_000)
        page.wait_for_timeout(20)


def test_a_save_reaches_the_open_page_and_keeps_its_place(page: Any, running: Served, root: Path) -> None:
    go(page, running)
    page.locator("summary", has_text="More").click()
    page.locator("summary", has_text="More").focus()
    page.evaluate("scrollTo(0, 1500)")
    at = page.evaluate("scrollY")
    assert at > 1000
    began = time.monotonic()
    write(root, FILE, note("Second."))
    page.get_by_text("Second.").first.wait_for(timeout=5_000)
    took = time.monotonic() - began
    page.wait_for_load_state("load")
    assert abs(page.evaluate("scrollY") - at) <= 2
    assert page.evaluate("document.activeElement.textContent") == "More"
    assert page.locator("details", has_text="hidden words").evaluate("one => one.open")
    assert took < 2, took
    print(f"save to shown: {took * 1000:.0f} ms")


def test_a_page_that_did_not_change_is_not_reloaded(page: Any, running: Served, root: Path) -> None:
    go(page, running, "/about/")
    write(root, FILE, note("Same."))
    running.until_served(PAGE, "Same.")
    running.quiet()
    page.wait_for_timeout(300)
    page.evaluate("window.mine = 1")
    write(root, FILE, note("Other"))
    running.until_served(PAGE, "Other")
    page.wait_for_timeout(500)
    assert page.evaluate("window.mine") == 1


def test_a_stylesheet_is_swapped_without_a_reload(page: Any, running: Served, root: Path) -> None:
    write(root, "templates/assets/user.css", "h1{color:rgb(1, 2, 3)}")
    running.until(lambda: b"user." in running.request(PAGE).body)
    go(page, running)
    page.evaluate("window.mine = 1")
    colour = "getComputedStyle(document.querySelector('h1')).color"
    assert page.evaluate(colour) == "rgb(1, 2, 3)"
    for number in (4, 5):
        write(root, "templates/assets/user.css", f"h1{{color:rgb({number}, 5, 6)}}")
        until(page, colour, f"rgb({number}, 5, 6)")
    assert page.evaluate("window.mine") == 1
    until(page, "document.querySelectorAll('link[rel=stylesheet]').length", 2)


def test_the_overlay_says_what_is_wrong_and_goes_when_it_is_mended(
    page: Any, running: Served, root: Path
) -> None:
    go(page, running)
    page.evaluate("window.mine = 1")
    evil = "<img src=x onerror='window.bad=1'>{% if %}</script>"
    write(root, "templates/partials/footer.html", f"one\ntwo {evil}\nthree\n")
    panel = page.locator("vault-live section")
    panel.wait_for(timeout=5_000)
    text = panel.inner_text()
    assert (
        "templates/partials/footer.html:2" in text
        and evil in text
        and "^" in text
        and "Mend that line" in text
    )
    assert panel.get_attribute("role") == "alert"
    assert panel.locator("a").get_attribute("href").endswith("/templates/partials/footer.html:2:1")
    assert page.get_by_text("First.").count() == 1, "the last good page stays"
    page.keyboard.press("Escape")
    badge = page.locator("vault-live button.badge")
    badge.wait_for()
    assert panel.count() == 0 and badge.inner_text() == "1 mistake"
    badge.click()
    panel.wait_for()
    (root / "templates/partials/footer.html").unlink()
    panel.wait_for(state="detached", timeout=5_000)
    assert page.evaluate("[window.mine, window.bad]") == [1, None]


def test_warnings_are_a_badge_with_a_list(page: Any, running: Served, root: Path) -> None:
    write(root, "notes/other.md", "---\ndate: 2025-01-04\n---\nTo [[Nowhere <b>at all</b>]].\n")
    running.until_served("/2025/01/other/", "Nowhere")
    go(page, running)
    badge = page.locator("vault-live button.badge")
    badge.wait_for()
    assert badge.inner_text().endswith(" problems")
    badge.click()
    assert "Nowhere <b>at all</b>" in page.locator("vault-live section").inner_text()
    page.keyboard.press("Escape")
    badge.wait_for()


def test_a_mistake_of_the_last_save_stands_out(page: Any, running: Served, root: Path) -> None:
    go(page, running)
    write(root, FILE, note("First.").replace("title: Attention", "title: [Attention"))
    panel = page.locator("vault-live section")
    panel.wait_for(timeout=5_000)
    assert "attention.md:2" in panel.inner_text()
    write(root, FILE, note("First."))
    panel.wait_for(state="detached", timeout=5_000)


def test_a_first_build_that_fails_heals_in_the_browser(browser: Any, tmp_path: Path) -> None:
    root = make(tmp_path)
    write(root, "templates/base.html", "{% if %}")
    with served(root) as one:
        page = browser.new_page()
        page.goto(f"http://localhost:{one.port}{PAGE}")
        assert "templates/base.html:1" in page.locator("main").inner_text()
        (root / "templates/base.html").unlink()
        page.get_by_text("Every position").first.wait_for(timeout=5_000)
        page.close()


def test_a_note_that_moves_takes_the_reader_along(page: Any, running: Served, root: Path) -> None:
    go(page, running)
    write(root, FILE, note("Moved.").replace("2025-01-02", "2024-12-31"))
    page.wait_for_url("**/2024/12/attention/", timeout=5_000)
    page.get_by_text("Moved.").first.wait_for()


def test_a_server_that_comes_back_is_found_again(browser: Any, tmp_path: Path) -> None:
    root = make(tmp_path)
    page = browser.new_page()
    with served(root) as one:
        port = one.port
        page.goto(f"http://localhost:{port}{PAGE}")
        one.until(lambda: len(one.serving.streams))
    write(root, FILE, "---\ntitle: Attention\ndate: 2025-01-02\n---\nWritten meanwhile.\n")
    with served(root, port=port) as one:
        page.get_by_text("Written meanwhile.").first.wait_for(timeout=10_000)
        one.until(lambda: len(one.serving.streams))
    page.close()


@pytest.mark.parametrize(
    "address", ["/", "/tags/", "/papers/", "/archive/", "/queue/", "/about/", "/nowhere/"]
)
def test_the_policy_lets_every_page_work(browser: Any, running: Served, address: str) -> None:
    page = browser.new_page()
    violations = "document.addEventListener('securitypolicyviolation', e => (window.bad = (window.bad || []).concat(e.violatedDirective + ' ' + e.blockedURI)))"
    page.add_init_script(violations)
    response = page.goto(f"http://localhost:{running.port}{address}", wait_until="load")
    assert response.status == (404 if address == "/nowhere/" else 200)
    page.wait_for_timeout(100)
    assert page.evaluate("window.bad || null") is None
    assert page.evaluate("document.documentElement.className") == "js", "the inline script ran"
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=\"https://evil.example/x\">')")
    until(page, "(window.bad || []).some(one => one.startsWith('img-src'))")
    page.close()


def test_another_origin_reads_nothing(browser: Any, running: Served, tmp_path: Path) -> None:
    attack = tmp_path / "attack"
    target = f"http://localhost:{running.port}"
    script = f"""
      async function tried() {{
        const out = {{}};
        for (const path of ["/", "{PAGE}", "/papers.json", "/__vault/live.js"]) {{
          for (const mode of ["cors", "no-cors"]) {{
            try {{ const a = await fetch("{target}" + path, {{mode}}); out[path + mode] = (await a.text()).length; }}
            catch (e) {{ out[path + mode] = "refused"; }}
          }}
        }}
        const load = (tag, key, url) => new Promise(done => {{
          const e = document.createElement(tag); e[key] = url; e.onload = () => done("loaded"); e.onerror = () => done("refused");
          document.head.append(e); setTimeout(() => done("nothing"), 3000);
        }});
        out.script = await load("script", "src", "{target}/__vault/live.js");
        out.image = await load("img", "src", "{target}/files/img/plot.png");
        const source = new EventSource("{target}/__vault/events?token={running.token}&page=/");
        out.stream = await new Promise(done => {{ source.onmessage = () => done("heard"); source.onerror = () => done("refused"); }});
        source.close();
        const frame = document.createElement("iframe"); frame.src = "{target}/"; document.body.append(frame);
        await new Promise(done => {{ frame.onload = done; setTimeout(done, 2000); }});
        try {{ out.frame = frame.contentDocument ? "open" : "shut"; }} catch (e) {{ out.frame = "shut"; }}
        return out;
      }}"""
    write(attack, "index.html", f"<!doctype html><title>x</title><body><script>{script}</script>")
    handler = functools.partial(QuietHandler, directory=str(attack))
    other = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=other.serve_forever, daemon=True)
    thread.start()
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{other.server_address[1]}/index.html")
    result = page.evaluate("tried()")
    page.close()
    other.shutdown()
    other.server_close()
    thread.join()
    assert set(result.values()) == {"refused", "shut"}, result


def test_the_preview_server_shows_cards_too(page: Any, running: Served, root: Path) -> None:
    write(root, "notes/other.md", "---\ndate: 2025-01-04\n---\nTo [[Attention]].\n")
    running.until_served("/2025/01/other/", "Attention")
    go(page, running, "/2025/01/other/")
    page.locator(".prose a.card").hover()
    page.locator("#preview:popover-open", has_text="First.").wait_for(timeout=3_000)


def test_the_focus_is_found_again_on_a_page_that_has_more_controls(
    page: Any, running: Served, root: Path
) -> None:
    go(page, running)
    page.evaluate("document.querySelector('main summary').focus()")
    write(root, FILE, note("More, with [[LoRA]] and [[log]]."))
    until(page, "document.body.textContent.includes('More, with')")
    until(page, "document.activeElement.textContent", "More")
