"""Who wrote it: every way in which people write a list of names."""

from __future__ import annotations

import re

from vault.patterns import lazy

ET_AL = "et al."
_MARKS = lazy(
    r"[*†‡§¶‖#⁎∗✉\u00b9\u00b2\u00b3\u2070-\u2079]+|\^\{?[\d,*†‡ ]{1,9}\}?|\\dagger|(?<=[^\W\d_])\d{1,2}$"
)
_ET_AL = lazy(r"(?:^|[\s,;])(?:et\.? al\b\.?|and others|等)[\s.]*$", re.IGNORECASE)
_AND = lazy(r",?\s+(?:and|&)\s+", re.IGNORECASE)
_JOINING = frozenset(("and", "&", "et", "et."))
_INITIALS = lazy(r"(?:[^\W\d_]\.?[ -]?){1,4}$")
_SUFFIX = lazy(r"(?:jr|sr|ii|iii|iv)\.?$", re.IGNORECASE)


def authors(items: tuple[str, ...]) -> tuple[str, ...]:
    """The names of a list, or of one text, each as ``First Last``; ``et al.`` stays as the last one."""
    alone = len(items) == 1
    found = [name for item in items for name in (several(item) if alone else single_or_more(item))]
    named = dict.fromkeys(name for name in found if name and name != ET_AL)
    return (*named, ET_AL) if named and ET_AL in found else tuple(named)


def single_or_more(item: str) -> list[str]:
    """A list's item: one name, ``Last, First``, or after all several of them."""
    if "," not in item and ";" not in item and "等" not in item and _JOINING.isdisjoint(item.lower().split()):
        return [tidy(item)]
    if _AND.search(item) or ";" in item or item.count(",") > 1 or _ET_AL.search(item):
        return several(item)
    return [flipped(tidy(item))]


def several(text: str) -> list[str]:
    """One text with any number of names: joined by ``;``, by ``and``, or by commas."""
    rest = _ET_AL.sub("", text)
    more = [ET_AL] if rest != text else []
    if ";" in rest:
        return [flipped(tidy(part)) for part in rest.split(";")] + more
    parts = [tidy(part) for part in _AND.split(rest)]
    return [name for part in parts for name in named(part, parts)] + more


def named(part: str, parts: list[str]) -> list[str]:
    """The names of one part between ``and``s: ``Last, First``, or a list cut at its commas."""
    pieces = suffixed([tidy(piece) for piece in re.split(r"[,，、]", part)])
    if len(pieces) > 2 and len(pieces) % 2 == 0 and all(map(initials, pieces[1::2])):
        return [f"{first} {last}" for last, first in zip(pieces[::2], pieces[1::2], strict=True)]
    if len(pieces) == 2 and is_reversed(pieces, parts):
        return [f"{pieces[1]} {pieces[0]}"]
    return pieces


def is_reversed(pieces: list[str], parts: list[str]) -> bool:
    """Whether two pieces are ``Last, First`` of one name, seen with the other parts of the list.

    So when the second is initials, or when ``and`` joins parts that all have a comma, or when both are
    single words while another part is a full name.
    """
    if initials(pieces[1]):
        return True
    if len(parts) == 1:
        return False
    if all("," in part for part in parts):
        return True
    return all(" " not in piece for piece in pieces) and any("," not in p and " " in p for p in parts)


def initials(piece: str) -> bool:
    return bool(_INITIALS.match(piece)) and ("." in piece or (piece.isupper() and len(piece) <= 3))


def suffixed(pieces: list[str]) -> list[str]:
    """``Jr.`` and its like stay with the name before."""
    found: list[str] = []
    for piece in filter(None, pieces):
        if found and _SUFFIX.match(piece):
            found[-1] += f" {piece}"
        else:
            found.append(piece)
    return found


def flipped(name: str) -> str:
    """``Last, First`` as ``First Last``."""
    pieces = suffixed([piece.strip() for piece in name.split(",")])
    return f"{pieces[1]} {pieces[0]}" if len(pieces) == 2 else " ".join(pieces)


def tidy(name: str) -> str:
    """A name without marks, quotes, and white space at its ends."""
    if name.replace(" ", "").replace(".", "").replace("-", "").isalpha():
        return " ".join(name.split())
    return " ".join(_MARKS.sub("", name.strip()).strip("\"' ,{}").replace("**", "").split())
