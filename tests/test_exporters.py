"""What other tools read: BibTeX and JSON."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pybtex.database import parse_string

from tests.by_hand import ARXIV, arxiv, doi, entry, gather, note
from vault.bibliography import read
from vault.catalog.entries import identities
from vault.exporters import bibtex, papers_json
from vault.records import PaperId, Work

LORA = Work(
    id=f"arxiv:{ARXIV}",
    ids=(arxiv(ARXIV), doi("10.1000/a_b")),
    title="LoRA: Low-Rank Adaptation of Large Language Models",
    authors=("Edward J. Hu", "Zeyuan Allen-Zhu", "Ludwig van der Rohe", "OpenAI Team", "et al."),
    year=2022,
    venue="ICLR",
    key="hu2022lora",
    kind="inproceedings",
)


def test_an_entry() -> None:
    assert bibtex(LORA) == (
        "@inproceedings{hu2022lora,\n"
        "  title         = {{LoRA}: Low-Rank Adaptation of Large Language Models},\n"
        "  author        = {Hu, Edward J. and Allen-Zhu, Zeyuan and van der Rohe, Ludwig and {OpenAI Team} and others},\n"
        "  booktitle     = {ICLR},\n"
        "  year          = {2022},\n"
        "  doi           = {10.1000/a_b},\n"
        "  eprint        = {2106.09685},\n"
        "  archiveprefix = {arXiv},\n"
        "}\n"
    )


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("50% of R&D in C#", r"50\% of {R}\&{D} in {C}\#"),
        ("costs $5 and $6", r"costs \$5 and \$6"),
        ("In $O(n \\log n)$ time", r"In {$O(n \log n)$} time"),
        (
            r"a $\frac{1}{2$ b",
            r"a \$\textbackslash{}frac\textbraceleft{}1\textbraceright{}\textbraceleft{}2\$ b",
        ),
        ("a_b~c^d", r"a\_b\textasciitilde{}c\textasciicircum{}d"),
        ("{x}", r"\textbraceleft{}x\textbraceright{}"),
        ("A GPT-4 and BERT model", "A {GPT}-4 and {BERT} model"),
        ("save $5%$ now", r"save \$5\%\$ now"),
        ("a--b ''c''", "a-{}-b '{}'c'{}'"),
    ],
)
def test_titles_are_escaped_and_capitals_protected(title: str, written: str) -> None:
    assert f"title = {{{written}}},\n" in bibtex(Work(id="x", ids=(), title=title, key="k"))


def balanced(text: str) -> bool:
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0


WORDS = st.text(
    alphabet=st.one_of(
        st.sampled_from(list("{}%#_$~^\\&-'`,?!\"@=()[]:.;|<>/*+ ABzé")),
        st.characters(
            min_codepoint=0x20,
            max_codepoint=0x2FFF,
            exclude_categories=("Cs", "Cc", "Cn", "Mn", "Zl", "Zp", "Zs"),
        ),
    ),
    max_size=40,
)


def tidy(text: str) -> str:
    """As records hold text: NFC, white space collapsed."""
    return unicodedata.normalize("NFC", " ".join(unicodedata.normalize("NFC", text).split()))


TITLES = st.one_of(
    WORDS,
    st.tuples(WORDS, st.sampled_from(["$x_1$", "$\\alpha {a}$", "$5 and $6", "$a$b", "$%$"]), WORDS).map(
        "".join
    ),
).map(tidy)
IDS = st.sampled_from(
    [
        (),
        (arxiv(ARXIV),),
        (
            arxiv("hep-th/9901001"),
            doi("10.1002/(sici)1097-0258(19980815/30)17:15<1661::aid-sim968>3.0.co;2-2"),
        ),
        (doi("10.1000/a_b%c#d~e"),),
        (arxiv(ARXIV), doi("10.1000/x"), PaperId("openreview", "nZeVKeeFYf9"), PaperId("acl", "P19-1412")),
        (PaperId("pmlr", "v139/kim21a"), PaperId("url", "https://example.org/a_b.pdf")),
    ]
)
KEYS = st.text(alphabet="abcXYZ019:-_./+é", min_size=1, max_size=12)


def work(title: str, *authors: str, venue: str = "") -> Work:
    return Work(id="w", ids=(), title=title, authors=authors, key="k", venue=venue, kind="article")


WORKS = st.builds(
    Work,
    id=st.just("w"),
    ids=IDS,
    title=TITLES.filter(bool),
    authors=st.lists(WORDS.map(tidy).filter(lambda name: name not in ("", "et al.")), max_size=4).map(tuple),
    year=st.sampled_from([0, 1999, 2024]),
    venue=WORDS.map(tidy),
    key=KEYS,
    kind=st.sampled_from(["article", "misc", "inproceedings"]),
)


@settings(max_examples=300)
@given(WORKS)
@example(work("a\\", "A, B"))
@example(work("x", "and", "others", "Johnson and Johnson", venue="and"))
@example(work("x", "A", "others"))
@example(work("x", "Ann von", "de la Cruz", "bell hooks", "J. Smith III", "Ann {B}"))
def test_what_is_exported_reads_back(written: Work) -> None:
    """export then read is identity on key, title, authors, year and ids, and strict BibTeX reads it."""
    text = bibtex(written)
    assert balanced(text)
    assert list(parse_string(text, "bibtex").entries) == [written.key]
    (back,), problems = read(text, "papers.bib")
    assert not problems
    assert (back.key, back.title, back.authors, back.year) == (
        written.key,
        written.title,
        written.authors,
        written.year,
    )
    kept = {paper for paper in written.ids if paper.scheme != "url" or len(written.ids) == 1}
    assert set(identities(back)) == kept


def test_library_fields_are_kept() -> None:
    library = (
        entry(
            "k",
            "T",
            kind="article",
            fields=(
                ("volume", "7"),
                ("pages", "1–10"),
                ("publisher", "R&D"),
                ("timestamp", "x"),
                ("url", "https://example.org/a b"),
            ),
        ),
    )
    (kept,) = gather(library=library).works.values()
    text = bibtex(kept)
    assert "  volume    = {7},\n" in text and "  pages     = {1–10},\n" in text and r"{R\&D}" in text
    assert "timestamp" not in text and "{https://example.org/a%20b}" in text


def test_a_key_or_kind_that_bibtex_cannot_have_is_mended() -> None:
    assert bibtex(Work(id="x", ids=(), title="", key="a b},", kind="on-line")).startswith("@online{ab,\n")
    assert bibtex(Work(id="x", ids=(), title="")).startswith("@misc{paper,\n")


def test_all_works_make_one_file() -> None:
    found = gather(
        *(
            note(f"n{i}", f"Title {i}", papers=(arxiv(f"2101.{i + 1:05}"),), authors=("Ann Lee",))
            for i in range(30)
        )
    )
    text = "\n".join(map(bibtex, found.works.values()))
    entries, problems = read(text, "papers.bib")
    assert [e.key for e in entries] == [one.key for one in found.works.values()] and not problems
    assert list(parse_string(text, "bibtex").entries) == [e.key for e in entries]
    again = gather(library=entries)
    assert {name: (w.key, w.title, w.ids, w.year) for name, w in again.works.items()} == {
        name: (w.key, w.title, w.ids, w.year) for name, w in found.works.items()
    }


# --- JSON --------------------------------------------------------------------------------------


def test_papers_json() -> None:
    found = gather(
        note(
            "a",
            "LoRA",
            papers=(arxiv(ARXIV, 2),),
            date="2024-01-02",
            tags=("peft",),
            rating=4.5,
            words=3,
            authors=("Ed Hu",),
        ),
        note("u", papers=(arxiv(ARXIV),), unlisted=True),
        library=(entry("k", "Élan", year=1999),),
    )
    rows = json.loads(papers_json(found, {f"arxiv:{ARXIV}": "/papers/2106.09685/", "a": "/2024/01/a/"}))
    assert [row["id"] for row in rows] == [f"arxiv:{ARXIV}", "key:k"]
    assert rows[0] == {
        "id": f"arxiv:{ARXIV}",
        "key": "hu2021lora-2106.09685",
        "title": "LoRA",
        "authors": ["Ed Hu"],
        "year": 2021,
        "venue": "",
        "arxiv": ARXIV,
        "doi": "",
        "ids": [f"arxiv:{ARXIV}"],
        "url": "/papers/2106.09685/",
        "status": "read",
        "versions": [2],
        "notes": [
            {
                "id": "a",
                "title": "LoRA",
                "date": "2024-01-02",
                "status": "read",
                "rating": 4.5,
                "tags": ["peft"],
                "url": "/2024/01/a/",
            }
        ],
    }
    assert "Élan" in papers_json(found, {}).decode()
    assert papers_json(found, {}) == papers_json(found, {})
