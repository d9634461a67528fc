"""A picture for each note (``/data/pictures/2025/01/lora.png``), for where its address is shared.

There are pictures where the site knows its address and the extra ``vault-notebook[images]`` is installed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache, partial
from typing import Final

from vault.compose import rows
from vault.compose.head import Pairs, shortened
from vault.compose.planned import Planned
from vault.compose.scope import Scope
from vault.compose.wholes import Bodies
from vault.records import Note
from vault.records.views import Picture

WIDTH, HEIGHT = 1200, 630
SAY: Final = 170
"""Characters of a claim."""

_RANGES: Final = ((0x20, 0x7E), (0xA0, 0xFF), (0x391, 0x3A1), (0x3A3, 0x3A9), (0x3B1, 0x3C9))
_SIGNS: Final = "–—‘’“”…−→←≤≥≈∞"
LETTERS: Final = frozenset(_SIGNS).union(*(map(chr, range(first, last + 1)) for first, last in _RANGES))
"""What the shipped font draws."""

_PLAIN: Final = {"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ħ": "h", "Ħ": "H", "œ": "oe", "Œ": "OE"}


def files(scope: Scope) -> Iterator[Planned]:
    if scope.assets.pictures:
        for id_, url in scope.addresses.notes.items():
            if title_of(scope, scope.catalog.notes[id_]):
                yield Planned(address(url), scope.catalog.notes[id_].path, partial(picture, scope, id_))


def address(url: str) -> str:
    """``/2025/01/lora/`` -> ``/data/pictures/2025/01/lora.png``"""
    return f"/data/pictures{url.rstrip('/')}.png"


def metas(scope: Scope, note: Note, url: str) -> tuple[Pairs, Pairs]:
    """(OpenGraph properties, metas) that name a note's picture; none where it has none."""
    title = title_of(scope, note) if scope.assets.pictures else ""
    if not title:
        return (), ()
    named = (
        ("og:image", scope.absolute(address(url))),
        ("og:image:type", "image/png"),
        ("og:image:width", str(WIDTH)),
        ("og:image:height", str(HEIGHT)),
        ("og:image:alt", title),
    )
    return named, (("twitter:card", "summary_large_image"),)


def picture(scope: Scope, note_id: str, _bodies: Bodies) -> Picture:
    note = scope.catalog.notes[note_id]
    day = rows.when(scope, note.date)
    return Picture(
        site=drawn(scope.settings.title),
        title=drawn(shortened(title_of(scope, note), 160)),
        say=drawn(shortened(note.tldr, SAY)),
        paper=drawn(rows.about(scope, note, scope.work_of(note))),
        date=day.full if day else "",
    )


def title_of(scope: Scope, note: Note) -> str:
    """The paper's title, the note's, or the paper's as a library or the lock file has it: the first that
    can be drawn, or nothing."""
    work = scope.work_of(note)
    told = (note.paper_title, note.title, work.title if work else "")
    return next((title for title in told if title.strip() and drawn(title)), "")


@lru_cache(maxsize=8192)
def drawn(text: str) -> str:
    """A text in letters that the font has, those it has not without their accents; nothing where a letter
    has no such form, as in Chinese: half a title is worse than none."""
    found = "".join(map(_letter, unicodedata.normalize("NFC", text)))
    return "" if "\0" in found else " ".join(found.split())


def _letter(letter: str) -> str:
    if letter in LETTERS or letter in _PLAIN:
        return _PLAIN.get(letter, letter)
    plain = "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))
    return plain if plain and all(part in LETTERS for part in plain) else "\0"
