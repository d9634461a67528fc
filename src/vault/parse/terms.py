"""The vocabulary of a note, by which related notes are found."""

from __future__ import annotations

import unicodedata
from collections import Counter

from vault.patterns import lazy
from vault.words import reaches, runs

KEPT = 400
"""The most words of a note that count."""
LONGEST = 40
"""Letters; a longer run is no word."""
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_SIGN = lazy(rf"[{_CJK}]")
_RUN = lazy(rf"[{_CJK}]+")
_WORD = lazy(rf"[^\W\d_{_CJK}]+")
_STOP_WORDS = """
    about above after again against all also although always among and another any anything are
    around because been before being below between both but can cannot come could did does doing
    done down during each either else enough even ever every few first for from further get gets
    give given goes going gone got had has have having hence her here hers him his how however http
    https into its itself just know least less let like made make makes making many may maybe might
    more most much must need needs neither never next non nor not nothing now off often once one
    only onto other others otherwise our ours out over own per perhaps quite rather really same say
    says see seem seems seen several shall she should since some something sometimes still such take
    takes than that the their theirs them then there thereby therefore these they thing things this
    those though three through thus together too toward towards two under until upon use used uses
    using very via was way well were what when where whereas whether which while who whole whom
    whose why will with within without would www yes yet you your yours
"""
_STOP = frozenset(_STOP_WORDS.split())


def terms(text: str) -> str:
    """``word count`` pairs, sorted by word, in one string: at most the 400 most frequent words.

    Words are runs of at least three letters, NFKC and lower case, without English stop words; runs of
    Chinese, Japanese and Korean letters count as pairs of neighbours.
    """
    counts = counted(text)
    words = sorted(counts)
    if len(counts) > KEPT:
        words = sorted(sorted(words, key=counts.__getitem__, reverse=True)[:KEPT])
    return " ".join([f"{word} {counts[word]}" for word in words])


def counted(text: str) -> dict[str, int]:
    text = text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).lower()
    unspaced = reaches(text, _CJK[0]) and _SIGN.search(text) is not None
    found = Counter(_WORD.findall(text) if unspaced else runs(text, digits=False))
    counts = {word: count for word, count in found.items() if 3 <= len(word) <= LONGEST and word not in _STOP}
    if unspaced:
        pairs = Counter(run[at : at + 2] for run in _RUN.findall(text) for at in range(len(run) - 1))
        counts |= pairs
    return counts
