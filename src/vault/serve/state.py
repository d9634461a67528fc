"""What is known at one moment, and what comes after it: which mistakes are new, what must not be shown."""

from __future__ import annotations

from collections.abc import Iterable

from vault.records import Problem
from vault.serve.snapshot import Snapshot
from vault.serve.trouble import Teller, Trouble, keys
from vault.tuples import NamedTuple

MOST_TOLD = 100
MOST_FRAMED = 10
BROKEN = ("yaml-", "header-", "bib-", "config-", "query-", "authors-", "lock-")


class State(NamedTuple):
    """What is known at one moment.

    ``failures`` are why the site is not newer than it is, ``fresh`` mistakes that came with a save and
    are there still, ``problems`` the first of all ``total``; ``notice`` says why notes that are gone are
    still shown.
    """

    generation: int = 0
    snapshot: Snapshot | None = None
    failures: tuple[Trouble, ...] = ()
    fresh: tuple[Trouble, ...] = ()
    problems: tuple[Trouble, ...] = ()
    total: int = 0
    notice: str = ""
    new: frozenset[tuple[str, str, str]] = frozenset()


class RefusedError(Exception):
    """A survey that must not become the site, and why."""

    def __init__(self, troubles: Iterable[Trouble]) -> None:
        super().__init__("refused")
        self.troubles = tuple(troubles)


def after(state: State, snapshot: Snapshot, teller: Teller, generation: int) -> State:
    """The snapshot with its Problems: those that came since the last one stand out until they go."""
    serious = [found for found in snapshot.survey.problems if found.severity != "hint"]
    before, new = state.snapshot, frozenset[tuple[str, str, str]]()
    if before:
        came = keys(found for found in serious if stands_out(found))
        new = (state.new | (came - keys(before.survey.problems))) & came
    fresh = [found for found in serious if keys((found,)) <= new][:MOST_FRAMED]
    return State(
        generation=generation,
        snapshot=snapshot,
        fresh=tuple(teller.problem(found) for found in fresh),
        problems=tuple(teller.problem(found, framed=False) for found in serious[:MOST_TOLD]),
        total=len(serious),
        new=new,
    )


def refuse_config(problems: Iterable[Problem], before: Snapshot | None, teller: Teller) -> None:
    """A setting that has become unusable leaves the site as it is.  Raises RefusedError."""
    if before is None:
        return
    known = keys(before.survey.problems)
    wrong = [found for found in problems if found.code == "config-invalid" and not keys((found,)) <= known]
    if wrong:
        raise RefusedError(teller.problem(found) for found in wrong)


def stands_out(found: Problem) -> bool:
    """What is shown over the page when a save brings it: errors, and what cannot be read as it is written
    (headers, settings, libraries, the people and the papers of the vault)."""
    return found.severity == "error" or found.code.startswith(BROKEN)


def crash(error: Exception) -> Trouble:
    """Our own mistake."""
    what = f"vault itself failed ({type(error).__name__}: {error})"
    return Trouble("error", what, "The terminal has the whole story; please report it.")
