"""Which changes of a source text are cosmetic, and which need a person."""

from __future__ import annotations

import pytest

from bilingo.match.grade import grade

TABLE = [
    ("Free  check-ups", "Free check-ups", "spaces"),
    ("免費 檢查", "免費  檢查", "spaces"),
    ("“Hope” is a word", '"Hope" is a word', "quotes"),
    ("他說「好」", '他說"好"', "quotes"),
    ("It’s free", "It's  free", "quotes"),
    ("Free Check-ups", "Free check-ups", "case"),
    ("The clinic is open.", "The clinic is open", "punctuation"),
    ("診所開放。", "診所開放！", "punctuation"),
    ("歡迎查詢。」", "歡迎查詢！」", "punctuation"),
    ("Are you ready.", "Are you ready?", "text"),
    ("你有風險。", "你有風險？", "text"),
    ("Is it safe?!", "Is it safe!", "text"),
    ("安全嗎？！", "安全嗎！", "text"),
    ("See our guide", "See <1>our guide</1>", "markup"),
    ("請參閱指南", "請參閱<1>指南</1>", "markup"),
    ("See <1>our guide</1>", "See <1>the guide</1>", "text"),
    ("Take 5 mg", "Take 50 mg", "text"),
    ("服用5毫克", "服用5.0毫克", "text"),
    ("at 3.5", "at 35", "text"),
    ("服用5毫克", "服用6毫克", "text"),
    ("at 9:30", "at 9.30", "text"),
    ("not open", "open", "text"),
]


@pytest.mark.parametrize(("old", "new", "expected"), TABLE)
def test_grade(old: str, new: str, expected: str) -> None:
    assert grade(old, new) == expected
    assert grade(old, old) == "spaces"
