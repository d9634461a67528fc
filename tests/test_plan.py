"""Outputs against what stands: what goes, what must go first, and when nothing may be touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault import plan
from vault.records import Found, Manifest, Standing
from vault.records.views import Output


def outputs(*paths: str) -> list[Output]:
    return [Output(path, "/" + path, f"maker of {path}") for path in paths]


def standing(
    *owned: str, strangers: tuple[str, ...] = (), other: dict[str, str] | None = None, empty: bool = False
) -> Standing:
    every = (*owned, *strangers)
    files = {path: Found(path, path, 1, 1, 1, number) for number, path in enumerate(every)}
    manifest = Manifest(1, dict.fromkeys(owned, ("d",))) if owned else None
    return Standing(files, other or {}, manifest, empty)


def test_what_is_owned_and_no_longer_planned_goes_last() -> None:
    made = plan.between(outputs("b", "c/d"), standing("a", "b", "c/e"))
    assert made == plan.Plan((), ("a", "c/e"), ())


@pytest.mark.parametrize(
    ("owned", "planned"),
    [("a", "a/b"), ("a/b", "a"), ("A/x.html", "a/x.html"), ("e\u0301", "\u00e9"), ("a/b/c", "a/B")],
)
def test_what_stands_in_the_way_goes_first(owned: str, planned: str) -> None:
    assert plan.between(outputs(planned), standing(owned)).first == (owned,)


def test_a_folder_of_someone_else_is_refused_and_an_empty_one_is_not() -> None:
    refused = plan.between(outputs("a"), standing(strangers=("photo",)))
    assert len(refused.refusals) == 1 and "not empty" in refused.refusals[0]
    assert plan.between(outputs("a"), standing(empty=True)).refusals == ()


def test_a_file_of_someone_else_in_a_planned_place_is_refused_and_elsewhere_is_not() -> None:
    assert plan.between(outputs("a"), standing("x", strangers=("b",))).refusals == ()
    refused = plan.between(outputs("a", "b"), standing("x", "a", strangers=("b",))).refusals
    assert len(refused) == 1 and refused[0].startswith("b ")


def test_one_file_under_two_spellings_is_still_ours() -> None:
    """On a file system without case the old name's file answers to the new name."""
    found = Found("A", "A", 1, 1, 1, 7)
    there = Standing({"A": found, "a": found}, {}, Manifest(1, {"A": ("d",)}), False)
    assert plan.between(outputs("a"), there) == plan.Plan(("A",), (), ())


@pytest.mark.parametrize(
    ("path", "kind", "owned", "refused"),
    [
        ("a", "link", "a", False),  # took the place of our file: our file takes its own again
        ("a", "link", "x", True),
        ("a", "device", "a", True),
        ("a", "folder", "a/b", False),  # our own folder makes way
        ("a", "folder", "x", True),
        ("f", "file", "x", True),  # a stranger where f/g needs a folder
        ("f", "file", "f", False),  # our own file makes way for the folder
        ("f", "link", "f", True),
        ("elsewhere", "link", "elsewhere/x", False),
    ],
)
def test_what_is_no_file_of_ours_keeps_its_place(path: str, kind: str, owned: str, refused: bool) -> None:
    there = standing(owned, other={path: kind})
    there.files.pop(path, None) if kind != "file" else None
    assert bool(plan.between(outputs("a", "f/g"), there).refusals) is refused


def test_outputs_collide_without_regard_to_case_and_composition() -> None:
    told = plan.collisions(outputs("Tags/x.html", "tags/X.html", "e\u0301", "\u00e9", "a", "a/b", "fine"))
    assert len(told) == 3
    assert "maker of Tags/x.html and maker of tags/X.html" in told[0]


PATHS = st.lists(
    st.sampled_from(["a", "A", "a/b", "a/B/c", "b", "b/c", "é", "e\u0301"]), unique=True, max_size=6
)


@given(PATHS, PATHS)
def test_every_owned_file_is_planned_or_deleted_once(owned: list[str], planned: list[str]) -> None:
    made = plan.between(outputs(*planned), standing(*owned, empty=True))
    assert sorted((*made.first, *made.last)) == sorted(set(owned) - set(planned))


@given(PATHS)
def test_collisions_do_not_depend_on_order(paths: list[str]) -> None:
    assert bool(plan.collisions(outputs(*paths))) == bool(plan.collisions(outputs(*reversed(paths))))


@pytest.mark.parametrize(
    ("before", "now", "missing", "lost"),
    [
        (0, 0, True, False),
        (3, 0, True, True),
        (3, 0, False, True),
        (3, 1, False, False),
        (40, 19, False, True),
        (40, 20, False, False),
        (22, 2, False, False),
        (22, 1, False, True),
    ],
)
def test_notes_are_lost_when_gone_or_when_many_and_most_vanish(
    before: int, now: int, missing: bool, lost: bool
) -> None:
    assert bool(plan.loss(before, now, missing=missing)) is lost
