"""An identity as a person writes it in a header field, and what is wrong with one that is not."""

from __future__ import annotations

import re
from typing import Final

from vault.papers import arxiv, doi, urls
from vault.papers.names import NAMES
from vault.patterns import lazy
from vault.records import PaperId

LIMIT: Final = 5000


def identify(text: str) -> PaperId | None:
    """The paper a header field names, or None when it names none (a title, say).

    Any arXiv form, a DOI, the address of a paper, a Markdown link to one, ``[2304.14318] Title``,
    and ``OpenReview:ID`` and the like as ``written`` writes them.  What tries to be one of these and
    is not (``malformed``) is None as well.
    """
    text = _bare(text)
    if not text or len(text) > LIMIT:
        return None
    linked = _MARKDOWN.match(text)
    if linked:
        return urls.identify_url(linked["url"])
    if "/" in text:
        paper = urls.identify_url(text.split(None, 1)[0])
        if paper:
            return paper
    return _arxiv(text) or _named(text) or _doi(text)


def lenient(text: str) -> bool:
    """Is this an arXiv id with five digits before 1501, when ids had four?  (Read, with a warning.)"""
    paper = identify(text)
    return paper is not None and paper.scheme == "arxiv" and arxiv.is_lenient(paper.value)


def malformed(text: str) -> str:
    """What is wrong with a text or address that tries to be an arXiv id: ``""`` when it does not
    try or is one, ``probably 2310.11453`` where the id can be guessed, else the reason."""
    tried = _attempt(text)
    if tried is None:
        return ""
    guess = _guess(tried)
    return f"probably {guess}" if guess else _reason(tried)


def likely(text: str) -> str:
    """The id a malformed one was meant to be (``2310.11453`` of ``abs/2023.10.11453``), or ``""``."""
    tried = _attempt(text)
    return _guess(tried) if tried else ""


def _bare(text: str) -> str:
    """Without the quotes, backticks and angle brackets people put around a field's value."""
    text = text.replace("\xa0", " ").strip().strip("\"'`“”‘’").strip()
    return text[1:-1].strip() if text[:1] == "<" and text[-1:] == ">" else text


def _arxiv(text: str) -> PaperId | None:
    found = _FIELD.match(text)
    return arxiv.of(found) if found else None


def _doi(text: str) -> PaperId | None:
    found = re.match(r"(?:info:|urn:)?(?:doi)?\s?[:：/]?\s{0,2}(10\.[0-9]{4}\S+)", text, arxiv.FLAGS)
    return doi.of(found[1]) if found else None


def _named(text: str) -> PaperId | None:
    """``ACL:P19-1412``: a scheme's name and a value that its own site would have given."""
    found = re.match(r"([a-z0-9]{2,10}):\s?(\S+)$", text, arxiv.FLAGS)
    scheme = found[1].lower() if found else ""
    if found is None or scheme not in _VALUES:
        return None
    value = re.fullmatch(_VALUES[scheme], found[2], re.ASCII)
    if value is None:
        return None
    if scheme in ("acl", "biorxiv"):
        paper = doi.acl(value["id"]) if scheme == "acl" else doi.biorxiv(value["id"])
        return PaperId(scheme, paper.value, int(value["version"] or 0)) if paper else None
    return PaperId(scheme, value[0])


def _attempt(text: str) -> str | None:
    """What stands where an arXiv id should, or None when the text has a paper or tries nothing."""
    if text.startswith(("http://", "https://")) and _SAYS_ARXIV.search(text) is None:
        return None
    text = _bare(text)[:LIMIT]
    if identify(text) is not None:
        return None
    found = _TRIES.search(text) or _TRIES_ALONE.match(text)
    return next((group for group in found.groups() if group is not None), "") if found else None


def _guess(tail: str) -> str:
    """The mistakes seen in real notes, each undone; ``""`` when none of them gives an id."""
    for pattern, form in _REPAIRS:
        found = pattern.match(tail)
        paper = _arxiv(found.expand(form)) if found else None
        if paper and not arxiv.is_lenient(paper.value):
            return paper.value + (f"v{paper.version}" if paper.version else "")
    return ""


def _reason(tail: str) -> str:
    found = re.match(r"([0-9]{4})\.?([0-9]*)", tail)
    if not tail.strip("./"):
        return "the id is missing"
    if found is None:
        return "no id has this form"
    if not arxiv.month_of(found[1]):
        return f"there is no month {found[1][2:]}"
    if len(found[2]) < 4:
        return "digits are missing"
    if len(found[2]) > 5:
        return "there are too many digits"
    return "no id has this number"


_MARKDOWN: Final = lazy(
    r"\[[^\[\]]{0,1000}(?:\[[^\[\]]{0,200}\][^\[\]]{0,1000}){0,3}\]\(\s?<?(?P<url>[^\s()<>]+(?:\([^\s()<>]*\)[^\s()<>]*)?)"
)
_FIELD: Final = lazy(
    r"(?:arxiv[\s:：._-]{0,3}(?:(?:preprint|e-?print|id)[\s:：]{1,2}(?:arxiv[\s:：]{0,3})?)?|eprint:\s?)?"
    rf"[\[(]?(?:(?:{urls.ENDPOINTS})/)?{arxiv.ID}{urls.AFTER}",
    arxiv.FLAGS,
)
_SAYS_ARXIV: Final = lazy(r"xiv\.|5iv\.|10\.48550", arxiv.FLAGS)
_TRIES: Final = lazy(
    rf"(?<![a-z0-9-])(?:arxiv|ar5iv|alphaxiv)\.org/{{1,3}}(?:(?:{urls.ENDPOINTS}|overview)(?:/+|$)|[a-z-]{{1,9}}/(?=[0-9]{{4}}\.[0-9]))"
    r"([^\s?#)\]]*)|10\.48550/arxiv\.([^\s)\]]*)",
    arxiv.FLAGS,
)
_TRIES_ALONE: Final = lazy(
    r"\[?(?:arxiv\s?[:：]\s{0,2}|(?:abs|pdf|html)/|[a-z]{1,9}/(?=[0-9]{4}\.[0-9]{4})"
    r"|(?=[0-9]{3,4}\.[0-9]{1,6}(?:v[0-9]{0,3}){0,3}[a-z]?\]?$)"
    r"|(?=20[0-9]{2}\.[01][0-9]\.[0-9]{4,5})|(?=[0-9]{4}\.X{4,5}))([^\s?#)\]]*)",
    arxiv.FLAGS,
)
_REPAIRS: Final = tuple(
    (lazy(pattern, arxiv.FLAGS), form)
    for pattern, form in (
        (r"20([0-9]{2})\.([0-9]{2})\.([0-9]{4,5})(?![0-9])", r"\1\2.\3"),
        (r"([0-9]{4}\.[0-9]{4,5}v[1-9][0-9]?)(?:v[0-9]+)+$", r"\1"),
        (r"([0-9]{4}\.[0-9]{4,5})v?0*(?:[a-z_-]|$)", r"\1"),
        (r"([0-9]{4})[,_-]?([0-9]{5})(?![0-9])", r"\1.\2"),
        (r"([0-9]{4}\.[0-9]{4})(?![0-9])", r"\g<1>0"),
        (r"([0-9]{3}\.[0-9]{4})(?![0-9])", r"0\1"),
    )
)
_VALUES: Final = {
    "openreview": r"[\w-]{5,40}",
    "acl": r"(?P<id>[\w.-]+?)(?:v(?P<version>[1-9]))?",
    "pmlr": r"[vr][0-9]+/[a-z0-9_-]+",
    "cvf": r"content[\w/]*/[\w-]+_paper",
    "neurips": r"[0-9]{4}/[0-9a-f]{32}(?:-\w{1,60})?|[0-9]{1,5}-[a-z0-9-]*[a-z0-9]",
    "s2": r"[0-9a-f]{40}|CorpusID:[0-9]{1,12}",
    "biorxiv": r"(?P<id>10\.[0-9]+/[0-9.]+)(?:v(?P<version>[1-9][0-9]?))?",
}
assert set(_VALUES) <= {name.lower() for name in NAMES.values()}
