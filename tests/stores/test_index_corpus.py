"""Index and scan agree over real text."""

from __future__ import annotations

import io
import lzma
import random
import tempfile
from itertools import islice
from pathlib import Path

import pytest

from bilingo.match import scan
from bilingo.stores import index_build, index_pages
from bilingo.stores.index import Index, Place
from bilingo.stores.index_build import Contents, Unit
from bilingo.text.fold import fold

pytestmark = pytest.mark.corpus
MEMORY, QUERIES = 20_000, 120


@pytest.fixture(scope="module", params=["en", "zh"])
def real(request: pytest.FixtureRequest, shared: Path) -> tuple[list[str], Index, list[str]]:
    with lzma.open(
        shared / "data/bench" / f"{request.param}.txt.xz", "rt", encoding="utf-8"
    ) as file:
        lines = [fold(line) for line in islice(file, MEMORY + QUERIES)]
    texts = sorted({line for line in lines[:MEMORY] if line}, key=lambda t: (len(t), t))
    units = (Unit(Place(n, 1, 1), ((request.param, text),)) for n, text in enumerate(texts))
    content = io.BytesIO()
    index_pages.dump(content, index_build.sections(Contents(units), "real"))
    with tempfile.TemporaryFile() as file:
        file.write(content.getvalue())
        file.flush()
        index = Index(file)
    rng = random.Random(2)  # noqa: S311
    return texts, index, [changed(rng, texts, line) for line in lines[MEMORY:]]


def changed(rng: random.Random, texts: list[str], unseen: str) -> str:
    """An unseen text, or one of the memory with up to a third of its characters replaced."""
    if rng.random() < 0.3:
        return unseen
    letters = list(rng.choice(texts))
    for _ in range(rng.randint(0, len(letters) // 3)):
        letters[rng.randrange(len(letters))] = rng.choice(rng.choice(texts))
    return "".join(letters)


@pytest.mark.parametrize("threshold", [60, 66, 70, 75, 80, 85, 95, 100])
def test_agrees_with_the_scan(real: tuple[list[str], Index, list[str]], threshold: int) -> None:
    texts, index, queries = real
    found = 0
    for query in queries:
        wanted = scan.scan(query, texts, threshold)
        hits = index.candidates(index.languages[0], query, threshold)
        assert [(hit.number, hit.distance, hit.length) for hit in hits] == [
            (hit.index, hit.distance, hit.length) for hit in wanted
        ]
        found += len(wanted)
    assert found > 0
