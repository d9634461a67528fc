"""What all tests share: the shared corpora where they are, and a clock that stands still."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import thousand as generated
from tests.vaults import built, write
from vault.render import picture

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"

LONG = ("test_rebuild.py", "test_watch.py", "test_thousand.py")

settings.register_profile(
    "vault", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("vault")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """For ``-n``, which hands tests out one after the other in this order: those that take longest begin, and
    the browser's are the last, because what they look at (a frame, a shift of the layout) depends on other
    work.  A test of which the browser was lost is done once more, and the summary says so."""
    items.sort(key=lambda item: (in_browser(item), item.path.name not in LONG))
    for item in filter(in_browser, items):
        item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=["TargetClosedError"]))


def in_browser(item: pytest.Item) -> bool:
    return item.path.parent.name == "browser"


@pytest.fixture(autouse=True)
def fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Queue ages depend on the day; tests say which."""
    monkeypatch.setenv("VAULT_TODAY", "2026-11-20")


@pytest.fixture(scope="session", autouse=True)
def no_pictures() -> Iterator[None]:
    """Sites are the same with Pillow and without it; ``test_pictures.py`` turns pictures on."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(picture, "installed", lambda: False)
        yield


@pytest.fixture(scope="session")
def corpora() -> Path:
    folder = SHARED / "corpora"
    if not folder.is_dir():
        pytest.skip("the shared corpora are not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def samples() -> Path:
    folder = SHARED / "samples"
    if not folder.is_dir():
        pytest.skip("the shared samples are not beside this checkout")
    return folder


def copied(root: Path) -> Path:
    """The demo vault in another folder, where no other process builds it."""
    for name in ("notes", "digest", "tags"):
        shutil.copytree(ROOT / name, root / name)
    for name in ("library.bib", "papers.lock", "authors.yml", "about.md", "vault.toml"):
        shutil.copy(ROOT / name, root)
    return root


@pytest.fixture(scope="session")
def demo_ways(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same of the demo: its vault at another address."""
    top = tmp_path_factory.mktemp("demo-ways")
    root = copied(top / "vault")
    config = re.sub(r"(?m)^links = .*$", "", (root / "vault.toml").read_text(encoding="utf-8"))
    build_ways(top, root, lambda url: re.sub(r"(?m)^url = .*$", f'url = "{url}"' if url else "", config))
    return top


@pytest.fixture(scope="session")
def thousand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the site of 1,000 generated notes in three ways: ``host/`` in ``dir`` form for the top
    of a host, ``path/notes/`` for a path below one, ``disk/`` in ``file`` form."""
    top = tmp_path_factory.mktemp("thousand")
    root = generated.make_vault(top / "vault", 1000)
    build_ways(top, root, lambda url: generated.CONFIG + (f'[site]\nurl = "{url}"\n' if url else ""))
    return top


def build_ways(top: Path, root: Path, config: Callable[[str], str]) -> None:
    """Build a vault in three ways; ``config`` gives its settings for an address, or for none."""
    ways = (("host", "https://example.org/"), ("path/notes", "https://example.org/notes/"), ("disk", ""))
    for name, url in ways:
        write(root, "vault.toml", config(url))
        built(root, out=str(top / name), jobs=0)
