"""Chromium, which may hang: most that it is asked for has no limit of time, and one test would hold up all."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Chromium:
    """A browser for many tests, started again where it was lost."""

    def __init__(self, playwright: Any, path: str) -> None:
        self.playwright, self.path = playwright, path
        self.mark = f"--tests-of-vault={uuid.uuid4()}"
        self.instance = self.launched()

    def launched(self) -> Any:
        return self.playwright.chromium.launch(executable_path=self.path, args=[*FLAGS, self.mark])

    @contextlib.contextmanager
    def watched(self, seconds: float) -> Iterator[Any]:
        """The browser, which is ended after so many seconds: what it was asked for is an error then."""
        if not self.instance.is_connected():
            self.instance = self.launched()
        clock = threading.Timer(seconds, self.kill)
        clock.daemon = True
        clock.start()
        try:
            yield self.instance
        finally:
            clock.cancel()

    def kill(self) -> None:
        """End its processes, found by their command line: Playwright does not say which they are."""
        for file in Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                if self.mark.encode() in file.read_bytes().split(b"\0"):
                    os.kill(int(file.parent.name), signal.SIGKILL)


def mistakes(page: Any, *kinds: str) -> list[str]:
    """The scripts' errors on a page, as they come, and what its console says of these kinds.  A cross-fade
    that is cut off by the next page is none."""
    told: list[str] = []
    page.on(
        "pageerror", lambda error: None if str(error).startswith("Transition") else told.append(str(error))
    )
    page.on("console", lambda said: told.append(said.text) if said.type in kinds else None)
    return told
