"""What all tests share: the shared corpora where they are, and a clock that stands still."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import thousand as generated
from tests.vaults import built, write
from vault.render import picture

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"

settings.register_profile(
    "vault", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("vault")


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


@pytest.fixture(scope="session")
def thousand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the site of 1,000 generated notes in three ways: ``host/`` in ``dir`` form for the top
    of a host, ``path/notes/`` for a path below one, ``disk/`` in ``file`` form."""
    top = tmp_path_factory.mktemp("thousand")
    root = generated.make_vault(top / "vault", 1000)
    for name, url in (("host", "https://example.org/"), ("path/notes", "https://example.org/notes/")):
        write(root, "vault.toml", f'{generated.CONFIG}[site]\nurl = "{url}"\n')
        built(root, out=str(top / name), jobs=0)
    write(root, "vault.toml", generated.CONFIG)
    built(root, out=str(top / "disk"), jobs=0)
    return top
