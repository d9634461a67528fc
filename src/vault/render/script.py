"""The page script, smaller by what no browser reads."""

from __future__ import annotations

import re

from vault.patterns import lazy

_COMMENT = lazy(rb"^[ \t]*/\*.*?\*/[ \t]*\n", re.DOTALL | re.MULTILINE)
_INDENT = lazy(rb"^[ \t]+|\n(?=\s*\n)", re.MULTILINE)


def squeezed(code: bytes) -> bytes:
    """The code without comments on lines of their own, indentation and empty lines.

    Code with a template literal is changed only where every line opens and closes its own.
    """
    if any(line.count(b"`") % 2 for line in code.split(b"\n")):
        return code
    return _INDENT.sub(b"", _COMMENT.sub(b"", code))
