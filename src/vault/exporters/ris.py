"""Works -> RIS, for EndNote, Zotero and Mendeley."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vault import papers, people
from vault.bibliography import fields
from vault.records import Work


def ris(works: Iterable[Work]) -> str:
    """A record a work, from ``TY`` to ``ER``, with a blank line between.

    What vault's own reader makes of it are the same works.  Each identity beside the DOI has a
    ``UR`` of its own; ``AN`` is the arXiv id.
    """
    return "\n".join("".join(f"{tag}  - {text}\n" for tag, text in _lines(work)) for work in works)


def _lines(work: Work) -> Iterator[tuple[str, str]]:
    library = dict(work.library.fields) if work.library else {}
    yield "TY", fields.RIS_KINDS.get(work.kind, "GEN")
    rows = [
        ("ID", work.key),
        ("TI", work.title),
        *(("AU", _name(name)) for name in work.authors),
        ("PY", str(work.year or "")),
        ("T2", work.venue),
        ("M3", "" if work.kind in fields.RIS_KINDS else work.kind),
        ("DO", work.doi),
        ("AN", f"arXiv:{work.arxiv}" if work.arxiv else ""),
        *(("UR", url) for url in _links(work, library)),
        ("SP", library.get("pages", "")),
        *(
            (tag, library.get(name, ""))
            for name, tag in fields.RIS_FIELDS.items()
            if name not in ("doi", "note")
        ),
        ("AB", work.abstract),
    ]
    yield from ((tag, " ".join(text.split())) for tag, text in rows if text.strip())
    yield "ER", ""


def _links(work: Work, library: dict[str, str]) -> Iterator[str]:
    """A DOI has a tag of its own; the library's address stands in where no identity has one."""
    yield from filter(None, map(papers.abs_url, (paper for paper in work.ids if paper.value != work.doi)))
    if not work.ids and (url := library.get("url", "")):
        yield url


def _name(name: str) -> str:
    """``Hu, Edward J., Jr``; a team and a name of one word as they are."""
    given, family, suffix = people.split(name)
    return ", ".join(part for part in (family, given, suffix) if part) if given else name
