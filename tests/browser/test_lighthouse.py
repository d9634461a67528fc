"""Lighthouse, without its performance, which a shared machine cannot measure (``make lighthouse`` does)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.browser.conftest import judge, missing
from tests.browser.lighthouse import CLI, FIXED, KINDS, audited, failings, scores
from tests.kinds import kinds

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("kind", KINDS)
def test_lighthouse_gives_a_hundred(demo: Path, demo_url: str, kind: str) -> None:
    """The page of search asks engines not to list it, so it is judged on the other two alone."""
    if shutil.which("node") is None or not (shutil.which("chromium") or shutil.which("chromium-browser")):
        missing("node or chromium")
    cli, found = judge(CLI), kinds(demo)
    if kind not in found:
        pytest.skip(f"the site has no page of the kind {kind}")
    wanted = FIXED[:2] if kind == "search" else FIXED
    report = audited(cli, demo_url + found[kind].removesuffix("index.html"), wanted)
    assert scores(report) == dict.fromkeys(wanted, 100), failings(report)
