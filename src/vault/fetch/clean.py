"""What a service answers, made plain: text in one line, numbers, lists; anything else is nothing."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from typing import Any, Final

from vault import papers
from vault.fetch.errors import FetchError
from vault.patterns import lazy
from vault.records import PaperId

TITLE, NAME, ABSTRACT = 500, 120, 10_000
AUTHORS, REFERENCES = 300, 2_000

_HEADING: Final = lazy(r"<(?:jats:)?title>[^<>]{0,60}</(?:jats:)?title>", re.IGNORECASE)
_TAG: Final = lazy(r"<(/?)([A-Za-z][\w:.-]{0,40})(?:\s[^<>]{0,1000})?/?>")
_BLOCKS: Final = frozenset(
    ["p", "sec", "title", "list", "list-item", "br", "break", "disp-formula", "div", "li", "ul", "ol"]
)
_CODE: Final = lazy(r"https?://(?:www\.)?(?:github|gitlab|codeberg)\.(?:com|org)/[\w.-]+/[\w.-]+", re.ASCII)
_PREPRINT: Final = lazy(
    r"\b(?:arxiv|corr|biorxiv|medrxiv|ssrn|preprint|zenodo|hal|repository)\b", re.IGNORECASE
)
_DAY: Final = lazy(r"([12]\d{3})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", re.ASCII)


def line(value: Any, limit: int = TITLE) -> str:
    """A text in one line: NFC, no control characters, none that turn text around or hide; nothing for
    what is no text."""
    if not isinstance(value, str):
        return ""
    text = unicodedata.normalize("NFC", value[: limit * 4])
    if not (text.isascii() and text.isprintable()):
        text = "".join(map(_shown, text))
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _shown(char: str) -> str:
    kind = unicodedata.category(char)
    if kind in ("Cc", "Zl", "Zp", "Zs"):
        return " "
    return "" if kind in ("Cf", "Cs", "Co", "Cn") and char not in "\u200c\u200d" else char


def marked(value: Any, limit: int = TITLE) -> str:
    """A text in one line without its markup (HTML, JATS, MathML)."""
    if not isinstance(value, str):
        return ""
    text = _HEADING.sub(" ", value[: limit * 10])
    return line(html.unescape(_TAG.sub(_gap, text)), limit)


def _gap(tag: re.Match[str]) -> str:
    return " " if tag[2].lower().rpartition(":")[2] in _BLOCKS else ""


def day(value: Any) -> str:
    """The ISO day that a text begins with."""
    found = _DAY.match(value) if isinstance(value, str) else None
    return found[0] if found else ""


def year(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 1000 <= value <= 2999 else 0


def items(value: Any, limit: int = REFERENCES) -> list[Any]:
    return value[:limit] if isinstance(value, list) else []


def table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def names(values: list[str]) -> tuple[str, ...]:
    """Authors, each once; beyond 300 the last one is ``et al.``."""
    found = tuple(dict.fromkeys(filter(None, values)))
    return found if len(found) <= AUTHORS else (*found[:AUTHORS], "et al.")


def doi(value: Any) -> PaperId | None:
    """The paper of a DOI; an arXiv DOI is that arXiv paper."""
    found = papers.identify(value) if isinstance(value, str) and len(value) < 300 else None
    return found if found and found.scheme in ("doi", "arxiv", "acl", "biorxiv") else None


def venue(value: Any) -> str:
    """Where a paper was published; a preprint server is no such place."""
    text = marked(value, 200)
    return "" if _PREPRINT.search(text) else text


def code(*texts: str) -> tuple[str, ...]:
    """Addresses of repositories that texts name."""
    found = (url.rstrip(".").removesuffix(".git") for text in texts for url in _CODE.findall(text))
    return tuple(dict.fromkeys(found))[:5]


def unversioned(paper: PaperId) -> PaperId:
    return PaperId(paper.scheme, paper.value)


def parsed(data: bytes) -> Any:
    """The JSON of an answer.  Raises FetchError."""
    try:
        return json.loads(data.decode("utf-8"), parse_constant=lambda _: None)
    except (ValueError, RecursionError) as error:
        raise FetchError("its answer is no JSON that can be read") from error
