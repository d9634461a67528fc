"""Golden vaults: small vaults with the whole site expected of them, and broken ones with the exact messages.

``make golden`` writes what is expected anew; the diff is part of the review.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from tests.archive import read_archive, unpack, write_archive
from tests.crawl import broken_links
from vault.build import Options, build, survey
from vault.disk import find_vault
from vault.problems import tell
from vault.records import Date

HERE = Path(__file__).parent
WRITE = os.environ.get("VAULT_GOLDEN") == "write"
FINGERPRINT = re.compile(r"(?<=assets/)(vault|search|minisearch|graph|stats|papers)\.[0-9a-f]{8}\.")
TODAY = Date(2026, 11, 20)

SITES = [archive for archive in sorted((HERE / "sites").glob("*.txt")) if archive.with_suffix("").is_dir()]
INVALID = sorted((HERE / "sites_invalid").glob("*.txt"))


def text_of(path: Path) -> str:
    """A page as it is kept: without the fingerprints, which vary with the stylesheet and the script."""
    return FINGERPRINT.sub(r"\1.fingerprint.", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("archive", SITES, ids=lambda p: p.stem)
def test_a_vault_gives_the_site_expected_of_it(archive: Path, tmp_path: Path) -> None:
    root = unpack(read_archive(archive.read_text(encoding="utf-8")), tmp_path / "vault")
    build(find_vault(str(root)), Options(today=TODAY, out=str(tmp_path / "site")))
    expected = archive.with_suffix("")
    actual = {
        path.relative_to(tmp_path / "site").as_posix(): text_of(path)
        for path in sorted((tmp_path / "site").rglob("*"))
        if path.is_file() and "assets" not in path.parts and path.name != ".vault-manifest.json"
    }
    assert broken_links(tmp_path / "site") == []
    if WRITE:
        shutil.rmtree(expected, ignore_errors=True)
        unpack(actual, expected)
    kept = {
        p.relative_to(expected).as_posix(): p.read_text(encoding="utf-8")
        for p in sorted(expected.rglob("*"))
        if p.is_file()
    }
    assert list(actual) == list(kept)
    for name, text in kept.items():
        assert actual[name] == text, f"{archive.stem}/{name} (make golden writes it anew)"


@pytest.mark.parametrize("archive", INVALID, ids=lambda p: p.stem)
def test_a_broken_vault_is_built_and_told_exactly(archive: Path, tmp_path: Path) -> None:
    comment = archive.read_text(encoding="utf-8").split("-- ")[0]
    files = read_archive(archive.read_text(encoding="utf-8"))
    expected = files.pop("problems", "")
    root = unpack(files, tmp_path / "vault")
    report = build(find_vault(str(root)), Options(today=TODAY, out=str(tmp_path / "site")))
    told = "".join(tell(problem) + "\n" for problem in report.problems)
    if WRITE:
        archive.write_text(write_archive(comment, {**files, "problems": told}), encoding="utf-8")
        expected = told
    assert told == expected
    assert broken_links(tmp_path / "site") == []
    again = survey(find_vault(str(root)), Options(today=TODAY))
    assert tuple(again.problems) == tuple(report.problems), "check and build tell the same"
