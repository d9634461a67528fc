"""``about.md``, ``digest/<month>.md``, ``tags/<tag>.md``: texts at the vault's root that stand on pages."""

from __future__ import annotations

from pathlib import Path

from vault import disk, parse
from vault.build import Options, build
from vault.disk import find_vault
from vault.records import Date, Parsed, Report, Settings, Source, digest_of

TODAY = Date(2026, 11, 20)
FILES = {
    "vault.toml": 'title = "T"\n',
    "notes/2025-01-14-lora.md": "---\ntitle: LoRA\ntags: [peft]\n---\nThin matrices.\n",
}


def write(root: Path, **files: str) -> Path:
    for name, text in {**FILES, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def built(root: Path, **options: object) -> Report:
    return build(find_vault(str(root)), Options(today=TODAY, **options))  # type: ignore[arg-type]


def page(root: Path, name: str) -> str:
    return (root / "site" / name / "index.html").read_text(encoding="utf-8")


def every_byte(root: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted((root / "site").rglob("*")) if path.is_file())


def parsed(path: str, text: str) -> Parsed:
    return parse.page(Source(path, text, digest_of(text.encode())))


def test_a_text_s_links_lead_to_notes_and_are_no_backlinks(tmp_path: Path) -> None:
    root = write(
        tmp_path, **{"about.md": "I like [[LoRA]].\n", "digest/2025-01.md": "On [[LoRA]] and [[Nothing]].\n"}
    )
    report = built(root)
    assert '<a class="card" href="../2025/01/lora/index.html">LoRA</a>' in page(root, "about")
    assert '<a class="card" href="../../2025/01/lora/index.html">LoRA</a>' in page(root, "digest/2025-01")
    assert "Linked from" not in page(root, "2025/01/lora")
    assert [(found.path, found.code) for found in report.problems] == [("digest/2025-01.md", "link-broken")]


def test_a_change_of_a_text_is_seen_and_no_text_is_a_note(tmp_path: Path) -> None:
    root = write(tmp_path, **{"about.md": "First.\n"})
    assert built(root).notes == 1
    (root / "about.md").write_text("Second.\n", encoding="utf-8")
    assert built(root, verify=True).differences == ()
    assert "Second." in page(root, "about")
    (root / "about.md").unlink()
    built(root)
    assert "Second." not in page(root, "about")


def test_drafts_and_private_texts_leave_no_byte(tmp_path: Path) -> None:
    root = write(tmp_path, **{
        "about.md": "---\nprivate: true\n---\nQuince.\n",
        "digest/2025-01.md": "---\ndraft: true\ntitle: Medlar\n---\nMedlar.\n",
    })  # fmt: skip
    built(root)
    assert b"Quince" not in every_byte(root) and b"Medlar" not in every_byte(root)
    built(root, drafts=True)
    assert "Medlar" in page(root, "digest/2025-01") and b"Quince" not in every_byte(root)


def test_a_tag_s_other_names_lead_to_it(tmp_path: Path) -> None:
    root = write(tmp_path, **{"tags/peft.md": "---\naliases: [adapters, Peft]\n---\nThin *things*.\n"})
    built(root)
    assert "Thin <em>things</em>." in page(root, "tags/peft")
    assert "../../tags/peft/index.html" in page(root, "tags/adapters")


def test_a_picture_of_a_text_is_published(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        **{"about.md": "![Me](me.svg)\n", "notes/me.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>"},
    )
    built(root)
    assert 'src="../files/me.svg"' in page(root, "about") and (root / "site/files/me.svg").is_file()


def test_a_text_that_is_not_utf8_is_told_and_left_out(tmp_path: Path) -> None:
    root = write(tmp_path)
    (root / "about.md").write_bytes(b"\xff\xfe")
    assert [(found.path, found.code) for found in built(root).problems] == [("about.md", "encoding-invalid")]


def test_a_link_within_a_text_stops_nothing(tmp_path: Path) -> None:
    root = write(tmp_path, **{"about.md": "## Here\n\n[[#Here]] and [x](#there) ![[#Here]]\n"})
    built(root)
    assert "Here" in page(root, "about")


def test_a_bare_folder_of_notes_has_no_texts_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "about.md").write_text("A note.\n", encoding="utf-8")
    vault = find_vault(str(tmp_path))
    assert disk.inputs(vault, Settings()).pages == ()


def test_a_page_has_an_id_that_no_note_can_have() -> None:
    found = parsed("digest/2025-01.md", "# Small ranks\n\nText.\n")
    assert (found.note.id, found.note.kind, found.note.title, found.note.date) == (
        "/digest/2025-01",
        "page",
        "Small ranks",
        None,
    )
