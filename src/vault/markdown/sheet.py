"""One text on its way: what the writer needs to know of it, and what it tells."""

from __future__ import annotations

from functools import cached_property

from markdown_it.token import Token

from vault.markdown.equations import Series
from vault.markdown.helpers import Helpers
from vault.patterns import lazy
from vault.problems import problem
from vault.records import Problem
from vault.tuples import NamedTuple
from vault.words import reaches

_FIRST = "\u3040"
_CJK = lazy(rf"[{_FIRST}-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")


class Group(NamedTuple):
    """Top-level tokens ``start`` to ``end`` that become one block; ``raw`` if raw HTML is among them."""

    start: int
    end: int
    raw: bool


class Summary(NamedTuple):
    """``text`` and ``html`` of a TL;DR; tokens ``first`` to ``last`` leave the body for it, none where
    these are equal."""

    text: str = ""
    html: str = ""
    first: int = 0
    last: int = 0


class Sheet:
    """The tokens of one text.

    ``line`` is the file line of the text's first, ``groups`` its blocks in order, ``cited`` the labels
    of footnotes that something refers to, ``definitions`` where their texts stand among the tokens,
    ``raw`` tells whether there is raw HTML.
    """

    def __init__(self, text: str, path: str, line: int, helpers: Helpers) -> None:
        self.text = text
        self.path = path
        self.line = line
        self.helpers = helpers
        self.tokens: list[Token] = []
        self.groups: list[Group] = []
        self.series = Series()
        self.cited: set[str] = set()
        self.definitions: dict[str, tuple[int, int]] = {}
        self.raw = False
        self.summary = Summary()
        self.problems: list[Problem] = []

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    def tell(self, code: str, message: str, *, hint: str = "", line: int = 0, column: int = 0) -> None:
        """Note a mistake; ``line`` is a line of the file."""
        self.problems.append(problem(code, self.path, message, hint=hint, line=line, column=column))


def count_words(text: str) -> int:
    """Words to read; scripts without spaces count two characters a word."""
    words = len(text.split())
    return words if not reaches(text, _FIRST) else words + len(_CJK.findall(text)) // 2
