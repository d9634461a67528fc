"""Works -> BibTeX."""

from __future__ import annotations

import re
from typing import Final

from vault import papers
from vault.exporters import names, tex
from vault.records import PaperId, Work

_VENUE: Final = {
    "article": "journal",
    "inproceedings": "booktitle",
    "incollection": "booktitle",
    "conference": "booktitle",
    "inbook": "booktitle",
    "phdthesis": "school",
    "mastersthesis": "school",
    "techreport": "institution",
    "book": "publisher",
    "proceedings": "publisher",
}
_KEPT: Final = (
    "volume", "number", "issue", "pages", "series", "edition", "chapter", "month", "publisher",
    "organization", "address", "location", "isbn", "issn", "howpublished",
)  # fmt: skip
_ADDRESSES: Final = frozenset(("howpublished", "isbn", "issn"))
_NAME = re.compile(r"[^A-Za-z]+")
_KEY = re.compile(r"[\s,{}\"#%~\\'()=@]+")


def bibtex(work: Work) -> str:
    """One entry, its braces balanced, ending in a line feed.

    What vault's own reader makes of it has the same key, title, authors, year and identities.
    """
    rows = [(name, value) for name, value in _fields(work) if value]
    width = max((len(name) for name, _ in rows), default=0)
    lines = "".join(f"  {name:<{width}} = {{{value}}},\n" for name, value in rows)
    return f"@{_NAME.sub('', work.kind) or 'misc'}{{{_KEY.sub('', work.key) or 'paper'},\n{lines}}}\n"


def _fields(work: Work) -> list[tuple[str, str]]:
    library = dict(work.library.fields) if work.library else {}
    venue = _VENUE.get(work.kind, "howpublished")
    fields = {
        "title": tex.title(work.title),
        "author": names.for_bibtex(work.authors),
        venue: tex.escaped(work.venue),
        "year": str(work.year) if work.year else "",
    }
    for name in _KEPT:
        write = tex.address if name in _ADDRESSES else tex.escaped
        fields.setdefault(name, write(library.get(name, "")))
    return [*fields.items(), *_identities(work, library)]


def _identities(work: Work, library: dict[str, str]) -> list[tuple[str, str]]:
    """eprint, doi and url say the first of each; ``otherids``, a field of vault's own, the rest."""
    arxiv, doi = (next((p for p in work.ids if p.scheme == scheme), None) for scheme in ("arxiv", "doi"))
    rest = [paper for paper in work.ids if paper not in (arxiv, doi)]
    shown = rest[0] if rest else None
    others = " ".join(tex.address(papers.written(paper)) for paper in rest[1:])
    return [
        ("doi", tex.address(doi.value) if doi else ""),
        ("eprint", tex.address(arxiv.value) if arxiv else ""),
        ("archiveprefix", "arXiv" if arxiv else ""),
        ("url", tex.address(papers.abs_url(shown) if shown else _own_url(library, arxiv, doi))),
        ("otherids", others),
    ]


def _own_url(library: dict[str, str], arxiv: PaperId | None, doi: PaperId | None) -> str:
    """The library's address where no identity says it."""
    return "" if arxiv or doi else library.get("url", "")
