"""The wheel carries the theme, byte for byte; the command starts without what it does not need."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (path,) = folder.glob("*.whl")
    return path


def test_the_wheel_carries_every_template_as_it_is_here(wheel: Path) -> None:
    ours = {
        p.relative_to(ROOT).as_posix(): p.read_bytes() for p in (ROOT / "templates").rglob("*") if p.is_file()
    }
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if name.startswith("vault/templates/")]
        carried = {name.removeprefix("vault/"): archive.read(name) for name in names}
    assert carried == ours


def test_a_vault_is_built_from_the_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    code = "import sys; sys.path.insert(0, sys.argv.pop(1)); from vault.cli import main; main()"
    for args in (["init", "mine"], ["build", "--vault", "mine"]):
        subprocess.run(
            [sys.executable, "-P", "-c", code, str(tmp_path / "installed"), *args],
            cwd=tmp_path,
            check=True,
            capture_output=True,
        )
    assert (tmp_path / "mine/site/index.html").is_file()


def imported(*args: str) -> set[str]:
    """The modules that a command has loaded when it ends."""
    code = (
        "import sys, atexit\n"
        "atexit.register(lambda: print('\\n'.join(sys.modules), file=sys.stderr))\n"
        "from vault.cli import main\n"
        f"sys.argv = ['vault', *{args!r}]\n"
        "main()\n"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    return {name.split(".")[0] for name in result.stderr.split()}


HEAVY = {
    "jinja2",
    "markdown_it",
    "pygments",
    "pybtex",
    "rich",
    "nh3",
    "yaml",
    "watchdog",
    "rapidfuzz",
    "math_core",
    "httpx",
    "httpcore",
    "defusedxml",
}
NETWORK = {"httpx", "httpcore", "defusedxml", "ssl", "_ssl"}


def test_version_and_help_import_no_library_that_they_do_not_use() -> None:
    assert imported("--version") & (HEAVY | {"sqlite3", "msgspec"}) <= {"msgspec"}
    assert imported("--help") & HEAVY == set()


def test_a_build_with_nothing_to_do_imports_no_renderer(tmp_path: Path) -> None:
    root = tmp_path / "mine"
    (root / "notes").mkdir(parents=True)
    (root / "notes/a.md").write_text("# A\n\nBody.\n", encoding="utf-8")
    import os
    import time

    old = time.time_ns() - 10_000_000_000
    os.utime(root / "notes/a.md", ns=(old, old))
    imported("build", "--vault", str(root))
    time.sleep(2.2)  # what was written just now may still change within one tick of the clock
    imported("build", "--vault", str(root))
    assert imported("build", "--vault", str(root)) & HEAVY == set()


def test_a_build_opens_no_socket_and_imports_nothing_that_could(tmp_path: Path) -> None:
    """Sockets are denied by an audit hook, which no code can go round; a refused one would end the build."""
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/a.md").write_text(
        "---\narxiv: 2106.09685v1\n---\nSee https://arxiv.org/abs/1706.03762.\n"
    )
    (tmp_path / "papers.lock").write_text(
        'format = 1\n["arxiv:2106.09685"]\ntitle = "LoRA"\nversions = [\n  "v2 2021-10-16",\n]\n'
    )
    code = (
        "import sys\n"
        "def deny(event, args):\n"
        "    if event.startswith('socket.'): raise RuntimeError('a socket: ' + event)\n"
        "sys.addaudithook(deny)\n"
        "import vault.cli\n"
        "command = sys.argv[1]\n"
        "try: vault.cli.main()\n"
        "finally: print('loaded', *sys.modules, file=sys.stderr)\n"
    )
    for command in (
        ["build", "--jobs", "1"],
        ["check"],
        ["list"],
        ["add", "1706.03762", "--offline"],
        ["fetch", "--help"],
    ):
        args = [*command, *([] if "--help" in command else ["--vault", str(tmp_path)])]
        result = subprocess.run(
            [sys.executable, "-c", code, *args], capture_output=True, text=True, check=False
        )
        assert result.returncode == 0, result.stderr[-500:]
        loaded = {name.split(".")[0] for name in result.stderr.rpartition("loaded")[2].split()}
        assert loaded & NETWORK == set(), command
    assert "read v1, v2 is out" in (tmp_path / "site/notes/a/index.html").read_text(encoding="utf-8")
    asks = subprocess.run(
        [sys.executable, "-c", code, "fetch", "--vault", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "a socket: socket." in asks.stderr, "the hook does see one where there is one"
