"""Addresses: stable, unique on every disk, settled before any page is made."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.build_catalog import Site, catalog, note
from vault import naming
from vault.compose.addresses import note_slug, settle
from vault.compose.orders import arrange
from vault.compose.redirects import address
from vault.records import Attachment, Note, VaultError


def addresses(*notes: Note, files: tuple[str, ...] = ()) -> tuple[dict[str, str], list[str]]:
    cat = catalog(*notes)
    found, problems = settle(cat, arrange(cat), [Attachment(path, path, 1, "d") for path in files])
    return found.notes, [problem.message for problem in problems]


@pytest.mark.parametrize(
    ("mine", "url"),
    [
        (note("2025/2025-01-14-lora", date="2025-01-14"), "/2025/01/lora/"),
        (note("x/2025-lora", date="2025"), "/2025/2025-lora/"),
        (note("lora"), "/notes/lora/"),
        (note("a", date="2025-01-14", slug="My Own"), "/2025/01/my-own/"),
        (note("2025-01-29", "Ranks: a study", date="2025-01-29"), "/2025/01/ranks/"),
        (note("2025-01-29", "2025-01-29", date="2025-01-29"), "/2025/01/2025-01-29/"),
        (note("l#2025-01-29-x", "LoRA: Low-Rank", "2025-01-29", kind="entry"), "/2025/01/lora/"),
        (note("l#x", "A longer title, no nickname", kind="item"), "/notes/a-longer-title-no-nickname/"),
        (note("方法", date="2025-01-14"), "/2025/01/方法/"),
        (note("x", date="2025-01-14", slug="!!!"), "/2025/01/x/"),
    ],
)
def test_a_note_is_called_by_slug_then_file_then_title(mine: Note, url: str) -> None:
    assert addresses(mine) == ({mine.id: url}, [])


def test_a_note_without_any_letter_still_has_an_address() -> None:
    nameless = note("🙂", "🙂", "2025-01-14", nickname="")
    assert note_slug(nameless).startswith("note-")
    assert addresses(nameless)[0] == {"🙂": f"/2025/01/{note_slug(nameless)}/"}


def test_derived_names_that_clash_get_their_folder_then_a_number() -> None:
    notes = [note(id_, date="2025-01-14") for id_ in ("a/lora", "b/lora", "b/x/lora", "c/x/lora", "d/x/lora")]
    urls, told = addresses(*notes)
    assert list(urls.values()) == [
        "/2025/01/lora/",
        "/2025/01/lora-b/",
        "/2025/01/lora-x/",
        "/2025/01/lora-2/",
        "/2025/01/lora-3/",
    ]
    assert len(told) == 4
    assert told[0] == "the address /2025/01/lora/ belongs to a/lora.md; this note has /2025/01/lora-b/"


def test_entries_of_one_log_are_told_apart_by_a_number_alone() -> None:
    notes = [note(f"logs/l#{at}", "Update", "2025-01-14", kind="entry", line=at) for at in (1, 5, 9)]
    urls, told = addresses(*notes)
    assert list(urls.values()) == ["/2025/01/update/", "/2025/01/update-2/", "/2025/01/update-3/"]
    assert "belongs to logs/l.md:1;" in told[0]


def test_entries_with_one_nickname_have_their_whole_titles_and_nothing_is_told() -> None:
    titles = ("Probes: part one", "Probes: part two")
    notes = [
        note(f"logs/l#{at}", title, "2025-01-14", kind="entry", line=at, nickname="Probes")
        for at, title in enumerate(titles, 1)
    ]
    urls, told = addresses(*notes)
    assert list(urls.values()) == ["/2025/01/probes/", "/2025/01/probes-part-two/"]
    assert not told


def test_a_slug_of_ones_own_goes_before_a_derived_name() -> None:
    first, second = note("a/lora", date="2025-01-14"), note("z", date="2025-01-14", slug="lora")
    urls, told = addresses(first, second)
    assert urls == {"a/lora": "/2025/01/lora-a/", "z": "/2025/01/lora/"}
    assert len(told) == 1 and "belongs to z.md" in told[0]


@pytest.mark.parametrize("other", ["lora", "LoRA", "lora "])
def test_two_equal_slugs_stop_the_build_and_name_both_notes(other: str) -> None:
    first, second = note("a", date="2025-01-14", slug="lora"), note("b", date="2025-01-30", slug=other)
    with pytest.raises(VaultError) as stop:
        addresses(first, second)
    assert "a.md" in stop.value.message and "b.md" in stop.value.message and stop.value.exit_code == 2


def test_the_same_slug_in_another_month_is_no_clash() -> None:
    first, second = note("a", date="2025-01-14", slug="lora"), note("b", date="2025-02-30", slug="lora")
    assert addresses(first, second)[1] == []


def test_tags_that_spell_alike_get_pages_of_their_own() -> None:
    found = Site(catalog(note("a", tags=("c#", "c sharp"))))
    pages = [path for path in found.outputs if path.startswith("tags/c")]
    assert pages == ["tags/c-sharp/index.html", "tags/c-sharp-2/index.html"]
    assert found.codes == ["url-collision"]


def test_a_tag_never_takes_a_page_of_its_parent() -> None:
    notes = [note(f"n{at:03}", tags=("x",)) for at in range(101)]
    found = Site(catalog(*notes, note("odd", tags=("x/page/2",))))
    assert "tags/x/page/2/index.html" in found.outputs
    assert len(found.outputs) == len({naming.collision_key(path) for path in found.outputs})
    assert found.view("tags/x/page/2/").total == 102


def test_files_keep_their_names_below_their_own_folder() -> None:
    cat = catalog()
    paths = ("2025/plot.PNG", "2025/Plot.png", "a?b/con:1.pdf", "dot./.x.png", "100%.png")
    found, _ = settle(cat, arrange(cat), [Attachment(path, path, 1, "d") for path in paths])
    assert [naming.output_path(found.files[path]) for path in paths] == [
        "files/2025/plot.PNG",
        "files/2025/Plot-2.png",
        "files/a-b/con-1.pdf",
        "files/dot/x.png",
        "files/100%.png",
    ]


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("/old/x/", "old/x/index.html"),
        ("old/x", "old/x/index.html"),
        ("/old/x.html", "old/x.html"),
        ("https://host/2019/a%20b/", "2019/a b/index.html"),
        ("/2019/方法/", "2019/方法/index.html"),
        ("", ""),
        ("/", ""),
        ("../x", ""),
        ("a/../x", ""),
        ("a/%2e%2e/x", ""),
        ("a\\b", ""),
        ("a/.git/x", ""),
        ("x\0y", ""),
        ("con:1", ""),
        ("/assets/vault.css", ""),
        ("/Files/x", ""),
        ("a/b./c", ""),
        ("x" * 300, ""),
    ],
)
def test_an_old_address_becomes_a_path_that_every_disk_takes(written: str, path: str) -> None:
    assert address(written) == path


names = st.text("aAbB/ .#é", min_size=1, max_size=6).map(lambda text: text.strip("/") or "x")
some_notes = st.lists(
    st.tuples(
        names, st.sampled_from(["", "2025-01-14", "2025", "2024-12-30"]), st.sampled_from(["note", "entry"])
    ),
    max_size=8,
    unique_by=lambda item: item[0],
)


@settings(max_examples=60)
@given(some_notes)
def test_no_two_files_are_one_on_any_disk(found: list[tuple[str, str, str]]) -> None:
    notes = [note(id_, "Lora", date, kind=kind, tags=(id_,)) for id_, date, kind in found]
    site = Site(catalog(*notes))
    keys = [naming.collision_key(path) for path in site.outputs]
    assert len(keys) == len(set(keys))
    assert all(site.map.url_of(each.id) for each in notes)
    assert all(site.view(naming.output_path(site.map.url_of(each.id))) for each in notes)


@settings(max_examples=40)
@given(some_notes)
def test_a_note_added_behind_the_others_moves_none_of_them(found: list[tuple[str, str, str]]) -> None:
    notes = [note(id_, "Lora", date, kind=kind) for id_, date, kind in found]
    before, _ = addresses(*notes)
    after, _ = addresses(*notes, note("zz/lora", "Lora", "2025-01-14"))
    assert {id_: after[id_] for id_ in before} == before


def test_a_readme_has_the_address_of_its_folder() -> None:
    assert naming.stem("papers/dense-retrieval/README") == "dense-retrieval"
    assert naming.stem("papers/dense-retrieval/notes") == "notes"
    assert naming.stem("README") == "README"
    readme = note("papers/dense-retrieval/README")
    assert note_slug(readme) == "dense-retrieval"
