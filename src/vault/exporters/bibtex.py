"""Works -> BibTeX and biblatex."""

from __future__ import annotations

from typing import Final

from vault import papers
from vault.exporters import names, tex
from vault.patterns import lazy
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
_NAME = lazy(r"[^A-Za-z]+")
_KEY = lazy(r"[\s,{}\"#%~\\'()=@]+")


_BIBLATEX: Final = {
    "journal": "journaltitle",
    "year": "date",
    "address": "location",
    "school": "institution",
    "archiveprefix": "eprinttype",
}
"""What biblatex calls a field of BibTeX (it still knows the old names)."""


def bibtex(work: Work) -> str:
    """One entry, its braces balanced, ending in a line feed.

    What vault's own reader makes of it has the same key, title, authors, year and identities.
    """
    return _entry(work, _fields(work))


def biblatex(work: Work) -> str:
    """The same with biblatex's names of fields."""
    named = {_BIBLATEX.get(name, name): value for name, value in _fields(work) if value}
    if "eprinttype" in named:
        named["eprinttype"] = "arxiv"
    return _entry(work, list(named.items()))


def with_abstract(entry: str, work: Work) -> str:
    """An entry with the work's abstract as its last field."""
    text = tex.escaped(work.abstract)
    return f"{entry.removesuffix('}' + chr(10))}  abstract = {{{text}}},\n}}\n" if text else entry


def _entry(work: Work, fields: list[tuple[str, str]]) -> str:
    rows = [(name, value) for name, value in fields if value]
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
        if value := library.get(name):
            verbatim = name in ("isbn", "issn") or (name == "howpublished" and "://" in value)
            fields.setdefault(name, tex.address(value) if verbatim else tex.escaped(value))
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
