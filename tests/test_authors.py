"""People: one record a person, what authors.yml says, who has a page and what stands on it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.build_catalog import Site, entry
from tests.vaults import built, clean_tree, make, tree
from vault import catalog, people
from vault.compose.author_list import plain, sort_key
from vault.frontmatter import known_authors
from vault.records import Catalog, KnownAuthor, LibraryEntry, Note, PaperId, Settings

YML = """\
# who is who
Edward J. Hu:
  aliases: [E. Hu, "Hu, Ed"]
  orcid: https://orcid.org/0000-0002-1825-0097
  homepage: https://example.org/~hu
Christopher Ré: [Christopher Re]

- name: Ada Lovelace
  alias: A. Lovelace; Ada King
"""


def note(id_: str, *authors: str, date: str = "", arxiv: str = "", **fields: Any) -> Note:
    from tests import build_catalog

    return build_catalog.note(id_, id_.title(), date, paper=arxiv, authors=authors, **fields)


def gathered(*notes: Note, known: str = "", library: tuple[LibraryEntry, ...] = (), **more: Any) -> Catalog:
    entries, _ = known_authors(known, "authors.yml")
    return catalog.gather(notes, library, Settings(**more), known=entries)


def told(found: Catalog) -> list[tuple[str, str]]:
    return [(p.code, p.message) for p in found.problems if p.code.startswith("author")]


LORA = note("lora", "Edward J. Hu", "Yelong Shen", date="2025-01-14", arxiv="2106.09685", tags=("peft",))
MUP = note("mup", "Yang, Greg", "Hu, Edward J.", date="2024-02-08", arxiv="2203.03466", tags=("scaling",))
ESSAY = note("essay", "Ada Lovelace", date="2024-01-01")


# authors.yml


def test_an_entry_gives_aliases_orcid_and_homepage_in_any_of_its_forms() -> None:
    found, problems = known_authors(YML, "authors.yml")
    assert problems == ()
    assert found == (
        KnownAuthor("Edward J. Hu", ("E. Hu", "Ed Hu"), "0000-0002-1825-0097", "https://example.org/~hu", line=2),
        KnownAuthor("Christopher Ré", ("Christopher Re",), line=6),
        KnownAuthor("Ada Lovelace", ("A. Lovelace", "Ada King"), line=8),
    )  # fmt: skip


@pytest.mark.parametrize("orcid", ["0000-0002-1825-0098", "1825-0097", "me", "0000-0002-1694-233Y"])
def test_an_orcid_whose_check_digit_is_wrong_is_told_and_left_out(orcid: str) -> None:
    (one,), (problem,) = known_authors(f"Ada:\n  orcid: {orcid}\n", "authors.yml")
    assert (one.orcid, problem.code, problem.line) == ("", "authors-invalid", 1)


def test_a_broken_file_is_one_problem_at_its_line_and_loses_nothing_else() -> None:
    text = "Ada Lovelace: [A. Lovelace]\nBo: Chen: [x\nC D: &a [d]\nEwa Nowak:\n  aliases: [E. Nowak]\n"
    found, problems = known_authors(text, "authors.yml")
    assert [one.name for one in found] == ["Ada Lovelace", "Ewa Nowak"]
    assert [(p.code, p.line) for p in problems] == [("authors-invalid", 2)]
    assert "1 after it" in problems[0].message


def test_an_unknown_field_and_an_entry_without_a_name_are_told() -> None:
    found, problems = known_authors("Ada:\n  homepge: https://x.org\n- orcid: ''\n", "authors.yml")
    assert [one.name for one in found] == ["Ada"]
    assert [(p.line, p.hint.partition("?")[0]) for p in problems] == [
        (1, "did you mean homepage"),
        (3, "give it a line such as name: Ada Lovelace"),
    ]


@given(st.text(alphabet="abA: \n-[]{}\"'#&*!|>,.é\t", max_size=120))
@settings(max_examples=150, deadline=None)
def test_no_text_stops_the_reader(text: str) -> None:
    found, problems = known_authors(text, "authors.yml")
    assert all(one.name for one in found)
    assert all(1 <= p.line <= text.count("\n") + 1 for p in problems)


# The catalog's people


def test_spellings_that_differ_in_order_case_and_stops_are_one_person() -> None:
    found = gathered(LORA, MUP, note("x", "EDWARD J HU", arxiv="2001.00001"))
    hu = found.authors["edward j hu"]
    assert (hu.name, len(hu.works)) == ("Edward J. Hu", 3)
    assert found.author_of["Hu, Edward J."] == found.author_of["EDWARD J HU"] == hu.key


def test_authors_yml_makes_one_of_several_and_names_them() -> None:
    found = gathered(LORA, note("x", "E. Hu", arxiv="2001.00001"), known=YML)
    hu = found.authors["edward j hu"]
    assert (hu.name, hu.spellings, hu.orcid, len(hu.works)) == (
        "Edward J. Hu",
        ("E. Hu",),
        "0000-0002-1825-0097",
        2,
    )
    assert "e hu" not in found.authors


def test_a_name_that_two_entries_claim_goes_to_the_first_and_is_told() -> None:
    known = "Ada Lovelace: [A. L.]\nAda Lopez: [A. L., Ada Lovelace]\nAda Lovelace: []\n"
    found = gathered(note("x", "A. L.", arxiv="2001.00001"), known=known)
    assert list(found.authors) == ["ada lovelace"]
    assert [code for code, _ in told(found)] == ["authors-invalid"] * 3


def test_initials_that_fit_exactly_one_full_name_are_asked_about_and_never_merged() -> None:
    found = gathered(LORA, note("x", "E. Hu", "Y. S.", arxiv="2001.00001"))
    assert told(found) == [("author-initials", '"E. Hu" may be Edward J. Hu')]
    assert {"e hu", "edward j hu"} <= set(found.authors)


def test_initials_that_fit_two_or_stand_beside_the_full_name_are_not_asked_about() -> None:
    assert (
        told(gathered(LORA, note("y", "Eve Hu", arxiv="2001.00002"), note("x", "E. Hu", arxiv="2001.00001")))
        == []
    )
    assert told(gathered(note("x", "Edward Hu", "E. Hu", arxiv="2001.00001"))) == []


def test_an_entry_of_its_own_settles_a_name() -> None:
    assert told(gathered(LORA, note("x", "E. Hu", arxiv="2001.00001"), known="E. Hu:\n")) == []


def test_many_suggestions_are_one_hint() -> None:
    names = [f"Ada {chr(97 + n).upper()}ov" for n in range(25)]
    full = [note(f"f{n}", name, arxiv=f"2001.{n:05}") for n, name in enumerate(names)]
    short = [note(f"s{n}", name.replace("Ada", "A."), arxiv=f"2002.{n:05}") for n, name in enumerate(names)]
    assert len(told(gathered(*full, *short))) == 1


def test_the_vault_s_own_author_is_no_author_of_papers() -> None:
    found = gathered(LORA, note("diary", "A. Reader"), ESSAY, author="A. Reader")
    assert set(found.authors) == {"edward j hu", "yelong shen", "ada lovelace"}


def test_others_are_nobody() -> None:
    found = gathered(note("x", "Edward J. Hu", "et al.", arxiv="2001.00001"))
    assert list(found.authors) == ["edward j hu"]


NAME = st.text(alphabet="abÉŁ .-,'’Jr", max_size=14)


@given(NAME)
@settings(max_examples=200, deadline=None)
def test_a_name_and_its_full_form_have_one_key(name: str) -> None:
    assert people.key(people.full(name)) == people.key(name) or "," in people.full(name)
    assert people.key(name) == people.key(name.upper().lower()) or not name.isascii()


@given(
    st.lists(
        st.lists(st.sampled_from(["Ann Lee", "Lee, Ann", "A. Lee", "Bo Chen", "et al."]), max_size=3),
        max_size=6,
    ),
    st.randoms(),
)
@settings(max_examples=60, deadline=None)
def test_people_do_not_depend_on_the_order_of_notes(lines: list[list[str]], random: Any) -> None:
    notes = [note(f"n{at}", *names, arxiv=f"2001.{at:05}") for at, names in enumerate(lines)]
    shuffled = list(notes)
    random.shuffle(shuffled)
    assert gathered(*notes) == gathered(*shuffled)


# The pages


def site(*notes: Note, known: str = "", library: tuple[LibraryEntry, ...] = (), **more: Any) -> Site:
    own = Settings(title="papers", **more)
    entries, _ = known_authors(known, "authors.yml")
    return Site(catalog.gather(notes, library, own, known=entries), settings=own)


def test_an_author_with_two_notes_has_a_page_and_others_lead_to_their_note() -> None:
    found = site(LORA, MUP, ESSAY)
    assert {path for path in found.outputs if path.startswith("authors/")} == {
        "authors/index.html",
        "authors/edward-j-hu/index.html",
    }
    page = found.view("authors/")
    listed = {(person.text, person.href, person.note) for group in page.groups for person in group.people}
    assert listed == {
        ("Hu, Edward J.", "../authors/edward-j-hu/index.html", "2"),
        ("Shen, Yelong", "../2025/01/lora/index.html", ""),
        ("Yang, Greg", "../2024/02/mup/index.html", ""),
        ("Lovelace, Ada", "../2024/01/essay/index.html", ""),
    }
    assert [group.label for group in page.groups] == ["H", "L", "S", "Y"]


def test_the_threshold_is_a_setting() -> None:
    assert "authors/ada-lovelace/index.html" in site(ESSAY, author_notes=1).outputs
    assert "authors/edward-j-hu/index.html" not in site(LORA, MUP, author_notes=3).outputs


def test_an_author_s_page_has_notes_by_year_papers_co_authors_and_tags() -> None:
    book = entry("hu2023", "A Third Paper", "2301.00001", authors=("Edward J. Hu",), year=2023)
    page = site(LORA, MUP, library=(book,)).view("authors/edward-j-hu/")
    assert [(group.label, [str(row.title) for row in group.rows]) for group in page.groups] == [
        ("2025", ["Lora"]),
        ("2024", ["Mup"]),
    ]
    assert [paper.text for paper in page.papers] == ["A Third Paper", "Mup", "Lora"]
    assert {(one.text, one.href) for one in page.together} == {("Yelong Shen", ""), ("Greg Yang", "")}
    assert {(tag.text, tag.note) for tag in page.tags} == {("peft", "1"), ("scaling", "1")}


def test_names_in_a_note_s_header_lead_to_pages_under_every_spelling() -> None:
    found = site(LORA, MUP)
    by_name = {author.text: author.href for author in found.page_of("mup").authors}
    assert by_name == {"Greg Yang": "", "Edward J. Hu": "../../../authors/edward-j-hu/index.html"}


def test_an_author_s_page_tells_machines_who_it_is() -> None:
    page = site(LORA, MUP, known=YML, url="https://example.org/", links="dir").view("authors/edward-j-hu/")
    document = json.loads(page.head.jsonld)
    assert document["@type"] == "ProfilePage"
    assert document["mainEntity"] == {
        "@type": "Person",
        "name": "Edward J. Hu",
        "url": "https://example.org/~hu",
        "sameAs": ["https://orcid.org/0000-0002-1825-0097"],
    }
    assert [(fact.label, fact.text) for fact in page.facts] == [
        ("ORCID", "0000-0002-1825-0097"),
        ("Homepage", "example.org"),
    ]


def test_two_names_of_one_slug_get_two_addresses_and_a_problem() -> None:
    notes = [note(f"n{at}", name, arxiv=f"2001.{at:05}") for at, name in enumerate(["Al O’Neil", "Al O’Neil", "Al ONeil", "Al ONeil"])]  # fmt: skip
    found = site(*notes)
    assert {"authors/al-oneil/index.html", "authors/al-oneil-2/index.html"} <= set(found.outputs)
    assert "url-collision" in found.codes


def test_an_address_that_the_list_needs_is_nobody_s() -> None:
    notes = [note(f"n{at}", "Page", arxiv=f"2001.{at:05}") for at in range(2)]
    assert "authors/page-2/index.html" in site(*notes).outputs


def test_a_long_list_has_a_page_for_each_letter() -> None:
    names = [f"Ada {chr(65 + n % 26)}x{n}" for n in range(501)]
    notes = [note(f"n{n}", name, arxiv=f"2001.{n:05}") for n, name in enumerate(names)]
    found = site(*notes)
    page = found.view("authors/")
    assert (len(page.letters), page.groups, page.total) == (26, (), 501)
    letter = found.view("authors/letter/b/")
    assert len(letter.groups[0].people) == letter.total == 20
    assert sum(int(each.note) for each in page.letters) == 501


def test_unlisted_notes_give_nobody_a_page_or_a_line() -> None:
    found = site(note("a", "Ada Lovelace", arxiv="2001.00001", unlisted=True), ESSAY)
    assert "authors/ada-lovelace/index.html" not in found.outputs
    assert site(note("a", "Ada Lovelace", arxiv="2001.00001", unlisted=True)).view("authors/").total == 0


def test_a_name_in_the_list_is_sorted_by_what_can_be_seen_of_it() -> None:
    names = [
        "Łukasz Kaiser",
        "Ola Ångström",
        "Laurens van der Maaten",
        "王小明",
        "Иван Петров",
        "Yi Ma",
        "3M",
    ]
    order = sorted((sort_key(name, name) for name in names), key=lambda each: each)
    assert [each.key for each in order] == [
        "Ola Ångström", "Łukasz Kaiser", "Yi Ma", "Laurens van der Maaten", "Иван Петров", "王小明", "3M",
    ]  # fmt: skip
    assert plain("Łódź") == "lodz"


def test_feeds_of_authors_are_a_setting() -> None:
    assert "authors/edward-j-hu/feed.xml" not in site(LORA, MUP, url="https://example.org/").outputs
    found = site(LORA, MUP, url="https://example.org/", author_feeds=True)
    feed = found.view("authors/edward-j-hu/feed.xml")
    assert [one.title for one in feed.entries] == ["Lora", "Mup"]


# The build


def test_authors_yml_is_an_input_of_the_build(tmp_path: Path) -> None:
    files = {
        "notes/a.md": "---\ntitle: A\narxiv: 2001.00001\nauthors: E. Hu\n---\nx\n",
        "notes/b.md": "---\ntitle: B\narxiv: 2001.00002\nauthors: Edward Hu\n---\nx\n",
    }
    root = make(tmp_path / "v", files)
    built(root)
    page = root / "site/authors/edward-hu/index.html"
    assert not page.exists()
    (root / "authors.yml").write_text("Edward Hu: [E. Hu]\n", encoding="utf-8")
    assert built(root).written > 0
    assert page.exists()
    assert tree(root / "site") == clean_tree(root, tmp_path / "clean")
    assert built(root).written == 0
    (root / "authors.yml").write_bytes(b"Edward Hu: [E. Hu]\nBroken: [\xff\n")
    report = built(root)
    assert [p.code for p in report.problems if p.path == "authors.yml"] == ["authors-invalid"] * 2
    assert page.exists()


def test_the_identity_of_a_paper_decides_before_its_authors() -> None:
    both = (PaperId("arxiv", "2001.00001"),)
    one = note("a", "Ann Lee", arxiv="2001.00001")
    two = note("b", arxiv="2001.00001")
    assert one.papers == two.papers == both
    found = gathered(one, two)
    assert found.authors["ann lee"].works == ("arxiv:2001.00001",)
