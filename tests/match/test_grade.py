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
    ("See <1>our guide</1>", "See <1>the guide</1>", "text"),
    ("Take 5 mg", "Take 50 mg", "text"),
    ("服用5毫克", "服用5.0毫克", "text"),
    ("at 3.5", "at 35", "text"),
    ("服用5毫克", "服用6毫克", "text"),
    ("at 9:30", "at 9.30", "text"),
    ("not open", "open", "text"),
]


BOLD, LINK, MORE = "** … **", "[ … ](https://example.org/a)", "[ … ](https://example.org/b)"
CODES = [
    ("See our guide", {}, "See <1>our guide</1>", {1: [LINK]}, "markup"),
    ("請參閱指南", {}, "請參閱<1>指南</1>", {1: [BOLD]}, "markup"),
    ("請參閱<1>指南</1>", {1: ["<b> … </b>"]}, "請參閱指南", {}, "markup"),
    ("See <1>our guide</1>", {1: [BOLD]}, "<1>See</1> our guide", {1: ["_ … _"]}, "markup"),
    ("Take 5<1/>0 mg", {1: ["<br>"]}, "Take <2>5<1/>0</2> mg", {1: ["<br>"], 2: [BOLD]}, "markup"),
    ("每日50毫克", {}, "每日<1>50</1>毫克", {1: ['<a href="x"> … </a>']}, "markup"),
    ("CO2", {}, "CO<1>2</1>", {1: ["<sub> … </sub>"]}, "text"),
    ("105 CFU", {}, "10<1>5</1> CFU", {1: ["<sup> … </sup>"]}, "text"),
    ("服用5毫克", {}, "服用<1>5</1>毫克", {1: ["<del> … </del>"]}, "text"),
    ("服用5毫克", {}, "服用<1>5</1>毫克", {1: ["~~ … ~~"]}, "text"),
    ("服用<1>5</1>毫克", {1: ["~~ … ~~"]}, "服用5毫克", {}, "text"),
    ("5 mg, <1>6</1> mg", {1: ["~~ … ~~"]}, "<1>5</1> mg, 6 mg", {1: ["~~ … ~~"]}, "text"),
    ("Take 50 mg", {}, "Take 5<1/>0 mg", {1: ["<br>"]}, "text"),
    ("See it", {}, "See <1>it</1>", {1: ['<b class="hidden"> … </b>']}, "text"),
    ("See it", {}, "See <1>it</1>", {1: ['<a href="x" style="y"> … </a>']}, "text"),
    ("See it", {}, "See <1>it</1>", {1: [BOLD, "<s> … </s>"]}, "text"),
    ("See it", {}, "See <1>it</1>", {}, "text"),
    ("Take 5 Mg", {}, "Take <1>5</1> mg", {1: [BOLD]}, "text"),
    ("<1>見</1>此", {1: [LINK]}, "<1>見</1>此", {1: [MORE]}, "link"),
    ("<1>a</1>", {1: [LINK]}, "<1>a</1>", {1: [LINK, MORE]}, "spaces"),
    ("<1>a</1>", {1: [LINK]}, "<1>a</1>", {1: [BOLD]}, "spaces"),
]


@pytest.mark.parametrize(("old", "was", "new", "now", "expected"), CODES)
def test_what_markup_does(
    old: str, was: dict[int, list[str]], new: str, now: dict[int, list[str]], expected: str
) -> None:
    assert grade(old, new, was, now) == expected


@pytest.mark.parametrize(("old", "new", "expected"), TABLE)
def test_grade(old: str, new: str, expected: str) -> None:
    assert grade(old, new) == expected
    assert grade(old, old) == "spaces"
