"""One date in one of its written forms.

Every form is a pattern over tidy text (``tidy``: lower case, plain hyphens, one space) with the
groups y m d; a day may carry ``st nd rd th`` of any kind, for people write ``22th``.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from vault.dates.calendar import MONTHS, DateError, checked, full_year, month_name, plausible, week
from vault.patterns import lazy
from vault.records import Date

LIMIT: Final = 100
"""Characters; nothing longer is a date."""

MONTH_WORDS: Final = {
    **{name.lower(): n for n, name in enumerate(MONTHS, 1)},
    **{name[:3].lower(): n for n, name in enumerate(MONTHS, 1)},
    **dict.fromkeys(("januray", "janurary", "janaury", "januaray"), 1),
    **dict.fromkeys(("febuary", "feburary", "februry", "febrary", "februrary"), 2),
    **dict.fromkeys(("apirl", "arpil"), 4),
    **dict.fromkeys(("agust", "augest", "auguest"), 8),
    **dict.fromkeys(("sept", "septmber", "septemeber", "setember", "sepember", "septembre"), 9),
    **dict.fromkeys(("ocotber", "octuber", "ocober", "octobre"), 10),
    **dict.fromkeys(("novermber", "novmber", "novemeber", "novembre"), 11),
    **dict.fromkeys(("decemeber", "decmber", "desember", "decembre"), 12),
}
"""The names of months as people write and miswrite them, and which month each is."""

_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY_WORDS: Final = {*_WEEKDAYS, *(day[:3] for day in _WEEKDAYS), "tues", "weds", "thur", "thurs"}
_SMALL: Final = "st nd rd th of the to through thru until till and at date am pm utc gmt z t w"
WORDS: Final = MONTH_WORDS.keys() | _WEEKDAY_WORDS | set(_SMALL.split())
"""Every word of Latin letters that a date may hold."""

_M: Final = rf"(?P<m>{'|'.join(sorted(MONTH_WORDS, key=len, reverse=True))})\.?"
_D: Final = r"(?P<d>[0-9]{1,2})(?P<o> ?(?:st|nd|rd|th))?"
_Y: Final = r"(?P<y>[0-9]{4})"
_YY: Final = r"(?P<y>[0-9]{4}|'[0-9]{2})"
_GAP: Final = r"[ ,./-]{0,3}"

_DASHES: Final = str.maketrans(
    dict.fromkeys("‐‑‒–—―−", "-") | {"’": "'", "‘": "'", "～": "~", "〜": "~", "·": "."}
)
_LETTERS: Final = lazy(r"[^\W\d_]+")
_CJK: Final = lazy(r"[年月日号號년월일曜周週星期一二三四五六天土火水木金]+")
_ZONE: Final = r"(?: ?[(]?(?:z|utc|gmt|[+-][0-9]{2}:?[0-9]{2})[)]?)*"
_CLOCK: Final = lazy(
    r"(?:(?<=[0-9])t|,? (?:at )?|^)[0-9]{1,2}(?::[0-9]{2}){1,2}(?:[.,][0-9]{1,9})?(?: ?[ap]m)?"
    rf"{_ZONE}(?= |$)|,? (?:at )?[0-9]{{1,2}} ?[ap]m$|(?<=[0-9])t[0-9]{{2,6}}z?$"
)
_CLOCK_ZONE: Final = lazy(rf"(?<= [0-9]{{4}}) {_ZONE}$")
_WEEKDAY: Final = lazy(
    rf"[(]?(?<![a-z])(?:{'|'.join(sorted(_WEEKDAY_WORDS, key=len, reverse=True))})(?![a-z])\.?[)]?"
    r"|[(]?(?:星期|周|週)[一二三四五六日天][)]?|[(]?[月火水木金土日]曜日?[)]?|[(][月火水木金土日][)]"
)


def tidy(text: str) -> str:
    """The text in the form the patterns expect, without emphasis, outer brackets, clock and weekday;
    ``""`` where some word of it can be no part of a date."""
    if len(text) > LIMIT:
        return ""
    text = unicodedata.normalize("NFKC", text).translate(_DASHES).lower()
    if not all(word in WORDS or _CJK.fullmatch(word) for word in _LETTERS.findall(text)):
        return ""
    text = _outer(re.sub(r"[*_`]+", " ", text))
    text = re.sub(r"^(?:date ?: ?|the (?=[0-9]))", "", " ".join(text.split()))
    text = _WEEKDAY.sub(" ", _timeless(text))
    return _outer(" ".join(text.split()))


def point(text: str) -> Date | None:
    """The one date a tidy text is; None when it is none.  Raises DateError."""
    for pattern, read in _FORMS:
        found = pattern.fullmatch(text)
        if found:
            return read(found)
    return None


def _timeless(text: str) -> str:
    """Without the clock, and without the zone that some programs write after the year."""
    without = _CLOCK.sub(" ", text)
    return text if without == text else _CLOCK_ZONE.sub("", " ".join(without.split()))


def _outer(text: str) -> str:
    """Without what people put around a date: brackets, emphasis, ends of sentences."""
    text = text.strip(" ,.;:|~#\t\n")
    while len(text) > 1 and text[0] + text[-1] in ("()", "[]", "<>", "【】"):
        text = text[1:-1].strip(" ,.;:|")
    return text


def _named(found: re.Match[str]) -> Date:
    """A match with the groups y m d, each of which may be missing."""
    group = found.groupdict()
    month = group.get("m") or "0"
    number = int(month) if month.isdecimal() else MONTH_WORDS[month]
    year = full_year(group.get("y") or "0")
    if group.get("y") and not year:
        raise DateError("date-invalid", "there is no year 0000")
    given = group.get("d")
    if given and not int(given):
        raise DateError("date-invalid", "there is no day 0")
    if group.get("m") and not number:
        raise DateError("date-invalid", "there is no month 0")
    return checked(year, number, int(given or 0))


def _plain(found: re.Match[str]) -> Date | None:
    """``may 29``, ``29 may``: without ``th``, 0 or a number over 31 is no day at all."""
    return _named(found) if found["o"] or 0 < int(found["d"]) < 32 else None


def _week(found: re.Match[str]) -> Date:
    return week(int(found["y"]), int(found["w"]), int(found["d"] or 1))


def _compact(found: re.Match[str]) -> Date | None:
    return _named(found) if plausible(int(found["y"])) else None


def _dotted_month(found: re.Match[str]) -> Date | None:
    return _named(found) if plausible(int(found["y"])) and 0 < int(found["m"]) < 13 else None


def _numbers(found: re.Match[str]) -> Date:
    """``13/02/2024``: with dots the day stands first (the only order written so); with slashes and
    hyphens both orders are in use, so a day up to the 12th is refused."""
    first, second, year = int(found["a"]), int(found["b"]), full_year(found["y"])
    if found["s"] == "." or first > 12 or first == second:
        return _checked_numbers(year, second, first)
    if second > 12:
        return _checked_numbers(year, first, second)
    both = f"{first} {month_name(second)}" if second else "", f"{second} {month_name(first)}" if first else ""
    if not all(both):
        raise DateError("date-invalid", "there is no day or month 0")
    raise DateError("date-ambiguous", f"this may be {both[0]} or {both[1]} {year}")


def _checked_numbers(year: int, month: int, day: int) -> Date:
    if not (year and month and day):
        raise DateError("date-invalid", "there is no year, month or day 0")
    return checked(year, month, day)


def _short_numbers(found: re.Match[str]) -> Date:
    """``25/01/29``: any of the three numbers may be the year."""
    if found["s"] == ".":
        return _checked_numbers(full_year(found["y"]), int(found["b"]), int(found["a"]))
    raise DateError("date-ambiguous", "a year of two digits can stand first or last")


_FORMS: Final = tuple(
    (lazy(pattern), read)
    for pattern, read in (
        (rf"{_Y}(?P<s> ?[-/.] ?)(?P<m>[0-9]{{1,2}})(?P=s){_D}", _named),
        (rf"{_Y}[-/](?P<m>[0-9]{{1,2}})", _named),
        (rf"{_Y}\.(?P<m>[0-9]{{2}})", _dotted_month),
        (rf"{_Y}", _named),
        (
            rf"{_Y}(?P<m>[0-9]{{2}})(?P<d>[0-9]{{2}})(?:(?:[01][0-9]|2[0-4])[0-5][0-9](?:[0-5][0-9])?)?",
            _compact,
        ),
        (r"--(?P<m>[0-9]{2})-(?P<d>[0-9]{2})", _named),
        (rf"{_Y}-? ?w(?P<w>[0-9]{{1,2}})(?:-?(?P<d>[1-7]))?", _week),
        (rf"(?:{_Y} ?[年년] ?)?(?P<m>[0-9]{{1,2}}) ?[月월] ?(?P<d>[0-9]{{1,2}}) ?[日号號일]?", _named),
        (rf"{_Y} ?[年년](?: ?(?P<m>[0-9]{{1,2}}) ?[月월])?", _named),
        (rf"{_D}{_GAP}(?:of )?{_M}", _plain),
        (rf"{_D}{_GAP}(?:of )?{_M}{_GAP}(?:of )?(?P<y>[0-9]{{4}}|'?[0-9]{{2}})", _named),
        (rf"{_M}-'?(?P<y>[0-9]{{2}})", _named),
        (rf"{_M}{_GAP}(?:the )?{_D}", _plain),
        (rf"{_M}{_GAP}(?:the )?{_D}(?:[ ,.-]+| of ){_YY}", _named),
        (rf"{_M}{_GAP}(?:of )?{_YY}", _named),
        (rf"{_Y}{_GAP}{_M}(?:{_GAP}{_D})?", _named),
        (r"(?P<a>[0-9]{1,2})(?P<s>[-/.])(?P<b>[0-9]{1,2})(?P=s)(?P<y>[0-9]{4})", _numbers),
        (r"(?P<a>[0-9]{2})(?P<s>[-/.])(?P<b>[0-9]{2})(?P=s)(?P<y>[0-9]{2})", _short_numbers),
        (rf"(?P<m>[0-9]{{1,2}})[-/]{_Y}", _named),
    )
)
