"""The fields a header may have, and every way their names are spelled."""

from __future__ import annotations

from functools import lru_cache

FIELDS: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "date": ("date", "published", "created"),
    "paper": ("paper", "paper_url", "link", "url"),
    "arxiv": ("arxiv", "arxiv_id", "arxivid", "eprint"),
    "doi": ("doi",),
    "authors": ("authors", "author"),
    "year": ("year",),
    "venue": ("venue", "conference", "journal"),
    "tags": ("tags", "keywords", "topics", "categories", "tag", "category"),
    "status": ("status", "state"),
    "priority": ("priority",),
    "rating": ("rating", "score", "stars"),
    "added": ("added",),
    "started": ("started",),
    "read": ("read",),
    "updated": ("updated",),
    "why": ("why",),
    "via": ("via",),
    "code": ("code", "github"),
    "pdf": ("pdf",),
    "project": ("project",),
    "slides": ("slides",),
    "video": ("video",),
    "key": ("key", "citekey", "bibtex"),
    "aliases": ("aliases", "alias"),
    "slug": ("slug",),
    "draft": ("draft",),
    "publish": ("publish",),
    "private": ("private",),
    "unlisted": ("unlisted",),
    "type": ("type",),
    "tldr": ("tldr", "summary", "excerpt"),
    "lang": ("lang",),
    "series": ("series",),
    "layout": ("layout",),
    "redirect_from": ("redirect_from",),
}
"""Field -> spellings, the preferred one first.  Letters, digits and ``+`` count; case does not."""

SEVERAL = frozenset({"paper", "arxiv", "doi", "authors", "tags", "aliases", "redirect_from"})
"""Fields whose values add up when they are given by more than one spelling."""

PROSE = frozenset({"title", "paper", "authors", "venue", "why", "via", "tldr", "series", "aliases"})
"""Fields whose value may run over several lines, or hold a ``#`` that is no comment."""

SPLICED = frozenset({"taxonomies", "params", "extra"})
"""Tables of other generators whose keys are fields like those beside them."""


@lru_cache(maxsize=1024)
def bare(key: str) -> str:
    """A key without what people vary: case, spaces, ``_``, ``-``, ``;``."""
    return "".join(c for c in key.casefold() if c.isalnum())


_SPELLED = {bare(word): (name, rank) for name, words in FIELDS.items() for rank, word in enumerate(words)}
_ORDER = {name: rank for rank, name in enumerate(FIELDS)}


def known(key: str) -> str:
    """The field that a key names, or nothing: ``Paper URL`` is ``paper``."""
    return _SPELLED.get(bare(key), ("", 0))[0]


def rank(key: str) -> tuple[int, int]:
    """Where a known key stands: its field's place, its spelling's place."""
    name, spelling = _SPELLED[bare(key)]
    return _ORDER[name], spelling


def likely(key: str) -> str:
    """The spelling that a mistyped key was probably meant to be, or nothing."""
    word = bare(key)
    if not 4 <= len(word) <= 16:
        return ""
    near = (w for words in FIELDS.values() for w in words if abs(len(bare(w)) - len(word)) <= 1)
    return next((w for w in near if one_slip(word, bare(w))), "")


def one_slip(a: str, b: str) -> bool:
    """Two words that differ by two letters swapped or, from five letters on, by one letter."""
    if a == b or not a or not b:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    x, y = a[start:], b[start:]
    if len(x) == len(y) and len(x) > 1 and x[:2] == y[1::-1] and x[2:] == y[2:]:
        return True
    return min(len(a), len(b)) >= 5 and (x[1:] == y[1:] or x[1:] == y or x == y[1:])
