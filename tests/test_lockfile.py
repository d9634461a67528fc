"""papers.lock: what is written is read back, what is broken loses itself alone."""

from __future__ import annotations

import tomllib

from hypothesis import given, settings
from hypothesis import strategies as st

from vault import lockfile
from vault.lockfile.shape import paper_of
from vault.records import Cited, LockEntry, PaperId, Release

LORA = LockEntry(
    ids=(PaperId("arxiv", "2106.09685"), PaperId("doi", "10.1000/lora")),
    title='LoRA: "Low-Rank" \\ Adaptation',
    authors=("Edward J. Hu", "Yelong Shen"),
    abstract="Freeze the weights. Learn a thin product! Does it work? Yes.",
    year=2022,
    venue="ICLR",
    kind="inproceedings",
    published="2021-06-17",
    updated="2021-10-16",
    versions=(Release(1, "2021-06-17"), Release(2)),
    comment="Draft V2",
    references=(Cited("arxiv:1706.03762", "Attention Is All You Need"), Cited("", "An old book")),
    code=("https://github.com/microsoft/LoRA",),
    sources=("arxiv",),
    unanswered=("openalex",),
)
MAMBA = LockEntry(ids=(PaperId("arxiv", "2312.00752"),), title="Mamba", withdrawn="by its authors")


def read(text: str) -> tuple[tuple[LockEntry, ...], list[tuple[str, int]]]:
    entries, problems = lockfile.read(text, "papers.lock")
    return entries, [(found.code, found.line) for found in problems]


words = st.text(
    st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Zs", "Cn")), min_size=1, max_size=9
)
texts = st.lists(words, max_size=5).map(" ".join)
some = st.lists(words, max_size=3).map(tuple)
days = st.dates().map(lambda day: f"{day:%m}").flatmap(lambda m: st.just(f"2021-{m}-01")) | st.just("")
ids = st.sampled_from(
    ("arxiv:2106.09685", "arxiv:hep-th/9901001", "doi:10.1/a(b)c", "url:https://a.org/x?y=é", "s2:CorpusID:7")
)
entries = st.builds(
    LockEntry,
    ids=st.lists(ids, min_size=1, max_size=3, unique=True).map(lambda keys: tuple(map(paper_of, keys))),
    title=texts,
    authors=some,
    abstract=texts,
    year=st.sampled_from((0, 1999, 2024)),
    venue=texts,
    published=days,
    versions=st.lists(st.builds(Release, st.integers(1, 99), days), max_size=3).map(tuple),
    comment=texts,
    withdrawn=texts,
    references=st.lists(st.builds(Cited, ids, texts) | st.builds(Cited, st.just(""), words), max_size=3).map(
        tuple
    ),
    code=some,
    sources=some,
)


@settings(max_examples=150)
@given(st.lists(entries, max_size=4))
def test_what_is_written_is_read_back_and_written_the_same(given_: list[LockEntry]) -> None:
    text = lockfile.write(given_)
    found, problems = read(text)
    assert problems == []
    assert lockfile.write(found) == text
    assert lockfile.write(reversed(found)) == text
    wanted = {entry.id: entry for entry in given_}
    for entry in found:
        before = wanted[entry.id]
        assert entry.references == lockfile.in_order(before.references)
        same = {name: getattr(before, name) for name in before.__struct_fields__ if name != "references"}
        assert {name: getattr(entry, name) for name in same} == same


@settings(max_examples=100)
@given(
    st.text(max_size=200)
    | st.lists(st.sampled_from(lockfile.write([LORA, MAMBA]).split("\n")), max_size=40).map("\n".join)
)
def test_whatever_the_text_is_reading_gives_entries_and_problems(text: str) -> None:
    found, _ = lockfile.read(text, "papers.lock")
    again = lockfile.write(found)
    assert lockfile.write(lockfile.read(again, "papers.lock")[0]) == again


def test_the_text_is_toml_with_one_fact_a_line() -> None:
    text = lockfile.write([MAMBA, LORA])
    table = tomllib.loads(text)
    assert list(table) == ["format", "arxiv:2106.09685", "arxiv:2312.00752"]
    assert table["arxiv:2106.09685"]["title"] == LORA.title
    assert table["arxiv:2106.09685"]["abstract"][1] == "Learn a thin product!"
    assert '  "Yelong Shen",' in text.split("\n")


def test_a_broken_entry_is_told_at_its_line_and_loses_itself_alone() -> None:
    lines = lockfile.write([LORA, MAMBA]).split("\n")
    at = lines.index("year = 2022")
    lines[at] = "year 2022"
    found, problems = read("\n".join(lines))
    assert [entry.id for entry in found] == ["arxiv:2312.00752"]
    assert problems == [("lock-invalid", at + 1)]


def test_an_entry_with_a_wrong_name_a_wrong_type_or_no_end_is_told() -> None:
    text = 'format = 1\n["nothing"]\ntitle = "A"\n["arxiv:2106.09685"]\ntitle = 7\n["doi:10.1/x"]\nauthors = [\n  "A",\n'
    found, problems = read(text)
    assert found == ()
    assert problems == [("lock-invalid", 2), ("lock-invalid", 5), ("lock-invalid", 7)]


def test_a_merge_conflict_keeps_both_sides_and_is_told() -> None:
    text = (
        'format = 1\n["arxiv:2106.09685"]\ntitle = "LoRA"\n<<<<<<< ours\nupdated = "2021-10-16"\n||||||| base\n'
        'updated = "2020-01-01"\n=======\nupdated = "2022-01-01"\nvenue = "ICLR"\n>>>>>>> theirs\n'
    )
    (entry,), problems = read(text)
    assert (entry.updated, entry.venue) == ("2021-10-16", "ICLR")
    assert problems == [("lock-conflict", 4)]
    assert lockfile.conflicted(text) == 4
    assert lockfile.conflicted(lockfile.write([LORA])) == 0


def test_a_file_of_a_later_form_is_told_and_not_read() -> None:
    found, problems = read(lockfile.write([LORA]).replace("format = 1", "format = 2"))
    assert found == () and problems == [("lock-invalid", 3)]


def test_characters_that_steer_a_terminal_or_turn_text_around_are_gone() -> None:
    (entry,), problems = read('["arxiv:2106.09685"]\ntitle = "a\\u001b[2J\\u202eb\\ud800"\n')
    assert problems == [] and entry.title == "a [2J b?"


def test_an_address_that_is_none_is_no_identity() -> None:
    found, problems = read('["url:javascript:alert(1)"]\ntitle = "x"\n')
    assert found == () and problems == [("lock-invalid", 1)]
