"""The vault of tests/sites/reading.txt in a browser and on paper: everything that a page must set."""

from __future__ import annotations

import io
import itertools
import json
import re
import shutil
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.archive import read_archive, unpack
from tests.browser.conftest import judge, lettered, missing
from tests.browser.test_pages import FORMAT
from tests.vaults import built, write

pytestmark = pytest.mark.browser

ARCHIVE = Path(__file__).parents[1] / "sites/reading.txt"
NOTES = {
    "long": "2024/01/long-title",
    "nobody": "2024/02/nobody",
    "zh": "2024/03/zh",
    "ja": "2024/03/ja",
    "ar": "2024/04/ar",
    "table": "2024/05/wide-table",
    "code": "2024/06/code",
    "five": "2024/07/five-notes",
    "math": "2024/08/math",
    "blocks": "2024/09/blocks",
    "figures": "2024/10/figures",
    "waits": "2024/11/waits",
}
LISTS = {"queue": "queue", "month": "archive/2024/03"}


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = unpack(read_archive(ARCHIVE.read_text(encoding="utf-8")), tmp_path_factory.mktemp("reading"))
    built(root)
    return root / "site"


@pytest.fixture(scope="module")
def mirrored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same vault as a site that is written from right to left."""
    root = unpack(read_archive(ARCHIVE.read_text(encoding="utf-8")), tmp_path_factory.mktemp("mirrored"))
    config = (root / "vault.toml").read_text(encoding="utf-8")
    write(root, "vault.toml", 'lang = "ar"\n' + config)
    built(root)
    return root / "site"


def address(site: Path, name: str) -> str:
    return (site / {**NOTES, **LISTS}[name] / "index.html").as_uri()


def opened(browser: Any, site: Path, name: str, width: int = 1366, **more: Any) -> Any:
    page = browser.new_page(viewport={"width": width, "height": 900}, **more)
    page.goto(address(site, name))
    lettered(page)
    return page


# On the screen


def test_the_nu_checker_finds_no_error_in_what_is_read(reading: Path) -> None:
    if shutil.which("java") is None:
        missing("java")
    jar = judge("vnu-jar/build/dist/vnu.jar")
    command = ["java", "-jar", jar, "--skip-non-html", "--errors-only", *FORMAT, str(reading)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    told = [f"{m.get('url', '')}: {m['message']}" for m in json.loads(result.stderr)["messages"]]
    assert told == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["ar", "blocks", "figures", "math", "table"])
def test_axe_finds_no_violation_in_what_is_read(reading: Path, browser: Any, name: str, scheme: str) -> None:
    page = opened(browser, reading, name, 390 if scheme == "dark" else 1366, color_scheme=scheme)
    page.evaluate(judge("axe-core/axe.min.js").read_text(encoding="utf-8"))
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    result = page.evaluate(f"axe.run({{preload: false, runOnly: {json.dumps(tags)}}})")
    page.close()
    assert [(v["id"], [n["html"][:200] for n in v["nodes"][:3]]) for v in result["violations"]] == []


SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
"""What WCAG 1.4.12 lets a reader set."""


@pytest.mark.parametrize("width", [320, 390, 768, 1366])
def test_nothing_makes_a_page_scroll_sideways(
    reading: Path, mirrored: Path, browser: Any, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    wide = {}
    for site, name in itertools.product((reading, mirrored), NOTES):
        page.goto(address(site, name))
        if width == 390:
            page.add_style_tag(content=SPACED)
        wide[site.parent.name, name] = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert {key: found for key, found in wide.items() if found > width} == {}


@pytest.mark.parametrize("name", ["five", "figures", "ar"])
@pytest.mark.parametrize("side", ["reading", "mirrored"])
def test_sidenotes_cover_neither_one_another_nor_a_figure_nor_the_text(
    browser: Any, name: str, side: str, request: pytest.FixtureRequest
) -> None:
    page = opened(browser, request.getfixturevalue(side), name)
    notes = [one.bounding_box() for one in page.locator(".sn:not(.long)").all()]
    others = [one.bounding_box() for one in page.locator(".prose > :not(.sn)").all()]
    page.close()
    assert len(notes) >= 3
    assert all(apart(one, two) for one, two in itertools.combinations(notes, 2))
    assert all(apart(one, two) for one, two in itertools.product(notes, others))
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 1366 for box in notes)


def apart(one: dict[str, float], two: dict[str, float]) -> bool:
    """Whether two boxes have no point in common (within a pixel)."""
    beside = one["x"] + one["width"] <= two["x"] + 1 or two["x"] + two["width"] <= one["x"] + 1
    above = one["y"] + one["height"] <= two["y"] + 1 or two["y"] + two["height"] <= one["y"] + 1
    return beside or above


def test_figures_have_their_widths_and_keep_their_shape(reading: Path, browser: Any) -> None:
    page = opened(browser, reading, "figures")
    text = page.locator(".prose > p").first.bounding_box()
    frame = page.locator("main").bounding_box()
    boxes = [one.bounding_box() for one in page.locator("figure").all()]
    assert [round(box["width"]) for box in boxes[2:4]] == [
        round(frame["x"] + frame["width"] - text["x"]),
        round(frame["width"]),
    ]
    shapes = "[...document.images].map(i => [i.width / i.height, i.naturalWidth / i.naturalHeight])"
    assert all(abs(shown - own) < 0.05 for shown, own in page.evaluate(shapes))
    assert page.locator("figure a").get_attribute("href").endswith("files/img/ramp.png")
    page.close()


def test_boxes_stand_before_their_words_and_code_is_never_mirrored(reading: Path, browser: Any) -> None:
    page = opened(browser, reading, "ar")
    item = page.locator(".task").first.bounding_box()
    box = page.locator(".task .box").first.bounding_box()
    code = page.locator("pre").first.evaluate("one => getComputedStyle(one).direction")
    page.close()
    assert box["x"] >= item["x"] + item["width"] - 1
    assert code == "ltr"


FONT_IS_THERE = "() => [...document.fonts].map(font => font.status) == 'loaded'"


def test_the_math_font_comes_only_where_there_is_a_formula(reading: Path, browser: Any) -> None:
    asked: dict[str, list[str]] = {}
    for name in ("math", "code", "blocks", "nobody"):
        page = browser.new_page()
        page.on("request", lambda request, name=name: asked.setdefault(name, []).append(request.url))
        page.goto(address(reading, name))
        page.wait_for_timeout(200)
        if name == "math":
            page.wait_for_function(FONT_IS_THERE)
            signed = "[...document.querySelectorAll('msqrt')].every(r => r.getBoundingClientRect().width > r.firstElementChild.getBoundingClientRect().width + 4)"
            assert page.evaluate(signed), "a root shows its sign"
        page.close()
    fonts = {name for name, urls in asked.items() if any(url.endswith(".woff2") for url in urls)}
    assert fonts == {"math", "blocks"}
    assert all(url.startswith(("file:", "data:")) for urls in asked.values() for url in urls)


def test_the_math_font_waits_for_the_first_frame_and_not_for_a_script(reading: Path, browser: Any) -> None:
    """A slow line would show nothing before it; where the script never comes it is asked for in a second."""
    page, fonts = browser.new_page(), []
    page.on("request", lambda request: fonts.append(request.url) if request.url.endswith(".woff2") else None)
    page.route("**/vault.*.js", lambda route: route.abort())
    page.goto(address(reading, "math"))
    page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length")
    page.wait_for_timeout(200)
    assert fonts == []
    page.wait_for_function(FONT_IS_THERE)
    assert page.evaluate("getComputedStyle(document.querySelector('math')).visibility") == "visible"
    page.close()


def test_what_belongs_to_a_formula_stands_on_its_line(reading: Path, browser: Any) -> None:
    page = browser.new_page()
    page.goto(address(reading, "math"))
    broken = "[...document.querySelectorAll('.nb')].filter(n => n.lastChild.nodeType === 3 && (r => (r.selectNode(n.lastChild), r.getBoundingClientRect().top > n.firstChild.getBoundingClientRect().bottom))(document.createRange())).length"
    for width in range(320, 1400, 90):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(broken) == 0, width
    assert page.locator(".nb").count() >= 6
    page.close()


# On paper


def printed(browser: Any, site: Path, name: str) -> PdfReader:
    page = opened(browser, site, name, color_scheme="dark")
    data = page.pdf(prefer_css_page_size=True, print_background=True)
    page.close()
    return PdfReader(io.BytesIO(data))


def words(reader: PdfReader) -> str:
    """All text, ligatures resolved, white space single."""
    text = "\n".join(sheet.extract_text() for sheet in reader.pages)
    return " ".join(unicodedata.normalize("NFKC", text).split())


def test_a_note_on_paper_keeps_its_notes_and_drops_the_navigation(reading: Path, browser: Any) -> None:
    reader = printed(browser, reading, "five")
    text = words(reader)
    assert 2 <= len(reader.pages) <= 3
    for note in ("First.", "Third.", "In a list.", "In a quotation.", "In a callout.", "The end."):
        assert text.count(note) == 1, note
    assert text.count("A note of more than eighty words") == 1
    assert "⟨ https://example.org/ ⟩" in text.replace("⟨https", "⟨ https").replace("/⟩", "/ ⟩")
    assert "2407.00005" in text
    assert "https://reader.example/notes/2024/07/five-notes/" in text
    for gone in ("Archive", "About", "Theme:", "Copy BibTeX", "Skip to content", "↩", "Download"):
        assert gone not in text, gone
    for number, sheet in enumerate(reader.pages, 1):
        assert f"{number} / {len(reader.pages)}" in sheet.extract_text()


def test_what_is_closed_is_open_on_paper_and_addresses_are_printed_once(reading: Path, browser: Any) -> None:
    blocks, long = words(printed(browser, reading, "blocks")), words(printed(browser, reading, "long"))
    assert "Hidden until opened." in blocks and "Inside them." in blocks
    assert "Noor Siddiqui" in long, "all forty authors"
    assert "@article{quill2024towards," in long
    for wanted in ("2401.01234", "10.5555/long.title.2024"):
        assert wanted in long, wanted
    squeezed = re.sub(r"[\s-]", "", long)
    assert "https://github.com/example/arepositorywitharatherlongname".replace("-", "") in squeezed
    assert squeezed.count("ahostname.example/with/a/path") == 0
    assert squeezed.count("hostname.example/with/a/path/that/never/ends") == 1


@pytest.mark.parametrize(
    ("name", "most"), [("queue", 2), ("month", 2), ("waits", 1), ("math", 3), ("table", 2)]
)
def test_lists_and_notes_fit_on_few_sheets(reading: Path, browser: Any, name: str, most: int) -> None:
    reader = printed(browser, reading, name)
    assert 1 <= len(reader.pages) <= most
    assert "Theme:" not in words(reader)
    assert "1 / " in reader.pages[0].extract_text()


def test_the_queue_on_paper_can_be_ticked_off(reading: Path, browser: Any) -> None:
    text = words(printed(browser, reading, "queue"))
    assert text.count("☐") == 3
    assert "10.5555/waits.2024.1" in text or "DOI" in text


SHEETS = {"A4": (595, 842), "A5": (420, 595), "letter": (612, 792)}


@pytest.mark.parametrize("paper", SHEETS)
def test_the_sheet_is_the_one_asked_for(browser: Any, tmp_path: Path, paper: str) -> None:
    write(tmp_path, "vault.toml", f'[theme]\npaper = "{paper}"\n')
    write(tmp_path, "notes/one.md", "# One\n\nWords.\n")
    built(tmp_path)
    page = browser.new_page()
    page.goto((tmp_path / "site/notes/one/index.html").as_uri())
    sheet = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages[0].mediabox
    page.close()
    assert (round(float(sheet.width)), round(float(sheet.height))) == pytest.approx(SHEETS[paper], abs=1)


OUTSIDE = """width => {
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


@pytest.mark.parametrize("name", [*NOTES, *LISTS])
def test_no_line_is_cut_at_the_edge_of_the_sheet(reading: Path, browser: Any, name: str) -> None:
    inside = round((210 - 2 * 16) / 25.4 * 96)
    page = browser.new_page(viewport={"width": inside, "height": 900})
    page.emulate_media(media="print")
    page.goto(address(reading, name))
    lettered(page)
    cut = page.evaluate(OUTSIDE, inside)
    page.close()
    assert cut == []


def test_paper_is_white_whatever_the_screen_is(reading: Path, browser: Any) -> None:
    page = opened(browser, reading, "blocks", color_scheme="dark")
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.emulate_media(media="print")
    shown = page.evaluate(
        "[getComputedStyle(document.documentElement).backgroundColor, getComputedStyle(document.querySelector('.prose p')).color]"
    )
    page.close()
    assert shown == ["rgb(255, 255, 255)", "rgb(27, 28, 30)"]
