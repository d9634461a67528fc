"""The documents tell the truth: commands run, examples build without a problem, lists are complete."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from vault.cli import COMMANDS, app
from vault.problems import CODES
from vault.settings import SETTINGS

ROOT = Path(__file__).parents[1]
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def fences(name: str, language: str) -> list[str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return [body for lang, body in FENCE.findall(text) if lang == language]


def run(*args: str) -> str:
    result = CliRunner().invoke(app, list(args), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_the_readme_s_commands_run_in_an_empty_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    commands = [line[2:] for block in fences("README.md", "console") for line in block.splitlines()]
    assert len(commands) == 3
    for command in commands:
        program, *args = shlex.split(command)
        assert program == "vault"
        output = run(*args)
    assert "Attention Is All You Need" in output
    assert (tmp_path / "my-papers/site/index.html").is_file()


@pytest.mark.parametrize("name", ["README.md", "docs/notes.md"])
def test_example_notes_build_without_a_mistake_of_their_own(name: str, tmp_path: Path) -> None:
    for number, example in enumerate(fences(name, "markdown")):
        (tmp_path / "notes").mkdir(exist_ok=True)
        (tmp_path / f"notes/example-{number}.md").write_text(example, encoding="utf-8")
    output = run("check", "--vault", str(tmp_path))
    codes = set(re.findall(r"\d+ ([a-z]+-[a-z-]+)", output.splitlines()[-1]))
    assert codes <= {"yaml-recovered", "link-broken", "date-missing", "url-collision"}, output


def test_the_log_of_the_documentation_is_read_as_it_says(tmp_path: Path) -> None:
    (example,) = [text for text in fences("docs/notes.md", "markdown") if "29th January" in text]
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/log.md").write_text(example, encoding="utf-8")
    lines = run("list", "kind:entry", "--vault", str(tmp_path), "--format", "{date} {paper}").splitlines()
    assert lines == ["2025-01-31 2005.11401", "2025-01-29 2106.09685"]


def test_every_code_is_documented_as_it_is() -> None:
    rows = re.findall(
        r"^\| `([a-z-]+)` \| (\w+) \| (.+) \|$", (ROOT / "docs/problems.md").read_text(encoding="utf-8"), re.M
    )
    assert rows == [(code, severity, text) for code, (severity, text) in sorted(CODES.items())]


def test_every_command_and_option_is_documented() -> None:
    text = (ROOT / "docs/cli.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        assert f"`vault {name}" in text, name
    told = (run(name, "--help") for name in ("build", "add", "fetch"))
    options = [option for output in told for option in re.findall(r"(--[a-z-]+)", output)]
    assert {option for option in options if f"`{option}" not in text} <= {"--help", "--vault", "--json"}


def test_every_setting_is_documented() -> None:
    text = (ROOT / "docs/site.md").read_text(encoding="utf-8")
    assert {key for key in SETTINGS if f"`{key}`" not in text} <= {"license"}


def test_the_reference_of_templates_is_that_of_the_templates() -> None:
    text = (ROOT / "docs/templates.md").read_text(encoding="utf-8")
    assert run("theme", "reference", "--vault", str(ROOT)) == text, "run make reference"


def test_every_target_of_make_is_described() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    described = re.findall(r"^([a-z]+):.*##", makefile, re.MULTILINE)
    assert {"site", "test", "check", "serve", "golden", "bench", "clean"} <= set(described)


def test_the_changelog_names_this_version_or_what_is_unreleased() -> None:
    assert "## Unreleased" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_steps_of_a_build_that_are_timed_are_there() -> None:
    """``bench/steps.py`` wraps functions by their names."""
    from bench import steps

    assert [step for owner, name, step in steps.STEPS if not callable(getattr(owner, name, None))] == []
