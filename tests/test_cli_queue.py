"""``vault queue`` from the terminal: its list, and what it changes in a note."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.vaults import make, write
from vault.cli import app
from vault.records import VaultError

NOTES = {
    "notes/2026/2026-01-05-dpo.md": (
        "---\ntitle: 'DPO: Your Language Model'\narxiv: 2305.18290\nstatus: to-read  # soon\npriority: 1\n"
        "why: a baseline\n---\n"
    ),
    "notes/2026/2026-02-01-lora.md": "---\r\ntitle: Lora\r\narxiv: 2106.09685\r\nstatus: reading\r\n---\r\n\r\nLate.\r\n",
    "notes/2025/2025-02-01-lora.md": "---\ntitle: Lora once\narxiv: 2106.09685\nstatus: read\n---\nSee arXiv:1706.03762.\n",
    "notes/old.md": "---\ntitle: Old\ndate: 2020-05-01\nstatus: to-read\n---\n",
    "notes/broken.md": "---\ntitle: Broken: indeed\nstatus: to-read\n---\n",
    "notes/list.md": (
        "# Winter\n\n- [ ] [Ring](https://arxiv.org/abs/2310.01889) - long\n"
        "- [ ] [Yarn](https://arxiv.org/abs/2309.00071)\n- [x] [Rope](https://arxiv.org/abs/2104.09864)\n"
    ),
    "notes/log.md": (
        "# Log 2025\n\n### 3rd February\n\n[Mamba](https://arxiv.org/abs/2312.00752)\n\n- a state space\n\n"
        "### 4th February\n\n[RWKV](https://arxiv.org/abs/2305.13048)\n\n- recurrent\n"
    ),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make(tmp_path, NOTES)


def run(root: Path, *words: str) -> Result:
    return CliRunner(env={"VAULT_TODAY": "2026-03-01"}).invoke(app, ["queue", "--vault", str(root), *words])


def text(root: Path, path: str) -> str:
    return (root / path).read_bytes().decode()


def rows(root: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run(root, "--json").stdout)
    return found


def test_the_list_is_in_the_order_of_the_page(root: Path) -> None:
    found = rows(root)
    assert [(row["title"], row["source"], row["age_days"]) for row in found] == [
        ("Lora", "note", 28),
        ("DPO: Your Language Model", "note", 55),
        ("Old", "note", 2130),
        ("Broken: indeed", "note", None),
        ("Ring", "list", None),
        ("Yarn", "list", None),
        ("arXiv:1706.03762", "mention", None),
    ]
    assert found[1] | {"title": "", "via": ""} == {
        "title": "",
        "paper": "arxiv:2305.18290",
        "note": "2026/2026-01-05-dpo",
        "status": "to-read",
        "priority": 1,
        "added": "2026-01-05",
        "age_days": 55,
        "why": "a baseline",
        "via": "",
        "source": "note",
    }
    lines = run(root).stdout.splitlines()
    assert lines[:5] == [
        "Reading now",
        "   1     28 days  Lora",
        "Next",
        "   2     55 days  DPO: Your Language Model",
        "                  a baseline",
    ]
    assert lines[-1] == "5 papers waiting, 1 being read; 1 more is mentioned and has no note"


def test_what_is_next_is_told_with_its_reason(root: Path) -> None:
    assert run(root, "next").stdout.splitlines() == [
        "DPO: Your Language Model",
        "a baseline",
        "notes/2026/2026-01-05-dpo.md:1",
        "https://arxiv.org/abs/2305.18290",
    ]
    write(root, "vault.toml", '[notes]\nignore = ["**"]\n')
    assert run(root, "next").stdout.startswith("Nothing waits.")


@pytest.mark.parametrize(
    "name", ["2", "dpo", "DPO", "2305.18290", "arXiv:2305.18290", "notes/2026/2026-01-05-dpo.md"]
)
def test_a_start_changes_the_status_and_adds_the_day(root: Path, name: str) -> None:
    before = text(root, "notes/2026/2026-01-05-dpo.md")
    result = run(root, "start", name)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "changed notes/2026/2026-01-05-dpo.md",
        "-    4  status: to-read  # soon",
        "+    4  status: reading  # soon",
        "+    5  started: 2026-03-01",
    ]
    after = before.replace("status: to-read  # soon\n", "status: reading  # soon\nstarted: 2026-03-01\n")
    assert text(root, "notes/2026/2026-01-05-dpo.md") == after
    assert run(root, "start", "dpo").stdout == "notes/2026/2026-01-05-dpo.md says so already\n"
    assert [row["title"] for row in rows(root)][:2] == ["DPO: Your Language Model", "Lora"]


def test_of_two_notes_on_a_paper_the_one_in_the_queue_is_meant(root: Path) -> None:
    before = text(root, "notes/2026/2026-02-01-lora.md")
    assert run(root, "done", "2106.09685", "--rating", "4.5").exit_code == 0
    told = "status: read\r\nread: 2026-03-01\r\nrating: 4.5\r\n"
    assert text(root, "notes/2026/2026-02-01-lora.md") == before.replace("status: reading\r\n", told)
    again = run(root, "skim", "2106.09685")
    assert isinstance(again.exception, VaultError)
    assert "'2106.09685' is the name of 2 notes" in str(again.exception)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("skim", "Old"), "status: skimmed\nread: 2026-03-01\n"),
        (("drop", "Old"), "status: dropped\nupdated: 2026-03-01\n"),
        (("bump", "Old"), "status: to-read\npriority: 2\n"),
        (("later", "Old"), "status: to-read\npriority: 3\n"),
    ],
)
def test_each_command_writes_its_own_lines(root: Path, words: tuple[str, ...], line: str) -> None:
    before = text(root, "notes/old.md")
    assert run(root, *words, "--dry-run").stdout.startswith("would change notes/old.md\n")
    assert text(root, "notes/old.md") == before
    assert run(root, *words).exit_code == 0
    assert text(root, "notes/old.md") == before.replace("status: to-read\n", line)


def test_an_item_of_a_list_is_ticked(root: Path) -> None:
    before = text(root, "notes/list.md")
    assert run(root, "done", "2309.00071").stdout.startswith("changed notes/list.md\n-    4")
    assert text(root, "notes/list.md") == before.replace("[ ] [Yarn]", "[x] [Yarn]")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("start", "Ring"), "notes/list.md:3 was not changed: an item of a reading list is open or done"),
        (("done", "Ring", "--rating", "4"), "notes/list.md:3 was not changed: an item of a reading list"),
        (("start", "Mamba"), "notes/log.md:5 was not changed: an entry of a log has no header of its own"),
        (("start", "broken.md"), "notes/broken.md:2 was not changed: its header cannot be read whole"),
        (("start", "nowhere"), "no note is called 'nowhere'"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    root: Path, words: tuple[str, ...], why: str
) -> None:
    before = {path: text(root, path) for path in NOTES}
    result = run(root, *words)
    assert isinstance(result.exception, VaultError)
    assert why in str(result.exception)
    assert {path: text(root, path) for path in NOTES} == before


def test_a_save_meanwhile_is_not_written_over(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from vault.cli import queue_acts

    show = queue_acts.show

    def saved(*args: Any, **options: Any) -> None:
        show(*args, **options)
        write(root, "notes/old.md", "mine\n")

    monkeypatch.setattr(queue_acts, "show", saved)
    result = run(root, "start", "Old")
    assert "notes/old.md was saved meanwhile" in str(result.exception)
    assert text(root, "notes/old.md") == "mine\n"
