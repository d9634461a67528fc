"""A mistake while serving keeps the last good site, says where it is, and goes when it is mended."""

from __future__ import annotations

import json
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.serving import TAG, Served, served
from tests.vaults import make, write
from vault.build import Look, Options, look_live
from vault.disk import find_vault
from vault.problems import problem
from vault.records import VaultError
from vault.serve.failure import failure_page, seen_of
from vault.serve.trouble import WIDE, Teller, Trouble, around

FILE, PAGE = "notes/attention.md", "/2025/01/attention/"
EVIL = "</script><img src=x onerror=alert(1)>\"'&"


def body(one: Served, address: str) -> bytes:
    return TAG.sub(b"", one.request(address).body)


# Templates


@pytest.mark.parametrize(
    ("name", "text", "line", "word"),
    [
        ("base.html", "<p>\n{% if %}", 2, "Expected an expression"),
        ("partials/footer.html", "<p>x</p>\n\n{{ page.tittle }}\n", 3, "no field 'tittle'"),
        ("pages/note.html", '{% extends "nowhere.html" %}', 1, "no template 'nowhere.html'"),
        ("pages/tag.html", "a\n{{ page.url.nope() }}", 2, "nope"),
        ("hooks/head_end.html", "{{ 1/0 }}", 1, "division by zero"),
    ],
)
def test_a_broken_template_keeps_the_site_and_heals(
    tmp_path: Path, name: str, text: str, line: int, word: str
) -> None:
    root = make(tmp_path)
    with served(root) as one:
        reader = one.listen(PAGE)
        before, seen = body(one, PAGE), reader.last["seen"]
        write(root, f"templates/{name}", text)
        state = reader.until(lambda state: state["failures"])
        (trouble,) = state["failures"]
        assert (trouble["place"], trouble["line"]) == (f"templates/{name}:{line}", line)
        assert word in trouble["message"] and trouble["hint"]
        assert [line, text.split("\n")[line - 1]] in trouble["frame"]
        assert trouble["editor"] == f"vscode://file/{root}/templates/{name}:{line}:1"
        assert state["seen"] == seen and body(one, PAGE) == before
        assert body(one, "/tags/rank/"), "a page that was not asked for before is there too"
        assert one.lines[-1].startswith(f"not built: templates/{name}:{line}: ")
        (root / f"templates/{name}").unlink()
        state = reader.until(lambda state: not state["failures"])
        assert state["seen"] == seen and body(one, PAGE) == before


def test_while_a_template_is_broken_notes_can_be_saved_and_nothing_is_lost(tmp_path: Path) -> None:
    root = make(tmp_path)
    with served(root) as one:
        reader = one.listen(PAGE)
        write(root, "templates/base.html", "{% block %}")
        reader.until(lambda state: state["failures"])
        write(root, FILE, "---\ntitle: Attention\ndate: 2025-01-02\n---\nWritten MEANWHILE.\n")
        write(root, "notes/other.md", "---\ndate: 2025-01-03\n---\nALSO this.\n")
        one.quiet()
        assert one.request("/2025/01/lora/").status == 200, "bodies of the old site are all there"
        assert b"MEANWHILE" not in body(one, PAGE)
        (root / "templates/base.html").unlink()
        one.until_served(PAGE, "MEANWHILE")
        one.until_served("/2025/01/other/", "ALSO")


def test_several_mistakes_are_all_told(tmp_path: Path) -> None:
    root = make(tmp_path)
    with served(root) as one:
        reader = one.listen(PAGE)
        write(root, "templates/partials/footer.html", "{{ page.a }}")
        reader.until(lambda state: len(state["failures"]) == 1 or len(state["failures"]) > 5)
        write(root, "templates/pages/tag.html", "{{ page.b }}")
        state = reader.until(lambda state: len({one["place"] for one in state["failures"]}) >= 2)
        places = {trouble["place"] for trouble in state["failures"]}
        assert {"templates/partials/footer.html:1", "templates/pages/tag.html:1"} <= places


def test_a_page_that_alone_cannot_be_made_is_as_it_was(tmp_path: Path) -> None:
    """A mistake that no probed page shows is met when its page is asked for."""
    root = make(tmp_path)
    with served(root) as one:
        before = body(one, PAGE)
        text = '{% extends "theme/pages/note.html" %}{% block main %}{{ page.nope if "ttention" in page.title }}{% endblock %}'
        write(root, "templates/pages/note.html", text)
        one.until(lambda: b"A product of two" not in body(one, "/2025/01/lora/"))
        assert body(one, PAGE) == before
        state = one.listen(PAGE).last
        assert state["failures"][0]["place"] == "templates/pages/note.html:1"
        assert one.listen("/about/").last["failures"] == []
        write(root, "templates/pages/note.html", text.replace("page.nope", '"mended"'))
        one.until_served(PAGE, "mended")
        assert one.listen(PAGE).last["failures"] == []


# Settings, library, headers


def test_broken_settings_keep_the_site_and_heal(tmp_path: Path) -> None:
    root = make(tmp_path)
    good = (root / "vault.toml").read_text(encoding="utf-8")
    with served(root) as one:
        reader = one.listen(PAGE)
        before = body(one, "/")
        write(root, "vault.toml", good + "\n[queue\npublish = false\n")
        (trouble,) = reader.until(lambda state: state["failures"])["failures"]
        assert trouble["place"].startswith("vault.toml:5") and trouble["frame"] and trouble["hint"]
        assert body(one, "/") == before
        write(root, "vault.toml", 'title = 5\n[site]\nurl = "https://example.org/n/"\n')
        (trouble,) = reader.until(
            lambda state: state["failures"] and "title" in state["failures"][0]["message"]
        )["failures"]
        assert (trouble["place"], trouble["line"], trouble["caret"]) == ("vault.toml:1:1", 1, 1)
        write(root, "vault.toml", good.replace("Small", "Smaller"))
        reader.until(lambda state: not state["failures"])
        assert b"Smaller" in body(one, "/")


def test_a_vault_that_cannot_be_looked_at_is_told_and_heals(tmp_path: Path) -> None:
    root = make(tmp_path)
    good = (root / "vault.toml").read_bytes()
    with served(root) as one:
        reader = one.listen(PAGE)
        write(root, "vault.toml", b'title = "\xff\xfe"\n')
        (trouble,) = reader.until(lambda state: state["failures"])["failures"]
        assert "not UTF-8" in trouble["message"]
        assert one.request(PAGE).status == 200
        write(root, "vault.toml", good)
        reader.until(lambda state: not state["failures"])


def test_two_notes_with_one_address_keep_the_site(tmp_path: Path) -> None:
    root = make(tmp_path)
    with served(root) as one:
        reader = one.listen(PAGE)
        for name in ("a", "b"):
            write(root, f"notes/{name}.md", f"---\ndate: 2025-01-05\nslug: same\n---\nNote {name}.\n")
        (trouble,) = reader.until(lambda state: state["failures"])["failures"]
        assert "a.md and b.md both ask for" in trouble["message"]
        assert trouble["editor"].endswith("/notes/a.md:1:1")
        write(root, "notes/b.md", "---\ndate: 2025-01-05\nslug: other\n---\nNote b.\n")
        reader.until(lambda state: not state["failures"])
        assert one.request("/2025/01/same/").status == one.request("/2025/01/other/").status == 200


@pytest.mark.parametrize(
    ("path", "good", "bad", "told"),
    [
        (
            FILE,
            "---\ntitle: A\ndate: 2025-01-02\n---\nx\n",
            "---\ntitle: [A\ndate: 2025-01-02\n---\nx\n",
            ("YAML", 2),
        ),
        (
            FILE,
            "---\ntitle: A\ndate: 2025-01-02\n---\nx\n",
            "---\ntitle: A\ndate: 2025-02-30\n---\nx\n",
            ("30", 3),
        ),
        ("library.bib", "@misc{a, title={B}}\n", "@misc{a, title={B}}\n\n@article{b, title={C\n", ("", 3)),
    ],
)
def test_a_mistake_that_a_save_brings_stands_out_until_it_is_mended(
    tmp_path: Path, path: str, good: str, bad: str, told: tuple[str, int]
) -> None:
    root = make(tmp_path)
    write(root, path, good)
    with served(root) as one:
        reader = one.listen("/about/")
        total = reader.last["count"]
        assert reader.last["fresh"] == []
        write(root, path, bad)
        state = reader.until(lambda state: state["fresh"])
        found = state["fresh"][0]
        assert told[0] in found["message"] and found["line"] == told[1] and found["frame"], found
        assert state["failures"] == [] and state["count"] > total
        write(root, "notes/unrelated.md", "---\ndate: 2025-01-09\n---\nUnrelated.\n")
        one.until_served("/2025/01/unrelated/", "Unrelated")
        reader.until(lambda state: state["count"] > total and state["fresh"])
        write(root, path, good)
        state = reader.until(lambda state: not state["fresh"])
        assert state["count"] == total


def test_warnings_are_counted_and_listed_without_standing_out(tmp_path: Path) -> None:
    root = make(tmp_path)
    with served(root) as one:
        reader = one.listen(PAGE)
        write(
            root,
            "notes/many.md",
            "---\ndate: 2025-01-09\n---\n" + "".join(f"[[No {n}]]\n" for n in range(150)),
        )
        state = reader.until(lambda state: state["count"] > 150)
        assert state["fresh"] == state["failures"] == [] and len(state["problems"]) == 100
        links = [one for one in state["problems"] if one["place"].startswith("many.md")]
        assert links[0]["place"] == "many.md:4:3" or links[0]["line"] == 4
        assert links[0]["editor"].startswith(f"vscode://file/{root}/notes/many.md:4:")


# The first build


def test_a_first_build_that_fails_is_a_page_that_heals(tmp_path: Path) -> None:
    root = make(tmp_path)
    write(root, "templates/base.html", f"<p>\n{{% if {EVIL} %}}")
    with served(root) as one:
        for address in ("/", PAGE, "/feed.xml", "/anything/at/all", "/assets/vault.css"):
            reply = one.request(address)
            assert reply.status == 500 and reply.headers["content-type"].startswith("text/html")
        assert "templates/base.html:2" in reply.text and "{% if &lt;/script&gt;" in reply.text
        assert "<img" not in reply.text and "onerror=alert(1)>" not in reply.text
        assert "default-src 'none'" in reply.headers["content-security-policy"]
        reader = one.listen("/")
        assert f'data-seen="{reader.last["seen"]}"' in reply.text
        (root / "templates/base.html").unlink()
        reader.until(
            lambda state: not state["failures"] and f'data-seen="{state["seen"]}"' in one.request("/").text
        )
        assert one.request("/").status == one.request(PAGE).status == 200


def test_a_vault_that_cannot_be_looked_at_at_first_is_watched_until_it_can(tmp_path: Path) -> None:
    root = make(tmp_path)
    good = (root / "vault.toml").read_bytes()
    write(root, "vault.toml", b"\xff")
    with served(root) as one:
        assert one.request("/").status == 500 and "not UTF-8" in one.request("/").text
        write(root, "vault.toml", good)
        one.until(lambda: one.request("/").status == 200)


def test_a_mistake_of_our_own_is_told_and_the_site_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from vault.serve import site

    root = make(tmp_path)
    with served(root) as one:
        reader = one.listen(PAGE)

        def fails(*_args: Any) -> None:
            raise ZeroDivisionError("by us")

        real = site.live
        monkeypatch.setattr(site, "live", fails)
        write(root, FILE, "---\ntitle: Attention\ndate: 2025-01-02\n---\nOne.\n")
        (trouble,) = reader.until(lambda state: state["failures"])["failures"]
        assert "ZeroDivisionError" in trouble["message"] and "report" in trouble["hint"]
        assert "Traceback" in capfd.readouterr().err
        monkeypatch.setattr(site, "live", real)
        write(root, FILE, "---\ntitle: Attention\ndate: 2025-01-02\n---\nTwo.\n")
        reader.until(lambda state: not state["failures"])
        one.until_served(PAGE, "Two.")


def test_an_index_that_is_damaged_is_replaced(tmp_path: Path) -> None:
    root = make(tmp_path)
    with served(root) as one:
        (folder,) = (root / ".vault").glob("serve-*")
        data = bytearray((folder / "index.db").read_bytes())
        data[4_096:] = b"\xa5" * (len(data) - 4_096)
        (folder / "index.db").write_bytes(data)
        write(root, FILE, "---\ntitle: Attention\ndate: 2025-01-02\n---\nAfter the damage.\n")
        one.until_served(PAGE, "After the damage.")
        for address in ("/", "/2025/01/lora/", "/tags/rank/"):
            assert one.request(address).status == 200


# What is told, without a server


@pytest.fixture
def teller(tmp_path: Path) -> Teller:
    vault = find_vault(str(make(tmp_path)))
    return Teller(vault, "", look(tmp_path))


def look(root: Path) -> Look:
    return look_live(find_vault(str(root)), Options(), 0)


def test_a_frame_is_five_lines_with_the_column(teller: Teller, tmp_path: Path) -> None:
    write(tmp_path, FILE, "".join(f"\tline {n}\n" for n in range(1, 10)))
    found = teller.problem(
        problem("link-broken", "attention.md", "no such note", hint="mend it", line=4, column=7)
    )
    assert found.frame == tuple((n, f"    line {n}") for n in range(2, 7))
    assert (found.line, found.caret, found.place) == (4, 10, "attention.md:4:7")
    assert (found.level, found.message, found.hint) == ("warning", "no such note", "mend it")
    assert found.editor == f"vscode://file/{tmp_path}/notes/attention.md:4:7"


@pytest.mark.parametrize(
    ("line", "column", "numbers", "caret"),
    [
        (1, 1, [1, 2, 3], 1),
        (3, 0, [1, 2, 3], 3),
        (2, 9_999, [1, 2, 3], 4),
        (0, 5, [], 0),
        (4, 1, [2, 3, 4], 1),
        (5, 1, [], 0),
        (-1, 1, [], 0),
    ],
)
def test_a_frame_stays_inside_the_file(line: int, column: int, numbers: list[int], caret: int) -> None:
    frame, at = around(["abc", "def", "  x"], line, column)
    assert ([n for n, _ in frame], at) == (numbers, caret)


def test_a_line_of_a_megabyte_is_cut() -> None:
    frame, caret = around(["x" * 1_000_000], 1, 900_000)
    assert (len(frame[0][1]), caret) == (WIDE, 0)


def test_places_are_found_in_sentences(teller: Teller, tmp_path: Path) -> None:
    write(tmp_path, "templates/base.html", "one\ntwo\nthree\n")
    told = Teller(teller.vault, "", look(tmp_path)).error(
        VaultError("templates/base.html:2: bad: worse", hint="h")
    )
    assert (told.place, told.message, told.hint, told.line) == ("templates/base.html:2", "bad: worse", "h", 2)
    assert told.frame == ((1, "one"), (2, "two"), (3, "three"))
    told = teller.error(VaultError("vault.toml: [theme] x = 'y' cannot stand in a stylesheet"))
    assert (told.place, told.line, told.frame) == ("vault.toml", 0, ())
    assert told.editor.endswith("/vault.toml:1:1")
    for strange in ("/etc/passwd:1: x", "../../etc/passwd:1: x", "no place at all", ":1: x", ""):
        found = teller.error(VaultError(strange))
        assert (found.message, found.place, found.frame, found.editor) == (strange, "", (), "")
    theme = teller.error(VaultError("theme/base.html:1: x"))
    assert theme.frame and theme.editor


def test_only_files_of_the_vault_are_quoted(teller: Teller, tmp_path: Path) -> None:
    (tmp_path / FILE).unlink()
    (tmp_path / FILE).symlink_to("/etc/passwd")
    found = teller.problem(problem("link-broken", "attention.md", "x", line=1))
    assert found.frame == ()
    assert teller.problem(problem("link-broken", "../secret.txt", "x", line=1)).editor == ""


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("vscode://file/{path}:{line}:{col}", "vscode://file//v/a%20%22b.md:3:4"),
        ("idea://open?file={path}&line={line}", "idea://open?file=/v/a%20%22b.md&line=3"),
        ("x://{path}{path}{other}", "x:///v/a%20%22b.md/v/a%20%22b.md{other}"),
    ],
)
def test_the_editor_s_address_is_filled_in(teller: Teller, pattern: str, expected: str) -> None:
    assert Teller(teller.vault, pattern).link('/v/a "b.md', 3, 4) == expected


def test_the_failure_page_escapes_everything() -> None:
    trouble = Trouble("error", EVIL, EVIL, EVIL + ":1:1", 1, 3, ((1, EVIL), (2, EVIL)), "x://" + EVIL)
    page = failure_page((trouble,), "TOKEN", seen_of((trouble,))).decode()
    for part in ("<img", "</script><", 'onerror=alert(1)>"'):
        assert part not in page.replace("defer></script>\n", "")
    assert unescape(page).count(EVIL) == 6
    assert page.count("<script") == 1 and 'data-token="TOKEN"' in page
    assert b"<script" not in failure_page((trouble,))


def test_what_the_browser_is_told_is_plain_json(tmp_path: Path) -> None:
    root = make(tmp_path)
    write(root, "notes/e.md", f"---\ntitle: e\ndate: 2025-01-02\n---\n[[{EVIL}\u2028\U0001f600]]\n")
    with served(root) as one:
        reader = one.listen(PAGE)
        raw = json.dumps(reader.last)
        assert raw.isascii() and "\n" not in raw
        assert any("img src=x" in found["message"] for found in reader.last["problems"])
