"""What several services say of one paper -> one entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from vault import lockfile, papers
from vault.patterns import lazy
from vault.records import LockEntry, PaperId, Release, changed

ORDER: Final = ("arxiv", "crossref", "semantic_scholar", "openalex")
"""Whom to believe first: the authors' own preprint server, the publisher, then those who collect."""

_RANK: Final = {scheme: rank for rank, scheme in enumerate((*papers.NAMES, "url"))}
_WORD: Final = lazy(r"[^\W_]+")


def merged(
    asked: Iterable[PaperId],
    said: Mapping[str, LockEntry],
    unanswered: Sequence[str] = (),
    before: LockEntry | None = None,
) -> LockEntry | None:
    """The entry of a paper; None when no service knows it.

    ``said`` maps services to what they say, ``before`` is the entry so far: what it knows of versions
    stays, and where a service did not answer everything that it knows.
    """
    answers = [said[name] for name in ORDER if name in said]
    if not any(answer.title for answer in answers):
        return None
    old = [before] if before and unanswered else []
    place = next((one for one in _by_venue(said, old) if one.venue), None)
    published = place or next((one for one in answers if one.year), LockEntry(()))
    return LockEntry(
        ids=identities(asked, answers + old),
        title=_first(answers, "title"),
        authors=_authors(answers),
        abstract=_first(answers + old, "abstract"),
        year=published.year,
        venue=place.venue if place else "",
        kind=published.kind,
        published=_first(answers, "published"),
        updated=_first(answers + old, "updated"),
        versions=versions(answers, before),
        comment=_first(answers + old, "comment"),
        withdrawn=_first(answers + old, "withdrawn"),
        references=lockfile.in_order(
            next((one.references for one in _by_references(said, old) if one.references), ())
        ),
        code=next((one.code for one in answers + old if one.code), ()),
        sources=tuple(name for name in ORDER if name in said),
        unanswered=tuple(unanswered),
    )


def _first(answers: Iterable[LockEntry], field: str) -> str:
    return next((text for one in answers if (text := getattr(one, field))), "")


def _authors(answers: list[LockEntry]) -> tuple[str, ...]:
    given = [one.authors for one in answers if one.authors]
    whole = [names for names in given if names[-1] != "et al."]
    return (whole or given or [()])[0]


def _by_venue(said: Mapping[str, LockEntry], old: list[LockEntry]) -> list[LockEntry]:
    """The publisher knows where a paper appeared; authors on arXiv write it in their own way."""
    order = ("crossref", "semantic_scholar", "openalex", "arxiv")
    return [*(said[name] for name in order if name in said), *old]


def _by_references(said: Mapping[str, LockEntry], old: list[LockEntry]) -> list[LockEntry]:
    order = ("semantic_scholar", "crossref")
    return [*(said[name] for name in order if name in said), *old]


def identities(asked: Iterable[PaperId], answers: Iterable[LockEntry]) -> tuple[PaperId, ...]:
    """All identities, the best first; of each kind of which a paper has one, the first that was told."""
    found: dict[str, PaperId] = {}
    single: set[str] = set()
    for paper in (*asked, *(paper for one in answers for paper in one.ids)):
        bare = changed(paper, version=0)
        if paper.scheme not in single or paper.scheme == "doi":
            found.setdefault(bare.key, bare)
        if paper.scheme == "arxiv":
            single.add(paper.scheme)
    return tuple(sorted(found.values(), key=lambda paper: (_RANK.get(paper.scheme, 99), paper.value)))


def versions(answers: Iterable[LockEntry], before: LockEntry | None) -> tuple[Release, ...]:
    """All versions that are known, counting up; a newer word on one counts."""
    known = {release.number: release for release in (before.versions if before else ())}
    for answer in answers:
        known |= {
            release.number: release
            for release in answer.versions
            if release.date or release.number not in known
        }
    return tuple(known[number] for number in sorted(known))


def alike(one: str, other: str) -> bool:
    """Whether two titles can be those of one paper: half of the words of the shorter one are in both.
    (A preprint and its published form may differ; another paper's title differs more.)"""
    mine, yours = ({word.casefold() for word in _WORD.findall(title)} for title in (one, other))
    if not mine or not yours:
        return True
    return 2 * len(mine & yours) >= min(len(mine), len(yours))
