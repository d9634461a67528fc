"""Text onto the clipboard, by whichever program of the system does that."""

from __future__ import annotations

import shutil
import subprocess

from vault.records import VaultError

PROGRAMS = (
    ("pbcopy",),
    ("wl-copy",),
    ("xclip", "-selection", "clipboard"),
    ("xsel", "--clipboard", "--input"),
    ("clip.exe",),
)
"""macOS, Wayland, X11 (two), Windows below Linux."""


def copy(text: str) -> None:
    """Raises VaultError where no program takes it."""
    for program, *options in PROGRAMS:
        path = shutil.which(program)
        if path and _took([path, *options], text):
            return
    names = ", ".join(program for program, *_ in PROGRAMS)
    hint = f"None of {names} works here; leave out --copy."
    raise VaultError("there is no clipboard to copy to", hint=hint)


def _took(command: list[str], text: str) -> bool:
    # xclip stays to serve the clipboard and would hold pipes open.
    quiet = subprocess.DEVNULL
    try:
        done = subprocess.run(
            command, input=text.encode(), stdout=quiet, stderr=quiet, timeout=10, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
