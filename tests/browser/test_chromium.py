"""What the tests look with: a browser that hangs holds nobody up."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.browser.chromium import Chromium

pytestmark = pytest.mark.browser


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="processes are found by /proc")
def test_a_browser_that_hangs_is_ended_and_the_next_test_has_another(chromium: Chromium) -> None:
    from playwright.sync_api import Error

    began = time.monotonic()
    with chromium.watched(1) as browser:
        page = browser.new_page()
        with pytest.raises(Error, match="closed"):
            page.evaluate("for (;;);")
        page.close()
    assert time.monotonic() - began < 20
    with chromium.watched(20) as browser:
        assert browser.new_page().evaluate("1 + 1") == 2
