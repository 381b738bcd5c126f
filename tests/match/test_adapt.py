"""Values carried over: what is certain is rewritten in the target's style, what is not is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingo.match.adapt import adapt, contradictions

HK = "zh-Hant-HK"


def rewritten(query: str, source: str, target: str) -> str | None:
    result = adapt(query, source, target, "en" if target.isascii() or "–" in target else HK)
    return result.text if result else None


@pytest.mark.parametrize(
    ("query", "source", "target", "expected"),
    [
        # numbers and their scales
        ("over 45 families", "over 20 families", "逾二十個家庭", "逾四十五個家庭"),
        ("2 nurses", "3 nurses", "三名護士", "兩名護士"),
        ("3 nurses", "2 nurses", "兩名護士", "三名護士"),
        ("2nd ward", "3rd ward", "第三病房", "第二病房"),
        ("1.5 million people", "2 million people", "二百萬人", "一百五十萬人"),
        ("1.5 million people", "2 million people", "２００萬人", "１５０萬人"),
        ("20,000 people", "10,000 people", "一萬人", "兩萬人"),
        ("900 people", "10,000 people", "1萬人", "900人"),
        ("1,250 people", "2,500 people", "2500人", "1250人"),
        ("1,250 people", "250 people", "250人", "1,250人"),
        ("有250萬人。", "有800人。", "There are 800 people.", "There are 2.5 million people."),
        ("有30人。", "有20人。", "Twenty people came.", "Thirty people came."),
        ("第二間診所", "第一間診所", "The first clinic", "The second clinic"),
        ("第23屆", "第21屆", "The 21st meeting", "The 23rd meeting"),
        ("over 40 people", "over 30 people", "30多人", "40多人"),
        # money
        ("HK$500 million", "HK$3 billion", "30億港元", "5億港元"),
        ("HK$1,234,567", "HK$2.5 million", "250萬港元", "1,234,567港元"),
        ("HK$12.50", "HK$10.00", "10.00元", "12.50元"),
        ("收費1,200港元。", "收費800港元。", "It costs HK$800.", "It costs HK$1,200."),
        # percent and fractions
        ("About 30%", "About 20%", "約兩成", "約三成"),
        ("33 per cent", "20 per cent", "百分之二十", "百分之三十三"),
        ("20% off", "10% off", "九折", "八折"),
        ("two-thirds", "three quarters", "四分之三", "三分之二"),
        ("三分之二的病人", "四分之三的病人", "three quarters of patients",
         "two thirds of patients"),
        ("one in 8 adults", "one in 20 adults", "二十分之一的成人", "八分之一的成人"),
        # measures
        ("Take 50 mg.", "Take 5 mg.", "服5毫克。", "服50毫克。"),
        ("服8毫克。", "服1毫克。", "Take 1 mg.", "Take 8 mg."),
        ("for 21 days", "for 14 days", "為期兩星期", "為期三星期"),
        ("-5 °C", "-18 °C", "零下18度", "零下5度"),
        ("aged 12 to 17", "aged 6 to 12", "6至12歲", "12至17歲"),
        ("an 8-week course", "a 6-week course", "六星期課程", "八星期課程"),
        # dates
        ("20 May 2026", "16 April 2025", "2025年4月16日", "2026年5月20日"),
        ("20 May 2026", "16 April 2025", "二〇二五年四月十六日", "二〇二六年五月二十日"),
        ("16–20 May 2026", "16–18 April 2025", "2025年4月16至18日", "2026年5月16至20日"),
        ("2024年3月5日", "2024年11月12日", "November 12, 2024", "March 5, 2024"),
        ("2024年3月5日", "2024年11月12日", "12/11/2024", "5/3/2024"),
        ("2024年3月5日", "2024年11月12日", "2024-11-12", "2024-03-05"),
        ("3月2日", "4月16日", "16th Apr.", "2nd Mar."),
        ("三月", "五月", "in May", "in March"),
        ("in 2026", "in 2024", "2024年", "2026年"),
        ("the 1980s", "the 1990s", "上世紀九十年代", "上世紀八十年代"),
        ("Tuesday, 21 April 2026", "Wednesday, 16 April 2025", "2025年4月16日（星期三）",
         "2026年4月21日（星期二）"),
        ("星期六", "星期三", "on Wednesdays", "on Saturdays"),
        ("Monday to Saturday", "Monday to Friday", "星期一至五", "星期一至六"),
        # times
        ("at 6:30 p.m.", "at 2 p.m.", "下午二時", "下午六時三十分"),
        ("at 7:30 p.m.", "at 2:30 p.m.", "下午2時30分", "晚上7時30分"),
        ("at 3:30 p.m.", "at 2:30 p.m.", "下午二時半", "下午三時半"),
        ("at 12 noon", "at 2:30 p.m.", "下午2時30分", "中午12時"),
        ("at 16:45", "at 14:30", "14:30", "16:45"),
        ("10–11:30 a.m.", "9–11 a.m.", "上午9時至11時", "上午10時至11時30分"),
        ("下午二時半", "上午十時", "at 10 a.m.", "at 2:30 p.m."),
        ("上午11時至下午1時", "上午9時至11時", "9 a.m. to 11 a.m.", "11 a.m. to 1 p.m."),
        # names and telephone numbers
        ("Call 2861 1234.", "Call 2345 6789.", "請致電 (852) 2345-6789。",
         "請致電 (852) 2861-1234。"),
        ("Call 2861 1234.", "Call 2345 6789.", "電話２３４５ ６７８９", "電話２８６１ １２３４"),
        ("in Room B14", "in Room B12", "B12室", "B14室"),
        # codes stay, and what says the same twice is changed twice
        ("<3>30</3> beds", "<1>20</1> beds", "<3>20</3>張病牀", "<3>30</3>張病牀"),
        ("30 men and 30 women", "20 men and 20 women", "20男20女", "30男30女"),
    ],
)  # fmt: skip
def test_carried_over(query: str, source: str, target: str, expected: str) -> None:
    assert rewritten(query, source, target) == expected


@pytest.mark.parametrize(
    ("query", "source", "target"),
    [
        ("Take 5 mg.", "Take 5 mg.", "服5毫克。"),  # nothing differs
        ("Give 50 mg.", "Take 5 mg.", "服5毫克。"),  # a word differs
        ("See <1>30</1> beds", "See 20 beds", "20張病牀"),  # a code differs
        # another unit, currency or kind
        ("Take 5 g.", "Take 5 mg.", "服5毫克。"),
        ("It costs US$50.", "It costs HK$50.", "收費50港元。"),
        ("in March", "in 2024", "2024年"),
        ("Wear a KN95 mask", "Wear an N95 mask", "戴N95口罩"),
        # not there, or not once
        ("5 cases", "0 cases", "沒有個案"),
        ("30 men and 20 women", "20 men and 20 women", "20男20女"),
        ("30 of 400", "20 of 400", "400人中有二十人，即20人"),
        # already another value
        ("Take 50 mg.", "Take 5 mg.", "服6毫克。"),
        # idioms
        ("40%", "50%", "一半"),
        ("by 30%", "by 35%", "三成半"),
        ("by 35%", "by 30%", "三成"),
        ("8 years", "half a year", "半年"),
        ("in 3.5 years", "in 2.5 years", "兩年半後"),
        ("at 3:15 p.m.", "at 12 noon", "正午"),
        ("More than 200 people", "More than 100 people", "逾百人"),
        ("over 35 people", "over 30 people", "30多人"),
        ("五六千人", "三四千人", "3,000 to 4,000 people"),
        # the style does not hold it
        ("for 20 days", "for 14 days", "為期兩星期"),
        ("有120人。", "有20人。", "Twenty people came."),
        # what follows from a value
        ("21 April 2026", "16 April 2025", "2025年4月16日（星期三）"),
        ("21 April", "16 April", "4月16日（三）"),
        ("Saturday, 17 April 2025", "Wednesday, 16 April 2025", "2025年4月16日（三）"),
        ("20 men and 40 women", "20 men and 30 women", "20名男士及30名女士，共五十人"),
        # half of the day
        ("at 10:30", "at 9:30", "上午9時30分"),
        ("上午9時至下午1時", "上午9時至11時", "from 9 to 11 a.m."),
        ("下午1時至3時", "上午9時至11時", "from 9 to 11 a.m."),
        # English words that go with the number
        ("有1個家庭。", "有20個家庭。", "There are 20 families."),
        ("有三名護士。", "有一名護士。", "There is one nurse."),
        ("服8粒。", "服1粒。", "Take 1 tablet."),
        ("八星期課程", "六星期課程", "a 6-week course"),
        ("三分之二的人", "三分之一的人", "one third of the people"),
    ],
)
def test_not_certain(query: str, source: str, target: str) -> None:
    assert rewritten(query, source, target) is None


def test_the_pieces_are_what_changed() -> None:
    result = adapt(
        "It opens at 6 p.m. on 20 May 2026.",
        "It opens at 2 p.m. on 16 April 2025.",
        "2025年4月16日下午2時開放。",
        HK,
    )

    assert result is not None
    assert [tuple(piece) for piece in result.pieces] == [
        (0, 10, "2025年4月16日", "2026年5月20日"),
        (10, 14, "下午2時", "下午6時"),
    ]


def test_simplified_text_stays_simplified() -> None:
    result = adapt("1.5 million people", "800 people", "800人", "zh-Hans-CN")

    assert result is not None
    assert result.text == "150万人"


@pytest.mark.parametrize(
    ("query", "source", "expected"),
    [
        ("Take 50 mg.", "Take 5 mg.", (("5 mg", "50 mg"),)),
        ("Give 50 mg at once.", "Take 5 mg.", (("5 mg", "50 mg"),)),
        ("服50毫克。", "服5毫克。", (("5毫克", "50毫克"),)),
        ("30 men, 20 women", "20 men, 30 women", (("20", "30"), ("30", "20"))),
        ("Take 0.5 g.", "Take 500 mg.", (("500 mg", "0.5 g"),)),
        ("Take 5 mg.", "Give 5 mg.", ()),
        ("Rest.", "Rest for 3 days.", ()),
    ],
)
def test_contradictions(query: str, source: str, expected: tuple[tuple[str, str], ...]) -> None:
    assert contradictions(query, source) == expected


# values of one kind each; words beside them, some of which make other values of them
KINDS = [
    "2 3 12 ２０ 250 1,200 3.5".split(),
    "二 兩 三 十二 二十 三百 一萬".split(),
    "two three twenty first third twenty-one".split(),
    ["5 mg", "50 mg", "5 g", "500 mg", "10 days", "two weeks", "half a year"],
    ["16 April 2025", "2 May 2025", "16 April", "April 2025", "2025-04-16"],
    ["2025年4月16日", "2025年5月2日", "四月十六日", "三月"],
    ["2 p.m.", "2:30 p.m.", "11 a.m.", "14:30", "noon", "9"],
    ["下午2時", "上午九時", "下午二時半", "中午12時", "9時"],
    ["HK$500", "HK$1.5 million", "US$20", "30億元", "20%", "兩成", "九折"],
    ["Friday", "Sat", "星期五", "2861 1234", "2345 6789", "N95", "N99", "三分之一", "two-thirds"],
]
WORDS = st.sampled_from(
    """; 人 , to – 至 - and 及 a an of 多 半 年 成 萬 million % °C <1> </1> （ ）""".split()
)
SLOTS = st.sampled_from(KINDS).flatmap(
    lambda kind: st.tuples(st.sampled_from(kind), st.sampled_from(kind))
)
PARTS = st.lists(st.tuples(SLOTS, WORDS.map(lambda word: f" {word} ") | WORDS), max_size=4)
TEXTS = PARTS.map(
    lambda parts: tuple("".join(slot[side] + word for slot, word in parts) for side in (0, 1))
)


@given(TEXTS, st.sampled_from(["en", HK]))
def test_a_text_is_its_own_translation(texts: tuple[str, str], locale: str) -> None:
    """Where source and target are one text, the new target says what the query says."""
    query, source = texts

    result = adapt(query, source, source, locale)

    if result is not None:
        assert contradictions(query, source) != ()
        assert contradictions(query, result.text) == ()


@given(TEXTS, st.text(max_size=9), st.sampled_from(["en", HK]))
def test_all_but_the_pieces_is_as_it_was(texts: tuple[str, str], more: str, to: str) -> None:
    query, source = texts
    target = source + more

    result = adapt(query, source, target, to)

    if result is not None:
        old = result.text
        for start, end, before, after in reversed(result.pieces):
            assert result.text[start:end] == after != before
            old = old[:start] + before + old[end:]
        assert old == target
