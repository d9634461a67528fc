"""Works that notes only mention: no note is about them, and no library lists them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator

from vault import naming, papers
from vault.catalog import keys
from vault.patterns import lazy
from vault.records import Link, Note, PaperId, Work, changed
from vault.tuples import NamedTuple

_GENERIC_WORDS = (
    "paper papers link links pdf arxiv abs html doi here this url source preprint article original code "
    "論文 论文"
)
_GENERIC = frozenset(_GENERIC_WORDS.split())
_WORD = lazy(r"[^\W_]+")
_ID = lazy(r"^\s*\[[\w./-]*\d\]")
_ADDRESS = lazy(r"https?:|www\.|://", re.IGNORECASE)


class _Seen(NamedTuple):
    paper: PaperId
    versions: set[int]
    titles: Counter[str]


def works(notes: Iterable[Note], known: Container[str]) -> dict[str, Work]:
    """A work for each paper that a link or a citation names and that is none of ``known`` (paper keys).

    In the order of the keys.  The title is that by which most links call it, else its id.
    """
    found: dict[str, _Seen] = {}
    for note in notes:
        for link in note.links:
            if (paper := named(link)) and paper.key not in known:
                seen = found.setdefault(paper.key, _Seen(paper, set(), Counter()))
                seen.versions.add(paper.version)
                seen.titles.update(title_in(link.text) if link.kind == "paper" else ())
    return {key: _work(key, found[key]) for key in sorted(found)}


def _work(key: str, seen: _Seen) -> Work:
    title = seen.titles.most_common(1)[0][0] if seen.titles else papers.label(seen.paper)
    return Work(
        id=key,
        ids=(changed(seen.paper, version=0),),
        title=title,
        year=keys.arxiv_year(seen.paper),
        key=keys.of_identity(seen.paper),
        versions=tuple(sorted(seen.versions - {0})),
        nickname=naming.nickname(title) if seen.titles else "",
    )


def named(link: Link) -> PaperId | None:
    """The paper that a link mentions for sure.

    Of bare addresses only a PDF is taken for a paper, and a naked number for none; a citation may
    have an id as its key.
    """
    if link.kind == "cite":
        paper = papers.identify(link.target) if any(c.isdigit() for c in link.target) else None
        return paper if paper and paper.scheme != "url" else None
    paper = link.paper if link.kind == "paper" else None
    is_page = paper is not None and paper.scheme == "url" and not paper.value.casefold().endswith(".pdf")
    return None if is_page else paper


def title_in(text: str) -> Iterator[str]:
    """The link's words where they may be a title: no address, no id, not just ``paper`` or ``pdf``."""
    title = " ".join(_ID.sub("", text).split()).strip(" ,;:-–—")
    if not any(c.isalpha() for c in title) or _ADDRESS.search(title) or papers.identify(title):
        return
    words = [word.casefold() for word in _WORD.findall(title)]
    if not all(word in _GENERIC or word.isdecimal() for word in words):
        yield title
