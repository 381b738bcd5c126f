"""Scores and their arithmetic, the order, and what may be filled in."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingo.match.rank import AMBIGUOUS, fill, rank
from bilingo.match.scan import scan
from bilingo.model import TU, TUV, Candidate, Context, Match, Status
from bilingo.text.fold import fold

HK = "zh-Hant-HK"
NOWHERE = Context()


def tu(en: str, zh: str, locale: str = HK, *, source: str = "en", **fields: object) -> TU:
    return replace(TU((TUV(source, en), TUV(locale, zh))), **fields)


def ask(
    query: str,
    memory: list[TU],
    *,
    context: Context = NOWHERE,
    source: str = "en",
    target: str = HK,
    threshold: int = 60,
    limit: int = 10,
) -> tuple[Match, ...]:
    rows = [(unit, tuv) for unit in memory for tuv in unit.tuvs]
    hits = scan(fold(query), [fold(tuv.text) for _, tuv in rows], threshold)
    candidates = [Candidate(*rows[hit.index], hit.distance, hit.length) for hit in hits]
    return rank(query, context, source, target, candidates, threshold=threshold, limit=limit)


def points(match: Match) -> dict[str, int]:
    return {penalty.reason: penalty.points for penalty in match.penalties}


@pytest.mark.parametrize(
    ("query", "unit", "source", "target", "score", "penalties"),
    [
        ("Wash hands.", tu("Wash hands.", "洗手。"), "en", HK, 100, {}),
        ("洗手。", tu("Wash hands.", "洗手。"), HK, "en", 100, {}),
        ("Wash hands.", tu("Wash hands.", "洗手。", penalty=10), "en", HK, 90,
         {"memory/penalty-10": 10}),
        ("洗手。", tu("Wash hands.", "洗手。", status="aligned"), HK, "en", 95,
         {"aligned, not reviewed": 5}),
        ("Wash hands.", tu("Wash hands.", "洗手。", status="machine"), "en", HK, 85,
         {"machine translation": 15}),
        ("Wash hands.", tu("Wash hands.", "洗手。", status="superseded"), "en", HK, 80,
         {"superseded": 20}),
        ("Wash hands.", tu("Wash hands.", "洗手。", status="published"), "en", HK, 100, {}),
        ("Wash hands.", tu("Wash hands.", "洗手。", "zh-Hant-TW"), "en", HK, 94,
         {"Taiwan wording": 6}),
        ("Wash hands.", tu("Wash hands.", "洗手。", "zh-Hant"), "en", HK, 96,
         {"zh-Hant wording": 4}),
        ("洗手。", tu("Wash hands.", "洗手。", "zh-Hant-TW"), HK, "en", 99,
         {"source is zh-Hant-TW": 1}),
        ("洗手。", tu("Wash hands.", "洗手。", "zh"), HK, "en", 99, {"source is zh": 1}),
        ("Wash hands.", tu("Wash hands.", "洗手。", source="en-US"), "en", HK, 100, {}),
        ("洗手。", tu("Wash hands.", "洗手。", source="en-US"), HK, "en", 100, {}),
        ("Wash hands.", tu("Wash hands.", "洗手。", source="en-US"), "en-GB", HK, 99,
         {"source is en-US": 1}),
        ("洗手。", tu("Wash hands.", "洗手。", source="en-US"), HK, "en-GB", 98,
         {"en-US wording": 2}),
        ("Wash <1>hands</1>.", tu("Wash hands.", "洗手。"), "en", HK, 98, {"different codes": 2}),
        ("<1>洗手</1>。", tu("Wash hands.", "洗手。"), HK, "en", 98, {"different codes": 2}),
        ("Wash <1>hands</1>.", tu("Wash <1>hands</1>.", "洗手。"), "en", HK, 98,
         {"different codes": 2}),
        ("<1>A</1> or <2>B</2>", tu("<1>A</1> or <2>B</2>", "<2>乙</2>或<1>甲</1>"), "en", HK,
         100, {}),
        ("wash hands.", tu("Wash hands.", "洗手。"), "en", HK, 99,
         {"differs in case, width, spaces or quotes": 1}),
        ("洗手！", tu("Wash hands!", "洗手!"), HK, "en", 99,
         {"differs in case, width, spaces or quotes": 1}),
        ("Wash hands. ", tu("Wash hands.", "洗手。"), "en", HK, 100, {}),  # a segment's own space
        ("Wash hand.", tu("Wash hands.", "洗手。"), "en", HK, 90, {}),
        ("Wash hand.", tu("Wash hands.", "洗手。", penalty=80), "en", HK, 10,
         {"memory/penalty-80": 80}),
        ("Wash hand.", tu("Wash hands.", "洗手。", penalty=95), "en", HK, 0,
         {"memory/penalty-95": 95}),
    ],
)  # fmt: skip
def test_score_shows_its_arithmetic(
    query: str, unit: TU, source: str, target: str, score: int, penalties: dict[str, int]
) -> None:
    (match,) = ask(query, [unit], source=source, target=target)
    assert (match.score, points(match)) == (score, penalties)
    assert match.insertable


@pytest.mark.parametrize(
    ("query", "context", "kind", "score"),
    [
        ("Status", Context(prev="Blood test", next="Result"), "context", 102),
        ("Status", Context(prev="blood  test", next="Other"), "context", 101),
        ("Status", Context(prev="Other", next="Result"), "context", 101),
        ("Status", Context(), "exact", 100),
        ("Statu", Context(prev="Blood test", next="Result"), "fuzzy", 83),
    ],
)
def test_context_raises_an_exact_match(query: str, context: Context, kind: str, score: int) -> None:
    unit = tu("Status", "狀況", context=Context(prev="Blood test", next="Result"))
    (match,) = ask(query, [unit], context=context)
    assert (match.kind, match.score) == (kind, score)


def test_no_neighbours_do_not_agree() -> None:
    (match,) = ask("狀況", [tu("Status", "狀況")], source=HK, target="en", context=Context())
    assert (match.kind, match.bonus) == ("exact", 0)


@pytest.mark.parametrize("offered", ["zh-Hans-CN", "zh-Hans", "zh"])
def test_other_script_is_a_reference(offered: str) -> None:
    unit = tu("Eat less salt.", "吃少盐。", offered)
    (match,) = ask("Eat less salt.", [unit])
    assert not match.insertable
    assert f"{offered} text, for reference only" in points(match)
    assert fill([match]) is None
    poor = tu("Eat less sugar.", "吃少糖。", penalty=60)
    first, second = ask("Eat less salt.", [unit, poor])
    assert (first.target.text, second.target.text) == ("吃少糖。", "吃少盐。")
    assert first.score < second.score  # insertable text comes first all the same


def test_nearest_region_of_a_unit_is_taken() -> None:
    unit = TU(
        (
            TUV("en", "Taxi"),
            TUV("zh-Hans-CN", "出租车"),
            TUV("zh-Hant-TW", "計程車"),
            TUV("zh-Hant-HK", "的士"),
        )
    )
    assert [m.target.text for m in ask("Taxi", [unit])] == ["的士"]
    assert [m.target.text for m in ask("Taxi", [unit], target="zh-Hant-MO")] == ["的士"]
    assert [m.target.text for m in ask("Taxi", [unit], target="zh-Hans-SG")] == ["出租车"]
    assert [m.target.text for m in ask("的士", [unit], source=HK, target="en")] == ["Taxi"]
    assert [m.target.text for m in ask("的士", [unit], source=HK, target="zh-Hans-CN")] == [
        "出租车"
    ]
    assert ask("Taxi", [unit], target="ja") == ()


@pytest.mark.parametrize(
    ("query", "source", "target", "memory"),
    [
        ("Home", "en", HK, [tu("Home", "主頁"), tu("Home", "家居")]),
        ("主頁", HK, "en", [tu("Home", "主頁"), tu("Home page", "主頁")]),
    ],
)
def test_two_translations_at_100_are_neither(
    query: str, source: str, target: str, memory: list[TU]
) -> None:
    matches = ask(query, memory, source=source, target=target)
    assert [match.score for match in matches] == [99, 99]
    assert all(points(match) == {AMBIGUOUS: 1} for match in matches)
    assert fill(matches) is None
    assert fill(ask(query, memory, source=source, target=target, limit=1)) is None


def test_context_decides_between_translations() -> None:
    here, there = Context(prev="Menu", next="About us"), Context(prev="Care", next="Visits")
    memory = [tu("Home", "主頁", context=here), tu("Home", "家居", context=there)]
    best, other = ask("Home", memory, context=here)
    assert (best.target.text, best.score, best.penalties) == ("主頁", 102, ())
    assert (other.score, points(other)) == (99, {AMBIGUOUS: 1})
    both = ask("Home", [memory[0], tu("Home", "首頁", context=here)], context=here)
    assert [match.score for match in both] == [99, 99]
    assert fill(both) is None


def test_weaker_translations_are_no_rivals() -> None:
    memory = [
        tu("Home", "主頁"),
        tu("Home", "首頁", "zh-Hant-TW"),
        tu("Home", "家", status="machine"),
        tu("Home", "主页", "zh-Hans-CN"),
    ]
    matches = ask("Home", memory)
    assert [match.score for match in matches] == [100, 94, 85, 70]
    assert fill(matches) == matches[0]


def test_equal_pairs_are_merged_and_the_best_kept() -> None:
    memory = [
        tu("Home", "主頁", penalty=10),
        tu("Home", "主頁", tuid="b"),
        tu("Home", "主頁", "zh-Hant-TW"),
        tu("Home", "主頁", tuid="a", date="20240101T000000Z"),
    ]
    (match,) = ask("Home", memory)
    assert (match.tu.tuid, match.score) == ("a", 100)


def test_newest_first_among_equals() -> None:
    memory = [
        tu("Wash hand.", "洗手吧。", date="20230101T000000Z", tuid="a"),
        tu("Wash hand.", "洗手。", date="20240101T000000Z", tuid="b"),
        tu("Wash hand.", "請洗手。", tuid="c"),
    ]
    assert [match.tu.tuid for match in ask("Wash hands.", memory)] == ["b", "a", "c"]


@pytest.mark.parametrize(
    "change",
    [
        {"status": "aligned"},
        {"status": "machine"},
        {"status": "superseded"},
        {"penalty": 1},
        {"tuvs": (TUV("en", "Home"), TUV("zh-Hant-TW", "主頁"))},
        {"tuvs": (TUV("en", "home"), TUV(HK, "主頁"))},
        {"tuvs": (TUV("en", "Home"), TUV(HK, "<1>主頁</1>"))},
        {"tuvs": (TUV("en", "Homes"), TUV(HK, "主頁"))},
    ],
)
def test_nothing_doubtful_is_filled(change: dict[str, object]) -> None:
    context = Context(prev="a", next="b")
    unit = tu("Home", "主頁", context=context)
    assert fill(ask("Home", [unit], context=context)) is not None
    matches = ask("Home", [replace(unit, **change)], context=context)
    assert len(matches) == 1
    assert fill(matches) is None


@pytest.mark.parametrize(
    ("status", "insertable", "filled"),
    [
        ("approved", True, True),
        ("published", True, True),
        ("approved", False, False),
        ("aligned", True, False),
        ("machine", True, False),
        ("superseded", True, False),
    ],
)
def test_fill_looks_for_itself(status: Status, insertable: bool, filled: bool) -> None:
    unit = tu("洗手。", "Wash hands.", "en", source=HK, status=status)
    match = Match(unit, *unit.tuvs, "exact", 0, 3, 100, insertable=insertable)
    assert fill([match]) == (match if filled else None)


def test_two_varieties_of_one_language() -> None:
    british = tu("Colour", "Color", "en-US", source="en-GB")
    pairs = [
        (m.source.text, m.target.text)
        for m in ask("Colour", [british], source="en-GB", target="en-US")
    ]
    assert pairs == [("Colour", "Color"), ("Color", "Colour")]
    traditional = tu("乙型肝炎", "乙型肝炎。", "zh-Hans-CN", source=HK)
    pairs = [
        (m.source.locale, m.target.locale)
        for m in ask("乙型肝炎", [traditional], source=HK, target="zh-Hans-CN")
    ]
    assert pairs == [(HK, "zh-Hans-CN")]


TEXT = st.sampled_from(["Home", "home", "Homes", "Home <1/>", "家", "家居", "家。", "Ｈome"])
UNITS = st.builds(
    lambda one, other, locale, penalty, status, date: tu(
        one, other, locale, penalty=penalty, status=status, date=date
    ),
    TEXT,
    TEXT,
    st.sampled_from([HK, "zh-Hant-TW", "zh-Hans", "zh", "en"]),
    st.sampled_from([0, 10]),
    st.sampled_from(["approved", "machine"]),
    st.sampled_from(["", "20240101T000000Z"]),
)


@given(TEXT, st.lists(UNITS, max_size=8), st.randoms(use_true_random=False))
def test_order_does_not_depend_on_the_candidates_order(
    query: str, memory: list[TU], chance: random.Random
) -> None:
    matches = ask(query, memory, threshold=50)
    shuffled = list(memory)
    chance.shuffle(shuffled)
    assert ask(query, shuffled, threshold=50) == matches
    keys = [(not match.insertable, -match.score, -match.similarity) for match in matches]
    assert keys == sorted(keys)
    assert len({(m.source.text, m.target.text) for m in matches}) == len(matches)
    assert all(m.similarity >= 50 for m in matches)
    filled = fill(matches)
    assert filled is None or (filled.score >= 100 and filled.target.locale == HK)


def test_limit_and_threshold() -> None:
    memory = [tu("Homes", "甲"), tu("Home", "乙"), tu("Hole", "丙")]
    assert [m.similarity for m in ask("Home", memory)] == [100, 80, 75]
    assert [m.similarity for m in ask("Home", memory, threshold=80)] == [100, 80]
    assert [m.similarity for m in ask("Home", memory, limit=1)] == [100]
    assert ask("Home", memory, limit=0) == ()
    far = Candidate(memory[0], memory[0].tuvs[0], 3, 5)
    assert rank("Home", Context(), "en", HK, [far], threshold=60, limit=5) == ()


@pytest.mark.parametrize(
    ("query", "unit", "source", "target", "reason", "points", "adapted"),
    [
        ("Take one tablet of 50 mg of the medicine after every meal.",
         tu("Take one tablet of 5 mg of the medicine after every meal.", "飯後服一粒5毫克的藥。"),
         "en", HK, "other values: 5 mg → 50 mg", 5, "飯後服一粒50毫克的藥。"),
        ("飯後服一粒50毫克的這種藥，不可多服，不可少服。",
         tu("Take a 5 mg tablet after meals.", "飯後服一粒5毫克的這種藥，不可多服，不可少服。"),
         HK, "en", "other values: 5毫克 → 50毫克", 5, "Take a 50 mg tablet after meals."),
        ("Take one tablet of 5 g of the medicine after every meal.",
         tu("Take one tablet of 5 mg of the medicine after every meal.", "飯後服一粒5毫克的藥。"),
         "en", HK, "other values: 5 mg → 5 g", 10, None),
        ("Use one tablet of 50 mg of the medicine after every meal.",
         tu("Take one tablet of 5 mg of the medicine after every meal.", "飯後服一粒5毫克的藥。"),
         "en", HK, "other values: 5 mg → 50 mg", 10, None),
        ("1 in A, 2 in B, 3 in C, 4 in D.", tu("5 in A, 6 in B, 7 in C, 8 in D.", "甲乙丙丁"),
         "en", HK, "other values: 5 → 1, 6 → 2, 7 → 3, …", 10, None),
    ],
)  # fmt: skip
def test_other_values_are_a_penalty(
    query: str, unit: TU, source: str, target: str, reason: str, points: int, adapted: str | None
) -> None:
    (match,) = ask(query, [unit], source=source, target=target)

    assert [(p.reason, p.points) for p in match.penalties] == [(reason, points)]
    assert match.score < 95
    assert (match.adapted.text if match.adapted else None) == adapted
    assert match.target in unit.tuvs


def test_a_wrong_dose_stands_below_another_wording() -> None:
    words = "Take one tablet of 5 {} after every meal, and drink plenty of water with it."
    memory = [tu(words.format("g"), "甲"), tu(words.format("mg").replace("plenty", "lots"), "乙")]

    best, second = ask(words.format("mg"), memory)

    assert (best.target.text, second.target.text) == ("乙", "甲")
    assert best.similarity < second.similarity


def test_values_are_carried_over_into_nothing_that_is_only_a_reference() -> None:
    (match,) = ask("Take 50 mg.", [tu("Take 5 mg.", "服5毫克。", "zh-Hans-CN")])

    assert match.adapted is None
    assert points(match)["other values: 5 mg → 50 mg"] == 10


def test_the_tags_of_an_adapted_target_are_the_query_s() -> None:
    (match,) = ask("Open <3>30</3> beds.", [tu("Open <1>20</1> beds.", "<1>20</1>張病牀")])

    assert match.adapted is not None
    assert match.adapted.text == "<3>30</3>張病牀"
