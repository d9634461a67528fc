"""How well titles tell two records of one paper: precision and recall on a labelled set.

Run from the repository: ``PYTHONPATH=src python bench/duplicates.py`` (needs ``../shared/corpora``).

The labels are ids: every title of the public log and tables stands beside its arXiv id.  Three kinds of
pairs are made of them:

* hard negatives: two ids whose titles are the most alike of all (a fuzzy score of 80 and more), listed
  in ``duplicates.json`` and read one by one; three of them are one paper that was submitted twice;
* one id under two titles, as the corpora have them (some are papers that were renamed);
* a title against the same title as people respell it: each rule below on ten titles.

Beside vault's check stand plain fuzzy scores with a threshold, which is what it replaces.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from vault import papers
from vault.catalog import duplicates

HERE = Path(__file__).parent
CORPORA = HERE.parents[1] / "shared" / "corpora"
EACH = 10

_LINKED = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])+)\]\((https?://[^\s)]+)\)")
_ROW = re.compile(r"\|\*\*[\d-]+\*\*\|\*\*(.+?)\*\*\|.*?\((https?://arxiv[^\s)]+)\)")


class Pair(NamedTuple):
    one: str
    other: str
    same: bool
    kind: str


def titles(corpora: Path) -> dict[str, list[str]]:
    """arXiv id -> its titles in the log and the tables, sorted."""
    found: dict[str, set[str]] = {}
    for folder, pattern in (("log-autonomous-agents", _LINKED), ("tables-cv-arxiv-daily", _ROW)):
        for path in sorted((corpora / folder).rglob("*.md")):
            for line in path.read_text(encoding="utf-8").splitlines():
                match = pattern.match(line.strip().lstrip("#-* "))
                paper = papers.identify_url(match[2]) if match else None
                if match and paper and paper.scheme == "arxiv":
                    found.setdefault(paper.value, set()).add(" ".join(match[1].split()))
    return {key: sorted(values) for key, values in sorted(found.items())}


def longest(title: str) -> str:
    return max(re.findall(r"[A-Za-z]+", title) or [""], key=len)


def replaced_in_longest(title: str, change: Callable[[str], str]) -> str:
    word = longest(title)
    return title.replace(word, change(word), 1) if len(word) > 7 else title


RESPELLINGS: dict[str, Callable[[str], str]] = {
    "all in lower case": str.lower,
    "all in capitals": str.upper,
    "hyphens as spaces": lambda t: t.replace("-", " "),
    "en dashes": lambda t: t.replace("-", "–"),
    "a dash for the colon": lambda t: t.replace(": ", " - ", 1),
    "the subtitle alone": lambda t: t.partition(": ")[2] if t.partition(": ")[2].count(" ") > 2 else t,
    "& for and": lambda t: t.replace(" and ", " & "),
    "an article more": lambda t: t.replace(" for ", " for the ", 1),
    "an article less": lambda t: re.sub(r"\b(?:a|an|the) ", "", t, count=1, flags=re.I),
    "a plural": lambda t: re.sub(r"\b(Model|Agent|System|Network|Task)\b", r"\1s", t, count=1),
    "a singular": lambda t: re.sub(r"\b(Model|Agent|System|Network|Task)s\b", r"\1", t, count=1),
    "British": lambda t: re.sub(r"iz(e|ing|ation|ed)\b", r"is\1", t).replace("ehavior", "ehaviour"),
    "a letter less": lambda t: replaced_in_longest(t, lambda w: w[:4] + w[5:]),
    "two letters exchanged": lambda t: replaced_in_longest(t, lambda w: w[:4] + w[5] + w[4] + w[6:]),
    "quotes and a full stop": lambda t: f"“{t}.”",
    "the last word cut off": lambda t: t.rpartition(" ")[0] if t.count(" ") > 8 else t,
    "a note in brackets": lambda t: f"{t} (extended abstract)",
}


def pairs(corpora: Path) -> Iterator[Pair]:
    known = titles(corpora)
    for one, other, same in json.loads((HERE / "duplicates.json").read_text(encoding="utf-8")):
        yield Pair(known[one][0], known[other][0], same, "two ids, titles alike")
    for spelled in known.values():
        if len(spelled) > 1:
            yield Pair(spelled[0], spelled[1], True, "one id, two titles")
    shuffled = sorted(known, key=lambda key: blake2b(key.encode()).digest())
    for kind, respell in RESPELLINGS.items():
        fit = (title for key in shuffled if respell(title := known[key][0]) != title)
        for _, title in zip(range(EACH), fit, strict=False):
            yield Pair(title, respell(title), True, kind)


def checks() -> dict[str, Callable[[str, str], bool]]:
    from rapidfuzz import fuzz

    def fuzzy(score: Callable[[str, str], float], least: int) -> Callable[[str, str], bool]:
        return lambda one, other: score(one.lower(), other.lower()) >= least

    return {
        "vault": lambda one, other: duplicates.alike(duplicates.read(one), duplicates.read(other)),
        "ratio >= 90": fuzzy(fuzz.ratio, 90),
        "token_set_ratio >= 90": fuzzy(fuzz.token_set_ratio, 90),
        "token_sort_ratio >= 90": fuzzy(fuzz.token_sort_ratio, 90),
    }


def score(rows: list[Pair], check: Callable[[str, str], bool]) -> tuple[float, float]:
    """Precision and recall."""
    told = [row.same for row in rows if check(row.one, row.other)]
    return sum(told) / max(len(told), 1), sum(told) / sum(row.same for row in rows)


def main() -> None:
    rows = list(pairs(CORPORA))
    same = sum(row.same for row in rows)
    print(f"{len(rows)} pairs: {same} one paper, {len(rows) - same} two papers\n")
    print(f"{'check':<24} {'precision':>9} {'recall':>7}")
    for name, check in checks().items():
        precision, recall = score(rows, check)
        print(f"{name:<24} {precision:>9.3f} {recall:>7.3f}")
    vault = checks()["vault"]
    print(f"\n{'kind of pair':<24} {'found':>5} of")
    for kind in dict.fromkeys(row.kind for row in rows):
        of = [row for row in rows if row.kind == kind and row.same]
        print(f"{kind:<24} {sum(vault(row.one, row.other) for row in of):>5} {len(of)}")
    for row in rows:
        if row.same != vault(row.one, row.other):
            print(f"{'missed' if row.same else 'false'}: {row.kind}: {row.one} | {row.other}")


if __name__ == "__main__":
    main()
