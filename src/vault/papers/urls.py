"""Which paper does this address show?  One reader per site, chosen by host."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from vault.papers import arxiv, doi, web
from vault.papers.web import Address
from vault.patterns import lazy
from vault.records import PaperId

Reader = Callable[[Address], PaperId | None]

ENDPOINTS: Final = "abs|pdf|html|format|e-print|ps|src|bibtex|tb|cits|refs|ftp/arxiv/papers/[0-9]{4}"
"""First part of the path under which arXiv itself shows a paper, in one form or another."""

AFTER: Final = r"(?:\.(?:pdf|ps|html|gz|md|txt))?(?=$|[/?#:,;&)\]}>*\s'\"]|\.(?:$|\s))"
"""What may follow an id in an address or a header field; ``v1v1`` or a letter may not."""


def identify_url(url: str) -> PaperId | None:
    """The paper an address shows, redirects unwrapped; None when it shows none.

    Addresses of known sites are read without their ``https://`` too.  A PDF of any other site is
    known by its canonical address (scheme ``url``).
    """
    url = url.strip()
    if url.startswith("//") or _BARE.match(url):
        url = "https://" + url.lstrip("/")
    address = web.split(web.unwrap(url))
    if address is None:
        return None
    site = _site(address.host)
    paper = _READERS[site](address) if site else None
    if paper or site in _STRICT:
        return paper
    return _published(address) or (web_identity(url) if address.path.lower().endswith(".pdf") else None)


def web_identity(url: str) -> PaperId | None:
    """Any http(s) address as an identity: scheme ``url``, the value its canonical form."""
    value = web.canonical(url)
    return PaperId("url", value) if value else None


def _arxiv_under(prefixes: str) -> Reader:
    """A reader of paths that end in an arXiv id under one of these (a pattern of) folders."""
    pattern = lazy(rf"/(?:{prefixes})(?:arxiv:)?{arxiv.ID}{AFTER}", arxiv.FLAGS)

    def read(address: Address) -> PaperId | None:
        found = pattern.match(address.path)
        return arxiv.of(found) if found else None

    return read


def _query(address: Address) -> PaperId | None:
    """arXiv's API, and mirrors that name the paper in the query."""
    for value in web.values(address, "id_list", "id", "pid", "arxiv_id"):
        found = re.compile(arxiv.ID + AFTER, arxiv.FLAGS).match(value)
        if found:
            return arxiv.of(found)
    return None


_on_arxiv = _arxiv_under(rf"(?:(?:{ENDPOINTS})/)?")


def _arxiv(address: Address) -> PaperId | None:
    return _on_arxiv(address) or (_query(address) if address.path.startswith("/api/") else None)


def _doi(address: Address) -> PaperId | None:
    return doi.of(address.path.removeprefix("/").removeprefix("doi:"))


def _published(address: Address) -> PaperId | None:
    """Publishers whose paths hold the DOI: ``/doi/abs/10.1145/...``, ``/article/10.1007/...``."""
    found = _DOI_PATH.match(address.path)
    return doi.of_path(found["doi"]) if found else None


def _nature(address: Address) -> PaperId | None:
    found = re.match(r"/articles/([a-z0-9][a-z0-9.-]*[0-9][a-z0-9.-]*)", address.path)
    return doi.of_path(f"10.1038/{found[1]}") if found else None


def _plos(address: Address) -> PaperId | None:
    return next((doi.of(value) for value in web.values(address, "id")), None)


def _openreview(address: Address) -> PaperId | None:
    if address.path.rstrip("/") not in ("/forum", "/pdf", "/attachment", "/revisions"):
        return None
    value = next(iter(web.values(address, "id")), "")
    return PaperId("openreview", value) if re.fullmatch(r"[\w-]{5,40}", value, re.ASCII) else None


def _acl(address: Address) -> PaperId | None:
    last = address.path.rstrip("/").rpartition("/")[2]
    stem = re.sub(r"(v[0-9])?(\.(pdf|bib))?$", "", last, flags=re.IGNORECASE)
    version = re.search(r"v([1-9])(\.pdf)?$", last, re.IGNORECASE)
    found = doi.acl(stem)
    return PaperId("acl", found.value, int(version[1]) if version else 0) if found else None


def _pmlr(address: Address) -> PaperId | None:
    found = re.match(r"/(v[0-9]+|r[0-9]+)/([a-z0-9_-]+)(?:\.html|\.pdf|/\2(-supp)?\.pdf)?/?$", address.path)
    return PaperId("pmlr", f"{found[1]}/{found[2]}") if found else None


def _cvf(address: Address) -> PaperId | None:
    found = re.match(r"/(content[\w/]*)/(?:html|papers)/([\w-]+_paper)\.(?:html|pdf|php)$", address.path)
    return PaperId("cvf", f"{found[1]}/{found[2]}") if found else None


def _neurips(address: Address) -> PaperId | None:
    """Since 2021 by year and hash (a track's name kept), before that also by number and title."""
    found = _NEURIPS_HASH.match(address.path)
    if found:
        track = "" if found["track"] in (None, "Conference") else f"-{found['track']}"
        return PaperId("neurips", f"{found['year']}/{found['hash'].lower()}{track}")
    found = re.match(r"/paper/([0-9]{1,5}-[a-z0-9-]*[a-z0-9])(?:\.pdf)?/?$", address.path)
    return PaperId("neurips", found[1]) if found else None


def _s2(address: Address) -> PaperId | None:
    found = re.search(r"/(?:CorpusID:?)/?([0-9]{1,12})$", address.path, re.IGNORECASE)
    if found:
        return PaperId("s2", f"CorpusID:{found[1]}")
    found = re.match(r"/(?:paper|reader)/(?:[^/]*/)?([0-9a-f]{40})(?:/|$)", address.path)
    return PaperId("s2", found[1]) if found else _on_s2(address)


def _biorxiv(address: Address) -> PaperId | None:
    path = address.path.removeprefix("/content/")
    found = re.match(r"(10\.[0-9]+/[0-9.]*[0-9](?:v[0-9]+)?)(?![0-9])", path)
    if found:
        return doi.biorxiv(found[1])
    found = re.match(r"(?:(?:bio|med)rxiv/)?early/[0-9/]+/([0-9]{6})(?![0-9])", path)
    return doi.biorxiv(f"10.1101/{found[1]}") if found else None


def _site(host: str) -> str:
    """The host that ``_READERS`` knows: this one, or a domain above it; ``""`` for none."""
    while host and host not in _READERS:
        host = host.partition(".")[2]
    return host


_DOI_PATH: Final = lazy(
    rf"/(?:[\w.-]{{1,40}}/){{0,3}}?(?:doi|article|articles|chapter|book|abstract|content/pdf)/"
    rf"(?:[a-z]{{2,12}}/){{0,2}}?(?P<doi>{doi.PREFIX}.+)",
    arxiv.FLAGS,
)
_NEURIPS_HASH: Final = lazy(
    r"/paper(?:_files/paper)?/(?P<year>[0-9]{4})/(?:hash|file)/(?P<hash>[0-9a-f]{32})"
    r"(?:-[A-Za-z]+(?:-(?P<track>\w{1,60}))?)?\.(?:html|pdf|json|zip)$",
    re.ASCII,
)
_on_s2 = _arxiv_under(r"(?:arxiv/|paper/)?")

_READERS: Final[dict[str, Reader]] = {
    "aclanthology.org": _acl,
    "aclanthology.info": _acl,
    "aclweb.org": _acl,
    "alphaxiv.org": _arxiv_under(r"(?:[a-z]{2}/)?(?:abs|overview|pdf|paper|resources?|audio)/"),
    "ar5iv.labs.arxiv.org": _arxiv_under(r"(?:(?:abs|html|pdf)/)?"),
    "ar5iv.org": _arxiv_under(r"(?:(?:abs|html|pdf)/)?"),
    "arxiv-sanity-lite.com": _query,
    "arxiv-vanity.com": _arxiv_under(r"papers/"),
    "arxiv.org": _arxiv,
    "biorxiv.org": _biorxiv,
    "doi.acm.org": _doi,
    "doi.org": _doi,
    "emergentmind.com": _arxiv_under(r"papers/"),
    "hf.co": _arxiv_under(r"papers/"),
    "huggingface.co": _arxiv_under(r"papers/"),
    "journals.plos.org": _plos,
    "medrxiv.org": _biorxiv,
    "nature.com": _nature,
    "neurips.cc": _neurips,
    "nips.cc": _neurips,
    "openaccess.thecvf.com": _cvf,
    "openreview.net": _openreview,
    "papers.cool": _arxiv_under(r"arxiv/"),
    "proceedings.mlr.press": _pmlr,
    "scirate.com": _arxiv_under(r"arxiv/"),
    "semanticscholar.org": _s2,
    "ui.adsabs.harvard.edu": _arxiv_under(r"abs/"),
    "xxx.lanl.gov": _arxiv_under(rf"(?:{ENDPOINTS})/"),
}

_STRICT: Final = frozenset(
    {
        "alphaxiv.org",
        "ar5iv.labs.arxiv.org",
        "ar5iv.org",
        "arxiv.org",
        "doi.acm.org",
        "doi.org",
        "xxx.lanl.gov",
    }
)
"""Sites whose every paper has an id: an address without one is a mistake, not a PDF."""

_BARE: Final = lazy(
    rf"(?:[a-z0-9-]{{1,30}}\.){{0,3}}?(?:{'|'.join(map(re.escape, sorted(_READERS)))})/", arxiv.FLAGS
)
