"""Which paper a note is about: what its header names, and what a line near its top says."""

from __future__ import annotations

import re

from vault import papers
from vault.parse.links import LONGEST, is_address, is_label, sole_link
from vault.patterns import lazy
from vault.problems import problem
from vault.records import Field, Header, PaperId, Problem
from vault.tuples import NamedTuple

_PREFERENCE = ("arxiv", "doi", "openreview", "acl", "pmlr", "cvf", "neurips", "biorxiv", "s2", "url")
_PAPER = (
    r"(?:(?:a |the )?link (?:to|for) (?:the )?|(?:original|research|main|full|arxiv|this) |the )?"
    r"paper(?: ?(?:link|url|pdf))?"
)
_SOURCE = (
    r"(?:arxiv|doi|pdf|link|url|source|published(?: (?:at|in|on))?|publication|preprint|venue"
    r"|citation|reference)(?: ?(?:link|url|id|pdf|page))?"
)
_LABEL = rf"(?:(?P<paper>{_PAPER})|(?P<source>{_SOURCE}))"
_MARKER = r"[ \t]*(?:[-*+>][ \t]+)?"
_LINE = lazy(
    rf"{_MARKER}[*_]{{0,3}}{_LABEL}[*_]{{0,3}}"
    r"(?:[ \t]*[:：=–—-]+[*_:：\-–— \t]*|[ \t]+(?=<?https?://))(?P<rest>\S.*)",
    re.IGNORECASE,
)
_LABELLED = lazy(
    rf"{_MARKER}(?:link (?:to|for)[ \t]+)?[*_]{{0,3}}[(\[]?"
    rf"\[[*_ \t]{{0,4}}{_LABEL}[*_ \t]{{0,4}}\]\((?P<rest>[^)\s]+)\)",
    re.IGNORECASE,
)
_BARE = lazy(rf"{_MARKER}(?:\[[^\]\n]{{0,300}}\]\(|<)?(https?://[^\s<>)]+)[)>]?[ \t.]*$")
_ID_FIRST = lazy(r"\[([^\]\s]{4,40})\]\s+(\S.*)")
_LABEL_LAST = lazy(r"(?<=\s)[(\[]?\[([^\[\]]{1,30})\]\(https?://[^\s()]{1,500}\)[)\]]?$")
_NOTE = lazy(r"\.(?:md|markdown)/?(?:[?#]|$)", re.IGNORECASE)
SHORTEST = 12
"""Letters of a title that a reference is known by."""
NEAR = 5
"""How many lines with words count as the top of a note."""


class Subject(NamedTuple):
    """Identities, the best first; the paper's title where one is written; what is wrong."""

    papers: tuple[PaperId, ...]
    title: str
    problems: tuple[Problem, ...]
    unread: tuple[tuple[str, str], ...] = ()


def of_header(header: Header, path: str) -> Subject:
    """What the fields ``paper``, ``arxiv``, ``doi`` (and, for want of them, ``pdf``) name."""
    found: list[PaperId] = []
    problems: list[Problem] = []
    unread: list[tuple[str, str]] = []
    title = ""
    for field in (*header.all("arxiv"), *header.all("doi"), *header.all("paper")):
        for item in texts(field):
            paper = papers.identify(item) or web(item)
            problems += wrong(item, paper, path, field)
            if paper:
                found.append(paper)
            name = title_in(item, paper, field)
            title = title or name
            found += mentioned(name) if not paper else []
            if not paper and not name:
                unread.append((field.key, item))
                problems += [] if papers.malformed(item) or item[:1] == "/" else unreadable(field, item, path)
    if not found:
        found += mentioned(header.title)
    if not found and header.pdf and (paper := papers.identify_url(header.pdf)):
        found.append(paper)
    return Subject(best(found), title, tuple(problems), tuple(unread))


def mentioned(text: str) -> list[PaperId]:
    """The paper that a title mentions beside its words, ``[2304.14318] Title``, if it is one."""
    spots = {spot.paper.key: spot.paper for spot in papers.find(text[:1_000]) if not spot.naked}
    return list(spots.values()) if len(spots) == 1 else []


def texts(field: Field) -> tuple[str, ...]:
    """The identities of a field; a ``paper`` is one text, whatever commas or brackets it has."""
    return (field.text,) if field.name == "paper" and field.text[:1] != "[" else field.items


def web(text: str) -> PaperId | None:
    """Any other web address as an identity."""
    linked = sole_link(text)
    url = linked[1] if linked else text
    return papers.web_identity(url) if is_address(url) and not papers.malformed(url) else None


def title_in(item: str, paper: PaperId | None, field: Field) -> str:
    """A title beside an identity (``[2304.14318] Title``, ``[Title](url)``), or in place of one."""
    if field.name != "paper":
        return ""
    linked, numbered = sole_link(item), _ID_FIRST.match(item)
    if linked:
        return linked[0]
    if numbered and paper:
        return numbered[2].strip()
    if paper or papers.malformed(item) or field.key.casefold() != "paper":
        return ""
    return item


def id_hint(why: str) -> str:
    """What ``papers.malformed`` says, as a hint."""
    return f"it is {why}" if why.startswith("probably") else why


def wrong(text: str, paper: PaperId | None, path: str, field: Field) -> list[Problem]:
    """What is to be told of an arXiv id that is none, or only nearly one."""
    if paper is None and (why := papers.malformed(text)):
        message, hint = f"{text!r} looks like an arXiv id and is not one", id_hint(why)
    elif paper and paper.scheme == "arxiv" and papers.lenient(text):
        message = f"{papers.short(paper)} has five digits, and ids had four before January 2015"
        hint = "Check the number; it was taken as it stands"
    else:
        return []
    return [problem("arxiv-malformed", path, message, hint=hint, line=field.line, column=field.column)]


def unreadable(field: Field, item: str, path: str) -> list[Problem]:
    message = f"The {field.key} {item[:60]!r} names no paper"
    hint = "Write an arXiv id, a DOI or an address"
    return [problem("field-unreadable", path, message, hint=hint, line=field.line, column=field.column)]


def best(found: list[PaperId]) -> tuple[PaperId, ...]:
    """Each identity once, the best scheme first, else in the order given; a version is kept."""
    unique: dict[str, PaperId] = {}
    for paper in found:
        if paper.key not in unique or (paper.version and not unique[paper.key].version):
            unique[paper.key] = paper
    return tuple(sorted(unique.values(), key=lambda paper: rank(paper.scheme)))


def rank(scheme: str) -> int:
    return _PREFERENCE.index(scheme) if scheme in _PREFERENCE else len(_PREFERENCE)


def of_link(url: str) -> PaperId | None:
    """The identity of what a linked title links: a paper, else the page itself, unless that is a note
    (a Markdown file, such as one of this very vault where it is hosted)."""
    if paper := papers.identify_url(url):
        return paper
    if _NOTE.search(url):
        return None
    return papers.web_identity(url) if is_address(url) and not papers.malformed(url) else None


def of_lines(lines: list[str], bare: bool = True) -> PaperId | None:
    """The paper that a line of the body says the note is about.

    ``Paper: <url>``, ``arXiv: id``, ``[Paper](url)`` in the first five lines, or (``bare``) the only
    link to a paper that has a line of its own there; further down only where a line says "paper", and
    all such lines name the same one.
    """
    said: dict[str, PaperId] = {}
    alone: dict[str, PaperId] = {}
    near = 0
    for line in lines:
        if not line.strip():
            continue
        near += 1
        paper, says_paper = in_line(line, near <= NEAR)
        if paper and near <= NEAR:
            return paper
        if paper and says_paper:
            said.setdefault(paper.key, paper)
        if bare and near <= NEAR and (paper := alone_in(line)):
            alone.setdefault(paper.key, paper)
    named = alone or said
    return next(iter(named.values())) if len(named) == 1 else None


def in_line(line: str, near: bool) -> tuple[PaperId | None, bool]:
    """The paper a label in a line gives, and whether the label says "paper"."""
    if len(line) > 500 or not ("://" in line or near):
        return None, False
    match = _LABELLED.match(line) or _LINE.match(line)
    return (one(match["rest"]), bool(match["paper"])) if match else (None, False)


def alone_in(line: str) -> PaperId | None:
    """The paper whose link is all there is in a line."""
    found = _BARE.match(line) if "://" in line and len(line) <= 500 else None
    return papers.identify_url(found[1]) if found else None


def cited(lines: list[str], title: str) -> PaperId | None:
    """The paper of a reference in the first five lines that has the note's title: ``A. Author. "Title."
    arXiv:2304.14318``."""
    wanted = plain(title)
    near = [line for line in lines if line.strip()][:NEAR] if len(wanted) >= SHORTEST else []
    for line in near:
        if len(line) <= 1_000 and wanted in plain(line):
            spots = {spot.paper.key: spot.paper for spot in papers.find(line) if not spot.naked}
            if len(spots) == 1:
                return next(iter(spots.values()))
    return None


def plain(text: str) -> str:
    """The letters and digits of a text, in lower case."""
    return "".join(char for char in text.casefold() if char.isalnum())


def without_id(title: str) -> str:
    """``[2304.14318] Title`` as ``Title``, and ``Title [[arXiv](...)]`` without what follows it."""
    found = _ID_FIRST.match(title)
    if found and papers.identify(found[1]):
        title = found[2].strip()
    while (
        len(title) <= LONGEST and (tail := _LABEL_LAST.search(title)) and is_label(tail[1]) and tail.start()
    ):
        title = title[: tail.start()].rstrip()
    return title


def one(text: str) -> PaperId | None:
    """The identity a text is, or the first it mentions."""
    text = text.strip().strip("*_ ")
    if paper := papers.identify(text) or papers.identify_url(text):
        return paper
    return next((spot.paper for spot in papers.find(text) if not spot.naked), None)
