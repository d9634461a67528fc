"""A hundred and twenty hostile libraries: whatever is broken, the whole entries around it are read."""

from __future__ import annotations

import time

import pytest

from tests.by_hand import gather
from vault.bibliography import read
from vault.exporters import bibtex

DAMAGE = [
    "@article{open, title = {never closed",
    "@article{open, title = {{{deeper",
    '@article{quote, title = "never closed',
    "@article{tail, title = {closed}} }}}}",
    "@article{, title = {no key}}",
    "@article{title = {no key and no comma}}",
    "@article{k1 title = {no comma after the key}}",
    "@article{k2, title = {no comma} year = 2020 journal = {J}}",
    "@article{k3, title {no equals sign}, year = 2020}",
    "@article{k4, = {no name}, year = 2020}",
    "@article{k5, title = }",
    "@article{k6, title = , year = 2020}",
    "@article{k7, title = unknown # {joined} # alsounknown}",
    "@article{k8, title = {x} # }",
    "@article{k9, year = 20-20}",
    "@article(k10, title = {round and curly})",
    "@article(k11, title = {round, left open}",
    "@article{k 12, title = {a key with a space}}",
    "@article{k{13}, title = {braces in the key}}",
    '@article{k"14, title = {a quote in the key}}',
    "@article{k15, title = {a\\}",
    "@article{k16, title = {an @ inside @article{no}}}",
    "@article{k17, author = {Too, Many, Commas, In, A, Name}}",
    "@article{k18, author = { and and and }}",
    "@article{k19, author = {{Unclosed and Others}}",
    "@article{k20, title = {\\'{} \\\"{} \\H{} \\c{} \\badcommand{x}}}",
    "@article{k21, title = {$unbalanced math}}",
    "@article{k22, title = {nul\0byte}}",
    "@article{k23, title = {\u202egnitirw tfel ot thgir}}",
    "@article{k24, title = {\ufffd\ufffe\ud7ff}}",
    "@string{broken = }",
    "@string{loop = loop # loop # loop}",
    "@string(never = {closed",
    "@preamble{never closed",
    "@comment{jabref-meta: never closed",
    "@ { , }",
    "@{}",
    "@@@@@@@@",
    "}}}}{{{{====,,,,",
    "<html><body>Not a library at all, said the proxy, but 404 & sorry</body></html>",
]
BEFORE = "@book{before, title = {The Book Before}, author = {Lee, Ann}, year = 1999}\n"
AFTER = "\n@book{after,\n  title = {The Book After},\n  author = {Ann Lee and Bo Li},\n  year = {2001}\n}\n"
SHAPES = {
    "plain": lambda damage: BEFORE + damage + AFTER,
    "windows": lambda damage: "\ufeff" + (BEFORE + damage + AFTER).replace("\n", "\r\n"),
    "twice": lambda damage: (
        damage + AFTER.replace("after", "before").replace("Bo Li", "Cy Lo") + damage + AFTER
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("damage", DAMAGE, ids=range(len(DAMAGE)))
def test_what_is_whole_is_read_whatever_stands_beside_it(damage: str, shape: str) -> None:
    text = SHAPES[shape](damage)
    start = time.process_time()
    entries, problems = read(text, "library.bib")
    assert time.process_time() - start < 2
    found = {entry.key: entry for entry in entries}
    assert {"before", "after"} <= found.keys()
    assert (found["after"].title, found["after"].authors, found["after"].year) == (
        "The Book After",
        ("Ann Lee", "Bo Li"),
        2001,
    )
    assert text.split("\n")[found["after"].line - 1].lstrip("\ufeff").startswith("@book{after")
    assert all(1 <= p.line <= text.count("\n") + 1 and p.code == "bib-error" for p in problems)
    again, _ = read("\n".join(map(bibtex, gather(library=entries).works.values())), "x.bib")
    assert {"before", "after"} <= {entry.key for entry in again}


def test_there_are_as_many_as_in_the_public_collection() -> None:
    assert len(DAMAGE) * len(SHAPES) >= 114
