"""Dates in file names and folders, and the lone year of a title.

A file name is no header: what cannot be a date there is simply a name, and arXiv ids
(``2005.14165.md``) are never dates.
"""

from __future__ import annotations

import re
from typing import Final

from vault.dates.calendar import DateError, checked, plausible
from vault.dates.forms import MONTH_WORDS, point, tidy
from vault.patterns import lazy
from vault.records import Date

_Y: Final = r"(?P<y>(?:19|20)[0-9]{2})"
_M: Final = r"(?P<m>0[1-9]|1[0-2])"
_D: Final = r"(?P<d>0[1-9]|[12][0-9]|3[01])"
_M1: Final = r"(?P<m>0?[1-9]|1[0-2])"
_D1: Final = r"(?P<d>0?[1-9]|[12][0-9]|3[01])"
_TIME: Final = r"(?:[t_ -][0-9]{2}[-_.:h]?[0-9]{2}(?:[-_.:]?[0-9]{2})?)?"
_END: Final = r"(?![0-9]|\.[0-9])"
_FRONT: Final = (
    lazy(rf"{_Y}(?P<s>[-_. ]){_M1}(?P=s){_D1}{_TIME}{_END}"),
    lazy(rf"{_Y}{_M}{_D}(?:(?:[01][0-9]|2[0-3])[0-5][0-9](?:[0-5][0-9])?)?{_END}"),
    lazy(rf"{_Y}[-_]{_M}(?![0-9]|[-_.][0-9])"),
    lazy(rf"{_Y}-?w(?P<w>[0-9]{{2}})(?![0-9])"),
)
_BACK: Final = lazy(rf"(?<![0-9.]){_Y}(?P<s>[-_. ]?){_M}(?P=s){_D}$")
_YEAR: Final = lazy(
    r"(?<![0-9.,$€£])(?:19|20)[0-9]{2}(?=(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?![0-9])|(?![0-9]|[.,][0-9]{3}))"
)
_DAY_FOLDER: Final = lazy(r"(?P<n>[0-9]{1,2})(?:st|nd|rd|th)?")
_MONTH_FOLDER: Final = lazy(
    rf"(?P<n>[0-9]{{1,2}})|(?:[0-9]{{1,2}}[-_. ]*)?(?P<m>{'|'.join(sorted(MONTH_WORDS))})\.?"
)


def from_filename(name: str) -> Date | None:
    """The date in a file's name, at its start, at its end (whole dates), or all of it.

    ``2025-01-29-lora.md``, ``20250129 lora.md``, ``202501291000.md``, ``2025-01 notes.md``,
    ``2025.md``, ``lora-2025-01-29.md``, ``January 29, 2025.md``.
    """
    stem = _stem(name)
    for pattern in _FRONT:
        found = pattern.match(stem)
        if found:
            return _quiet(found)
    found = _BACK.search(stem)
    if found:
        return _quiet(found)
    return _whole(stem)


def from_folder(path: str) -> Date | None:
    """The date of the folders a note lies in: ``2025/01/x.md``, ``log/2025/01-January/29/x.md``.

    The last part of the path is the note's own name and does not count.
    """
    date: Date | None = None
    for part in path.split("/")[:-1]:
        date = _deeper(date, part.strip())
    return date


def year_in(text: str) -> int:
    """The only plausible year (1900-2099) in a title, heading or file name; 0 for none or several."""
    years = {int(year) for year in _YEAR.findall(text)}
    return years.pop() if len(years) == 1 else 0


def _stem(name: str) -> str:
    name = name.rpartition("/")[2].strip().lower()
    return re.sub(r"\.(?:md|markdown|txt)$", "", name)


def _quiet(found: re.Match[str]) -> Date | None:
    group = found.groupdict()
    try:
        if group.get("w"):
            return point(f"{found['y']}-w{found['w']}")
        return checked(int(found["y"]), int(found["m"]), int(group.get("d") or 0))
    except DateError:
        return None


def _whole(stem: str) -> Date | None:
    """A name that is a date in words, or a plausible year."""
    if re.match(r"[0-9]+(?:\.[0-9]|$)", stem) and not re.fullmatch(r"(?:19|20)[0-9]{2}", stem):
        return None
    try:
        found = point(tidy(re.sub(r"[_]+", " ", stem)))
    except DateError:
        return None
    return found if found and plausible(found.year) else None


def _deeper(date: Date | None, part: str) -> Date | None:
    """The date of a folder inside a folder of that date."""
    if re.match(r"(?:19|20)[0-9]{2}", part):
        bare = re.match(r"[0-9]{4}(?![0-9.])", part)
        return from_filename(part) or (Date(int(part[:4])) if bare else date)
    if date is None or date.day:
        return date
    found = (_DAY_FOLDER if date.month else _MONTH_FOLDER).fullmatch(part.lower())
    if found is None:
        return date
    number = int(found["n"]) if found["n"] else MONTH_WORDS[found["m"]]
    try:
        return checked(date.year, date.month or number, number if date.month else 0) if number else date
    except DateError:
        return date
