"""The translators' pages are run on the example site, in both languages, and print what they say.

`./task golden` rewrites the output.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from test_readme import replayed

ROOT = Path(__file__).parent.parent
PAGES = ("translators.md", "translators.zh-HK.md")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A copy of the example site, with one article that has just been added."""
    for part in ("articles", "memory", "locales"):
        shutil.copytree(ROOT / part, tmp_path / part)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", PAGES)
def test_the_sessions_are_real(page: str, site: Path, pytestconfig: pytest.Config) -> None:
    path = ROOT / "docs" / page
    text = path.read_text(encoding="utf-8")

    now = replayed(text, site)

    if pytestconfig.getoption("--update-golden"):
        path.write_text(now, encoding="utf-8")
        return
    assert now == text
    assert "Traceback" not in now


def test_both_pages_have_the_same_sessions() -> None:
    sessions = [(ROOT / "docs" / page).read_text().split("```console\n")[1:] for page in PAGES]

    assert [s.split("```")[0] for s in sessions[0]] == [s.split("```")[0] for s in sessions[1]]
