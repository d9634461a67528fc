"""What a name on the command line means: a paper's identity, a citation key, a note."""

from __future__ import annotations

from difflib import get_close_matches

from vault import naming, papers
from vault.records import Catalog, Note, PaperId, VaultError


def find_work(catalog: Catalog, name: str) -> tuple[PaperId, ...]:
    """The identities of the paper that is meant.  Raises VaultError."""
    paper = papers.identify(name) or papers.identify_url(name)
    if paper:
        work = catalog.works.get(catalog.work_of.get(paper.key, ""))
        return work.ids if work else (PaperId(paper.scheme, paper.value),)
    wanted = naming.fold(" ".join(name.split()).removeprefix("@").removeprefix("notes/"))
    found = {id_: None for note in catalog.notes.values() if wanted in names_of(note) for id_ in [note.id]}
    works = {catalog.work_of_note.get(id_, "") for id_ in found}
    works |= {work.id for work in catalog.works.values() if naming.fold(work.key) == wanted}
    ids = [catalog.works[id_].ids for id_ in sorted(works) if id_ and catalog.works[id_].ids]
    if len(ids) == 1:
        return ids[0]
    if ids:
        several = ", ".join(one[0].key for one in ids[:5])
        raise VaultError(f"{name!r} may be several papers ({several})", hint="Name it by its id.")
    if found:
        raise VaultError(f"{name!r} has no paper with an id", hint="Give its note an arxiv: or doi: line.")
    raise VaultError(f"there is no note or paper {name!r}", hint=hint(catalog, wanted))


def names_of(note: Note) -> set[str]:
    """Every name of a note, folded: id, path, file, title, nickname, aliases, citation key."""
    stem = naming.stem(note.id)
    names = (
        note.id,
        note.path,
        stem,
        naming.strip_date(stem),
        note.title,
        note.nickname,
        note.key,
        *note.aliases,
    )
    return {naming.fold(" ".join(name.split())) for name in names if name}


def hint(catalog: Catalog, wanted: str) -> str:
    every = {name: note.path for note in catalog.notes.values() for name in names_of(note)}
    near = get_close_matches(wanted, sorted(every), 1, 0.6)
    return f"Did you mean {every[near[0]]}?" if near else "Name a note, a citation key, an arXiv id or a DOI."
