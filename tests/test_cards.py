"""Preview cards: which pages have one, what it says, and in which file it stands."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.build_catalog import Site, catalog, entry, note
from tests.vaults import built, make, tree, write
from vault.compose import cards
from vault.records import Settings

FILE = re.compile(r"data/cards/(.+)\.js")
SCRIPT = re.compile(r'\(window\.VC=window\.VC\|\|\{\}\)\["(.+?)"\]=(.*);\n', re.DOTALL)
CORE = Path(__file__).parents[1] / "templates/assets/vault.js"


def shards(site: Site) -> dict[str, Any]:
    """Name of each file -> its cards, or the number that says how they are cut."""
    found = {}
    for path in site.outputs:
        if name := FILE.fullmatch(path):
            script = SCRIPT.fullmatch(site.view(path).decode())
            assert script is not None and script[1] == name[1], path
            found[name[1]] = json.loads(script[2])
    return found


def looked_up(files: dict[str, Any], url: str) -> Any:
    """The card of an address, found as the page's script finds it."""
    name, _, key = url.strip("/").partition("/")
    while isinstance(found := files.get(name, {}), int):
        name += f"-{cards.summed(key) % found}" if found else f"-q{cards.quarter(key)}"
    return found.get(key)


def test_a_card_says_what_a_row_says() -> None:
    lora = note(
        "lora", "LoRA: Low-Rank", "2025-01-14", paper="2106.09685", status="read", rating=4.5,
        authors=("Edward J. Hu", "Yelong Shen"), year=2022, venue="ICLR", tldr="Thin </script> & “enough”.",
    )  # fmt: skip
    site = Site(catalog(lora, note("plain", "Plans"), note("later", "Y", "2024", status="to-read")))
    assert shards(site) == {
        "2025": {"01/lora": ["LoRA: Low-Rank", "Hu, Shen, ICLR 2022", "14 Jan 2025, rated 4.5 of 5", "Thin </script> & “enough”.", "read"]},
        "2024": {"later": ["Y", "", "2024", "", "to-read"]},
        "notes": {"plain": ["Plans", "", "", "", ""]},
    }  # fmt: skip


def test_a_paper_has_a_card_where_its_page_is_no_redirect() -> None:
    one = note("one", date="2025-01-01", paper="2106.09685")
    twice = [note(f"again-{n}", date=f"2025-01-0{n}", paper="1706.03762") for n in (2, 3)]
    shelf = entry("k", "On the shelf", "2001.08361", year=2020, abstract="So it says. " * 40)
    papers = shards(Site(catalog(one, *twice, library=(shelf,))))["papers"]
    assert set(papers) == {"1706.03762", "2001.08361"}
    assert papers["1706.03762"][2] == "2 notes"
    title, about, line, claim, state = papers["2001.08361"]
    assert (title, about, line, state) == ("On the shelf", "2020", "In the library", "")
    assert 100 < len(claim) <= cards.CLAIM and claim.endswith("…")


def test_what_is_unlisted_or_not_published_has_none() -> None:
    assert shards(Site(catalog(note("shy", date="2025-01-01", unlisted=True)))) == {}


def test_drafts_and_private_notes_leave_no_byte(tmp_path: Path) -> None:
    write(tmp_path, "notes/draft.md", "---\ntitle: CANARY\ndate: 2025-01-03\ndraft: true\n---\nCANARY\n")
    make(tmp_path)
    built(tmp_path)
    data = {path: text for path, text in tree(tmp_path / "site").items() if path.startswith("data/cards/")}
    assert {FILE.fullmatch(path)[1] for path in data} >= {"2025", "notes"}  # type: ignore[index]
    assert not [path for path, text in data.items() if b"CANARY" in text or b"Secret" in text]


def many(number: int, date: str) -> list[Any]:
    return [note(f"n{i}", date=date.format(1 + i % 12), tldr=f"Claim {i}.") for i in range(number)]


@pytest.mark.parametrize(
    ("notes", "names"),
    [
        (many(300, "2025-{:02}-01"), {"2025"}),
        (many(301, "2025-{:02}-01"), {"2025", "2025-q1", "2025-q2", "2025-q3", "2025-q4"}),
        (many(301, "2025"), {"2025", "2025-q0", "2025-q0-0", "2025-q0-1", "2025-q0-2", "2025-q0-3"}),
        (many(301, ""), {"notes", "notes-0", "notes-1", "notes-2", "notes-3"}),
    ],
)
def test_a_long_group_is_cut_and_every_card_is_found(notes: list[Any], names: set[str]) -> None:
    site = Site(catalog(*notes))
    found = shards(site)
    assert set(found) == names
    for each in notes:
        assert looked_up(found, site.map.url_of(each.id))[3] == each.tldr
    sizes = [len(part) for part in found.values() if isinstance(part, dict)]
    assert sum(sizes) == len(notes) and max(sizes) <= cards.MOST


def test_the_page_s_script_finds_a_part_as_this_room_names_it() -> None:
    if (node := shutil.which("node")) is None:
        pytest.skip("node is not installed")
    keys = ["lora", "01/lora", "12/größe", "notes-漢字", "𝒜/x", "2106.09685"]
    code = CORE.read_text(encoding="utf-8")
    body = code[code.index("const summed =") : code.index("const known =")]
    call = f"{body}; console.log(JSON.stringify({json.dumps(keys)}.map(summed)))"
    out = subprocess.run([node, "-e", call], capture_output=True, text=True, check=True).stdout
    assert json.loads(out) == [cards.summed(key) for key in keys]


def test_150_cards_fit_in_20_kilobytes() -> None:
    words = [f"word{i * 7919 % 5003:x}" for i in range(4000)]
    notes = [
        note(
            f"n{i}", " ".join(words[i * 9 : i * 9 + 9]), f"2025-{1 + i % 12:02}-{1 + i % 28:02}",
            paper=f"25{1 + i % 12:02}.{i:05}", status="read", rating=4, year=2025, venue="ICLR",
            authors=(words[i], words[i + 1], words[i + 2]), tldr=" ".join(words[i * 20 : i * 20 + 20]),
        )
        for i in range(150)
    ]  # fmt: skip
    data = Site(catalog(*notes)).view("data/cards/2025.js")
    assert len(gzip.compress(data, 9)) <= 20 * 1024


def test_a_changed_card_changes_no_page(tmp_path: Path) -> None:
    make(tmp_path)
    built(tmp_path)
    before = tree(tmp_path / "site")
    text = (tmp_path / "notes/attention.md").read_text(encoding="utf-8")
    write(tmp_path, "notes/attention.md", text.replace("tags: [rank]", "tags: [rank]\nrating: 2"))
    built(tmp_path)
    after = tree(tmp_path / "site")
    changed = {path for path in after if after[path] != before.get(path)}
    assert "data/cards/2025.js" in changed and after.keys() == before.keys()
    assert "2025/01/lora/index.html" not in changed


def test_cards_are_the_same_in_both_link_forms() -> None:
    notes = (note("a", date="2025-01-01"), note("b"))
    both = [shards(Site(catalog(*notes), settings=Settings(links=form))) for form in ("dir", "file")]
    assert both[0] == both[1]
