"""A few of the cases of the nightly command; each is made from its number."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from bilingo.formats import ARTICLES

TOOL = runpy.run_path(str(Path(__file__).parents[1] / "tools" / "fuzz_readers.py"))


@pytest.mark.parametrize("name", ARTICLES)
def test_no_reader_crashes(name: str) -> None:
    verdicts, failures = TOOL["run"](name, 500, 1)

    assert failures == []
    assert verdicts["accepted"] > 150  # the cases are worth something
    assert verdicts["refused"] > 20
