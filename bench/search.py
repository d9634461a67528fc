"""The site's search at scale: sizes of its files, and the time from a key to results in Chromium.

``python bench/search.py --n 10000`` generates the benchmark corpus, builds it for a disk, opens the
home page, waits until the search is warm, and types a few queries key by key.  For each key it tells
the milliseconds until the first results are painted.  Needs Chromium and playwright (``.[dev]``).
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
QUERIES = ("t", "transformer", "the gradient", "neural colapse", '"the gradient"')
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WATCH = """() => {
  window.keys = [];
  let seen = null;
  const dialog = document.querySelector("dialog"), input = dialog.querySelector("input");
  input.addEventListener("input", () => {
    const begun = performance.now(), said = input.value;
    seen?.disconnect();  // a key without results, such as an opening quote
    const mine = seen = new MutationObserver(() => {
      if (!dialog.querySelector(".rows li")) return;
      mine.disconnect();
      requestAnimationFrame(() => setTimeout(() => keys.push([said, Math.round(performance.now() - begun)])));
    });
    seen.observe(dialog, { childList: true, subtree: true });
  }, { capture: true });
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--n", type=int, default=10_000, help="notes in the corpus")
    parser.add_argument("--shared", type=Path, default=HERE.parents[1] / "shared")
    parser.add_argument("--site", type=Path, help="a site that is built already, with links for a disk")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="vault-bench-") as folder:
        site = options.site or built(Path(folder), options.n, options.shared)
        sizes(site)
        keys(site)


def built(folder: Path, number: int, shared: Path) -> Path:
    notes, site = folder / "notes", folder / "site"
    generator = shared / "bench" / "gen_corpus.py"
    subprocess.run([sys.executable, str(generator), "--n", str(number), "--out", str(notes)], check=True)
    (folder / "vault.toml").write_text("", encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "vault",
        "build",
        "--portable",
        "--vault",
        str(folder),
        "--out",
        str(site),
    ]
    subprocess.run(command, check=True)
    return site


def sizes(site: Path) -> None:
    """Files and compressed sizes of the titles, the full text and the texts."""
    data = site / "data"
    found = {
        "titles": [data / "search.js", *data.glob("search/titles-*.js")],
        "facts": list(data.glob("search/facts*.js")),
        "full text": [
            path for path in data.glob("search/*.js") if not path.name.startswith(("titles", "facts"))
        ],
        "texts": list(data.glob("search/text/*.js")),
    }
    for name, files in found.items():
        packed = [len(gzip.compress(path.read_bytes(), 9)) for path in files]
        print(
            f"{name}: {len(files)} files, {sum(packed) / 1000:,.0f} kB gz, largest {max(packed) / 1000:,.0f}"
        )


def keys(site: Path) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto((site / "index.html").resolve().as_uri())
        page.keyboard.press("Control+k")
        page.wait_for_selector("dialog[open]")
        page.wait_for_function("() => document.querySelectorAll('dialog .rows li').length > 0")
        page.wait_for_timeout(2000)
        page.evaluate(WATCH)
        for query in QUERIES:
            print(f"{query}: {typed(page, query)}")
        browser.close()


def typed(page: Any, query: str) -> str:
    page.fill("dialog input", "")
    page.evaluate("keys.length = 0")
    for letter in query:
        page.keyboard.press("Space" if letter == " " else letter)
        page.wait_for_timeout(150)
    page.wait_for_selector("dialog .rows[data-whole=yes]", state="attached", timeout=60_000)
    told = page.locator("dialog [role=status]").inner_text()
    times = dict(json.loads(page.evaluate("JSON.stringify(keys.reverse())")))
    first = next(iter(sorted(times, key=len)), "")
    return f"first key {times.get(first, 0)} ms, slowest {max(times.values(), default=0)} ms, {told}"


if __name__ == "__main__":
    main()
