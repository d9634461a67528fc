"""``vault digest`` and ``vault stats``: the site's pages in a terminal."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from tests.test_own_pages import write
from vault.cli import app

NOTE = "---\ntitle: QLoRA\ndate: 2025-01-20\narxiv: 2305.14314\nrating: 4\ntags: [peft]\nadded: 2025-01-10\n---\nFour bits.\n"
INTRO = "---\ntitle: x\n---\nOn [[LoRA|adapters]], [[Nothing]] %%not yet%%and `code`.\n"


def run(root: Path, *args: str) -> Result:
    return CliRunner().invoke(app, [args[0], "--vault", str(root), *args[1:]])


def vault(root: Path) -> Path:
    return write(root, **{"notes/qlora.md": NOTE, "digest/2025-01.md": INTRO})


def test_a_letter_is_markdown_that_any_reader_knows(tmp_path: Path) -> None:
    text = run(vault(tmp_path), "digest", "2025-01").stdout
    assert text.startswith("# January 2025\n\n")
    assert "On adapters, Nothing and `code`.\n" in text
    assert (
        "## peft\n\n- [QLoRA](https://arxiv.org/abs/2305.14314) (2023, 4 of 5): Four bits.\n- LoRA: Thin matrices.\n"
        in text
    )


def test_with_an_address_links_lead_to_the_site(tmp_path: Path) -> None:
    root = vault(tmp_path)
    (root / "vault.toml").write_text('[site]\nurl = "https://x.org/"\n', encoding="utf-8")
    text = run(root, "digest").stdout
    assert "On [adapters](https://x.org/2025/01/lora/), Nothing" in text
    assert "- [QLoRA](https://x.org/2025/01/qlora/)" in text


def test_the_letter_as_html_has_no_dead_link(tmp_path: Path) -> None:
    text = run(vault(tmp_path), "digest", "2025-1", "--html").stdout
    assert 'href=""' not in text and "not yet" not in text
    assert '<a href="https://arxiv.org/abs/2305.14314">QLoRA</a>' in text


def test_a_month_without_a_letter_names_those_that_have_one(tmp_path: Path) -> None:
    result = run(vault(tmp_path), "digest", "2024-02")
    assert "no digest of '2024-02'" in str(result.exception) and result.exit_code != 0
    assert "2025-01" in getattr(result.exception, "hint", "")


def test_a_draft_introduction_is_not_in_the_letter(tmp_path: Path) -> None:
    root = vault(tmp_path)
    (root / "digest/2025-01.md").write_text("---\ndraft: true\n---\nQuince.\n", encoding="utf-8")
    assert "Quince" not in run(root, "digest").stdout


def test_the_statistics_are_lines_with_bars(tmp_path: Path) -> None:
    text = run(vault(tmp_path), "stats", "--today", "2025-02-01").stdout
    assert "     2  notes in all" in text
    assert "  peft       2  ##############################" in text
    assert "  January 2025         1  ####" in text


def test_the_statistics_as_json_say_the_same(tmp_path: Path) -> None:
    made = json.loads(run(vault(tmp_path), "stats", "--today", "2025-02-01", "--json").stdout)
    assert made["figures"]["notes in 2025"] == "2"
    assert made["charts"]["waits"][2] == {"label": "within a month", "count": 1}
    assert made["tables"]["published"] == {"columns": ["2025"], "rows": [{"label": "2023", "counts": [1]}]}


def test_an_empty_vault_says_so(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    assert "Nothing to count yet." in run(tmp_path, "stats").stdout
    assert "no month to tell of" in str(run(tmp_path, "digest").exception)
