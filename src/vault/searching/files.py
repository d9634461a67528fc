"""Data as a classic script: the one way to load it that works from a disk as well."""

from __future__ import annotations

import json
from typing import Any


def script(name: str, data: Any) -> bytes:
    """A file that assigns data, as JSON in a string, to ``vaultData[name]``.

    A string, because browsers read JSON faster than they read the same as a program.
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign, escaped in (("\\", "\\\\"), ("'", "\\'"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029")):
        text = text.replace(sign, escaped)
    return f"(window.vaultData=window.vaultData||{{}})['{name}']='{text}';\n".encode("utf-8", "replace")
