"""Slugs: names that can stand in an address and on every disk.

Letters and digits of all scripts with their marks, in lower case (NFC of the case folding), joined
by single hyphens; at most ``limit`` bytes of UTF-8; never a name that Windows keeps for devices.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from vault.patterns import lazy
from vault.records.hashes import blake2b

_PLUS: Final = lazy(r"(?<![^\W_])([cg])\+\+")
_SHARP: Final = lazy(r"(?<![^\W_])([cfj])#(?![^\W_])")
_ASCII_GAPS: Final = lazy(r"[^0-9a-z]+")
_APOSTROPHES: Final = lazy(r"(?<=[^\W_])['’ʼ](?=[^\W\d_])")
_DEVICES: Final = lazy(r"con|prn|aux|nul|(?:com|lpt)[0-9¹²³]")
_HASH: Final = 8
_FOLDER_NOTES: Final = frozenset({"readme", "index", "_index"})


@lru_cache(maxsize=4096)
def slug(text: str, limit: int = 80) -> str:
    """``LoRA: Low-Rank Adaptation`` is ``lora-low-rank-adaptation``; ``""`` for text without any
    letter or digit.

    What is longer than ``limit`` bytes (at least 16) is cut and ends in 8 hexadecimal digits of the
    whole, so that two long titles stay apart.  A slug's slug is itself.
    """
    plain = _joined(fold(text))
    while not plain.isascii() and (again := _joined(fold(plain))) != plain:
        plain = again
    if _DEVICES.fullmatch(plain):
        plain += "-note"
    return _cut(plain, max(limit, 16))


def fold(text: str) -> str:
    """Equal for texts that differ in case or Unicode composition only; folding twice changes nothing."""
    if text.isascii():
        return text.lower()
    folded = _fold(text)
    while (again := _fold(folded)) != folded:
        folded = again
    return folded


def collision_key(path: str) -> str:
    """Equal for paths that one disk or another takes for the same file."""
    return fold(path)


def ending(path: str) -> str:
    """``.png`` of ``img/plot.png``; nothing where the name only begins or ends with its dot."""
    name, dot, suffix = path.rpartition("/")[2].rpartition(".")
    return dot + suffix if name and suffix else ""


def stem(note_id: str) -> str:
    """The part of a note's id that names it: the last, or the folder's where that is ``README`` or
    ``index``."""
    folder, _, name = note_id.rpartition("/")
    return folder.rpartition("/")[2] if folder and name.casefold() in _FOLDER_NOTES else name


def nickname(title: str) -> str:
    """The short name a title opens with, ``LoRA`` of ``LoRA: Low-Rank ...``; ``""`` when there is none.

    At most three words and 30 characters before a colon or a dash between spaces.
    """
    found = _NICK.match(" ".join(title[:200].split()))
    name = found["name"].strip(" \"'“”‘’`*_") if found else ""
    if not name or len(name) > 30 or len(name.split()) > 3 or _NO_NICK.fullmatch(fold(name)):
        return ""
    return name if any(char.isalpha() for char in name) else ""


def strip_date(stem: str) -> str:
    """A file name's stem without the date at its start or end; ``""`` when it is nothing else."""
    for pattern in _DATES:
        found = pattern.search(stem)
        if found and _is_day(found):
            return (stem[: found.start()] + stem[found.end() :]).strip(" -_.,")
    return stem


def anchor(text: str) -> str:
    """The anchor of a heading: ``h-`` and its slug.  Equal headings get equal anchors."""
    return f"h-{slug(text) or 'section'}"


def _fold(text: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).casefold())


def _joined(text: str) -> str:
    text = _SHARP.sub(r"\1-sharp", _PLUS.sub(r"\1pp", text))
    text = _APOSTROPHES.sub("", text)
    if text.isascii():
        return _ASCII_GAPS.sub("-", text).strip("-")
    # Dropping a character may bring two together that compose.
    return unicodedata.normalize("NFC", "-".join("".join(_kept(text)).split()))


def _kept(text: str) -> list[str]:
    """Letters, digits and the marks on them; format characters vanish, all else is a gap."""
    kept = [" "]
    for char in text:
        kind = unicodedata.category(char)
        if char.isalnum() or (kind in ("Mn", "Mc") and kept[-1] != " "):
            kept.append(char)
        elif kind not in ("Cf", "Me") and kept[-1] != " ":
            kept.append(" ")
    return kept


def _cut(text: str, limit: int) -> str:
    data = text.encode("utf-8")
    if len(data) <= limit:
        return text
    name = blake2b(data, digest_size=_HASH // 2).hexdigest()
    head = data[: limit - _HASH - 1].decode("utf-8", "ignore")
    return f"{head.rstrip('-')}-{name}"


def _is_day(found: re.Match[str]) -> bool:
    """Can the match be a date: month 1-12, day no later than its month's last?"""
    month, day = int(found["m"] or 1), int(found["d"] or 1)
    year = int(found["y"])
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    last = (29 if leap else 28) if month == 2 else 30 if month in (4, 6, 9, 11) else 31
    return 1 <= month <= 12 and 1 <= day <= last


_NICK: Final = lazy(r"(?P<name>[^:：–—]{1,60}?)(?::(?= )|：| [-–—] |—)")
_NO_NICK: Final = lazy(
    r"(?:paper |reading )?(?:notes?|papers?|reading|review|summary|survey|tutorial|title|todo|update|re)"
    r"(?: on)?"
    r"|abstract|appendix|comment on|correction(?: to)?|editorial|erratum|introduction|position"
    r"|(?:technical )?report"
    r"|(?:part|chapter|section|lecture|lesson|week|day|episode|volume|vol\.?|no\.?|log) ?(?:[0-9]+|[ivx]+)?"
)
"""Words before a colon that name the kind of text, not what it is about."""
_DATES: Final = (
    lazy(
        r"^(?P<y>(?:19|20)[0-9]{2})(?P<s>[-_. ])(?P<m>[0-9]{1,2})(?P=s)(?P<d>[0-9]{1,2})"
        r"(?:[Tt_ -][0-9]{2}[-_.:h]?[0-9]{2}(?:[-_.:]?[0-9]{2})?)?(?![0-9]|\.[0-9])"
    ),
    lazy(
        r"^(?P<y>(?:19|20)[0-9]{2})(?P<m>[0-9]{2})(?P<d>[0-9]{2})"
        r"(?:(?:[01][0-9]|2[0-3])[0-5][0-9](?:[0-5][0-9])?)?(?![0-9]|\.[0-9])"
    ),
    lazy(r"^(?P<y>(?:19|20)[0-9]{2})[-_](?P<m>[0-9]{2})(?P<d>)(?![0-9]|[-_.][0-9])"),
    lazy(r"^(?P<y>(?:19|20)[0-9]{2})(?P<m>)(?P<d>)$"),
    lazy(r"(?<![0-9.])(?P<y>(?:19|20)[0-9]{2})(?P<s>[-_. ]?)(?P<m>[0-9]{2})(?P=s)(?P<d>[0-9]{2})$"),
)
"""The same forms as ``dates.from_filename`` reads as numbers."""
