"""Many notes cut into few files, so that a note that changes, comes or goes changes one of them."""

from __future__ import annotations

from collections.abc import Sequence

from vault.records.hashes import blake2b


def parts(ids: Sequence[str], most: int, salt: str = "") -> dict[int, tuple[str, ...]]:
    """Ids by the number of their part, in the order given: a power of two of parts, of about
    ``most / 2`` to ``most`` ids each; one part (0) where that suffices.
    ``salt`` makes another division, of ids that one division has put together."""
    if len(ids) <= most:
        return {0: tuple(ids)}
    number = 1 << (-(-len(ids) // most) - 1).bit_length()
    found: dict[int, list[str]] = {}
    for id_ in ids:
        found.setdefault(part_of(salt + id_, number), []).append(id_)
    return {part: tuple(found[part]) for part in sorted(found)}


def part_of(id_: str, number: int) -> int:
    """In which of so many parts an id is: by its digest, whatever the others are."""
    digest = blake2b(id_.encode("utf-8", "replace"), digest_size=4).digest()
    return int.from_bytes(digest, "big") % number
