"""The law: after any sequence of changes a build leaves the site that a clean build makes.

One small vault, names and tags that collide, every kind of change.  ``VAULT_REBUILD`` sets the number
of sequences (default 60), ``VAULT_REBUILD_STEPS`` their length (20), ``VAULT_REBUILD_SEED`` a seed
(and then a failure is shrunk, which takes minutes).
"""

from __future__ import annotations

import os
import random
import shutil
import tempfile
import time
import unicodedata
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.vaults import PLOT, TODAY, built, tree, write
from vault import disk, index, render, seal
from vault.build import Job, Mark, Options, sentence, silent
from vault.disk import stats
from vault.disk.folders import prune
from vault.disk.inputs import theme_folder
from vault.disk.manifest import NAME, STAGE
from vault.link import again
from vault.records import Date, Found, Problem, Report, Templates, VaultError, changed, encode, source

NAMES = (
    "a.md",
    "A.md",
    "sub/a.md",
    "lora.md",
    "LoRA.md",
    "2025-01-02-lora.md",
    "2025/2025-01-02-lora.md",
    "caf\u00e9.md",
    "cafe\u0301.md",
    "c++.md",
    "log.md",
    "tags.md",
)
TAGS = ("rl", "RL", "rl/deep", "c++", "nlp")
PAPERS = ("2106.09685", "2106.09685v2", "hep-th/9901001")
PLACES = ("CNAME", "2025/01/lora/index.html", "notes/a/index.html", "tags/rl/photo.jpg", "page/x")
TEMPLATES = ("partials/row.html", "partials/backlinks.html", "hooks/note_after_body.html")
CONFIGS = (
    "",
    'title = "Other"\n',
    '[site]\nurl = "https://example.org/"\n',
    '[notes]\nignore = ["sub"]\n',
    "[log]\nyear = 2023\n",
    'nonsense = "1"\n[site]\nhtml = "text"\n',
)

BIB = "@misc{{k, title={{{}}}, eprint={{2106.09685}}, archiveprefix={{arXiv}}}}\n"

LOCK = 'format = 1\n["arxiv:{}"]\ntitle = "{}"\nvenue = "V"\nids = [\n  "doi:10.1/x",\n]\nversions = [\n  "v3 2021-10-16",\n]\n'
CITES = 'references = [\n  "arxiv:hep-th/9901001",\n  "arxiv:2106.09685",\n]\n'

CALM = "---\ntitle: Calm\ndate: 2025-02-03\ntags: [nlp, c++]\n---\nThe first sentence.\n\n## Part\n\nMore.\n"
"""A note that nothing is wrong with, and that only ``other_words_and_nothing_else`` touches."""

names = st.sampled_from(NAMES)
targets = st.sampled_from((*(name.removesuffix(".md") for name in NAMES), "Title One", "nowhere"))
headers = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(("Title One", "Title Two", "LoRA: Low-Rank", "café", "[broken")),
        "date": st.sampled_from(("2025-01-02", "2025-02", "2025", "2024-02-30", "2026-12-31")),
        "tags": st.lists(st.sampled_from(TAGS), max_size=3).map(lambda tags: "[" + ", ".join(tags) + "]"),
        "arxiv": st.sampled_from(PAPERS),
        "status": st.sampled_from(("to-read", "reading", "read")),
        "authors": st.sampled_from(
            ("Edward J. Hu", "E. Hu and Ann Lee", "Hu, Edward J.", "Al O’Neil, Al ONeil")
        ),
        "aliases": st.sampled_from(("nowhere", "Title Two")),
        "slug": st.sampled_from(("lora", "fixed", "tags")),
        "draft": st.sampled_from(("true", "false")),
        "private": st.just("true"),
        "redirect_from": st.sampled_from(("/old/", "/2025/01/lora/")),
    },
)
words = st.sampled_from(
    ("Only more words.", "Other words, on kernels.", "- a list\n- of two", "`code` of *it*.", "$x$", "> said")
)
lines = st.one_of(
    targets.map(lambda target: f"See [[{target}]] for more."),
    targets.map(lambda target: f"![[{target}]]"),
    st.sampled_from(PAPERS).map(lambda paper: f"After arXiv:{paper} came more."),
    st.sampled_from(TAGS).map(lambda tag: f"About #{tag} here."),
    st.sampled_from(
        ("Only more words.", "Other words, on kernels.", "- a list\n- of two", "`code` of *it*.")
    ),
    st.sampled_from(("## Method", "![p](img/p.png)", "$x^2$ and $y$", "A word[^1].\n\n[^1]: A footnote.")),
)
bodies = st.lists(lines, max_size=4).map("\n\n".join)
days = st.lists(
    st.tuples(st.sampled_from(("3rd February", "2025-02-04", "5 March")), st.sampled_from(PAPERS), bodies),
    min_size=2,
    max_size=3,
).map(
    lambda days: "".join(
        f"### {day}\n\n[Paper](https://arxiv.org/abs/{p})\n\n{body}\n\n" for day, p, body in days
    )
)
heads = st.sampled_from(
    ("", "# Log 2024\n\n", "# Log 2025\n\n", "---\ntype: log\ntags: [nlp]\n---\n", "A line.\n\n")
)
logs = st.tuples(heads, days).map("".join)
notes = st.one_of(
    st.tuples(headers, bodies).map(lambda both: header_text(both[0]) + both[1] + "\n"),
    bodies.map(lambda body: f"# A heading\n\n{body}\n"),
    logs,
    st.just("- [ ] [One](https://arxiv.org/abs/2106.09685) why\n" * 3 + "- [x] [[a]]\n"),
)


def header_text(fields: dict[str, str]) -> str:
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in fields.items()) + "---\n" if fields else ""


def change(**draws: Any) -> Callable[[Callable[..., None]], Any]:
    """A rule, followed at once by a build in every second case."""

    def wrap(method: Callable[..., None]) -> Any:
        def step(self: Rebuild, build: bool, **drawn: Any) -> None:
            method(self, **drawn)
            if build:
                self.build_now()

        step.__name__ = method.__name__
        return rule(**draws, build=st.booleans())(step)

    return wrap


class Rebuild(RuleBasedStateMachine):
    """A vault, its site, and what someone else put into that site."""

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp(dir="/dev/shm" if os.path.isdir("/dev/shm") else None))
        self.root = self.home / "v"
        self.site = self.root / "site"
        self.foreign: dict[str, bytes] = {}
        self.edited: dict[str, bytes] = {}
        self.day = TODAY
        (self.root / "notes").mkdir(parents=True)

    def teardown(self) -> None:
        try:
            self.build_now()
        finally:
            shutil.rmtree(self.home)

    # the notes

    def file(self, name: str) -> Path:
        return self.root / "notes" / name

    def room_for(self, name: str) -> Path:
        """The file of that name, its folder there."""
        folder = self.file(name).parent
        if folder.is_file():
            folder.unlink()
        folder.mkdir(exist_ok=True)
        return self.file(name)

    def there(self) -> list[str]:
        return [name for name in NAMES if self.file(name).is_file()]

    @initialize(one=notes, two=notes, log=logs)
    def begin(self, one: str, two: str, log: str) -> None:
        write(self.root, "notes/a.md", one + "\n![p](img/p.png) arXiv:2106.09685\n")
        write(self.root, "notes/img/p.png", PLOT)
        write(self.root, "library.bib", BIB.format("A Work"))
        self.override("partials/row.html", "<!-- one -->")
        write(self.root, "notes/lora.md", two)
        write(self.root, "notes/log.md", log)
        self.file("calm.md").write_text(CALM, encoding="utf-8")
        self.build_now()

    @change(name=names, text=notes)
    def write_note(self, name: str, text: str) -> None:
        self.room_for(name).write_text(text, encoding="utf-8")

    @change(data=st.data(), line=lines)
    def add_line(self, data: st.DataObject, line: str) -> None:
        self.edit(data, lambda text: text + f"\n{line}\n")

    @change(data=st.data(), line=lines)
    def add_line_above(self, data: st.DataObject, line: str) -> None:
        self.edit(data, lambda text: text if text.startswith("---") else f"{line}\n\n{text}")

    @rule(some=st.lists(words, max_size=3).map("\n\n".join))
    def other_words_and_nothing_else(self, some: str) -> None:
        """Then everything but the words is recalled."""
        self.build_now()
        self.file("calm.md").write_text(f"{CALM}\n{some}\n", encoding="utf-8")
        self.build_now()

    @change(head=heads)
    def another_head_for_the_log(self, head: str) -> None:
        if self.file("log.md").is_file():
            text = self.file("log.md").read_text(encoding="utf-8")
            self.file("log.md").write_text(head + text[max(text.find("### "), 0) :], encoding="utf-8")

    @change(data=st.data())
    def edit_keeping_size_and_mtime(self, data: st.DataObject) -> None:
        self.edit(data, lambda text: text.swapcase(), keep_mtime=True)

    @change(data=st.data(), field=st.sampled_from(("title", "date", "tags", "slug", "draft")), fields=headers)
    def change_a_field(self, data: st.DataObject, field: str, fields: dict[str, str]) -> None:
        def edit(text: str) -> str:
            kept = [line for line in text.splitlines() if not line.startswith(f"{field}:")]
            new = [f"{field}: {fields[field]}"] if field in fields else []
            return "\n".join((kept[:1] + new + kept[1:]) if kept[:1] == ["---"] else kept) + "\n"

        self.edit(data, edit)

    @change(old=st.sampled_from(TAGS), new=st.sampled_from(TAGS))
    def rename_a_tag_everywhere(self, old: str, new: str) -> None:
        for name in self.there():
            text = self.file(name).read_text(encoding="utf-8")
            self.file(name).write_text(
                text.replace(f"#{old} ", f"#{new} ").replace(f"[{old}", f"[{new}"), "utf-8"
            )

    @change(data=st.data())
    def touch(self, data: st.DataObject) -> None:
        self.edit(data, lambda text: text)

    @change(data=st.data(), year=st.sampled_from((0, 2**31, 2**33)))
    def set_an_odd_time(self, data: st.DataObject, year: int) -> None:
        if self.there():
            os.utime(self.file(data.draw(st.sampled_from(self.there()))), (year, year))

    def edit(self, data: st.DataObject, change: Callable[[str], str], *, keep_mtime: bool = False) -> None:
        if not self.there():
            return
        file = self.file(data.draw(st.sampled_from(self.there())))
        before = os.stat(file)
        file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")
        if keep_mtime:
            os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    @change(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        if self.there():
            self.file(data.draw(st.sampled_from(self.there()))).unlink()

    @change(data=st.data())
    def delete_and_make_again(self, data: st.DataObject) -> None:
        if self.there():
            file = self.file(data.draw(st.sampled_from(self.there())))
            content = file.read_bytes()
            file.unlink()
            file.write_bytes(content)

    @change(data=st.data(), name=names)
    def rename(self, data: st.DataObject, name: str) -> None:
        if self.there():
            os.replace(self.file(data.draw(st.sampled_from(self.there()))), self.room_for(name))

    @change(data=st.data())
    def swap(self, data: st.DataObject) -> None:
        if len(self.there()) > 1:
            one, other = data.draw(st.permutations(self.there()))[:2]
            os.replace(self.file(one), self.root / "aside")
            os.replace(self.file(other), self.file(one))
            os.replace(self.root / "aside", self.file(other))

    @change()
    def move_a_folder(self) -> None:
        one, other = self.root / "notes" / "sub", self.root / "notes" / "moved"
        if other.is_dir() and not one.exists():
            one, other = other, one
        if one.is_dir() and not other.exists():
            one.rename(other)

    @change()
    def a_folder_in_place_of_a_file(self) -> None:
        file = self.root / "notes" / "sub"
        if file.is_dir():
            shutil.rmtree(file)
            file.write_text("a file now")
        else:
            file.unlink(missing_ok=True)
            write(self.root, "notes/sub/a.md", "# In a folder\n")

    # what stands beside them

    @change(picture=st.sampled_from((None, PLOT, PLOT[:19] + b"\x06" + PLOT[20:], b"no picture")))
    def attachment(self, picture: bytes | None) -> None:
        file = self.root / "notes" / "img" / "p.png"
        if picture is None:
            file.unlink(missing_ok=True)
        else:
            write(self.root, "notes/img/p.png", picture)

    @change(
        name=st.sampled_from(TEMPLATES),
        text=st.sampled_from((None, "<!-- one -->", "<!-- two -->", "{{ broken")),
    )
    def template(self, name: str, text: str | None) -> None:
        (self.root / "templates" / name).unlink(missing_ok=True)
        if text is not None:
            self.override(name, text)

    def override(self, name: str, text: str) -> None:
        write(self.root, f"templates/{name}", Path(theme_folder(), name).read_text(encoding="utf-8") + text)

    @change(text=st.sampled_from(CONFIGS))
    def config(self, text: str) -> None:
        write(self.root, "vault.toml", text)

    @change(text=st.sampled_from((None, "About it.", "About *this*.")))
    def describe_a_tag(self, text: str | None) -> None:
        (self.root / "tags" / "rl.md").unlink(missing_ok=True)
        if text:
            write(self.root, "tags/rl.md", text)

    @change(title=st.sampled_from((None, "A Work", "Another Work")))
    def library(self, title: str | None) -> None:
        (self.root / "library.bib").unlink(missing_ok=True)
        if title:
            write(self.root, "library.bib", BIB.format(title))

    @change(
        text=st.sampled_from(
            (
                None,
                LOCK.format("2106.09685", "Locked") + CITES,
                LOCK.format("hep-th/9901001", "Other") + CITES,
                "<<<<<<< a\n[",
            )
        )
    )
    def lock(self, text: str | None) -> None:
        (self.root / "papers.lock").unlink(missing_ok=True)
        if text:
            write(self.root, "papers.lock", text)

    @change(text=st.sampled_from((None, "Edward J. Hu: [E. Hu]\n", "Ann Lee:\n  orcid: x\n", "Broken: [\n")))
    def people(self, text: str | None) -> None:
        (self.root / "authors.yml").unlink(missing_ok=True)
        if text:
            write(self.root, "authors.yml", text)

    @change(how=st.sampled_from(("delete", "truncate", "zero", "random", "clear")), seed=st.integers(0, 99))
    def damage_the_cache(self, how: str, seed: int) -> None:
        file = self.root / ".vault" / "index.db"
        if not file.exists():
            return
        data = bytearray(file.read_bytes())
        dice = random.Random(seed)
        if how == "delete":
            file.unlink()
        elif how == "clear":
            shutil.rmtree(file.parent)
        elif how == "truncate":
            file.write_bytes(data[: dice.randrange(len(data) + 1)])
        elif how == "zero":
            file.write_bytes(bytes(len(data)))
        else:
            for _ in range(dice.choice((1, 2, 5, 50, 2000))):
                data[dice.randrange(len(data))] = dice.randrange(256)
            file.write_bytes(data)

    # the site, in the hands of someone else

    def pages(self) -> list[str]:
        ours = disk.owned(str(self.site))
        return sorted(path for path in (ours.files if ours else ()) if (self.site / path).is_file())

    @change(data=st.data(), how=st.sampled_from(("append", "same size", "empty")))
    def edit_the_site(self, data: st.DataObject, how: str) -> None:
        path = data.draw(st.sampled_from(self.pages() or [""]))
        if not path:
            return
        file, content = self.site / path, (self.site / path).read_bytes()
        before = os.stat(file)
        file.write_bytes({"append": content + b"mine", "same size": content.swapcase(), "empty": b""}[how])
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
        self.edited[path] = file.read_bytes()

    @change(data=st.data())
    def edit_all_of_the_site_and_delete_a_note(self, data: st.DataObject) -> None:
        for path in self.pages():
            with (self.site / path).open("ab") as file:
                file.write(b"mine")
            self.edited[path] = (self.site / path).read_bytes()
        if self.there():
            self.file(data.draw(st.sampled_from(self.there()))).unlink()

    @change(data=st.data())
    def delete_in_the_site(self, data: st.DataObject) -> None:
        path = data.draw(st.sampled_from(self.pages() or [""]))
        if path:
            (self.site / path).unlink()
            self.edited.pop(path, None)

    @change(path=st.sampled_from(PLACES))
    def a_file_of_someone_else(self, path: str) -> None:
        file = self.site / path
        if path in self.pages() or file.exists() or not file.parent.is_dir():
            return
        file.write_bytes(b"mine")
        self.foreign[path] = b"mine"

    # building

    @change(day=st.sampled_from((TODAY, Date(2025, 4, 2))))
    def another_day(self, day: Date) -> None:
        self.day = day

    def asked(self) -> str:
        """What the command line says, which the day is a part of."""
        return f"a build, {self.day.iso}"

    def built(self, *, explain: bool = False) -> Report:
        mark = Mark(self.asked(), lambda report: f"{report.notes} notes")
        return built(self.root, mark=mark, today=self.day, allow_empty=True, explain=explain)

    @rule()
    def rest(self) -> None:
        """Let what was written grow old enough for its stat to be trusted."""
        time.sleep(source.TICK_NS * 2.5e-9)

    @rule()
    def build(self) -> None:
        self.build_now()

    @rule(call=st.integers(1, 12), name=names, text=notes)
    @precondition(lambda self: self.site.is_dir())
    def a_new_note_and_a_killed_build(self, call: int, name: str, text: str) -> None:
        """A process that dies at its n-th rename leaves whole files, all of them known to be ours."""
        self.room_for(name).write_text(text, encoding="utf-8")
        pid = os.fork()
        if pid == 0:
            die_at_rename(call)
            try:
                built(self.root, today=self.day, allow_empty=True)
            finally:
                os._exit(0)
        os.waitpid(pid, 0)
        self.edited = {path: data for path, data in self.edited.items() if self.now().get(path) == data}

    def now(self) -> dict[str, bytes]:
        return tree(self.site) if self.site.is_dir() else {}

    def build_now(self) -> None:
        before = self.now()
        clean, problems = self.clean()
        if seal.holds(str(self.root / ".vault"), self.asked()) is not None:
            self.compare(clean or {})
        report = self.tried(before)
        assert (clean is None) == (report is None), "a clean build and the other fail alike"
        if clean is None or report is None:
            return
        self.compare(clean)
        again: Report = self.built()
        assert (again.written, again.deleted, again.parsed) == (0, 0, 0)
        for told in (report.problems, again.problems):
            assert tuple(p for p in told if p.code != "output-changed") == problems
        self.compare(clean)

    def tried(self, before: dict[str, bytes]) -> Report | None:
        """A build, again without what is in its way; None when it is refused for another reason."""
        try:
            return self.built(explain=True)
        except VaultError as refused:
            error = refused
        assert standing(self.now()) == standing(before), "a refused build touches nothing"
        if "not vault's own" in error.message or "in the way" in error.message:
            self.clear_away()
            return self.tried(self.now())
        return None

    def clean(self) -> tuple[dict[str, bytes] | None, tuple[Problem, ...]]:
        """The site that a build without memory makes in a new folder (None when it is refused), and
        what it tells."""
        beside = self.home / "beside"
        shutil.rmtree(beside, ignore_errors=True)
        options = Options(today=self.day, jobs=1)
        job = Job(
            disk.find_vault(str(self.root)), options, str(self.site), str(beside), time.time_ns(), silent
        )
        try:
            report = index.with_memory(None, partial(sentence, job))
        except VaultError:
            return None, ()
        return tree(beside), report.problems

    def clear_away(self) -> None:
        """Do as the message says: move away what is not vault's."""
        for path in (*self.foreign, *self.edited):
            prune(str(self.site), path)
        self.foreign.clear()
        self.edited.clear()

    def compare(self, clean: dict[str, bytes]) -> None:
        now = self.now()
        for path, data in self.edited.items():
            if path not in clean:
                assert now.get(path) == data, f"{path} was changed by someone, and is gone"
                self.foreign[path] = data
        self.edited.clear()
        for path, data in self.foreign.items():
            assert now.pop(path, None) == data, f"{path} is not ours, and was touched"
        assert sorted(now) == sorted(clean)
        wrong = [path for path in clean if now[path] != clean[path]]
        assert not wrong, wrong
        folders = {path.relative_to(self.site) for path in self.site.rglob("*") if path.is_dir()}
        assert folders == {folder for path in (*clean, *self.foreign) for folder in Path(path).parents} - {
            Path()
        }


def standing(files: dict[str, bytes]) -> dict[str, bytes]:
    """The site without what a killed build left on the stage."""
    return {path: data for path, data in files.items() if not path.startswith(f"{STAGE}/")}


def die_at_rename(call: int) -> None:
    real, calls = os.replace, iter(range(1, call))

    def replace(*args: Any) -> None:
        if next(calls, None) is None:
            os._exit(9)
        real(*args)

    os.replace = replace  # type: ignore[assignment]


def compiled_once(engine: Callable[[Templates], render.Engine]) -> Callable[..., render.Engine]:
    """Engines kept by their templates: compiling them is four fifths of a small build."""
    engines: dict[bytes, render.Engine] = {}

    def kept(templates: Templates, _codes: object = None) -> render.Engine:
        return engines.setdefault(encode(templates), engine(templates))

    return kept


def run(monkeypatch: pytest.MonkeyPatch, tick_ns: int, part: int = 1) -> None:
    """The machine, on a file system with this clock; a part of the sequences."""
    monkeypatch.setattr(source, "TICK_NS", tick_ns)
    monkeypatch.setattr(render, "engine", compiled_once(render.engine))
    seed = os.environ.get("VAULT_REBUILD_SEED")
    machine = hypothesis.seed(int(seed))(Rebuild) if seed else Rebuild
    monkeypatch.setattr(again, "FEW", 1)  # compare what moved alone, in however few notes
    wanted = settings(
        max_examples=int(os.environ.get("VAULT_REBUILD", "60")) // part,
        stateful_step_count=int(os.environ.get("VAULT_REBUILD_STEPS", "20")),
        derandomize=seed is None,
        phases=(Phase.generate, Phase.shrink) if seed else (Phase.generate,),
        deadline=None,
        database=None,
        print_blob=False,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=wanted)


def test_incremental_equals_clean(monkeypatch: pytest.MonkeyPatch) -> None:
    run(monkeypatch, tick_ns=10_000_000)


def test_incremental_equals_clean_on_a_coarse_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Changes within one tick of the file system leave equal stats; bytes decide then."""
    real = stats.found

    def coarse(path: str, file: str, s: os.stat_result) -> Found:
        found = real(path, file, s)
        tick = 50_000_000
        return changed(found, mtime_ns=found.mtime_ns // tick * tick, ctime_ns=found.ctime_ns // tick * tick)

    monkeypatch.setattr(stats, "found", coarse)
    run(monkeypatch, tick_ns=60_000_000, part=4)


def test_the_names_collide_as_they_should() -> None:
    folded = {unicodedata.normalize("NFC", name).casefold() for name in NAMES}
    assert len(folded) < len(NAMES) == 12
    assert NAME not in PLACES
