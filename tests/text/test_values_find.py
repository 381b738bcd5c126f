"""What `find` reads, and where it says it stands."""

from __future__ import annotations

from fractions import Fraction

import pytest

from bilingo.text.values import find


@pytest.mark.parametrize(
    ("text", "kind", "amount", "unit", "shown"),
    [
        # English
        ("about 1.5 million people", "number", Fraction(1500000), "", "1.5 million"),
        ("twenty-one of them", "number", Fraction(21), "", "twenty-one"),
        ("two hundred and five homes", "number", Fraction(205), "", "two hundred and five"),
        ("half a million", "number", Fraction(500000), "", "half a million"),
        ("its 30th birthday", "number", Fraction(30), "", "30th"),
        ("a rise of 2.5 per cent", "percent", Fraction(5, 2), "", "2.5 per cent"),
        ("two-thirds of them", "fraction", (2, 3), "", "two-thirds"),
        ("one in 13 adults", "fraction", (1, 13), "", "one in 13"),
        ("HK$3.5m raised", "money", Fraction(3500000), "HKD", "HK$3.5m"),
        ("a US$40 fee", "money", Fraction(40), "USD", "US$40"),
        ("20 euros", "money", Fraction(20), "EUR", "20 euros"),
        ("take 0.5 mg", "quantity", Fraction(1, 2), "mg", "0.5 mg"),
        ("a 14-day stay", "quantity", Fraction(14), "d", "14-day"),
        ("a 65-year-old man", "quantity", Fraction(65), "y", "65-year"),
        ("at -20 °C", "quantity", Fraction(-20), "C", "-20 °C"),
        ("two and a half years", "quantity", Fraction(5, 2), "y", "two and a half years"),
        ("half an hour", "quantity", Fraction(1, 2), "h", "half an hour"),
        ("on 15 March 2025", "date", (2025, 3, 15), "", "15 March 2025"),
        ("on Nov. 2, 2024", "date", (2024, 11, 2), "", "Nov. 2, 2024"),
        ("by 2/11/2024", "date", (2024, 11, 2), "", "2/11/2024"),
        ("since 2024-11-02", "date", (2024, 11, 2), "", "2024-11-02"),
        ("in May", "date", (None, 5, None), "", "May"),
        ("every Friday", "weekday", Fraction(5), "", "Friday"),
        ("at 2:30 p.m.", "time", (14, 30, 1), "", "2:30 p.m."),
        ("at 12 a.m.", "time", (0, 0, 1), "", "12 a.m."),
        ("at 9:15", "time", (9, 15, 0), "", "9:15"),
        ("in the 1990s", "decade", Fraction(1990), "", "1990s"),
        ("call 2861 1234", "phone", "28611234", "", "2861 1234"),
        ("call +852 2861-1234", "phone", "28611234", "", "+852 2861-1234"),
        ("an N95 mask", "code", "n95", "", "N95"),
        ("Covid-19 tests", "code", "covid19", "", "Covid-19"),
        # Chinese
        ("約150萬人", "number", Fraction(1500000), "", "150萬"),
        ("約１５０萬人", "number", Fraction(1500000), "", "１５０萬"),
        ("三萬五千零六人", "number", Fraction(35006), "", "三萬五千零六"),
        ("二億五千四百萬人", "number", Fraction(254000000), "", "二億五千四百萬"),
        ("廿八人", "number", Fraction(28), "", "廿八"),
        ("三點五", "number", Fraction(7, 2), "", "三點五"),
        ("上升百分之二十", "percent", Fraction(20), "", "百分之二十"),
        ("約兩成半人", "percent", Fraction(25), "", "兩成半"),
        ("千分之五", "percent", Fraction(1, 2), "", "千分之五"),
        ("八五折", "percent", Fraction(85), "折", "八五折"),
        ("三分之二", "fraction", (2, 3), "", "三分之二"),
        ("一半人", "fraction", (1, 2), "", "一半"),
        ("港幣三十億元", "money", Fraction(3000000000), "HKD", "港幣三十億元"),
        ("收費1,200元", "money", Fraction(1200), "元", "1,200元"),
        ("490 万美元", "money", Fraction(4900000), "USD", "490 万美元"),
        ("服五百毫克", "quantity", Fraction(500), "mg", "五百毫克"),
        ("兩年半後", "quantity", Fraction(5, 2), "y", "兩年半"),
        ("一個半小時", "quantity", Fraction(3, 2), "h", "一個半小時"),
        ("六個月", "quantity", Fraction(6), "month", "六個月"),
        ("零下20°C", "quantity", Fraction(-20), "C", "零下20°C"),
        ("三千克", "quantity", Fraction(3), "kg", "三千克"),
        ("二○二四年十一月二日", "date", (2024, 11, 2), "", "二○二四年十一月二日"),
        ("2024年11月2日", "date", (2024, 11, 2), "", "2024年11月2日"),
        ("廿八日前", "quantity", Fraction(28), "d", "廿八日"),
        ("2020 年底", "date", (2020, None, None), "", "2020 年"),
        ("逢周五", "weekday", Fraction(5), "", "周五"),
        ("禮拜天", "weekday", Fraction(7), "", "禮拜天"),
        ("下午二時半", "time", (14, 30, 1), "", "下午二時半"),
        ("凌晨12時", "time", (0, 0, 1), "", "凌晨12時"),
        ("中午1時", "time", (13, 0, 1), "", "中午1時"),
        ("十時十五分", "time", (10, 15, 0), "", "十時十五分"),
        ("九十年代", "decade", Fraction(90), "", "九十年代"),
        ("20世紀90年代", "decade", Fraction(1990), "", "20世紀90年代"),
        ("致電28611234", "phone", "28611234", "", "28611234"),
        ("2019冠狀病毒病", "code", "covid19", "", "2019冠狀病毒病"),
    ],
)
def test_one_value(text: str, kind: str, amount: object, unit: str, shown: str) -> None:
    (value,) = find(text)
    assert (value.kind, value.amount, value.unit) == (kind, amount, unit)
    assert text[value.start : value.end] == shown


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("2–8 °C", [(2, "C"), (8, "C")]),
        ("3 to 4 months", [(3, "month"), (4, "month")]),
        ("5 to 6 million", [(5000000, ""), (6000000, "")]),
        ("HK$5–10", [(5, "HKD"), (10, "HKD")]),
        ("between 20 and 30%", [(20, ""), (30, "")]),
        ("攝氏2至8度", [(2, "C"), (8, "C")]),
        ("三至四個月", [(3, "month"), (4, "month")]),
        ("五六千人", [(5000, ""), (6000, "")]),
        ("十五六歲", [(15, "y"), (16, "y")]),
        ("六七成", [(60, ""), (70, "")]),
        ("五至六百萬", [(5, ""), (6000000, "")]),
        ("50至60萬", [(500000, ""), (600000, "")]),
    ],
)
def test_ranges(text: str, amounts: list[tuple[int, str]]) -> None:
    assert [(value.amount, value.unit) for value in find(text)] == amounts


@pytest.mark.parametrize(
    "text",
    [
        "Hello %(name1)s, %2$s and {0} at https://example.org/2024 <1>here</1> `x = 3`",
        "%1$s你好，見https://example.org/2024/5。<12/>",
        "Hundreds of thousands came",
        "數百人，幾十人，十幾人",
        "may march on",
        "",
    ],
)
def test_no_value_is_read_from(text: str) -> None:
    assert [value for value in find(text) if not value.optional] == []


@pytest.mark.parametrize(
    "piece",
    """1 1,111, 1, 2861- a- A- 一百 五六 百分之 三分之 one| half| < <a { ` % %( a@ http: March|1|
    星期一、 - (""".split(),
)
def test_a_hundred_thousand_characters_are_read(piece: str) -> None:
    text = (piece.replace("|", " ") * 100_000)[:100_000]
    assert all(value.end <= len(text) for value in find(text))
