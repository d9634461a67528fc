"""How a site stands, told by what is otherwise than it was left."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.test_publish import publish
from vault import disk
from vault.records import Seen, decode, encode

SITE = {"index.html": "home", "a/index.html": "a", "b/c/index.html": "c", "feed.xml": "feed"}
Known = dict[str, Seen]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "site"


@pytest.fixture
def known(out: Path) -> Known:
    return dict(publish(out, SITE).seen)


def link(out: Path) -> None:
    (out / "a/index.html").unlink()
    (out / "a/index.html").symlink_to(out / "feed.xml")


def folder(out: Path) -> None:
    (out / "feed.xml").unlink()
    (out / "feed.xml").mkdir()


def emptied(out: Path) -> None:
    for path in (*SITE, disk.MANIFEST):
        (out / path).unlink()


def elsewhere(out: Path) -> None:
    """The same files, and the folder they are in is a link."""
    (out / "b").rename(out.parent / "b")
    (out / "b").symlink_to(out.parent / "b")


CHANGES: dict[str, Callable[[Path], object]] = {
    "nothing": lambda out: None,
    "other bytes": lambda out: (out / "index.html").write_bytes(b"mine"),
    "another time": lambda out: os.utime(out / "index.html", ns=(1, 1)),
    "gone": lambda out: (out / "b/c/index.html").unlink(),
    "a link": link,
    "a folder in its place": folder,
    "a link in place of a folder": elsewhere,
    "a file of somebody else": lambda out: (out / "mine.txt").write_text("mine"),
    "another manifest": lambda out: (out / disk.MANIFEST).write_text('{"format": 1, "notes": 7, "files": {"x": "ab"}}\n'),
    "no manifest": lambda out: (out / disk.MANIFEST).unlink(),
    "no manifest that can be read": lambda out: (out / disk.MANIFEST).write_text("{"),
    "nothing at all": emptied,
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_is_otherwise_says_how_it_stands(
    out: Path, known: Known, change: Callable[[Path], object]
) -> None:
    change(out)
    told = decode(encode(disk.otherwise(str(out), known)), disk.Otherwise)
    assert disk.as_known(told, known) == disk.standing(str(out), known, known)


def test_of_a_site_that_stands_as_it_was_nothing_is_told(out: Path, known: Known) -> None:
    told = disk.otherwise(str(out), known)
    assert (told.gone, told.there.files, told.there.manifest, told.notes) == ((), {}, None, len(SITE))


def test_a_site_says_of_how_many_notes_it_was_made(out: Path, known: Known) -> None:
    assert disk.notes_of(str(out)) == len(SITE)
    text = (out / disk.MANIFEST).read_text()
    (out / disk.MANIFEST).write_text(text.replace('{"format": 1, ', '{\n "format": 1,\n '))  # by another hand
    assert disk.notes_of(str(out)) == len(SITE)
    (out / disk.MANIFEST).write_text("{")
    assert disk.notes_of(str(out)) == 0
    (out / disk.MANIFEST).unlink()
    assert disk.notes_of(str(out)) == 0
