"""Paragraphs put together from sentences."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bilingo.match.assemble import assemble, joined, retagged
from bilingo.model import TU, TUV, Adaptation, Match, Replaced, Segment


def match(source: str, target: str, distance: int = 0, *, insertable: bool = True) -> Match:
    sides = TUV("en", source), TUV("zh-Hant-HK", target)
    length = len(source)
    return Match(
        tu=TU(sides),
        source=sides[0],
        target=sides[1],
        kind="fuzzy" if distance else "exact",
        distance=distance,
        length=length,
        similarity=100 * (length - distance) // length,
        insertable=insertable,
    )


FIVE = ["One of us. ", "Two of us. ", "Three of us. ", "Four of us. ", "Five of us."]


def test_one_sentence_of_five_changed_is_four_exact_parts_and_a_fuzzy_one() -> None:
    segments = [Segment(text, 0) for text in FIVE]
    found = [[match(s.strip(), f"{zh}。")] for s, zh in zip(FIVE, "一二三四五", strict=True)]
    found[2] = [match("Three of you.", "三。", 3)]

    result = assemble(segments, found, "zh-Hant-HK")

    assert result is not None
    assert [part.match.kind for part in result.parts if part.match] == [
        "exact",
        "exact",
        "fuzzy",
        "exact",
        "exact",
    ]
    assert result.text == "一。二。三。四。五。"
    assert result.whole
    assert 90 < result.score < 100


def test_a_gap_is_seen_and_counts_nothing() -> None:
    segments = [Segment("Known. ", 0), Segment("Unknown.", 7)]

    result = assemble(segments, [[match("Known.", "已知。")], []], "zh-Hant-HK")

    assert result is not None
    assert result.text == "已知。[Unknown.]"
    assert not result.whole
    assert result.score == 100 * 6 // 14


def test_references_are_never_put_in() -> None:
    hans = match("Known.", "已知。", insertable=False)

    assert assemble([Segment("Known.", 0)], [[hans]], "zh-Hant-HK") is None


def test_values_carried_over_are_put_in() -> None:
    adapted = Adaptation("服50毫克。", (Replaced(1, 5, "5毫克", "50毫克"),))
    found = replace(match("Take 5 mg.", "服5毫克。", 1), adapted=adapted)

    result = assemble([Segment("Take 50 mg.", 0)], [[found]], "zh-Hant-HK")

    assert result is not None
    assert result.text == "服50毫克。"


@pytest.mark.parametrize(
    ("texts", "locale", "expected"),
    [
        (["One. ", "Two."], "en", "One. Two."),
        (["一。", "二。"], "en", "一。 二。"),
        (["一。 ", "二。"], "zh-Hant-HK", "一。二。"),
        (["見IBM", "COVID同"], "zh-Hant-HK", "見IBM COVID同"),
        (["多謝。", "Dr. Lam說"], "zh-Hant-HK", "多謝。Dr. Lam說"),
        ([], "en", ""),
    ],
)
def test_joining_is_the_language_s(texts: list[str], locale: str, expected: str) -> None:
    assert joined(texts, locale) == expected


@pytest.mark.parametrize(
    ("source", "target", "query", "expected"),
    [
        ("See <1>it</1>.", "見<1>此</1>。", "See <3>it</3>.", "見<3>此</3>。"),
        ("<1/> a <2>b</2>", "<2>乙</2><1/>", "<5/> a <4>b</4>", "<4>乙</4><5/>"),
        ("See <1>it</1>.", "見<1>此</1>。", "See it.", "見<1>此</1>。"),
        ("See it.", "見此。", "See <2>it</2>.", "見此。"),
    ],
)
def test_a_translation_takes_the_numbers_of_the_query(
    source: str, target: str, query: str, expected: str
) -> None:
    assert retagged(source, target, query) == expected
