"""One article, pasted into four formats: the same units."""

from __future__ import annotations

import html
import runpy
from pathlib import Path

import pytest

from bilingo.formats import by_name, furniture
from bilingo.model import Article

FUZZ = runpy.run_path(str(Path(__file__).parents[2] / "tools" / "fuzz_readers.py"))
CLINIC = [
    "Free checks & talks at our clinic",
    "Our nurses will check 200 visitors on 14 March, and Mr. Lam will speak at 3 p.m.",
    "「歡迎街坊參加，」林先生說。名額有限，請於3月1日前預約。",
    "1. Bring your card <and> wear a short-sleeved top; a_b * c.",
]


def word(paragraphs: list[str]) -> bytes:
    title, *rest = (html.escape(text, quote=False) for text in paragraphs)
    heading = '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>'
    body = f"<w:p>{heading}<w:r><w:t>{title}</w:t></w:r></w:p>" + "".join(
        f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in rest
    )
    document = f"<w:document {FUZZ['NAMES']}><w:body>{body}</w:body></w:document>"
    types = FUZZ["TYPES"].encode()
    return FUZZ["word"]({"[Content_Types].xml": types, "word/document.xml": document.encode()})


def page(paragraphs: list[str]) -> bytes:
    title, *rest = map(html.escape, paragraphs)
    return f"<h1>{title}</h1>{''.join(f'<p>{text}</p>' for text in rest)}".encode()


PASTED = {
    "markdown": lambda texts: ("# " + "\n\n".join(texts)).encode(),
    "plain": lambda texts: "\n\n".join(texts).encode(),
    "html": page,
    "webpage": page,
    "docx": word,
}


def texts(name: str, paragraphs: list[str]) -> list[str]:
    found = Article("", "en", tuple(by_name(name).read(PASTED[name](paragraphs))))
    return [unit.text for unit in found.units]


@pytest.mark.parametrize("name", ["html", "webpage", "docx"])
def test_a_small_article(name: str) -> None:
    assert texts(name, CLINIC) == CLINIC


@pytest.mark.corpus
@pytest.mark.parametrize("name", PASTED)
@pytest.mark.parametrize(("characters", "count"), [(2000, 6), (10_000, 9)])
def test_the_article_the_project_began_with(
    shared: Path, name: str, characters: int, count: int
) -> None:
    """Pasted without the lines of the page around it, which only `plain` and `webpage` know."""
    pasted = (shared / "data/seed/gene-therapy.en.txt").read_text("utf-8")[:characters]
    bare = [line.removeprefix("- ").strip() for line in pasted.splitlines() if line.strip()]
    article = [
        line
        for number, line in enumerate(bare)
        if not furniture.reason(line, near_top=0 < number < 4, beside_details=0 < number < 4)
    ]
    assert len(article) == count

    assert texts(name, article) == article
