"""Notes as Markdown beside their pages, with ``site.sources``: what the page shows, and nothing more."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from tests.vaults import built, make, tree, write
from vault.markdown import published

VAULT = {
    "vault.toml": 'title = "Small"\n[site]\nurl = "https://example.org/n/"\nsources = true\n',
    "notes/2025-01-14-lora.md": (
        "---\ntitle: 'LoRA: \"Low\"-Rank'\narxiv: 2106.09685v2\nauthors: [Edward J. Hu]\ntags: [peft, a/b]\nrating: 4.5\n"
        "status: read # COMMENTCANARY\nlab: Microsoft\nslug: lora\nwhy: WHYCANARY\n---\n"
        "Low rank %%CANARY one%% is enough.<!-- CANARY two -->\n\n%%\nCANARY three\n\n```\nCANARY four\n```\n%%\n\n"
        "See [[Secret|a thing]], [[Secret]], [it](secret.md) and [[attention|that]].\n\n"
        "```python\n%%timeit\n# <!-- kept -->\n```\n\nThe end.\n"
    ),
    "notes/attention.md": "---\ntitle: Attention\ndate: 2025-01-02\n---\nLook.\n",
    "notes/secret.md": "---\ntitle: Secret\nprivate: true\n---\nCANARY\n",
    "notes/log.md": "# Log 2025\n\n### 3rd February\n\n[Mamba](https://arxiv.org/abs/2312.00752)\n\n- a state space\n\n"
    "### 4th February\n\n[RWKV](https://arxiv.org/abs/2305.13048)\n\n- recurrent\n",
}
LORA = "2025/01/lora/"


def test_a_note_is_offered_as_its_page_shows_it(tmp_path: Path) -> None:
    built(make(tmp_path, VAULT))
    site = tmp_path / "site"
    text = (site / LORA / "note.md").read_text(encoding="utf-8")
    assert "CANARY" not in text and "slug" not in text
    assert "Low rank  is enough.\n\nSee a thing, Secret, it and [[attention|that]].\n" in text
    assert "```python\n%%timeit\n# <!-- kept -->\n```\n\nThe end.\n" in text
    assert (
        'title: "LoRA: \\"Low\\"-Rank"' in text
        and 'arxiv: "2106.09685v2"' in text
        and 'lab: "Microsoft"' in text
    )
    page = html.parse(str(site / LORA / "index.html"))
    assert page.xpath("//link[@rel='alternate' and @type='text/markdown']/@href") == ["note.md"]
    assert page.xpath("//a[text()='Markdown source']/@href") == ["note.md"]
    offered = [path for path in tree(site) if path.endswith("note.md")]
    assert offered == ["2025/01/attention/note.md", LORA + "note.md"]


def test_the_source_says_what_the_note_says(tmp_path: Path) -> None:
    """A vault of the sources has the pages of the vault, but for what is not theirs to tell."""
    built(make(tmp_path / "one", VAULT))
    again = {"vault.toml": VAULT["vault.toml"]}
    for name in ("lora", "attention"):
        again[f"notes/{name}.md"] = (tmp_path / f"one/site/2025/01/{name}/note.md").read_text(
            encoding="utf-8"
        )
    built(make(tmp_path / "two", again))
    for name in ("lora", "attention"):
        one, two = (
            (tmp_path / vault / "site/2025/01" / name / "note.md").read_bytes() for vault in ("one", "two")
        )
        assert one == two


def test_there_is_none_unless_it_is_asked_for(tmp_path: Path) -> None:
    built(make(tmp_path, {**VAULT, "vault.toml": '[site]\nurl = "https://example.org/n/"\n'}))
    assert not list((tmp_path / "site").rglob("note.md"))
    assert b"text/markdown" not in (tmp_path / "site" / LORA / "index.html").read_bytes()


def test_a_source_follows_its_file(tmp_path: Path) -> None:
    built(make(tmp_path, VAULT))
    assert built(tmp_path).written == 0
    name = "notes/2025-01-14-lora.md"
    write(tmp_path, name, VAULT[name].replace("The end.", "*The* end."))
    built(tmp_path)
    write(tmp_path, name, VAULT[name].replace("The end.", "_The_ end."))
    built(tmp_path)
    after = tree(tmp_path / "site")
    assert b"_The_ end." in after[LORA + "note.md"], "though the page is the same"
    write(tmp_path, "notes/secret.md", VAULT["notes/secret.md"].replace("private: true\n", ""))
    built(tmp_path)
    assert b"[[Secret|a thing]]" in (tmp_path / "site" / LORA / "note.md").read_bytes()
    after = tree(tmp_path / "site")
    built(tmp_path, clean=True)
    assert tree(tmp_path / "site") == after


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a %%b%% c", "a  c\n"),
        ("a <!-- b\nc", "a \n"),
        ("> %%b%%\n> c", "> \n> c\n"),
        ("~~~\n%%b%%\n~~~", "~~~\n%%b%%\n~~~\n"),
        ("- a\n\n  ```\n  %%b%%\n  ```\n- %%c%%", "- a\n\n  ```\n  %%b%%\n  ```\n- \n"),
        ("<!--\n```\nb\n```\n-->\nc", "c\n"),
        ("50%% of it", "50%% of it\n"),
        ("", "\n"),
    ],
)
def test_comments_are_taken_out_of_all_but_blocks_of_code(text: str, left: str) -> None:
    assert published(text) == left
