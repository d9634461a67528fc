"""What kind of file a note's text is, as far as its lines tell: a log, a reading list, a note."""

from __future__ import annotations

import re

from vault import papers
from vault.parse.lines import atx
from vault.parse.links import is_label, sole_link
from vault.patterns import lazy
from vault.records import Header

LOGS = frozenset({"log", "readinglog", "dailylog", "journal"})
LISTS = frozenset({"readinglist", "list", "queue"})
NOTES = frozenset({"note", "paper"})
ENOUGH = 3
"""How many task items make a reading list, if more than half of them open with a paper."""
_TYPE = lazy(r"""[tT][yY][pP][eE]["']?[ \t]*[:：=]""")
_TYPE_LINE = lazy(r"""^[ \t]*["']?type["']?[ \t]*[:：=]""", re.IGNORECASE | re.MULTILINE)
_TASK = lazy(r"^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+\[[ xX]\][ \t]+(\S.*)$", re.MULTILINE)
_ADDRESS = lazy(r"https?://[^\s<>()\[\]]+")


def kind_of(header: Header) -> str:
    """A header's ``type`` in one spelling: ``Reading list`` is ``readinglist``."""
    return "".join(char for char in header.type.casefold() if char.isalnum())


def is_log(header: Header, several: bool, body: str) -> bool:
    """``type: log``, or ``several`` date headings, no paper in the header, no other type, and more
    linked titles than tasks that name papers."""
    kind = kind_of(header)
    if kind in LOGS:
        return True
    about = any(header.first(name) for name in ("paper", "arxiv", "doi"))
    return several and not about and kind not in LISTS | NOTES and not is_list_of_days(body)


def is_list_of_days(body: str) -> bool:
    """Whether the dated parts of a text hold tasks that name papers, rather than linked titles."""
    tasks = named = 0
    for match in _TASK.finditer(body):
        tasks += 1
        url = _ADDRESS.search(match[1][:2_000])
        named += bool(url and papers.identify_url(url[0]))
    if tasks < ENOUGH or named * 2 <= tasks:
        return False
    return named > sum(is_linked_title(line) for line in body.split("\n") if "](" in line)


def is_linked_title(line: str) -> bool:
    heading = atx(line)
    link = sole_link(heading[1] if heading else line)
    return bool(link and not is_label(link[0]))


def gives_type(text: str) -> bool:
    """Whether a line may be the field ``type``: only then is a header read to see what a file is."""
    return bool(_TYPE.search(text) and _TYPE_LINE.search(text))


def has_tasks(text: str) -> bool:
    """Whether a text has as many task items as a reading list needs."""
    if "[ ]" not in text and "[x]" not in text and "[X]" not in text:
        return False
    return sum(1 for _ in zip(range(ENOUGH), _TASK.finditer(text), strict=False)) == ENOUGH
