"""What a page does beyond being read, from a disk, over HTTP and below a path: cards, keys, filters, theme."""

from __future__ import annotations

import functools
import http.server
import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import mistakes
from tests.browser.conftest import QuietHandler, judge
from tests.vaults import built, make

pytestmark = pytest.mark.browser

LONG = "\n\n".join(f"Paragraph {n}, long enough to fill some of the window." for n in range(30))


def queued(name: str, tag: str, priority: int, added: str) -> tuple[str, str]:
    header = f"title: '{name}'\ndate: {added}\nstatus: to-read\npriority: {priority}\ntags: [{tag}]\narxiv: 2401.0000{priority}"
    return f"notes/{name.lower().replace(' ', '-')}.md", f"---\n{header}\n---\n"


FILES = {
    "vault.toml": 'title = "Small"\n[site]\nurl = "https://example.org/n/"\n',
    "library.bib": "@misc{shelf, title={On the shelf}, eprint={2001.08361}, archiveprefix={arXiv}, year={2020}}\n",
    "notes/2025/2025-01-29-lora.md": (
        "---\ntitle: 'LoRA: Low-Rank Adaptation'\narxiv: 2106.09685\ntags: [adapters]\nrating: 4\nstatus: read\n---\n"
        "See [[Attention]], [[Plans]] and [@shelf], a long way down.[^1]\n\n```python\nprint('hello')\n```\n\n"
        f"{LONG}\n\n[^1]: *At once*, and with a [link](https://example.org/).\n"
    ),
    "notes/attention.md": (
        "---\ntitle: Attention & more\ndate: 2025-01-02\narxiv: 1706.03762\nstatus: read\ntldr: Every position looks at every other.\naliases: [Attention]\n---\nIt does.\n"
    ),
    "notes/plans.md": "---\ntitle: Plans\n---\nBack to [[LoRA]]. Compare [scale](https://arxiv.org/abs/2001.08361).\n",
    **dict(
        (
            queued("First one", "rl/deep", 1, "2025-02-20"),
            queued("Second one", "rl", 2, "2024-01-01"),
            queued("Third one", "vision", 2, "2023-01-01"),
        )
    ),
}
NOTE, QUEUE = "2025/01/lora/", "queue/"


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the vault's site in ``dir`` form below ``n/``, in ``file`` form below ``disk/``."""
    top = tmp_path_factory.mktemp("interactions")
    root = make(top / "vault", FILES)
    built(root, out=str(top / "n"))
    built(root, out=str(top / "disk"), portable=True)
    return top


@pytest.fixture(scope="module")
def served(sites: Path) -> Iterator[Callable[[str], str]]:
    """Folder -> its address over HTTP."""
    servers = []

    def serve(folder: str) -> str:
        handler = functools.partial(QuietHandler, directory=str(sites / folder))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_address[1]}/"

    yield functools.cache(serve)
    for server in servers:
        server.shutdown()
        server.server_close()


Address = Callable[[str], str]


@pytest.fixture(params=["disk", "host", "path"])
def address(request: pytest.FixtureRequest, sites: Path, served: Address) -> Address:
    """Page -> its address from a disk, at the top of a host, below a path of a host."""
    ways: dict[str, Address] = {
        "disk": lambda page: (sites / "disk" / page / "index.html").as_uri(),
        "host": lambda page: served("n") + page,
        "path": lambda page: f"{served('')}n/{page}",
    }
    return ways[request.param]


@pytest.fixture
def host(served: Address) -> Address:
    return lambda page: served("n") + page


WATCH = """
window.moved = []; window.bad = [];
const named = node => (node && (node.outerHTML || node.textContent) || "?").slice(0, 80);
new PerformanceObserver(list => {
  for (const e of list.getEntries()) if (!e.hadRecentInput) window.moved.push([e.value, ...e.sources.map(s => named(s.node))]);
}).observe({ type: "layout-shift", buffered: true });
document.addEventListener("securitypolicyviolation", e => window.bad.push(e.violatedDirective + " " + e.blockedURI));
"""
TOOK = """
let at = 0;
for (const sign of ["pointerover", "focusin"]) {
  addEventListener(sign, e => { if (e.target.closest?.("a.card")) at = performance.now(); }, true);
}
addEventListener("toggle", e => { if (e.newState == "open") window.took = performance.now() - at; }, true);
"""
BLOCKED = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"


@pytest.fixture
def opened(browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens pages on which nothing may be refused, shift or fail; the last argument are the context's."""
    contexts, pages = [], []

    def go(url: str, *scripts: str, watch: bool = True, quiet: bool = True, **options: Any) -> Any:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 700}, **options})
        page = context.new_page()
        told = mistakes(page, *(("error",) if quiet else ()))
        for script in ((WATCH,) if watch else ()) + scripts:
            page.add_init_script(script)
        contexts.append(context)
        pages.append((page, told, watch))
        page.goto(url)
        return page

    yield go
    for page, told, watch in pages:
        state = page.evaluate("[window.moved, window.bad]") if watch else [[], []]
        assert (told, state) == ([], [[], []]), page.url
    for context in contexts:
        context.close()


CARD = "#preview:popover-open"


def gone(page: Any) -> None:
    page.locator(CARD).wait_for(state="detached", timeout=2_000)


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim()"))


def tab_to(page: Any, text: str, most: int = 40) -> None:
    for _ in range(most):
        page.keyboard.press("Tab")
        if focused(page) == text:
            return
    raise AssertionError(f"{text} is not reached by {most} tabs")


# Cards


def test_a_card_opens_by_mouse_and_by_keyboard(opened: Any, address: Address) -> None:
    page = opened(address(NOTE), TOOK)
    link, card = page.locator(".prose a.card", has_text="Attention"), page.locator(CARD)
    link.hover()
    card.wait_for()
    page.wait_for_timeout(50)
    assert page.evaluate("window.took") >= 449
    assert card.inner_text().split("\n") == [
        *("Attention & more", "", "2017", "", "Every position looks at every other.", ""),
        "Read 2 Jan 2025",
    ]
    assert link.get_attribute("aria-describedby") == "preview" and card.get_attribute("role") == "tooltip"
    box, where = card.bounding_box(), link.bounding_box()
    assert box["y"] >= where["y"] + where["height"] and box["x"] >= 8
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.wait_for_timeout(400)
    assert card.count() == 1, "the pointer may enter it"
    page.mouse.move(box["x"] + 20, 650, steps=3)
    gone(page)
    assert link.get_attribute("aria-describedby") is None

    page.locator(".brand").focus()
    tab_to(page, "Attention")
    card.wait_for(timeout=3_000)
    page.wait_for_timeout(50)
    assert page.evaluate("window.took") >= 699
    page.keyboard.press("Escape")
    gone(page)
    assert focused(page) == "Attention"
    tab_to(page, "Plans")
    card.wait_for(timeout=3_000)
    assert card.inner_text().startswith("Plans"), "undated notes have a file of their own"
    tab_to(page, "in the library")
    card.wait_for(timeout=3_000)
    assert card.inner_text().split("\n")[0] == "On the shelf", "papers have one too"
    page.evaluate("scrollBy(0, -200)")
    gone(page)


def test_backlinks_have_cards_and_the_own_page_has_none(opened: Any, host: Address) -> None:
    page = opened(host("notes/plans/"))
    page.locator("[aria-labelledby=linked] a.card").hover()
    page.locator(CARD, has_text="LoRA: Low-Rank").wait_for()
    page.evaluate("document.querySelector('.prose a.card').setAttribute('href', '#here')")
    page.mouse.move(0, 0)
    gone(page)
    page.locator(".prose a.card").first.hover()
    page.wait_for_timeout(700)
    assert page.locator(CARD).count() == 0


def test_a_paper_that_nobody_noted_has_a_card_from_the_library(opened: Any, address: Address) -> None:
    page = opened(address("notes/plans/"))
    link = page.locator(".prose a", has_text="scale")
    assert "papers/2001.08361/" in link.get_attribute("href")
    link.hover()
    page.locator(CARD, has_text="On the shelf").wait_for()


def test_touch_opens_no_card(opened: Any, host: Address) -> None:
    page = opened(host(NOTE), has_touch=True)
    page.evaluate("document.addEventListener('click', e => e.preventDefault())")
    page.locator(".prose a.card").first.tap()
    page.wait_for_timeout(900)
    assert page.locator(CARD).count() == 0


@pytest.mark.parametrize(("width", "shows"), [(390, 1), (1280, 0)])
def test_a_footnote_has_a_card_where_it_is_not_in_the_margin(
    opened: Any, host: Address, width: int, shows: int
) -> None:
    page = opened(host(NOTE), viewport={"width": width, "height": 300})
    link = page.locator("a[role=doc-noteref]")
    page.evaluate(
        "scrollTo(0, document.querySelector('.ref').getBoundingClientRect().top + scrollY - innerHeight + 40)"
    )
    link.hover()
    page.wait_for_timeout(700)
    assert page.locator(CARD).count() == shows
    if shows:
        assert page.locator(CARD).inner_text() == "At once, and with a link."
        assert page.locator(f"{CARD} a").count() == page.locator(f"{CARD} [id]").count() == 0


def test_a_card_that_is_not_there_is_no_mistake(opened: Any, host: Address) -> None:
    page = opened(host(NOTE))
    page.route("**/data/cards/*.js", lambda route: route.fulfill(status=200, body="window.VC={};"))
    page.locator(".prose a.card").first.hover()
    page.wait_for_timeout(700)
    assert page.locator(CARD).count() == 0


# Keys and switches


def test_keys_press_what_the_page_shows(opened: Any, address: Address) -> None:
    page = opened(address(QUEUE))
    page.keyboard.press("j")
    assert focused(page) == "First one"
    page.keyboard.press("j")
    assert focused(page) == "Third one", "the oldest of priority 2 comes first"
    page.keyboard.press("k")
    assert focused(page) == "First one"
    page.keyboard.press("?")
    dialog = page.locator("dialog.keys")
    dialog.wait_for()
    page.keyboard.press("g")
    page.keyboard.press("t")
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    assert "/queue/" in page.url and focused(page) == "First one", "focus returns"
    page.keyboard.press("g")
    page.keyboard.press("p")
    page.wait_for_url("**/papers/**")
    page.keyboard.press("Control+g")
    page.keyboard.press("h")
    page.wait_for_timeout(100)
    assert "/papers/" in page.url
    page.keyboard.press("g")
    page.keyboard.press("h")
    page.wait_for_url(lambda url: "/papers/" not in url)


def test_keys_of_a_note(opened: Any, host: Address) -> None:
    page = opened(host(NOTE))
    marked = "Object.fromEntries([...document.querySelectorAll('[aria-keyshortcuts]')].map(e => [e.getAttribute('aria-keyshortcuts'), e.textContent.trim()]))"
    assert page.evaluate(marked) == {
        "?": "Keyboard shortcuts", "o": "arXiv", "[": "Attention & more", "c": "Copy BibTeX",
        "Control+K Meta+K": "Search",
    }  # fmt: skip
    page.route("https://arxiv.org/**", lambda route: route.fulfill(body="the paper"))
    page.keyboard.press("[")
    page.wait_for_url("**/2025/01/attention/")
    page.keyboard.press("]")
    page.wait_for_url(f"**/{NOTE}")
    page.keyboard.press("o")
    page.wait_for_url("https://arxiv.org/abs/2106.09685")
    page.go_back()


def test_letters_in_a_field_are_letters(opened: Any, host: Address) -> None:
    page = opened(host(QUEUE))
    page.locator("#find").focus()
    page.keyboard.type("gp?jk")
    page.wait_for_timeout(100)
    assert page.locator("#find").input_value() == "gp?jk" and "/queue/" in page.url
    assert page.locator("dialog").count() == 0


@pytest.mark.parametrize("storage", ["kept", "blocked"])
def test_the_switches_put_keys_and_cards_off(opened: Any, host: Address, storage: str) -> None:
    page = opened(host(NOTE), *([BLOCKED] if storage == "blocked" else []))
    opener = page.get_by_role("button", name="Keyboard shortcuts")
    opener.click()
    page.locator("dialog [data-keys-switch]").click()
    page.locator("dialog [data-previews-switch]").click()
    assert page.locator("dialog .btns").inner_text().split("\n")[0] == "Single keys: off"
    page.get_by_role("button", name="Close").click()
    if storage == "kept":
        page.reload()
    assert page.locator("[aria-keyshortcuts]:not([data-search])").count() == 0
    page.keyboard.press("?")
    page.keyboard.press("[")
    page.locator(".prose a.card").first.hover()
    page.wait_for_timeout(700)
    assert page.locator(f"dialog[open], {CARD}").count() == 0 and page.url.endswith(NOTE)
    opener.click()
    page.locator("dialog [data-keys-switch]").click()
    assert page.locator("[aria-keyshortcuts]").count() > 0
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.locator("dialog[open]").wait_for()


def test_a_menu_of_the_header_closes_on_escape(opened: Any, host: Address) -> None:
    page = opened(host(QUEUE))
    page.evaluate(
        "document.querySelector('.top .frame').insertAdjacentHTML('beforeend', '<details open><summary>Menu</summary>x</details>')"
    )
    page.keyboard.press("Escape")
    assert page.locator(".top details[open]").count() == 0 and focused(page) == "Menu"
    page.evaluate("document.querySelector('.top details').remove(); window.moved = []")


# Copying


def test_copying_says_so_and_selects_where_the_clipboard_is_out_of_reach(opened: Any, host: Address) -> None:
    page = opened(host(NOTE), permissions=["clipboard-read", "clipboard-write"])
    page.keyboard.press("c")
    page.get_by_role("button", name="Copied").wait_for()
    assert page.locator("p[role=status]").inner_text() == "Copied"
    assert page.evaluate("navigator.clipboard.readText()").startswith("@")
    page.locator(".code").hover()
    page.get_by_role("button", name="Copy code").click()
    page.wait_for_timeout(100)
    assert page.evaluate("navigator.clipboard.readText()") == "print('hello')\n"
    page.get_by_role("button", name="Copy BibTeX").wait_for(timeout=4_000)

    page = opened(host(NOTE), "Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.get_by_role("button", name="Copy BibTeX").click()
    assert page.evaluate("getSelection().toString()").startswith("@")
    assert page.evaluate("document.activeElement.id") == "bib" and page.locator("#bib").is_visible()


def test_y_copies_the_command_of_the_row(opened: Any, host: Address) -> None:
    page = opened(host(QUEUE), permissions=["clipboard-read", "clipboard-write"])
    page.keyboard.press("y")
    page.keyboard.press("j")
    button = page.locator(".rows > li", has=page.locator(":focus")).get_by_role("button", name="Copy code")
    assert button.evaluate("each => getComputedStyle(each).opacity") == "1", "what the key presses is seen"
    page.keyboard.press("y")
    page.get_by_role("button", name="Copied").or_(page.locator(".copy", has_text="Copied")).first.wait_for()
    command = page.locator(".rows > li", has=page.locator(":focus")).locator(".cmd code").inner_text()
    assert page.evaluate("navigator.clipboard.readText()") == command
    assert command.startswith("vault queue start ")
    assert focused(page) == "First one", "the row keeps the focus"


# Filters


def shown(page: Any) -> list[str]:
    return [title.inner_text() for title in page.locator(".rows h3").locator("visible=true").all()]


def test_filters_narrow_the_queue_and_stand_in_the_address(opened: Any, address: Address) -> None:
    page = opened(address(QUEUE))
    assert shown(page)[:3] == ["First one", "Third one", "Second one"]
    total = len(shown(page))
    page.get_by_label("Tag", exact=True).press("r")
    assert shown(page) == ["First one", "Second one"], "a tag stands for its children"
    assert page.locator("[data-count]").inner_text() == f"2 of {total} papers"
    assert (
        page.locator("section", has_text="Soon").locator(".label span").get_attribute("data-left")
        == ", 1 shown"
    )
    page.get_by_label("Waiting").press_sequentially("over a year")
    assert shown(page) == ["Second one"]
    assert page.get_by_role("heading", name="Next").is_visible() is False
    assert page.locator(".jump li:visible").all_inner_texts() == ["Soon"]
    assert page.url.endswith("?tag=rl&age=365")

    again = opened(page.url)
    assert shown(again) == ["Second one"] and again.locator("[data-count]").inner_text().startswith("1 of")
    again.get_by_label("Find").press_sequentially("one vis")
    assert shown(again) == [] and again.locator("[data-none]").is_visible()
    again.keyboard.press("Escape")
    again.wait_for_timeout(50)
    assert len(shown(again)) == total and "?" not in again.url
    assert again.get_by_role("button", name="Reset").count() == 0, "nothing to put back"
    page.get_by_role("button", name="Reset").click()
    page.wait_for_timeout(50)
    assert len(shown(page)) == total


def test_an_address_with_nonsense_filters_nothing(opened: Any, host: Address) -> None:
    page = opened(host(f"{QUEUE}?tag=nowhere&status=%3Cb%3E&mine=1"))
    assert shown(page)[:3] == ["First one", "Third one", "Second one"]
    page.get_by_label("Find").press_sequentially("third")
    assert shown(page) == ["Third one"] and "mine=1" in page.url, "what others put there stays"


def test_the_papers_table_filters_and_sorts_together(opened: Any, host: Address) -> None:
    page = opened(host("papers/?status=read"))
    titles = "[...document.querySelectorAll('.bib tbody tr')].filter(r => !r.hidden).map(r => r.querySelector('.t').textContent)"
    assert page.evaluate(titles) == ["LoRA: Low-Rank Adaptation", "Attention & more"]
    page.get_by_role("button", name="Title").click()
    assert page.evaluate(titles) == ["Attention & more", "LoRA: Low-Rank Adaptation"]
    assert page.locator("th[aria-sort]").get_attribute("aria-sort") == "ascending"
    page.get_by_role("button", name="Noted").click()
    assert page.evaluate(titles) == ["LoRA: Low-Rank Adaptation", "Attention & more"], "newest first"
    page.get_by_label("Status").press("Home")
    assert len(page.evaluate(titles)) > 2


# Theme

FRAMES = """
window.colours = new Set();
const look = () => { if (document.body) window.colours.add(getComputedStyle(document.documentElement).backgroundColor); requestAnimationFrame(look); };
look();
"""
GROUND = {"light": "rgb(252, 252, 250)", "dark": "rgb(22, 24, 27)"}


@pytest.mark.parametrize("saved", ["", "light", "dark", "nonsense"])
@pytest.mark.parametrize("system", ["light", "dark"])
def test_the_first_frame_has_the_final_colour(
    opened: Any, served: Address, sites: Path, system: str, saved: str
) -> None:
    keep = f"try {{ localStorage.setItem('vault-theme', '{saved}') }} catch {{}}" if saved else ""
    home = (sites / "disk/index.html").as_uri() if system == "light" else served("n")
    page = opened(home, keep, FRAMES, color_scheme=system)
    page.wait_for_timeout(100)
    wanted = saved if saved in GROUND else system
    assert page.evaluate("[...window.colours]") == [GROUND[wanted]]
    state = saved if saved in GROUND else "auto"
    assert page.locator("[data-theme-button]").inner_text() == f"Theme: {state}"


def test_the_theme_works_where_storage_is_blocked(opened: Any, host: Address) -> None:
    page = opened(host(""), BLOCKED, color_scheme="light")
    page.locator("[data-theme-button]").click()
    page.locator("[data-theme-button]").click()
    assert page.locator("[data-theme-button]").inner_text() == "Theme: dark"
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == GROUND["dark"]


def test_a_page_from_the_history_wears_the_theme_chosen_since(opened: Any, host: Address) -> None:
    page = opened(host(""), watch=False)
    page.goto(host("papers/"))
    page.locator("[data-theme-button]").click()
    page.go_back()
    page.get_by_role("button", name="Theme: light").wait_for()


# Policy, prefetch, transitions


def test_a_script_that_is_not_the_theme_s_is_stopped(opened: Any, address: Address) -> None:
    page = opened(address(NOTE), watch=False, quiet=False)
    page.evaluate(
        "window.bad = []; document.addEventListener('securitypolicyviolation', e => bad.push(e.violatedDirective))"
    )
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = 1' }))"
    )
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<img src=https://evil.example/x onerror=\"window.ran = 2\">')"
    )
    page.wait_for_timeout(100)
    assert page.evaluate("window.ran") is None
    assert (
        {"script-src-elem", "script-src-attr", "img-src"}
        >= set(page.evaluate("bad"))
        >= {"script-src-elem", "img-src"}
    )


def test_pages_are_fetched_ahead_and_files_are_not(opened: Any, host: Address) -> None:
    page = opened(host(NOTE))
    rules = json.loads(page.locator("script[type=speculationrules]").text_content())
    (rule,) = rules["prefetch"]
    assert rule["eagerness"] == "moderate"
    hrefs = (
        "../../../papers/",
        "../plans/",
        "/x.pdf",
        "../feed.xml",
        "papers.bib",
        "papers.json",
        "search/",
        "files/a.png",
        "#h",
    )
    probe = """([selector, hrefs]) => hrefs.filter(href => {
      const link = document.createElement("a"); link.setAttribute("href", href); return link.matches(selector); })"""
    assert page.evaluate(probe, [rule["where"]["selector_matches"], hrefs]) == [
        "../../../papers/",
        "../plans/",
    ]


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_pages_fade_into_each_other_unless_motion_is_unwanted(
    opened: Any, host: Address, motion: str
) -> None:
    seen = "addEventListener('pagereveal', e => { window.faded = !!e.viewTransition; })"
    page = opened(host(""), seen, reduced_motion=motion)
    page.get_by_role("link", name="Papers").click()
    page.wait_for_url("**/papers/")
    assert page.evaluate("window.faded") is (motion == "no-preference")


# By keyboard alone

RING = """() => {
  const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e);
  const at = document.elementFromPoint(box.left + Math.min(box.width, 20) / 2, box.top + box.height / 2);
  return [e.id.startsWith("by-") || e.id == "find" ? e.id : e.textContent.trim().slice(0, 30), parseFloat(style.outlineWidth) >= 1 && style.outlineStyle != "none",
    box.width > 0 && box.bottom > 0 && box.top < innerHeight, !!at && (at == e || e.contains(at) || at.contains(e))];
}"""


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    ("where", "wanted"),
    [
        (QUEUE, {"Skip to content", "Queue", "Theme: auto", "find", "by-tag", "by-age", "First one", "Keyboard shortcuts"}),
        ("papers/", {"Papers", "find", "by-status", "Title", "Year", "Noted", "LoRA: Low-Rank Adaptation"}),
        (NOTE, {"arXiv", "Copy BibTeX", "Attention", "1", "Copy", "BibTeX", "Keyboard shortcuts"}),
    ],
)  # fmt: skip
def test_everything_is_reached_by_tab_and_the_focus_is_always_seen(
    opened: Any, host: Address, width: int, where: str, wanted: set[str]
) -> None:
    page = opened(host(where), viewport={"width": width, "height": 700})
    if width == 390 and page.locator(".filters summary").is_visible():
        page.locator(".filters summary").press("Enter")
        page.locator("body").evaluate("document.activeElement.blur()")
        page.evaluate("getSelection().removeAllRanges(); scrollTo(0, 0)")
        page.locator(".skip").evaluate("e => { e.focus(); e.blur(); }")
    names = []
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement == document.body"):
            break
        page.wait_for_timeout(15)
        name, ring, inside, open_ = page.evaluate(RING)
        assert (ring, inside, open_) == (True, True, True), (name, ring, inside, open_)
        names.append(name)
    missed = wanted - set(names) - {"Skip to content"}
    assert missed == set(), names


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_no_violation_with_a_card_or_the_keys_open(
    opened: Any, host: Address, scheme: str, width: int
) -> None:
    page = opened(host(NOTE), bypass_csp=True, color_scheme=scheme, viewport={"width": width, "height": 700})
    page.evaluate(judge("axe-core/axe.min.js").read_text(encoding="utf-8"))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

    def told() -> list[Any]:
        found = page.evaluate(f"axe.run({{preload: false, runOnly: {json.dumps(tags)}}})")
        return [(v["id"], [n["html"][:200] for n in v["nodes"][:3]]) for v in found["violations"]]

    page.locator(".prose a.card").first.hover()
    page.locator(CARD).wait_for()
    assert told() == []
    page.keyboard.press("?")
    page.locator("dialog[open]").wait_for()
    assert told() == []


def test_nothing_is_asked_of_others_and_little_of_the_site(opened: Any, demo_url: str) -> None:
    page = opened("about:blank", watch=False)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(demo_url + "2025/01/lora/index.html")
    page.wait_for_load_state("networkidle")
    own = [url for url in asked if not url.startswith("data:") and "/assets/fonts/" not in url]
    assert len(own) == 3, "HTML, CSS, JS; the math font only where the reader has none"
    page.locator(".prose a.card").first.hover()
    page.locator(CARD).wait_for()
    page.keyboard.press("?")
    page.keyboard.press("Escape")
    time.sleep(0.1)
    assert [url for url in asked if not url.startswith((demo_url, "data:"))] == []
    assert len([url for url in asked if "/data/cards/" in url]) == 1
