"""``vault export`` and ``vault cite``: what a terminal and another program get."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pybtex.database import parse_string

from vault.cli import app
from vault.records import VaultError

LORA = """---
title: "LoRA: Low-Rank Adaptation"
date: 2024-01-02
arxiv: 2106.09685v2
authors: Edward J. Hu, Yelong Shen
venue: ICLR
tags: [peft]
status: read
---

As [@1706.03762] and https://arxiv.org/abs/2305.14314 say.
"""
AGAIN = "---\ntitle: LoRA again\ndate: 2025-01-02\narxiv: 2106.09685\naliases: [low rank]\n---\n\nWords.\n"
SECRET = "---\ntitle: Secret plan\narxiv: 2001.00001\nprivate: true\n---\n\nWords.\n"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    (tmp_path / "notes").mkdir()
    for name, text in (("lora", LORA), ("again", AGAIN), ("secret", SECRET)):
        (tmp_path / f"notes/{name}.md").write_text(text, encoding="utf-8")
    (tmp_path / "library.bib").write_text(
        "@article{lee20, title={Graph Nets}, author={Lee, Ann}, journal={J}}\n"
    )
    return tmp_path


def run(vault: Path, *args: str) -> Result:
    return CliRunner().invoke(app, [*args, "--vault", str(vault)])


def said(vault: Path, *args: str) -> str:
    result = run(vault, *args)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_every_format_is_printed_and_nothing_else(vault: Path) -> None:
    keys = ["hu2021lora-2106.09685", "lee20"]
    for form in ("bibtex", "biblatex"):
        assert list(parse_string(said(vault, "export", form), "bibtex").entries) == keys
    assert [item["id"] for item in json.loads(said(vault, "export", "csl-json"))] == keys
    assert [work["key"] for work in json.loads(said(vault, "export", "json"))] == keys
    assert [row["key"] for row in csv.DictReader(io.StringIO(said(vault, "export", "csv")))] == keys
    assert said(vault, "export", "ris").count("TY  - ") == 2


def test_a_query_asks_the_notes_and_all_adds_what_is_only_mentioned(vault: Path) -> None:
    assert "Graph" not in said(vault, "export", "bibtex", "tag:peft")
    assert said(vault, "export", "bibtex", "tag:none") == ""
    every = said(vault, "export", "bibtex", "--all")
    assert "@misc{arxiv-1706.03762," in every and "@misc{arxiv-2305.14314," in every
    assert "2001.00001" not in every
    works = json.loads(said(vault, "list", "--papers", "--json"))
    assert len(works) == 5 and {work["arxiv"] for work in works} >= {"1706.03762", "2305.14314"}


def test_a_file_is_written_whole_and_never_over_another(vault: Path) -> None:
    out = vault / "refs.bib"
    run(vault, "export", "bibtex", "--out", str(out))
    first = out.read_text(encoding="utf-8")
    assert "hu2021lora" in first and not list(vault.glob(".vault-*"))
    assert "kept" in run(vault, "export", "bibtex", "--out", str(out)).stderr
    refused = run(vault, "export", "ris", "--out", str(out))
    assert refused.exception and "exists already" in str(refused.exception)
    assert out.read_text(encoding="utf-8") == first
    assert "wrote" in run(vault, "export", "ris", "--out", str(out), "--force").stderr
    assert out.read_text(encoding="utf-8").startswith("TY  - ")
    nowhere = run(vault, "export", "ris", "--out", str(vault / "no/such/x.ris"))
    assert "cannot be written" in str(nowhere.exception)


def test_the_key_that_was_exported_stays_when_other_notes_come(vault: Path) -> None:
    before = said(vault, "export", "bibtex")
    text = "---\ntitle: LoRA: another one\ndate: 2020-01-01\narxiv: 2107.09685\nauthors: Ann Hu\nkey: hu2021lora\n---\n\nx\n"
    (vault / "notes/0000.md").write_text(text, encoding="utf-8")
    assert set(parse_string(before, "bibtex").entries) < set(
        parse_string(said(vault, "export", "bibtex"), "bibtex").entries
    )


@pytest.mark.parametrize(
    "name",
    [
        "hu2021lora-2106.09685",
        "@hu2021lora",
        "2106.09685",
        "arXiv:2106.09685v1",
        "LoRA",
        "low rank",
        "lora again",
    ],
)
def test_a_paper_is_cited_by_any_of_its_names(vault: Path, name: str) -> None:
    assert said(vault, "cite", name).startswith("@inproceedings{hu2021lora-2106.09685,\n")


def test_references_in_every_form(vault: Path) -> None:
    assert (
        said(vault, "cite", "LoRA", "lee20", "--format", "text")
        == "E. J. Hu, Y. Shen. LoRA: Low-Rank Adaptation. ICLR 2021. https://arxiv.org/abs/2106.09685\nA. Lee. Graph Nets. J.\n"
    )
    assert (
        said(vault, "cite", "LoRA", "--format", "markdown", "--style", "author-year")
        == "E. J. Hu, Y. Shen (2021). [LoRA: Low-Rank Adaptation](https://arxiv.org/abs/2106.09685). ICLR.\n"
    )
    (row,) = json.loads(said(vault, "cite", "1706.03762", "--json"))
    assert (row["id"], row["key"], row["format"]) == ("arxiv:1706.03762", "arxiv-1706.03762", "bibtex")
    assert "\n  eprint " in row["text"]


def test_a_reference_goes_onto_the_clipboard(
    vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    error = run(vault, "cite", "lora", "--copy").exception
    assert isinstance(error, VaultError) and "pbcopy" in error.hint
    for name, code in (("pbcopy", 1), ("xclip", 0)):
        (programs / name).write_text(f'#!/bin/sh\n/bin/cat > "{tmp_path}/{name}"\nexit {code}\n')
        (programs / name).chmod(0o755)
    printed = run(vault, "cite", "lora", "--format", "text", "--copy").output
    assert (tmp_path / "xclip").read_text(encoding="utf-8") == printed.rstrip("\n")


def test_a_name_that_nothing_has_is_told_with_the_closest(vault: Path) -> None:
    failed = run(vault, "cite", "lora agian")
    assert "no paper is called" in str(failed.exception) and "LoRA again" in failed.exception.hint
    for name, arxiv in (("n1", "2101.00001"), ("n2", "2101.00002")):
        text = f"---\ntitle: Same Name\narxiv: {arxiv}\n---\n\nx\n"
        (vault / f"notes/{name}.md").write_text(text, encoding="utf-8")
    both = run(vault, "cite", "same name")
    assert "the name of 2 papers" in str(both.exception)
    assert "2021same-2101.00001, 2021same-2101.00002" in both.exception.hint


@pytest.mark.parametrize("args", [["cite", "LoRA"], ["export", "ris"]])
def test_no_command_imports_what_it_does_not_use(vault: Path, args: list[str]) -> None:
    (vault / "library.bib").unlink()
    code = (
        "import sys; from vault.cli import app\n"
        f"app({[*args, '--vault', str(vault)]!r}, standalone_mode=False)\n"
        "print([m for m in ('pybtex', 'rapidfuzz', 'starlette', 'rich') if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "[]"


def test_the_site_has_its_bibliography_in_three_forms(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said(vault, "build")
    page = (vault / "site/papers/index.html").read_text(encoding="utf-8")
    assert all(f'href="../papers.{ending}"' in page for ending in ("bib", "csv", "json"))
    bib = (vault / "site/papers.bib").read_text(encoding="utf-8")
    assert list(parse_string(bib, "bibtex").entries) == ["hu2021lora-2106.09685", "lee20"]
    rows = list(csv.DictReader(io.StringIO((vault / "site/papers.csv").read_text(encoding="utf-8"))))
    assert rows[0]["page"] == "papers/2106.09685/index.html"
    assert all((vault / "site" / row["page"]).is_file() for row in rows) and len(rows) == 2
    paper = (vault / "site/papers/2106.09685/index.html").read_text(encoding="utf-8")
    assert "arxiv.org/abs/2106.09685v2" in paper and "read 2 Jan 2024" in paper
