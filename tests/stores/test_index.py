"""The index finds what the complete scan finds, with the same distances: nothing more or less."""

from __future__ import annotations

import io
import random
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingo.match import scan
from bilingo.stores import (
    index_blocks,
    index_build,
    index_classes,
    index_pages,
    index_plan,
    index_words,
)
from bilingo.stores.index import Index, Place
from bilingo.stores.index_build import Contents, Unit

EN = """the a to and in of your for can you with after before every day take this test blood liver
virus free service centre call hotline on monday tuesday 12 30 hepatitis b thalassaemia clinic
volunteer please do not wash hands tablet twice daily (see below) “quoted” 1,200 www.example.hk"""
ZH = """的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能
下過子說產種面而方後多定行學法所民得經十三之進著等部度家電力裡如水化高自二理起小物現實加量都兩體制機
當使點從業本去把性好應開它合還因由其些然前外天政四日那社義事平形相全表間樣與關各重新線內數正心反你明看
原又麼利比或但質氣第向道命此變條只沒結解問意建月公無系軍很情者最立代想已通並提直題黨程展五果料象員革位
肝炎乙型檢測診所義工預約熱線𠮷𡃁"""


def words(seed: int, count: int, language: str) -> list[str]:
    """Texts that resemble each other: random words, and edited copies of earlier texts."""
    rng = random.Random(seed)  # noqa: S311
    pool = EN.split() if language == "en" else [c for c in ZH if not c.isspace()]
    gap = " " if language == "en" else ""
    texts: list[str] = []
    while len(texts) < count:
        if texts and rng.random() < 0.4:
            texts.append(edited(rng, rng.choice(texts)))
        else:
            # skewed as words are: the frequent ones come first
            chosen = (pool[int(len(pool) * rng.random() ** 2)] for _ in range(rng.randint(1, 24)))
            texts.append(gap.join(chosen))
    return texts


def edited(rng: random.Random, text: str) -> str:
    letters = list(text)
    for _ in range(rng.randint(1, max(1, len(text) * 2 // 5))):
        at = rng.randrange(len(letters) + 1)
        letters[at : at + rng.randint(0, 1)] = rng.choice(["", rng.choice(text or "x"), "ax"])
    return "".join(letters)


def make(texts: Iterable[str], language: str = "en") -> Index:
    units = [Unit(Place(9 * i, 9, i + 1), ((language, text),)) for i, text in enumerate(texts)]
    file = io.BytesIO()
    index_pages.dump(file, index_build.sections(Contents(units), "source"))
    return opened(file.getvalue())


def opened(content: bytes) -> Index:
    import tempfile

    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.flush()
        return Index(file)


def same(index: Index, texts: Iterable[str], query: str, threshold: int) -> int:
    """Assert that index and scan agree; how many texts they found."""
    ordered = sorted({text for text in texts if text}, key=lambda text: (len(text), text))
    language = index.languages[0] if index.languages else "en"
    found = index.candidates(language, query, threshold)
    wanted = scan.scan(query, ordered, threshold)
    assert [(hit.number, hit.distance, hit.length) for hit in found] == [
        (hit.index, hit.distance, hit.length) for hit in wanted
    ]
    assert all(ordered[hit.number] == hit.text for hit in found)
    return len(found)


def test_one_meaning_of_longest() -> None:
    assert index_classes.LONGEST == scan.LONGEST


@pytest.fixture(scope="module", params=["en", "zh"])
def side(request: pytest.FixtureRequest) -> tuple[list[str], Index]:
    texts = words(1, 6000, request.param)
    return texts, make(texts, request.param)


@pytest.mark.parametrize("threshold", [60, 61, 65, 70, 75, 80, 85, 90, 99, 100])
def test_agrees_with_the_scan(side: tuple[list[str], Index], threshold: int) -> None:
    texts, index = side
    rng = random.Random(threshold)  # noqa: S311
    queries = [rng.choice(texts), *(edited(rng, rng.choice(texts)) for _ in range(60))]
    assert sum(same(index, texts, query, threshold) for query in queries) > 0


def test_the_filter_is_at_work(side: tuple[list[str], Index]) -> None:
    _, index = side
    groups = index._side(index.languages[0]).groups
    assert sum(group.shape.count for group in groups if group.shape.slots) > 3000


@settings(max_examples=40)
@given(
    seed=st.integers(0, 10_000),
    language=st.sampled_from(["en", "zh"]),
    threshold=st.integers(60, 100),
)
def test_agrees_on_any_memory(seed: int, language: str, threshold: int) -> None:
    texts = words(seed, 700, language)
    index = make(texts, language)
    rng = random.Random(seed)  # noqa: S311
    for _ in range(12):
        same(index, texts, edited(rng, rng.choice(texts)), threshold)


# Few letters, so that every text is near every other; a class of its own for each length.
DENSE = st.text(alphabet="ab 肝炎。𠮷\n", min_size=1, max_size=14)


@settings(max_examples=40)
@given(st.lists(DENSE, min_size=1, max_size=40), DENSE, st.integers(1, 100))
def test_agrees_without_a_filter(texts: list[str], query: str, threshold: int) -> None:
    same(make(texts), texts, query, threshold)


@settings(max_examples=50)
@given(st.integers(0, 10**9), st.text("abcde", min_size=1, max_size=14), st.integers(50, 99))
def test_agrees_where_every_class_is_filtered(seed: int, query: str, threshold: int) -> None:
    rng = random.Random(seed)  # noqa: S311
    texts = ["".join(rng.choices("abcde", k=rng.randint(2, 16))) for _ in range(600)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index_classes, "FEWEST", 2)
        same(make(texts), texts, query, threshold)


@pytest.mark.parametrize("letter", ["a", "肝", "𠮷"])
@pytest.mark.parametrize("threshold", range(60, 101))
def test_keeps_scores_on_the_threshold(letter: str, threshold: int) -> None:
    edits = 100 - threshold
    query = letter * 100
    texts = ["x" * edits + letter * threshold, letter * threshold, letter * (threshold - 1)]
    texts += ["x" * (edits + 1) + letter * (threshold - 1), *(str(n) * 99 for n in range(300))]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index_classes, "FEWEST", 1)
        index = make(texts)
        assert same(index, texts, query, threshold) == 2 - (threshold == 100)


@pytest.mark.parametrize("broken", ["harmed", "shifts"])
def test_a_bound_that_is_wrong_is_caught(
    side: tuple[list[str], Index], monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    """With too few harmed pieces, or too small a window, index and scan no longer agree."""
    harmed, shifts = index_plan.harmed, index_plan.shifts
    if broken == "harmed":
        monkeypatch.setattr(index_plan, "harmed", lambda *args: [h // 2 for h in harmed(*args)])
    else:
        monkeypatch.setattr(index_plan, "shifts", lambda *args: (-shifts(*args)[0] - 9, -9))
    with pytest.raises(AssertionError):
        test_agrees_with_the_scan(side, 60)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_numpy_makes_the_same_bytes(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numpy", reason="numpy is not installed")
    monkeypatch.setattr(index_words, "LEAST", 0)
    monkeypatch.setattr(index_blocks, "BLOCK", 900)
    texts = [*words(5, 3000, language), "a\0b", "\ud800 lone"]
    units = [Unit(Place(i, 1, 1), ((language, text),)) for i, text in enumerate(texts)]
    files = []
    for makers in (index_build.PLAIN, index_build.fastest()):
        file = io.BytesIO()
        index_pages.dump(file, index_build.sections(Contents(units), "source", makers))
        files.append(file.getvalue())
    assert index_build.fastest() != index_build.PLAIN
    assert files[0] == files[1]


@pytest.mark.parametrize("letter", ["a", "肝"])
def test_very_long_texts_are_found_by_their_equal_only(letter: str) -> None:
    allowed, long = letter * scan.LONGEST, letter * (scan.LONGEST + 1)
    texts = [long, allowed, long + "x"]
    index = make(texts)
    for query in (long, allowed, letter * 1_990, long + "y"):
        same(index, texts, query, 60)


def test_a_limit_keeps_all_that_are_as_similar(side: tuple[list[str], Index]) -> None:
    texts, index = side
    language = index.languages[0]
    rng = random.Random(8)  # noqa: S311
    for limit in (1, 3, 10):
        for _ in range(30):
            query = edited(rng, rng.choice(texts))
            every = index.candidates(language, query, 60)
            best = index.candidates(language, query, 60, limit)
            last = every[:limit][-1].similarity if every else 0
            assert [h for h in best if h.similarity >= last] == [
                h for h in every if h.similarity >= last
            ]


@pytest.mark.parametrize(
    ("query", "threshold"), [("", 75), ("never indexed", 75), ("abc", 100), ("肝", 60)]
)
def test_an_empty_memory_finds_nothing(query: str, threshold: int) -> None:
    index = make([])
    assert index.candidates("en", query, threshold) == ()
    assert list(index.containing("en", query)) == []


@pytest.mark.parametrize("threshold", [-1, 0, 101])
def test_refuses_what_is_no_percentage(threshold: int) -> None:
    with pytest.raises(ValueError, match="threshold"):
        make(["a"]).candidates("en", "a", threshold)


def test_both_directions_from_one_file() -> None:
    units = [
        Unit(Place(0, 10, 1), (("en", "wash your hands"), ("zh", "請洗手"))),
        Unit(Place(10, 20, 2), (("en", "wash your hands"), ("zh", "請勤洗手"))),
        Unit(Place(30, 5, 3), (("zh", "請洗手"), ("zh", "請洗手"), ("en", ""))),
    ]
    file = io.BytesIO()
    index_pages.dump(file, index_build.sections(Contents(units), "source"))
    index = opened(file.getvalue())
    assert index.languages == ("en", "zh")
    (hit,) = index.candidates("en", "wash your hand", 75)
    assert index.places("en", hit.number) == (Place(0, 10, 1), Place(10, 20, 2))
    found = {
        hit.text: index.places("zh", hit.number) for hit in index.candidates("zh", "請洗手", 60)
    }
    assert found == {
        "請洗手": (Place(0, 10, 1), Place(30, 5, 3)),
        "請勤洗手": (Place(10, 20, 2),),
    }


@pytest.mark.parametrize("text", ["\ud800 lone", "a\x00b", "tab\there", "e\u0301", "𠮷" * 50])
def test_odd_characters_are_characters(text: str) -> None:
    texts = [text, text + "!", "other"]
    same(make(texts), texts, text, 60)
