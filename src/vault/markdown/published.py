"""A body's Markdown as anybody may read it: without comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from vault.markdown.engine import parsed
from vault.patterns import lazy

CODE: Final = ("fence", "code_block")
_COMMENT: Final = lazy(r"%%.*?%%|<!--.*?(?:-->|\Z)", re.DOTALL)
_GAP: Final = lazy(r"\n{3,}")


def published(text: str) -> str:
    """The text without ``%%comments%%`` and those of HTML, also where they stand in the code of a line:
    rather too little than too much.  Blocks of code stay as they are."""
    return _GAP.sub("\n\n", "".join(_parts(text))).strip("\n") + "\n"


def _parts(text: str) -> Iterator[str]:
    lines = text.splitlines(keepends=True)
    done = 0
    for first, last in _code(text):
        yield _COMMENT.sub("", "".join(lines[done:first]))
        yield "".join(lines[first:last])
        done = last
    yield _COMMENT.sub("", "".join(lines[done:]))


def _code(text: str) -> Iterator[tuple[int, int]]:
    """First line and the one after the last of each block of code, from 0."""
    done = 0
    for token in parsed(text)[0]:
        if token.type in CODE and token.map and token.map[0] >= done:
            yield token.map[0], (done := token.map[1])
