"""What only judges can tell: valid HTML, no accessibility violation, nothing from outside, no overflow."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import judge, missing

pytestmark = pytest.mark.browser

VNU_KNOWN = ".*Attribute .(scriptlevel|displaystyle). not allowed.*"
"""MathML Core attributes that the checker's schema does not know yet."""

FORMAT = ("--format", "json", "--filterpattern", VNU_KNOWN)
KINDS = (
    *("home", "note", "tag", "queue", "papers", "month", "tags", "archive", "about"),
    *("authors", "author", "graph", "search"),
)


def address(demo: Path, kind: str) -> str:
    """One page of each kind; the note is the longest one, so that it shows most."""
    fixed = {
        "home": "index.html",
        "queue": "queue/index.html",
        "papers": "papers/index.html",
        "tags": "tags/index.html",
        "archive": "archive/index.html",
        "about": "about/index.html",
        "digests": "digest/index.html",
        "stats": "stats/index.html",
        "keys": "keys/index.html",
        "authors": "authors/index.html",
        "author": "authors/tri-dao/index.html",
        "graph": "graph/index.html",
        "search": "search/index.html",
    }
    patterns = {
        "note": "20??/??/*/index.html",
        "tag": "tags/*/*/index.html",
        "digest": "digest/20??-??/index.html",
        "month": "archive/20??/??/index.html",
    }
    if kind in fixed:
        return fixed[kind]
    found = sorted(demo.glob(patterns[kind]), key=lambda p: (p.stat().st_size, p), reverse=True)
    return found[0].relative_to(demo).as_posix()


def test_the_nu_checker_finds_no_error(demo: Path) -> None:
    if shutil.which("java") is None:
        missing("java")
    jar = judge("vnu-jar/build/dist/vnu.jar")
    result = subprocess.run(
        ["java", "-jar", jar, "--skip-non-html", "--errors-only", *FORMAT, str(demo)],
        capture_output=True,
        text=True,
        check=False,
    )
    messages = json.loads(result.stderr)["messages"]
    told = [f"{m.get('url', '')}:{m.get('lastLine', 0)}: {m['message']}" for m in messages]
    assert told == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_no_violation(demo: Path, demo_url: str, browser: Any, kind: str, scheme: str) -> None:
    script = judge("axe-core/axe.min.js").read_text(encoding="utf-8")
    for width in (390, 1366):
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page.goto(demo_url + address(demo, kind))
        page.evaluate(script)
        result = page.evaluate(
            "axe.run({runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']})"
        )
        page.close()
        told = [(v["id"], [n["html"][:200] for n in v["nodes"][:3]]) for v in result["violations"]]
        assert told == [], f"{kind} {scheme} {width}"


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_asks_for_anything_outside(demo: Path, demo_url: str, browser: Any, kind: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(demo_url + address(demo, kind), wait_until="networkidle")
    page.close()
    assert asked
    assert [url for url in asked if not url.startswith((demo_url, "data:"))] == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_scrolls_sideways_at_320_px(demo: Path, demo_url: str, browser: Any, kind: str) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 800})
    page.goto(demo_url + address(demo, kind))
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert wide <= 320


@pytest.mark.parametrize("kind", KINDS)
def test_the_site_opens_from_disk_without_script(demo: Path, browser: Any, kind: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((demo / address(demo, kind)).as_uri())
    assert page.locator("h1").count() == 1
    assert page.locator("main").inner_text().strip()
    dead = page.locator(".js-only:visible").count()
    context.close()
    assert dead == 0, "a control that needs script shows without it"
