"""The sentence as a whole: what a build makes, says, refuses, and leaves alone."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.vaults import PLOT, SMALL, built, clean_tree, make, tree, write
from vault import disk
from vault.build import Options, survey
from vault.build import fill as fill_room
from vault.disk import stage
from vault.disk.inputs import theme_folder
from vault.disk.manifest import NAME
from vault.index import pool
from vault.records import Date, Problem, Report, VaultError
from vault.records.views import Output

HEAVY = (
    "markdown_it",
    "yaml",
    "jinja2",
    "pygments",
    "pybtex",
    "rapidfuzz",
    "nh3",
    "math_core",
    "click",
    "rich",
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make(tmp_path / "v")


def page(root: Path, path: str) -> str:
    return (root / "site" / path).read_text(encoding="utf-8")


def codes(report: Report) -> set[str]:
    return {problem.code for problem in report.problems}


def rested(root: Path) -> None:
    """Give every file of the vault, and of its site, an age at which its stat can be trusted."""
    old = time.time_ns() - 10**10
    for path in sorted(root.rglob("*")):
        os.utime(path, ns=(old, old), follow_symlinks=False)


def refused(root: Path, **options: Any) -> VaultError | None:
    """Why a build was refused; None when it was not."""
    try:
        built(root, **options)
    except VaultError as error:
        return error
    return None


def without_seconds(report: Report) -> tuple[Any, ...]:
    return (report.notes, report.papers, report.pages, report.problems)


# what a build makes


def test_a_vault_becomes_a_site(root: Path) -> None:
    report = built(root)
    assert report.notes == 5  # two notes, two entries, the broken one; neither the log file nor the secret
    assert (report.parsed, report.deleted, report.kept) == (6 + 1, 0, 0) or report.parsed >= 5
    assert report.written == len(tree(root / "site")) - 1
    assert report.pages == sum(path.endswith(".html") for path in tree(root / "site"))
    assert "yaml-recovered" in codes(report) and "link-broken" in codes(report)
    assert "position" in page(root, "2025/01/attention/index.html")
    assert b"CANARY" not in b"".join(tree(root / "site").values())


def test_a_picture_goes_along_with_its_size_and_an_unused_file_does_not(root: Path) -> None:
    write(root, "notes/img/unused.png", PLOT)
    built(root)
    copied = [path for path, data in tree(root / "site").items() if data == PLOT]
    assert len(copied) == 1 and copied[0].endswith("plot.png")
    assert 'width="5" height="4"' in page(root, "2025/01/attention/index.html")


def test_a_second_build_does_nothing_and_says_the_same(root: Path) -> None:
    first = built(root)
    second = built(root)
    assert (second.parsed, second.written, second.deleted) == (0, 0, 0)
    assert second.kept == first.written
    assert without_seconds(second) == without_seconds(first)


def test_a_build_of_what_rests_stops_before_it_reads(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = built(root)
    monkeypatch.setattr("vault.build.story.understand", None)
    assert without_seconds(built(root)) == without_seconds(first)


def test_nothing_new_is_said_without_a_library_being_imported(root: Path) -> None:
    code = (
        "import sys; from vault.build import Options, build; from vault.disk import find_vault\n"
        f"report = build(find_vault({str(root)!r}), Options())\n"
        f"print(report.written, sorted(set(sys.modules) & set({HEAVY!r})))"
    )
    said = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True) for _ in "12"
    ]
    assert said[0].stdout.split(maxsplit=1)[0] != "0"
    assert said[1].stdout == "0 []\n", said[1].stdout


def test_an_edit_parses_one_piece_and_writes_what_shows_it(root: Path) -> None:
    built(root)
    write(root, "notes/attention.md", SMALL["notes/attention.md"].replace("at every other", "at each other"))
    report = built(root, explain=True)
    assert report.parsed == 1
    written = [file for file in report.files if file.action == "written"]
    assert "2025/01/attention/index.html" in {file.path for file in written}
    reasons = {file.path: file.reason for file in written}
    assert reasons.pop("2025/01/attention/index.html") == "its content changed: its own text"
    assert set(reasons.values()) == {"its content changed: attention.md"}
    assert report.written < report.pages


def test_a_line_added_to_a_log_parses_one_section(root: Path) -> None:
    built(root)
    write(root, "notes/log.md", SMALL["notes/log.md"] + "- one more line\n")
    assert built(root).parsed == 1


def test_the_day_changes_pages_that_show_ages_alone(root: Path) -> None:
    built(root)
    report = built(root, today=Date(2025, 3, 2), explain=True)
    assert report.parsed == 0
    changed = {file.path for file in report.files if file.action == "written"}
    assert all(path.startswith(("queue/", "stats/", "index.html")) for path in changed), changed


def test_a_bare_folder_of_notes_is_built(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        write(tmp_path, name, f"# Note {name}\n")
    assert built(tmp_path).notes == 2
    assert (tmp_path / ".vault" / ".gitignore").read_text() == "*\n"
    assert built(tmp_path).written == 0


def test_an_empty_vault_is_a_site(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    report = built(tmp_path)
    assert report.notes == 0 and (tmp_path / "site" / "index.html").exists()


# options


def test_drafts_are_published_when_asked_for(root: Path) -> None:
    write(root, "notes/draft.md", "---\ntitle: Draft\ndraft: true\n---\nWORKING\n")
    built(root)
    assert b"WORKING" not in b"".join(tree(root / "site").values())
    built(root, drafts=True)
    assert b"WORKING" in b"".join(tree(root / "site").values())
    built(root)
    assert b"WORKING" not in b"".join(tree(root / "site").values())


def test_portable_links_name_their_files(root: Path) -> None:
    built(root, portable=True)
    assert "../../../index.html" in page(root, "2025/01/attention/index.html")
    built(root)
    assert "../../../index.html" not in page(root, "2025/01/attention/index.html")


def test_overrides_can_be_left_out(root: Path) -> None:
    write(root, "templates/partials/footer.html", "MY FOOTER")
    built(root)
    assert "MY FOOTER" in page(root, "index.html")
    built(root, no_overrides=True)
    assert "MY FOOTER" not in page(root, "index.html")


def test_the_site_goes_where_it_is_asked_to_and_is_not_scanned(root: Path) -> None:
    out = root / "notes" / "public"
    built(root, out=str(out))
    write(out, "stray.md", "# Not a note\n")
    assert built(root, out=str(out)).notes == 5


def test_verify_compares_with_a_clean_build(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert built(root, verify=True).differences == ()
    monkeypatch.setattr(disk.Stage, "keep", forgetful)
    write(root, "notes/attention.md", "---\ntitle: Other\ndate: 2025-01-02\n---\nOther words\n")
    assert "2025/01/attention/index.html" in built(root, verify=True).differences


def forgetful(stage: disk.Stage, path: str, _size: int, digest: str, key: str) -> bool:
    """Keeps whatever stands there: the mistake that ``--verify`` is for."""
    from vault.records import Seen

    found = stage.standing.files.get(path)
    if found:
        stage.seen[path] = Seen(found, digest, False, key)
    return found is not None


def test_explain_says_why(root: Path) -> None:
    first = built(root, explain=True)
    assert {(file.action, file.reason) for file in first.files} == {("written", "new")}
    write(
        root,
        "templates/pages/queue.html",
        theirs("pages/queue.html").replace("{% block main %}", "{% block main %}MINE"),
    )
    (root / "site" / "404.html").unlink()
    write(root, "site/papers/index.html", "edited")
    (root / "notes" / "broken.md").unlink()
    report = built(root, explain=True)
    reasons = {file.path: (file.action, file.reason) for file in report.files}
    assert reasons["queue/index.html"] == ("written", "its content or its template changed")
    assert reasons["404.html"] == ("written", "it was missing from the site")
    assert reasons["papers/index.html"] == ("written", "it had been changed in the site")
    assert reasons["index.html"] == ("written", "its content or its template changed")
    assert ("deleted", "gone from the notes") in reasons.values()
    assert ("kept", "") in reasons.values()
    assert built(root).files == ()
    (root / "templates/pages/queue.html").unlink()
    (root / "notes" / "log.md").unlink()
    reasons = {file.path: (file.action, file.reason) for file in built(root, explain=True).files}
    assert reasons["queue/index.html"] == ("written", "its template changed")
    assert reasons["index.html"] == ("written", "its content changed")


def test_explain_names_the_causes(root: Path) -> None:
    built(root)
    write(root, "notes/new.md", "---\ndate: 2025-01-05\ntags: [rank]\n---\nOn [[Attention]].\n")
    lora = SMALL["notes/2025/2025-01-29-lora.md"].replace("rating: 4", "rating: 5")
    write(root, "notes/2025/2025-01-29-lora.md", lora)
    report, said = built(root, explain=True), "its content changed: "
    reasons = {file.path: file.reason for file in report.files}
    assert reasons["2025/01/new/index.html"] == "new"
    around = f"{said}what links to it, is related or stands beside it; 2025/2025-01-29-lora.md; new.md"
    assert reasons["2025/01/attention/index.html"] == around
    assert reasons["2025/01/lora/index.html"].startswith(f"{said}its own text")
    assert reasons["tags/adapters/index.html"] == f"{said}2025/2025-01-29-lora.md"
    assert reasons["tags/rank/index.html"] == f"{said}2025/2025-01-29-lora.md; new.md"
    (root / "notes/new.md").unlink()
    reasons = {file.path: file.reason for file in built(root, explain=True).files}
    assert reasons["tags/rank/index.html"].startswith(said)
    later = built(root, today=Date(2025, 3, 2), explain=True)
    day = {file.reason for file in later.files if file.action == "written"}
    assert day == {f"{said}which notes it lists, or the day"}


def test_explain_names_the_causes_of_other_words(root: Path) -> None:
    built(root)
    lora = (root / "notes/2025/2025-01-29-lora.md").read_text()
    write(root, "notes/2025/2025-01-29-lora.md", f"{lora}\nSome more of it.\n")
    reasons = {file.path: file.reason for file in built(root, explain=True).files}
    assert reasons["2025/01/lora/index.html"] == "its content changed: its own text"
    assert reasons["feed.xml"] == "its content changed: 2025/2025-01-29-lora.md"


def test_an_entry_is_named_with_its_line(root: Path) -> None:
    built(root)
    log = (root / "notes/log.md").read_text()
    write(root, "notes/log.md", log.rstrip("\n") + "\n\nMore of it.\n")
    reasons = {file.path: file.reason for file in built(root, explain=True).files}
    named = [reason for reason in reasons.values() if re.search(r"; log\.md:\d+|: log\.md:\d+", reason)]
    assert named, reasons


def test_of_many_causes_some_are_named(tmp_path: Path) -> None:
    for number in range(9):
        write(tmp_path, f"notes/n{number}.md", f"---\ndate: 2025-01-0{number + 1}\n---\nText.\n")
    built(tmp_path)
    for number in range(9):
        write(tmp_path, f"notes/n{number}.md", f"---\ndate: 2025-01-0{number + 1}\n---\nOther text.\n")
    reasons = {file.path: file.reason for file in built(tmp_path, explain=True).files}
    assert reasons["archive/2025/01/index.html"] == "its content changed: n0.md; n1.md; n2.md; and 6 more"


def theirs(name: str) -> str:
    """A template of the shipped theme."""
    return Path(theme_folder(), name).read_text(encoding="utf-8")


# refusals


def test_a_wrong_template_stops_with_its_place_and_spares_the_site(root: Path) -> None:
    built(root)
    before = tree(root / "site")
    write(
        root,
        "templates/pages/tag.html",
        "{% extends 'theme/pages/tag.html' %}\n{{ page.nonsense }}\n{% block x %}",
    )
    write(root, "notes/attention.md", "---\ntitle: Changed\n---\n")
    with pytest.raises(VaultError, match=r"templates/pages/tag\.html:") as stopped:
        built(root)
    assert stopped.value.exit_code == 2
    assert tree(root / "site") == before
    (root / "templates" / "pages" / "tag.html").unlink()
    built(root)
    assert tree(root / "site") == clean_tree(root, root.parent / "beside")


def test_a_foreign_file_in_a_planned_place_is_refused_and_nothing_written(root: Path) -> None:
    built(root)
    write(root, "site/2025/03/new/index.html", "mine")
    write(root, "notes/new.md", "---\ndate: 2025-03-01\n---\n# New\n")
    before = tree(root / "site")
    with pytest.raises(VaultError, match="not vault's own"):
        built(root)
    assert tree(root / "site") == before


def test_a_folder_of_someone_else_is_refused(root: Path) -> None:
    write(root, "site/photo.jpg", "mine")
    with pytest.raises(VaultError, match="not empty"):
        built(root)
    assert tree(root / "site") == {"photo.jpg": b"mine"}


def test_notes_that_vanished_are_no_wish_to_delete_the_site(root: Path) -> None:
    built(root)
    before = tree(root / "site")
    (root / "notes").rename(root / "unmounted")
    for _ in range(2):
        with pytest.raises(VaultError, match="the notes folder is not there"):
            built(root)
        (root / "notes").mkdir(exist_ok=True)
        with pytest.raises(VaultError, match="there are no notes"):
            built(root)
        (root / "notes").rmdir()
    assert tree(root / "site") == before
    (root / "notes").mkdir()
    assert built(root, allow_empty=True).notes == 0


def test_most_of_many_notes_gone_at_once_is_refused(tmp_path: Path) -> None:
    for number in range(42):
        write(tmp_path, f"notes/{number}.md", f"# Note {number}\n")
    built(tmp_path)
    for number in range(22):
        (tmp_path / "notes" / f"{number}.md").unlink()
    with pytest.raises(VaultError, match="only 20 notes left of 42"):
        built(tmp_path)
    write(tmp_path, "notes/0.md", "# Back\n")
    assert built(tmp_path).notes == 21


def test_a_second_build_at_the_same_time_is_told_so(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vault.disk.lock.locked.__wrapped__.__defaults__", (0.05,))
    (root / ".vault").mkdir()
    with disk.locked(str(root / ".vault")), pytest.raises(VaultError) as stopped:
        built(root)
    assert stopped.value.exit_code == 75


# what else may happen


def test_a_cache_that_cannot_be_written_costs_time_and_a_hint(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vault.disk.lock._usable", lambda _folder: False)
    for _ in range(2):
        report = built(root)
        assert "cache-unusable" in codes(report)
        assert report.parsed > 0
    assert not (root / ".vault").exists()
    monkeypatch.undo()
    assert tree(root / "site") == clean_tree(root, root.parent / "beside")


def test_a_note_that_vanishes_after_the_scan_is_no_note(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = disk.read

    def read(vault: Any, found: Any) -> Any:
        if found.path == "broken.md":
            Path(found.file).unlink(missing_ok=True)
        return real(vault, found)

    monkeypatch.setattr(disk, "read", read)
    assert built(root).notes == 4


def test_an_unreadable_note_is_told_and_its_old_page_goes(root: Path) -> None:
    built(root)
    write(root, "notes/attention.md", b"\xff\xfe not text")
    report = built(root)
    assert "encoding-invalid" in codes(report)
    assert not (root / "site" / "2025/01/attention").exists()
    assert tree(root / "site") == clean_tree(root, root.parent / "beside")
    assert codes(built(root)) == codes(report)


def test_damage_to_the_index_between_builds_changes_nothing(root: Path) -> None:
    built(root)
    clean = clean_tree(root, root.parent / "beside")
    file = root / ".vault" / "index.db"
    good = file.read_bytes()
    for number in range(0, len(good), len(good) // 6):
        file.write_bytes(good[:number] + b"\xa5" * 700 + good[number + 700 :])
        write(root, "notes/attention.md", SMALL["notes/attention.md"])
        built(root)
        assert tree(root / "site") == clean, number


def test_survey_knows_what_a_build_knows_even_while_one_runs(root: Path) -> None:
    report = built(root)
    vault = disk.find_vault(str(root))
    with disk.locked(str(root / ".vault")):
        known = survey(vault, Options())
    assert set(known.problems) == set(report.problems)
    assert known.sitemap.url_of("attention") == "/2025/01/attention/"
    assert survey(vault).parsed == 0


def test_problems_are_told_once_in_the_order_of_their_places(root: Path) -> None:
    def place(problem: Problem) -> tuple[str, int, int]:
        return problem.path, problem.line, problem.column

    problems = built(root).problems
    assert sorted(problems, key=place) == sorted(problems, key=lambda p: (*place(p), problems.index(p)))
    assert [place(p) for p in problems] == sorted(place(p) for p in problems)
    assert len(set(problems)) == len(problems)


def test_people_can_query_the_index(root: Path) -> None:
    import sqlite3

    built(root)
    db = sqlite3.connect(root / ".vault" / "index.db")
    query = "SELECT notes.url FROM text JOIN notes ON notes.body = text.rowid WHERE text MATCH ?"
    assert db.execute(query, ("positions OR position",)).fetchall() == [("/2025/01/attention/",)]
    assert ("rank/low",) in db.execute("SELECT tag FROM tags").fetchall()
    assert db.execute("SELECT count(*) FROM papers").fetchone()[0] >= 4


# the same inputs, the same bytes


def test_the_number_of_processes_does_not_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "ENOUGH", 2)
    monkeypatch.setattr(fill_room, "ENOUGH", 2)
    for jobs in (1, 2, 3):
        root = make(tmp_path / str(jobs))
        for number in range(20):
            write(
                root, f"notes/n{number}.md", f"# Note {number}\n\nSee [[Note {number // 2}]] $x^{number}$\n"
            )
        built(root, jobs=jobs)
    assert tree(tmp_path / "1" / "site") == tree(tmp_path / "2" / "site") == tree(tmp_path / "3" / "site")


def test_a_worker_that_dies_while_it_writes_costs_nothing_but_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fill_room, "ENOUGH", 2)
    built(make(tmp_path / "one"), jobs=1)
    here, write_ = os.getpid(), stage.write

    def dying(fd: int, data: bytes) -> bytes:
        if os.getpid() != here and b"Attention" in data:
            write_(fd, data[:10])
            os._exit(9)
        return write_(fd, data)

    monkeypatch.setattr(stage, "write", dying)
    built(make(tmp_path / "two"), jobs=3)
    assert tree(tmp_path / "one" / "site") == tree(tmp_path / "two" / "site")


def test_an_edit_makes_anew_only_what_read_the_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "v"
    for number in range(60):
        text = f"---\ndate: 20{number // 12 + 10}-{number % 12 + 1:02}-01\ntags: [t{number % 7}]\n---\nNote {number}.\n"
        write(root, f"notes/n{number:02}.md", text)
    built(root)
    made: list[str] = []
    viewed = fill_room.Maker.viewed

    def spied(maker: fill_room.Maker, output: Output) -> fill_room.Viewed:
        made.append(output.path)
        return viewed(maker, output)

    monkeypatch.setattr(fill_room.Maker, "viewed", spied)
    write(root, "notes/n30.md", "---\ndate: 2012-07-01\ntags: [t2]\n---\nAnother text for note 30.\n")
    built(root)
    assert "2012/07/n30/index.html" in made
    assert "2010/01/n00/index.html" not in made and "tags/t1/index.html" not in made
    assert len(made) < 40
    assert tree(root / "site") == clean_tree(root, tmp_path / "clean")


SURROUNDINGS: list[dict[str, str]] = [
    {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    {"TZ": "America/St_Johns", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2", "PYTHONUTF8": "0"},
    {"TZ": "UTC", "LC_ALL": "POSIX", "PYTHONHASHSEED": "3", "PYTHONUTF8": "0"},
]
SHUFFLED = """
import os, random, sys
real = os.scandir
class Shuffled:
    def __init__(self, folder):
        with real(folder) as listing:
            entries = list(listing)
        random.Random(len(entries)).shuffle(entries)
        self.entries = iter(entries)
    def __iter__(self): return self
    def __next__(self): return next(self.entries)
    def __enter__(self): return self
    def __exit__(self, *_): pass
    close = __exit__
os.scandir = Shuffled if sys.argv[2] == "shuffle" else real
from vault.build import Options, build
from vault.disk import find_vault
from vault.records import Date
build(find_vault(sys.argv[1]), Options(today=Date(2025, 3, 1)))
"""


def test_locale_zone_hash_seed_and_order_on_disk_do_not_show(tmp_path: Path) -> None:
    trees = []
    for number, surroundings in enumerate(SURROUNDINGS):
        root = make(tmp_path / str(number), dict(sorted(SMALL.items(), reverse=bool(number))))
        how = "shuffle" if number else "plain"
        environment = {**os.environ, **surroundings}
        subprocess.run([sys.executable, "-c", SHUFFLED, str(root), how], env=environment, check=True)
        trees.append(tree(root / "site"))
    assert trees[0] == trees[1] == trees[2]


# faults


def changed_vault(root: Path) -> None:
    write(
        root,
        "notes/attention.md",
        "---\ntitle: Attention!\ndate: 2025-01-02\ntags: [new]\n---\nOther words.\n",
    )
    (root / "notes" / "broken.md").unlink(missing_ok=True)
    write(root, "notes/more.md", "---\ndate: 2025-02-01\n---\n# More\n\n[[Attention]]\n")


def test_killed_at_any_replace_the_next_build_is_right(tmp_path: Path) -> None:
    master = make(tmp_path / "master")
    built(master)
    old = tree(master / "site")
    changed_vault(master)
    new = clean_tree(master, tmp_path / "new")
    number, killed = 0, True
    while killed:
        number += 1 if number < 6 else 13
        root = make(tmp_path / f"v{number}")
        built(root)
        changed_vault(root)
        pid = os.fork()
        if pid == 0:
            calls, real = [], os.replace

            def replace(*args: Any, calls: list[int] = calls, real: Any = real, number: int = number) -> None:
                calls.append(1)
                if len(calls) == number:
                    os._exit(9)
                real(*args)

            os.replace = replace  # type: ignore[assignment]
            built(root)
            os._exit(0)
        killed = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 9
        for path, data in tree(root / "site").items():
            if path != NAME and not path.startswith(".vault-stage/"):
                assert data in (old.get(path), new.get(path)), (number, path)
        built(root)
        assert tree(root / "site") == new, number
    assert number > 18


def test_no_room_at_any_write_is_told_and_spares_the_site(root: Path) -> None:
    built(root)
    old = tree(root / "site")
    changed_vault(root)
    new = clean_tree(root, root.parent / "new")
    number, failed = 0, True
    while failed:
        number += 1 if number < 6 else 5
        with pytest.MonkeyPatch.context() as patch:
            calls: list[int] = []
            real = os.write

            def write_(
                fd: int, data: Any, calls: list[int] = calls, real: Any = real, number: int = number
            ) -> int:
                calls.append(1)
                if len(calls) == number:
                    raise OSError(errno.ENOSPC, "No space left on device")
                return int(real(fd, data))

            patch.setattr(os, "write", write_)
            error = refused(root, clean=number % 2 == 0)
        failed = error is not None
        if error:
            assert error.exit_code == 2 and "no space left" in error.message
            assert tree(root / "site") == old
    built(root)
    assert tree(root / "site") == new
    assert number > 6


def test_the_notes_are_never_written(root: Path) -> None:
    rested(root / "notes")
    before = {path: os.stat(root / "notes" / path).st_mtime_ns for path in tree(root / "notes")}
    content = tree(root / "notes")
    built(root)
    built(root, clean=True, verify=True)
    assert {path: os.stat(root / "notes" / path).st_mtime_ns for path in tree(root / "notes")} == before
    assert tree(root / "notes") == content


def test_the_report_counts_what_is_there(root: Path) -> None:
    report = built(root)
    manifest = json.loads((root / "site" / NAME).read_text(encoding="utf-8"))
    assert manifest["notes"] == 5
    assert report.written == len(manifest["files"])
    assert report.out == str(root / "site")
