"""``vault build`` where nothing has changed: what the last one said, read from its seal."""

from __future__ import annotations

import os
import sys
import time

from vault import seal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PLAIN = frozenset(("--portable", "--drafts", "--no-overrides", "--allow-empty"))
VALUED = frozenset(("--vault", "--out", "--jobs", "--today"))
"""Options of builds that may be sealed; of the others there is more to tell or to do."""


def nothing_new(argv: Sequence[str], look: Callable[..., str]) -> bool:
    """Say again what the last build said, when it was asked the same and nothing has changed.  ``look`` as in
    ``seal.holds``."""
    started = time.perf_counter()
    options = read(argv)
    root = None if options is None else root_of(options.get("--vault"))
    if root is None:
        return False
    told = seal.holds(os.path.join(root, ".vault"), words(argv), look)
    if told is None or ("\n" in told and sys.stderr.isatty()):  # in colour, then
        return False
    *problems, last = told.split("\n")
    for line in problems:
        print(fit(line, sys.stderr.encoding), file=sys.stderr)
    print(fit(f"{last}{time.perf_counter() - started:.1f} s", sys.stdout.encoding), flush=True)
    return True


def read(argv: Sequence[str]) -> dict[str, str] | None:
    """The options by name; None where one of them is not of this kind."""
    found: dict[str, str] = {}
    rest = iter(argv)
    for word in rest:
        name, sign, value = word.partition("=")
        if name in VALUED:
            found[name] = value if sign else next(rest, "")
        elif word not in PLAIN:
            return None
    return found


def root_of(folder: str | None) -> str | None:
    """The root that ``disk.find_vault`` finds, of vaults with a ``vault.toml``."""
    here = os.path.realpath(os.getcwd() if folder is None else folder)
    while not os.path.isfile(os.path.join(here, "vault.toml")):
        above = os.path.dirname(here)
        if folder is not None or above == here or os.path.isdir(os.path.join(here, "notes")):
            return None
        here = above
    return here


def words(argv: Sequence[str]) -> str:
    """All that a build is asked by beside the files that it reads."""
    day = os.environ.get("VAULT_TODAY") or time.strftime("%Y-%m-%d", time.gmtime())
    return "\n".join((sys.version, sys.executable, os.getcwd(), day, *argv))


def fit(text: str, encoding: str | None) -> str:
    """What an encoding can carry, escaped where it cannot."""
    name = encoding or "ascii"
    return text.encode(name, "backslashreplace").decode(name)
