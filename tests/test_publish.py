"""The door out: staged first, renamed into place, and nothing deleted that is not as we wrote it."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from vault import disk, plan
from vault.disk.manifest import NAME, STAGE, dump, is_plain, load
from vault.records import Attachment, Manifest, Seen, Vault, VaultError, Written
from vault.records.views import Output

Site = dict[str, str]


def publish(
    out: Path,
    site: Site,
    known: dict[str, Seen] | None = None,
    keys: Site | None = None,
    meanwhile: Callable[[Path], object] = bool,
) -> disk.Outcome:
    looked = time.time_ns()
    outputs = [Output(path, "/" + path, path) for path in site]
    standing = disk.standing(str(out), site)
    changes = plan.between(outputs, standing)
    assert not changes.refusals, changes.refusals
    with disk.Stage(str(out), standing, known or {}, looked) as stage:
        for path, text in site.items():
            stage.put(path, text.encode(), (keys or {}).get(path, ""))
        meanwhile(out / STAGE / "site")
        return disk.publish(stage, changes, len(site))


def refused(out: Path, site: Site) -> VaultError | None:
    try:
        publish(out, site)
    except VaultError as error:
        return error
    return None


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def folders(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_dir()}


def actions(outcome: disk.Outcome) -> dict[str, str]:
    return {file.path: file.action for file in outcome.files}


ONE = {"index.html": "home", "2025/01/a/index.html": "a", "2025/01/b/index.html": "b"}
TWO = {"index.html": "home!", "2025/01/a/index.html": "a", "2025/02/c/index.html": "c"}


def test_a_site_is_written_and_then_kept(tmp_path: Path) -> None:
    out = tmp_path / "new" / "site"
    first = publish(out, ONE)
    assert set(actions(first).values()) == {"written"}
    assert {path: data.decode() for path, data in tree(out).items() if path != NAME} == ONE
    before = {path: os.stat(out / path).st_ino for path in tree(out)}
    second = publish(out, ONE)
    assert set(actions(second).values()) == {"kept"}
    assert {path: os.stat(out / path).st_ino for path in tree(out)} == before


def test_only_bytes_that_differ_are_written(tmp_path: Path) -> None:
    publish(tmp_path / "s", ONE)
    outcome = publish(tmp_path / "s", TWO)
    assert outcome.files == (
        Written("2025/01/a/index.html", "kept"),
        Written("2025/01/b/index.html", "deleted", "gone from the notes"),
        Written("2025/02/c/index.html", "written", "new"),
        Written("index.html", "written", "its content changed"),
    )
    assert "2025/01/b" not in folders(tmp_path / "s")
    publish(tmp_path / "clean", TWO)
    assert tree(tmp_path / "s") == tree(tmp_path / "clean")


def test_the_manifest_is_sorted_one_file_a_line(tmp_path: Path) -> None:
    publish(tmp_path / "s", ONE)
    text = (tmp_path / "s" / NAME).read_text(encoding="utf-8")
    read = json.loads(text)
    assert list(read["files"]) == sorted(ONE)
    assert (read["format"], read["notes"]) == (1, 3)
    assert len(text.splitlines()) == len(ONE) + 2
    assert load(dump(Manifest(3, {"é\n": ("x", "y")}))) == Manifest(3, {"é\n": ("x", "y")})


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b"null", b'{"format":9,"notes":1,"files":{}}', b'{"format":1,"notes":1,"files":{"a":1}}',
     b'{"format":1,"notes":1,"files":{"../a":"d"}}', b'{"format":1,"notes":1,"files":{"/etc/x":"d"}}', b"[" * 99999],
)  # fmt: skip
def test_a_manifest_that_is_none_owns_nothing(data: bytes) -> None:
    assert load(data) is None


@pytest.mark.parametrize(
    "path", ["", ".", "..", "a/../b", "/a", "a//b", "a/", "a\0", ".git/config", STAGE, NAME]
)
def test_a_plain_path_stays_inside(path: str) -> None:
    assert not is_plain(path)
    assert is_plain("a/b.c/d")


def test_a_folder_with_files_of_someone_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_text("mine")
    assert plan.between([], disk.standing(str(tmp_path))).refusals


def test_dotfiles_alone_count_as_empty_and_stay(tmp_path: Path) -> None:
    (tmp_path / ".nojekyll").write_text("")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_text("ref")
    publish(tmp_path, ONE)
    publish(tmp_path, {})
    assert set(tree(tmp_path)) == {".nojekyll", ".git/HEAD", NAME}
    assert folders(tmp_path) == {".git"}


def test_files_of_someone_else_are_never_touched(tmp_path: Path) -> None:
    publish(tmp_path, ONE)
    (tmp_path / "CNAME").write_text("example.org")
    (tmp_path / "2025" / "01" / "b" / "mine.txt").write_text("mine")
    publish(tmp_path, {"index.html": "x"})
    assert set(tree(tmp_path)) == {"CNAME", "index.html", "2025/01/b/mine.txt", NAME}


def test_a_file_that_was_changed_is_written_again_but_never_deleted(tmp_path: Path) -> None:
    publish(tmp_path, ONE)
    (tmp_path / "index.html").write_text("edited")
    (tmp_path / "2025/01/b/index.html").write_text("edited")
    outcome = publish(tmp_path, {"index.html": "home"})
    assert (tmp_path / "index.html").read_text() == "home"
    assert (tmp_path / "2025/01/b/index.html").read_text() == "edited"
    assert [p.code for p in outcome.problems] == ["output-changed"]
    assert outcome.files[-1].reason == "it had been changed in the site"
    assert "2025/01/b/index.html" not in json.loads((tmp_path / NAME).read_text())["files"]
    assert "b/index.html is not vault" in plan.between(
        [Output("2025/01/b/index.html", "/", "b")], disk.standing(str(tmp_path), ["2025/01/b/index.html"])
    ).refusals[0]  # fmt: skip


def test_a_file_that_was_deleted_is_written_again(tmp_path: Path) -> None:
    seen = publish(tmp_path, ONE).seen
    (tmp_path / "index.html").unlink()
    outcome = publish(tmp_path, ONE, seen)
    assert outcome.files[-1] == Written("index.html", "written", "it was missing from the site")


def test_a_change_within_the_same_moment_is_seen(tmp_path: Path) -> None:
    """An equal stat proves nothing about a file as young as the look at it."""
    seen = publish(tmp_path, ONE).seen
    assert not any(one.settled for one in seen.values())
    file = tmp_path / "index.html"
    before = os.stat(file)
    file.write_text("HOME")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    forged = disk.standing(str(tmp_path), ONE).files["index.html"]
    seen["index.html"] = Seen(forged, seen["index.html"].digest, settled=False)
    assert actions(publish(tmp_path, ONE, seen))["index.html"] == "written"
    assert disk.unchanged(seen.values(), time.time_ns()) is None


def test_what_was_long_written_when_it_took_its_place_is_settled(tmp_path: Path) -> None:
    """So the build after a long one need not read every file again."""
    seen = publish(tmp_path, ONE, meanwhile=lambda _: time.sleep(0.3)).seen
    fine = seen["2025/01/a/index.html"].found.mtime_ns % 1_000_000
    assert seen["2025/01/a/index.html"].settled == bool(fine)  # a coarse clock takes two seconds
    assert not seen[NAME].settled


def test_what_was_changed_while_it_waited_is_not_settled(tmp_path: Path) -> None:
    def change(stage: Path) -> None:
        time.sleep(0.05)
        (stage / "2025/01/a/index.html").write_text("A")
        time.sleep(0.3)

    seen = publish(tmp_path, ONE, meanwhile=change).seen
    assert not seen["2025/01/a/index.html"].settled
    assert disk.unchanged(seen.values(), time.time_ns()) is None
    assert actions(publish(tmp_path, ONE, seen))["2025/01/a/index.html"] == "written"


def test_outputs_settle_with_time(tmp_path: Path) -> None:
    seen = publish(tmp_path, ONE).seen
    later = disk.unchanged(seen.values(), time.time_ns() + 10**10)
    assert later is not None and all(one.settled for one in later.values())
    assert later.keys() == {*ONE, NAME}


def test_the_reason_names_what_changed(tmp_path: Path) -> None:
    seen = publish(tmp_path, {"a": "1", "b": "1", "c": "1"}, keys=dict.fromkeys("abc", "v t x")).seen
    keys = {"a": "v T X", "b": "V T x", "c": "v t X"}
    outcome = publish(tmp_path, {"a": "2", "b": "2", "c": "2"}, seen, keys)
    assert [file.reason for file in outcome.files] == [
        "its template changed",
        "its content changed",
        "vault itself changed",
    ]


def test_a_file_becomes_a_folder_and_back(tmp_path: Path) -> None:
    publish(tmp_path, {"a": "file", "b/c": "in b"})
    publish(tmp_path, {"a/x/y": "in a", "b": "file"})
    assert set(tree(tmp_path)) == {"a/x/y", "b", NAME}
    publish(tmp_path, {"a": "file", "b/c": "in b"})
    assert set(tree(tmp_path)) == {"a", "b/c", NAME}


def test_a_changed_file_in_the_way_of_a_folder_is_refused_before_anything_is_done(tmp_path: Path) -> None:
    publish(tmp_path, {"a": "file", "b/c": "in b"})
    (tmp_path / "a").write_text("mine")
    (tmp_path / "b" / "mine").write_text("mine")
    before = tree(tmp_path)
    for site in ({"a/x": "in a"}, {"b": "file"}):
        with pytest.raises(VaultError, match="in the way"):
            publish(tmp_path, site)
        assert tree(tmp_path) == before


def test_a_folder_that_became_a_link_is_not_written_through(tmp_path: Path) -> None:
    out = tmp_path / "s"
    publish(out, {"d/a": "1"})
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a").write_text("1")
    (out / "d" / "a").unlink()
    (out / "d").rmdir()
    (out / "d").symlink_to(tmp_path / "elsewhere")
    assert plan.between([Output("d/b", "/", "b")], disk.standing(str(out), ["d/b"])).refusals
    publish(out, {"x": "1"})
    assert (tmp_path / "elsewhere" / "a").exists()


def test_a_link_at_our_own_place_is_replaced_not_followed(tmp_path: Path) -> None:
    out = tmp_path / "s"
    publish(out, {"a": "1"})
    (tmp_path / "target").write_text("theirs")
    (out / "a").unlink()
    (out / "a").symlink_to(tmp_path / "target")
    publish(out, {"a": "2"})
    assert (tmp_path / "target").read_text() == "theirs"
    assert (out / "a").read_text() == "2" and not (out / "a").is_symlink()


def test_a_file_of_the_notes_is_copied_as_it_is_now(tmp_path: Path) -> None:
    vault = Vault(str(tmp_path / "v"), str(tmp_path / "v"))
    (tmp_path / "v").mkdir()
    picture = tmp_path / "v" / "p.png"
    picture.write_bytes(b"x" * 3_000_000)
    out = tmp_path / "s"

    def copy() -> disk.Outcome:
        scan = disk.scan(vault)
        files = [disk.measure(vault, found)[0] for found in scan.attachments]
        standing = disk.standing(str(out), ["f/p.png"])
        changes = plan.between([Output("f/p.png", "/f/p.png", "p")], standing)
        with disk.Stage(str(out), standing, {}, time.time_ns()) as stage:
            for file in files or [Attachment("p.png", str(picture), 1, "d")]:
                assert file is not None
                whole = Attachment(file.path, file.file, file.size, file.digest or disk.digest(vault, file))
                stage.copy("f/p.png", vault, whole)
            return disk.publish(stage, changes, 1)

    assert actions(copy()) == {"f/p.png": "written"}
    assert actions(copy()) == {"f/p.png": "kept"}
    assert (out / "f" / "p.png").read_bytes() == picture.read_bytes()
    picture.unlink()
    outcome = copy()
    assert [p.code for p in outcome.problems] == ["file-unreadable"]
    assert not (out / "f").exists()


# faults


CHANGING = ("replace", "mkdir", "write", "open", "unlink", "rmdir")
"""Every call of ``os`` by which ``publish`` changes the disk."""


@contextlib.contextmanager
def faulty(number: int, fault: Callable[[], object]) -> Iterator[list[str]]:
    """Let ``fault`` stand for the call of that number (and, an OSError, fail it); the calls so far."""
    calls: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        for name in CHANGING:
            patch.setattr(os, name, counted(name, getattr(os, name), calls, number, fault))
        yield calls


def counted(name: str, real: Any, calls: list[str], number: int, fault: Callable[[], object]) -> Any:
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        if name != "open" or args[1] & os.O_CREAT:
            calls.append(name)
            if len(calls) == number:
                fault()
        return real(*args, **kwargs)

    return wrapper


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, bytes]]:
    folder = tmp_path_factory.mktemp("clean")
    publish(folder / "one", ONE)
    publish(folder / "two", TWO)
    return {"one": tree(folder / "one"), "two": tree(folder / "two")}


def killed_at(number: int, work: Callable[[], object]) -> bool:
    """Whether a process that does this work dies at its call of that number, before it is made."""
    pid = os.fork()
    if pid == 0:
        with faulty(number, lambda: os._exit(9)):
            work()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 9


@pytest.mark.parametrize(("old", "new"), [("one", "two"), ("two", "one"), ("", "one")])
def test_killed_at_any_call_every_file_is_whole_and_the_next_build_is_right(
    tmp_path: Path, clean: dict[str, dict[str, bytes]], old: str, new: str
) -> None:
    sites = {"one": ONE, "two": TWO}
    number, killed = 0, True
    while killed:
        number += 1
        out = tmp_path / str(number)
        if old:
            publish(out, sites[old])
        killed = killed_at(number, lambda out=out: publish(out, sites[new]))  # type: ignore[misc]
        for path, data in tree(out).items():
            whole = {clean[name].get(path) for name in sites}
            assert path == NAME or path.startswith(STAGE) or data in whole, (number, path)
        publish(out, sites[new])
        assert tree(out) == clean[new], number
        assert folders(out) == folders(tmp_path.parent / "x") | {
            str(p) for path in sites[new] for p in parents(path)
        }
    assert number > 12


def test_what_a_killed_build_only_meant_to_write_is_ours_by_its_bytes_alone(tmp_path: Path) -> None:
    stranger = tmp_path / "2025" / "02" / "c" / "index.html"
    publish(tmp_path, ONE)
    call = 0
    while "+" not in (tmp_path / NAME).read_text():
        publish(tmp_path, ONE)
        call += 1
        assert killed_at(call, lambda: publish(tmp_path, TWO))
    stranger.parent.mkdir(parents=True)
    stranger.write_text("mine")
    assert "c/index.html" in plan.between(
        [Output("2025/02/c/index.html", "/", "c")], disk.standing(str(tmp_path), ["2025/02/c/index.html"])
    ).refusals[0]  # fmt: skip
    publish(tmp_path, ONE)
    assert stranger.read_text() == "mine"


def parents(path: str) -> list[Path]:
    return list(Path(path).parents)[:-1]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS])
def test_a_failure_at_any_call_is_one_sentence_and_spares_the_site(
    tmp_path: Path, clean: dict[str, dict[str, bytes]], code: int
) -> None:
    def fail() -> None:
        raise OSError(code, os.strerror(code))

    number, spared, failed = 0, 0, True
    while failed:
        number += 1
        out = tmp_path / str(number)
        publish(out, ONE)
        before = tree(out), folders(out)
        with faulty(number, fail) as calls:
            error = refused(out, TWO)
        failed = error is not None
        in_renames = calls[:number].count("replace") > 1
        if error:
            assert error.exit_code == 2 and str(out) in error.message
        if failed and not in_renames:
            spared += 1
            assert (tree(out), folders(out)) == before, (number, calls)
        publish(out, TWO)
        assert tree(out) == clean["two"], (number, calls)
        failed = failed or len(calls) >= number
    assert spared > 8


def test_a_file_that_comes_while_the_site_is_made_is_not_overwritten(tmp_path: Path) -> None:
    publish(tmp_path, ONE)
    standing = disk.standing(str(tmp_path), TWO)
    changes = plan.between([Output(path, "/" + path, path) for path in TWO], standing)
    with disk.Stage(str(tmp_path), standing, {}, 0) as stage:
        for path, text in TWO.items():
            stage.put(path, text.encode())
        (tmp_path / "2025" / "02" / "c").mkdir(parents=True)
        (tmp_path / "2025" / "02" / "c" / "index.html").write_text("mine")
        with pytest.raises(VaultError, match="in the way"):
            disk.publish(stage, changes, 3)
    assert (tmp_path / "2025" / "02" / "c" / "index.html").read_text() == "mine"
    assert (tmp_path / "index.html").read_text() == ONE["index.html"]


def test_a_short_write_is_no_truncated_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda fd, data: real(fd, bytes(data)[:7]))
    publish(tmp_path, {"a": "a longer text than seven bytes"})
    assert (tmp_path / "a").read_text() == "a longer text than seven bytes"


def test_a_folder_that_is_being_written_is_not_written_twice(tmp_path: Path) -> None:
    publish(tmp_path, ONE)
    standing = disk.standing(str(tmp_path), ONE)
    with disk.Stage(str(tmp_path), standing, {}, 0):
        with (
            pytest.raises(VaultError, match="another vault") as stopped,
            disk.Stage(str(tmp_path), standing, {}, 0),
        ):
            pass
        assert stopped.value.exit_code == 75


def test_a_refused_first_build_leaves_no_folder(tmp_path: Path) -> None:
    out = tmp_path / "a" / "b"
    standing = disk.standing(str(out))
    with contextlib.suppress(VaultError), disk.Stage(str(out), standing, {}, 0) as stage:
        stage.put("index.html", b"x")
        raise VaultError("a template is wrong")
    assert list(tmp_path.iterdir()) == []


def test_two_sites_differ_in_the_files_that_differ(tmp_path: Path) -> None:
    publish(tmp_path / "1", ONE)
    publish(tmp_path / "2", TWO)
    assert disk.differences(str(tmp_path / "1"), str(tmp_path / "1")) == ()
    assert disk.differences(str(tmp_path / "1"), str(tmp_path / "2")) == (
        *("2025/01/b/index.html", "2025/02/c/index.html", "index.html"),
    )
