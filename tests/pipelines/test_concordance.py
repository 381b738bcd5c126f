"""`memory search`: what is found, in which order, and what it is in the other language."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from bilingo.errors import BilingoError
from bilingo.formats import tmx
from bilingo.model import TU, TUV
from bilingo.pipelines import concordance, memory
from bilingo.project import Project, open_project
from bilingo.stores import index_words
from bilingo.text.fold import fold

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


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Blood tests are free.", "Blood tests"),
        ("Give blood; testing is free.", "blood; testing"),
        ("a blood-test", "blood-test"),
        ("The blood’s testing “blood” — “test”", "blood’s testing"),
        ("blood 10 tests", ""),
        ("blood 50% tested", ""),
        ("blood 驗血 test", ""),
        ("bloodless test", ""),
        ("the test of blood", ""),
        ("用 blood tests 驗血", "blood tests"),
    ],
)
def test_words_in_a_row(text: str, span: str) -> None:
    """In all forms, and nothing but spaces and marks between."""
    folded, shown = fold(text), fold(span)
    parts = concordance._parts("blood test")
    spans = [folded[slice(*one)] for one in concordance._finder("blood test", parts)(folded)]
    assert spans[:1] == ([shown] if span else [])


SAID = (
    (
        "studies study studied the Flu flu’s vac<1>cine</1> vaccines co-op e\u0301te\u0301 a b <2/>"
        " ＡＢ “x” it’s flu 10 study 50%"
    ),
    "研究 疫苗 疫<1>苗</1> 流感 義工 ＡＢ Flu 、 「一」 ＭＲＩ 10",
)
ASKED = [
    *"study flu vaccine co-op été ab x it's 疫苗 研究 流感flu 義 mri".split(),
    "10",
    "50%",
    "flu study",
    "the flu",
    "a b",
]


@pytest.mark.parametrize("seed", range(4))
def test_an_index_says_what_reading_all_says(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(seed)  # noqa: S311
    (tmp_path / "memory").mkdir()
    for name in "ab":
        units = [
            TU(
                tuple(
                    TUV(locale, gap.join(rng.choices(said.split(), k=rng.randint(1, 5))))
                    for locale, said, gap in (
                        ("en", SAID[0], rng.choice((" ", "  ", "-"))),
                        ("zh-Hant-HK", SAID[1], ""),
                        ("zh-Hant-TW", SAID[1], ""),
                    )
                )
            )
            for _ in range(120)
        ]
        (tmp_path / "memory" / f"{name}.tmx").write_bytes(tmx.write(units))
    site = open_project(tmp_path)

    def answers() -> list[list[tuple[object, ...]]]:
        return [
            [
                (hit.text, hit.spans, hit.locale, hit.tu.path, hit.tu.line, hit.others)
                for hit in concordance.search(site, word).hits
            ]
            for word in ASKED
        ]

    monkeypatch.setattr(concordance, "_likely", lambda *_: {})  # that takes reading all
    read = answers()
    assert min(map(len, read[:-3])) > 3
    assert read[-3]
    assert read[-2]
    monkeypatch.setattr(memory, "SEARCHED", 0)
    assert answers() == read
    monkeypatch.setattr(memory, "SCANNED", 0)
    assert answers() == read
    for index in tmp_path.glob(".bilingo/*.idx"):
        index.unlink()
    monkeypatch.setattr(index_words, "LEAST", 0)
    assert answers() == read


@pytest.mark.parametrize(
    ("word", "text", "wanted"),
    [
        ("study", "Two Studies.", "Studies"),
        ("clinic", "the <1>Cli</1>nic opens", "Cli</1>nic"),
        ("it's", "“It’s free”", "It’s"),
        ("a b", "A \n  b", "A \n  b"),
        ("été", "l' e\u0301te\u0301", "e\u0301te\u0301"),
        ("疫苗", "流感疫<1>苗</1>接種", "疫<1>苗"),
        ("mri", "接受ＭＲＩ檢查", "ＭＲＩ"),
    ],
)
def test_a_word_is_marked_where_it_stands(
    tmp_path: Path, word: str, text: str, wanted: str
) -> None:
    (tmp_path / "memory").mkdir()
    unit = TU((TUV("en", text), TUV("zh-Hant-HK", "其他")))
    (tmp_path / "memory" / "x.tmx").write_bytes(tmx.write([unit]))

    assert found(open_project(tmp_path), word) == [wanted]


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
    assert not concordance.search(site, "接種", 4).warnings
    (warning,) = concordance.search(site, "接種", 1).warnings
    assert warning.startswith("“接種” is frequent: 3 texts of each language of a file are counted")
    assert not concordance.search(site, "接種", 1).complete
    assert not concordance.search(site, "探訪", 1).warnings


def test_other_forms_leave_room_for_the_very_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "SEARCHED", 0)
    monkeypatch.setattr(memory, "SCANNED", 0)
    monkeypatch.setattr(concordance, "HOLDING", 3)
    texts = [f"{n} tests" for n in range(9)] + ["a long text with testing in it"]
    units = [TU((TUV("en", text), TUV("zh-Hant-HK", "測試"))) for text in texts]
    (tmp_path / "memory").mkdir()
    (tmp_path / "memory" / "x.tmx").write_bytes(tmx.write(units))

    hits = concordance.search(open_project(tmp_path), "testing", 1).hits

    assert [hit.text for hit in hits if "testing" in hit.text] == [texts[-1]]


def test_a_phrase_is_not_its_first_word(tmp_path: Path) -> None:
    texts = ["We counted the blood tests", "We tested the blood", "They gave blood"]
    units = [TU((TUV("en", text), TUV("zh-Hant-HK", "測試"))) for text in texts]
    (tmp_path / "memory").mkdir()
    (tmp_path / "memory" / "x.tmx").write_bytes(tmx.write(units))

    assert [h.text for h in concordance.search(open_project(tmp_path), "blood test").hits] == [
        texts[0]
    ]


def test_other_forms_of_a_phrase_have_all_of_its_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "SEARCHED", 0)
    monkeypatch.setattr(memory, "SCANNED", 0)
    monkeypatch.setattr(concordance, "HOLDING", 3)
    texts = [f"{n} blood" for n in range(9)] + [f"they tested {n} of blood" for n in range(9)]
    texts += ["the blood tests of the 義工 who came that day"]
    units = [TU((TUV("en", text), TUV("zh-Hant-HK", "測試"))) for text in texts]
    (tmp_path / "memory").mkdir()
    (tmp_path / "memory" / "x.tmx").write_bytes(tmx.write(units))

    found = concordance.search(open_project(tmp_path), "blood test", 1)

    assert [hit.text for hit in found.hits] == texts[-1:]
    assert not found.warnings
    assert found.complete


@pytest.mark.parametrize("word", ["y", "Y chromosomes", "the y", "-y"])
@pytest.mark.parametrize("scanned", [10**9, 0])
def test_a_word_of_one_letter(
    word: str, scanned: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "SEARCHED", scanned)
    monkeypatch.setattr(memory, "SCANNED", scanned)
    text = "Men have the Y chromosome and a b-y history."
    units = [TU((TUV("en", text), TUV("zh-Hant-HK", "男性有Y染色體。")))]
    (tmp_path / "memory").mkdir()
    (tmp_path / "memory" / "x.tmx").write_bytes(tmx.write(units))

    assert text in {hit.text for hit in concordance.search(open_project(tmp_path), word).hits}
