"""What a name on the command line means: a paper's id, a citation key, a title, a note."""

from __future__ import annotations

from vault.link import closest, works_named
from vault.records import Catalog, VaultError, Work


def one_work(catalog: Catalog, name: str) -> Work:
    """The one work of a name.  Raises VaultError where there is none, or more than one."""
    works = works_named(catalog, name)
    if len(works) == 1:
        return works[0]
    if works:
        keys = ", ".join(work.key for work in works[:5]) + (" and more" if len(works) > 5 else "")
        raise VaultError(f"{name!r} is the name of {len(works)} papers", hint=f"Name one by its key: {keys}.")
    guess = closest(catalog, name)
    hint = f"{guess[:1].upper()}{guess[1:]}" if guess else "`vault list --papers` shows what there is."
    raise VaultError(f"no paper is called {name!r}", hint=hint)
