"""What only judges can tell, of every kind of page of the demo and of 1,000 generated notes."""

from __future__ import annotations

import io
import itertools
import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.browser.conftest import judge, lettered, missing
from tests.browser.static import hosted
from tests.kinds import kinds, pages

pytestmark = pytest.mark.browser

VNU_KNOWN = ".*Attribute .(scriptlevel|displaystyle). not allowed.*"
"""MathML Core attributes that the checker's schema does not know yet."""

FORMAT = ("--format", "json", "--filterpattern", VNU_KNOWN)
AXE = (
    "axe.run({preload: false, runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']})"
)


@pytest.fixture(scope="module", params=["demo", "thousand"])
def site(request: pytest.FixtureRequest) -> Path:
    folder: Path = request.getfixturevalue(request.param)
    return folder / "host" if request.param == "thousand" else folder


@pytest.fixture(scope="module")
def url(site: Path) -> Iterator[str]:
    with hosted(site) as address:
        yield address


@pytest.fixture
def visit(site: Path, url: str, browser: Any) -> Iterator[Callable[..., Iterator[tuple[str, Any]]]]:
    """(Kind, opened page) of the largest page of every kind, all in one tab of these settings."""
    contexts = []

    def go(*scripts: str, only: tuple[str, ...] = (), **options: Any) -> Iterator[tuple[str, Any]]:
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        for script in scripts:
            page.add_init_script(script)
        for kind, path in kinds(site).items():
            if not only or kind in only:
                page.goto(url + path)
                yield kind, page

    yield go
    for context in contexts:
        context.close()


def phone(width: int = 320) -> dict[str, Any]:
    return {"viewport": {"width": width, "height": 800}}


# 1 and 2: valid, accessible


def test_the_nu_checker_finds_no_error(site: Path, request: pytest.FixtureRequest) -> None:
    """Every page of the demo; of the thousand one of each kind in all three forms, and each twentieth note."""
    if shutil.which("java") is None:
        missing("java")
    files = [file for _, file in pages(site)]
    if len(files) > 1000:
        forms = (site, site.parent / "path/notes", site.parent / "disk")
        files = [form / path for form in forms for path in kinds(form).values()]
        files += sorted(site.glob("20??/*/*/*.html"))[::20]
    jar = judge("vnu-jar/build/dist/vnu.jar")
    command = ["java", "-jar", jar, "--skip-non-html", "--errors-only", *FORMAT, *files]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    messages = json.loads(result.stderr)["messages"]
    assert [f"{m.get('url', '')}:{m.get('lastLine', 0)}: {m['message']}" for m in messages] == []


@pytest.mark.parametrize(
    ("width", "scheme"), [(320, "light"), (320, "dark"), (768, "dark"), (1366, "light"), (1366, "dark")]
)
def test_axe_finds_no_violation(visit: Any, scheme: str, width: int, request: pytest.FixtureRequest) -> None:
    if width == 768 and "thousand" in request.node.name:
        pytest.skip("the demo has the same layouts")
    script = judge("axe-core/axe.min.js").read_text(encoding="utf-8")
    told = {}
    for kind, page in visit(color_scheme=scheme, **phone(width)):
        page.evaluate(script)
        found = page.evaluate(AXE)["violations"]
        told[kind] = [(v["id"], [n["html"][:200] for n in v["nodes"][:3]]) for v in found]
    assert {kind: found for kind, found in told.items() if found} == {}


# 5 and 6: alone, and still

STILL = """
window.moved = []; window.bad = [];
const named = node => (node && (node.outerHTML || node.textContent) || "?").slice(0, 80);
new PerformanceObserver(list => {
  for (const e of list.getEntries()) window.moved.push([e.value, ...e.sources.map(s => named(s.node))]);
}).observe({ type: "layout-shift", buffered: true });
document.addEventListener("securitypolicyviolation", e => window.bad.push(e.violatedDirective + " " + e.blockedURI));
"""


@pytest.mark.parametrize("width", [320, 1366])
def test_no_page_asks_others_fails_or_moves_while_it_loads(
    visit: Any, site: Path, url: str, width: int
) -> None:
    """Pages with formulas: once the math font is in the browser's cache (docs/decisions.md 23)."""
    asked: list[str] = []
    told: dict[str, Any] = {}
    for kind, page in visit(STILL, **phone(width)):
        if page.locator("math").count():
            lettered(page)
            page.reload()
        page.wait_for_timeout(60)
        told[kind] = page.evaluate("[...window.moved, ...window.bad]")
        asked += page.evaluate("performance.getEntriesByType('resource').map(e => e.name)")
        assert page.evaluate("document.styleSheets.length") >= 1, kind
    assert {kind: found for kind, found in told.items() if found} == {}
    assert asked
    assert [each for each in asked if not each.startswith((url, "data:"))] == []


WIDTHS = "() => [...document.querySelectorAll('.bib th')].map(e => e.getBoundingClientRect().width)"


@pytest.mark.parametrize("width", [960, 1366])
def test_no_row_changes_the_columns_of_the_papers_table(visit: Any, width: int) -> None:
    """A browser may show the first rows of a long table while the others are on their way."""
    for kind, page in visit(**phone(width)):
        if kind != "papers":
            continue
        whole = page.evaluate(WIDTHS)
        page.evaluate(
            "document.querySelectorAll('.bib tbody tr:nth-child(n + 3)').forEach(row => row.remove())"
        )
        assert len(whole) == 7
        assert page.evaluate(WIDTHS) == whole


# 7: whole without script

SHOWN = """() => {
  const own = e => e.checkVisibility() && !e.closest('.js-only, dialog, [role=status], [data-count]');
  const all = query => [...document.querySelectorAll(query)].filter(own);
  return [all('a[href], summary').map(e => e.getAttribute('href') || e.textContent.trim()),
    all('main :is(h1, h2, h3, p, li, td, dt, dd, aside, figcaption, blockquote)').map(e => {
      const copy = e.cloneNode(true); copy.querySelectorAll('.js-only, .no-js, script').forEach(one => one.remove());
      return copy.textContent.replace(/\\s+/g, ' ').trim(); })];
}"""


def test_a_page_without_script_shows_all_that_it_shows_with_it(visit: Any) -> None:
    whole = {kind: page.evaluate(SHOWN) for kind, page in visit(**phone(1366))}
    lost, dead = {}, {}
    for kind, page in visit(java_script_enabled=False, **phone(1366)):
        links, words = page.evaluate(SHOWN)
        assert page.locator("h1").count() == 1
        dead[kind] = page.locator(".js-only:visible, main button:visible, main form:visible").count()
        lost[kind] = [*({*whole[kind][0]} - {*links}), *({*whole[kind][1]} - {*words})]
    assert {kind: found for kind, found in lost.items() if found} == {}
    assert {kind: count for kind, count in dead.items() if count} == {}, "controls that need script"


def test_the_site_opens_from_a_disk_with_its_style(demo: Path, browser: Any) -> None:
    page = browser.new_page()
    for path in kinds(demo).values():
        if path != "404.html":
            page.goto((demo / path).as_uri())
            assert page.evaluate("[...document.styleSheets].every(sheet => sheet.ownerNode.sheet)"), path
            assert (
                page.evaluate("getComputedStyle(document.querySelector('.vh, .skip')).position") == "absolute"
            )
    page.close()


# 9: no sideways scrolling

SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }"
"""What WCAG 1.4.12 lets a reader set."""


@pytest.mark.parametrize(
    ("width", "options"), [(320, {}), (320, {"device_scale_factor": 4}), (768, {}), (1366, {})]
)
def test_no_page_scrolls_sideways(visit: Any, width: int, options: dict[str, Any]) -> None:
    """320 px are also what 1280 px are at 400 %."""
    wide = {}
    for kind, page in visit(**phone(width), **options):
        plain = page.evaluate("document.documentElement.scrollWidth")
        page.add_style_tag(content=SPACED)
        wide[kind] = (plain, page.evaluate("document.documentElement.scrollWidth"))
    assert {kind: found for kind, found in wide.items() if max(found) > width} == {}


# 10 to 12: themes, keyboard, motion, forced colours


A_FRAME = (
    "new Promise(seen => { const look = () => window.colours.size ? seen() : setTimeout(look, 5); look(); })"
)
"""Waited for as a promise: what is looked at again and again would be evaluated there, which the page's policy forbids."""


@pytest.mark.parametrize(("system", "ground"), [("light", "rgb(252, 252, 250)"), ("dark", "rgb(22, 24, 27)")])
def test_every_kind_of_page_wears_the_theme_from_its_first_frame(
    visit: Any, system: str, ground: str
) -> None:
    frames = """window.colours = new Set(); const look = () => {
      if (document.body) window.colours.add(getComputedStyle(document.documentElement).backgroundColor);
      requestAnimationFrame(look); }; look();"""
    keep = "try { localStorage.setItem('vault-theme', %r) } catch {}"
    other = {"light": "dark", "dark": "light"}[system]
    for scripts, scheme in (((frames,), system), ((keep % system, frames), other)):
        for kind, page in visit(*scripts, color_scheme=scheme):
            page.evaluate(A_FRAME)
            page.wait_for_timeout(40)
            assert page.evaluate("[...window.colours]") == [ground], kind


STOPS = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')].filter(e =>
  !e.disabled && e.checkVisibility({ visibilityProperty: true }))
  .map((e, at) => { e.dataset.stop = at; return e.outerHTML.slice(0, 90); })"""
RING = """() => {
  const e = document.activeElement, box = e.getClientRects()[0], style = getComputedStyle(e);
  if (e == document.body || !box) return null;
  const at = document.elementFromPoint(box.left + Math.min(box.width, 16) / 2, box.top + box.height / 2);
  return [+e.dataset.stop, parseFloat(style.outlineWidth) >= 1 && style.outlineStyle != 'none',
    box.width > 0 && box.bottom > 0 && box.top < innerHeight, !!at && (at == e || e.contains(at) || at.contains(e)), e.outerHTML.slice(0, 90)];
}"""
MOST = 45
"""Stops of a page that are walked; long lists go on in the same way."""


@pytest.mark.parametrize("width", [390, 1280])
def test_tab_reaches_every_control_in_the_order_of_the_page_and_is_seen_there(visit: Any, width: int) -> None:
    wrong = {}
    for kind, page in visit(viewport={"width": width, "height": 700}):
        if kind == "search":  # the latest notes take the place of the list of all
            page.wait_for_selector("main [data-search-results] li")
        stops, start = page.evaluate(STOPS), page.evaluate("+(document.activeElement.dataset.stop ?? -1) + 1")
        seen = []
        for _ in range(min(MOST, len(stops) - start)):
            page.keyboard.press("Tab")
            seen.append(page.evaluate(RING))
            if not seen[-1] or not all(seen[-1][1:4]):
                page.wait_for_timeout(50)
                seen[-1] = page.evaluate(RING)
        found = [each and each[0] for each in seen]
        unseen = [each for each in seen if not each or not all(each[1:4])]
        if found != list(range(start, start + len(found))) or unseen:
            at = next((n for n, each in enumerate(found) if n + start != each), 0)
            wrong[kind] = (stops[at + start], seen[at : at + 3], unseen[:3])
    assert wrong == {}


def test_nothing_moves_for_those_who_want_no_motion(visit: Any) -> None:
    moving = """() => [...document.querySelectorAll('*')].filter(e => ['', '::before', '::after'].some(part => {
      const style = getComputedStyle(e, part);
      return parseFloat(style.transitionDuration) > 0.00001 || (style.animationName != 'none' && parseFloat(style.animationDuration) > 0.00001)
        || style.scrollBehavior == 'smooth'; })).map(e => e.outerHTML.slice(0, 80))"""
    found = {kind: page.evaluate(moving) for kind, page in visit(reduced_motion="reduce")}
    assert {kind: each for kind, each in found.items() if each} == {}


def test_controls_have_edges_in_forced_colours(visit: Any) -> None:
    """Or an underline; the heads of a table have the table's rule."""
    bare = """() => [...document.querySelectorAll('button, input:not([type=checkbox], [type=radio]), select, textarea')].filter(e => e.checkVisibility())
      .filter(e => { const style = getComputedStyle(e); return !(parseFloat(style.borderBlockEndWidth) >= 1 && style.borderBlockEndStyle != 'none')
        && style.textDecorationLine == 'none' && !e.closest('th'); })
      .map(e => e.outerHTML.slice(0, 80))"""
    found = {}
    for kind, page in visit(forced_colors="active", color_scheme="dark"):
        assert page.evaluate("matchMedia('(forced-colors: active)').matches")
        found[kind] = page.evaluate(bare)
    assert {kind: each for kind, each in found.items() if each} == {}


def test_quiet_words_speak_up_for_those_who_want_more_contrast(visit: Any) -> None:
    token = "getComputedStyle(document.documentElement).getPropertyValue('--c-muted') == getComputedStyle(document.documentElement).getPropertyValue('--c-text')"
    ((_, plain),) = visit(only=("home",))
    assert not plain.evaluate(token)
    ((_, more),) = visit(only=("home",), contrast="more")
    assert more.evaluate(token)


# 13: print

CUT = """width => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), out = [];
  for (let node; (node = walker.nextNode());) {
    if (!node.data.trim() || node.parentElement.closest('annotation, script, .vh, .skip')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects())
      if (box.width > 1 && (box.left < -40 || box.right > width + 40)) out.push(node.data.trim().slice(0, 40));
  }
  return out;
}"""
"""Texts that reach over the edge of the printed area by more than two thirds of the sheet's margin (60 px)."""


def test_no_line_of_any_page_is_cut_by_the_edge_of_the_sheet(visit: Any) -> None:
    inside = round((210 - 2 * 16) / 25.4 * 96)
    cut = {}
    for kind, page in visit(**phone(inside)):
        page.emulate_media(media="print")
        cut[kind] = page.evaluate(CUT, inside)
    assert {kind: found for kind, found in cut.items() if found} == {}


def test_every_kind_of_page_prints_without_its_navigation_and_with_numbers(
    visit: Any, url: str, request: pytest.FixtureRequest
) -> None:
    large = ("papers", "papers: year", "queue", "stats", "digest")
    for kind, page in visit(color_scheme="dark"):
        if "thousand" in request.node.name and kind in large:
            continue
        sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
        text = " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())
        assert 1 <= len(sheets) <= 40, kind
        for gone in ("Theme:", "Skip to content", "Keyboard shortcuts\n"):
            assert gone not in text, (kind, gone)
        numbers = [f"{at} / {len(sheets)}" in sheet.extract_text() for at, sheet in enumerate(sheets, 1)]
        assert all(numbers), kind
        titled = " ".join(page.locator("h1").inner_text().split())[:12]
        assert titled.lower() in text.lower() or not titled.isascii(), (kind, titled)


def test_a_letter_prints_whole(demo: Path, browser: Any) -> None:
    page = browser.new_page()
    page.goto((demo / kinds(demo)["digest: month"]).as_uri())
    titles = [" ".join(each.split()) for each in page.locator("main h3").all_inner_texts()]
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    page.close()
    text = "".join("".join(sheet.extract_text() for sheet in sheets).split()).casefold()
    assert titles and 1 <= len(sheets) <= 6
    assert [title for title in titles if "".join(title.split())[:20].casefold() not in text] == []
    assert list(itertools.chain.from_iterable(sheet.images for sheet in sheets)) == []
