"""What all tests share: the shared corpora where they are, and a clock that stands still."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

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
