"""Works that may be one paper: their titles say so, their ids do not.

Ids decide and titles suggest, so this only makes Problems.  Two titles are alike when one has the
other's words and little more (an article, a plural, a slip of one letter, a subtitle); digits,
versions and negations must be equal, and a different word makes a different paper.  Near-linear:
titles meet by their rarest words.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import lru_cache

from vault import lockfile
from vault.catalog.works import UNTITLED
from vault.patterns import lazy
from vault.problems import problem
from vault.records import Note, Problem, Work
from vault.tuples import NamedTuple
from vault.words import runs

_WORD = lazy(r"[^\W_]+(?:[.][0-9]+)*\+*")
_REMARK = lazy(
    r"\s?[(\[](?:extended abstract|(?:arxiv )?preprint|short paper|poster|demo|oral|spotlight|v[0-9]{1,2})"
    r"[)\]]\W{0,3}$",
    re.IGNORECASE,
)
_SMALL_WORDS = "a an the of on in for to and or with from by at as via its their our"
_NEGATION_WORDS = (
    "not no never without cannot non un less beyond against isn aren don doesn won nor neither anti"
)
_NUMERAL_WORDS = "ii iii iv vi vii viii ix one two three four five six second third revisited"
_SMALL = frozenset(_SMALL_WORDS.split())
_NEGATIONS = frozenset(_NEGATION_WORDS.split())
_NUMERALS = frozenset(_NUMERAL_WORDS.split())
_RAREST = 3
_SLIPS, _LONG = 4, 5
"""Words in which titles may differ by a letter, and how long such a word is at least."""
_CROWD = 64
"""A word in more titles than this brings no two together."""


class Title(NamedTuple):
    """A title taken apart: ``exact`` folded words in order, ``sign`` the words that must be equal,
    ``words`` the others, each once; ``head`` and ``tail`` are those before and after the first colon.
    All but ``exact`` are sorted, and a space stands between two words: as sets they would take ten times the
    memory."""

    exact: str
    sign: str
    words: str
    head: str
    tail: str


@lru_cache(maxsize=65536)
def read(title: str) -> Title:
    before, colon, after = _plain(_REMARK.sub("", title)).partition(":")
    head, tail = _words(before), _words(after)
    exact = [*head, *tail]
    sign = sorted(word for word in exact if _significant(word))
    parts = (_subject(head), _subject(tail)) if colon else ("", "")
    return Title(" ".join(exact), " ".join(sign), _subject(exact), *parts)


def _words(text: str) -> list[str]:
    found = _WORD.findall(text) if "." in text or "+" in text else runs(text)
    return [word for word in found if word not in _SMALL]


def _subject(words: list[str]) -> str:
    """The words that carry a title's subject, in the form in which they are compared."""
    return " ".join(sorted({_stem(word) for word in words if not _significant(word)}))


def _plain(title: str) -> str:
    if title.isascii():
        return title.lower().replace("n't", " not")
    split = unicodedata.normalize("NFKD", title.casefold().replace("n't", " not").replace("n’t", " not"))
    return "".join(c for c in split if not unicodedata.combining(c))


@lru_cache(maxsize=65536)
def _significant(word: str) -> bool:
    return (
        any(c.isdigit() or c == "+" for c in word)
        or word in _NEGATIONS
        or word in _NUMERALS
        or len(word) == 1
    )


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    """Without the plural's s and the British s of ``-ise`` and ``-isation``."""
    word = word.replace("isation", "ization").replace("our", "or")
    word = word[:-3] + "ize" if len(word) > 5 and word.endswith("ise") else word
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def alike(one: Title, other: Title) -> bool:
    """May these be titles of one paper?"""
    if one.sign != other.sign or not one.exact or not other.exact:
        return False
    if one.exact == other.exact:
        return True
    mine, yours = frozenset(one.words.split()), frozenset(other.words.split())
    more, less = sorted((mine - yours, yours - mine), key=len, reverse=True)
    more, less = _without_slips(more, less)
    if less:
        return False
    shared = min(len(mine), len(yours))
    return not more or (shared >= 4 and len(more) * 5 <= shared) or _is_part(one, other)


def _is_part(one: Title, other: Title) -> bool:
    """Is one title the other's part before or after the colon (two words at least)?"""
    return any(
        " " in part.words and not part.head and part.words in (whole.head, whole.tail)
        for whole, part in ((one, other), (other, one))
    )


def _without_slips(more: frozenset[str], less: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Both without the pairs of long words that differ by one letter."""
    if not less or len(more) > _SLIPS:
        return more, less
    rest = sorted(more)
    missed = set()
    for word in sorted(less):
        twin = next((other for other in rest if _one_letter(word, other)), None)
        if twin is None:
            missed.add(word)
        else:
            rest.remove(twin)
    return frozenset(rest), frozenset(missed)


def _one_letter(one: str, other: str) -> bool:
    """Does one insertion, deletion, change or exchange of neighbours lead from one to the other?"""
    if min(len(one), len(other)) < _LONG or abs(len(one) - len(other)) > 1:
        return False
    start = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def suspects(works: dict[str, Work], notes: dict[str, Note]) -> list[Problem]:
    """A Problem for each pair of works whose titles are alike and whose facts do not differ.

    Works that are only mentioned are left out: what is known of them is what some link says.
    """
    named = sorted(name for name, work in works.items() if work.known and work.title != UNTITLED)
    titles = [read(works[name].title) for name in named]
    words = [frozenset(map(sys.intern, title.words.split())) for title in titles]
    found: list[tuple[str, str]] = []
    for one, other in _pairs(titles, words):
        mine, yours = titles[one], titles[other]
        same = mine.exact == yours.exact
        if mine.sign != yours.sign or (not same and _far(words[one], words[other])):
            continue
        if alike(mine, yours) and _agree(works[named[one]], works[named[other]], same_title=same):
            found.append((named[one], named[other]))
    return [_problem(works[one], works[other], notes) for one, other in found]


def _far(mine: frozenset[str], yours: frozenset[str]) -> bool:
    """Whether each has words that the other has not, and those are more or shorter than ``alike`` takes for
    slips: so it is with nearly all pairs, and soonest seen."""
    more, less = mine - yours, yours - mine
    if not more or not less:
        return False
    fewer = less if len(less) <= len(more) else more
    return max(len(more), len(less)) > _SLIPS or min(map(len, fewer)) < _LONG


def _pairs(titles: list[Title], words: list[frozenset[str]]) -> list[tuple[int, int]]:
    """Pairs worth a look, by their numbers: neighbours that are equal, titles that share a rare word."""
    equal: dict[str, int] = {}
    holders: dict[str, list[int]] = {}
    found: set[int] = set()
    every = len(titles)
    for number, title in enumerate(titles):
        if title.exact in equal:
            found.add(equal[title.exact] * every + number)
        equal[title.exact] = number
        for word in words[number]:
            holders.setdefault(word, []).append(number)
    for number, mine in enumerate(words):
        rarest = sorted(mine, key=lambda word: (len(holders[word]), word))[:_RAREST]
        for names in (holders[word] for word in rarest if len(holders[word]) <= _CROWD):
            found.update(
                number * every + other if number < other else other * every + number
                for other in names
                if other != number
            )
    return [divmod(pair, every) for pair in sorted(found)]


def _agree(one: Work, other: Work, *, same_title: bool) -> bool:
    """Nothing known of the two speaks against it: two arXiv ids do, unless the titles are equal."""
    if one.year and other.year and abs(one.year - other.year) > 3:
        return False
    if one.authors and other.authors and _families(one).isdisjoint(_families(other)):
        return False
    both_arxiv = bool(one.arxiv and other.arxiv)
    return not both_arxiv or same_title


def _families(work: Work) -> set[str]:
    """Every word of the authors' names that is no initial."""
    return {word for name in work.authors for word in _WORD.findall(_plain(name)) if len(word) > 1} - {
        "et",
        "al",
    }


def _problem(one: Work, other: Work, notes: dict[str, Note]) -> Problem:
    path, line = _place(other, notes)
    if not path:
        path, line = _place(one, notes)
    return problem(
        "duplicate-work",
        path,
        f'"{one.title}" ({one.id}) and "{other.title}" ({other.id}) may be the same paper',
        hint="if they are, give both the same id or citation key",
        line=line,
    )


def _place(work: Work, notes: dict[str, Note]) -> tuple[str, int]:
    if work.notes:
        note = notes[work.notes[0]]
        return note.path, note.line
    if work.library:
        return work.library.path, work.library.line
    return (lockfile.NAME if work.locked else ""), 0
