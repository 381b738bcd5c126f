"""The figures that `python tools/evidence.py` prints, asserted."""

from __future__ import annotations

import runpy
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.corpus


@pytest.fixture(scope="module")
def tool() -> dict[str, Any]:
    return runpy.run_path(str(Path(__file__).parents[1] / "tools" / "evidence.py"))


@pytest.fixture(scope="module")
def found(tool: dict[str, Any], shared: Path) -> list[Any]:
    return list(tool["files"](shared / "data"))


def test_identity_and_structure(tool: dict[str, Any], found: list[Any], shared: Path) -> None:
    rows = tool["count"](found, shared / "data")

    assert {name: row.files for name, row in rows.items()} == {
        "articles": 229,
        "multi-format": 16,
        "docx": 12,
        "encoded": 5,
    }
    for row in rows.values():
        assert row.refused == []
        assert row.identical == row.files
        assert row.same_structure == row.files
        assert row.findings == []
        assert row.not_located * 5_000 < row.units
    assert sum(row.units for row in rows.values()) > 10_000


def test_equal_structure_gives_equal_counts(
    tool: dict[str, Any], found: list[Any], shared: Path
) -> None:
    rows = tool["pairs"](found, shared / "data")

    assert sum(row.all for row in rows.values()) == 175
    for row in rows.values():
        assert row.structure_equal == row.structure
    assert sum(row.structure for row in rows.values()) >= 90
    assert rows["opensource-guide", "zh-Hans – zh-Hant"].equal >= 8


# What only one of the formats has, by the manifest: a table and a tracked insertion in the Word
# file, a picture with its caption in the page.
APART = {
    "docx": {"Inserted sentence.", "新增句子。", "Centre", "中心", "Phone", "電話"},
    "html": {
        "Photo: our volunteers",
        "圖片：本會義工",
        "The rooftop garden reopens",
        "天台菜園重新開放",
        "Keeping medicines safe in hot weather",
        "天氣炎熱，藥物應如何存放",
    },
    "txt": set(),
}


def test_four_formats_give_the_same_texts(tool: dict[str, Any], shared: Path) -> None:
    articles: dict[str, dict[str, Counter[str]]] = tool["texts"](shared / "data")

    assert len(articles) == 4
    for by_suffix in articles.values():
        for suffix, apart in APART.items():
            assert not by_suffix["md"] - by_suffix[suffix]
            assert set(by_suffix[suffix] - by_suffix["md"]) <= apart
            assert (by_suffix[suffix] - by_suffix["md"]).total() <= 3
