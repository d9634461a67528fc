"""Works -> CSL-JSON, for pandoc, Zotero and citeproc."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from vault import papers, people
from vault.bibliography import fields
from vault.exporters.names import OTHERS
from vault.records import Work

_LIKE: Final = {"mastersthesis": "thesis", "conference": "paper-conference", "inbook": "chapter"}
_KEPT: Final = (
    "volume", "number", "pages", "publisher", "address", "edition", "chapter", "series", "isbn", "issn",
)  # fmt: skip


def csl_json(works: Iterable[Work]) -> str:
    """An array of items (CSL 1.0.2), ending in a line feed.

    What vault's own reader makes of it are the same works.  ``custom.vault`` says what CSL cannot: the
    kind of entry, and identities beside arXiv's and the DOI.
    """
    return json.dumps([item(work) for work in works], ensure_ascii=False, indent=1) + "\n"


def item(work: Work) -> dict[str, Any]:
    library = dict(work.library.fields) if work.library else {}
    url = next(filter(None, map(papers.abs_url, work.ids)), "") or library.get("url", "")
    rest = [papers.written(paper) for paper in work.ids if paper.value not in (work.arxiv, work.doi)]
    found: dict[str, Any] = {
        "id": work.key,
        "type": fields.CSL_KINDS.get(work.kind) or _LIKE.get(work.kind, "document"),
        "title": work.title,
        "author": [_person(name) for name in work.authors],
        "issued": {"date-parts": [[work.year]]} if work.year else {},
        "container-title": work.venue,
        "DOI": work.doi,
        "archive": "arXiv" if work.arxiv else "",
        "archive_location": work.arxiv,
        "URL": url,
        "abstract": work.abstract,
        **{fields.CSL_FIELDS[name]: library.get(name, "") for name in _KEPT},
        "custom": {"vault": {"kind": work.kind, **({"ids": rest} if rest else {})}},
    }
    return {name: value for name, value in found.items() if value}


def _person(name: str) -> dict[str, str]:
    """The parts of a name where they make it up again, else the whole."""
    given, family, suffix = people.split(name)
    parts = {"given": given, "family": family, "suffix": suffix}
    whole = " ".join(part for part in parts.values() if part)
    if name == OTHERS or not given or whole != name:
        return {"literal": name}
    return {part: text for part, text in parts.items() if text}
