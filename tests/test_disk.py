"""The door in: what is a note file, what its text is, how large a picture is, and whose turn it is."""

from __future__ import annotations

import os
import socket
import struct
import subprocess
import sys
import unicodedata
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault import disk
from vault.disk.attachments import pixels
from vault.disk.find import is_inside
from vault.disk.names import is_passed_over, matcher, shown
from vault.disk.read import decoded
from vault.records import Found, Scan, Settings, Vault, VaultError


def vault_in(folder: Path) -> Vault:
    (folder / "notes").mkdir(parents=True, exist_ok=True)
    return disk.find_vault(str(folder))


def put(vault: Vault, path: str, text: str | bytes = "text\n") -> Path:
    file = Path(vault.notes) / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def names(found: tuple[Found, ...]) -> list[str]:
    return [one.path for one in found]


def told(scan: Scan) -> dict[str, str]:
    return {problem.path: problem.message for problem in scan.problems}


# where the vault is


def test_a_vault_is_found_upward_from_any_folder_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / "v" / "notes" / "2025" / "01"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    assert disk.find_vault() == Vault(str(tmp_path / "v"), str(tmp_path / "v" / "notes"))


@pytest.mark.parametrize("beside", ["2018-10.md", "talks/fairness.md", "template.markdown"])
def test_notes_beside_the_notes_folder_are_notes_too(tmp_path: Path, beside: str) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / beside).parent.mkdir(exist_ok=True)
    (tmp_path / beside).write_text("text\n")
    root = str(tmp_path)
    assert disk.find_vault(root) == Vault(root, root)
    (tmp_path / "vault.toml").write_text("")
    assert disk.find_vault(root) == Vault(root, f"{root}/notes")


@pytest.mark.parametrize(
    "beside", ["README.md", "CODE_OF_CONDUCT.md", "tags/rl.md", "docs/use.md", ".github/a.md", "code/run.py"]
)
def test_what_is_about_a_project_leaves_the_notes_folder_alone(tmp_path: Path, beside: str) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / beside).parent.mkdir(exist_ok=True)
    (tmp_path / beside).write_text("text\n")
    assert disk.find_vault(str(tmp_path)).notes == str(tmp_path / "notes")


def test_folders_that_tools_fill_hold_no_notes(tmp_path: Path) -> None:
    vault = vault_in(tmp_path)
    for path in ("_site/copy.md", "node_modules/a/README.md", "_posts/2025-01-29-kept.md"):
        put(vault, path)
    assert names(disk.scan(vault).found) == ["_posts/2025-01-29-kept.md"]


def test_a_config_makes_a_vault_even_while_its_notes_are_gone(tmp_path: Path) -> None:
    (tmp_path / "vault.toml").write_text("")
    vault = disk.find_vault(str(tmp_path))
    assert vault.notes == str(tmp_path / "notes")
    assert disk.scan(vault).missing


def test_a_bare_folder_is_its_own_notes_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").write_text("x")
    assert disk.find_vault(str(tmp_path)) == Vault(str(tmp_path), str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert disk.find_vault() == Vault(str(tmp_path), str(tmp_path))


def test_no_vault_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(VaultError, match="no vault here"):
        disk.find_vault()
    with pytest.raises(VaultError, match="no folder"):
        disk.find_vault(str(tmp_path / "nowhere"))
    with pytest.raises(VaultError, match="no folder"):
        disk.find_vault("")


def test_a_notes_folder_may_not_be_a_link_out_of_the_vault(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "v").mkdir()
    (tmp_path / "v" / "notes").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(VaultError, match="link out of the vault"):
        disk.find_vault(str(tmp_path / "v"))


@pytest.mark.parametrize(
    "out", [".", "notes", "..", "/", "~", "", ".vault", ".git/x", "templates", "link", "file"]
)
def test_a_site_never_goes_where_it_would_do_harm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, out: str
) -> None:
    vault = vault_in(tmp_path / "v")
    monkeypatch.chdir(vault.root)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    Path("link").symlink_to(tmp_path)
    Path("file").write_text("mine")
    with pytest.raises(VaultError):
        disk.site_folder(vault, os.path.expanduser(out))


def test_a_site_goes_to_site_or_where_it_is_asked_to(tmp_path: Path) -> None:
    vault = vault_in(tmp_path / "v")
    assert disk.site_folder(vault, None) == str(tmp_path / "v" / "site")
    assert disk.site_folder(vault, str(tmp_path / "a" / "b")) == str(tmp_path / "a" / "b")


@given(
    st.lists(st.sampled_from(["a", "ab", "b"]), max_size=3),
    st.lists(st.sampled_from(["a", "ab", "b"]), max_size=3),
)
def test_inside_is_by_whole_names(path: list[str], folder: list[str]) -> None:
    assert is_inside("/" + "/".join(path), "/" + "/".join(folder)) == (path[: len(folder)] == folder)


# scan


def test_notes_are_markdown_files_in_path_order(tmp_path: Path) -> None:
    vault = vault_in(tmp_path)
    for name in ("b.md", "a/z.markdown", "B.MD", "a.md", "a/pic.png", "2025/01/x.md", "plain"):
        put(vault, name)
    scan = disk.scan(vault)
    assert names(scan.found) == ["2025/01/x.md", "B.MD", "a.md", "a/z.markdown", "b.md"]
    assert names(scan.attachments) == ["a/pic.png", "plain"]
    assert scan.problems == ()


def test_what_editors_leave_is_passed_over(tmp_path: Path) -> None:
    vault = vault_in(tmp_path)
    left = (
        "n.md~",
        ".n.md.swp",
        "#n.md#",
        "4913",
        ".#n.md",
        "n.md.tmp",
        ".obsidian/x.md",
        ".git/y.md",
        ".DS_Store",
    )
    for name in (*left, "n.md"):
        put(vault, name)
    scan = disk.scan(vault)
    assert (names(scan.found), scan.attachments, scan.problems) == (["n.md"], (), ())
    assert not is_passed_over("49130.md")
    assert not is_passed_over("a~b.md")
    for name in (".a.md", "#a.md#", ".#a.md", "a.md~", "a.md.swp", "a.MD.tmp", "node_modules"):
        assert is_passed_over(name)


def test_site_and_cache_are_never_scanned(tmp_path: Path) -> None:
    root = tmp_path / "v"
    (root / "site").mkdir(parents=True)
    (root / "out").mkdir()
    for name in ("a.md", "site/b.md", "out/c.md", ".vault/d.md"):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text("x")
    vault = Vault(str(root), str(root))
    assert names(disk.scan(vault).found) == ["a.md", "out/c.md"]
    assert names(disk.scan(vault, out=str(root / "out")).found) == ["a.md", "site/b.md"]


@pytest.mark.parametrize(
    ("glob", "ignored"),
    [
        ("draft.md", {"draft.md", "x/draft.md"}),
        ("/draft.md", {"draft.md"}),
        ("x/*.md", {"x/draft.md"}),
        ("x", {"x/draft.md", "x/y/z.md"}),
        ("x/", {"x/draft.md", "x/y/z.md"}),
        ("**/z.md", {"x/y/z.md"}),
        ("x/**", {"x/draft.md", "x/y/z.md"}),
        ("?.md", {"a.md", "x/y/z.md"}),
        ("a.m", set()),
    ],
)
def test_globs_ignore_as_in_gitignore(glob: str, ignored: set[str]) -> None:
    paths = {"a.md", "draft.md", "x/draft.md", "x/y/z.md", "aXmd"}
    assert {path for path in paths if matcher((glob,))(path)} == ignored


def test_only_regular_files_are_notes_and_the_rest_is_told(tmp_path: Path) -> None:
    vault = vault_in(tmp_path)
    put(vault, "good.md")
    os.mkfifo(Path(vault.notes) / "pipe.md")
    put(vault, "folder.md/inside.md")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(Path(vault.notes) / "s.md"))
        scan = disk.scan(vault)
    assert names(scan.found) == ["good.md"]
    assert set(told(scan)) == {"pipe.md", "folder.md", "s.md"}
    assert {problem.code for problem in scan.problems} == {"file-skipped"}


def test_links_lead_nowhere_outside_the_vault(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("secret")
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "p.md").write_text("secret")
    vault = vault_in(tmp_path / "v")
    notes = Path(vault.notes)
    put(vault, "sub/real.md")
    (tmp_path / "v" / ".env").write_text("TOKEN")
    (notes / "out.md").symlink_to(tmp_path / "secret.md")
    (notes / "outdir").symlink_to(tmp_path / "private")
    (notes / "broken.md").symlink_to("nothing.md")
    (notes / "self.md").symlink_to("self.md")
    (notes / "sub" / "up").symlink_to(notes)
    (notes / "root").symlink_to(vault.root)
    (notes / "env.md").symlink_to(tmp_path / "v" / ".env")
    (notes / "again").symlink_to(notes / "sub")
    scan = disk.scan(vault)
    assert names(scan.found) == ["sub/real.md"]
    assert set(told(scan)) == {
        *("out.md", "outdir", "broken.md", "self.md"),
        *("sub/up", "root", "env.md", "again"),
    }


def test_links_inside_the_vault_are_followed_once(tmp_path: Path) -> None:
    vault = vault_in(tmp_path)
    (tmp_path / "shared" / "deep").mkdir(parents=True)
    (tmp_path / "shared" / "s.md").write_text("shared")
    (tmp_path / "shared" / "deep" / "loop").symlink_to(tmp_path / "shared")
    (Path(vault.notes) / "link").symlink_to(tmp_path / "shared")
    (Path(vault.notes) / "one.md").symlink_to(tmp_path / "shared" / "s.md")
    scan = disk.scan(vault)
    assert names(scan.found) == ["link/s.md", "one.md"]
    assert [one.file for one in scan.found] == [str(tmp_path / "shared" / "s.md")] * 2
    assert disk.read(vault, scan.found[1]).source.text == "shared"  # type: ignore[union-attr]
    assert set(told(scan)) == {"link/deep/loop"}


def test_names_are_nfc_and_twins_are_told(tmp_path: Path) -> None:
    vault = vault_in(tmp_path)
    composed = "résumé.md"
    put(vault, unicodedata.normalize("NFD", composed), "decomposed")
    assert names(disk.scan(vault).found) == [composed]
    put(vault, composed, "composed")
    scan = disk.scan(vault)
    assert names(scan.found) == [composed]
    assert disk.read(vault, scan.found[0]).source.text == "composed"  # type: ignore[union-attr]
    assert "NFC" in next(iter(told(scan).values()))


def test_a_name_that_is_no_text_is_told_escaped(tmp_path: Path) -> None:
    vault = vault_in(tmp_path)
    put(vault, "good.md")
    for name in (b"caf\xe9.md", b"two\nlines.md", b"esc\x1b[2J.md"):
        with open(os.path.join(os.fsencode(vault.notes), name), "wb") as file:
            file.write(b"x")
    scan = disk.scan(vault)
    assert names(scan.found) == ["good.md"]
    assert set(told(scan)) == {r"caf\xe9.md", r"two\x0alines.md", r"esc\x1b[2J.md"}


@given(st.binary(min_size=1, max_size=30).filter(lambda b: b"\0" not in b))
def test_any_name_can_be_shown(name: bytes) -> None:
    text = shown(name.decode("utf-8", "surrogateescape"))
    text.encode("utf-8")
    assert not any(unicodedata.category(c) in {"Cc", "Zl", "Zp"} for c in text)


def test_the_scan_does_not_depend_on_the_order_on_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = vault_in(tmp_path)
    for name in ("b.md", "a.md", "c/d.md", "c/é.md", unicodedata.normalize("NFD", "c/é.md")):
        put(vault, name)
    os.mkfifo(Path(vault.notes) / "z.md")
    before = disk.scan(vault)
    real = os.scandir

    class Backwards:
        def __init__(self, folder: str) -> None:
            with real(folder) as listing:
                self.entries = sorted(listing, key=lambda e: e.name, reverse=True)

        def __enter__(self) -> list[os.DirEntry[str]]:
            return self.entries

        def __exit__(self, *_: object) -> None:
            pass

    monkeypatch.setattr(os, "scandir", Backwards)
    assert disk.scan(vault) == before


def test_a_folder_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = vault_in(tmp_path)
    put(vault, "shut/a.md")
    put(vault, "b.md")
    real = os.scandir

    def scandir(folder: str):  # type: ignore[no-untyped-def]
        if folder.endswith("/shut"):
            raise PermissionError(13, "Permission denied")
        return real(folder)

    monkeypatch.setattr(os, "scandir", scandir)
    scan = disk.scan(vault)
    assert names(scan.found) == ["b.md"]
    assert [p.code for p in scan.problems] == ["file-unreadable"]


# read


@given(st.text(alphabet="ab\r\n\0\ufeff\u2028é", max_size=20))
def test_text_has_one_kind_of_line_end_and_no_nul(text: str) -> None:
    read = decoded(text.encode("utf-8"))
    assert "\r" not in read
    assert "\0" not in read
    assert read.count("\n") == text.count("\n") + text.count("\r") - text.count("\r\n")
    assert decoded(b"\xef\xbb\xbf" + text.encode()) == decoded(text.encode()) or text.startswith("\ufeff")


def test_a_bom_is_dropped_and_crlf_reads_as_lf(tmp_path: Path) -> None:
    vault = vault_in(tmp_path)
    put(vault, "a.md", b"\xef\xbb\xbfone\r\ntwo\rthree\0")
    read = disk.read(vault, disk.scan(vault).found[0])
    assert read.source is not None
    assert read.source.text == "one\ntwo\nthree\ufffd"
    assert read.found == disk.scan(vault).found[0]


def test_what_is_not_utf8_is_one_problem_with_its_byte(tmp_path: Path) -> None:
    vault = vault_in(tmp_path)
    put(vault, "bad.md", b"line one\nb\xff")
    put(vault, "wide.md", "hello".encode("utf-16"))
    bad, wide = (disk.read(vault, found) for found in disk.scan(vault).found)
    assert bad.source is None and wide.source is None
    assert [(p.code, p.line) for p in bad.problems] == [("encoding-invalid", 2)]
    assert "byte 10 is 0xff" in bad.problems[0].message
    assert "UTF-16" in wide.problems[0].message


def test_a_file_that_is_gone_is_no_note_and_no_problem(tmp_path: Path) -> None:
    vault = vault_in(tmp_path)
    file = put(vault, "a.md")
    found = disk.scan(vault).found[0]
    file.unlink()
    assert disk.read(vault, found) == (None, None, ())


def test_a_file_that_became_a_link_or_pipe_after_the_scan_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    vault = vault_in(tmp_path / "v")
    for name in ("link.md", "pipe.md", "dir/in.md"):
        put(vault, name)
    found = disk.scan(vault).found
    notes = Path(vault.notes)
    (notes / "link.md").unlink()
    (notes / "link.md").symlink_to(tmp_path / "secret")
    (notes / "pipe.md").unlink()
    os.mkfifo(notes / "pipe.md")
    (notes / "dir" / "in.md").rename(tmp_path / "in.md")
    (notes / "dir").rmdir()
    (notes / "dir").symlink_to(tmp_path)
    for one in found:
        read = disk.read(vault, one)
        assert read.source is None
        assert [p.code for p in read.problems] == ["file-unreadable"]


def test_a_file_written_while_it_is_read_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = vault_in(tmp_path)
    file = put(vault, "a.md", "half")
    found = disk.scan(vault).found[0]
    writes = [b"half and more", b"whole\n"]
    real, opens = os.fstat, []

    def fstat(fd: int) -> os.stat_result:
        opens.append(fd)
        if writes and len(opens) % 3 == 0:
            file.write_bytes(writes.pop(0))
        return real(fd)

    monkeypatch.setattr(os, "fstat", fstat)
    read = disk.read(vault, found)
    assert read.source is not None and read.source.text == "whole\n"
    assert read.found is not None and read.found.size == 6


def test_a_file_that_never_rests_is_taken_and_not_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = vault_in(tmp_path)
    file = put(vault, "a.md", "0")
    found = disk.scan(vault).found[0]
    real = os.fstat

    def fstat(fd: int) -> os.stat_result:
        with file.open("a") as more:
            more.write("x")
        return real(fd)

    monkeypatch.setattr(os, "fstat", fstat)
    read = disk.read(vault, found)
    assert read.source is not None
    assert read.found is None


# pictures


def png(width: int, height: int) -> bytes:
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))


def jpeg(width: int, height: int, orientation: int = 1) -> bytes:
    tiff = b"II*\0" + struct.pack("<IHHHII", 8, 1, 0x0112, 3, 1, orientation)
    exif = b"Exif\0\0" + tiff
    app1 = b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
    return b"\xff\xd8" + app1 + b"\xff\xc0" + struct.pack(">HBHHB", 17, 8, height, width, 3)


def webp(kind: bytes, data: bytes) -> bytes:
    return b"RIFF\0\0\0\0WEBP" + kind + struct.pack("<I", len(data)) + data


SIZES = [
    ("a.png", png(640, 480), (640, 480)),
    ("a.GIF", b"GIF89a" + struct.pack("<HH", 3, 4) + b"\0", (3, 4)),
    ("a.jpg", jpeg(640, 480), (640, 480)),
    ("turned.jpeg", jpeg(640, 480, 6), (480, 640)),
    (
        "a.webp",
        webp(b"VP8X", b"\0\0\0\0" + (639).to_bytes(3, "little") + (479).to_bytes(3, "little")),
        (640, 480),
    ),
    ("b.webp", webp(b"VP8L", b"\x2f" + struct.pack("<I", 639 | 479 << 14)), (640, 480)),
    ("c.webp", webp(b"VP8 ", b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 640, 480)), (640, 480)),
    ("a.svg", b'<?xml version="1.0"?><svg xmlns="x" stroke-width="9" width="40px" height="30.4">', (40, 30)),
    ("b.svg", b"<svg viewBox='0 0 120 80' width='100%'>", (120, 80)),
    ("c.svg", b"<svg>", (0, 0)),
    ("a.pdf", b"%PDF", (0, 0)),
    ("huge.png", png(4_000_000_000, 1), (0, 0)),
]


@pytest.mark.parametrize(("name", "data", "size"), SIZES, ids=[case[0] for case in SIZES])
def test_a_picture_tells_its_size_in_its_first_bytes(name: str, data: bytes, size: tuple[int, int]) -> None:
    assert pixels(name, data) == size


@given(st.sampled_from(SIZES), st.integers(0, 60), st.binary(max_size=3))
def test_a_broken_picture_has_some_size_or_none(
    case: tuple[str, bytes, object], at: int, junk: bytes
) -> None:
    name, data, _ = case
    width, height = pixels(name, data[:at] + junk)
    assert 0 <= width < 1_000_000 and 0 <= height < 1_000_000


# other inputs


def test_templates_are_told_apart_from_a_theme(tmp_path: Path) -> None:
    vault = vault_in(tmp_path)
    own = tmp_path / "templates"
    (own / "partials").mkdir(parents=True)
    (own / "assets").mkdir()
    (own / "partials" / "row.html").write_text("mine")
    (own / "assets" / "user.css").write_text("a{}")
    (own / "row.html~").write_text("backup")
    read = disk.templates(disk.inputs(vault, Settings()))
    assert read.overrides == {"partials/row.html": "mine"}
    assert read.user_assets == {"assets/user.css": b"a{}"}
    bare = disk.templates(disk.inputs(vault, Settings(), overrides=False))
    assert (bare.overrides, bare.user_assets) == ({}, {})
    (own / "theme.toml").write_text('name = "own"\n[tokens]\nc-link = "#06c"\n')
    theme = disk.templates(disk.inputs(vault, Settings()))
    assert theme.theme == {"partials/row.html": "mine"}
    assert theme.options == {"name": "own", "tokens.c-link": "#06c"}


def test_a_template_that_is_not_utf8_stops_with_its_name(tmp_path: Path) -> None:
    vault = vault_in(tmp_path)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "base.html").write_bytes(b"\xff")
    with pytest.raises(VaultError, match=r"templates/base\.html is not UTF-8"):
        disk.templates(disk.inputs(vault, Settings()))


def test_a_library_that_is_latin1_is_read_and_told(tmp_path: Path) -> None:
    vault = vault_in(tmp_path)
    (tmp_path / "library.bib").write_bytes("@misc{a, title={Caf\xe9}}".encode("latin-1"))
    texts, problems = disk.libraries(disk.inputs(vault, Settings()), Settings())
    assert texts == (("library.bib", "@misc{a, title={Café}}"),)
    assert [p.code for p in problems] == ["bib-error"]


def test_a_library_that_is_named_and_missing_is_told(tmp_path: Path) -> None:
    wanted = Settings(library=("library.bib", "gone.bib"))
    texts, problems = disk.libraries(disk.inputs(vault_in(tmp_path), wanted), wanted)
    assert [(p.path, p.code) for p in problems] == [("gone.bib", "bib-error")]
    assert texts == (), "library.bib is looked for, and need not be there"


def test_tag_descriptions_go_by_tag(tmp_path: Path) -> None:
    vault = vault_in(tmp_path)
    (tmp_path / "tags" / "ML").mkdir(parents=True)
    (tmp_path / "tags" / "ML" / "Deep.md").write_text("About it")
    assert disk.tag_descriptions(disk.inputs(vault, Settings())) == {"ml/deep": "About it"}


# lock and cache


def test_a_second_process_is_told_who_is_first(tmp_path: Path) -> None:
    code = f"import vault.disk, time\nwith vault.disk.locked({str(tmp_path)!r}): print('held', flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as other:
        try:
            assert other.stdout is not None and other.stdout.readline() == "held\n"
            with (
                pytest.raises(VaultError, match=f"process {other.pid}") as stopped,
                disk.locked(str(tmp_path), wait=0.1),
            ):
                pass
            assert stopped.value.exit_code == 75
        finally:
            other.kill()
    with disk.locked(str(tmp_path), wait=1):
        pass


def test_a_lock_that_is_a_link_or_a_folder_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "lock").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(VaultError, match="lock cannot be opened"), disk.locked(str(tmp_path)):
        pass
    assert not (tmp_path / "elsewhere").exists()


def test_the_cache_is_shut_to_git_and_temporary_where_it_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = vault_in(tmp_path)
    with disk.cache_folder(vault) as (folder, temporary):
        assert (folder, temporary) == (str(tmp_path / ".vault"), False)
        assert (tmp_path / ".vault" / ".gitignore").read_text() == "*\n"
    monkeypatch.setattr(os, "access", lambda *_: False)
    with disk.cache_folder(vault) as (folder, temporary):
        assert temporary and Path(folder).is_dir()
    assert not Path(folder).exists()
