"""``make pictures``: eight pages of the demo, both themes, two widths, in headless Chromium.

python -m tests.browser.pictures SITE FOLDER [NAME...]

The pages are taken from a disk, as WebP, ``<page>-<theme>-<width>.webp``: text stays sharp and all of them
weigh less than one photograph.  With names only those are taken: ``make pictures`` takes what the README shows.
"""

from __future__ import annotations

import io
import itertools
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import FLAGS
from tests.browser.conftest import lettered
from tests.kinds import kinds

PAGES = {
    "home": "index.html",
    "note": "2023/02/flashattention/index.html",
    "papers": "papers/index.html",
    "queue": "queue/index.html",
    "tag": "tags: one",
    "digest": "digest: month",
    "stats": "stats/index.html",
    "graph": "graph/index.html",
}
"""Name -> the page, or the kind whose largest page it is."""

SIZES = {1366: 900, 390: 844}
SCHEMES = ("light", "dark")
QUALITY = 82


def take(browser: Browser, file: Path, width: int, scheme: str) -> bytes:
    """The window of that width at the top of a page, as PNG."""
    size = {"width": width, "height": SIZES[width]}
    page = browser.new_page(viewport=size, color_scheme=scheme, device_scale_factor=1 if width > 600 else 2)
    page.goto(file.resolve().as_uri())
    lettered(page)
    data = page.screenshot()
    page.close()
    return data


def main(site: str, folder: str, *wanted: str) -> None:
    chromium = shutil.which("chromium") or sys.exit("chromium is not installed")
    top, out = Path(site), Path(folder)
    known = kinds(top)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for (name, page), width, scheme in itertools.product(PAGES.items(), SIZES, SCHEMES):
            file, shot = top / known.get(page, page), f"{name}-{scheme}-{width}"
            if wanted and shot not in wanted:
                continue
            if not file.is_file():
                print(f"no {page}: no picture of {name}", file=sys.stderr)
                continue
            image = Image.open(io.BytesIO(take(browser, file, width, scheme))).convert("RGB")
            image.save(out / f"{shot}.webp", quality=QUALITY, method=6)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
