"""What every test may use: the shared corpus when it is there, and a flag to rewrite goldens."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("BILINGO_SHARED", ROOT.parent / "shared"))

# Fixed examples in CI: a red run is red again; deadlines would be timed assertions.
settings.register_profile(
    "ci", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/golden")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if not SHARED.is_dir():
        skip = pytest.mark.skip(reason="../shared is not there")
        for item in items:
            if "corpus" in item.keywords:
                item.add_marker(skip)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared cases and data; only for tests marked `corpus`."""
    return SHARED


@pytest.fixture
def remembers(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """`check` remembers catalogs of a few entries too, however young the program is."""
    from bilingo.pipelines import remembered

    monkeypatch.setattr(remembered, "WORTH", 1)
    monkeypatch.setattr(remembered, "_STARTED", 1 << 62)
    remembered._code.cache_clear()
    yield
    remembered._code.cache_clear()
