"""What papers a library entry names, and which note calls it by its key."""

from __future__ import annotations

from vault import papers
from vault.patterns import lazy
from vault.records import LibraryEntry, PaperId

_VOLUME = lazy(r"\babs/(\S+)")
_PROSE = ("journal", "journaltitle", "volume", "number", "note", "howpublished", "booktitle")
_PAGES = ("online", "misc", "electronic", "www", "webpage")
_LINKS = ("url", "ee", "link", "pdf", "howpublished")


def identities(entry: LibraryEntry) -> tuple[PaperId, ...]:
    """Every identity in an entry's fields, each once: eprint, DOI, addresses, then prose.

    A bare address (a PDF, or the page that an ``@online`` or ``@misc`` is) is one only where there is no
    other: proceedings share theirs.
    """
    fields = dict(entry.fields)
    found = [*entry.papers, *_ids(fields), *_addresses(fields)]
    if not any(paper.scheme == "arxiv" for paper in found):
        found += _prose(fields)
    if not found and entry.kind in _PAGES and (page := papers.web_identity(fields.get("url", ""))):
        found.append(page)
    if any(paper.scheme != "url" for paper in found):
        found = [paper for paper in found if paper.scheme != "url"]
    return tuple({paper.key: paper for paper in reversed(found)}.values())[::-1]


def _ids(fields: dict[str, str]) -> list[PaperId]:
    archive = (fields.get("archiveprefix") or fields.get("eprinttype") or "arxiv").casefold()
    written = [fields.get("arxivid", ""), fields.get("arxiv", ""), fields.get("doi", "")]
    if archive == "arxiv":
        written.insert(0, fields.get("eprint", ""))
    written += fields.get("otherids", "").split()
    known = [papers.identify(text) for text in written if text]
    return [paper for paper in known if paper and paper.scheme != "url"]


def _addresses(fields: dict[str, str]) -> list[PaperId]:
    known = [papers.identify_url(fields[name]) for name in _LINKS if fields.get(name, "").startswith("http")]
    return [paper for paper in known if paper]


def _prose(fields: dict[str, str]) -> list[PaperId]:
    """``arXiv preprint arXiv:1706.03762``, ``abs/1706.03762``: the first that stands there."""
    for name in _PROSE:
        text = fields.get(name, "")
        if (volume := _VOLUME.search(text)) and (paper := papers.identify(volume[1])):
            return [paper]
        for spot in papers.find(text):
            if not spot.naked and spot.paper.scheme == "arxiv":
                return [spot.paper]
    return []
