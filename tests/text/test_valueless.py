"""The short look at a text against the grammar of values: what it lets pass has no value."""

from __future__ import annotations

import lzma
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingo.match import adapt
from bilingo.text.valueless import NAMES, ROMAN, WORDS, alike, valueless
from bilingo.text.values import compare, dates, find, labels, numerals

NONE = """The clinic opens soon.|Each of us read the page and every link.|HK$ is a sign, % too.
診所開放。|健康講座，歡迎參加|港元、美元|週年|日期|正確|見 https://x.org/2024/05/12 的圖
打開 `file2.txt`|<1>Open</1> {0} %s &#39;|a secondary school, a weekly|Sept. and Aug.
each daytime|Thus it works, and Suns shine""".replace("\n", "|").split("|")
SOME = """3 doses|３ doses|two|Thirteen|a week|per day|a quarter|an eighth|two eighths|thrice daily
half|noon|Monday|Sundays|in May|March|½|COVID-19|12:30|%(name)sone day|一般|兩岸|星期日|星期天|週日
周日|週天|周天|禮拜日|礼拜日|礼拜天|禮拜天|午夜|子夜|正午|今日（日）|半日|百分之五|三十|每日兩次
ｏｎｅ|Ｍａｙ|stage IV|Phase III|quarter past one|半價""".replace("\n", "|").split("|")
BETWEEN = """clinic The opens at Get hello.py < > <1> </1> {0} {{ }} { } %( ) %s %1$s %(n)s
% & ; ` `` : http:// https://a.b/ www. @ mailto: tel: $ HK$ US$ dollars per each every a an
A An of in to &amp; and until later times daily time day Day hours week month year thirdly
halfway one-off someone one Two thrice half quarter noon Noon mays May Mar Sat Suns Thurs AM
a.m. - – ~ / , . ' 診所 健康 的 港元 港 元 每 每日 次 上午 下午 正 午 夜 午夜 月 年 日 號 星
期 星期 週 周 天 拜 禮 ( ) （ ） 第 幾 數 攝氏 零下 冠狀病毒 成 折 ｏｎｅ ａ ％ ７ 5 19 一
半 ½ ſ \u212a stage Type Part IV X II quarter past""".split()
PIECES = (
    st.sampled_from(SOME + NONE) | st.sampled_from(BETWEEN) | st.sampled_from(" _\u200b\n\u3000")
)
TEXTS = st.lists(PIECES, max_size=10).map("".join)


@pytest.mark.parametrize("text", NONE)
def test_most_texts_are_seen_to_have_none(text: str) -> None:
    assert valueless(text)
    assert find(text) == ()


@pytest.mark.parametrize("text", SOME)
def test_what_may_be_a_value_is_left_to_the_grammar(text: str) -> None:
    assert not valueless(text)


@given(TEXTS)
@settings(max_examples=1000)
def test_what_is_valueless_has_no_value(text: str) -> None:
    assert not (valueless(text) and find(text))


@given(st.text(max_size=30), st.text(max_size=30))
def test_nor_has_any_other_text(one: str, other: str) -> None:
    assert not (valueless(one + other) and find(one + other))


@given(TEXTS, TEXTS)
def test_it_contradicts_nothing(one: str, other: str) -> None:
    if valueless(one) or valueless(other):
        assert not any(d.kind == "contradicted" for d in compare(one, other))


def test_its_words_are_those_of_the_grammar() -> None:
    assert numerals.WORDS | {"thrice", "half", "noon", "midnight"} == WORDS
    assert frozenset(labels.ROMAN) == ROMAN
    cut_short = {name for name in dates.NAMES if not find(f"in {name} and")}
    assert dates.NAMES - cut_short == NAMES


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("一般而言，打開文件，查看模式。", "一般而言，打開文件，查看某些", True),
        ("共3人，診所開放。", "診所關閉。共3人，診所開放。", True),
        ("共3人，診所開放。", "共4人，診所開放。", False),
        ("診所開放，5,000人", "診所關閉，5,000人", False),
        ("共3，人診所", "共3，人", True),
        ("3月5，診所，六日", "3月5，六日", False),  # the 5th and 6th
        ("Open 3 doors, please.", "Open 3 doors, now.", False),
    ],
)
def test_texts_that_differ_where_they_have_no_value(one: str, other: str, expected: bool) -> None:
    assert alike(one, other) is alike(other, one) is expected


REACHING = "每五名成人 便有一人 每星期 服三次 3月5 上午 晚8時 5至 第二期 每".split()
STOPS = "，。；：？！,:"
CLAUSES = st.lists(PIECES | st.sampled_from(REACHING) | st.sampled_from(STOPS), max_size=4).map(
    "".join
)
CLOSED = st.tuples(
    CLAUSES, st.sampled_from("，。；：？！,;:"), st.sampled_from("診當下港每星次月日歲人至")
).map("".join)


@given(st.lists(CLOSED, max_size=2), CLOSED, CLOSED, st.lists(CLOSED, max_size=2), CLAUSES)
@settings(max_examples=2000)
def test_they_say_the_same(
    before: list[str], mine: str, yours: str, behind: list[str], end: str
) -> None:
    one, other = ("".join([*before, middle, *behind, end]) for middle in (mine, yours))
    if alike(one, other):
        values = [[(v.kind, v.unit, v.amount, v.optional) for v in find(t)] for t in (one, other)]
        assert values[0] == values[1]
        assert compare(one, other) == adapt.contradictions(one, other) == ()


@pytest.mark.corpus
@pytest.mark.parametrize("language", ["en", "zh"])
def test_real_texts(shared: Path, language: str) -> None:
    """Of real sentences most are seen to have no value, and none of those has one."""
    with lzma.open(shared / f"data/bench/{language}.txt.xz", "rt", encoding="utf-8") as file:
        texts = list(islice(file, 0, 100_000, 10))
    passed = [text for text in texts if valueless(text)]
    assert not [text for text in passed if find(text)]
    assert len(passed) > len(texts) / 4
