"""``make pictures``: the README's pictures, taken of the demo site in headless Chromium.

python -m tests.browser.pictures SITE FOLDER
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import CHROMIUM_FLAGS


class Shot(NamedTuple):
    """A page, its picture's name, the width in CSS px and the colour scheme."""

    page: str
    name: str
    width: int
    scheme: str


SHOTS = (
    Shot("2023/02/flashattention/index.html", "note-light", 1366, "light"),
    Shot("index.html", "home-dark", 1366, "dark"),
)


def take(browser: Browser, site: Path, folder: Path, shot: Shot) -> None:
    page = browser.new_page(viewport={"width": shot.width, "height": 900}, color_scheme=shot.scheme)
    page.goto((site / shot.page).resolve().as_uri())
    page.screenshot(path=folder / f"{shot.name}.png")
    page.close()


def main(site: str, folder: str) -> None:
    chromium = shutil.which("chromium") or sys.exit("chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        for shot in SHOTS:
            take(browser, Path(site), Path(folder), shot)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
