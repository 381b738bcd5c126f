"""Golden pairs: NAME.md beside NAME.md.units. `--update-golden` rewrites the units."""

from __future__ import annotations

from pathlib import Path

import pytest

from bilingo.formats import by_path
from bilingo.formats.rebuild import rebuild
from bilingo.model import Article

ARTICLES = sorted(p for p in (Path(__file__).parent / "golden").iterdir() if p.suffix != ".units")


def listing(path: Path) -> str:
    """Every unit in a line or two: place, kind, id, text; then its codes."""
    article = Article(path.name, "en", tuple(by_path(path.name).read(path.read_bytes())))
    out = []
    for unit in sorted((*article.units, *article.skipped), key=lambda u: (u.line, u.column)):
        skip = f" ({unit.skip})" if unit.skip else ""
        out.append(f"{unit.line}:{unit.column} {unit.kind}{skip} {unit.id} {unit.text!r}\n")
        out += [f"    {c.number} {c.opening!r} {c.closing!r}\n" for c in unit.codes]
    return "".join(out)


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name)
def test_units(path: Path, request: pytest.FixtureRequest) -> None:
    expected = path.with_name(path.name + ".units")
    if request.config.getoption("--update-golden"):
        expected.write_text(listing(path), "utf-8")
    assert listing(path) == expected.read_text("utf-8")


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name)
def test_own_units_give_the_same_bytes(path: Path) -> None:
    article_format, raw = by_path(path.name), path.read_bytes()
    text = rebuild(article_format, tuple(article_format.read(raw)), lambda unit: unit.text)
    assert article_format.write(text, raw) == raw
