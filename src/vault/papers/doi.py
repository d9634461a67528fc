"""DOIs: ``10.prefix/suffix``, in lower case, for a DOI has no case.

DOIs that only repeat another identity are read as that one, so that one paper has one name:
arXiv's (``10.48550/arXiv.ID``), the ACL Anthology's (``10.18653/v1/ID``), bioRxiv's and medRxiv's.
"""

from __future__ import annotations

import re
from typing import Final

from vault.papers import arxiv, web
from vault.patterns import lazy
from vault.records import PaperId

PREFIX: Final = r"10\.[0-9]{4,9}(?:\.[0-9]{1,9})?/"

_DOI: Final = lazy(PREFIX + r"[^\sa-z0-9]*[a-z0-9]\S*", arxiv.FLAGS)
_ARXIV: Final = lazy(r"10\.48550/arxiv\.(?P<id>.*)", arxiv.FLAGS | re.DOTALL)
_ARXIV_ID: Final = lazy(arxiv.ID, arxiv.FLAGS)
_ACL: Final = lazy(r"10\.18653/v1/(?P<id>.*)", arxiv.FLAGS)
_ACL_ID: Final = lazy(r"[a-z][0-9]{2}-[0-9]{4}|[0-9]{4}\.[a-z0-9_]+(?:-[a-z0-9_]+)+\.[0-9]{1,4}", arxiv.FLAGS)
_BIORXIV: Final = lazy(
    r"(?P<id>10\.(?:1101|64898)/(?:[0-9]{4}\.[0-9]{2}\.[0-9]{2}\.)?[0-9]{6,8})(?:v(?P<version>[1-9][0-9]?))?"
)
_TAILS: Final = (
    "/full",
    "/pdf",
    "/epdf",
    "/abstract",
    "/html",
    "/meta",
    "/fulltext",
    "/summary",
    ".full",
    ".pdf",
    ".html",
    "/",
)


def of(text: str) -> PaperId | None:
    """The paper a bare DOI names, final punctuation dropped; None when the text is not one."""
    value = web.trim(text.strip().replace("\\_", "_"), ".,;:!?'\"*")
    if not _DOI.fullmatch(value):
        return None
    same = _ARXIV.fullmatch(value)
    if same:
        inner = _ARXIV_ID.fullmatch(same["id"])
        return arxiv.of(inner) if inner else None
    same = _ACL.fullmatch(value)
    if same:
        return acl(same["id"]) or PaperId("doi", value.lower())
    return biorxiv(value) or PaperId("doi", value.lower())


def of_path(text: str) -> PaperId | None:
    """The DOI at the head of the rest of a publisher's path (``10.1145/3292500/full``)."""
    for _ in range(3):
        text = next((text.removesuffix(tail) for tail in _TAILS if text.endswith(tail)), text)
    return of(text)


def acl(text: str) -> PaperId | None:
    """An ACL Anthology id: ``P19-1412``, or ``2020.acl-main.740`` since 2020."""
    if not _ACL_ID.fullmatch(text):
        return None
    return PaperId("acl", text.upper() if text[0].isalpha() else text.lower())


def biorxiv(text: str) -> PaperId | None:
    """A bioRxiv or medRxiv DOI, ``v3`` at its end being the version; the value is the DOI."""
    found = _BIORXIV.fullmatch(text)
    return PaperId("biorxiv", found["id"], int(found["version"] or 0)) if found else None
