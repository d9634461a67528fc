"""``vault theme``: copies of the theme's files, what changed since, and whether the colours can be read."""

from __future__ import annotations

import inspect
import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from tests import sample_letters, sample_views
from tests.vaults import built, make, tree, write
from vault.cli import app
from vault.records import Settings, Templates, VaultError, changed
from vault.render import blocks_of, contrasts, engine, reference, stale, unknown_tokens
from vault.render.contract import CONTRACT
from vault.render.contrast import PAIRS
from vault.render.upstream import compared

THEME = sample_views.theme()
PAGES = [*sample_views.pages().values(), *sample_letters.pages().values()]
SHIPPED = sample_views.ROOT


def theme(root: Path, *args: str) -> Result:
    return CliRunner().invoke(app, ["theme", *args, "--vault", str(root)])


def ran(root: Path, *args: str) -> str:
    result = theme(root, *args)
    assert result.exit_code == 0, (result.output, result.exception)
    return result.output


def refused(root: Path, *args: str) -> VaultError:
    result = theme(root, *args)
    assert isinstance(result.exception, VaultError), result.output
    return result.exception


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make(tmp_path / "v")


# Eject


def test_a_copy_is_the_shipped_file_byte_for_byte_and_changes_no_page(root: Path) -> None:
    built(root)
    before = tree(root / "site")
    assert ran(root, "eject", "partials/row.html", "note", "assets/vault.css").count("wrote templates/") == 3
    for name in ("partials/row.html", "pages/note.html", "assets/vault.css"):
        assert (root / "templates" / name).read_bytes() == (SHIPPED / name).read_bytes()
    report = built(root)
    assert [p for p in report.problems if p.path.startswith("templates/")] == []
    assert tree(root / "site") == before


def test_a_copy_never_replaces_a_file_and_then_writes_none(root: Path) -> None:
    write(root, "templates/partials/nav.html", "mine")
    error = refused(root, "eject", "row", "nav")
    assert "templates/partials/nav.html" in error.message
    assert (root / "templates/partials/nav.html").read_text() == "mine"
    assert not (root / "templates/partials/row.html").exists()


def test_a_dry_run_writes_nothing(root: Path) -> None:
    before = tree(root)
    assert "would write templates/partials/row.html" in ran(root, "eject", "row", "--dry-run")
    assert tree(root) == before


@pytest.mark.parametrize("name", ["../vault.toml", "/etc/passwd", "theme.toml", "partials", "", "rowz"])
def test_only_files_of_the_theme_can_be_copied(root: Path, name: str) -> None:
    before = tree(root)
    assert "the theme has no file" in refused(root, "eject", name).message
    assert tree(root) == before
    assert "partials/row.html" in refused(root, "eject", "rwo").hint


def test_a_templates_folder_that_leads_out_of_the_vault_is_not_written_through(
    root: Path, tmp_path: Path
) -> None:
    (tmp_path / "outside").mkdir()
    (root / "templates").symlink_to(tmp_path / "outside")
    assert "out of the vault" in refused(root, "eject", "row").message
    assert tree(tmp_path / "outside") == {}


def test_where_there_are_no_overrides_it_says_why(root: Path, tmp_path: Path) -> None:
    write(tmp_path / "bare", "one.md", "# One\n")
    assert "bare folder" in refused(tmp_path / "bare", "eject", "row").message
    write(root, "templates/theme.toml", 'name = "mine"\n')
    write(root, "templates/base.html", "x")
    assert "theme of its own" in refused(root, "eject", "row").message


def test_the_list_names_each_file_once_with_its_version_and_blocks(root: Path) -> None:
    ran(root, "eject", "row")
    rows = {row["name"]: row for row in json.loads(ran(root, "list", "--json"))}
    assert set(THEME.theme) <= set(rows)
    assert rows["partials/row.html"] == {
        "name": "partials/row.html",
        "version": 2,
        "own": True,
        "blocks": [],
    }
    assert {"main", "note_related"} <= set(rows["pages/note.html"]["blocks"])
    assert re.search(r"^partials/row\.html +v2 +own$", ran(root, "list"), re.MULTILINE)


# Diff


def shipped_before(root: Path, name: str, text: str) -> None:
    """As if the file had been copied from an older theme."""
    write(root, f"templates/.shipped/{name}", text)


def test_a_diff_says_what_the_theme_changed_since_the_copy(root: Path) -> None:
    ran(root, "eject", "row")
    assert "is what it was" in ran(root, "diff")
    now = (SHIPPED / "partials/row.html").read_text()
    first = now.splitlines()[0]
    shipped_before(root, "partials/row.html", now.replace('<p class="say"', '<p class="claim"'))
    write(root, "templates/partials/row.html", now.replace(first, first + "\n{# mine #}"))
    told = ran(root, "diff", "row")
    assert '-<p class="claim"' in told and '+<p class="say"' in told
    assert "{# mine #}" not in told
    assert "+{# mine #}" in ran(root, "diff", "row", "--mine")
    before = tree(root)
    assert "would compare" in ran(root, "diff", "row", "--accept", "--dry-run")
    assert tree(root) == before
    ran(root, "diff", "row", "--accept")
    assert "is what it was" in ran(root, "diff")


def test_lines_that_both_changed_are_named(root: Path) -> None:
    ran(root, "eject", "row")
    now = (SHIPPED / "partials/row.html").read_text()
    shipped_before(root, "partials/row.html", now.replace('<p class="say"', '<p class="claim"'))
    write(root, "templates/partials/row.html", now.replace('<p class="say"', '<p class="mine"'))
    line = now[: now.index('<p class="say"')].count("\n") + 1
    assert f"both changed line {line} of the file" in ran(root, "diff")
    (row,) = json.loads(ran(root, "diff", "--json"))
    assert (row["state"], row["clashes"]) == ("changed", [[line, line]])


def test_a_file_that_builds_on_the_theme_s_own_follows_it(root: Path) -> None:
    write(root, "templates/partials/row.html", '{% include "theme/partials/row.html" %}')
    write(root, "templates/partials/nav.html", "<p>typed by hand</p>")
    write(root, "templates/pages/poster.html", "a page of its own")
    told = ran(root, "diff")
    assert "row.html: builds on the theme's own file" in told
    assert "+<p>typed by hand</p>" in told
    assert "poster" not in told
    shipped_before(root, "partials/old.html", "x")
    write(root, "templates/partials/old.html", "x")
    assert "old.html: the theme has no such file any more" in ran(root, "diff")
    assert "eject" in refused(root, "diff", "weeks").hint


LINES = st.lists(st.sampled_from("abcd"), max_size=8).map("\n".join)


@given(LINES, LINES, LINES)
def test_three_versions_are_compared_without_contradiction(before: str, now: str, mine: str) -> None:
    found = compared("x.html", before, now, mine)
    assert (found.state == "same") == (before.splitlines() == now.splitlines()) == (not found.upstream)
    assert not found.clashes or (found.upstream and found.mine)
    if mine in (now, before):
        assert not found.clashes
    assert all(1 <= first <= last for first, last in found.clashes)


# Contracts


def own(**overrides: str) -> Templates:
    return changed(THEME, overrides={k.replace("__", "/") + ".html": v for k, v in overrides.items()})


def codes(templates: Templates) -> list[tuple[str, str]]:
    return [(found.code, found.path) for found in stale(templates)]


def test_a_block_that_is_not_there_is_told_with_its_line_and_the_likely_name() -> None:
    text = '{% extends "theme/pages/note.html" %}\n\n{% block note_relatde %}x{% endblock %}{% block main %}{% block inner %}{% endblock %}{% endblock %}'
    (found,) = stale(own(pages__note=text))
    assert (found.code, found.path, found.line) == ("template-block", "templates/pages/note.html", 3)
    assert "did you mean note_related" in found.hint


def test_a_block_of_the_vault_s_own_base_is_there() -> None:
    base = '{% extends "theme/base.html" %}{% block after_main %}{% block mine %}{% endblock %}{% endblock %}'
    page = '{% extends "base.html" %}{% block mine %}x{% endblock %}'
    assert stale(own(base=base, pages__poster=page)) == ()
    assert codes(own(pages__poster=page)) == [("template-block", "templates/pages/poster.html")]


def test_files_that_nothing_asks_for_are_told() -> None:
    assert codes(own(hooks__note_afer_body="x")) == [
        ("template-unused", "templates/hooks/note_afer_body.html")
    ]
    assert "hooks/note_after_body.html" in stale(own(hooks__note_afer_body="x"))[0].hint
    assert codes(own(partials__mine="x")) == [("template-unused", "templates/partials/mine.html")]
    assert codes(own(partials__mine="x", partials__nav='{% include "partials/mine.html" %}')) == []
    assert codes(own(partials__mine="x", partials__nav="{% include page.template %}")) == []
    assert codes(own(pages__poster="x", hooks__head_end="x", base="{% if %}")) == []


def test_a_theme_for_another_contract_is_told() -> None:
    assert codes(changed(THEME, options={"contract": str(CONTRACT)})) == []
    assert codes(changed(THEME, options={"contract": "9"})) == [("template-stale", "templates/theme.toml")]


@pytest.mark.parametrize("name", [name for name in THEME.theme if name.startswith("pages/")])
def test_every_block_of_a_page_can_be_filled_and_the_original_kept(name: str) -> None:
    blocks = sorted(blocks_of(THEME, f"theme/{name}"))
    filled = (f"{{% block {block} %}}⟦{block}⟧{{{{ super() }}}}⟦end⟧{{% endblock %}}" for block in blocks)
    by = engine(changed(THEME, overrides={name: f'{{% extends "theme/{name}" %}}' + "".join(filled)}))
    view = next(view for view in PAGES if view.template == name)
    page = by.page(view).decode()
    assert sorted(re.findall("⟦(.*?)⟧", page)) == sorted([*blocks, *("end" for _ in blocks)])
    plain = engine(THEME).page(view).decode()
    assert "".join(re.sub("⟦.*?⟧", "", page).split()) == "".join(plain.split())


def test_overrides_of_every_kind_work_together_on_a_real_vault(root: Path) -> None:
    files = {
        "base.html": '{% extends "theme/base.html" %}{% block after_main %}<p>[after]</p>{% endblock %}',
        "pages/note.html": '{% extends "theme/pages/note.html" %}{% block note_prevnext %}<p>[mine]</p>{{ super() }}{% endblock %}',
        "partials/row.html": '{% include "theme/partials/row.html" %}<li>[row]</li>',
        "assets/user.css": ":root { --c-link: #333 }",
        **{
            f"hooks/{Path(name).name}": f"<!-- [{Path(name).stem}] {{{{ page.url }}}} -->"
            for name in THEME.theme
            if name.startswith("hooks/")
        },
    }
    for name, text in files.items():
        write(root, f"templates/{name}", text)
    report = built(root)
    assert [p for p in report.problems if p.path.startswith("templates/")] == []
    note = (root / "site/2025/01/lora/index.html").read_text()
    home = (root / "site/index.html").read_text()
    assert "[after]" in note and "[after]" in home
    assert note.index("[mine]") < note.index('aria-label="Previous and next"')
    assert home.count("[row]") == home.count('class="title"')
    for name in files:
        if name.startswith("hooks/"):
            assert f"[{Path(name).stem}]" in note + home, name
    css = next((root / "site/assets").glob("user.*.css")).read_text()
    assert css.startswith("@layer user{")
    assert home.index("assets/vault.") < home.index("assets/user.")


def test_the_reference_names_everything_there_is() -> None:
    text = reference(changed(THEME, options={"tokens.c-link": "#06c"}))
    for name in THEME.theme:
        assert f"`{name}`" in text
    for view in sample_views.pages().values():
        assert all(f"`{block}`" in text for block in blocks_of(THEME, f"theme/{view.template}"))
        section = text.split(f"### `{view.template}`")[1].split("###")[0]
        named = f"`page` is `{type(view).__name__}`."
        assert re.match(rf" \(v\d+\)\n\n{re.escape(named)}", section), view.template
        assert all(f"| `{field}` |" in section for field in inspect.get_annotations(type(view)))
    anchors = {line[4:].lower() for line in text.splitlines() if line.startswith("### ")}
    assert set(re.findall(r"\(#(\w+)\)", text)) <= anchors


# Contrast


def low(css: bytes = b"", **tokens: str) -> list[tuple[str, str, int, str]]:
    found = Settings(tokens=tuple((name.replace("_", "-"), value) for name, value in tokens.items()))
    files = {"assets/user.css": css} if css else {}
    places = {f"theme.tokens.{name}": (n, 1) for n, (name, _) in enumerate(found.tokens, 1)}
    return [
        (p.code, p.path, p.line, p.message)
        for p in contrasts(changed(THEME, user_assets=files), found, places)
    ]


def test_the_shipped_theme_can_be_read() -> None:
    assert low() == []


def test_a_colour_that_cannot_be_read_is_told_in_its_scheme_only() -> None:
    found = low(c_link="light-dark(#9cf, #8cbaf7)")
    assert {(code, path, line) for code, path, line, _ in found} == {("contrast-low", "vault.toml", 1)}
    assert [text.split(" has")[0] for *_, text in found] == [
        f"c-link on c-{ground}" for ground in ("bg", "surface", "surface-2")
    ]
    assert all("light theme" in text for *_, text in found)


def test_the_last_word_counts_and_its_line_is_named() -> None:
    css = b"/* mine */\n:root[data-theme=dark] {\n  --c-bg: oklch(80% 0 0);\n}\n"
    found = low(css, c_bg="#fff")
    assert found and all(
        (path, line) == ("templates/assets/user.css", 3) and "dark theme" in text
        for _, path, line, text in found
    )


def test_edges_of_controls_need_3_and_half_transparent_ink_is_seen_with_its_ground() -> None:
    assert low(c_border_strong="#7f7f7f") == []
    assert [text for *_, text in low(c_border_strong="light-dark(#999, #7d838c)")] == [
        "c-border-strong on c-bg has a contrast of 2.77 in the light theme",
        "c-border-strong on c-surface has a contrast of 2.56 in the light theme",
        "c-border-strong on c-surface-2 has a contrast of 2.28 in the light theme",
    ]
    assert low(c_muted="light-dark(rgb(0 0 0 / 40%), #fff)")


def test_a_colour_that_cannot_be_computed_is_told_as_unchecked_once() -> None:
    found = low(c_text="color-mix(in oklab, black, blue)")
    assert [(code, path, line) for code, path, line, _ in found] == [("colour-unchecked", "vault.toml", 1)]


def test_every_pair_is_of_tokens_that_the_theme_has() -> None:
    css = THEME.assets["assets/vault.css"].decode()
    assert all(f"--{name}:" in css for pair in PAIRS for name in pair[:2])


def test_a_token_that_no_stylesheet_has_is_told() -> None:
    def told(*names: str, **files: bytes) -> list[str]:
        found = Settings(tokens=tuple((name, "red") for name in names))
        assets = {f"assets/{name}.css": data for name, data in files.items()}
        return [p.hint for p in unknown_tokens(changed(THEME, user_assets=assets), found)]

    assert told("c-link", "--w-text") == []
    assert told("c-lnik") == ["did you mean c-link?"]
    assert told("brand") and told("brand", user=b"h1 { color: var(--brand) }") == []


def test_the_check_ends_with_1_where_something_cannot_be_read(root: Path) -> None:
    assert ran(root, "check") == "The theme is in order.\n"
    with (root / "vault.toml").open("a") as file:
        file.write('[theme.tokens]\nc-muted = "#bbb"\n')
    result = theme(root, "check", "--json")
    problems: list[dict[str, Any]] = json.loads(result.stdout)["problems"]
    assert result.exit_code == 1
    assert {(p["code"], p["path"], p["line"]) for p in problems} == {("contrast-low", "vault.toml", 5)}
    write(root, "vault.toml", '[theme.tokens]\nc-muted = "color-mix(in srgb, #000, #000)"\n')
    assert theme(root, "check").exit_code == 0
