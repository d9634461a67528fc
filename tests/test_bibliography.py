"""``.bib`` files: whatever can be read of them, and a Problem for what cannot."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.by_hand import gather
from vault.bibliography import read, to_text
from vault.records import LibraryEntry


def one(text: str) -> LibraryEntry:
    entries, problems = read(text, "library.bib")
    assert len(entries) == 1 and not problems
    return entries[0]


def messages(text: str) -> list[tuple[int, str]]:
    return [(p.line, p.message) for p in read(text, "library.bib")[1]]


LORA = r"""
% a comment
@InProceedings{hu2022lora,
  title     = {{LoRA}: Low-Rank Adaptation of {Large} Models},
  author    = {Hu, Edward J. and Yelong Shen and {\"O}zg{\"u}r von M{\"u}ller and {OpenAI Team}},
  booktitle = {ICLR},
  year      = 2022,
  eprint    = {2106.09685},
  archivePrefix = {arXiv},
  url       = {https://example.org/a_b%20c~d},
  pages     = {1--10},
  abstract  = {First line.

     Second.},
}
"""


def test_an_entry_has_its_fields_as_text() -> None:
    entry = one(LORA)
    assert (entry.key, entry.kind, entry.line) == ("hu2022lora", "inproceedings", 3)
    assert entry.title == "LoRA: Low-Rank Adaptation of Large Models"
    assert entry.authors == ("Edward J. Hu", "Yelong Shen", "Özgür von Müller", "OpenAI Team")
    assert (entry.year, entry.venue, entry.abstract) == (2022, "ICLR", "First line. Second.")
    fields = dict(entry.fields)
    assert (fields["eprint"], fields["pages"]) == ("2106.09685", "1–10")
    assert entry.url == fields["url"] == "https://example.org/a_b%20c~d"


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"G{\"o}del, Erd\H{o}s, {\v S}v\'{\i}d, Fran\c{c}ois", "Gödel, Erdős, Švíd, François"),
        (r"{\aa}ngstr{\o}m \ss \L{}ukasz \'Ecole na\"{\i}ve", "ångstrøm ßŁukasz École naïve"),
        (r"5\% \& \#1 a\_b \$5", "5% & #1 a_b $5"),
        ("100% noir", "100% noir"),
        (r"``Hi'' -- he said---yes", "“Hi” – he said—yes"),
        (r"\emph{Very} \textbf{bold} {\em plain}", "Very bold plain"),
        (r"$O(n \log n)$ and $\alpha$-divergence", r"$O(n \log n)$ and $\alpha$-divergence"),
        (r"\alpha and \Gamma", "αand Γ"),
        (r"a~b\ c\\d\,e", "a b c d e"),
        (r"\textbackslash{}x \~{} \^{}", r"\x ~ ^"),
        (r"\href{http://x.org}{words} {\noopsort{73}}1973", "words 1973"),
        (r"\LaTeX{} and \unknown", r"LaTeX and \unknown"),
        (r"-{}- '{}'", "-- ''"),
        ("a } b { c", "a b c"),
        ("\\", "\\"),
        ("one $ only", "one $ only"),
        ("e\u0301", "é"),
        ("線形 ünï", "線形 ünï"),
    ],
)
def test_tex_becomes_text(tex: str, text: str) -> None:
    assert to_text(tex) == text


@given(st.text(alphabet="ab \\{}$~^'`\"-,?!éI%", max_size=60))
def test_any_text_is_read(text: str) -> None:
    assert to_text(text) == " ".join(to_text(text).split())


@pytest.mark.parametrize(
    ("names", "authors"),
    [
        ("A and B and others", ("A", "B", "et al.")),
        ("Smith, Jr, John", ("John Smith Jr",)),
        ("van der Rohe, Ludwig", ("Ludwig van der Rohe",)),
        ("García Márquez, Gabriel", ("García Márquez, Gabriel",)),
        ("De La Cruz, Maria and Cruz, Maria Jr", ("De La Cruz, Maria", "Maria Jr Cruz")),
        ("{Barnes and Noble}", ("Barnes and Noble",)),
        ("{others}", ("others",)),
        ("", ()),
        ("a\n  and\n  b", ("a", "b")),
    ],
)
def test_names(names: str, authors: tuple[str, ...]) -> None:
    assert one(f"@book{{k, author = {{{names}}}}}").authors == authors


def test_editors_stand_in_for_authors() -> None:
    assert one("@book{k, editor = {Ann Lee}}").authors == ("Ann Lee",)


@pytest.mark.parametrize(
    ("field", "year"),
    [
        ("year = {2020}", 2020),
        ("date = {2021-03-04}", 2021),
        ("year = {c. 1998}", 1998),
        ("year = {in press}", 0),
        ("year = 12345", 0),
    ],
)
def test_years(field: str, year: int) -> None:
    assert one(f"@book{{k, {field}}}").year == year


def test_a_preprint_server_is_no_venue() -> None:
    assert one("@article{k, journal = {arXiv preprint arXiv:2106.09685}, year = 2021}").venue == ""
    assert one("@article{k, journal = {CoRR}, publisher = {ACM}}").venue == "ACM"


def test_abbreviations_hold_for_the_rest_of_the_file() -> None:
    entries, problems = read(
        '@string{tpami = "IEEE " # "TPAMI"}\n@article{a, journal = tpami, month = mar}', "l.bib"
    )
    assert (entries[0].venue, dict(entries[0].fields)["month"], problems) == ("IEEE TPAMI", "March", ())


def test_what_is_abbreviated_without_end_is_not_written_out() -> None:
    rows = [f"@misc{{k{n}, note = a" + " # a" * 400 + "}\n" for n in range(20)]
    entries, problems = read(f'@string{{a = "{"x" * 1999}"}}\n' + "".join(rows), "l.bib")
    assert len(dict(entries[0].fields)["note"]) == 401 * 1999
    assert sum(len(value) for entry in entries for _, value in entry.fields) < 12_000_000
    assert problems[-1].message == 'entry "k19": the abbreviation "a" is not defined'


VOLUME = """
@inproceedings{part, title = {Part}, author = {Ann Lee}, pages = {1--2}, doi = {10.1000/1}, crossref = {VOL}}
@inproceedings{own, title = {Own}, year = 2001, booktitle = {Elsewhere}, crossref = {vol}}
@misc{alone, title = {Alone}, crossref = {nothing}}
@proceedings{vol, title = {The Volume}, editor = {Bo Maar}, year = 1999, publisher = {Press}, doi = {10.1000/0},
  crossref = {vol}}
"""


def test_an_entry_takes_from_its_volume_what_it_does_not_say() -> None:
    (part, own, alone, volume), problems = read(VOLUME, "l.bib")
    assert (part.venue, part.year, part.authors) == ("The Volume", 1999, ("Ann Lee",))
    fields = dict(part.fields)
    assert (fields["doi"], fields["publisher"], fields["pages"]) == ("10.1000/1", "Press", "1–2")
    assert (own.venue, own.year) == ("Elsewhere", 2001)
    assert (alone.venue, alone.year, volume.venue, problems) == ("", 0, "Press", ())
    assert len({paper.id for paper in gather(library=(part, own, volume)).works.values()}) == 3


def test_what_is_no_bibliography_is_not_read_to_its_end() -> None:
    started = time.perf_counter()
    entries, problems = read("@misc{k, title = {T}}\n" + "@\n" * 1_000_000, "l.bib")
    assert time.perf_counter() - started < 20 and len(entries) == 1
    assert len(problems) < 6_000 and problems[-1].message.startswith("there are more than 5,000 mistakes")


def test_subtitles_are_part_of_the_title() -> None:
    assert one("@book{k, title = {Main}, subtitle = {Rest}}").title == "Main: Rest"


# --- what is wrong -----------------------------------------------------------------------------


def test_a_missing_comma_loses_nothing() -> None:
    text = "@article{k,\n  title = {T}\n  year = 2020,\n  doi = {10.1000/x}\n}\n@book{l, title = {L}}"
    entries, problems = read(text, "library.bib")
    assert [(e.key, e.title, e.year, dict(e.fields).get("doi")) for e in entries] == [
        ("k", "T", 2020, "10.1000/x"),
        ("l", "L", 0, None),
    ]
    assert [(p.path, p.code, p.message) for p in problems] == [
        ("library.bib", "bib-error", 'entry "k": a comma is missing before the next field')
    ]
    assert problems[0].line in (2, 3)


@pytest.mark.parametrize("head", ["@article{,", "@article{", "@article{ , "])
def test_an_empty_key_loses_no_field(head: str) -> None:
    entries, problems = read(f"\n{head} title = {{T}}, year = 2020}}", "l.bib")
    assert [(e.key, e.title, e.year) for e in entries] == [("", "T", 2020)]
    assert [(p.line, p.message) for p in problems] == [(2, "the entry has no citation key")]


def test_of_equal_keys_the_first_counts() -> None:
    entries, problems = read("@book{K, title = {One}}\n@book{k, title = {Two}}", "l.bib")
    assert [e.title for e in entries] == ["One"]
    assert [(p.line, p.message) for p in problems] == [
        (2, 'entry "k": this key is taken by the entry in line 1')
    ]


def test_an_open_entry_swallows_no_other() -> None:
    text = "@book{a, title = {One}}\n\n@book{b, title = {Two, year = 2020\n\n@book{c, title = {Three}}\n"
    entries, problems = read(text, "l.bib")
    assert [(e.key, e.title) for e in entries] == [("a", "One"), ("b", ""), ("c", "Three")]
    assert [p.message for p in problems] == ['entry "b": premature end of file']


def test_an_unknown_abbreviation_stands_as_written() -> None:
    entries, problems = read("@article{a, journal = jmlr, year = 2020}", "l.bib")
    assert (entries[0].venue, entries[0].year) == ("jmlr", 2020)
    assert [p.message for p in problems] == ['entry "a": the abbreviation "jmlr" is not defined']


def test_too_many_commas_in_a_name_are_told() -> None:
    entries, problems = read("\n\n@book{a, author = {A, B, C, D, E}, title = {T}}", "l.bib")
    assert entries[0].title == "T" and len(entries[0].authors) == 1
    assert [p.line for p in problems] == [3]


def test_text_that_is_no_library_is_told() -> None:
    assert read("", "l.bib") == ((), ()) == read("nothing here", "l.bib")
    assert messages("mail me@example.org") == [(0, "no entry could be read; is the file UTF-8 text?")]


def test_two_entries_on_one_line() -> None:
    assert [e.key for e in read("@a{x, y={1}} @b{z, y={2}}@c(w, y={3})", "l.bib")[0]] == ["x", "z", "w"]


@given(st.text(alphabet='@{}(),="#% \nab1\\', max_size=200))
def test_nothing_raises(text: str) -> None:
    entries, problems = read("@book{k, title={T}}\n" + text, "l.bib")
    assert entries[0].key == "k"
    assert all(p.message and p.path == "l.bib" for p in problems)


@pytest.mark.parametrize(
    "bomb",
    [
        "@a{k, t = " + "{" * 20000,
        "@a{k, t = " + "{" * 90 + "x" + "}" * 90 + "}",
        "@a{k, " * 5000,
        "@a(k, " + "".join(f't{i} = "x", ' for i in range(20000)) + ")",
        "\n".join(f"@a{{k{i}, t = {{x" for i in range(5000)),
        "@" * 20000,
        "@string{a = a # a}\n" * 2000,
        "@a{k, author = {" + " and ".join("{A}" for _ in range(20000)) + "}}",
        "@a{k, author = {" + "a and " * 30000 + "}}",
        "@a{k, t = {" + "\\" * 50000 + "}}",
        "@a{k, t = {" + "$x" * 20001 + "}}",
        "@a{k, t = {" + "\\'" * 30000 + "}}",
        "\n" * 50000 + "@a{k, t = 1}",
    ],
    ids=range(13),
)
def test_bombs_take_bounded_time(bomb: str) -> None:
    start = time.process_time()
    read(bomb, "l.bib")
    assert time.process_time() - start < 4


def test_no_library_file_is_lost(corpora: Path) -> None:
    files = sorted((corpora / "bib-jabref").rglob("*.bib"))
    entries, problems = 0, 0
    for path in files:
        found, told = read(path.read_bytes().decode("utf-8", "replace"), path.name)
        entries, problems = entries + len(found), problems + len(told)
        assert all(p.line >= 1 or "UTF-8" in p.message for p in told)
        assert not any("{" in name or "\\" in name for e in found for name in e.authors)
    assert (len(files), entries) == (114, 381)
    assert problems < 100


def test_pybtex_is_imported_when_a_file_is_read() -> None:
    code = "import sys, vault.bibliography as b; before = 'pybtex' in sys.modules; b.read('@a{k, t=1}', 'l'); print(before, 'pybtex' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.split() == ["False", "True"]
