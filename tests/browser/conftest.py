"""The judges: Chromium, the Nu checker, axe.  ``.ci/run`` installs them; elsewhere tests say what is missing."""

from __future__ import annotations

import http.server
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import Chromium
from tests.browser.static import hosted
from tests.conftest import copied

ROOT = Path(__file__).parents[2]
PATIENCE = 180
"""Seconds; three times what the longest test takes on two processors."""


def missing(what: str) -> None:
    """Skip, or fail where ``VAULT_JUDGES=required`` says that nothing may be skipped."""
    message = f"{what} is not installed (.ci/run installs it)"
    if os.environ.get("VAULT_JUDGES") == "required":
        pytest.fail(message)
    pytest.skip(message)


def judge(name: str) -> Path:
    """A file of an npm package: in node_modules here, or in VAULT_NODE_MODULES."""
    for folder in (Path(os.environ.get("VAULT_NODE_MODULES", "")), ROOT / "node_modules"):
        if (folder / name).is_file():
            return folder / name
    missing(name.split("/", maxsplit=1)[0])
    raise AssertionError


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo site, built once from notes/ as ``make site`` builds it."""
    from click.testing import CliRunner

    from vault.cli import app

    root = copied(tmp_path_factory.mktemp("demo") / "vault")
    os.environ["VAULT_TODAY"] = "2026-11-20"
    result = CliRunner().invoke(app, ["build", "--vault", str(root)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return root / "site"


@pytest.fixture(scope="session")
def demo_url(demo: Path) -> Iterator[str]:
    """The demo site over HTTP on a free port of this machine."""
    with hosted(demo) as url:
        yield url


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_args: object) -> None:
        """Test output is for failures."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        missing("chromium")
        raise AssertionError
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = Chromium(playwright, path)
        yield found
        found.instance.close()


@pytest.fixture
def browser(chromium: Chromium) -> Iterator[Any]:
    with chromium.watched(PATIENCE) as instance:
        yield instance


def lettered(page: Any) -> None:
    """Wait until a page has the fonts that it shows; the one of formulas is asked for after the first frame."""
    page.locator("html:not(.new)").wait_for(state="attached")
    page.evaluate("(document.body.offsetWidth, document.fonts.ready.then(() => 0))")
