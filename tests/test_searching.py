"""The site's search: one rule for words and queries in both languages, an index that MiniSearch takes as its own."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.browser.conftest import missing
from tests.vaults import built, make, tree, write
from vault import searching, words
from vault.build import Options, survey
from vault.compose import divided, search
from vault.disk import find_vault
from vault.query import matches, parse
from vault.records import Date
from vault.searching import Field

HERE = Path(__file__).parent
ASSETS = HERE.parent / "templates" / "assets"
NODE = HERE / "search_in_node.cjs"


def in_node(*call: Any) -> Any:
    """What a function of ``search_in_node.cjs`` gives."""
    node = shutil.which("node")
    if node is None:
        missing("node")
    given_ = json.dumps(call)
    result = subprocess.run([str(node), str(NODE)], input=given_, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


# Words

TEXTS = [
    "LoRA: Low-Rank Adaptation, r=8; snake_case GPT-4 4x",
    "Rényi’s naïve Straße ΣΊΣΥΦΟΣ ﬁne İstanbul ǅ Ⅻ ½ x² ﷺ",
    "注意力机制とトランスフォーマー 강화 학습 ภาษาไทย 注 A注B ー・々 𠀀𠀁",
    "हिन्दी العربية עברית Ꭰꭰ ᾳ ϒ",
]
ASSIGNED = st.characters(exclude_categories=("Cs", "Cn", "Co")).filter(
    lambda c: unicodedata.category(c) not in ("Cn", "Co")
)


def test_words_are_cut_as_people_read_them() -> None:
    assert words.tokens(TEXTS[0]) == [
        "lora",
        "low",
        "rank",
        "adaptation",
        "r",
        "8",
        "snake",
        "case",
        "gpt",
        "4",
        "4x",
    ]
    assert words.tokens("Rényi’s Straße ΣΊΣΥΦΟΣ ﬁne") == ["renyi", "s", "strasse", "σισυφοσ", "fine"]
    assert words.tokens("注意力 强化 学") == ["注意", "意力", "力", "强化", "化", "学"]
    assert words.full_tokens("it is the rank, " + "x" * 41) == ["rank"]


@pytest.mark.parametrize(("digits", "pattern"), [(True, r"[^\W_]+"), (False, r"[^\W\d_]+")])
@given(text=st.text())
@example(text="a1—b\u0301 “c” \udc80d\x1f\x00e_f²\u3000g٣h½")
@example(text="注意力机制 é1 \u0301")
def test_runs_of_letters_are_those_of_a_pattern(digits: bool, pattern: str, text: str) -> None:
    assert words.runs(text, digits=digits) == re.findall(pattern, text)


@settings(max_examples=12)
def folded_by_parts(text: str) -> str:
    """What ``fold`` says it is, for any text."""
    plain = unicodedata.normalize("NFKD", text).lower().replace("ß", "ss").replace("ς", "σ")
    return unicodedata.normalize("NFC", "".join(char for char in plain if unicodedata.category(char) != "Mn"))


MIXED = st.text(
    st.sampled_from("aB ∑∫≠…αάςß·„ﬁ½µÅ가각ｶ์ำ\u1100\u1161\u0301\u0345\u093c") | st.characters(codec="utf-8")
)


@given(MIXED)
def test_a_text_is_folded_the_quick_way_as_by_its_parts(text: str) -> None:
    assert words.fold(text) == folded_by_parts(text)
    assert words.beyond(text) == {char for char in text if not char.isascii()}


def test_half_a_character_is_no_mistake() -> None:
    assert words.fold("A\udce9é") == "a\udce9e"


@given(st.lists(st.text(ASSIGNED, max_size=24), min_size=20, max_size=60))
@example(TEXTS)
def test_python_and_javascript_cut_the_same_words(texts: list[str]) -> None:
    assert in_node("tokens", texts) == [words.tokens(text) for text in texts]
    assert in_node("words", texts) == [words.words_of(text) for text in texts]


# Queries

QUERIES = (
    """
|lora|LORA|low-rank|low rank|"low rank adaptation"|"rank adapt*"|transform*|re|Ré|强化|强*|*|-lora|-"low rank"|- x|a -b OR c d
tag:efficiency|tag:EFFICIENCY/PEFT|tags:eff*|tag:"reinforcement learning"|tag:#rank|-tag:rank|tag:/|tag:"a  b/ c"
status:read|status:READ|status:begun|kind:entry|kind:thing|year:2025|year:2024..2025|year:2025..|year:..2024|year:>2024|year:>=2025
year:<2025|year:<=2024|year:*|year:..|year:soon|year:2024...2025|rating:4|rating:>=4|rating:>4|rating:<4|rating:3.5..5|rating:*|rating:>=
author:hu|authors:re|author:"edward j"|title:rank|title:lora|venue:iclr|venue:*|paper:2106.09685|paper:arXiv:2106.09685v3|arxiv:2106.*|paper:*
paper:doi:10.1/X|lab:microsoft|lab:"microsoft research"|nolab:x|http://x.y|a:b:c|2x:y|é:x|x_y:z|AND|lora AND rank|OR|OR lora|lora OR|a OR OR b|or
"open|tag:"open|"|""|!!!|(a OR b)|-|--x|"a"b|a"b"|tag:survey OR lora year:2025
""".strip()
    .replace("\n", "|")
    .split("|")
)


def in_python(text: str) -> list[Any]:
    """A query as ``search_in_node.cjs`` tells it."""
    found = parse(text)
    alternatives = [
        [[t.field, t.text, t.negated, bound(t.low), bound(t.high)] for t in terms]
        for terms in found.alternatives
    ]
    return [alternatives, found.error, found.hint]


def bound(number: float) -> float | str:
    """Open ends are told by name; an edge that is not included is its neighbour, near enough."""
    return {float("inf"): "inf", float("-inf"): "-inf"}.get(number, round(number, 6))


def rounded(value: Any) -> Any:
    if isinstance(value, list):
        return [rounded(one) for one in value]
    return round(value, 6) if isinstance(value, float) else value


@settings(max_examples=12)
@given(
    st.lists(
        st.lists(
            st.sampled_from(
                [*QUERIES, " ", "-", '"', ":", "OR", "tag:", "..", ">", "*", "ß", "学", "\u00a0", "\x1f"]
            ),
            max_size=7,
        ).map("".join),
        min_size=20,
        max_size=60,
    )
)
@example(QUERIES)
def test_python_and_javascript_read_a_query_alike(texts: list[str]) -> None:
    assert rounded(in_node("parse", texts)) == [in_python(text) for text in texts]


VAULT = {
    "vault.toml": "",
    "notes/2025-01-14-lora.md": (
        "---\ntitle: 'LoRA: Low-Rank Adaptation of Transformers'\narxiv: 2106.09685\nauthors: [Edward J. Hu, Christopher Ré]\n"
        "venue: ICLR\nyear: 2022\ntags: [Efficiency/PEFT, reinforcement learning]\nstatus: read\nrating: 4\n"
        "tldr: Freeze the weights.\nlab: Microsoft Research\n---\nThe intrinsic dimension of an update is small.\n"
    ),
    "notes/2024-03-02-attention.md": (
        "---\ntitle: Attention\narxiv: 1706.03762\ntags: [attention]\nstatus: to-read\n---\n"
        "Every position looks at every other position, in one dimension after the other.\n"
    ),
    "notes/2024-05-01-rl.md": "---\ntitle: 强化学习笔记\ntags: [rl]\nrating: 2.5\n---\n奖励函数的设计很难。Reward hacking.\n",
    "notes/undated.md": "---\ntitle: A survey of surveys\ntags: [survey]\n---\nRényi entropy; quantisation of weights.\n",
    "notes/2023-02-02-hidden.md": "---\ntitle: Hidden\nunlisted: true\n---\nUNLISTEDCANARY\n",
    "notes/2023-02-03-secret.md": "---\ntitle: Secret\nprivate: true\n---\nPRIVATECANARY\n",
    "notes/2023-02-04-draft.md": "---\ntitle: Draft\ndraft: true\n---\nDRAFTCANARY\n",
}


def test_python_and_javascript_find_the_same_notes(tmp_path: Path) -> None:
    known = survey(find_vault(str(make(tmp_path, VAULT))), Options(today=Date(2025, 3, 1)))
    scope, found = known.sitemap.scope, known.catalog
    notes = [found.notes[id_] for id_ in scope.orders.listed]
    assert len(notes) == 4
    asked = [text for text in QUERIES if not parse(text).error]
    works = [scope.work_of(note) for note in notes]
    expected = [
        [matches(note, parse(text), work) for note, work in zip(notes, works, strict=True)] for text in asked
    ]
    assert any(any(row) for row in expected) and any(not all(row) for row in expected)
    # A first sentence of the body is searched as full text, not as a claim.
    rows = [search.title(scope, note)._asdict() | search.facts(scope, note)._asdict() for note in notes]
    assert in_node("holds", rows, asked) == expected


# The index

FIELDS = (Field("title"), Field("text", words.full_tokens))


def documents(texts: list[tuple[str, str]]) -> list[dict[str, Any]]:
    return [{"id": at, "title": title, "text": text} for at, (title, text) in enumerate(texts)]


SAMPLE = [
    ("LoRA: Low-Rank Adaptation", "Freeze the weights and learn a product of two low-rank matrices."),
    ("QLoRA", "Low-rank adapters on a quantised base; 4 bits, double quantisation."),
    ("注意力", "注意力机制 attention is all you need"),
    ("", ""),
]


def test_minisearch_takes_the_index_as_its_own() -> None:
    asked: list[tuple[str, dict[str, Any]]] = [
        ("rank", {}),
        ("lora rank", {"combineWith": "AND"}),
        ("quant", {"prefix": True}),
        ("adaptaton", {"fuzzy": 0.2}),
        ("意力", {"boost": {"title": 3}}),
        ("nothing", {}),
    ]
    plain = (Field("title"), Field("text"))
    stored = searching.index(plain, SAMPLE)
    ours, theirs = in_node("hits", ["title", "text"], stored, documents(SAMPLE), asked)
    assert ours == theirs
    assert [bool(found) for found in ours] == [True, True, True, True, True, False]


@settings(max_examples=12)
@given(
    st.lists(
        st.tuples(st.text("abc üß学习 ", max_size=12), st.text("a the b c 学习 x", max_size=40)),
        min_size=1,
        max_size=6,
    )
)
@example(SAMPLE)
def test_the_index_is_the_one_that_minisearch_writes(texts: list[tuple[str, str]]) -> None:
    fields = [field._replace(tokens=words.full_tokens) for field in FIELDS]
    ours = in_node("unfold", searching.index(fields, texts))
    theirs = in_node("index", ["title", "text"], documents(texts), sorted(words.STOP))
    theirs["index"].sort(key=lambda entry: entry[0])
    assert ours == theirs


def test_postings_of_many_documents_are_numbers_of_base_26() -> None:
    assert [searching.posting(gap, 1) for gap in (0, 25, 26, 700, 17576)] == ["A", "Z", "bA", "baY", "baaA"]
    texts = [("x" if at in (3, 30, 1000) else "", "x " * (at % 13) if at > 990 else "") for at in range(1001)]
    stored = searching.index([Field("title"), Field("text")], texts)
    ours = in_node("unfold", stored)
    theirs = in_node("index", ["title", "text"], documents(texts), [])
    assert ours == theirs


@pytest.mark.parametrize(
    ("url", "date", "at"),
    [
        ("2025/01/lora", "2025-01-14", "lora"),
        ("2025/lora", "2025", "lora"),
        ("notes/lora", "", "lora"),
        ("2025/02/lora", "2025-01-14", "/2025/02/lora"),
        ("2025/01/a/b", "2025-01-14", "/2025/01/a/b"),
    ],
)
def test_an_address_is_told_by_its_date(url: str, date: str, at: str) -> None:
    assert search.within(url, date) == at
    assert in_node("urls", [{"at": at, "date": date}]) == [url]


def test_an_index_of_nothing_loads() -> None:
    stored = searching.index(FIELDS, [])
    assert in_node("hits", ["title", "text"], stored, [], [["x", {}]]) == [[[]], [[]]]


@given(st.lists(st.text(max_size=6), unique=True, max_size=80), st.integers(1, 20))
def test_every_note_is_in_one_part_whatever_the_others_are(ids: list[str], most: int) -> None:
    found = searching.parts(ids, most)
    assert sorted(id_ for some in found.values() for id_ in some) == sorted(ids)
    if len(found) > 1:
        again = searching.parts(ids[::-1], most)
        assert {part: sorted(some) for part, some in again.items()} == {
            p: sorted(s) for p, s in found.items()
        }


def test_data_survives_being_a_script() -> None:
    data = {"a": "quote ' back \\ slash \" line \u2028 \n </script> 学"}
    text = searching.script("x/y", data).decode()
    assert text.startswith("(window.vaultData=window.vaultData||{})['x/y']='") and text.count("\n") == 1
    node = shutil.which("node")
    if node is None:
        missing("node")
    code = "global.window = global; eval(require('fs').readFileSync(0, 'utf8')); process.stdout.write(vaultData['x/y'])"
    done = subprocess.run([str(node), "-e", code], input=text, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == data


# The site


def found_in(site: Path, asked: list[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = in_node("find", str(site), asked)["found"]
    return found


def test_a_reader_finds_notes_by_their_words(tmp_path: Path) -> None:
    built(make(tmp_path, VAULT))
    asked = {
        "lora": ["2025/01/lora"],
        "intrinsic dimension": ["2025/01/lora"],
        "dimension": ["2025/01/lora", "2024/03/attention"],
        '"intrinsic dimension"': ["2025/01/lora"],
        '"dimension intrinsic"': [],
        '"one dimension after"': ["2024/03/attention"],
        "dimension -tag:attention": ["2025/01/lora"],
        "renyi": ["notes/undated"],
        "奖励": ["2024/05/rl"],
        "学习": ["2024/05/rl"],
        "习": ["2024/05/rl"],
        "奖难": [],
        "author:hu weights": ["2025/01/lora"],
        "freeze OR hacking": ["2025/01/lora", "2024/05/rl"],
        "hidden": [],
        "the dimension": ["2025/01/lora", "2024/03/attention"],
    }
    found = found_in(tmp_path / "site", list(asked))
    assert {text: sorted(one["urls"]) for text, one in zip(asked, found, strict=True)} == {
        text: sorted(urls) for text, urls in asked.items()
    }
    assert found[1]["marks"] == ["intrinsic", "dimension"] and "intrinsic" in found[1]["excerpt"]
    assert found[8]["marks"] == ["奖励"]


def test_a_slip_of_the_pen_is_forgiven_and_named(tmp_path: Path) -> None:
    built(make(tmp_path, VAULT))
    lora, quant, none = found_in(tmp_path / "site", ["adpatation", "quantization entropy", "zzzzzz"])
    assert lora["urls"] == ["2025/01/lora"] and lora["meant"] == [["adpatation", "adaptation"]]
    assert quant["urls"] == ["notes/undated"] and quant["meant"] == [["quantization", "quantisation"]]
    assert none["urls"] == [] and none["meant"] == [["zzzzzz", None]]


def data_of(root: Path) -> dict[str, bytes]:
    return {path: data for path, data in tree(root / "site").items() if path.startswith("data/search")}


def test_drafts_private_and_unlisted_notes_leave_nothing(tmp_path: Path) -> None:
    built(make(tmp_path, VAULT))
    whole = (
        b"\n".join(tree(tmp_path / "site" / "data").values())
        + (tmp_path / "site" / "search" / "index.html").read_bytes()
    )
    assert b"intrinsic" in whole
    assert not re.search(rb"(?i)canary|hidden\b|secret|2023", whole.replace(b"aria-hidden", b""))


def many(number: int) -> dict[str, str]:
    return {
        f"notes/{2020 + at % 2}-01-{1 + at % 28:02}-n{at}.md": f"---\ntitle: Note {at}\ntags: [t{at % 7}]\n---\nSome words w{at}.\n"
        for at in range(number)
    }


def test_an_edit_changes_the_files_of_its_note_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, most in (("ONE_FILE", 10), ("TITLES", 12), ("FULL", 8), ("TEXTS", 3)):
        monkeypatch.setattr(divided, name, most)
    built(make(tmp_path, many(60)))
    before = data_of(tmp_path)
    assert len([name for name in before if "titles-" in name]) >= 4
    assert len([name for name in before if "/text/" in name]) > 12
    file = next(iter(many(60)))
    write(tmp_path, file, many(60)[file].replace("Some words", "Several words"))
    built(tmp_path)
    after = data_of(tmp_path)
    assert after.keys() == before.keys()
    different = [name for name in before if before[name] != after[name]]
    assert len(different) == 2 and {"/text/" in name for name in different} == {True, False}
    assert not any("titles" in name or name.endswith("search.js") for name in different)
    write(tmp_path, file, many(60)[file].replace("Some words", "Several words").replace("Note 0", "Other 0"))
    built(tmp_path)
    retitled = data_of(tmp_path)
    assert [name for name in after if after[name] != retitled[name]] == [
        name for name in after if "titles" in name and b"Other 0" in retitled[name]
    ]


def test_a_large_vault_is_searched_part_by_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, most in (("ONE_FILE", 10), ("TITLES", 12), ("FULL", 8), ("TEXTS", 3)):
        monkeypatch.setattr(divided, name, most)
    built(make(tmp_path, many(60)))
    found = found_in(tmp_path / "site", ["w17", "tag:t3", '"words w18"', "words"])
    assert found[0]["urls"] == ["2021/01/n17"] and found[2]["urls"] == ["2020/01/n18"]
    assert len(found[1]["urls"]) == 9 and len(found[3]["urls"]) == 60


# What is shipped


def test_minisearch_names_its_version_and_carries_its_licence() -> None:
    text = (ASSETS / "minisearch.js").read_text(encoding="utf-8")
    assert text.startswith("/*! MiniSearch 7.2.0, https://github.com/lucaong/minisearch")
    assert "Permission is hereby granted, free of charge" in text and "Luca Ongaro" in text


def test_the_code_of_the_search_keeps_to_its_budget() -> None:
    names = ("minisearch.js", "search.js", "search.css")
    assert sum(len(gzip.compress((ASSETS / name).read_bytes(), 9)) for name in names) <= 24 * 1024
