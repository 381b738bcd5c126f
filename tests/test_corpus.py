"""The tool on real files of others: figures that must not get worse."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from bilingo.formats import tmx
from bilingo.model import TU, Context, Locale
from bilingo.pipelines import memory
from bilingo.pipelines.extract import extract
from bilingo.pipelines.memory import Memory
from bilingo.project import open_project

pytestmark = pytest.mark.corpus


def test_the_article_the_project_began_with(shared: Path, tmp_path: Path) -> None:
    found = extract(open_project(tmp_path), shared / "data/seed/gene-therapy.en.txt")

    assert len(found.article.units) == 9
    segments = [s.text for unit in found.article.units for s in found.segments(unit)]
    assert len(segments) == 15
    assert [(u.text, u.skip) for u in found.article.skipped] == [
        ("香港醫社基金會", "byline"),
        ("Nov 18", "date"),
        ("2 min read", "reading time"),
        ("Comments", "comments"),
    ]
    for title in ("Mr. Lai", "Dr. Wang", "Dr. Zhang"):
        assert any(f"{title} " in text for text in segments)


def test_every_article_is_read_and_segmented(shared: Path, tmp_path: Path) -> None:
    project = open_project(tmp_path)
    files = [
        path
        for folder in ("articles", "multi-format")
        for path in sorted((shared / "data" / folder).rglob("*"))
        if path.suffix in (".md", ".mdx", ".txt")
    ]

    for path in files:
        found = extract(project, path)
        for unit in found.article.units:
            assert "".join(s.text for s in found.segments(unit)) == unit.text

    assert len(files) == 220


@pytest.fixture(scope="module")
def health(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[TU, ...]:
    project = open_project(tmp_path_factory.mktemp("health"))
    found = memory.read_file(project, shared / "data/tmx/tico19-health.en-zh.dev.tmx")
    assert len(found.units) == 1432
    return found.units


@pytest.mark.parametrize(
    ("side", "source", "target"), [(0, "en", "zh-Hans-CN"), (1, "zh-Hans-CN", "en")]
)
def test_a_sentence_with_a_word_changed_finds_itself(
    health: tuple[TU, ...], side: int, source: Locale, target: Locale
) -> None:
    asked = Memory(health)
    chooser = random.Random(1)  # noqa: S311 - a sample, no secret
    long_enough = [u for u in health if 30 <= len(u.tuvs[0].text) <= 200]
    for unit in chooser.sample(long_enough, 60):
        text = unit.tuvs[side].text
        middle = len(text) // 2
        changed = text[:middle] + ("某" if side else "qx") + text[middle + 2 :]

        best = asked.matches(changed, source, target, context=Context(), threshold=60, limit=3)[0]

        assert best.source.text == text
        assert best.similarity == 100 * (best.length - best.distance) // best.length
        assert best.score == best.similarity - sum(p.points for p in best.penalties)


def test_memories_of_other_tools(shared: Path) -> None:
    counts = {}
    for path in sorted((shared / "data/tmx").rglob("*.tmx")):
        units = tuple(tmx.read(path.read_bytes()))
        counts[path.stem] = len(units)
        if units:
            assert tuple(tmx.read(tmx.write(units)))

    assert len(counts) == 20
    assert sum(counts.values()) == 1719
