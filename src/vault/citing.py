"""How a citation is written: ``see @key, p. 3``."""

from __future__ import annotations

from vault.patterns import lazy
from vault.records import CiteItem

KEY = lazy(r"@([^\W_](?:[\w:.#$%&\-+?<>~/]*[\w/])?)")


def item(part: str) -> CiteItem | None:
    """One part of a citation: its key, the words before it and the place after it."""
    at = part.find("@")
    found = KEY.match(part, at) if at >= 0 else None
    before = part[:at].removesuffix("-")
    if (
        not found
        or "@" in part[found.end() :]
        or (before and not (before[-1].isspace() or before[-1] == "("))
    ):
        return None
    return CiteItem(found[1], before.strip(), part[found.end() :].strip(" ,\n\t"))
