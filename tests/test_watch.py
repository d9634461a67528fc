"""No save is missed, whatever the editor; and what is served is what a clean build would write."""

from __future__ import annotations

import errno
import gc
import os
import random
import shutil
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bench import saved
from tests.serving import TAG, Listener, Served, served
from tests.vaults import built, make, tree, write
from vault.build import Glimpse, Options, glance, look_live
from vault.disk import find_vault
from vault.records import Found, Vault, changed
from vault.serve import ahead, hints, pace, site, watcher
from vault.serve.hints import Dirty, Handler, kernel_watches

ROOT = Path(__file__).parents[1]
FILE, PAGE = "notes/attention.md", "/2025/01/attention/"


def note(text: str, title: str = "Attention") -> str:
    return f"---\ntitle: {title}\ndate: 2025-01-02\narxiv: 1706.03762\ntags: [rank]\n---\n{text}\n"


def burst(file: Path, text: str) -> None:
    """Many versions at once; only the last one counts."""
    for number in range(20):
        file.write_text(text.replace("MARK", f"early{number}"), encoding="utf-8")
    file.write_text(text, encoding="utf-8")


STYLES = [*(style for name, style in saved.STYLES.items() if name != "burst"), burst]


@pytest.mark.parametrize("save", STYLES)
def test_a_save_reaches_the_page_and_the_reader_once(
    tmp_path: Path, save: Callable[[Path, str], None]
) -> None:
    root = make(tmp_path)
    with served(root) as one:
        write(root, FILE, note("MARKx and [[LoRA]]."))
        one.until_served(PAGE, "MARKx")
        one.quiet()
        one.lines.clear()
        reader, other = one.listen(PAGE), one.listen("/about/")
        before = reader.last["seen"]
        for number in range(3):
            save(root / FILE, note(f"MARK{number} and [[LoRA]]."))
            one.until_served(PAGE, f"MARK{number}")
            one.quiet()
        now = one.serving.site.pages.get("2025/01/attention/index.html")
        assert now and reader.until(lambda state: state["seen"] == now.digest)["seen"] != before
        assert all(state["seen"] not in ("", "x") and not state["failures"] for _, state in reader.states)
        assert len({state["seen"] for _, state in other.states}) == 1, (
            "a page that did not change is left alone"
        )
        assert sum("attention.md" in line for line in one.lines) <= 3 * 3
        assert all(line.startswith(("changed ", "new ")) and line.endswith(" ms") for line in one.lines)


@pytest.fixture
def held_up(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Surveys that do not end before the event is set."""
    let_go, live = threading.Event(), site.live

    def later(*given: Any) -> Any:
        known = live(*given)
        let_go.wait(10)
        return known

    monkeypatch.setattr(site, "live", later)
    let_go.set()
    yield let_go
    let_go.set()


AHEAD = {
    "words": ("MARK and [[LoRA]], with $x$.\n\n## New", "Attention", b"MARK"),
    "title": ("Words.", "Attention MARK", b"<h1>Attention MARK</h1>"),
    "link": ("MARK, as [[log]] has it, [[Nowhere]] not.", "Attention", b'href="../../../notes/log/"'),
    "tag": ("MARK #brand/new.", "Attention", b'href="../../../tags/brand/new/"'),
    "date": ("MARK.", "Attention\nupdated: 2025-02-09", b"2025-02-09"),
    "status": ("MARK.", "Attention\nstatus: skimmed", b"Skimmed"),
}


@pytest.mark.parametrize("kind", AHEAD)
def test_a_saved_note_is_served_before_the_survey(
    tmp_path: Path, held_up: threading.Event, kind: str
) -> None:
    root = make(tmp_path / "v")
    text, title, expected = AHEAD[kind]
    write(root, FILE, note("Words and [[LoRA]]."))
    with served(root) as one:
        one.quiet()
        reader = one.listen(PAGE)
        seen = reader.last["seen"]
        held_up.clear()
        for words in ("At first.", text):
            write(root, FILE, note(words, title))
            time.sleep(0.1)
        one.until(lambda: expected in one.request(PAGE).body and b"At first" not in one.request(PAGE).body)
        reader.until(lambda state: state["seen"] != seen)
        held_up.set()
        one.quiet()
        assert same_as_a_clean_build(one, root, tmp_path / "beside") == []


DAY = "## 2025-02-{day:02}\n\n### Entry {day}\n\nFirst of {day}.\n\n{words}\n\n"
LONG = "---\ntype: log\n---\n" + "".join(
    DAY.format(day=day, words=f"Words of {day}. " * 1000) for day in range(1, 21)
)


def test_a_long_log_is_shown_ahead_where_it_was_edited(tmp_path: Path, held_up: threading.Event) -> None:
    """Its days that say what they said are not parsed, wherever they stand now; what is taken back is too."""
    root, page = make(tmp_path / "v"), "/2025/02/7-february-2025/"
    assert len(LONG) > ahead.LARGE
    write(root, "notes/long.md", LONG)
    with served(root) as one:
        one.quiet()
        held_up.clear()
        for words, expected in (("MARK one.", "MARK one"), ("A line\n\nof MARK two.", "MARK two")):
            write(root, "notes/long.md", LONG.replace("First of 7.\n", f"First of 7.\n\n{words}\n"))
            one.until_served(page, expected)
        write(root, "notes/long.md", LONG)
        one.until(lambda: b"MARK" not in one.request(page).body)
        write(root, "notes/long.md", LONG.replace("## 2025-02-09", "## 2025-02-07"))
        time.sleep(0.2)
        assert b"First of 9" not in one.request(page).body
        write(root, "notes/long.md", LONG.replace("First of 8.\n", "First of 8.\n\nMARK three.\n"))
        one.until_served("/2025/02/8-february-2025/", "MARK three")
        held_up.set()
        one.quiet()
        assert same_as_a_clean_build(one, root, tmp_path / "beside") == []


def test_the_first_save_finds_the_parser_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the first quiet moment, and once, by parsing the note that was saved last."""
    root, glanced = make(tmp_path), list[str]()
    last = root / FILE
    os.utime(last, (2e9, 2e9))

    def watched(vault: Vault, found: Found, *given: Any) -> Glimpse:
        glanced.append(found.file)
        return glance(vault, found, *given)

    monkeypatch.setattr("vault.serve.front.glance", watched)
    with served(root) as one:
        one.until(lambda: glanced)
        one.serving.tidy()
        assert glanced == [str(last)]


def test_what_was_saved_during_a_survey_stays_when_it_ends(tmp_path: Path, held_up: threading.Event) -> None:
    root = make(tmp_path / "v")
    with served(root) as one:
        one.quiet()
        held_up.clear()
        attempts = one.serving.site._attempts
        write(root, FILE, note("Surveyed."))
        one.until(lambda: one.serving.site._attempts > attempts)
        write(root, FILE, note("MARK, after the look.", "Anew"))
        write(root, "notes/born.md", "---\ntitle: Born\ndate: 2025-05-05\ntags: [fresh]\n---\nMARK.\n")
        one.until_served(PAGE, "MARK")
        one.until_served("/2025/05/born/", "MARK")
        write(root, "notes/secret.md", "---\ntitle: S\nprivate: true\n---\nCANARY MARK\n")
        over = threading.Event()
        missed: list[bytes] = []

        def read() -> None:
            while not over.is_set():
                body = one.request(PAGE).body
                if b"MARK" not in body or b"CANARY" in one.request("/notes/secret/").body:
                    missed.append(body)

        reader = threading.Thread(target=read)
        reader.start()
        held_up.set()
        one.quiet()
        over.set()
        reader.join()
        assert not missed
        assert same_as_a_clean_build(one, root, tmp_path / "beside") == []


def test_an_edit_that_is_taken_back_is_shown_at_once_too(tmp_path: Path, held_up: threading.Event) -> None:
    root = make(tmp_path / "v")
    write(root, FILE, note("As it was."))
    with served(root) as one:
        one.quiet()
        held_up.clear()
        for text in ("Otherwise.", "As it was.", "Otherwise.", "As it was."):
            write(root, FILE, note(text))
            one.until_served(PAGE, text)
        held_up.set()


def test_pages_are_answered_while_a_survey_goes_on(tmp_path: Path, held_up: threading.Event) -> None:
    root = make(tmp_path / "v")
    with served(root) as one:
        one.quiet()
        attempts = one.serving.site._attempts
        held_up.clear()
        write(root, "vault.toml", 'title = "Other"\n')
        one.until(lambda: one.serving.site._attempts > attempts)
        for address in ("/", "/tags/", "/2025/01/lora/", "/stats/"):
            assert one.request(address).status == 200
        assert not held_up.is_set()
        held_up.set()


def test_a_page_is_never_gone_or_empty_while_its_file_is_saved(tmp_path: Path) -> None:
    root = make(tmp_path)
    with served(root) as one:
        seen: list[tuple[int, bool]] = []
        over = threading.Event()

        def read() -> None:
            while not over.is_set():
                reply = one.request(PAGE)
                seen.append((reply.status, b"MARK" in reply.body or b"Every position" in reply.body))

        reader = threading.Thread(target=read)
        reader.start()
        for number in range(12):
            random.Random(number).choice([saved.truncated, saved.as_vim, saved.deleted])(
                root / FILE, note(f"MARK{number}.")
            )
            time.sleep(0.1)
        over.set()
        reader.join()
        assert len(seen) > 50
        assert set(seen) == {(200, True)}


# What changes beside the text of one note


def test_whatever_the_vault_is_made_of_is_followed(tmp_path: Path) -> None:
    root = make(tmp_path)
    with served(root) as one:
        write(root, "vault.toml", 'title = "Other words"\n[site]\nurl = "https://example.org/n/"\n')
        one.until_served("/", "Other words")
        write(root, "notes/2024/deep/down/2024-05-06-new.md", "---\ntitle: Brand new\n---\nFirst.\n")
        one.until_served("/2024/05/new/", "Brand new")
        write(root, "notes/2024/deep/down/2024-05-06-new.md", "---\ntitle: Brand new\n---\nSecond.\n")
        one.until_served("/2024/05/new/", "Second.")
        write(root, "templates/hooks/footer_start.html", "<p>HOOKED</p>")
        one.until_served("/about/", "HOOKED")
        shutil.rmtree(root / "templates")
        one.until(lambda: b"HOOKED" not in one.request("/about/").body)
        write(root, "tags/rank.md", "About DESCRIBED ranks.\n")
        one.until_served("/tags/rank/", "DESCRIBED")
        write(root, "library.bib", "@article{x1, title={A LIBRARY paper}, year={2020}, author={Ada One}}\n")
        one.until_served("/papers/", "LIBRARY")
        write(root, "notes/img/plot.png", b"\x89PNG new picture")
        one.until(lambda: one.request("/files/img/plot.png").body.endswith(b"new picture"))
        (root / "notes/2024/deep").rename(root / "notes/2024/other")
        (root / "notes/2024/other/down/2024-05-06-new.md").unlink()
        one.until(lambda: one.request("/2024/05/new/").status == 404)
        one.quiet()
        assert same_as_a_clean_build(one, root, tmp_path / "beside") == []


def test_a_picture_that_changes_reloads_the_pages_that_show_it(tmp_path: Path) -> None:
    root = make(tmp_path)
    with served(root) as one:
        shows, other = one.listen(PAGE), one.listen("/2025/01/lora/")
        before = shows.last["seen"], other.last["seen"]
        write(root, "notes/img/plot.png", (root / "notes/img/plot.png").read_bytes() + b"more")
        shows.until(lambda state: state["seen"] != before[0])
        one.quiet()
        assert other.last["seen"] == before[1]


def test_a_stylesheet_alone_is_swapped_and_no_page_reloaded(tmp_path: Path) -> None:
    root = make(tmp_path)
    write(root, "templates/assets/user.css", "p{color:red}")
    with served(root) as one:
        reader = one.listen(PAGE)
        before = reader.last
        old = one.request(PAGE)
        write(root, "templates/assets/user.css", "p{color:blue}")
        now = reader.until(lambda state: state["styles"] != before["styles"])
        assert now["seen"] == before["seen"]
        assert b"blue" in one.request("/" + now["styles"][1]).body
        assert one.request("/" + before["styles"][1]).status == 200, (
            "a page that is loading may still ask for it"
        )
        assert old.body != one.request(PAGE).body and b"blue" not in old.body


def test_a_note_that_moves_takes_its_reader_along(tmp_path: Path) -> None:
    root = make(tmp_path)
    with served(root) as one:
        reader = one.listen(PAGE)
        write(root, FILE, note("Same text.").replace("2025-01-02", "2024-12-31\nslug: h\u00e9-moved"))
        state = reader.until(lambda state: state["go"])
        assert state["go"] == "/2024/12/h%C3%A9-moved/"
        assert one.request(state["go"]).status == 200
        old = one.request(PAGE)
        assert (old.status, old.headers["location"]) == (307, state["go"])
        late = one.listen(PAGE)
        assert late.last["go"] == state["go"], "also one that was not listening then"


def test_reading_and_noise_are_no_reason_to_look(tmp_path: Path) -> None:
    root = make(tmp_path)
    built(root)
    with served(root) as one:
        one.quiet(1.0)
        attempts = one.serving.site._attempts
        for path in root.rglob("*"):
            if path.is_file():
                path.read_bytes()
        write(root, "notes/.attention.md.swp", "x")
        write(root, "notes/attention.md~", "x")
        write(root, "notes/#attention.md#", "x")
        write(root, ".git/index", "x")
        write(root, ".vault/other", "x")
        os.utime(root / "notes")
        built(root, clean=True, out=str(root / "site"))
        for path in ["/", PAGE, "/feed.xml"]:
            one.request(path)
        time.sleep(0.7)
        assert one.serving.site._attempts == attempts
        assert one.lines == []


def test_an_equal_size_edit_with_the_old_time_is_seen(tmp_path: Path) -> None:
    root = make(tmp_path)
    with served(root) as one:
        write(root, FILE, note("Words AAAA."))
        one.until_served(PAGE, "AAAA")
        stat = (root / FILE).stat()
        saved.in_place(root / FILE, note("Words BBBB."))
        os.utime(root / FILE, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        one.until_served(PAGE, "BBBB")


def test_a_new_day_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make(tmp_path, {"notes/a.md": "---\narxiv: 2106.09685\nstatus: to-read\nadded: 2025-01-02\n---\n"})
    monkeypatch.setattr(pace, "RESCAN", 0.2)
    with served(root) as one:
        before = one.request("/queue/").body
        monkeypatch.setenv("VAULT_TODAY", "2027-01-01")
        one.until(lambda: one.request("/queue/").body != before)
        one.until(lambda: one.lines and one.lines[-1].startswith("a new day"))


# Events that do not come


def test_without_events_the_rescan_finds_every_save(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Handler, "on_any_event", lambda _self, _event: None)
    monkeypatch.setattr(pace, "RESCAN", 0.3)
    monkeypatch.setattr(pace, "POLL", 0.1)
    root = make(tmp_path)
    with served(root) as one:
        for number, save in enumerate(STYLES):
            save(root / FILE, note(f"MARK{number}."))
            one.until_served(PAGE, f"MARK{number}")
        assert one.until(lambda: one.serving.watcher.pause() == 0.1), "it has learnt to look more often"


@pytest.mark.parametrize(
    ("code", "limit"),
    [(errno.ENOSPC, "fs.inotify.max_user_watches"), (errno.EMFILE, "fs.inotify.max_user_instances")],
)
def test_a_limit_is_named_and_polling_takes_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, limit: str
) -> None:
    class Limited:
        def start(self) -> None:
            if code == errno.EMFILE:
                raise OSError(code, "inotify instance limit reached")

        def schedule(self, *_args: Any, **_rest: Any) -> None:
            raise OSError(code, "inotify watch limit reached")

        def stop(self) -> None:
            pass

        def join(self, _seconds: float) -> None:
            pass

    monkeypatch.setattr(hints, "Observer", Limited)
    monkeypatch.setattr(pace, "POLL", 0.1)
    root = make(tmp_path)
    with served(root) as one:
        assert len(one.lines) == 1 and limit in one.lines[0] and "space left" not in one.lines[0]
        write(root, FILE, note("POLLED."))
        one.until_served(PAGE, "POLLED")
        assert len([line for line in one.lines if "cannot watch" in line]) == 1


@pytest.mark.parametrize(("what", "limit"), [("watches", 3), ("instances", 0)])
def test_the_kernel_s_own_limits_are_met(tmp_path: Path, what: str, limit: int) -> None:
    root = make(tmp_path)
    for number in range(5):
        write(root, f"notes/folder{number}/a.md", "x\n")
    script = f"echo {limit} > /proc/sys/user/max_inotify_{what} && exec {sys.executable} -m vault serve --watch --port 0"
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    try:
        process = subprocess.Popen(
            ["unshare", "-Ur", "sh", "-c", f"{script} --vault {root}"], env=env, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
    except FileNotFoundError:
        pytest.skip("unshare is not installed")
    assert process.stdout and process.stderr
    line = process.stdout.readline()
    if not line:
        pytest.skip(f"no user namespaces here: {process.communicate()[1]}")
    process.terminate()
    process.communicate(timeout=5)
    assert f"fs.inotify.max_user_{what}" in line


@pytest.mark.skipif(not Path("/proc/self/fdinfo").exists(), reason="Linux alone tells watches")
def test_every_folder_is_watched(tmp_path: Path) -> None:
    root = make(tmp_path)
    before = len(list(kernel_watches()))
    with served(root) as one:
        write(root, "notes/a/b/c/d.md", "x\n")
        one.until_served("/notes/d/", "x")
        folders = sum(path.is_dir() for path in (root / "notes").rglob("*")) + 1
        one.until(lambda: len(list(kernel_watches())) - before >= folders + 1)
    assert len(list(kernel_watches())) == before


# Notes that vanish


def many(root: Path, number: int = 30) -> Path:
    for n in range(number):
        write(root, f"notes/n{n}.md", f"---\ndate: 2025-01-02\n---\nNote {n}.\n")
    return root


def test_a_folder_that_vanishes_keeps_its_site_until_it_is_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "RESCAN", 0.2)
    root = many(tmp_path)
    with served(root) as one:
        reader = one.listen("/2025/01/n3/")
        (root / "notes").rename(root / "elsewhere")
        state = reader.until(lambda state: state["notice"])
        assert "not there" in state["notice"]
        time.sleep(1.5)
        assert one.request("/2025/01/n3/").status == 200
        assert sum(line.startswith("waiting:") for line in one.lines) == 1
        (root / "elsewhere").rename(root / "notes")
        reader.until(lambda state: not state["notice"])
        write(root, "notes/n3.md", "---\ndate: 2025-01-02\n---\nAfterwards.\n")
        one.until_served("/2025/01/n3/", "Afterwards")


def test_most_notes_gone_at_once_are_believed_when_two_rescans_agree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "RESCAN", 0.4)
    root = many(tmp_path)
    with served(root) as one:
        for n in range(1, 30):
            (root / f"notes/n{n}.md").unlink()
        one.until(lambda: one.lines)
        assert one.lines[0].startswith("waiting: there are only 1 notes left of 30")
        assert one.request("/2025/01/n3/").status == 200
        one.until(lambda: one.request("/2025/01/n3/").status == 404)
        assert one.request("/2025/01/n0/").status == 200


def test_notes_that_come_back_are_no_loss(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "RESCAN", 0.4)
    root = many(tmp_path)
    with served(root) as one:
        shutil.copytree(root / "notes", root / "copy")
        for n in range(30):
            (root / f"notes/n{n}.md").unlink()
        one.until(lambda: one.lines)
        for n in range(30):
            shutil.copy2(root / f"copy/n{n}.md", root / f"notes/n{n}.md")
        one.until(lambda: "the notes are back" in one.lines)
        one.quiet(1.0)
        assert one.request("/2025/01/n3/").status == 200


# Decisions, without a server


@pytest.fixture
def looks(tmp_path: Path) -> Callable[[], Any]:
    vault = find_vault(str(make(tmp_path)))
    return lambda: look_live(vault, Options(), time.time_ns())


def test_a_look_is_restless_while_a_save_is_half_done(looks: Callable[[], Any], tmp_path: Path) -> None:
    base = pace.based(looks())
    assert not pace.restless(base, looks()) and not pace.restless(None, looks())
    file = tmp_path / FILE
    text = file.read_text(encoding="utf-8")
    file.write_text("", encoding="utf-8")
    assert pace.restless(base, looks()), "empty"
    file.unlink()
    assert pace.restless(base, looks()), "gone"
    file.write_text(text + "more", encoding="utf-8")
    assert not pace.restless(base, looks()), "whole again"
    before = looks()
    file.write_text(text + "more and more", encoding="utf-8")
    assert pace.restless(base, before), "growing"
    write(tmp_path, "vault.toml", "")
    assert pace.restless(base, looks()), "the settings too"


def test_what_is_young_is_compared_by_content(looks: Callable[[], Any], tmp_path: Path) -> None:
    look = looks()
    base = pace.based(look)
    assert base.young and pace.unchanged(base, look) == base
    saved.in_place(tmp_path / FILE, (tmp_path / FILE).read_text(encoding="utf-8").replace("Every", "Never"))
    assert pace.unchanged(base, look) is None, "the stat says nothing new, the bytes do"
    old = changed(look.scan, found=tuple(changed(f, mtime_ns=1, ctime_ns=1) for f in look.scan.found))
    aged = look._replace(scan=old, at_ns=look.at_ns + 10**13)
    kept = pace.unchanged(pace.based(look), aged)
    assert kept and kept.young == ()


def test_changes_are_told_by_name(looks: Callable[[], Any], tmp_path: Path) -> None:
    base = pace.based(looks())
    assert pace.account(base, looks(), str(tmp_path)) == "a new day"
    write(tmp_path, FILE, "other\n")
    assert pace.account(base, looks(), str(tmp_path)) == f"changed {FILE}"
    write(tmp_path, "notes/a.md", "x\n")
    assert pace.account(base, looks(), str(tmp_path)) == "new notes/a.md and 1 more"
    (tmp_path / FILE).unlink()
    (tmp_path / "notes/a.md").unlink()
    assert pace.account(base, looks(), str(tmp_path)) == f"removed {FILE}"


def test_hidden_and_scratch_files_and_the_site_do_not_count(tmp_path: Path) -> None:
    handler = Handler("/v", "/v/site", Dirty(), lambda _: None)
    for path in ("/v/notes/a.md", "/v/vault.toml", "/v/notes/.x/../a.md".replace(".x/../", ""), "/v/site2/a"):
        assert handler.counts(path), path
    for path in (
        "/v/site",
        "/v/site/a.html",
        "/v/.git/HEAD",
        "/v/notes/.a.md.swp",
        "/v/notes/4913",
        "/v/notes/a.md~",
    ):
        assert not handler.counts(path), path


# The long run


def same_as_a_clean_build(one: Served, root: Path, beside: Path) -> list[str]:
    """Pages that are not, byte for byte, what a clean build would have written."""
    shutil.rmtree(beside, ignore_errors=True)
    built(root, out=str(beside), clean=True, today=None)
    expected = {
        path: data for path, data in tree(beside).items() if not path.startswith((".", "assets/", "files/"))
    }
    outputs = one.serving.site.state.snapshot.outputs
    missing = sorted(expected.keys() ^ outputs.keys())
    expected["404.html"] = expected["404.html"].replace(b'<base href="/n/">', b'<base href="/">')
    return missing + [
        path for path, data in expected.items() if TAG.sub(b"", one.request("/" + path).body) != data
    ]


def random_save(chance: random.Random, root: Path, mark: str) -> str:
    """One save of one note in one style; the address it is to be found at."""
    number = chance.randrange(8)
    file = root / f"notes/soak{number}.md"
    tags = ", ".join(chance.sample(["rank", "soak", "soak/deep", "other"], chance.randrange(3)))
    title = chance.choice([f"Soak {number}", f"Soak {number}", f"Retitled {chance.randrange(99)}"])
    links = " ".join(f"[[soak{chance.randrange(8)}]]" for _ in range(chance.randrange(3)))
    text = f"---\ntitle: {title}\ndate: 2025-03-0{number + 1}\ntags: [{tags}]\n---\n{mark}MARK {links}\n"
    chance.choice(STYLES)(file, text)
    return f"/2025/03/soak{number}/"


def resident() -> int:
    """KiB of memory that this process holds."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


def test_random_saves_over_a_live_server(tmp_path: Path) -> None:
    """60 saves, or as many as VAULT_SOAK says, with two readers: none is missed, nothing grows."""
    saves, chance = int(os.environ.get("VAULT_SOAK", "60")), random.Random(20250301)
    root = make(tmp_path / "v")
    for number in range(8):
        write(root, f"notes/soak{number}.md", f"---\ndate: 2025-03-0{number + 1}\n---\nStart {number}.\n")
    waits: list[float] = []
    figures: list[tuple[int, int, int]] = []
    with served(root) as one:
        readers = [one.listen("/2025/03/soak1/"), one.listen("/2025/03/soak5/")]
        for number in range(saves):
            mark = f"save{number}x"
            waits.append(one.until_served(random_save(chance, root, mark), mark))
            if number % 20 == 19:
                one.quiet()
                assert same_as_a_clean_build(one, root, tmp_path / "beside") == [], number
                check_readers(one, readers)
                figures.append((resident(), threading.active_count(), len(os.listdir("/proc/self/fd"))))
                for reader in readers:
                    del reader.states[:-1]
        waits.sort()
        print(f"{saves} saves: median {waits[len(waits) // 2] * 1000:.0f} ms, "
              f"95 % {waits[len(waits) * 95 // 100] * 1000:.0f} ms, most {waits[-1] * 1000:.0f} ms; "
              f"RSS, threads, files {figures[0]} -> {figures[-1]}")  # fmt: skip
        warm, last = figures[len(figures) // 4], figures[-1]
        assert last[0] < warm[0] * 1.10 and last[1:] <= (warm[1] + 1, warm[2] + 4)
        assert waits[len(waits) * 95 // 100] < 1.0
        for reader in readers:
            reader.close()


def check_readers(one: Served, readers: list[Listener]) -> None:
    """Each reader knows the page that is served now."""
    for reader in readers:
        now = one.request(reader.address).text.split('data-seen="')[1].split('"')[0]
        reader.until(lambda state, now=now: state["seen"] == now)


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    end = time.monotonic() + 3
    while (left := set(threading.enumerate()) - before) and time.monotonic() < end:
        time.sleep(0.02)
    assert not left


def test_what_is_watched_is_the_vault_alone(looks: Callable[[], Any], tmp_path: Path) -> None:
    vault = find_vault(str(tmp_path))
    found = dict(watcher.folders(vault, looks()))
    assert found == {
        str(tmp_path / "notes"): True,
        str(tmp_path): False,
        str(tmp_path / "templates"): True,
        str(tmp_path / "tags"): True,
        str(tmp_path / "digest"): True,
    }


def test_a_survey_that_was_replaced_is_freed_without_a_search(tmp_path: Path) -> None:
    root = make(tmp_path)
    with served(root) as one:
        one.quiet()
        gc.disable()
        try:
            old = weakref.ref(one.serving.site.state.snapshot.survey.sitemap)
            write(root, FILE, note("Otherwise."))
            one.until(lambda: any(FILE in line for line in one.lines))
            one.until(lambda: old() is None)
        finally:
            gc.enable()


def test_the_line_of_a_rebuild_counts_the_page_that_was_shown_ahead(tmp_path: Path) -> None:
    root = make(tmp_path)
    with served(root) as one:
        one.quiet()
        write(root, FILE, note("Words 9."))
        one.until(lambda: one.lines)
        one.quiet()
        reader, other = one.listen(PAGE), one.listen("/about/")
        for number in range(3):
            one.lines.clear()
            write(root, FILE, note(f"Words {number}."))
            one.until(lambda: one.lines)
            assert one.lines[-1].startswith(f"changed {FILE} - 1 page - "), one.lines
            one.quiet()
        reader.close()
        other.close()


BROKEN = {
    "notes/attention.md": ("---\ntitle: [unclosed\n---\nStill a note.\n", "attention.md:2:8"),
    "library.bib": ("@article{a2020, title={On A, author={Doe\n", "library.bib:1"),
    "authors.yml": ("- name: [Jane\n", "authors.yml"),
    "papers.lock": ('["arXiv:2106.09685"]\ntitle = broken\n', "papers.lock"),
    "tags/rank.md": ("---\ntitle: [unclosed\n---\nOn ranks.\n", "tags/rank.md:2"),
}


@pytest.mark.parametrize("path", BROKEN)
def test_a_mistake_that_a_save_brings_is_shown_until_it_is_mended(tmp_path: Path, path: str) -> None:
    root = make(tmp_path)
    text, place = BROKEN[path]
    with served(root) as one:
        one.quiet()
        reader = one.listen("/")
        before = (root / path).read_bytes() if (root / path).exists() else b""
        write(root, path, text)
        state = reader.until(lambda state: state["fresh"])
        assert state["fresh"][0]["place"].startswith(place) and state["fresh"][0]["frame"]
        assert state["fresh"][0]["editor"].endswith(tuple("0123456789"))
        write(root, path, before)
        reader.until(lambda state: not state["fresh"])
        reader.close()


def test_pages_of_notes_that_are_gone_are_forgotten(tmp_path: Path) -> None:
    root = make(tmp_path)
    with served(root) as one:
        assert one.request(PAGE).status == 200
        assert one.serving.site.pages.get("2025/01/attention/index.html")
        (root / FILE).unlink()
        one.until(lambda: one.request(PAGE).status == 404)
        assert one.serving.site.pages.get("2025/01/attention/index.html") is None
        assert one.request("/").status == 200
