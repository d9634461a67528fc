"""Export then import is identity, in every format a bibliography can be read from."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pybtex.database import parse_string

from tests.by_hand import ARXIV, arxiv, doi, entry, gather, note
from tests.test_exporters import KEYS, TITLES, WORDS, tidy
from vault.bibliography import read
from vault.exporters import FORMATS, export
from vault.records import Catalog, LibraryEntry, PaperId, Work

FILES = {"bibtex": "x.bib", "biblatex": "x.bib", "csl-json": "x.json", "ris": "x.ris"}
KINDS = [
    "article",
    "misc",
    "inproceedings",
    "book",
    "phdthesis",
    "mastersthesis",
    "techreport",
    "incollection",
]
IDS = [
    (),
    (arxiv(ARXIV),),
    (arxiv("hep-th/9901001"), doi("10.1002/(sici)1097-0258(19980815/30)17:15<1661::aid-sim968>3.0.co;2-2")),
    (doi("10.1000/a_b%c#d~e"),),
    (arxiv("2001.00001"), PaperId("openreview", "nZeVKeeFYf9"), PaperId("acl", "P19-1412")),
    (PaperId("pmlr", "v139/kim21a"), PaperId("neurips", "2023/" + "0a" * 16 + "-Datasets_and_Benchmarks")),
    (PaperId("url", "https://example.org/a_b.pdf"),),
]
NAMES = WORDS.map(tidy).filter(
    lambda name: name.strip(",") and "," not in name and name.casefold() not in ("others", "et al", "et al.")
)
VENUES = WORDS.map(tidy).filter(lambda text: not re.search(r"arxiv|corr|://|www|accessed", text, re.I))
ENTRIES = st.builds(
    lambda key, kind, title, authors, year, venue, papers, abstract: entry(
        key,
        title,
        kind=kind,
        authors=tuple(authors),
        year=year,
        venue=venue,
        papers=papers,
        abstract=abstract,
    ),
    KEYS,
    st.sampled_from(KINDS),
    TITLES.filter(bool),
    st.lists(NAMES, max_size=3),
    st.sampled_from([0, 1999, 2024]),
    VENUES,
    st.sampled_from(IDS),
    WORDS.map(tidy),
)


def facts(work: Work) -> tuple[object, ...]:
    return (
        work.id,
        work.ids,
        work.title,
        work.authors,
        work.year,
        work.venue,
        work.abstract,
        work.key,
        work.kind,
    )


def sent(form: str, catalog: Catalog) -> str:
    return export(form, catalog, catalog.works.values(), {})


def imported(form: str, text: str) -> Catalog:
    entries, problems = read(text, FILES[form])
    assert not problems
    return gather(library=entries)


@pytest.mark.parametrize("form", FILES)
@settings(max_examples=60)
@given(st.lists(ENTRIES, min_size=1, max_size=3, unique_by=lambda e: (e.key.casefold(), e.papers)))
@example(
    [
        entry(
            "k",
            "A <i>b</i> {c}",
            kind="article",
            authors=("Ann B", "et al."),
            venue="V\\",
            papers=(arxiv(ARXIV),),
        )
    ]
)
@example(
    [
        entry("k", "x", kind="book", authors=("et al.",)),
        entry("l", "y", kind="misc", venue="W", abstract="a b"),
    ]
)
def test_export_then_import_is_identity(form: str, library: list[LibraryEntry]) -> None:
    first = gather(library=tuple(library))
    again = imported(form, sent(form, first))
    assert [facts(work) for work in again.works.values()] == [facts(work) for work in first.works.values()]
    assert sent(form, imported(form, sent(form, again))) == sent(form, again)


@pytest.mark.parametrize("form", FILES)
def test_the_fields_of_a_library_go_through(form: str) -> None:
    fields = (
        ("volume", "7"),
        ("number", "3"),
        ("pages", "1–10"),
        ("publisher", "R&D"),
        ("issn", "1234-5678"),
    )
    library = (entry("k", "T", kind="article", venue="J", fields=(*fields, ("journal", "J"))),)
    (back,), _ = read(sent(form, gather(library=library)), FILES[form])
    assert {name: dict(back.fields).get(name) for name, _ in fields} == dict(fields)


VAULT = (
    note(
        "a",
        "LoRA, first",
        papers=(arxiv(ARXIV, 2),),
        date="2024-01-02",
        tags=("peft", "x;y"),
        rating=4.5,
        words=3,
    ),
    note("b", "LoRA, again", papers=(arxiv(ARXIV),), date="2025-01-02", status="skimmed", words=3),
    note("u", papers=(arxiv(ARXIV),), unlisted=True, tags=("secret",)),
)


def test_a_table_has_a_line_a_work() -> None:
    found = gather(*VAULT, library=(entry("k", 'Quo"te, and line', url="https://example.org/k", year=1999),))
    rows = list(csv.DictReader(io.StringIO(sent("csv", found))))
    assert [row["id"] for row in rows] == [f"arxiv:{ARXIV}", "key:k"]
    assert rows[0] | {"page": ""} == {
        "key": "2021lora-2106.09685", "title": "LoRA, first", "authors": "", "year": "2021", "venue": "",
        "kind": "misc", "arxiv": ARXIV, "doi": "", "url": f"https://arxiv.org/abs/{ARXIV}", "status": "skimmed",
        "rating": "", "tags": "peft; x;y", "noted": "2025-01-02", "notes": "a; b", "page": "", "id": f"arxiv:{ARXIV}",
    }  # fmt: skip
    assert (rows[1]["title"], rows[1]["url"]) == ('Quo"te, and line', "https://example.org/k")


def test_every_format_takes_no_works_and_some_of_them() -> None:
    found = gather(*VAULT, library=(entry("k", "T"),))
    for form in FORMATS:
        some = export(form, found, [found.works["key:k"]], {})
        assert "k" in some and ARXIV not in some and some.endswith("\n")
        assert ARXIV not in export(form, found, [], {})
    assert json.loads(export("json", found, [], {})) == json.loads(export("csl-json", found, [], {})) == []


def test_names_are_taken_apart_where_that_loses_nothing() -> None:
    library = (entry("k", "T", authors=("Edward J. Hu", "Ludwig van der Rohe", "OpenAI Team", "Plato")),)
    (item,) = json.loads(sent("csl-json", gather(library=library)))
    assert item["author"] == [
        {"given": "Edward J.", "family": "Hu"},
        {"given": "Ludwig", "family": "van der Rohe"},
        {"literal": "OpenAI Team"},
        {"literal": "Plato"},
    ]


def test_biblatex_has_its_own_names_and_is_strict_bibtex() -> None:
    library = (
        entry(
            "k", "T", kind="article", venue="J", year=2020, papers=(arxiv(ARXIV),), fields=(("address", "X"),)
        ),
    )
    text = sent("biblatex", gather(library=library))
    assert all(
        line in re.sub(" +", " ", text)
        for line in ("journaltitle = {J}", "date = {2020}", "eprinttype = {arxiv}", "location = {X}")
    )
    assert list(parse_string(text, "bibtex").entries) == ["k"]


# --- reading CSL-JSON and RIS as others write them ----------------------------------------------


def test_csl_json_of_other_tools() -> None:
    text = """{"items": [
      {"id": "hu", "type": "article-magazine", "title": "<i>Low</i> rank", "issued": {"raw": "June 2021"},
       "author": [{"family": "Rohe", "non-dropping-particle": "van der", "given": "L."}, {"literal": "A Team"}, "x"],
       "container-title": "J", "volume": 7, "DOI": "10.1000/X"},
      {"id": 12, "type": "webpage", "title": "Page", "URL": "https://example.org/p", "issued": {"date-parts": [["2020", 6]]}}
    ]}"""
    (one, two), problems = read(text, "library.json")
    assert not problems
    assert (one.key, one.kind, one.title, one.year, one.venue, one.line) == (
        "hu",
        "article",
        "Low rank",
        2021,
        "J",
        2,
    )
    assert one.authors == ("L. van der Rohe", "A Team", "x") and dict(one.fields)["volume"] == "7"
    assert (two.key, two.kind, two.url, two.year, two.line) == (
        "12",
        "online",
        "https://example.org/p",
        2020,
        5,
    )
    assert list(gather(library=(one, two)).works) == ["doi:10.1000/x", "url:https://example.org/p"]


@pytest.mark.parametrize(
    "text",
    [
        '{"id": "a", "title": "A", "author": [{"family": "Ng"}], "issued": {"date-parts": [[2019]]}}',
        '\ufeff {"id": "a", "title": "A", "author": [{"family": "Ng"}], "issued": {"raw": "2019"}}\n',
        '{"version": 2, "references": [{"id": "a", "title": "A", "author": [{"family": "Ng"}], "issued": "2019"}]}',
        '{"id": "a", "title": "A\\u0007", "author": [{"family": "Ng"}], "issued": "2019"}\n{}',
    ],
)
def test_an_item_alone_and_a_list_under_another_name(text: str) -> None:
    ((found,), _) = read(text, "x.json")
    assert (found.key, found.title, found.authors, found.year) == ("a", "A", ("Ng",), 2019)


def test_control_characters_are_white_space_in_every_format() -> None:
    texts = {
        "x.bib": "@misc{k, title = {A\x07B\x0bC}}",
        "x.ris": "TY  - GEN\nTI  - A\x07B\x0bC\nER  - ",
        "x.json": '[{"title": "A\\u0007B\\u000bC"}]',
    }
    for name, text in texts.items():
        ((found,), _) = read(text, name)
        assert found.title == "A B C"


def test_an_entry_that_says_nothing_is_left_out_and_told() -> None:
    entries, problems = read("TY  - JOUR\nER  - \nTY  - JOUR\nTI  - One\nER  - \n", "x.ris")
    assert [entry.title for entry in entries] == ["One"] and problems[0].line == 1


def test_a_broken_csl_item_loses_no_other() -> None:
    text = '[\n{"id": "a", "title": "A"},\n{"id": "b", "title": "B" oops},\n{"id": "c", "title": "C"},\n7,\n{"id": "A"}]'
    entries, problems = read(text, "x.json")
    assert [e.key for e in entries] == ["a", "c"]
    assert [p.line for p in problems] == [3, 5, 6]


@given(st.text(alphabet='[]{}",:idte\\ \n019eu', max_size=80))
@example("[" * 100_000)
@example('[{"id": "a", "author": [[{}]], "issued": {"date-parts": [[[]]]}, "custom": {"vault": 3}}]')
def test_any_json_and_ris_is_read(text: str) -> None:
    for name in ("x.json", "x.ris"):
        entries, problems = read(text, name)
        assert all(p.code == "bib-error" for p in problems) and isinstance(entries, tuple)


def test_ris_of_other_tools() -> None:
    text = (
        "\ufeffProvider: X\n\nTY  - JOUR\nA1  - Hu, Edward J., Jr\nAU  - et al.\nT1  - Low\n rank\nJO  - J\nJF  - Journal\n"
        "Y1  - 2021/06/17/\nSP  - 1\nEP  - 10\nDO  - 10.1000/x\nUR  - https://example.org/x\nL1  - https://arxiv.org/abs/2106.09685\n"
        "N2  - Ab\nER  - \nTY  - THES\nTI  - Two\nPB  - Uni\nTY  - WEIRD\nTI  - Three\n"
    )
    (one, two, three), problems = read(text, "x.ris")
    assert (one.title, one.authors, one.year, one.venue) == (
        "Low rank",
        ("Edward J. Hu Jr", "et al."),
        2021,
        "Journal",
    )
    assert (one.abstract, dict(one.fields)["pages"], one.line) == ("Ab", "1–10", 3)
    assert next(iter(gather(library=(one,)).works.values())).arxiv == ARXIV
    assert (two.kind, two.venue, three.kind) == ("phdthesis", "Uni", "misc")
    assert [p.line for p in problems] == [1, 21, 21]
