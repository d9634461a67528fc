"""By what keys a work can be cited."""

from __future__ import annotations

from collections.abc import Iterator

from vault import papers
from vault.link.names import NAMED, folded
from vault.patterns import lazy
from vault.records import Catalog, Link, Work
from vault.tuples import NamedTuple

_MARKED = lazy(r"(.+?)-(?:[0-9]{4}\.[0-9]{4,5}|[a-z-]+\.[0-9]{7}|[0-9a-f]{5})(?:-[0-9a-f]{8,})?")
"""What ``catalog.keys.derived`` makes: the short form, and the marks of an identity behind it."""

_YEAR = lazy(r"(?<![0-9])(?:1[89]|20)[0-9]{2}(?![0-9])")


class Cited(NamedTuple):
    """The work of a key; ``rivals`` the keys of all that a shortened key may mean, when they are several."""

    work: str
    rivals: tuple[str, ...] = ()

    def told(self, key: str) -> tuple[str, str]:
        """What is wrong, and what to write instead."""
        more = f" and {len(self.rivals) - NAMED} more" if len(self.rivals) > NAMED else ""
        named = ", ".join(self.rivals[:NAMED])
        return f'"{key}" may be any of {named}{more}', f"write @{self.rivals[0]}; it is taken"


class Keys:
    """Citation keys, exact and folded: the exported ones, then those that notes and library wrote, then
    derived ones without their mark (``hu2021lora`` of ``hu2021lora-2106.09685``), then papers' ids."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.exact = {work.key: name for name, work in catalog.works.items() if work.key}
        for name, work in catalog.works.items():
            for key in _given(work, catalog):
                self.exact.setdefault(key, name)
        self.loose = {folded(key): name for key, name in reversed(self.exact.items())}
        self.names: dict[str, list[str]] | None = None
        self.short: dict[str, list[str]] = {}
        for name, work in catalog.works.items():
            if stem := _stem(work, catalog):
                self.short.setdefault(folded(stem), []).append(name)

    def find(self, key: str) -> Cited | None:
        """The work that a citation means."""
        if work := self.exact.get(key) or self.loose.get(folded(key)):
            return Cited(work)
        if works := self.short.get(folded(key)):
            rivals = tuple(self.catalog.works[name].key for name in works) if len(works) > 1 else ()
            return Cited(works[0], rivals)
        paper = papers.identify(key) if any(c.isdigit() for c in key) else None
        work = self.catalog.work_of.get(paper.key, "") if paper else ""
        return Cited(work) if work else None

    def called(self, name: str) -> Cited | None:
        """The work of a library or the lock file that has this nickname or title, and no note; those with
        a note are called by the note's names."""
        if self.names is None:
            self.names = {}
            for id_, work in self.catalog.works.items():
                for known in (
                    {folded(work.nickname), folded(work.title)} if work.known and not work.notes else ()
                ):
                    self.names.setdefault(known, []).append(id_)
        works = self.names.get(folded(name), []) if name else []
        rivals = tuple(self.catalog.works[id_].key for id_ in works) if len(works) > 1 else ()
        return Cited(works[0], rivals) if works else None

    def spoken(self) -> Iterator[str]:
        """The keys that an unknown one may have been meant to be; ids are no words to compare."""
        for work in self.catalog.works.values():
            if work.key and work.known:
                stem = _stem(work, self.catalog)
                yield stem if len(self.short.get(folded(stem), ())) == 1 else work.key


def is_narrative(link: Link) -> bool:
    """``@key`` in a sentence, not in brackets."""
    return link.text.startswith("@")


def looks_like_key(name: str) -> bool:
    """``hu2022lora``, ``DBLP:conf/nips/Hu22``: nobody is called so."""
    return bool(_YEAR.search(name)) or ":" in name or "/" in name


def _given(work: Work, catalog: Catalog) -> Iterator[str]:
    written = [catalog.notes[note].key for note in work.notes] + [work.library.key if work.library else ""]
    yield from (key.removeprefix("@") for key in written if key)


def _stem(work: Work, catalog: Catalog) -> str:
    """The key without its mark where it was derived, for works that somebody knows."""
    found = _MARKED.fullmatch(work.key) if work.known else None
    return found[1] if found and work.key not in _given(work, catalog) else ""
