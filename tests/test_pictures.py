"""A picture for each note: drawn where the extra is installed, once, and named in the page's head."""

from __future__ import annotations

import importlib
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import html

from tests.vaults import SMALL, built, make, tree, write
from vault.compose import pictures
from vault.index import stamp
from vault.records.views import Picture
from vault.render import picture

if os.environ.get("VAULT_JUDGES") != "required":
    pytest.importorskip("PIL.Image", reason="needs the extra [images], which .ci/run installs")
Image = importlib.import_module("PIL.Image")
FONT = (Path(__file__).parents[1] / "templates" / picture.FONT).read_bytes()
LORA = "data/pictures/2025/01/lora.png"


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "installed", lambda: True)


def properties(page: Path) -> dict[str, str]:
    found = html.parse(str(page)).xpath("//meta[@property or @name='twitter:card']")
    return {meta.get("property") or meta.get("name"): meta.get("content") for meta in found}


@pytest.mark.usefixtures("drawn")
def test_each_note_has_its_picture_and_names_it(tmp_path: Path) -> None:
    built(make(tmp_path))
    site = tmp_path / "site"
    image = Image.open(site / LORA)
    assert image.size == (1200, 630) and image.format == "PNG"
    found = properties(site / "2025/01/lora/index.html")
    assert found["og:image"] == f"https://example.org/n/{LORA}"
    assert found["og:image:alt"] == "LoRA: Low-Rank Adaptation"
    assert found["twitter:card"] == "summary_large_image"
    assert len(list((site / "data/pictures").rglob("*.png"))) == 6


def test_without_the_extra_or_an_address_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(make(tmp_path / "bare"))
    monkeypatch.setattr(picture, "installed", lambda: True)
    built(make(tmp_path / "nowhere", {**SMALL, "vault.toml": ""}))
    built(make(tmp_path / "off", {**SMALL, "vault.toml": SMALL["vault.toml"] + "images = false\n"}))
    for name in ("bare", "nowhere", "off"):
        site = tmp_path / name / "site"
        assert not (site / "data/pictures").exists()
        assert "og:image" not in properties(site / "2025/01/lora/index.html")


@pytest.mark.usefixtures("drawn")
def test_pictures_are_drawn_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built(make(tmp_path))
    assert built(tmp_path).written == 0
    before, drawing, asked = tree(tmp_path / "site"), picture.png, []

    def counted(view: Picture, font: bytes) -> bytes:
        asked.append(view.title)
        return drawing(view, font)

    monkeypatch.setattr(picture, "png", counted)
    name = "notes/2025/2025-01-29-lora.md"
    write(tmp_path, name, SMALL[name].replace("## Method", "## Methods"))
    write(tmp_path, "templates/partials/provenance.html", "")
    built(tmp_path)
    assert asked == [], "neither text nor template changes a picture"
    write(tmp_path, name, SMALL[name].replace("Adaptation", "Adaption"))
    built(tmp_path)
    assert asked == ["LoRA: Low-Rank Adaption"]
    after = tree(tmp_path / "site")
    assert [path for path in after if path.endswith(".png") and after[path] != before.get(path)] == [LORA]
    built(tmp_path, clean=True)
    assert tree(tmp_path / "site") == after


def test_the_font_draws_every_letter_that_is_let_through() -> None:
    face = picture.face(FONT, 40)
    missing = bytes(face.getmask("\uffff"))
    assert [letter for letter in pictures.LETTERS if bytes(face.getmask(letter)) == missing] == []


@pytest.mark.parametrize(
    ("title", "drawn"),
    [
        ("Rényi, Σ-notation – “é”", "Rényi, Σ-notation – “é”"),
        ("Długosz and Čech, ﬁne", "Dlugosz and Cech, fine"),
        ("关于长上下文的笔记", ""),
        ("ملاحظات", ""),
    ],
)
def test_a_title_is_drawn_whole_or_not_at_all(title: str, drawn: str) -> None:
    assert pictures.drawn(title) == drawn


@pytest.mark.parametrize("length", [1, 12, 60, 400])
def test_titles_of_any_length_fit(length: int) -> None:
    view = Picture("Notes", " ".join(["word"] * length), "Said. " * 25, "Hu, ICLR 2022", "14 January 2025")
    image = Image.open(io.BytesIO(picture.png(view, FONT))).convert("L")
    edges = [image.crop((0, 0, 1200, 70)), image.crop((1120, 0, 1200, 630)), image.crop((0, 566, 1200, 630))]
    assert all(edge.getextrema()[0] > 245 for edge in edges)
    assert picture.png(view, FONT) == picture.png(view, FONT)


def test_a_font_that_cannot_be_read_is_replaced() -> None:
    assert picture.png(Picture("Notes", "A title", "", "", ""), b"").startswith(b"\x89PNG")


def test_no_build_imports_pillow_without_need(tmp_path: Path) -> None:
    make(tmp_path, {**SMALL, "vault.toml": ""})
    code = f"import sys; from tests.vaults import *; built(Path({str(tmp_path)!r})); sys.exit('PIL' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def test_the_extra_is_a_part_of_the_stamp(monkeypatch: pytest.MonkeyPatch) -> None:
    versions, tools, parsers = dict(stamp._installed()), set(), set()
    for version in ("", "11.0.0", "12.0.0"):
        monkeypatch.setattr(stamp, "_installed", lambda v=version: {**versions, "pillow": v})
        tools.add(stamp.tool_stamp.__wrapped__())
        parsers.add(stamp.parse_stamp.__wrapped__())
    assert len(tools) == 3 and len(parsers) == 1


@pytest.mark.usefixtures("drawn")
def test_a_title_in_another_script_is_that_of_its_paper_where_one_is_known(tmp_path: Path) -> None:
    head = "---\ntitle: {}\n{}---\nText.\n"
    write(tmp_path, "vault.toml", SMALL["vault.toml"])
    write(tmp_path, "library.bib", "@misc{a, title={Attention}, eprint={1706.03762}}\n")
    write(tmp_path, "notes/known.md", head.format("注意力机制", "arxiv: 1706.03762\n"))
    write(tmp_path, "notes/unknown.md", head.format("Внимание", ""))
    built(tmp_path)
    site = tmp_path / "site"
    assert properties(site / "notes/known/index.html")["og:image:alt"] == "Attention"
    assert "og:image" not in properties(site / "notes/unknown/index.html")
    assert [file.name for file in (site / "data/pictures").rglob("*.png")] == ["known.png"]
