"""`memory search`: what is found, in which order, and what it is in the other language."""

from __future__ import annotations

from pathlib import Path

import pytest

from bilingo.errors import BilingoError
from bilingo.formats import tmx
from bilingo.model import TU, TUV
from bilingo.pipelines import concordance, memory
from bilingo.project import Project, open_project

PAIRS = [
    ("Our visitors came.", "我們的義工隊探訪長者"),
    ("The flu vaccination is free.", "流感疫苗接種費用全免。"),
    ("Children were vaccinated at school.", "學童在校內接種疫苗。"),
    ("Two vaccines are needed.", "須接種兩劑疫苗。"),
    ("The bus was late.", "巴士遲到。"),
]


@pytest.fixture
def site(tmp_path: Path) -> Project:
    units = [TU((TUV("en", en), TUV("zh-Hant-HK", zh))) for en, zh in PAIRS]
    (tmp_path / "memory").mkdir()
    (tmp_path / "memory" / "x.tmx").write_bytes(tmx.write(units))
    return open_project(tmp_path)


def found(site: Project, word: str) -> list[str]:
    hits = concordance.search(site, word).hits
    return [hit.text[slice(*hit.spans[0])] for hit in hits]


@pytest.fixture(params=["read", "indexed"])
def either(
    site: Project, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Project:
    """The site with its memory read whole, and asked by its index as if it were large."""
    if request.param == "indexed":
        monkeypatch.setattr(memory, "SEARCHED", 0)
        monkeypatch.setattr(memory, "SCANNED", 0)
    return site


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("vaccinate", ["vaccinated", "vaccination", "vaccines"]),
        ("VACCINES", ["vaccinated", "vaccination", "vaccines"]),
        ("visit", ["visit"]),
        ("flu vaccine", ["flu vaccination"]),
        ("義工", ["義工"]),
        ("接種", ["接種", "接種", "接種"]),
        ("苗接", ["苗接"]),
        ("nothing", []),
    ],
)
def test_words_are_found(either: Project, word: str, wanted: list[str]) -> None:
    assert sorted(found(either, word)) == sorted(wanted)


def test_the_order_is_that_of_what_follows(either: Project) -> None:
    texts = [hit.text for hit in concordance.search(either, "vaccinate").hits]

    assert texts == [PAIRS[2][0], PAIRS[1][0], PAIRS[3][0]]


def counterparts(site: Project, word: str) -> list[str | None]:
    others = [hit.others[0] for hit in concordance.search(site, word).hits]
    return [other.text[slice(*other.span)] if other.span else None for other in others]


def test_the_memory_tells_what_a_word_is_in_the_other_language(site: Project) -> None:
    assert counterparts(site, "vaccinate") == ["疫苗", "疫苗", "疫苗"]
    assert sorted(map(str, counterparts(site, "疫苗"))) == ["vaccinated", "vaccination", "vaccines"]


def test_one_hit_tells_nothing_and_the_glossary_tells(site: Project) -> None:
    assert counterparts(site, "bus") == [None]

    (site.memory / "glossary.csv").write_text("en,zh-Hant-HK\nbus,巴士\nvisitor,探訪\n")

    assert counterparts(site, "buses") == ["巴士"]
    assert counterparts(site, "探訪") == ["visitors"]


def test_what_stands_everywhere_is_no_counterpart(tmp_path: Path) -> None:
    pairs = [(f"A nurse and {n} more.", f"診所有{n}人。") for n in ("one", "two", "three")]
    others = [(f"Number {n} came.", f"診所有第{n}位。") for n in range(12)]
    units = [TU((TUV("en", en), TUV("zh-Hant-HK", zh))) for en, zh in pairs + others]
    (tmp_path / "memory").mkdir()
    (tmp_path / "memory" / "x.tmx").write_bytes(tmx.write(units))

    assert counterparts(open_project(tmp_path), "nurses") == [None, None, None]


def test_an_empty_word_is_refused(site: Project) -> None:
    with pytest.raises(BilingoError):
        concordance.search(site, "  ")


def test_more_than_anybody_reads(site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "SEARCHED", 0)
    monkeypatch.setattr(memory, "SCANNED", 0)
    monkeypatch.setattr(concordance, "HOLDING", 3)
    (warning,) = concordance.search(site, "接種").warnings
    assert warning == "3 texts or more have “接種”: not all are counted"
    assert not concordance.search(site, "探訪").warnings
