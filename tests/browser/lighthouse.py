"""Lighthouse as a phone sees six kinds of pages; ``make lighthouse`` adds performance, a median of five.

python -m tests.browser.lighthouse SITE [RUNS]
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.browser.chromium import FLAGS
from tests.browser.conftest import ROOT
from tests.browser.static import hosted
from tests.kinds import kinds

CLI = "lighthouse/cli/index.js"
KINDS = ("home", "note", "papers", "queue", "tags: one", "search")
FIXED = ("accessibility", "best-practices", "seo")
FIGURES = {
    "largest-contentful-paint": "LCP ms",
    "total-blocking-time": "TBT ms",
    "cumulative-layout-shift": "CLS",
    "total-byte-weight": "bytes",
}

Report = dict[str, Any]


def audited(cli: Path, url: str, categories: tuple[str, ...]) -> Report:
    """Lighthouse's report on one page, as its JSON says it."""
    flags = " ".join(["--headless=new", *FLAGS])
    command = ["node", cli, url, f"--only-categories={','.join(categories)}", f"--chrome-flags={flags}"]
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or ""
    result = subprocess.run(
        [*command, "--output=json", "--quiet"],
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
        env={**os.environ, "CHROME_PATH": chromium, "NO_UPDATE_NOTIFIER": "1"},
    )
    if result.returncode:
        raise RuntimeError(f"lighthouse {url}: {result.stderr[-2000:]}")
    report: Report = json.loads(result.stdout)
    return report


def scores(report: Report) -> dict[str, int]:
    """Category -> 0 to 100."""
    return {name: round(100 * each["score"]) for name, each in report["categories"].items()}


def failings(report: Report) -> list[str]:
    """What cost points, as ``category: audit: first element``."""
    told = []
    for name, category in report["categories"].items():
        for ref in category["auditRefs"]:
            audit = report["audits"][ref["id"]]
            if ref["weight"] and audit["score"] is not None and audit["score"] < 1:
                items = audit.get("details", {}).get("items") or [""]
                told.append(f"{name}: {audit['id']}: {json.dumps(items[0])[:200]}")
    return told


def main(site: str, runs: str = "5") -> None:
    cli = Path(os.environ.get("VAULT_NODE_MODULES", ROOT / "node_modules")) / CLI
    if not cli.is_file():
        sys.exit("lighthouse is not installed: npm install --no-save lighthouse@13")
    wrong = False
    print(f"{'page':<12}{'perf':>5}{'a11y':>6}{'best':>6}{'SEO':>5}", *FIGURES.values(), sep="  ")
    with hosted(Path(site)) as url:
        for kind, path in kinds(Path(site)).items():
            if kind not in KINDS:
                continue
            address = url + path.removesuffix("index.html")
            reports = [audited(cli, address, ("performance", *FIXED)) for _ in range(int(runs))]
            middle = {
                name: statistics.median(scores(each)[name] for each in reports) for name in scores(reports[0])
            }
            figures = [
                statistics.median(each["audits"][name]["numericValue"] for each in reports)
                for name in FIGURES
            ]
            print(
                f"{kind:<12}",
                *(f"{each:>4.0f}" for each in middle.values()),
                *(f"{each:.5g}" for each in figures),
                sep="  ",
                flush=True,
            )
            wanted = {name for name in middle if not (kind == "search" and name == "seo")}
            wrong |= any(middle[name] < 100 for name in wanted)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
