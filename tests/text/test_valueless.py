"""The short look at a text against the grammar of values: what it lets pass has no value."""

from __future__ import annotations

import lzma
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingo.text.valueless import NAMES, WORDS, valueless
from bilingo.text.values import compare, dates, find, numerals

NONE = """The clinic opens soon.|Each of us read the page and every link.|HK$ is a sign, % too.
診所開放。|健康講座，歡迎參加|港元、美元|週年|日期|正確|見 https://x.org/2024/05/12 的圖
打開 `file2.txt`|<1>Open</1> {0} %s &#39;|a secondary school, a weekly|Sept. and Aug.
each daytime""".replace("\n", "|").split("|")
SOME = """3 doses|３ doses|two|Thirteen|a week|per day|a quarter|an eighth|two eighths|thrice daily
half|noon|Monday|Sundays|in May|March|½|COVID-19|12:30|%(name)sone day|一般|兩岸|星期日|星期天|週日
周日|週天|周天|禮拜日|礼拜日|礼拜天|禮拜天|午夜|子夜|正午|今日（日）|半日|百分之五|三十|每日兩次
ｏｎｅ|Ｍａｙ""".replace("\n", "|").split("|")
BETWEEN = """clinic The opens at Get hello.py < > <1> </1> {0} {{ }} { } %( ) %s %1$s %(n)s
% & ; ` `` : http:// https://a.b/ www. @ mailto: tel: $ HK$ US$ dollars per each every a an
A An of in to &amp; and until later times daily time day Day hours week month year thirdly
halfway one-off someone one Two thrice half quarter noon Noon mays May Mar Sat Suns Thurs AM
a.m. - – ~ / , . ' 診所 健康 的 港元 港 元 每 每日 次 上午 下午 正 午 夜 午夜 月 年 日 號 星
期 星期 週 周 天 拜 禮 ( ) （ ） 第 幾 數 攝氏 零下 冠狀病毒 成 折 ｏｎｅ ａ ％ ７ 5 19 一
半 ½ ſ \u212a""".split()
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
    cut_short = {name for name in dates.NAMES if not find(f"in {name} and")}
    assert dates.NAMES - cut_short == NAMES


@pytest.mark.corpus
@pytest.mark.parametrize("language", ["en", "zh"])
def test_real_texts(shared: Path, language: str) -> None:
    """Of real sentences most are seen to have no value, and none of those has one."""
    with lzma.open(shared / f"data/bench/{language}.txt.xz", "rt", encoding="utf-8") as file:
        texts = list(islice(file, 0, 100_000, 10))
    passed = [text for text in texts if valueless(text)]
    assert not [text for text in passed if find(text)]
    assert len(passed) > len(texts) / 4
