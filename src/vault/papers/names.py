"""A paper's identity in words and addresses."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from vault.records import PaperId

NAMES: Final = {
    "arxiv": "arXiv",
    "doi": "doi",
    "openreview": "OpenReview",
    "acl": "ACL",
    "pmlr": "PMLR",
    "cvf": "CVF",
    "neurips": "NeurIPS",
    "biorxiv": "bioRxiv",
    "s2": "S2",
}
"""Schemes in order of preference (``url`` comes after them), as labels write them."""


def label(paper: PaperId) -> str:
    """``arXiv:2106.09685``: the identity without its version, for readers."""
    return f"{NAMES[paper.scheme]}:{paper.value}" if paper.scheme in NAMES else short(paper)


def short(paper: PaperId) -> str:
    """``2106.09685``: the value alone; of an address, without its scheme."""
    return paper.value.removeprefix("https://").removeprefix("www.") if paper.scheme == "url" else paper.value


def written(paper: PaperId) -> str:
    """``arXiv:2106.09685v2``: the canonical text that ``identify`` reads back as this very id."""
    version = f"v{paper.version}" if paper.version else ""
    return paper.value if paper.scheme == "url" else f"{label(paper)}{version}"


def abs_url(paper: PaperId) -> str:
    """The page that shows the paper, in the version named (none: the latest)."""
    value = quote(paper.value, safe="/:()._-;", errors="replace")
    version = f"v{paper.version}" if paper.version else ""
    if paper.scheme == "neurips":
        return _neurips(paper.value, "hash", "Abstract", "html")
    forms = {
        "arxiv": f"https://arxiv.org/abs/{value}{version}",
        "doi": f"https://doi.org/{value}",
        "biorxiv": f"https://doi.org/{value}",
        "openreview": f"https://openreview.net/forum?id={value}",
        "acl": f"https://aclanthology.org/{value}/",
        "pmlr": f"https://proceedings.mlr.press/{value}.html",
        "cvf": _cvf(paper.value, "html", "html"),
        "s2": _s2(value),
    }
    return forms.get(paper.scheme, paper.value)


def pdf_url(paper: PaperId) -> str:
    """The paper's PDF, or ``""`` where its address does not follow from the identity."""
    version = f"v{paper.version}" if paper.version else ""
    value = paper.value
    if paper.scheme == "neurips":
        return _neurips(value, "file", "Paper", "pdf")
    forms = {
        "arxiv": f"https://arxiv.org/pdf/{value}{version}",
        "openreview": f"https://openreview.net/pdf?id={value}",
        "acl": f"https://aclanthology.org/{value}{version}.pdf",
        "pmlr": f"https://proceedings.mlr.press/{value}/{value.rpartition('/')[2]}.pdf",
        "cvf": _cvf(value, "papers", "pdf"),
        "url": value if value.lower().partition("?")[0].endswith(".pdf") else "",
    }
    return forms.get(paper.scheme, "")


def _s2(value: str) -> str:
    site = "api.semanticscholar.org" if value.startswith("CorpusID:") else "www.semanticscholar.org/paper"
    return f"https://{site}/{value}"


def _cvf(value: str, folder: str, ending: str) -> str:
    head, _, stem = value.rpartition("/")
    return f"https://openaccess.thecvf.com/{head}/{folder}/{stem}.{ending}"


def _neurips(value: str, folder: str, word: str, ending: str) -> str:
    """From 2022 on the file names carry their track, ``Conference`` for the main one."""
    year, slash, rest = value.partition("/")
    if not slash:
        return f"https://papers.nips.cc/paper/{value}" + (".pdf" if ending == "pdf" else "")
    name, _, track = rest.partition("-")
    track = track or ("Conference" if int(year) >= 2022 else "")
    track = f"-{track}" if track else ""
    return f"https://papers.nips.cc/paper_files/paper/{year}/{folder}/{name}-{word}{track}.{ending}"
